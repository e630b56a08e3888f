//! From an event to a request.

use jiff::SignedDuration;
use platform::{Work, actor::Caller};
use serde_json::json;
use webhooks::{lag, rules::Owner, service};

use crate::{
    receiver::{Receiver, Reply},
    support::*,
    with_receivers,
};

with_receivers! {
    async fn an_event_is_sent_signed_and_recorded(app: TestApp) {
        let account = an_account(&app).await;
        let receiver = Receiver::start(|_| Reply::with(200, "", "thanks")).await;
        let (endpoint, secret) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        happen(&app, account).await;
        app.run_jobs().await;

        let received = receiver.received();
        assert_eq!(received.len(), 1);
        let request = &received[0];
        assert!(request.is_signed_by(&secret));
        assert_eq!(request.header("content-type"), "application/json");
        assert_eq!(request.header("webhook-timestamp"), app.now().as_second().to_string());
        let body = request.json();
        assert_eq!(body["type"], "account.profile_changed");
        assert_eq!(body["timestamp"], app.now().to_string());
        assert_eq!(body["data"]["account_id"], json!(account));
        assert_eq!(body["data"]["event"]["name"], "Trần Thị Lan");
        assert_eq!(body["data"]["actor"]["kind"], "system");

        let delivery = only(&app, endpoint.id).await;
        assert_eq!(request.id(), delivery.id.to_string());
        assert_eq!(body["data"]["seq"], delivery.seq);
        assert_eq!((delivery.state.as_str(), delivery.status, delivery.attempts), ("delivered", Some(200), 1));
        assert_eq!(attempts(&app, &delivery).await[0].excerpt.as_deref(), Some("thanks"));
        app.run_jobs().await;
        assert_eq!(receiver.received().len(), 1, "once is enough");
    }

    async fn what_did_not_commit_is_not_sent(app: TestApp) {
        let account = an_account(&app).await;
        let receiver = Receiver::answering(204).await;
        let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        let mut work = Work::begin(app.app(), Caller::system()).await.unwrap();
        work.record(accounts::events::subject(account), &event()).await.unwrap();
        drop(work);
        app.run_jobs().await;
        assert!(log(&app, endpoint.id).await.is_empty());
        assert!(receiver.received().is_empty());
    }

    async fn an_account_gets_its_own_events_only(app: TestApp) {
        let own = an_account(&app).await;
        let other = app.individual("minh@example.com").await;
        let receiver = Receiver::answering(204).await;
        let (endpoint, _) = profile_endpoint(&app, Owner::Account(own), &receiver.url).await;
        happen(&app, other).await;
        happen(&app, own).await;
        app.run_jobs().await;
        let only = only(&app, endpoint.id).await;
        assert!(only.payload.contains(&own.to_string()));
        assert!(!receiver.received()[0].body.contains(&other.to_string()));
    }

    async fn a_test_goes_to_the_endpoint_that_is_tried(app: TestApp) {
        let (one, other) = (Receiver::answering(204).await, Receiver::answering(204).await);
        let (tried, _) = profile_endpoint(&app, Owner::Provider, &one.url).await;
        let (_, _) = endpoint(&app, Owner::Provider, &other.url).await;
        service::test(room(&app), Caller::system(), Owner::Provider, tried.id).await.unwrap();
        app.run_jobs().await;
        let received = one.received();
        assert_eq!(received.len(), 1);
        assert_eq!(received[0].json()["type"], "webhook_endpoint.tested");
        assert!(other.received().iter().all(|request| request.json()["type"] != "webhook_endpoint.tested"));
    }

    async fn both_secrets_sign_for_a_day_after_a_rotation(app: TestApp) {
        let account = an_account(&app).await;
        let receiver = Receiver::answering(204).await;
        let (endpoint, old) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        let rotated = service::rotate(room(&app), Caller::system(), Owner::Provider, endpoint.id, None).await;
        let new = rotated.unwrap().1.expose();
        happen(&app, account).await;
        app.run_jobs().await;
        let request = receiver.received().remove(0);
        assert_eq!(request.header("webhook-signature").split(' ').count(), 2);
        assert!(request.is_signed_by(&old) && request.is_signed_by(&new));

        app.advance(SignedDuration::from_hours(24));
        happen(&app, account).await;
        app.run_jobs().await;
        let request = receiver.received().remove(1);
        assert!(!request.is_signed_by(&old) && request.is_signed_by(&new));
    }

    async fn sending_again_keeps_the_id(app: TestApp) {
        let account = an_account(&app).await;
        let receiver = Receiver::answering(204).await;
        let (endpoint, secret) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        happen(&app, account).await;
        app.run_jobs().await;
        let delivery = only(&app, endpoint.id).await;
        app.advance(SignedDuration::from_hours(1));
        service::resend(room(&app), Caller::system(), Owner::Provider, endpoint.id, delivery.id.into())
            .await
            .unwrap();
        app.run_jobs().await;
        let received = receiver.received();
        assert_eq!(received.len(), 2);
        assert_eq!(received[0].id(), received[1].id());
        assert_eq!(received[0].body, received[1].body);
        assert_ne!(received[0].header("webhook-timestamp"), received[1].header("webhook-timestamp"));
        assert!(received[1].is_signed_by(&secret));
        assert_eq!(only(&app, endpoint.id).await.attempts, 2);
    }

    async fn two_workers_send_each_event_once(app: TestApp) {
        use platform::job::Job;
        let account = an_account(&app).await;
        let receiver = Receiver::answering(204).await;
        let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        for _ in 0..20 {
            happen(&app, account).await;
        }
        let sealer = app.installation.jobs.iter().find(|job| job.name() == "sealing events").unwrap();
        sealer.run().await.unwrap();
        let behind = lag(app.app().db()).await.unwrap();
        assert_eq!((behind.waiting, behind.oldest_due), (20, Some(app.now())));

        let worker = || webhooks::delivery::Delivery::new(room(&app).clone());
        let (one, two) = (worker(), worker());
        let (one, two) = tokio::join!(one.run(), two.run());
        one.unwrap();
        two.unwrap();
        let mut ids: Vec<String> = receiver.received().iter().map(|request| request.id().to_owned()).collect();
        assert_eq!(ids.len(), 20);
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 20);
        let log = log(&app, endpoint.id).await;
        assert!(log.iter().all(|delivery| delivery.state == "delivered" && delivery.attempts == 1));
        assert_eq!(lag(app.app().db()).await.unwrap().oldest_due, None);
    }
}
