//! Credit through the whole portal, on both databases.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod api;
mod deposits;
mod finding;
mod following;
mod history;
mod once;
mod topping_up;
mod usage;

use kernel::{AccountId, Currency, Money};
use platform::{Actor, StaffRole, actor::Caller};
use testkit::{Browser, Page, TestApp};

const PARTNER: &str = "root@saomai.example";
const CLERK: &str = "clerk@provider.example";
const LEAD: &str = "lead@provider.example";

/// A partner with one active customer, and the provider's staff.
struct Cast {
    partner: AccountId,
    customer: AccountId,
}

async fn cast(app: &TestApp) -> Cast {
    let partner = app.partner(PARTNER, "Sao Mai", "0100109106").await;
    let customer = app.customer(partner, "buyer@hoasen.example", "Hoa Sen").await;
    app.staff(CLERK, StaffRole::Reviewer).await;
    app.staff(LEAD, StaffRole::Lead).await;
    Cast { partner, customer }
}

async fn root(app: &TestApp) -> Browser {
    let root = app.browser();
    root.sign_in(PARTNER, testkit::PASSWORD, "/credit")
        .await
        .expect_status(200);
    root
}

async fn staff(app: &TestApp, email: &str) -> Browser {
    let staff = app.browser();
    staff
        .sign_in_as_staff(email, testkit::PASSWORD, "/staff/credit")
        .await
        .expect_status(200);
    staff
}

/// A payment, recorded by the clerk and confirmed by the lead.
async fn fund(app: &TestApp, account: AccountId, amount: i64, reference: &str) {
    let room = &app.installation.rooms.credit;
    let new = credit::service::Recorded {
        id: app.app().new_id().into(),
        account,
        amount: vnd(amount),
        reference: credit::rules::Reference::parse(reference).unwrap(),
        note: None,
    };
    let deposit = credit::service::record(room, caller(app, CLERK).await, new)
        .await
        .unwrap();
    credit::service::confirm(room, caller(app, LEAD).await, deposit.id)
        .await
        .unwrap();
}

async fn caller(app: &TestApp, email: &str) -> Caller {
    let person = accounts::store::find_staff(app.app().db().read(), &email.parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    let actor = Actor::Staff {
        staff: person.id().into(),
        name: person.name,
    };
    Caller { actor, origin: None }
}

fn vnd(minor: i64) -> Money {
    Money::new(minor, Currency::VND)
}

async fn balance(app: &TestApp, account: AccountId) -> i64 {
    ledger::store::credit_of(app.app().db().read(), account, Currency::VND)
        .await
        .unwrap()
        .minor()
}

/// The confirmation page of a top-up.
async fn ask(root: &Browser, customer: AccountId, amount: &str) -> Page {
    let customer = customer.to_string();
    root.post("/credit/top-up", &[("customer", &customer), ("amount", amount)])
        .await
}
