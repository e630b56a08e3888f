//! Endpoints that fail for long, are gone, or ask for time.

use jiff::SignedDuration;
use platform::{actor::Caller, event::row};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use testkit::TestApp;
use webhooks::{
    rules::{Owner, Reason},
    service,
};

use crate::{
    receiver::{Receiver, Reply},
    support::*,
    with_receivers,
};

async fn disabled_events(app: &TestApp) -> Vec<row::Model> {
    row::Entity::find()
        .filter(row::Column::Kind.eq("webhook_endpoint.disabled"))
        .all(app.app().db().read())
        .await
        .unwrap()
}

with_receivers! {
    async fn a_delivery_is_given_up_after_three_days_and_its_endpoint_disabled_after_five(app: TestApp) {
        let account = an_account(&app).await;
        lead(&app).await;
        let receiver = Receiver::answering(500).await;
        let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        happen(&app, account).await;
        let started = app.now();
        while only_state(&app, &endpoint).await != "given_up" {
            app.run_jobs().await;
            app.advance(SignedDuration::from_hours(1));
            assert!(app.now().duration_since(started).as_hours() < 100);
        }
        assert_eq!(receiver.received().len(), 10);
        let hours = app.now().duration_since(started).as_hours();
        assert!((72..100).contains(&hours), "{hours}");
        assert!(now(&app, &endpoint).await.is_enabled());

        app.advance(SignedDuration::from_hours(5 * 24 - hours + 1));
        let letter = app.mail_to("lead@staff.example").await;
        assert!(letter.subject.contains("a webhook endpoint was disabled"));
        assert!(letter.text.contains(&receiver.url), "{}", letter.text);
        assert!(letter.text.contains(&format!("/staff/webhooks/{}", endpoint.id)));
        assert_eq!(now(&app, &endpoint).await.reason(), Some(Reason::Failing));
        let events = disabled_events(&app).await;
        assert_eq!(events.len(), 1);
        assert!(events[0].before.as_ref().unwrap().contains("\"enabled\":true"));
        assert!(events[0].after.as_ref().unwrap().contains("\"disabled_reason\":\"failing\""));
        app.run_jobs().await;
        assert_eq!(disabled_events(&app).await.len(), 1, "once");

        happen(&app, account).await;
        app.run_jobs().await;
        assert_eq!(receiver.received().len(), 10, "nothing is sent to it any more");
    }

    async fn an_endpoint_that_is_gone_is_disabled_at_once_and_its_account_told(app: TestApp) {
        let account = an_account(&app).await;
        let receiver = Receiver::answering(410).await;
        let url = format!("{}?key=hush", receiver.url);
        let (endpoint, _) = profile_endpoint(&app, Owner::Account(account), &url).await;
        happen(&app, account).await;
        happen(&app, account).await;
        let letter = app.mail_to("lan@saomai.example").await;
        assert!(letter.text.contains("410 Gone"), "{}", letter.text);
        assert!(letter.text.contains("/api/v1/events?after="), "{}", letter.text);
        assert!(letter.text.contains(&receiver.url) && !letter.text.contains("hush"), "{}", letter.text);
        assert!(letter.text.contains(&format!("/webhooks/{}", endpoint.id)));
        assert_eq!(now(&app, &endpoint).await.reason(), Some(Reason::Gone));
        assert_eq!(disabled_events(&app).await.len(), 1);
        let browser = root(&app, "lan@saomai.example").await;
        browser
            .get(&format!("/webhooks/{}", endpoint.id))
            .await
            .expect("the endpoint answered “410 Gone”")
            .expect("is not sent later either");
    }

    async fn what_waits_is_held_while_its_endpoint_is_disabled(app: TestApp) {
        let account = an_account(&app).await;
        let receiver = Receiver::start(|number| Reply::status(if number == 0 { 500 } else { 204 })).await;
        let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        happen(&app, account).await;
        app.run_jobs().await;
        service::disable(room(&app), Caller::system(), Owner::Provider, endpoint.id).await.unwrap();
        app.advance(SignedDuration::from_hours(1));
        happen(&app, account).await;
        app.run_jobs().await;
        assert_eq!(receiver.received().len(), 1);
        assert_eq!(only(&app, endpoint.id).await.state, "held");

        service::enable(room(&app), Caller::system(), Owner::Provider, endpoint.id).await.unwrap();
        app.run_jobs().await;
        assert_eq!(only(&app, endpoint.id).await.state, "delivered");
        assert_eq!(receiver.received().len(), 2);
    }

    async fn a_corrected_address_is_tried_at_once_and_has_not_failed_yet(app: TestApp) {
        let account = an_account(&app).await;
        let wrong = Receiver::answering(500).await;
        let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &wrong.url).await;
        happen(&app, account).await;
        while wrong.received().len() < 9 {
            app.run_jobs().await;
            app.advance(SignedDuration::from_hours(1));
        }
        assert_eq!(only_state(&app, &endpoint).await, "waiting");
        let corrected = Receiver::start(|number| Reply::status(if number == 0 { 500 } else { 204 })).await;
        move_to(&app, &endpoint, &corrected.url).await;
        assert!(now(&app, &endpoint).await.failing_since.is_none());
        app.run_jobs().await;
        assert_eq!(corrected.received().len(), 1);
        assert_eq!(only_state(&app, &endpoint).await, "waiting", "its attempts are counted anew");
        app.advance(SignedDuration::from_secs(6));
        app.run_jobs().await;
        assert_eq!(only_state(&app, &endpoint).await, "delivered");
        assert_eq!(wrong.received().len(), 9);
    }

    async fn an_endpoint_that_asks_for_time_gets_it(app: TestApp) {
        let account = an_account(&app).await;
        let receiver = Receiver::start(|number| match number {
            0 => Reply::with(503, "retry-after: 3600\r\n", ""),
            _ => Reply::status(204),
        })
        .await;
        let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        happen(&app, account).await;
        app.run_jobs().await;
        app.advance(SignedDuration::from_secs(3599));
        app.run_jobs().await;
        assert_eq!(receiver.received().len(), 1);
        app.advance(SignedDuration::from_secs(1));
        app.run_jobs().await;
        assert_eq!(only(&app, endpoint.id).await.state, "delivered");
    }

    async fn an_endpoint_that_cannot_be_read_keeps_no_other_waiting(app: TestApp) {
        let account = an_account(&app).await;
        let receiver = Receiver::answering(204).await;
        let (broken, _) = profile_endpoint(&app, Owner::Account(account), &receiver.url).await;
        // Also not when it has failed for long.
        let tx = app.app().db().begin().await.unwrap();
        tx.execute_unprepared("UPDATE webhook_endpoints SET kinds = '?', failing_since = 0").await.unwrap();
        tx.commit().await.unwrap();
        let (fine, _) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        happen(&app, account).await;
        app.run_jobs().await;
        assert_eq!(only(&app, fine.id).await.state, "delivered");
        assert!(log(&app, broken.id).await.is_empty());
    }

    async fn an_endpoint_that_cannot_be_disabled_keeps_no_other_waiting(app: TestApp) {
        let account = an_account(&app).await;
        let receiver = Receiver::answering(204).await;
        profile_endpoint(&app, Owner::Account(account), &receiver.url).await;
        // Whom to tell cannot be read.
        app.tamper("UPDATE webhook_endpoints SET failing_since = 0").await;
        app.tamper("UPDATE accounts SET country = '?'").await;
        let (fine, _) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        happen(&app, account).await;
        app.run_job("sealing events").await.unwrap();
        assert!(app.run_job("webhook delivery").await.is_err(), "somebody hears of it");
        assert_eq!(only(&app, fine.id).await.state, "delivered");
    }

    async fn what_is_over_is_forgotten_after_thirty_days(app: TestApp) {
        let account = an_account(&app).await;
        let receiver = Receiver::answering(204).await;
        let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        happen(&app, account).await;
        app.run_jobs().await;
        app.advance(SignedDuration::from_hours(29 * 24));
        app.run_jobs().await;
        assert_eq!(only(&app, endpoint.id).await.state, "delivered");
        app.advance(SignedDuration::from_hours(2 * 24));
        app.run_jobs().await;
        assert!(log(&app, endpoint.id).await.is_empty());
    }
}

async fn only_state(app: &TestApp, endpoint: &webhooks::rules::Endpoint) -> String {
    log(app, endpoint.id)
        .await
        .first()
        .map_or_else(String::new, |delivery| delivery.state.clone())
}
