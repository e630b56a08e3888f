//! What staff do with customers who are new, and what happens when they do not.

use jiff::SignedDuration;
use platform::StaffRole;
use testkit::{Browser, PASSWORD, TestApp};

use crate::people::{SAO_MAI, confirm, invite, link_to, relation, sao_mai, signed_in};

async fn waiting(app: &TestApp, partner: kernel::AccountId, browser: &Browser) -> String {
    invite(browser, "lien@hoasen.example", "Hoa Sen")
        .await
        .expect_status(200);
    app.advance(SignedDuration::from_mins(1));
    app.individual("lien@hoasen.example").await;
    let lien = signed_in(app, "lien@hoasen.example", "/overview").await;
    let link = link_to(app, "lien@hoasen.example").await;
    confirm(&lien, &link).await.expect_status(200);
    let id = relation(app, partner, "lien@hoasen.example").await.id;
    format!("/staff/customers/{id}")
}

async fn staff(app: &TestApp, email: &str, role: StaffRole) -> Browser {
    app.staff(email, role).await;
    signed_in_again(app, email).await
}

/// Sessions of staff do not last a week.
async fn signed_in_again(app: &TestApp, email: &str) -> Browser {
    let browser = app.browser();
    browser
        .sign_in_as_staff(email, PASSWORD, "/staff/customers")
        .await
        .expect_status(200);
    browser
}

testkit::on_both_databases! {
    async fn who_is_not_approved_reads_why_and_may_be_invited_again(app: TestApp) {
        let hoa = staff(&app, "hoa@staff.example", StaffRole::Reviewer).await;
        let (partner, browser) = sao_mai(&app).await;
        let case = waiting(&app, partner, &browser).await;
        hoa.post(&format!("{case}/reject"), &[("words", " ")]).await.expect_status(422).expect("Say why");
        hoa.get(&case).await.expect("Decision by");
        let page = hoa.post(&format!("{case}/reject"), &[("words", "Number out of service.")]).await;
        page.expect_status(200).expect("Not approved");
        assert!(!page.says("Decision by") && !page.says("The link works until"), "nothing is awaited any more");
        assert!(app.mail_to("lien@hoasen.example").await.text.contains("Number out of service."));
        assert!(app.mail_to(SAO_MAI).await.text.contains("Number out of service."));
        hoa.post(&format!("{case}/approve"), &[]).await.expect("Nothing was changed");
        app.advance(SignedDuration::from_mins(10));
        invite(&browser, "lien@hoasen.example", "Hoa Sen").await.expect("Awaiting the customer");
    }

    async fn who_awaits_approval_reads_so_on_the_first_page(app: TestApp) {
        let (partner, browser) = sao_mai(&app).await;
        waiting(&app, partner, &browser).await;
        let lien = signed_in(&app, "lien@hoasen.example", "/overview").await;
        let page = lien.get("/overview").await;
        page.expect("Awaiting approval").expect("You have confirmed the invitation of");
        assert!(page.has("main .panel a[href='/partner']"));
        assert!(!page.has("main a.btn[href='/registration']") && !page.says("No partner manages this account"));
    }

    async fn who_awaits_approval_of_both_sees_the_application_too(app: TestApp) {
        let (_, browser) = sao_mai(&app).await;
        invite(&browser, "lien@hoasen.example", "Hoa Sen").await.expect_status(200);
        let link = link_to(&app, "lien@hoasen.example").await;
        app.advance(SignedDuration::from_mins(1));
        app.enterprise("lien@hoasen.example", "Hoa Sen", "0301482205").await;
        let lien = signed_in(&app, "lien@hoasen.example", "/overview").await;
        let page = lien.get("/registration").await;
        lien.submit(&page, "agree", &[("agree", "yes")]).await.expect("Awaiting approval");
        confirm(&lien, &link).await.expect_status(200);
        let page = lien.get("/overview").await;
        page.expect("You have confirmed the invitation of").expect("We decide by");
        assert!(page.has("main .panel a[href='/partner']") && page.has("main .panel a.btn[href='/registration']"));
        assert!(!page.says("No partner manages this account"));
    }

    async fn the_dashboard_of_staff_counts_who_awaits_approval_and_who_is_late(app: TestApp) {
        let hoa = staff(&app, "hoa@staff.example", StaffRole::Reviewer).await;
        hoa.get("/staff/dashboard").await.expect("Also awaiting a decision Customers 0 Discounts 0");
        let (partner, browser) = sao_mai(&app).await;
        waiting(&app, partner, &browser).await;
        let page = hoa.get("/staff/dashboard").await;
        page.expect("Customers 1 Discounts 0");
        assert!(page.has(".stat a[href='/staff/customers']"));
        app.advance(SignedDuration::from_hours(24 * 7));
        let hoa = signed_in_again(&app, "hoa@staff.example").await;
        hoa.get("/staff/dashboard").await.expect("Customers 1 1 late Discounts 0");
    }

    async fn of_two_who_approve_at_once_the_second_is_told_that_it_is_done(app: TestApp) {
        let (partner, browser) = sao_mai(&app).await;
        let case = waiting(&app, partner, &browser).await;
        let hoa = staff(&app, "hoa@staff.example", StaffRole::Lead).await;
        let minh = staff(&app, "minh@staff.example", StaffRole::Lead).await;
        let path = format!("{case}/approve");
        let (one, other) = tokio::join!(hoa.post(&path, &[]), minh.post(&path, &[]));
        assert_ne!(one.says("Already approved"), other.says("Already approved"), "{} / {}", one.text(), other.text());
        for page in [one, other] {
            page.expect_status(200).expect("Active");
        }
    }

    async fn an_auditor_looks_and_nobody_decides_on_their_own_account(app: TestApp) {
        let an = staff(&app, "an@staff.example", StaffRole::Auditor).await;
        let own = staff(&app, "lien@hoasen.example", StaffRole::Lead).await;
        let (partner, browser) = sao_mai(&app).await;
        let case = waiting(&app, partner, &browser).await;
        let page = an.get(&case).await;
        page.expect("Hoa Sen");
        assert!(!page.has("a[href$='/approve']"));
        an.post(&format!("{case}/approve"), &[]).await.expect_status(403);
        own.get(&case).await.expect("a colleague has to decide");
        own.post(&format!("{case}/approve"), &[]).await.expect_status(403);
    }

    async fn staff_are_reminded_and_leads_hear_of_a_missed_deadline_once(app: TestApp) {
        staff(&app, "hoa@staff.example", StaffRole::Reviewer).await;
        staff(&app, "lead@staff.example", StaffRole::Lead).await;
        let (partner, browser) = sao_mai(&app).await;
        let case = waiting(&app, partner, &browser).await;
        // Confirmed on Monday; Tuesday is a holiday; due on Friday.
        app.advance(SignedDuration::from_hours(73));
        for _ in 0..2 {
            app.run_jobs().await;
        }
        assert!(app.mail_to("hoa@staff.example").await.subject.starts_with("One business day or less left"));
        app.advance(SignedDuration::from_hours(26));
        for _ in 0..2 {
            app.run_jobs().await;
        }
        let to_lead = app.mails().await.into_iter().filter(|mail| mail.to == "lead@staff.example");
        let subjects: Vec<String> = to_lead.map(|mail| mail.subject).collect();
        assert_eq!(subjects.len(), 3, "{subjects:?}");
        assert!(subjects[2].starts_with("Deadline missed"));
        for (who, subject) in [(SAO_MAI, "your customer Hoa Sen"), ("lien@hoasen.example", "your partner")] {
            let told = app.mails().await.into_iter().filter(|mail| mail.to == who);
            let told: Vec<_> = told.filter(|mail| mail.subject.contains("takes longer")).collect();
            assert_eq!(told.len(), 1, "{who}");
            assert!(told[0].subject.contains(subject), "{}", told[0].subject);
        }
        let browser = signed_in(&app, SAO_MAI, "/customers").await;
        let page = browser.get(&case.replace("/staff", "")).await;
        page.expect("The decision takes longer");
        assert!(!page.says("Deadline missed"), "what staff tell each other is theirs");
        let hoa = app.browser();
        hoa.sign_in_as_staff("hoa@staff.example", PASSWORD, &case).await.expect("Deadline missed");
    }

    async fn whoever_finds_nothing_in_the_queue_is_told_that_a_filter_is_set(app: TestApp) {
        let hoa = staff(&app, "hoa@staff.example", StaffRole::Reviewer).await;
        let page = hoa.get("/staff/customers").await;
        page.expect("once they have confirmed the invitation of a partner");
        assert!(!page.says("Clear"));
        for query in ["q=nobody&state=all", "state=all", "state=rejected"] {
            let page = hoa.get(&format!("/staff/customers?{query}")).await;
            page.expect("No customer fits these filters.");
            assert!(page.has("a[href='/staff/customers'].quiet") && !page.says("invitation of a partner"), "{query}");
        }
        let narrow = hoa.get("/staff/customers?q=hoa%20sen").await;
        narrow.expect("Only “Awaiting approval” was searched.");
        let wide = hoa.get(&narrow.attribute(".empty a", "href").unwrap()).await;
        assert!(wide.has("#q[value='hoa sen']") && wide.has("option[value=all]") && !wide.has(".empty a"));
    }
}
