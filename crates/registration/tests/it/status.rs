//! Where an application stands: the timeline, questions and answers, the receipt, live updates.

use jiff::SignedDuration;
use kernel::calendar::Deadline;
use registration::{
    rules::{State, StateKind},
    service, store,
};
use testkit::{PASSWORD, Page};

use crate::people::{
    LAN, LEAD, all, apply, ask, caller, open, open_as_iam, reject, root, sao_mai, staff, take, words,
};

/// The words of the page, without what differs from run to run.
fn plain(page: &Page, reference: &str) -> String {
    page.text().replace(reference, "REG-…")
}

testkit::on_both_databases! {
    async fn the_timeline_says_what_happened_and_what_is_next(app: TestApp) {
        staff(&app).await;
        let account = sao_mai(&app).await;
        let registration = apply(&app, account).await;
        let (browser, waiting) = open(&app, "/registration").await;
        insta::allow_duplicates! {
            insta::assert_snapshot!("waiting", plain(&waiting, &registration.reference()));
        }
        app.advance(SignedDuration::from_mins(90));
        ask(&app, registration.id, "Who is our contact?").await;
        let asked = browser.sign_in(LAN, PASSWORD, "/registration").await;
        insta::allow_duplicates! {
            insta::assert_snapshot!("asked", plain(&asked, &registration.reference()));
        }
    }

    async fn a_question_stops_the_clock_until_the_answer(app: TestApp) {
        staff(&app).await;
        let account = sao_mai(&app).await;
        let registration = apply(&app, account).await;
        ask(&app, registration.id, "Who is our contact?").await;
        let mail = app.mail_to(LAN).await;
        assert!(mail.text.contains("> Who is our contact?"), "{}", mail.text);
        let (browser, page) = open(&app, "/registration").await;
        page.expect("We have a question for you").expect("Who is our contact?").expect("3 business days");
        let stopped = &all(&app, account).await[0];
        assert!(matches!(stopped.deadline(), Some(Deadline::Stopped { .. })));

        // A week later nothing was used up: answered on Monday at nine, it is due on Thursday at nine.
        app.advance(SignedDuration::from_hours(7 * 24));
        let mails = app.mails().await;
        assert!(!mails.iter().any(|mail| mail.subject.contains("left") || mail.subject.contains("missed")));
        // The session has ended meanwhile.
        let page = browser.sign_in(LAN, PASSWORD, "/registration").await;
        let empty = browser.submit(&page, "answer", &[("answer", "  ")]).await;
        empty.expect_status(422).expect("Write an answer");
        let long = browser.submit(&page, "answer", &[("answer", &"x".repeat(5000))]).await;
        long.expect_status(422).expect("4000 characters at most");
        let done = browser.submit(&page, "answer", &[("answer", "Lan, in <b>Da Nang</b>.")]).await;
        done.expect("Your answer was sent.").expect("Lan, in <b>Da Nang</b>.");
        done.expect("Thursday 3 December 2026, 09:00 (GMT+7)");
        let told = app.mail_to("reviewer@provider.example").await;
        assert!(told.subject.starts_with("Answer from Công ty Cổ phần Sao Mai"), "{}", told.subject);
        assert!(told.text.contains("> Lan, in <b>Da Nang</b>."), "{}", told.text);

        let late = browser.submit(&page, "answer", &[("answer", "Once more")]).await;
        late.expect_status(200).expect("There was no open question any more.");
    }

    async fn what_this_process_wrote_is_seen_at_once_and_what_another_wrote_within_a_second(app: TestApp) {
        staff(&app).await;
        let account = sao_mai(&app).await;
        let registration = apply(&app, account).await;
        let (browser, page) = open(&app, "/registration").await;
        page.expect("Awaiting approval");
        ask(&app, registration.id, "Who is our contact?").await;
        browser.get("/registration").await.expect("Who is our contact?");

        // Another process writes and announces nothing here.
        let asked = all(&app, account).await.remove(0);
        let tx = app.app().db().begin().await.unwrap();
        store::update(&tx, &asked.withdraw(app.now()).unwrap(), None).await.unwrap();
        tx.commit().await.unwrap();
        app.advance(SignedDuration::from_millis(999));
        browser.get("/registration").await.expect("Who is our contact?");
        app.advance(SignedDuration::from_millis(1));
        assert!(!browser.get("/registration").await.says("Who is our contact?"));
    }

    async fn people_who_look_at_the_same_moment_see_their_own_account(app: TestApp) {
        let mine = sao_mai(&app).await;
        let theirs = app.enterprise("minh@bienxanh.vn", "Công ty TNHH Biển Xanh", "0100109106").await;
        app.iam_user(mine, "hoa").await;
        let (own, other) = (apply(&app, mine).await.reference(), apply(&app, theirs).await.reference());
        let (root, _) = open(&app, "/registration").await;
        let (iam, _) = open_as_iam(&app, "hoa", "/registration").await;
        let stranger = app.browser();
        stranger.sign_in("minh@bienxanh.vn", PASSWORD, "/registration").await;
        for _ in 0..2 {
            let page = root.get("/registration").await;
            page.expect(&own);
            assert!(!page.body.contains(&other) && page.has("a#withdraw"));
            let page = iam.get("/registration").await;
            page.expect(&own);
            assert!(!page.has("a#withdraw"), "an IAM user is not shown what the root user may do");
            let page = stranger.get("/registration").await;
            page.expect(&other);
            assert!(!page.body.contains(&own));
        }
    }

    async fn an_iam_user_sees_the_question_but_does_not_answer(app: TestApp) {
        staff(&app).await;
        let account = sao_mai(&app).await;
        app.iam_user(account, "minh").await;
        let registration = apply(&app, account).await;
        ask(&app, registration.id, "Who is our contact?").await;
        let (browser, page) = open_as_iam(&app, "minh", "/registration").await;
        page.expect("Who is our contact?").expect("The root user of the account answers it.");
        assert!(!page.has("[name=answer]") && !page.has("a#withdraw"));
        browser.post("/registration/answer", &[("answer", "Me")]).await.expect_status(403);
        browser.post("/registration/withdraw", &[]).await.expect_status(403);
    }

    async fn an_approved_application_opens_the_workspace(app: TestApp) {
        staff(&app).await;
        let account = sao_mai(&app).await;
        let registration = apply(&app, account).await;
        let approved = service::approve(&app.installation.rooms.desk, caller(&app, LEAD).await, registration.id).await.unwrap();
        assert_eq!(approved.state.kind(), StateKind::Approved);
        assert_eq!(store::partner_since(app.app().db(), account).await.unwrap(), Some(app.now()));
        let mail = app.mail_to(LAN).await;
        assert_eq!(mail.subject, "Công ty Cổ phần Sao Mai is now a VNG Cloud Partner");
        let (browser, page) = open(&app, "/registration").await;
        page.expect("Approved").expect("Open the partner workspace");
        browser.get("/registration/withdraw").await.expect("Open the partner workspace");
        let again = service::withdraw(&app.installation.rooms.desk, root(&app, account).await, account).await;
        assert!(again.is_err(), "{again:?}");
    }

    async fn the_open_page_is_told_of_the_decision(app: TestApp) {
        staff(&app).await;
        let account = sao_mai(&app).await;
        let registration = apply(&app, account).await;
        let (browser, page) = open(&app, "/registration").await;
        assert_eq!(page.attribute("main", "data-events").as_deref(), Some("/registration/events"));
        assert!(page.body.contains("<noscript><meta http-equiv=\"refresh\""));
        let mut stream = browser.follow("/registration/events").await;
        assert_eq!(stream.headers()["content-type"], "text/event-stream");
        service::approve(&app.installation.rooms.desk, caller(&app, LEAD).await, registration.id).await.unwrap();
        let news = stream.chunk().await.unwrap().unwrap();
        assert!(news.starts_with(b"event: changed\n"), "{news:?}");
        browser.get("/registration").await.expect("Open the partner workspace");
        // The stream ends with the installation.
        app.app().stop();
        while let Some(rest) = stream.chunk().await.unwrap() {
            assert!(!rest.starts_with(b"event"), "one decision, one event: {rest:?}");
        }
    }

    async fn the_receipt_holds_all_that_is_kept(app: TestApp) {
        let account = sao_mai(&app).await;
        let registration = apply(&app, account).await;
        let (browser, page) = open(&app, "/registration").await;
        let link = page.attribute("a#receipt", "href").unwrap();
        let receipt = browser.get(&link).await;
        receipt.expect_status(200);
        let disposition = receipt.headers["content-disposition"].to_str().unwrap();
        assert_eq!(disposition, format!("attachment; filename=\"{}-receipt.txt\"", registration.reference()));
        let text = &registration.terms;
        for part in [
            registration.reference().as_str(),
            "Công ty Cổ phần Sao Mai",
            "0100109106 (VN)",
            "Root of lan@saomai.vn",
            "Monday 23 November 2026, 09:00 (GMT+7) · 2026-11-23T02:00:00Z",
            "192.0.2.7",
            "2026-11-01",
            "English (en)",
            &text.hash,
            "## 12. Law and disputes",
        ] {
            assert!(receipt.body.contains(part), "{part} in {}", receipt.body);
        }

        // Of another account: as if there were none.
        app.enterprise("hai@bienxanh.vn", "Công ty Biển Xanh", "0101243150").await;
        let other = app.browser();
        other.sign_in("hai@bienxanh.vn", PASSWORD, "/registration").await;
        other.get(&link).await.expect_status(404);
        other.get("/registration/receipt?id=nonsense").await.expect_status(404);
        other.get("/registration/receipt").await.expect_status(404);
    }

    async fn a_case_is_not_worked_on_by_two(app: TestApp) {
        staff(&app).await;
        app.staff("second@provider.example", platform::StaffRole::Reviewer).await;
        let account = sao_mai(&app).await;
        let registration = apply(&app, account).await;
        take(&app, registration.id).await;
        let desk = &app.installation.rooms.desk;
        let second = caller(&app, "second@provider.example").await;
        let refused = service::take(desk, second.clone(), registration.id).await.unwrap_err();
        assert_eq!(refused.to_string(), "a colleague holds the case");
        let refused = service::approve(desk, second, registration.id).await.unwrap_err();
        assert_eq!(refused.to_string(), "a colleague holds the case");
        let State::AwaitingApproval { question: None, .. } = all(&app, account).await[0].state else {
            panic!("nothing changed")
        };
    }

    async fn what_is_decided_stays_decided(app: TestApp) {
        staff(&app).await;
        let account = sao_mai(&app).await;
        let registration = apply(&app, account).await;
        reject(&app, registration.id).await;
        let desk = &app.installation.rooms.desk;
        let lead = caller(&app, LEAD).await;
        let before = app.mails().await.len();
        assert!(service::approve(desk, lead.clone(), registration.id).await.is_err());
        assert!(service::ask(desk, lead, registration.id, words("Why?")).await.is_err());
        assert!(service::answer(desk, root(&app, account).await, account, words("So.")).await.is_err());
        assert_eq!(all(&app, account).await[0].state.kind(), StateKind::Rejected);
        assert_eq!(app.mails().await.len(), before);
    }

    async fn staff_do_not_decide_on_their_own_account(app: TestApp) {
        app.staff(LAN, platform::StaffRole::Lead).await;
        let account = sao_mai(&app).await;
        let registration = apply(&app, account).await;
        let own = caller(&app, LAN).await;
        let refused = service::approve(&app.installation.rooms.desk, own.clone(), registration.id).await.unwrap_err();
        assert_eq!(refused.to_string(), "nobody decides on their own account");
        let many = service::approve_many(&app.installation.rooms.desk, &own, &[registration.id]).await;
        assert!(many[0].1.is_err());
    }
}
