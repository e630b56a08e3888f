//! Partner discounts through the browser, and at the same moment. It is Monday 23 November 2026; three business days ahead
//! is Friday 27: the 24th is a holiday.

use discounts::partner::{
    rules::{PartnerDiscount, StateKind},
    service::{self, Request},
    store,
};
use jiff::SignedDuration;
use kernel::{AccountId, PartnerDiscountId, UserId};
use platform::{
    StaffRole,
    actor::{Actor, Caller},
};
use testkit::{Browser, PASSWORD, TestApp, on_both_databases};

use crate::support::*;

const LEAD: &str = "lead@provider.example";

/// A partner that asked for a discount on vCPU from Friday on, and a browser of a lead.
async fn asked(app: &TestApp) -> (AccountId, PartnerDiscountId, Browser) {
    app.products().await;
    let partner = app.partner(PARTNER, "Sao Mai JSC", "0100109106").await;
    let browser = browser_of(app, PARTNER).await;
    let form = browser.get("/discounts/new").await;
    let sent = browser
        .submit(&form, "from", &[("percent-vcpu", "20"), ("from", "2026-11-27")])
        .await;
    sent.expect("Your request was sent.");
    let standing = store::standing(app.app().db().read(), partner).await.unwrap();
    app.staff(LEAD, StaffRole::Lead).await;
    let lead = app.browser();
    lead.sign_in_as_staff(LEAD, PASSWORD, "/staff/discounts").await;
    (partner, standing.asked.unwrap().id, lead)
}

async fn found(app: &TestApp, id: PartnerDiscountId) -> PartnerDiscount {
    let found = store::find(app.app().db().read(), id).await;
    found.unwrap().unwrap()
}

/// Somebody as a use case knows them: the partner's root user, or one of the staff.
async fn caller(app: &TestApp, email: &str, account: Option<AccountId>) -> Caller {
    let (db, email) = (app.app().db().read(), email.parse().unwrap());
    let found = match account {
        Some(_) => accounts::store::find_root(db, &email).await,
        None => accounts::store::find_staff(db, &email).await,
    };
    let person = found.unwrap().unwrap();
    let (id, name) = (person.id(), person.name);
    let actor = match account {
        Some(account) => Actor::Root {
            user: UserId(id),
            account,
            name,
        },
        None => Actor::Staff {
            staff: id.into(),
            name,
        },
    };
    Caller { actor, origin: None }
}

/// How many events of a kind there are about a discount.
async fn events(app: &TestApp, id: PartnerDiscountId, kind: &str) -> usize {
    use platform::event::row;
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    let rows = row::Entity::find()
        .filter(row::Column::SubjectId.eq(uuid::Uuid::from(id)))
        .filter(row::Column::Kind.eq(kind))
        .all(app.app().db().read())
        .await;
    rows.unwrap().len()
}

on_both_databases! {
    async fn staff_approve_after_a_second_look(app: TestApp) {
        let (_, id, lead) = asked(&app).await;
        let sure = lead.get(&format!("/staff/discounts/{id}/approve")).await;
        sure.expect("Approve the discount of Sao Mai JSC?").expect("27 November 2026").expect("20%");
        assert_eq!(found(&app, id).await.state.kind(), StateKind::AwaitingApproval);
        lead.post(&format!("/staff/discounts/{id}/approve"), &[]).await
            .expect("The discount is approved. The partner gets an email.").expect("There is nothing left to decide.");
        assert_eq!(found(&app, id).await.state.kind(), StateKind::AwaitingActivation);
        assert!(app.mail_to(PARTNER).await.subject.ends_with("is approved"));
    }

    async fn who_asks_again_is_told_what_that_gives_up_and_when_nothing_would_change(app: TestApp) {
        let (_, id, _) = asked(&app).await;
        service::approve(&app.installation.rooms.discounts, caller(&app, LEAD, None).await, id, None).await.unwrap();
        let browser = browser_of(&app, PARTNER).await;
        let form = browser.get("/discounts/new").await;
        form.expect("is approved and begins on Friday 27 November 2026").expect("will not begin");
        app.advance(SignedDuration::from_hours(24 * 5));
        app.run_jobs().await;
        // The session ended meanwhile.
        let browser = browser_of(&app, PARTNER).await;
        let form = browser.get("/discounts/new").await;
        assert!(!form.says("will not begin"));
        let same = browser.submit(&form, "from", &[]).await;
        same.expect_status(422).expect("Nothing differs from what is in force");
        let both = browser.submit(&form, "from", &[("percent-vcpu", "lots"), ("from", "2026-11-27")]).await;
        both.expect_status(422).expect("write a number").expect("is the earliest effective date");
        browser.submit(&form, "from", &[("percent-vcpu", "21")]).await.expect("Your request was sent.");
    }

    async fn what_is_approved_on_its_date_begins_at_once(app: TestApp) {
        let (_, id, _) = asked(&app).await;
        app.advance(SignedDuration::from_hours(24 * 4));
        service::approve(&app.installation.rooms.discounts, caller(&app, LEAD, None).await, id, None).await.unwrap();
        let mail = app.mail_to(PARTNER).await;
        assert!(mail.text.contains("Its effective date had come when it was approved"), "{}", mail.text);
        assert_eq!(found(&app, id).await.state.kind(), StateKind::Active);
    }

    async fn staff_reject_with_a_reason_that_they_confirm(app: TestApp) {
        let (_, id, lead) = asked(&app).await;
        lead.get(&format!("/staff/discounts/{id}")).await.expect("Decision by");
        let form = lead.get(&format!("/staff/discounts/{id}/reject")).await;
        lead.submit(&form, "words", &[("words", " ")]).await.expect_status(422);
        let sure = lead.submit(&form, "words", &[("words", "Too much for now")]).await;
        sure.expect_status(200).expect("It may ask again.").expect("Too much for now");
        assert_eq!(found(&app, id).await.state.kind(), StateKind::AwaitingApproval);
        let done = lead.submit(&sure, "words", &[("step", "confirmed")]).await;
        done.expect("The request is rejected. The partner gets an email.");
        assert!(!done.says("Decision by"), "it is decided");
        assert_eq!(found(&app, id).await.state.kind(), StateKind::Rejected);
        assert!(app.mail_to(PARTNER).await.text.contains("Too much for now"));
        browser_of(&app, PARTNER).await.get(&format!("/discounts/{id}")).await
            .expect("Rejected").expect("Too much for now");
    }

    async fn what_the_partner_gets_on_the_first_day_stands_beside_what_it_grants(app: TestApp) {
        let (partner, id, lead) = asked(&app).await;
        lead.post(&format!("/staff/discounts/{id}/approve"), &[]).await.expect_status(200);
        let customer = app.customer(partner, "buyer@hoasen.example", "Hoa Sen").await;
        let browser = browser_of(&app, PARTNER).await;
        let page = browser.get(&format!("/discounts/customers/{customer}/new")).await;
        // In force from that day on: today it gets nothing off.
        page.expect_status(200).expect("You get on 27 November 2026").expect("20%");
    }

    async fn staff_who_grant_something_else_may_say_why(app: TestApp) {
        let (_, id, lead) = asked(&app).await;
        let form = lead.get(&format!("/staff/discounts/{id}/change")).await;
        let changed = [("percent-vcpu", "5"), ("words", "Within the programme."), ("step", "check")];
        let check = lead.submit(&form, "words", &changed).await;
        check.expect_status(200).expect("Reason Within the programme.");
        lead.submit(&check, "words", &[("step", "change")]).await.expect("Within the programme.");
        lead.submit(&check, "words", &[("step", "confirmed")]).await.expect_status(200).expect("Within the programme.");
        assert!(app.mail_to(PARTNER).await.text.contains("Within the programme."));
        browser_of(&app, PARTNER).await.get(&format!("/discounts/{id}")).await
            .expect("Reason for the changes Within the programme.");
    }

    async fn a_partner_withdraws_what_is_not_decided(app: TestApp) {
        let (_, id, lead) = asked(&app).await;
        let (browser, path) = (browser_of(&app, PARTNER).await, format!("/discounts/{id}/withdraw"));
        browser.get(&path).await.expect("The request ends here and is not decided any more.");
        browser.post(&path, &[]).await.expect("The request is withdrawn.");
        assert_eq!(found(&app, id).await.state.kind(), StateKind::Withdrawn);
        browser.post(&path, &[]).await.expect_status(409);
        lead.post(&format!("/staff/discounts/{id}/approve"), &[]).await.expect_status(409);
    }

    async fn whose_own_account_it_is_is_told_that_a_colleague_decides(app: TestApp) {
        let (_, id, lead) = asked(&app).await;
        app.staff(PARTNER, StaffRole::Lead).await;
        let own = app.browser();
        let page = own.sign_in_as_staff(PARTNER, PASSWORD, &format!("/staff/discounts/{id}")).await;
        page.expect("This is (also) your own account; a colleague has to decide.");
        for action in ["approve", "change", "reject"] {
            assert!(!page.has(&format!("a[href$='/{action}']")), "{action}");
        }
        own.post(&format!("/staff/discounts/{id}/approve"), &[]).await.expect_status(403);
        for form in ["approve", "change", "reject"] {
            let page = own.get(&format!("/staff/discounts/{id}/{form}")).await;
            page.expect_status(403).expect("This is (also) your own account; a colleague has to decide.");
            assert!(page.has("a[href='/staff/discounts']") && !page.has("form[method=post][action*='/discounts/']"));
        }
        assert!(lead.get(&format!("/staff/discounts/{id}")).await.has("a[href$='/approve']"));
    }

    async fn of_an_approval_and_a_withdrawal_at_once_one_holds(app: TestApp) {
        let (partner, first, _) = asked(&app).await;
        let room = &app.installation.rooms.discounts;
        let terms = found(&app, first).await.asked;
        let (by, staff) = (caller(&app, PARTNER, Some(partner)).await, caller(&app, LEAD, None).await);
        service::withdraw(room, by.clone(), first).await.unwrap();
        for _ in 0..8 {
            let request = Request { terms: terms.clone(), note: None };
            let id = service::ask(room, by.clone(), request).await.unwrap().id;
            let (approved, withdrawn) = tokio::join!(
                service::approve(room, staff.clone(), id, None),
                service::withdraw(room, by.clone(), id),
            );
            assert_ne!(approved.is_ok(), withdrawn.is_ok(), "{approved:?} {withdrawn:?}");
            let stands = if approved.is_ok() { StateKind::AwaitingActivation } else { StateKind::Withdrawn };
            assert_eq!(found(&app, id).await.state.kind(), stands);
            let told = (events(&app, id, "partner_discount.approved").await, events(&app, id, "partner_discount.withdrawn").await);
            assert_eq!(told, (approved.is_ok().into(), withdrawn.is_ok().into()));
        }
    }

    async fn a_discount_begins_once_however_many_look(app: TestApp) {
        let (_, id, lead) = asked(&app).await;
        lead.post(&format!("/staff/discounts/{id}/approve"), &[]).await.expect_status(200);
        app.advance(SignedDuration::from_hours(24 * 4));
        let job = app.installation.jobs.iter().find(|job| job.name() == "partner discount activation").unwrap();
        for done in futures::future::join_all((0..4).map(|_| job.run())).await {
            done.unwrap();
        }
        assert_eq!(found(&app, id).await.state.kind(), StateKind::Active);
        assert_eq!(events(&app, id, "partner_discount.activated").await, 1);
        let begun = app.mails().await.into_iter().filter(|mail| mail.to == PARTNER && mail.subject.contains("in force")).count();
        assert_eq!(begun, 1);
    }
    async fn a_request_that_cannot_be_read_keeps_no_other_from_its_reminder(app: TestApp) {
        asked(&app).await;
        app.advance(SignedDuration::from_mins(1));
        let other = app.partner("root@hoasen.vn", "Hoa Sen", "0301482205").await;
        let browser = browser_of(&app, "root@hoasen.vn").await;
        let form = browser.get("/discounts/new").await;
        let fields = [("percent-vcpu", "20"), ("from", "2026-12-01")];
        browser.submit(&form, "from", &fields).await.expect("Your request was sent.");
        let other = store::standing(app.app().db().read(), other).await.unwrap().asked.unwrap().id;
        app.tamper("UPDATE partner_discounts SET asked_from = '?' WHERE asked_from = '2026-11-27'").await;
        app.advance(SignedDuration::from_hours(24 * 7));
        assert!(app.run_job("partner discount deadlines").await.is_err());
        assert_eq!(events(&app, other, "partner_discount.escalated").await, 1);
    }
}
