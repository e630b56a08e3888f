//! From an address to an account.

use accounts::{
    Config,
    service::{Requested, request_letter},
    store::{
        find_root,
        rows::{consent, email_link, sign_up_request},
    },
};
use futures::future::join_all;
use jiff::SignedDuration;
use kernel::Language;
use platform::actor::{Actor, Caller};
use sea_orm::{EntityTrait, PaginatorTrait};
use testkit::{Browser, PASSWORD, Page, TestApp};

const TICKS: [(&str, &str); 2] = [("terms_of_use", "yes"), ("personal_data", "yes")];

async fn ask(browser: &Browser, email: &str) -> Page {
    let page = browser.get("/sign-up").await;
    browser
        .submit(&page, "email", &[("email", email), TICKS[0], TICKS[1]])
        .await
}

/// The second form of a new visitor.
async fn second_form(app: &TestApp, browser: &Browser, email: &str) -> Page {
    ask(browser, email).await.expect("Check your mailbox");
    let link = app.mail_to(email).await.link("/sign-up/complete");
    browser.get(&link).await
}

const COMPANY: [(&str, &str); 7] = [
    ("name", "Trần Thị Lan"),
    ("password", PASSWORD),
    ("phone", "+84 24 3825 1234"),
    ("class", "enterprise"),
    ("legal_name", "Công ty Cổ phần Sao Mai"),
    ("country", "VN"),
    ("tax_code", "0100 109 106"),
];

fn company_but(field: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    COMPANY
        .into_iter()
        .filter(|(name, _)| *name != field)
        .chain([(field, value)])
        .collect()
}

async fn accounts_in(app: &TestApp) -> u64 {
    accounts::store::rows::account::Entity::find()
        .count(app.app().db().read())
        .await
        .unwrap()
}

testkit::on_both_databases! {
    async fn a_company_gets_from_its_address_to_its_account(app: TestApp) {
        let browser = app.browser();
        ask(&browser, "Lan@SaoMai.vn").await.expect_status(200).expect("lan@saomai.vn");
        let letter = app.mail_to("lan@saomai.vn").await;
        assert!(letter.subject.contains("account verification"), "{}", letter.subject);
        assert!(letter.subject.contains(&app.app().site().name), "{}", letter.subject);

        let form = browser.get(&letter.link("/sign-up/complete")).await;
        form.expect_status(200).expect("lan@saomai.vn");
        let ready = browser.submit(&form, "password", &COMPANY).await;
        ready.expect_status(200).expect("Your account is ready");
        assert!(ready.has("a[href='/sign-in?to=/overview']"));
        assert!(app.mail_to("lan@saomai.vn").await.subject.contains("your account is ready"));

        let person = find_root(app.app().db().read(), &"lan@saomai.vn".parse().unwrap()).await.unwrap().unwrap();
        assert_eq!(person.name, "Trần Thị Lan");
        let consents = consent::Entity::find().all(app.app().db().read()).await.unwrap();
        assert_eq!(consents.len(), 2);
        assert!(consents.iter().all(|one| one.user_id == Some(person.id()) && one.version == "2026-11-01"));

        browser.sign_in("lan@saomai.vn", PASSWORD, "/profile").await.expect_status(200).expect("0100109106");
    }

    async fn an_address_may_have_a_percent_sign(app: TestApp) {
        let browser = app.browser();
        let sent = ask(&browser, "a%b@saomai.vn").await;
        sent.expect_status(200).expect("Check your mailbox").expect("a%b@saomai.vn");
        assert_eq!(sent.path(), "/sign-up/sent");
        let again = browser.post("/sign-up/again", &[]).await;
        assert_eq!(again.path(), "/sign-up/sent");
        assert_eq!(app.mails().await.len(), 2);
    }

    async fn the_way_is_vietnamese_for_whoever_reads_vietnamese(app: TestApp) {
        let browser = app.browser().speaking("vi");
        ask(&browser, "lan@saomai.vn").await.expect("Hãy kiểm tra hộp thư");
        let letter = app.mail_to("lan@saomai.vn").await;
        assert!(letter.subject.contains("xác minh tài khoản"), "{}", letter.subject);
        let form = browser.get(&letter.link("/sign-up/complete")).await;
        browser.submit(&form, "password", &COMPANY).await.expect("Tài khoản đã sẵn sàng");
    }

    async fn both_documents_must_be_agreed_to(app: TestApp) {
        let browser = app.browser();
        let page = browser.get("/sign-up").await;
        let back = browser.submit(&page, "email", &[("email", "lan@saomai.vn"), TICKS[0]]).await;
        back.expect_status(422).expect("Agree to the handling of your personal data");
        assert_eq!(back.attribute("#email", "value").as_deref(), Some("lan@saomai.vn"));
        assert!(back.has("#terms_of_use[checked]") && back.has("#personal_data[aria-invalid]"));
        assert!(app.mails().await.is_empty());
        for path in ["/legal/terms-of-use", "/legal/personal-data"] {
            browser.get(path).await.expect_status(200).expect("Version 2026-11-01");
        }
    }

    async fn the_answer_does_not_tell_whether_an_address_has_an_account(app: TestApp) {
        app.individual("known@saomai.vn").await;
        let known = ask(&app.browser(), "known@saomai.vn").await;
        let unknown = ask(&app.browser(), "other@saomai.vn").await;
        assert_eq!(known.status, unknown.status);
        assert_eq!(known.path(), unknown.path());
        assert_eq!(known.body.replace("known@", "other@"), unknown.body);
        let letter = app.mail_to("known@saomai.vn").await;
        assert!(letter.subject.contains("you already have an account"), "{}", letter.subject);
        assert!(letter.text.contains("/sign-in?to=/overview") && letter.text.contains("/forgotten"));
    }

    async fn a_link_makes_one_account(app: TestApp) {
        let browser = app.browser();
        let form = second_form(&app, &browser, "lan@saomai.vn").await;
        let another = company_but("name", "Somebody Else");
        let (one, other) = tokio::join!(
            browser.submit(&form, "password", &COMPANY),
            browser.submit(&form, "password", &another),
        );
        let mut statuses = [one.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 410]);
        assert_eq!(accounts_in(&app).await, 1);
        browser.get(form.url.as_str()).await.expect_status(410).expect("This link has been used").expect("Sign in");
    }

    async fn two_links_of_one_mailbox_make_one_account(app: TestApp) {
        let browser = app.browser();
        let first = second_form(&app, &browser, "lan@saomai.vn").await;
        let second = second_form(&app, &browser, "lan@saomai.vn").await;
        assert_ne!(first.url, second.url);
        let (one, other) = tokio::join!(
            browser.submit(&first, "password", &COMPANY),
            browser.submit(&second, "password", &COMPANY),
        );
        let mut statuses = [one.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 410]);
        assert_eq!(accounts_in(&app).await, 1);
    }

    async fn an_expired_link_offers_a_new_one(app: TestApp) {
        let browser = app.browser();
        let form = second_form(&app, &browser, "lan@saomai.vn").await;
        app.advance(SignedDuration::from_hours(24));
        let late = browser.submit(&form, "password", &COMPANY).await;
        late.expect_status(410).expect("This link has expired");
        assert_eq!(accounts_in(&app).await, 0);
        browser.submit(&late, "token", &[]).await.expect("Check your mailbox");
        let link = app.mail_to("lan@saomai.vn").await.link("/sign-up/complete");
        assert_ne!(link, form.url.as_str());
        let form = browser.get(&link).await;
        browser.submit(&form, "password", &COMPANY).await.expect("Your account is ready");
    }

    async fn a_wrong_link_says_so(app: TestApp) {
        for path in ["/sign-up/complete", "/sign-up/complete?token=x", "/sign-up/complete?token=%ff"] {
            app.browser().get(path).await.expect_status(410).expect("This link is not valid").expect("Sign up again");
        }
        for path in ["/sign-up/complete?token=a&token=b", "/sign-up/complete?token=%00"] {
            app.browser().get(path).await.expect_status(400);
        }
    }

    async fn a_bad_tax_code_comes_back_with_the_form(app: TestApp) {
        let browser = app.browser();
        let form = second_form(&app, &browser, "lan@saomai.vn").await;
        let back = browser.submit(&form, "password", &company_but("tax_code", "0100109105")).await;
        back.expect_status(422).expect("the tenth does not match the nine before it");
        assert!(back.has(".error-summary a[href='#tax_code']") && back.has("#tax_code[aria-invalid]"));
        assert_eq!(back.attribute("#tax_code", "value").as_deref(), Some("0100109105"));
        assert_eq!(back.attribute("#legal_name", "value").as_deref(), Some("Công ty Cổ phần Sao Mai"));
        assert!(back.has("#class-enterprise[checked]") && back.has("option[value=VN][selected]"));
        assert!(!back.body.contains(PASSWORD));
        // The link is not used up by a mistake.
        browser.submit(&back, "password", &COMPANY).await.expect("Your account is ready");
    }

    async fn hostile_values_are_answered(app: TestApp) {
        let browser = app.browser();
        let form = second_form(&app, &browser, "lan@saomai.vn").await;
        let huge = "x".repeat(20_000);
        let back = browser.submit(&form, "password", &[("name", &huge), ("class", "enterprise"), ("country", "<b>")]).await;
        back.expect_status(422).expect("Enter at most 100 characters").expect("Choose one of the options");
        let back = browser.submit(&form, "password", &[("name", "\"><script>alert(1)</script>\r\n")]).await;
        assert!(!back.body.contains("<script>alert"));
        let larger = "x".repeat(100_000);
        browser.submit(&form, "password", &[("name", &larger)]).await.expect_status(413);
        let twice = browser.post(form.url.as_str(), &[("name", "a"), ("name", "b")]).await;
        twice.expect_status(400);
        assert_eq!(accounts_in(&app).await, 0);
    }

    async fn links_and_requests_are_kept_as_long_as_they_are_of_use(app: TestApp) {
        ask(&app.browser(), "lan@saomai.vn").await.expect("Check your mailbox");
        let link = app.mail_to("lan@saomai.vn").await.link("/sign-up/complete");
        let left = async || {
            app.run_jobs().await;
            let db = app.app().db().read();
            (email_link::Entity::find().count(db).await.unwrap(), sign_up_request::Entity::find().count(db).await.unwrap())
        };
        app.advance(SignedDuration::from_hours(23));
        assert_eq!(left().await, (1, 1));
        app.advance(SignedDuration::from_hours(24 * 20));
        assert_eq!(left().await, (1, 0));
        // Its reader is told that it has expired, not that there is no such link.
        app.browser().get(&link).await.expect("expired");
        app.advance(SignedDuration::from_hours(24 * 20));
        assert_eq!(left().await, (0, 0));
    }

    async fn a_robot_gets_the_same_answer_and_no_letter(app: TestApp) {
        let browser = app.browser();
        let page = browser.get("/sign-up").await;
        let fields = [("email", "lan@saomai.vn"), ("website", "https://spam.example"), TICKS[0], TICKS[1]];
        let sent = browser.submit(&page, "email", &fields).await;
        sent.expect_status(200).expect("Check your mailbox");
        browser.post("/sign-up/again", &[]).await.expect("The email was sent again");
        assert!(app.mails().await.is_empty());
    }

    async fn a_form_left_open_comes_back_fresh(app: TestApp) {
        let browser = app.browser();
        let page = browser.get("/sign-up").await;
        app.advance(SignedDuration::from_mins(121));
        let back = browser.submit(&page, "email", &[("email", "lan@saomai.vn"), TICKS[0], TICKS[1]]).await;
        back.expect_status(422).expect("The form was open for too long");
        assert!(app.mails().await.is_empty());
        browser.submit(&back, "email", &[]).await.expect("Check your mailbox");
        assert_eq!(app.mails().await.len(), 1);
    }

    async fn letters_asked_for_from_one_origin_are_limited(app: TestApp) {
        let config = Config { letters_per_origin: 2, ..Config::default() };
        let l = app.app().l10n(Language::English);
        let ask = async |email: &str, origin: &str| {
            let caller = Caller { actor: Actor::Visitor, origin: Some(origin.parse().unwrap()) };
            request_letter(app.app(), &config, caller, &l, &email.parse().unwrap(), true).await.unwrap()
        };
        assert_eq!(ask("a@b.vn", "2001:db8::1").await, Requested::Sent);
        assert_eq!(ask("c@b.vn", "2001:db8::2").await, Requested::Sent);
        assert_eq!(ask("d@b.vn", "2001:db8::3").await, Requested::TooMany);
        assert_eq!(ask("d@b.vn", "192.0.2.1").await, Requested::Sent);
        app.advance(SignedDuration::from_mins(61));
        assert_eq!(ask("e@b.vn", "2001:db8::4").await, Requested::Sent);
    }

    async fn letters_asked_for_at_once_are_as_many_as_one_by_one(app: TestApp) {
        let config = Config { letters_per_origin: 4, letters_per_mailbox: 2, ..Config::default() };
        let l = app.app().l10n(Language::English);
        let ask = async |email: String| {
            let caller = Caller { actor: Actor::Visitor, origin: Some([192, 0, 2, 1].into()) };
            request_letter(app.app(), &config, caller, &l, &email.parse().unwrap(), true).await.unwrap()
        };
        let sent = async |emails: Vec<String>| {
            let all = join_all(emails.into_iter().map(ask)).await;
            all.into_iter().filter(|one| *one == Requested::Sent).count()
        };
        assert_eq!(sent(vec!["lan@saomai.vn".to_owned(); 8]).await, 2);
        assert_eq!(sent((0..8).map(|n| format!("user{n}@saomai.vn")).collect()).await, 2);
    }

    async fn letters_to_a_mailbox_are_limited(app: TestApp) {
        let browser = app.browser();
        ask(&browser, "lan@saomai.vn").await.expect_status(200);
        for _ in 0..4 {
            browser.post("/sign-up/again", &[]).await.expect_status(200).expect("The email was sent again");
        }
        browser.post("/sign-up/again", &[]).await.expect_status(429).expect("Several emails were sent");
        ask(&app.browser(), "lan@saomai.vn").await.expect_status(429).expect("Several emails were sent");
        assert_eq!(app.mails().await.len(), 5);
        ask(&app.browser(), "other@saomai.vn").await.expect_status(200);
        app.advance(SignedDuration::from_mins(61));
        ask(&browser, "lan@saomai.vn").await.expect_status(200);
        assert_eq!(app.mails().await.len(), 7);
    }
}
