//! The catalogue, from a file, by the API and through the browser.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;

use catalogue::{
    rules::{Code, WantedPrice},
    service,
};
use platform::{StaffRole, actor::Caller, api::Scope};
use serde_json::json;
use tempfile::TempDir;
use testkit::{On, PASSWORD, TestApp, on_both_databases};

const LATER: &str = r#"
[[groups]]
code = "compute"
name = { en = "Computing", vi = "Tính toán" }

[[groups.products]]
code = "vcpu"
name = { en = "vCPU", vi = "vCPU" }
unit = "vCPU-hour"
prices = [
    { from = "2026-01-01", price = "250" },
    { from = "2027-01-01", price = "240" },
]

[[groups.products]]
code = "gpu"
name = { en = "GPU", vi = "GPU" }
unit = "GPU-hour"
prices = [{ from = "2026-06-01T09:30:00+07:00", price = "40000" }]
"#;

/// A portal whose configuration names a file, which is there as long as its folder.
async fn with_file(on: On) -> (TestApp, TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalogue.toml");
    std::fs::write(&path, LATER).unwrap();
    let file = path.clone();
    let app = TestApp::start_with(on, |config| config.catalogue.file = Some(file)).await;
    (app, folder, path)
}

/// How many events of a kind there are.
async fn events(app: &TestApp, kind: &str) -> usize {
    use platform::event::row;
    use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
    let query = row::Entity::find().filter(row::Column::Kind.eq(kind));
    let count = query.count(app.app().db().read()).await.unwrap();
    usize::try_from(count).unwrap()
}

/// Lets the time pass while requests are answered, as it does outside of tests.
fn running(app: &TestApp) -> tokio::task::JoinHandle<()> {
    let clock = app.clock.clone();
    tokio::spawn(async move {
        loop {
            clock.advance(jiff::SignedDuration::from_millis(1));
            tokio::task::yield_now().await;
        }
    })
}

on_both_databases! {
    async fn a_file_changes_only_what_differs(app: TestApp) {
        app.products().await;
        assert_eq!((events(&app, "catalogue.product_added").await, events(&app, "catalogue.price_set").await), (4, 4));
        app.products().await;
        assert_eq!((events(&app, "catalogue.product_added").await, events(&app, "catalogue.price_set").await), (4, 4));

        let list = app.catalogue(LATER).await;
        let counts = [
            ("catalogue.group_added", 2), ("catalogue.group_changed", 1), ("catalogue.product_added", 5),
            ("catalogue.product_changed", 0), ("catalogue.price_set", 6), ("catalogue.price_corrected", 0),
        ];
        for (kind, count) in counts {
            assert_eq!(events(&app, kind).await, count, "{kind}");
        }
        // What the file does not name stays.
        assert!(list.by_code(&"ssd".parse().unwrap()).is_some());
        let vcpu = list.by_code(&"vcpu".parse().unwrap()).unwrap();
        let new_year = "2026-12-31T17:00:00Z".parse().unwrap();
        assert_eq!(vcpu.prices.next_after(app.now()).map(|next| next.from), Some(new_year));
        assert_eq!(vcpu.prices.at(new_year).unwrap().minor(), 240);
    }

    async fn a_price_that_held_is_never_changed(app: TestApp) {
        app.products().await;
        let (room, site) = (&app.installation.rooms.catalogue, app.app().site());
        let text = LATER.replace("price = \"250\"", "price = \"1\"");
        let wanted = catalogue::file::read("c.toml", &text, &site.time_zone.0, site.currency).unwrap();
        let refused = catalogue::service::apply(room, platform::actor::Caller::system(), wanted).await;
        let told = refused.unwrap_err().to_string();
        assert!(told.starts_with("vcpu: at 2025-12-31T17:00:00Z a price held already"), "{told}");
        // Nothing of it happened.
        assert_eq!(events(&app, "catalogue.group_changed").await, 0);
        assert!(room.prices().await.unwrap().by_code(&"gpu".parse().unwrap()).is_none());
    }

    async fn a_program_of_staff_keeps_the_catalogue(app: TestApp) {
        app.staff("lead@provider.example", StaffRole::Lead).await;
        app.staff("reviewer@provider.example", StaffRole::Reviewer).await;
        app.individual("lan@saomai.example").await;
        let scopes = [Scope::CatalogueWrite, Scope::DiscountsRead];
        let lead = app.program("lead@provider.example", &scopes).await;
        let name = json!({ "en": "Compute", "vi": "Máy chủ" });
        let draft = json!({ "group": "compute", "name": name, "unit": "vCPU-hour" });

        let answer = lead.put("/api/v1/catalogue/products/vcpu", &draft).await;
        assert_eq!(answer.expect(422).body["errors"][0]["pointer"], "/group");
        lead.put("/api/v1/catalogue/groups/compute", &json!({ "name": name })).await.expect(200);
        lead.put("/api/v1/catalogue/products/No%20code", &draft).await.expect(422);
        lead.put("/api/v1/catalogue/products/vcpu", &draft).await.expect(200);

        let prices = "/api/v1/catalogue/products/vcpu/prices";
        lead.post(prices, &json!({ "price": 250 })).await.expect(200);
        let future = json!({ "price": 240, "from": "2027-01-01T00:00:00+07:00" });
        lead.post(prices, &future).await.expect(200);
        lead.post(prices, &future).await.expect(200);
        lead.post(prices, &json!({ "price": 230, "from": "2027-01-01T00:00:00+07:00" })).await.expect(200);
        assert_eq!((events(&app, "catalogue.price_set").await, events(&app, "catalogue.price_corrected").await), (2, 1));
        let past = lead.post(prices, &json!({ "price": 1, "from": "2026-11-23T09:00:00+07:00" })).await;
        assert_eq!(past.expect(422).body["errors"][0]["pointer"], "/from");
        let negative = lead.post(prices, &json!({ "price": -1 })).await;
        assert_eq!(negative.expect(422).body["errors"][0]["pointer"], "/price");
        lead.post("/api/v1/catalogue/products/gpu/prices", &json!({ "price": 1 })).await.expect(404);

        let lan = app.program("lan@saomai.example", &[Scope::DiscountsRead]).await;
        let product = lan.get("/api/v1/catalogue/products/vcpu").await;
        let shown: Vec<i64> = product.expect(200).body["prices"].as_array().unwrap().iter()
            .map(|price| price["price"].as_i64().unwrap()).collect();
        assert_eq!(shown, [250, 230]);
        lan.put("/api/v1/catalogue/products/vcpu", &draft).await.expect(403);
        let reviewer = app.program("reviewer@provider.example", &scopes).await;
        reviewer.post(prices, &json!({ "price": 1 })).await.expect(403);
    }

    async fn a_product_that_was_on_sale_stays_in_its_group(app: TestApp) {
        app.products().await;
        app.staff("lead@provider.example", StaffRole::Lead).await;
        let lead = app.program("lead@provider.example", &[Scope::CatalogueWrite]).await;
        let name = json!({ "en": "Memory", "vi": "Bộ nhớ" });
        let in_group = |group: &str| json!({ "group": group, "name": name, "unit": "GB-hour" });

        let refused = lead.put("/api/v1/catalogue/products/ram", &in_group("storage")).await;
        assert_eq!(refused.expect(422).body["errors"][0]["pointer"], "/group");
        // A new one may have been put into the wrong group.
        lead.put("/api/v1/catalogue/products/cache", &in_group("compute")).await.expect(200);
        let prices = "/api/v1/catalogue/products/cache/prices";
        lead.post(prices, &json!({ "price": 9, "from": "2027-01-01T00:00:00+07:00" })).await.expect(200);
        lead.put("/api/v1/catalogue/products/cache", &in_group("storage")).await.expect(200);
        let list = app.installation.rooms.catalogue.prices().await.unwrap();
        let group_of = |code: &str| list.by_code(&code.parse().unwrap()).unwrap().product.group;
        assert_eq!(group_of("cache"), group_of("ssd"));
        assert_eq!(group_of("ram"), group_of("vcpu"));
    }

    async fn staff_set_a_price_from_now_on(app: TestApp) {
        app.products().await;
        app.staff("lead@provider.example", StaffRole::Lead).await;
        let lead = app.program("lead@provider.example", &[Scope::CatalogueWrite]).await;
        let browser = app.browser();
        browser.sign_in_as_staff("lead@provider.example", PASSWORD, "/staff/catalogue").await;
        let form = browser.get("/staff/catalogue/vcpu/price").await;
        let running = running(&app);
        let wrong = browser.submit(&form, "price", &[("price", "-5"), ("from", "")]).await;
        wrong.expect_status(422).expect("The amount is below zero or too large.");
        assert!(!wrong.says("A price held then already."));
        let asked = browser.submit(&form, "price", &[("price", "260"), ("from", "")]).await;
        asked.expect_status(200).expect("It holds for everybody as soon as you confirm.").expect("New price VND 260 From Now");
        let done = browser.submit(&asked, "step", &[("step", "confirmed")]).await;
        done.expect("The price is set.").expect("VND 260 In force").expect("VND 250 Before");
        lead.post("/api/v1/catalogue/products/vcpu/prices", &json!({ "price": 270 })).await.expect(200);
        browser.get("/staff/catalogue/vcpu").await.expect("VND 270 In force");
        running.abort();
    }

    async fn staff_set_a_price_from_a_day_on(app: TestApp) {
        app.products().await;
        app.staff("lead@provider.example", StaffRole::Lead).await;
        let browser = app.browser();
        let page = browser.sign_in_as_staff("lead@provider.example", PASSWORD, "/staff/catalogue").await;
        page.expect("Compute compute").expect("vCPU vcpu vCPU-hour VND 250");
        let form = browser.get("/staff/catalogue/vcpu/price").await;
        let wrong = browser.submit(&form, "price", &[("price", "cheap"), ("from", "2026-01-01")]).await;
        wrong.expect_status(422).expect("Enter an amount.");
        assert!(wrong.has("input#price[value=cheap][aria-invalid=true]"));
        let past = browser.submit(&form, "price", &[("price", "1"), ("from", "2026-11-01")]).await;
        past.expect_status(422).expect("A price held then already.");
        let asked = browser.submit(&form, "price", &[("price", "1,240"), ("from", "2026-12-01")]).await;
        asked.expect_status(200).expect("Set this price?").expect("Price now VND 250 New price VND 1,240 From Tuesday 1 December 2026");
        assert_eq!(events(&app, "catalogue.price_set").await, 4, "nothing is set before it is confirmed");
        let again = browser.submit(&asked, "step", &[("step", "change")]).await;
        assert!(again.has("input#price[value='1,240']") && again.has("input#from[value='2026-12-01']"));
        let done = browser.submit(&asked, "step", &[("step", "confirmed")]).await;
        done.expect("The price is set.").expect("1 December 2026, 00:00 VND 1,240 To come").expect("VND 250 In force");
        browser.get("/staff/catalogue").await.expect("VND 1,240 from 1 December 2026, 00:00");
        let asked = browser.submit(&form, "price", &[("price", "1,250"), ("from", "2026-12-01")]).await;
        asked.expect("New price VND 1,250 Instead of VND 1,240 from the same day");
        let asked = browser.submit(&form, "price", &[("price", "260"), ("from", "")]).await;
        asked.expect("It holds for everybody as soon as you confirm.").expect("New price VND 260 From Now");
        app.advance(jiff::SignedDuration::from_hours(24 * 8));
        browser.sign_in_as_staff("lead@provider.example", PASSWORD, "/staff/catalogue/vcpu").await
            .expect("VND 1,240 In force").expect("VND 250 Before");
    }
}

#[tokio::test]
async fn a_file_of_the_configuration_is_taken_over_at_start() {
    let (app, ..) = with_file(On::Sqlite).await;
    let list = app.installation.rooms.catalogue.prices().await.unwrap();
    assert_eq!(list.lines().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_moves_what_was_on_sale_keeps_the_portal_from_nothing() {
    for on in [On::Sqlite, On::Postgres] {
        let (app, _folder, path) = with_file(on).await;
        let room = &app.installation.rooms.catalogue;
        let renamed = LATER.replace(
            "name = { en = \"GPU\", vi = \"GPU\" }",
            "name = { en = \"Card\", vi = \"Card\" }",
        );
        let moved = renamed.replace(
            "[[groups.products]]\ncode = \"gpu\"",
            "[[groups]]\ncode = \"cards\"\nname = { en = \"Cards\", vi = \"Card\" }\n[[groups.products]]\ncode = \"gpu\"",
        );
        assert_ne!(moved, renamed);
        std::fs::write(&path, moved).unwrap();
        for _ in 0..2 {
            room.take_over_file().await.unwrap();
            assert_eq!(
                (
                    events(&app, "catalogue.group_added").await,
                    events(&app, "catalogue.product_changed").await
                ),
                (2, 1)
            );
        }
        let list = room.prices().await.unwrap();
        let gpu = &list.by_code(&"gpu".parse().unwrap()).unwrap().product;
        let stands = (
            list.group(gpu.group).unwrap().code.to_string(),
            gpu.name.en.clone(),
            gpu.position,
        );
        assert_eq!(stands, ("compute".to_owned(), "Card".to_owned(), 2));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_staff_corrected_is_not_undone_by_the_file() {
    for on in [On::Sqlite, On::Postgres] {
        let (app, _folder, path) = with_file(on).await;
        let room = &app.installation.rooms.catalogue;
        let vcpu: Code = "vcpu".parse().unwrap();
        let to_come = room
            .prices()
            .await
            .unwrap()
            .by_code(&vcpu)
            .unwrap()
            .prices
            .all()
            .last()
            .copied()
            .unwrap();
        assert!(to_come.from > app.clock.now());
        let corrected = WantedPrice {
            from: Some(to_come.from),
            price: kernel::Money::new(1, kernel::Currency::VND),
        };
        service::set_price(room, Caller::system(), &vcpu, corrected)
            .await
            .unwrap();
        let stands = async || {
            room.take_over_file().await.unwrap();
            room.prices()
                .await
                .unwrap()
                .by_code(&vcpu)
                .unwrap()
                .prices
                .beginning(to_come.from)
        };
        assert_eq!(stands().await, Some(corrected.price), "to come");
        app.advance(to_come.from.duration_since(app.clock.now()));
        assert_eq!(stands().await, Some(corrected.price), "in force");
        // Another file with the same old price.
        std::fs::write(&path, LATER.replace("GPU\", vi", "Card\", vi")).unwrap();
        assert_eq!(stands().await, Some(corrected.price), "in force, and a new file");
    }
}

#[test]
fn a_broken_file_names_the_place() {
    let zone = jiff::tz::TimeZone::UTC;
    let read = |text: &str| {
        let problems = catalogue::file::read("c.toml", text, &zone, kernel::Currency::VND).unwrap_err();
        problems.to_string()
    };
    let told = read(&LATER.replace("code = \"gpu\"", "code = \"GPU 1\""));
    assert!(told.contains("c.toml, line 16: \"GPU 1\" is no code"), "{told}");
    let told = read(&LATER.replace("\"40000\"", "\"40000.5\""));
    assert!(told.contains("c.toml, gpu: price \"40000.5\""), "{told}");
    let told = read(&LATER.replace("2027-01-01", "soon"));
    assert!(told.contains("c.toml, vcpu: \"soon\" is no moment"), "{told}");
}

#[test]
fn the_sample_of_a_file_can_be_read() {
    let text = include_str!("../../../portico/catalogue.sample.toml");
    let zone = jiff::tz::TimeZone::UTC;
    let wanted = catalogue::file::read("catalogue.toml", text, &zone, kernel::Currency::VND).unwrap();
    assert!(!wanted.products.is_empty() && wanted.prices.len() >= wanted.products.len());
}
