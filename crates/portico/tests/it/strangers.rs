//! What is one account's is nothing to another: asked for by its id, it is answered as an id is that nobody has.

use accounts::person::Person;
use customers::{
    rules::{FriendlyName, Role},
    service::Invitee,
};
use discounts::{
    customer::rules::{Draft, Line, Period},
    partner::{
        rules::{PartnerDiscount, Percents, Terms},
        service::{Refused, Request},
    },
    price::Target,
};
use identity::tokens;
use jiff::civil::date;
use kernel::{AccountId, Language, Money, Percent, UserId};
use platform::{
    Actor, Denied, Grant, StaffRole,
    actor::Caller,
    web::{Need, Route},
};
use serde_json::{Value, json};
use testkit::{On, PASSWORD, TestApp};
use uuid::Uuid;

use crate::{
    api::Program,
    routes::{PARTNER, path_of},
};

const OTHER: &str = "root@other.example";

/// Where the partner's things are: the beginning of a path, and the ids in the order of its parameters.
type Things = Vec<(&'static str, Vec<Uuid>)>;

async fn root(app: &TestApp, email: &str) -> Person {
    let db = app.app().db().read();
    let found = accounts::store::find_root(db, &email.parse().unwrap()).await;
    found.unwrap().unwrap()
}

/// A token for all that a person may have one for, and its id.
async fn token(app: &TestApp, person: &Person) -> (Uuid, String) {
    app.token(person, tokens::scopes_of(person)).await
}

/// The root user of an account, as a use case knows it.
async fn caller(app: &TestApp, email: &str, account: AccountId) -> Caller {
    let root = root(app, email).await;
    let user = UserId(root.id());
    let actor = Actor::Root {
        user,
        account,
        name: root.name,
    };
    Caller { actor, origin: None }
}

/// Somebody whom the partner invited to be its customer.
async fn customer(app: &TestApp, by: Caller) -> Uuid {
    let invitee = Invitee {
        email: "hoa@sen.example".parse().unwrap(),
        name: FriendlyName::parse("Hoa Sen").unwrap(),
        role: Role::default(),
    };
    let room = &app.installation.rooms.customers;
    let relations = customers::service::invite(room, by, &[invitee], Language::English).await;
    relations.unwrap()[0].id.into()
}

/// A discount that the partner asked for.
async fn discount(app: &TestApp, by: Caller) -> PartnerDiscount {
    let rooms = &app.installation.rooms;
    let file = r#"
        [[groups]]
        code = "compute"
        name = { en = "Compute", vi = "Máy chủ" }
        [[groups.products]]
        code = "vcpu"
        name = { en = "vCPU", vi = "vCPU" }
        unit = "vCPU-hour"
        prices = [{ from = "2026-01-01", price = "250" }]
    "#;
    let site = app.app().site();
    let wanted = catalogue::file::read("test", file, &site.time_zone.0, site.currency).unwrap();
    catalogue::service::apply(&rooms.catalogue, Caller::system(), wanted)
        .await
        .unwrap();
    let product = rooms.catalogue.prices().await.unwrap().lines()[0].product.id;
    let percent: Percent = "10".parse().unwrap();
    let terms = Terms {
        percents: Percents::new([(product, percent)]).unwrap(),
        from: date(2026, 12, 21),
    };
    let request = Request { terms, note: None };
    discounts::partner::service::ask(&rooms.discounts, by, request)
        .await
        .unwrap()
}

/// An active customer of the partner, and a discount that the partner granted it.
async fn granted(app: &TestApp, by: Caller, partner: AccountId) -> (Uuid, Uuid) {
    let buyer = app.customer(partner, "buyer@sen.example", "Buyer").await;
    let rooms = &app.installation.rooms;
    let product = rooms.catalogue.prices().await.unwrap().lines()[0].product.id;
    let draft = Draft {
        period: Period::new(date(2026, 12, 21), date(2026, 12, 31)).unwrap(),
        lines: vec![Line {
            on: Target::Product(product),
            percent: "5".parse().unwrap(),
        }],
    };
    let all = discounts::customer::service::grant(&rooms.discounts, by, partner, buyer, &draft, true)
        .await
        .unwrap();
    (buyer.into(), all[0].id.into())
}

/// A movement of the partner's credit to its customer, and a row of its usage.
async fn moved(app: &TestApp, by: Caller, partner: AccountId, buyer: AccountId) -> (Uuid, Uuid) {
    use credit::service::{self, Recorded, Row, TopUp};
    let room = &app.installation.rooms.credit;
    let vnd = |minor| Money::new(minor, room.currency());
    let new = Recorded {
        id: app.app().new_id().into(),
        account: partner,
        amount: vnd(100),
        reference: credit::rules::Reference::parse("FT 1").unwrap(),
        note: None,
    };
    let clerk = staff(app, "clerk@staff.example", StaffRole::Reviewer).await;
    let second = staff(app, "second@staff.example", StaffRole::Lead).await;
    let deposit = service::record(room, clerk, new).await.unwrap();
    service::confirm(room, second, deposit.id).await.unwrap();
    let wanted = TopUp {
        partner,
        customer: buyer,
        amount: vnd(40),
        key: app.app().new_id().into(),
    };
    let receipt = service::top_up(room, by, wanted).await.unwrap();
    let row = Row {
        row: "2026-11".to_owned(),
        account: partner,
        amount: vnd(10),
        period: "2026-11".to_owned(),
        description: "vCPU".to_owned(),
    };
    service::import(room, Caller::system(), &[row]).await.unwrap();
    let db = app.app().db().read();
    let usage = credit::store::usage::of_account(db, partner, None, 1)
        .await
        .unwrap();
    (receipt.transfer.id.into(), usage[0].id)
}

/// Somebody of the staff, as a use case knows them.
async fn staff(app: &TestApp, email: &str, role: StaffRole) -> Caller {
    app.staff(email, role).await;
    let found = accounts::store::find_staff(app.app().db().read(), &email.parse().unwrap()).await;
    let person = found.unwrap().unwrap();
    let actor = Actor::Staff {
        staff: person.id().into(),
        name: person.name,
    };
    Caller { actor, origin: None }
}

/// One of everything that has an id, all of it the partner's.
async fn things(app: &TestApp) -> Things {
    let partner = app.partner(PARTNER, "Bình Minh", "0101248141").await;
    app.iam_user_who(partner, "minh", &[Grant::Credit]).await;
    let db = app.app().db().read();
    let member = team::store::of_account(db, partner).await.unwrap()[0].id;
    let registration = registration::store::of_account(db, partner).await.unwrap()[0].id;
    let by = caller(app, PARTNER, partner).await;
    let customer = customer(app, by.clone()).await;
    let discount = discount(app, by.clone()).await.id;
    let (buyer, granted) = granted(app, by.clone(), partner).await;
    let (transfer, usage) = moved(app, by, partner, buyer.into()).await;
    let (token, _) = token(app, &root(app, PARTNER).await).await;
    let browser = app.browser();
    browser.sign_in(PARTNER, PASSWORD, "/webhooks/new").await;
    let endpoint = [("url", "https://example.com/hook"), ("events", "all")];
    browser.post("/webhooks", &endpoint).await.expect_status(200);
    let owner = webhooks::rules::Owner::Account(partner);
    let endpoint = webhooks::store::list(db, owner).await.unwrap()[0].id;
    // No delivery: that of another's endpoint is looked for behind it.
    let delivery = app.app().new_id();
    vec![
        ("/team/", vec![member.into()]),
        ("/api/v1/team/", vec![member.into()]),
        ("/profile/tokens/", vec![token]),
        ("/webhooks/", vec![endpoint.into(), delivery]),
        ("/api/v1/account/webhooks/", vec![endpoint.into(), delivery]),
        ("/customers/", vec![customer]),
        // Nobody is offered to the partner: `crates/customers` asks for those of another.
        ("/customers/transfers/", vec![app.app().new_id()]),
        ("/api/v1/customers/", vec![customer]),
        ("/discounts/", vec![discount.into()]),
        ("/discounts/customers/", vec![buyer, granted]),
        ("/api/v1/partner-discounts/", vec![discount.into()]),
        ("/api/v1/customer-discounts/", vec![granted]),
        ("/api/v1/account/registrations/", vec![registration.into()]),
        ("/credit/transfers/", vec![transfer]),
        ("/api/v1/credit/transfers/", vec![transfer]),
        ("/api/v1/credit/accounts/", vec![partner.into()]),
        ("/api/v1/credit/usage/", vec![usage]),
    ]
}

fn is_for_accounts(route: &Route) -> bool {
    route.path.contains('{') && !matches!(route.need, Need::Nothing | Need::Staff(_))
}

/// The path of the partner's own; none where `things` has none of that kind.
fn path_to(route: &Route, things: &Things) -> Option<String> {
    let (_, ids) = things
        .iter()
        .filter(|(beginning, _)| route.path.starts_with(beginning))
        .max_by_key(|(beginning, _)| beginning.len())?;
    let mut ids = ids.iter();
    let parts = route.path.split('/').map(|part| match part.strip_prefix('{') {
        Some(_) => ids.next().expect("an id for each parameter").to_string(),
        None => part.to_owned(),
    });
    Some(parts.collect::<Vec<_>>().join("/"))
}

/// A body that the route takes.
fn body(route: &Route) -> Value {
    match (route.method.as_str(), route.path) {
        ("PATCH", "/api/v1/customers/{id}") => json!({ "name": "Hoa" }),
        ("PATCH", "/api/v1/team/{id}") => json!({ "grants": ["credit"] }),
        ("PUT", "/api/v1/account/webhooks/{id}") => json!({ "url": "https://example.com/hook" }),
        ("POST", "/api/v1/account/registrations/{id}/answer") => json!({ "words": "Yes" }),
        _ => json!({}),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_partners_things_are_answered_as_what_is_not_there() {
    let app = TestApp::start(On::Sqlite).await;
    let things = things(&app).await;
    app.partner(OTHER, "Khác", "0100109106").await;
    let (own_browser, browser) = (app.browser(), app.browser());
    own_browser.sign_in(PARTNER, PASSWORD, "/overview").await;
    let (_, its_token) = token(&app, &root(&app, PARTNER).await).await;
    let own_program = Program::with(&app, its_token);
    browser
        .sign_in(OTHER, PASSWORD, "/overview")
        .await
        .expect_status(200);
    let (_, token) = token(&app, &root(&app, OTHER).await).await;
    let program = Program::with(&app, token);
    let routes = &app.installation.routes;
    let mut asked = 0;
    for route in routes.iter().filter(|route| is_for_accounts(route)) {
        let Some(own) = path_to(route, &things) else {
            continue;
        };
        let mut answers = Vec::new();
        for path in [own.clone(), path_of(route)] {
            if route.path.starts_with("/api/") {
                let request = program.request(route.method.clone(), &path);
                let answer = crate::api::send(request.json(&body(route))).await;
                let told = [
                    &answer.body["type"],
                    &answer.body["detail"],
                    &answer.body["errors"],
                ];
                answers.push((answer.status, format!("{told:?}")));
            } else {
                let page = if route.method == "GET" {
                    browser.get(&path).await
                } else {
                    browser.post(&path, &[]).await
                };
                answers.push((page.status, page.text()));
            }
        }
        // There is no delivery, and what has not begun is withdrawn and not ended.
        let is_there = !route.path.contains("{delivery")
            && !route.path.ends_with("/end")
            && !route.path.starts_with("/customers/transfers/");
        if route.method == "GET" && is_there {
            let status = if route.path.starts_with("/api/") {
                own_program.get(&own).await.status
            } else {
                own_browser.get(&own).await.status
            };
            assert_eq!(status, 200, "{own} is the partner's");
        }
        let what = format!("{} {}: {answers:?}", route.method, route.path);
        assert_eq!(answers[0], answers[1], "{what}");
        assert!(answers[0].0.is_client_error(), "{what}");
        let is_body_refused = [400, 422].contains(&answers[0].0.as_u16());
        assert!(
            !(route.path.starts_with("/api/") && is_body_refused),
            "{what}: nothing was looked for"
        );
        asked += 1;
    }
    assert!(asked > 20, "only {asked} routes were asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_of_the_staff_decides_on_the_own_partners_discount() {
    let app = TestApp::start(On::Sqlite).await;
    let partner = app.partner(PARTNER, "Bình Minh", "0101248141").await;
    let asked = discount(&app, caller(&app, PARTNER, partner).await).await;
    let room = &app.installation.rooms.discounts;
    let mut decided = Vec::new();
    for (email, role) in [
        (PARTNER, StaffRole::Lead),
        ("auditor@staff.example", StaffRole::Auditor),
        ("lead@staff.example", StaffRole::Lead),
    ] {
        let by = staff(&app, email, role).await;
        decided.push(discounts::partner::service::approve(room, by, asked.id, None).await);
    }
    assert!(
        matches!(decided[0], Err(Refused::Denied(Denied::OwnAccount))),
        "{:?}",
        decided[0]
    );
    assert!(
        matches!(decided[1], Err(Refused::Denied(Denied::Role))),
        "{:?}",
        decided[1]
    );
    assert!(decided[2].is_ok(), "{:?}", decided[2]);
}
