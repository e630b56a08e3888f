//! What these tests begin with.

use jiff::civil::Date;
use kernel::{AccountId, CustomerDiscountId};
use platform::actor::Caller;
use testkit::{Browser, PASSWORD, TestApp};

use discounts::customer::{
    rules::{Draft, Line, Period},
    service::grant,
};
use discounts::price::Target;

pub const PARTNER: &str = "lan@saomai.example";
pub const CUSTOMER: &str = "minh@banmai.example";

/// A partner with one active customer, "Bình Minh", and products.
pub async fn a_partner_with_a_customer(app: &TestApp) -> (AccountId, AccountId) {
    app.products().await;
    let partner = app.partner(PARTNER, "Sao Mai JSC", "0100109106").await;
    let customer = app.customer(partner, CUSTOMER, "Bình Minh").await;
    (partner, customer)
}

/// A browser of an account's root user.
pub async fn browser_of(app: &TestApp, email: &str) -> Browser {
    let browser = app.browser();
    browser
        .sign_in(email, PASSWORD, "/prices")
        .await
        .expect_status(200);
    browser
}

/// Grants a percentage on a product, or on a group of products where none is called so.
pub async fn granted(
    app: &TestApp,
    (partner, customer): (AccountId, AccountId),
    code: &str,
    percent: &str,
    (first, last): (&str, &str),
) -> CustomerDiscountId {
    let rooms = &app.installation.rooms;
    let (prices, code) = (rooms.catalogue.prices().await.unwrap(), code.parse().unwrap());
    let on = match prices.by_code(&code) {
        Some(line) => Target::Product(line.product.id),
        None => Target::Group(prices.group_by_code(&code).unwrap().id),
    };
    let day = |text: &str| text.parse::<Date>().unwrap();
    let draft = Draft {
        period: Period::new(day(first), day(last)).unwrap(),
        lines: vec![Line {
            on,
            percent: percent.parse().unwrap(),
        }],
    };
    let made = grant(
        &rooms.discounts,
        Caller::system(),
        partner,
        customer,
        &draft,
        true,
    )
    .await;
    made.unwrap()[0].id
}

/// The kinds of the events about customer discounts so far, in order.
pub async fn told(app: &TestApp) -> Vec<String> {
    use platform::event::row;
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
    let rows = row::Entity::find()
        .filter(row::Column::Subject.eq("customer_discount"))
        .order_by_asc(row::Column::Id)
        .all(app.app().db().read())
        .await
        .unwrap();
    let kind = |row: row::Model| row.kind.replace("customer_discount.", "");
    rows.into_iter().map(kind).collect()
}
