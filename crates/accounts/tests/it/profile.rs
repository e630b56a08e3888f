//! One's own data, and an individual account that becomes a company's.

use accounts::{events::AccountEvent, store};
use kernel::Language;
use platform::{api::Scope, event::history};
use reqwest::Method;
use serde_json::json;
use testkit::{Answer, PASSWORD};

const COMPANY: [(&str, &str); 3] = [
    ("legal_name", "Công ty Cổ phần Sao Mai"),
    ("country", "VN"),
    ("tax_code", "0100109106"),
];

testkit::on_both_databases! {
    async fn the_root_user_changes_name_phone_and_language(app: TestApp) {
        let account = app.individual("lan@saomai.vn").await;
        let browser = app.browser();
        let page = browser.sign_in("lan@saomai.vn", PASSWORD, "/profile").await;
        let back = browser.submit(&page, "name", &[("name", ""), ("phone", "12")]).await;
        back.expect_status(422).expect("Enter your name").expect("Enter a telephone number with 8 to 15 digits");
        let saved = browser.submit(&page, "name", &[("name", "Lan"), ("phone", "0912345678"), ("language", "vi")]).await;
        saved.expect_status(200).expect("Đã lưu thông tin của bạn");
        browser.submit(&saved, "name", &[]).await.expect("Đã lưu");
        let account = store::account(app.app().db().read(), account).await.unwrap().unwrap();
        assert_eq!((account.phone.as_str(), account.root.name.as_str()), ("0912345678", "Lan"));
        assert_eq!(account.root.language.tag(), "vi");
        // Saving the same again is no event.
        let events = history::<AccountEvent>(app.app().db().read(), account.id).await.unwrap();
        assert_eq!(events.len(), 1);
    }

    async fn a_program_changes_what_it_names_and_nothing_that_somebody_else_changed_meanwhile(app: TestApp) {
        let account = app.individual("lan@saomai.vn").await;
        let program = app.program("lan@saomai.vn", &[Scope::AccountsRead, Scope::AccountsWrite]).await;
        // Its first use is noted, and drops what was kept of it.
        for _ in 0..2 {
            program.get("/api/v1/account").await.expect(200);
        }
        // Another process, which this one has not heard of yet.
        let tx = app.app().db().begin().await.unwrap();
        let root = store::account(&tx, account).await.unwrap().unwrap().root;
        store::set_user_profile(&tx, root.id, "Lan Anh", root.language).await.unwrap();
        tx.commit().await.unwrap();

        let change = |body| program.request(Method::PATCH, "/api/v1/account").json(&body);
        Answer::of(change(json!({ "language": "vi" }))).await.expect(200);
        let now = store::account(app.app().db().read(), account).await.unwrap().unwrap();
        assert_eq!((now.root.name.as_str(), now.root.language, now.phone.as_str()),
            ("Lan Anh", Language::Vietnamese, "+84 28 1234 5678"));
        // Nothing named is nothing changed.
        Answer::of(change(json!({}))).await.expect(200);
        assert_eq!(history::<AccountEvent>(app.app().db().read(), account).await.unwrap().len(), 1);
        let wrong = Answer::of(change(json!({ "name": " ", "phone": "12", "language": "de" }))).await;
        let pointers: Vec<_> = wrong.expect(422).body["errors"].as_array().unwrap().iter().map(|error| error["pointer"].clone()).collect();
        assert_eq!(pointers, ["/name", "/phone", "/language"]);
    }

    async fn an_iam_user_sees_the_account_and_changes_only_the_own_data(app: TestApp) {
        let account = app.individual("lan@saomai.vn").await;
        app.iam_user(account, "minh").await;
        let browser = app.browser();
        let page = browser.get("/sign-in?to=/profile").await;
        let other = page.attribute(".or ~ a.btn", "href").unwrap();
        let page = browser.get(&other).await;
        let fields = [("email", "lan@saomai.vn"), ("user_name", "minh"), ("password", PASSWORD)];
        let page = browser.submit(&page, "user_name", &fields).await;
        page.expect_status(200).expect("Only the root user can change");
        assert!(!page.has("#phone"));
        browser.submit(&page, "name", &[("name", "Minh"), ("phone", "0999999999")]).await.expect_status(200);
        let unchanged = store::account(app.app().db().read(), account).await.unwrap().unwrap();
        assert_eq!(unchanged.phone, "+84 28 1234 5678");
        assert_ne!(unchanged.root.name, "Minh");
        browser.get("/profile/enterprise").await.expect_status(403);
    }

    async fn an_individual_account_becomes_a_companys_after_a_check(app: TestApp) {
        let account = app.individual("lan@saomai.vn").await;
        let browser = app.browser();
        let form = browser.sign_in("lan@saomai.vn", PASSWORD, "/profile/enterprise").await;
        let back = browser.submit(&form, "tax_code", &[COMPANY[0], ("tax_code", "12")]).await;
        back.expect_status(422).expect("there are 2");
        let check = browser.submit(&form, "tax_code", &COMPANY).await;
        check.expect_status(200).expect("Check your answers").expect("0100109106");
        let class = async || store::account(app.app().db().read(), account).await.unwrap().unwrap().class;
        assert_eq!(class().await.as_str(), "individual");
        let edit = browser.submit(&check, "tax_code", &[("step", "edit")]).await;
        assert_eq!(edit.attribute("#tax_code", "value").as_deref(), Some("0100109106"));
        let (one, other) = tokio::join!(
            browser.submit(&check, "tax_code", &[("step", "confirm")]),
            browser.submit(&check, "tax_code", &[("step", "confirm")]),
        );
        one.expect_status(200);
        other.expect_status(200).expect("Công ty Cổ phần Sao Mai");
        assert_eq!(class().await.as_str(), "enterprise");
        let events = history::<AccountEvent>(app.app().db().read(), account).await.unwrap();
        assert!(matches!(events[..], [ref one] if matches!(one.event, AccountEvent::BecameEnterprise { .. })));
        browser.get("/profile/enterprise").await.expect("an enterprise account already");
    }
}
