//! What a partner does not learn of somebody's account, and what its owner does.

use accounts::{account::StandingChange, service::change_standing};
use customers::rules::{Condition, State};
use platform::{actor::Caller, api::Scope};
use serde_json::json;
use testkit::TestApp;

use crate::people::{SAO_MAI, confirm, invite, link_to, relation, sao_mai, signed_in};

async fn uses_services(app: &TestApp, account: kernel::AccountId) {
    let change = StandingChange {
        uses_services: Some(true),
        enjoys_discount: Some(true),
        ..StandingChange::default()
    };
    change_standing(app.app(), Caller::system(), account, change)
        .await
        .unwrap()
        .unwrap();
}

testkit::on_both_databases! {
    async fn the_answer_is_the_same_whoever_has_the_address(app: TestApp) {
        let (_, browser) = sao_mai(&app).await;
        let busy = app.individual("busy@one.example").await;
        uses_services(&app, busy).await;
        let other = app.partner("root@other.example", "Khác", "0301482205").await;
        app.customer(other, "kept@one.example", "Theirs").await;
        let mut answers = Vec::new();
        for email in ["none@one.example", "busy@one.example", "kept@one.example", "root@other.example"] {
            let page = invite(&browser, email, "One").await;
            assert_eq!(page.path(), "/customers");
            let row = page.text().split("Invited").nth(1).unwrap_or_default().to_owned();
            answers.push(row.replace(email, "it").split("One it").nth(1).unwrap().trim().to_owned());
            assert!(app.mail_to(email).await.subject.starts_with("Sao Mai invites you"));
        }
        for answer in &mut answers {
            answer.truncate(30);
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    }

    async fn the_owner_sees_each_condition_and_may_share_what_is_not_met(app: TestApp) {
        let (partner, browser) = sao_mai(&app).await;
        let account = app.individual("busy@one.example").await;
        uses_services(&app, account).await;
        invite(&browser, "busy@one.example", "Busy").await.expect_status(200);
        let link = link_to(&app, "busy@one.example").await;
        let owner = signed_in(&app, "busy@one.example", "/overview").await;
        let page = owner.get(&link).await;
        page.expect("Stop the services that run").expect("You can confirm once all are met");
        assert!(!page.has("form[action='/invitation/confirm']"));
        let token = link.rsplit('=').next().unwrap();
        let forced = owner.post("/invitation/confirm", &[("token", token)]).await;
        forced.expect_status(409).expect("Nothing was confirmed");

        let id = relation(&app, partner, "busy@one.example").await.id;
        let seen = browser.get(&format!("/customers/{id}")).await;
        assert!(seen.says("Awaiting the customer") && !seen.says("service"), "{}", seen.text());
        owner.post("/invitation/decline", &[("token", token), ("share", "yes")]).await.expect("Declined");
        let State::Declined { unmet, .. } = relation(&app, partner, "busy@one.example").await.state else {
            panic!("not declined");
        };
        assert_eq!(unmet, [Condition::NoServices, Condition::NoDiscount]);
        browser.get(&format!("/customers/{id}")).await.expect("Not met, as the customer lets you know: Uses no service");
    }

    async fn a_partner_is_not_told_who_confirmed(app: TestApp) {
        let (_, browser) = sao_mai(&app).await;
        invite(&browser, "lien@hoasen.example", "Hoa Sen").await.expect_status(200);
        let link = link_to(&app, "lien@hoasen.example").await;
        let account = app.individual("lien@hoasen.example").await;
        let owner = signed_in(&app, "lien@hoasen.example", "/overview").await;
        confirm(&owner, &link).await.expect_status(200);
        app.run_jobs().await;
        let told = app.program(SAO_MAI, &[Scope::EventsRead]).await.get("/api/v1/events").await;
        let events = told.expect(200).body["items"].as_array().unwrap();
        let find = |kind: &str| events.iter().find(|event| event["kind"] == kind).unwrap();
        assert_eq!(find("customer.confirmed")["actor"], json!({ "who": "root" }));
        assert!(find("customer.invited")["actor"]["name"].is_string(), "its own people");
        assert!(!told.body.to_string().contains(&account.to_string()), "{}", told.body);
    }

    async fn declining_tells_nothing_of_whoever_declines(app: TestApp) {
        let (partner, browser) = sao_mai(&app).await;
        app.individual("busy@one.example").await;
        invite(&browser, "busy@one.example", "Busy").await.expect_status(200);
        let link = link_to(&app, "busy@one.example").await;
        let owner = signed_in(&app, "busy@one.example", "/overview").await;
        let token = link.rsplit('=').next().unwrap();
        owner.post("/invitation/decline", &[("token", token)]).await.expect("Declined");
        let id = relation(&app, partner, "busy@one.example").await.id;
        let history = platform::event::history::<customers::event::CustomerEvent>(app.app().db().read(), id);
        let history = history.await.unwrap();
        assert_eq!(history.last().unwrap().actor, platform::Actor::Visitor);
    }
}
