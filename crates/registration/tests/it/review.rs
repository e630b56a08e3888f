//! What staff do with registrations, over HTTP.

use jiff::SignedDuration;
use kernel::{AccountId, RegistrationId};
use platform::StaffRole;
use registration::{rules::StateKind, store};
use testkit::{Browser, PASSWORD, Page, TestApp, on_both_databases};

const TAX_CODE: &str = "0100109106";

/// A company that has applied.
struct Applied {
    account: AccountId,
    id: RegistrationId,
    browser: Browser,
}

impl Applied {
    /// Where its case is.
    fn case(&self, action: &str) -> String {
        format!("/staff/registrations/{}{action}", self.id)
    }

    async fn state(&self, app: &TestApp) -> StateKind {
        let found = store::find(app.app().db().read(), self.id)
            .await
            .expect("the database")
            .expect("a registration");
        found.state.kind()
    }
}

async fn applied(app: &TestApp, email: &str, legal_name: &str) -> Applied {
    let account = app.enterprise(email, legal_name, TAX_CODE).await;
    let browser = app.browser();
    let page = browser.sign_in(email, PASSWORD, "/registration").await;
    browser
        .submit(&page, "agree", &[("agree", "yes")])
        .await
        .expect_status(200)
        .expect("Awaiting approval");
    let id = store::of_account(app.app().db().read(), account)
        .await
        .expect("the database")[0]
        .id;
    Applied { account, id, browser }
}

async fn saomai(app: &TestApp) -> Applied {
    applied(app, "lan@saomai.example", "Công ty Cổ phần Sao Mai").await
}

async fn staff(app: &TestApp, email: &str, role: StaffRole) -> Browser {
    app.staff(email, role).await;
    signed_in(app, email).await
}

async fn signed_in(app: &TestApp, email: &str) -> Browser {
    let browser = app.browser();
    browser
        .sign_in_as_staff(email, PASSWORD, "/staff/registrations")
        .await
        .expect_status(200);
    browser
}

fn offers_decisions(page: &Page) -> bool {
    page.has("a[href$='/approve'], a[href$='/reject'], form[action$='/ask'], form[action$='/approve']")
}

on_both_databases! {
    async fn two_reviewers_do_not_work_on_one_case(app: TestApp) {
        let case = saomai(&app).await;
        let hoa = staff(&app, "hoa@staff.example", StaffRole::Reviewer).await;
        let binh = staff(&app, "binh@staff.example", StaffRole::Reviewer).await;
        let page = hoa.get(&case.case("")).await;
        page.expect("Take the case");
        assert!(!offers_decisions(&page), "it must be taken first");

        let (first, second) = tokio::join!(
            async { hoa.post(&case.case("/take"), &[]).await },
            async { binh.post(&case.case("/take"), &[]).await },
        );
        let mut answers = [first.status.as_u16(), second.status.as_u16()];
        answers.sort_unstable();
        assert_eq!(answers, [200, 409], "one of them has it");
        let (holder, name, other) = if first.status == 200 {
            (hoa, "Staff hoa@staff.example", binh)
        } else {
            (binh, "Staff binh@staff.example", hoa)
        };
        assert!(offers_decisions(&holder.get(&case.case("")).await));

        let page = other.get(&case.case("")).await;
        page.expect(&format!("{name} has taken this case"));
        assert!(!offers_decisions(&page));
        other.get("/staff/registrations").await.expect(name);
        for action in ["/take", "/approve", "/release"] {
            let page = other.post(&case.case(action), &[]).await;
            page.expect_status(409).expect(&format!("Nothing was changed: {name} has taken this case"));
        }
        assert_eq!(case.state(&app).await, StateKind::AwaitingApproval);

        holder.post(&case.case("/release"), &[]).await.expect_status(200);
        other.post(&case.case("/take"), &[]).await.expect_status(200).expect("You have taken this case");
    }

    async fn a_lead_takes_a_case_over_and_hands_it_on(app: TestApp) {
        let case = saomai(&app).await;
        let hoa = staff(&app, "hoa@staff.example", StaffRole::Reviewer).await;
        let minh = staff(&app, "minh@staff.example", StaffRole::Lead).await;
        app.staff("an@staff.example", StaffRole::Auditor).await;
        hoa.post(&case.case("/take"), &[]).await.expect_status(200);
        let page = minh.get(&case.case("")).await;
        page.expect("Take it over");
        assert!(!offers_decisions(&page));
        let page = minh.post(&case.case("/take"), &[]).await;
        page.expect_status(200);
        assert!(offers_decisions(&page));
        assert!(!page.body.contains("Staff an@staff.example"), "an auditor decides nothing");
        minh.post(&case.case("/hand-over"), &[("to", "")]).await.expect_status(422).expect("Choose a colleague");
        let back = page.attribute("#to option:not([value=''])", "value").expect("a value");
        minh.post(&case.case("/hand-over"), &[("to", &back)]).await.expect_status(200);
        assert!(offers_decisions(&hoa.get(&case.case("")).await));
    }

    async fn nobody_decides_on_their_own_account(app: TestApp) {
        let case = saomai(&app).await;
        for (email, role) in [("lan@saomai.example", StaffRole::Reviewer), ("lead@staff.example", StaffRole::Lead)] {
            app.staff(email, role).await;
        }
        let lan = signed_in(&app, "lan@saomai.example").await;
        let page = lan.get(&case.case("")).await;
        page.expect("Nobody decides on their own account");
        assert!(!page.has("aside form"), "nothing is offered");
        for action in ["/take", "/approve", "/release"] {
            lan.post(&case.case(action), &[]).await.expect_status(409);
        }
        let fields = [("reason", "other"), ("words", "No"), ("step", "confirmed")];
        lan.post(&case.case("/reject"), &fields).await.expect_status(409).expect("you belong to this account");
        let lead = signed_in(&app, "lead@staff.example").await;
        let page = lead.post(&case.case("/take"), &[]).await;
        assert!(!page.body.contains("Staff lan@saomai.example"), "it is not handed over to its own user");
        assert_eq!(case.state(&app).await, StateKind::AwaitingApproval);
    }

    async fn a_rejection_needs_a_reason_and_a_second_look(app: TestApp) {
        let case = saomai(&app).await;
        let hoa = staff(&app, "hoa@staff.example", StaffRole::Reviewer).await;
        hoa.get(&case.case("/reject")).await.expect_status(409).expect("take the case first");
        hoa.post(&case.case("/take"), &[]).await;
        let form = hoa.get(&case.case("/reject")).await;
        form.expect_status(200);
        let page = hoa.submit(&form, "words", &[("note", "seen before")]).await;
        page.expect_status(422).expect("Choose a reason").expect("Write to the applicant why");
        assert!(page.body.contains("seen before"), "the form is still filled");
        let long = "x".repeat(4001);
        let page = hoa.submit(&form, "words", &[("reason", "nonsense"), ("words", &long)]).await;
        page.expect_status(422).expect("Choose a reason").expect("at most 4000 characters");

        let fields =
            [("reason", "duplicate"), ("words", "<script>alert(1)</script>\r\nPlease call us"), ("note", "seen before")];
        let confirm = hoa.submit(&form, "words", &fields).await;
        confirm.expect_status(200).expect("Please call us").expect("seen before");
        assert!(!confirm.body.contains("<script>alert"));
        assert_eq!(case.state(&app).await, StateKind::AwaitingApproval, "only looked at");
        let again = hoa.submit(&confirm, "words", &[("step", "change")]).await;
        assert_eq!(again.attribute("#reason option[selected]", "value").as_deref(), Some("duplicate"));

        let page = hoa.submit(&confirm, "words", &[("step", "confirmed")]).await;
        page.expect_status(200).expect("Rejected").expect("Private note seen before");
        assert_eq!(case.state(&app).await, StateKind::Rejected);
        let page = case.browser.get("/registration").await;
        page.expect("Please call us");
        let mail = app.mail_to("lan@saomai.example").await;
        assert!(mail.text.contains("Please call us"), "{}", mail.text);
        assert!(!page.body.contains("seen before") && !mail.text.contains("seen before"), "the note is for staff");
    }

    async fn a_decision_that_comes_too_late_is_told_what_was_decided(app: TestApp) {
        let case = saomai(&app).await;
        let hoa = staff(&app, "hoa@staff.example", StaffRole::Reviewer).await;
        let minh = staff(&app, "minh@staff.example", StaffRole::Lead).await;
        hoa.post(&case.case("/take"), &[]).await;
        hoa.get(&case.case("/approve")).await.expect_status(200).expect("Approve Công ty Cổ phần Sao Mai?");
        minh.post(&case.case("/approve"), &[]).await.expect_status(200).expect("Approved");
        let fields = [("reason", "other"), ("words", "No"), ("step", "confirmed")];
        for (action, fields) in [("/reject", &fields[..]), ("/approve", &[]), ("/ask", &[("question", "Why?")])] {
            let page = hoa.post(&case.case(action), fields).await;
            page.expect_status(409).expect("this registration was approved in the meantime");
            assert!(!offers_decisions(&page));
        }
        assert_eq!(case.state(&app).await, StateKind::Approved);
    }

    async fn a_lead_approves_several_and_sees_what_cannot_be(app: TestApp) {
        let one = applied(&app, "a@one.example", "One").await;
        let two = applied(&app, "a@two.example", "Two").await;
        let three = applied(&app, "a@three.example", "Three").await;
        app.make_customer_of(three.account, one.account).await;
        let hoa = staff(&app, "hoa@staff.example", StaffRole::Reviewer).await;
        let minh = staff(&app, "minh@staff.example", StaffRole::Lead).await;
        let ticked = format!("/staff/registrations/bulk?case={}&case={}&case={}", one.id, two.id, three.id);
        hoa.get(&ticked).await.expect_status(403);
        hoa.post("/staff/registrations/bulk", &[("case", &one.id.to_string())]).await.expect_status(403);

        minh.get("/staff/registrations/bulk").await.expect_status(200).expect("Nothing is selected");
        minh.get("/staff/registrations/bulk?case=x").await.expect_status(400);
        let page = minh.get(&ticked).await;
        page.expect_status(200).expect("Approve 2 registrations?").expect("One cannot be approved");
        page.expect("the account does not meet all requirements now");
        assert_eq!(one.state(&app).await, StateKind::AwaitingApproval, "only looked at");

        let ids = [one.id, two.id, three.id, one.id].map(|id| id.to_string());
        let fields = ids.each_ref().map(|id| ("case", id.as_str()));
        let page = minh.post("/staff/registrations/bulk", &fields).await;
        page.expect_status(200).expect("Not all were approved").expect("2 were approved");
        assert_eq!(one.state(&app).await, StateKind::Approved);
        assert_eq!(two.state(&app).await, StateKind::Approved);
        assert_eq!(three.state(&app).await, StateKind::AwaitingApproval);
        let mails: Vec<_> = app.mails().await.into_iter().map(|mail| (mail.to, mail.subject)).collect();
        assert!(mails.iter().any(|(to, subject)| to == "a@two.example" && subject.contains("Two is now a")), "{mails:?}");
    }

    async fn an_auditor_sees_everything_and_changes_nothing(app: TestApp) {
        let case = saomai(&app).await;
        let an = staff(&app, "an@staff.example", StaffRole::Auditor).await;
        let page = an.get(&case.case("")).await;
        page.expect_status(200).expect("You can only look").expect("Submitted");
        assert!(!page.has("aside form"));
        assert!(!an.get("/staff/registrations").await.has("input[name=case]"));
        an.get("/staff/dashboard").await.expect_status(200);
        for action in ["/take", "/release", "/hand-over", "/ask", "/approve", "/reject"] {
            an.post(&case.case(action), &[("question", "Why?")]).await.expect_status(403);
        }
        an.get(&case.case("/approve")).await.expect_status(403);
        assert_eq!(case.state(&app).await, StateKind::AwaitingApproval);
    }

    async fn the_clock_stands_still_from_question_to_answer(app: TestApp) {
        let case = saomai(&app).await;
        let hoa = staff(&app, "hoa@staff.example", StaffRole::Reviewer).await;
        hoa.post(&case.case("/take"), &[]).await;
        hoa.post(&case.case("/ask"), &[("question", " \r\n ")]).await.expect_status(422).expect("Write a question");
        let asked = hoa.post(&case.case("/ask"), &[("question", "Which branch is it?")]).await;
        asked.expect_status(200).expect("Paused").expect("Which branch is it?");
        assert!(!asked.has("form[action$='/ask']"), "one question at a time");
        assert!(!asked.says("Due "), "there is no deadline while the clock stands still");
        assert!(app.mail_to("lan@saomai.example").await.text.contains("Which branch is it?"));

        app.advance(SignedDuration::from_hours(24 * 7));
        let hoa = signed_in(&app, "hoa@staff.example").await;
        hoa.get("/staff/registrations?state=asked").await.expect("Sao Mai").expect("Paused");
        hoa.get("/staff/registrations?state=late").await.expect("Nothing fits this filter");
        let lan = app.browser();
        let page = lan.sign_in("lan@saomai.example", PASSWORD, "/registration").await;
        page.expect("Which branch is it?");
        lan.submit(&page, "answer", &[("answer", "The one in Hanoi")]).await.expect_status(200);
        let page = hoa.get(&case.case("")).await;
        page.expect("The one in Hanoi").expect("3 d left").expect("Due ");
        assert!(page.has("form[action$='/ask']"), "another question may be asked");
    }

    async fn the_queue_is_ordered_by_time_left_searched_and_filtered(app: TestApp) {
        let paused = applied(&app, "a@paused.example", "Paused Company").await;
        applied(&app, "a@early.example", "Early_Bird Company").await;
        app.advance(SignedDuration::from_hours(2));
        applied(&app, "a@later.example", "Later Company").await;
        let hoa = staff(&app, "hoa@staff.example", StaffRole::Reviewer).await;
        hoa.post(&paused.case("/take"), &[]).await;
        hoa.post(&paused.case("/ask"), &[("question", "Why?")]).await.expect_status(200);

        let text = hoa.get("/staff/registrations").await.text();
        let place = |name: &str| text.find(name).unwrap_or_else(|| panic!("no {name} in {text}"));
        assert!(place("Early_Bird") < place("Later Company"));
        assert!(place("Later Company") < place("Paused Company"), "stopped ones stand last");

        let found = |q: &'static str| {
            let hoa = hoa.clone();
            async move { hoa.get(&format!("/staff/registrations?q={q}")).await }
        };
        found("early_b").await.expect("One found.").expect("Early_Bird");
        found("earlyxb").await.expect("Nothing fits this filter");
        found("a%40later").await.expect("One found.");
        found(TAX_CODE).await.expect("3 found.");
        found("%25").await.expect("Nothing fits this filter");
        hoa.get("/staff/registrations?who=me").await.expect("One found.").expect("Paused Company");
        hoa.get("/staff/registrations?who=nobody").await.expect("2 found.");

        // Over the holiday of 24 November and a weekend.
        app.advance(SignedDuration::from_hours(24 * 7));
        let hoa = signed_in(&app, "hoa@staff.example").await;
        hoa.get("/staff/registrations?state=late").await.expect("2 found.").expect("Late by");
        hoa.get("/staff/registrations?after=7").await.expect_status(200);
    }

    async fn a_case_shows_its_duplicates_and_earlier_applications(app: TestApp) {
        let case = saomai(&app).await;
        let twin = applied(&app, "info@saomai.example", "công ty cổ phần SAO MAI").await;
        let hoa = staff(&app, "hoa@staff.example", StaffRole::Reviewer).await;
        let page = hoa.get(&case.case("")).await;
        page.expect("Possible duplicates").expect("same tax code, same legal name, same email domain");
        assert!(page.has(&format!("a[href$='{}']", twin.id)));
        hoa.post(&case.case("/take"), &[]).await;
        let fields = [("reason", "other"), ("words", "No"), ("step", "confirmed")];
        hoa.post(&case.case("/reject"), &fields).await.expect_status(200);
        let page = case.browser.get("/registration").await;
        case.browser.submit(&page, "agree", &[("agree", "yes")]).await.expect_status(200);
        let again = store::of_account(app.app().db().read(), case.account).await.expect("the database")[0].id;
        let page = hoa.get(&format!("/staff/registrations/{again}")).await;
        page.expect("Other applications of this account");
        assert!(page.has(&format!("a[href$='{}']", case.id)));
    }

    async fn the_dashboard_counts(app: TestApp) {
        let one = applied(&app, "a@one.example", "One").await;
        applied(&app, "a@two.example", "Two").await;
        app.advance(SignedDuration::from_hours(2));
        let minh = staff(&app, "minh@staff.example", StaffRole::Lead).await;
        minh.post(&one.case("/approve"), &[]).await.expect_status(200);
        let page = minh.get("/staff/dashboard").await;
        page.expect_status(200).expect("Waiting 1").expect("Late 0").expect("Median time 2 h 1 decided in 90 days");
        page.expect("90th percentile 2 h");
        let chart = page.attribute("svg.chart[role=img]", "aria-label").expect("a label");
        assert!(chart.ends_with("week 47: 0, week 48: 1."), "{chart}");
        assert!(page.has("details table"));
        app.advance(SignedDuration::from_hours(24 * 7));
        let minh = signed_in(&app, "minh@staff.example").await;
        minh.get("/staff/dashboard").await.expect("Late 1 up to");
        let page = minh.get("/staff").await;
        assert_eq!(page.path(), "/staff/registrations");
    }

    async fn ids_that_name_nothing_are_not_found(app: TestApp) {
        let minh = staff(&app, "minh@staff.example", StaffRole::Lead).await;
        for id in ["x", "%00", "019ab000-0000-7000-8000-000000000000"] {
            minh.get(&format!("/staff/registrations/{id}")).await.expect_status(404);
            minh.post(&format!("/staff/registrations/{id}/approve"), &[]).await.expect_status(404);
            minh.get(&format!("/staff/messages/{id}")).await.expect_status(404);
        }
    }

    async fn staff_pages_speak_vietnamese(app: TestApp) {
        let case = saomai(&app).await;
        app.staff("hoa@staff.example", StaffRole::Lead).await;
        let hoa = app.browser();
        hoa.sign_in_as_staff("hoa@staff.example", PASSWORD, "/staff").await;
        hoa.post("/language", &[("language", "vi"), ("back", "/staff")]).await.expect("Hồ sơ đăng ký");
        hoa.post(&case.case("/take"), &[]).await.expect("Bạn đã nhận hồ sơ này");
        for path in ["", "/approve", "/reject"] {
            let page = hoa.get(&case.case(path)).await;
            page.expect_status(200);
            assert!(!page.text().contains("review-"), "a message is missing: {}", page.text());
        }
        for path in ["/staff/dashboard", "/staff/messages", "/staff/messages/templates", "/staff/registrations/bulk"] {
            let page = hoa.get(path).await;
            page.expect_status(200);
            assert!(!page.text().contains("review-") && !page.text().contains("messages-"), "{}", page.text());
        }
    }
}
