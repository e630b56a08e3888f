//! The same use cases as JSON.

mod views;

use axum::{extract::State, http::HeaderMap, http::StatusCode, response::Response};
use catalogue::PriceList;
use kernel::{AccountId, CustomerDiscountId, Percent};
use platform::{
    Permission,
    actor::Area,
    api::{self, Body, FieldProblem, Id, Kind, Mounted, Op, Paging, Problem, Query, Routes, Scope, problem},
    web::{Fault, Need, Shell},
};

use super::{
    rules::{self, Draft, Line, Mistake, Period, Place},
    service::{self, Refusal},
    store::{self, Listing},
    words::{in_words, percent_told, period_told, standing_told},
};
use crate::{Discounts, price::Target};
use views::{CustomerDiscount, Grant, ListQuery};

const BASE: &str = "/api/v1/customer-discounts";

const BELOW: Kind = Kind::new("below-purchase-price", StatusCode::CONFLICT);
const STANDING: Kind = Kind::new("customer-discount-standing", StatusCode::CONFLICT);

pub(crate) fn mount(room: &Discounts) -> Mounted {
    let sees = Need::SeesOr(Area::Discounts, Permission::SeeDiscounts);
    let manages = Need::PartnerManages(Area::Discounts);
    let read = |id, summary| Op::new(id, summary, sees, Scope::DiscountsRead);
    let write = |id, summary| Op::new(id, summary, manages, Scope::DiscountsWrite);
    Routes::new(
        "Customer discounts",
        "What partners grant their customers, per product group and product.",
    )
    .get(
        BASE,
        read("listCustomerDiscounts", "Lists customer discounts, the newest first")
            .about("A partner gets what it granted, any other account what it was granted, and staff everything.")
            .query::<ListQuery>()
            .problem(problem::NOT_FOUND)
            .returns_page::<CustomerDiscount>(),
        list,
    )
    .post(
        BASE,
        write("grantCustomerDiscount", "Grants a customer a discount")
            .about(
                "For one product or one product group. It needs no approval, and is in force from its first day to \
                 its last. Selling below the own purchase price is refused unless `below_purchase_price` says that \
                 it is meant.",
            )
            .body::<Grant>()
            .creates::<CustomerDiscount>()
            .problem(problem::NOT_FOUND)
            .problem(BELOW),
        grant,
    )
    .get(
        "/api/v1/customer-discounts/{id}",
        read("getCustomerDiscount", "Gets a customer discount")
            .returns::<CustomerDiscount>()
            .versioned(),
        get,
    )
    .post(
        "/api/v1/customer-discounts/{id}/withdraw",
        write("withdrawCustomerDiscount", "Takes a discount back that has not begun")
            .returns::<CustomerDiscount>()
            .versioned()
            .problem(STANDING),
        withdraw,
    )
    .post(
        "/api/v1/customer-discounts/{id}/end",
        write("endCustomerDiscount", "Ends a discount that is in force, with this day")
            .returns::<CustomerDiscount>()
            .versioned()
            .problem(STANDING),
        end,
    )
    .with_state(room.clone())
}

/// Which discounts the caller may see.
fn own(shell: &Shell) -> Result<Listing, Fault> {
    let person = shell.person()?;
    Ok(match person.account() {
        None => Listing::default(),
        Some(partner) if person.is_partner() => Listing {
            partner: Some(partner),
            customer: None,
        },
        Some(customer) => Listing {
            partner: None,
            customer: Some(customer),
        },
    })
}

async fn list(
    State(room): State<Discounts>,
    shell: Shell,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    let mut listing = own(&shell)?;
    if let Some(customer) = query.customer.map(AccountId) {
        // Somebody else's discounts are not there for a customer.
        if listing.customer.is_some_and(|own| own != customer) {
            return Err(Fault::not_found());
        }
        listing.customer = Some(customer);
    }
    let purpose = format!("customer discounts {listing:?}");
    let paging = Paging::new(&shell, &purpose, query.limit, query.cursor.as_deref())?;
    let after: Option<CustomerDiscountId> = paging.place()?;
    let db = room.app().db().read();
    let (catalogue, now) = (room.catalogue().prices().await?, room.app().clock().now());
    let found = listing.after(db, after, paging.wanted()).await?;
    let shown = found
        .iter()
        .map(|discount| CustomerDiscount::new(discount, &catalogue, now))
        .collect();
    paging.answer(&shell, shown, CustomerDiscount::place)
}

async fn find(
    room: &Discounts,
    shell: &Shell,
    id: CustomerDiscountId,
) -> Result<rules::CustomerDiscount, Fault> {
    let own = own(shell)?;
    store::any(room.app().db().read(), id)
        .await?
        .filter(|discount| own.partner.is_none_or(|partner| partner == discount.partner))
        .filter(|discount| own.customer.is_none_or(|customer| customer == discount.customer))
        .ok_or_else(Fault::not_found)
}

/// As it is now, with its version.
async fn shown(room: &Discounts, shell: &Shell, id: CustomerDiscountId) -> Result<Response, Fault> {
    api::versioned(room.app(), id, async {
        let discount = find(room, shell, id).await?;
        let (catalogue, now) = (room.catalogue().prices().await?, room.app().clock().now());
        Ok(CustomerDiscount::new(&discount, &catalogue, now))
    })
    .await
}

async fn get(
    State(room): State<Discounts>,
    shell: Shell,
    Id(id): Id<CustomerDiscountId>,
) -> Result<Response, Fault> {
    shown(&room, &shell, id).await
}

async fn grant(
    State(room): State<Discounts>,
    shell: Shell,
    Body(sent): Body<Grant>,
) -> Result<Response, Fault> {
    let partner = shell.account()?;
    let catalogue = room.catalogue().prices().await?;
    let draft = read(&shell, &catalogue, &sent)?;
    let customer = AccountId(sent.customer_id);
    let granted = service::grant(
        &room,
        shell.caller(),
        partner,
        customer,
        &draft,
        sent.below_purchase_price,
    )
    .await
    .map_err(|refusal| refused(&shell, &sent, refusal))?;
    // A draft of one line makes one discount.
    let made = granted
        .first()
        .ok_or_else(|| Fault::internal("nothing was granted"))?;
    let now = room.app().clock().now();
    let view = CustomerDiscount::new(made, &catalogue, now);
    api::created(&format!("{BASE}/{}", made.id), &view)
}

/// What the body says, as far as it can be read.
fn read(shell: &Shell, list: &PriceList, sent: &Grant) -> Result<Draft, Fault> {
    let l = &shell.l;
    let invalid = |pointer: &str, text: String| {
        Fault::from(Problem::new(problem::INVALID).error(FieldProblem::at(pointer, text)))
    };
    let unknown = || l.t("customer-discount-unknown");
    let on = match (&sent.group, &sent.product) {
        (Some(code), None) => code
            .parse()
            .ok()
            .and_then(|code| list.group_by_code(&code))
            .map(|group| Target::Group(group.id))
            .ok_or_else(|| invalid("/group", unknown()))?,
        (None, Some(code)) => code
            .parse()
            .ok()
            .and_then(|code| list.by_code(&code))
            .map(|line| Target::Product(line.product.id))
            .ok_or_else(|| invalid("/product", unknown()))?,
        _ => return Err(invalid("/product", l.t("customer-discount-one-of-both"))),
    };
    let percent: Percent = sent
        .percent
        .parse()
        .map_err(|error| invalid("/percent", l.t(percent_told(error))))?;
    let period = Period::new(sent.from, sent.to).map_err(|error| invalid("/to", l.t(period_told(error))))?;
    Ok(Draft {
        period,
        lines: vec![Line { on, percent }],
    })
}

async fn withdraw(
    State(room): State<Discounts>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<CustomerDiscountId>,
) -> Result<Response, Fault> {
    let before = find(&room, &shell, id).await?;
    api::precondition(room.app(), &headers, id).await?;
    service::withdraw(&room, shell.caller(), before.partner, id)
        .await
        .map_err(|refusal| stopped(&shell, refusal))?;
    shown(&room, &shell, id).await
}

async fn end(
    State(room): State<Discounts>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<CustomerDiscountId>,
) -> Result<Response, Fault> {
    let before = find(&room, &shell, id).await?;
    api::precondition(room.app(), &headers, id).await?;
    service::end(&room, shell.caller(), before.partner, id)
        .await
        .map_err(|refusal| stopped(&shell, refusal))?;
    shown(&room, &shell, id).await
}

fn refused(shell: &Shell, sent: &Grant, refusal: Refusal) -> Fault {
    match refusal {
        Refusal::Mistakes(mistakes) => {
            let place = |mistake: &Mistake| match mistake.place() {
                Place::From => "/from",
                Place::Line(_) | Place::Lines if sent.group.is_some() => "/group",
                Place::Line(_) | Place::Lines => "/product",
            };
            let problem = mistakes
                .iter()
                .fold(Problem::new(problem::INVALID), |problem, mistake| {
                    problem.error(FieldProblem::at(place(mistake), in_words(&shell.l, *mistake)))
                });
            problem.into()
        }
        other => stopped(shell, other),
    }
}

fn stopped(shell: &Shell, refusal: Refusal) -> Fault {
    match refusal {
        Refusal::NotFound => Fault::not_found(),
        Refusal::Database(error) => error.into(),
        Refusal::BelowPurchase(_) => Problem::new(BELOW).into(),
        Refusal::Rule(refused) => {
            let detail = shell.l.t(&format!("{}-text", standing_told(refused)));
            Problem::new(STANDING).detail(detail).into()
        }
        Refusal::Calendar(error) => Fault::internal(error),
        Refusal::Mistakes(_) => Fault::bad_request(),
    }
}
