//! Setting up endpoints in the browser.

use platform::event::row as event;
use sea_orm::{ConnectionTrait, EntityTrait, Statement};
use testkit::{On, PASSWORD, TestApp};
use webhooks::{rules::Owner, service};

use crate::{receiver::Receiver, support::*, with_receivers};

/// The secret on the page that shows it.
fn secret_on(page: &testkit::Page) -> String {
    let text = page.text();
    let secret = text.split_whitespace().find(|word| word.starts_with("whsec_"));
    secret.expect("a secret").to_owned()
}

with_receivers! {
    async fn a_lead_sets_up_an_endpoint_tries_it_and_sees_what_came_of_it(app: TestApp) {
        let receiver = Receiver::answering(200).await;
        let browser = lead(&app).await;
        let page = browser.get("/staff/webhooks").await;
        page.expect("No endpoint yet");
        let form = browser.get("/staff/webhooks/new").await;
        let fields = [("url", receiver.url.as_str()), ("description", "Billing")];
        let made = browser.submit(&form, "url", &fields).await;
        made.expect_status(200).expect("It is not shown again");
        let secret = secret_on(&made);
        browser.submit(&form, "url", &fields).await.expect("was set up already").expect("Nothing delivered yet");
        let list = browser.get("/staff/webhooks").await;
        assert_eq!(list.links("tbody th a").len(), 1, "a reloaded answer makes no second one");
        list.expect("Billing").expect("Nothing delivered yet").expect("All events");
        let path = list.attribute("tbody th a", "href").unwrap();
        let page = browser.get(&path).await;
        assert!(!page.body.contains("whsec_"));

        app.run_jobs().await;
        browser.post(&format!("{path}/test"), &[]).await.expect("The test event is on its way");
        app.run_jobs().await;
        let tested = receiver.received().into_iter().find(|request| request.json()["type"] == "webhook_endpoint.tested");
        let tested = tested.unwrap();
        assert!(tested.is_signed_by(&secret));
        assert_eq!(tested.json()["data"]["actor"]["name"], "Staff lead@staff.example");
        let page = browser.get(&path).await;
        page.expect("webhook_endpoint.tested").expect("Delivered");
        let delivery = page.attribute("tbody th a", "href").unwrap();
        browser.get(&delivery).await.expect(tested.id()).expect("webhook-signature").expect("200");
        browser.post(&format!("{delivery}/resend"), &[]).await.expect("on its way again");
        app.run_jobs().await;
        let same = receiver.received().iter().filter(|request| request.id() == tested.id()).count();
        assert_eq!(same, 2);
        browser.get(&format!("{path}?state=given_up")).await.expect("No deliveries in this state");
    }

    async fn a_form_that_is_sent_several_times_at_once_sets_up_one_endpoint(app: TestApp) {
        let browser = lead(&app).await;
        let form = browser.get("/staff/webhooks/new").await;
        let fields = [("url", "https://hooks.example/one"), ("description", "Billing")];
        let submit = || browser.submit(&form, "url", &fields);
        let (one, two, three) = tokio::join!(submit(), submit(), submit());
        for page in [one, two, three] {
            page.expect_status(200);
        }
        assert_eq!(browser.get("/staff/webhooks").await.links("tbody th a").len(), 1);
    }

    async fn an_endpoint_is_changed_rotated_disabled_enabled_and_removed(app: TestApp) {
        let account = an_account(&app).await;
        let (endpoint, first) = endpoint(&app, Owner::Account(account), "https://hooks.example/one?key=hush").await;
        let browser = root(&app, "lan@saomai.example").await;
        let path = format!("/webhooks/{}", endpoint.id);
        let form = browser.get(&format!("{path}/edit")).await;
        let chosen = [("url", "https://hooks.example/two"), ("events", "chosen"), ("kind", "account.profile_changed")];
        browser.submit(&form, "url", &chosen).await.expect("The endpoint is changed");
        browser.submit(&form, "url", &chosen).await.expect_status(422).expect("Somebody else changed");
        let ask = browser.get(&format!("{path}/rotate")).await;
        ask.expect("24 hours more");
        let second = secret_on(&browser.submit(&ask, "version", &[]).await);
        assert_ne!(first, second);
        browser.submit(&ask, "version", &[]).await.expect("no new secret was made");
        browser.get(&path).await.expect("The old secret signs too");
        browser.get(&format!("{path}/disable")).await.expect("Disable this endpoint?").expect("not sent later either");
        let disabled = browser.post(&format!("{path}/disable"), &[]).await;
        disabled.expect(", by Root of lan@saomai.example. Nothing is sent");
        assert!(disabled.has(".flash.calm[role=status]") && !disabled.has("[role=alert]"));
        browser.post(&format!("{path}/test"), &[]).await.expect_status(409).expect("Enable it first");
        browser.post(&format!("{path}/enable"), &[]).await.expect("The endpoint is enabled");
        browser.get(&format!("{path}/remove")).await.expect("This cannot be undone");
        browser.post(&format!("{path}/remove"), &[]).await.expect("No endpoint yet");
        browser.get(&path).await.expect_status(404);

        let events = event::Entity::find().all(app.app().db().read()).await.unwrap();
        let told = |kind: &str| events.iter().find(|event| event.kind == format!("webhook_endpoint.{kind}")).unwrap();
        assert!(told("created").before.is_none());
        assert!(told("changed").before.as_ref().unwrap().contains("/one"));
        assert!(told("changed").after.as_ref().unwrap().contains("/two"));
        assert!(told("removed").after.is_none());
        for kind in ["secret_rotated", "disabled", "enabled"] {
            assert_eq!(told(kind).account_id, Some(account.into()));
        }
        for event in &events {
            let row = format!("{event:?}");
            for secret in [&first, &second] {
                assert!(!row.contains(&secret["whsec_".len()..]), "{row}");
            }
            assert!(!row.contains("hush"), "{row}");
        }
    }

    async fn nobody_reaches_an_endpoint_of_somebody_else(app: TestApp) {
        let account = an_account(&app).await;
        app.individual("minh@example.com").await;
        let (theirs, _) = endpoint(&app, Owner::Account(account), "https://hooks.example/").await;
        let (providers, _) = endpoint(&app, Owner::Provider, "https://hooks.example/").await;
        let minh = root(&app, "minh@example.com").await;
        let lead = lead(&app).await;
        for (browser, path) in [
            (&minh, format!("/webhooks/{}", theirs.id)),
            (&minh, format!("/webhooks/{}", providers.id)),
            (&lead, format!("/staff/webhooks/{}", theirs.id)),
        ] {
            browser.get(&path).await.expect_status(404);
            for action in ["test", "disable", "enable", "rotate", "remove"] {
                browser.post(&format!("{path}/{action}"), &[]).await.expect_status(404);
            }
        }
        assert!(now(&app, &theirs).await.is_enabled());
        assert!(now(&app, &providers).await.is_enabled());
    }

    async fn a_secret_is_not_kept_in_clear(app: TestApp) {
        let (_, secret) = endpoint(&app, Owner::Provider, "https://hooks.example/").await;
        let db = app.app().db().read();
        let sql = "SELECT secret FROM webhook_endpoints";
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
        let kept: String = row.try_get_by_index(0).unwrap();
        assert!(!kept.contains(&secret["whsec_".len()..]) && kept.len() > 40);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mistakes_are_told_beside_their_fields() {
    let app = TestApp::start(On::Sqlite).await;
    app.individual("minh@example.com").await;
    let browser = root(&app, "minh@example.com").await;
    let form = browser.get("/webhooks/new").await;
    assert!(
        !form.body.contains("registration.taken"),
        "that is for staff to know"
    );
    for (url, told) in [
        ("", "Enter an address such as"),
        ("http://hooks.example/", "begins with https://"),
        ("https://a:b@hooks.example/", "without a user name"),
        ("https://127.0.0.1/", "private or reserved network"),
        ("https://[::ffff:10.0.0.1]/", "private or reserved network"),
        ("https://169.254.169.254/", "private or reserved network"),
        ("https://localhost/", "private or reserved network"),
    ] {
        let page = browser.submit(&form, "url", &[("url", url)]).await;
        page.expect_status(422).expect(told);
    }
    let none = [("url", "https://hooks.example/"), ("events", "chosen")];
    browser
        .submit(&form, "url", &none)
        .await
        .expect_status(422)
        .expect("Choose at least one");
    let staffs = [
        ("url", "https://hooks.example/"),
        ("events", "chosen"),
        ("kind", "registration.taken"),
    ];
    browser
        .submit(&form, "url", &staffs)
        .await
        .expect_status(422)
        .expect("from the list");
    let vietnamese = browser.speaking("vi").get("/webhooks").await;
    vietnamese.expect_status(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_are_only_so_many_endpoints() {
    let app = TestApp::start_with(On::Sqlite, |config| config.webhooks.endpoints_per_owner = 1).await;
    let account = an_account(&app).await;
    endpoint(&app, Owner::Account(account), "https://hooks.example/").await;
    let browser = app.browser();
    let page = browser.sign_in("lan@saomai.example", PASSWORD, "/webhooks").await;
    page.expect("which is the most");
    let form = browser.get("/webhooks/new").await;
    let refused = browser
        .submit(&form, "url", &[("url", "https://hooks.example/")])
        .await;
    refused.expect_status(409).expect("Remove one to add another");
    let draft = webhooks::Draft::parse(room(&app), Owner::Provider, "https://hooks.example/", "", None);
    let made = service::create(
        room(&app),
        platform::actor::Caller::system(),
        Owner::Provider,
        draft.unwrap(),
    )
    .await;
    assert!(made.is_ok(), "each owner has its own");
}
