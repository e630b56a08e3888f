//! Reminder, escalation and the word to the applicant: in time, and once each.

use jiff::{SignedDuration, Timestamp};
use kernel::RegistrationId;
use platform::event::history;
use registration::{event::RegistrationEvent, service};
use testkit::TestApp;

use crate::people::{LAN, LEAD, REVIEWER, apply, caller, open, root, sao_mai, staff, take, words};

fn go_to(app: &TestApp, time: &str) {
    let time: Timestamp = time.parse().unwrap();
    app.advance(time.duration_since(app.now()));
}

async fn kinds(app: &TestApp, id: RegistrationId) -> Vec<&'static str> {
    use platform::Event;
    let events = history::<RegistrationEvent>(app.app().db().read(), id)
        .await
        .unwrap();
    events.iter().map(|recorded| recorded.event.kind()).collect()
}

async fn subjects(app: &TestApp, to: &str) -> Vec<String> {
    let mails = app.mails().await.into_iter().filter(|mail| mail.to == to);
    mails
        .map(|mail| mail.subject.split(':').next().unwrap_or_default().to_owned())
        .collect()
}

/// The job as several processes run it at the same time.
async fn run_many(app: &TestApp) {
    let jobs: Vec<_> = (0..6).flat_map(|_| app.installation.rooms.desk.jobs()).collect();
    for result in futures::future::join_all(jobs.iter().map(|job| job.run())).await {
        result.unwrap();
    }
}

testkit::on_both_databases! {
    async fn all_who_decide_are_reminded_of_a_case_that_nobody_took(app: TestApp) {
        staff(&app).await;
        app.staff("auditor@provider.example", platform::StaffRole::Auditor).await;
        let account = sao_mai(&app).await;
        let registration = apply(&app, account).await;
        // Due on Friday at nine, for Tuesday is a holiday: a business day before is Thursday at nine.
        go_to(&app, "2026-11-26T08:59:59+07:00");
        run_many(&app).await;
        assert_eq!(kinds(&app, registration.id).await, ["registration.submitted"]);
        go_to(&app, "2026-11-26T09:00:00+07:00");
        run_many(&app).await;
        run_many(&app).await;
        assert_eq!(kinds(&app, registration.id).await, ["registration.submitted", "registration.reminded"]);
        for who in [REVIEWER, LEAD] {
            assert_eq!(subjects(&app, who).await, ["New application", "One business day or less left"]);
        }
        assert!(subjects(&app, "auditor@provider.example").await.is_empty());
        assert_eq!(subjects(&app, LAN).await.len(), 1, "the applicant is not bothered");
    }

    async fn a_case_that_cannot_be_read_keeps_no_other_from_its_reminder(app: TestApp) {
        staff(&app).await;
        let broken = apply(&app, sao_mai(&app).await).await;
        app.advance(SignedDuration::from_mins(1));
        let other = app.enterprise("root@hoasen.vn", "Hoa Sen", "0301482205").await;
        let other = apply(&app, other).await;
        app.tamper(&format!("UPDATE registrations SET terms_language = '?' WHERE email = '{LAN}'")).await;
        go_to(&app, "2026-11-26T10:00:00+07:00");
        let failed = app.run_job("registration deadlines").await;
        assert!(failed.unwrap_err().to_string().contains(&broken.id.to_string()));
        assert_eq!(kinds(&app, other.id).await, ["registration.submitted", "registration.reminded"]);
    }

    async fn only_who_holds_the_case_is_reminded(app: TestApp) {
        staff(&app).await;
        let account = sao_mai(&app).await;
        let registration = apply(&app, account).await;
        take(&app, registration.id).await;
        go_to(&app, "2026-11-26T10:00:00+07:00");
        run_many(&app).await;
        assert_eq!(subjects(&app, REVIEWER).await, ["New application", "One business day or less left"]);
        assert_eq!(subjects(&app, LEAD).await, ["New application"]);
    }

    async fn a_missed_deadline_is_escalated_and_the_applicant_is_told_once(app: TestApp) {
        staff(&app).await;
        let account = sao_mai(&app).await;
        let registration = apply(&app, account).await;
        go_to(&app, "2026-11-27T09:00:00+07:00");
        run_many(&app).await;
        assert!(!kinds(&app, registration.id).await.contains(&"registration.escalated"), "due, but not late");
        go_to(&app, "2026-11-27T09:00:01+07:00");
        run_many(&app).await;
        run_many(&app).await;
        assert_eq!(
            kinds(&app, registration.id).await,
            ["registration.submitted", "registration.reminded", "registration.escalated", "registration.delay_told"]
        );
        assert_eq!(
            subjects(&app, LEAD).await,
            ["New application", "One business day or less left", "Deadline missed"]
        );
        assert_eq!(subjects(&app, REVIEWER).await, ["New application", "One business day or less left"]);
        let told = subjects(&app, LAN).await;
        assert_eq!(told.len(), 2);
        assert_eq!(told[1], "The decision on your VNG Cloud Partner application takes longer");

        go_to(&app, "2026-11-27T11:30:00+07:00");
        let (_, page) = open(&app, "/registration").await;
        page.expect("We have not decided in the time that we promised").expect("late by 2 hours 30 minutes");
        assert!(page.has(".panel.warn"));
    }

    async fn a_deadline_missed_while_portico_was_down_is_only_escalated(app: TestApp) {
        staff(&app).await;
        let account = sao_mai(&app).await;
        let registration = apply(&app, account).await;
        go_to(&app, "2026-12-01T09:00:00+07:00");
        run_many(&app).await;
        assert_eq!(
            kinds(&app, registration.id).await,
            ["registration.submitted", "registration.escalated", "registration.delay_told"]
        );
    }

    async fn nobody_is_reminded_while_the_applicant_is_asked_or_after_the_decision(app: TestApp) {
        staff(&app).await;
        let account = sao_mai(&app).await;
        let registration = apply(&app, account).await;
        crate::people::ask(&app, registration.id, "Who?").await;
        go_to(&app, "2026-12-21T09:00:00+07:00");
        run_many(&app).await;
        service::answer(&app.installation.rooms.desk, root(&app, account).await, account, words("Lan.")).await.unwrap();
        service::approve(&app.installation.rooms.desk, caller(&app, LEAD).await, registration.id).await.unwrap();
        app.advance(SignedDuration::from_hours(24 * 30));
        run_many(&app).await;
        let kinds = kinds(&app, registration.id).await;
        assert!(!kinds.iter().any(|kind| kind.ends_with("reminded") || kind.ends_with("escalated")), "{kinds:?}");
    }

    async fn after_a_pause_one_is_reminded_by_the_new_due_moment_and_not_twice(app: TestApp) {
        staff(&app).await;
        let account = sao_mai(&app).await;
        let registration = apply(&app, account).await;
        go_to(&app, "2026-11-26T09:00:00+07:00");
        run_many(&app).await;
        crate::people::ask(&app, registration.id, "Who?").await;
        go_to(&app, "2026-12-07T09:00:00+07:00");
        service::answer(&app.installation.rooms.desk, root(&app, account).await, account, words("Lan.")).await.unwrap();
        // One business day was left: due on Tuesday at nine.
        go_to(&app, "2026-12-08T09:00:00+07:00");
        run_many(&app).await;
        let reminded = |kinds: &[&str]| kinds.iter().filter(|kind| kind.ends_with("reminded")).count();
        let kinds_now = kinds(&app, registration.id).await;
        assert_eq!(reminded(&kinds_now), 1);
        assert!(!kinds_now.contains(&"registration.escalated"));
        go_to(&app, "2026-12-08T09:00:01+07:00");
        run_many(&app).await;
        assert!(kinds(&app, registration.id).await.contains(&"registration.escalated"));
    }
}
