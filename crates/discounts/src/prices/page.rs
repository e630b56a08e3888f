//! The price list.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use catalogue::PriceList;
use customers::directory::{self, Customer};
use jiff::Timestamp;
use kernel::Money;
use platform::{
    L10n, Partnership,
    actor::{Area, SignedIn},
    web::{Fault, Shell, page},
};
use serde::Deserialize;

use crate::{
    Discounts,
    facts::{item, of_line},
    price::{Answer, CustomerTerm, PartnerTerm, next_price},
};

/// Whose prices a partner looks at.
#[derive(Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    customer: String,
}

/// Which prices stand beside the public ones.
enum View {
    /// None.
    Public,
    /// What the reader's partner takes off for it.
    Own(Vec<CustomerTerm>),
    /// What the reader, a partner, pays itself.
    Purchase {
        pays: Vec<PartnerTerm>,
        customers: Vec<Customer>,
        /// The customer that it looks at, and what it grants it.
        chosen: Option<(Customer, Vec<CustomerTerm>)>,
    },
}

/// A price in the table.
struct Cell {
    amount: String,
    /// What is taken off, where something is.
    off: Option<String>,
}

impl Cell {
    fn new(l: &L10n, price: Money, percent: kernel::Percent) -> Self {
        Self {
            amount: l.money(price),
            off: (percent > kernel::Percent::ZERO).then(|| l.percent(percent)),
        }
    }
}

struct Row {
    name: String,
    code: String,
    unit: String,
    public: Option<String>,
    partner: Option<Cell>,
    customer: Option<Cell>,
    /// What is left to the partner, and whether that is less than nothing.
    margin: Option<(String, bool)>,
    /// What is to come: which price, how much it will be and from when.
    next: Vec<String>,
}

struct Group {
    name: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "prices.html")]
struct PricesPage<'a> {
    shell: &'a Shell,
    groups: Vec<Group>,
    view: &'a View,
    today: String,
    manages: bool,
}

impl PricesPage<'_> {
    fn has_partner(&self) -> bool {
        matches!(self.view, View::Purchase { .. })
    }

    fn has_customer(&self) -> bool {
        matches!(self.view, View::Own(_) | View::Purchase { chosen: Some(_), .. })
    }

    fn has_margin(&self) -> bool {
        matches!(self.view, View::Purchase { chosen: Some(_), .. })
    }

    /// What the page is called. It names the customer whose prices it shows; the table then need not.
    fn title(&self) -> String {
        let l = &self.shell.l;
        match self.view {
            View::Purchase {
                chosen: Some((customer, _)),
                ..
            } => l.t1("price-of", "customer", customer.name.as_str()),
            _ => l.t("price-title"),
        }
    }

    /// The heading of the customer's column.
    fn customer_label(&self) -> String {
        self.shell.l.t(match self.view {
            View::Purchase { .. } => "price-customer-price",
            _ => "price-own",
        })
    }

    /// Product, unit and public price always; the others where there is something in them.
    fn columns(&self) -> usize {
        let more = [
            self.has_partner(),
            self.has_customer(),
            self.has_margin(),
            self.has_next(),
        ];
        3 + more.into_iter().filter(|has| *has).count()
    }

    fn has_next(&self) -> bool {
        self.groups
            .iter()
            .any(|group| group.rows.iter().any(|row| !row.next.is_empty()))
    }
}

pub(super) async fn show(
    State(room): State<Discounts>,
    shell: Shell,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Fault> {
    let person = shell.person()?;
    let now = room.app().clock().now();
    let view = view(&room, person, &chosen.customer, now).await?;
    let list = room.catalogue().prices().await?;
    page(&PricesPage {
        groups: groups(&shell.l, &list, &view, now),
        today: shell.l.date(shell.l.day_of(now)),
        manages: person.is_partner() && person.manages(Area::Discounts),
        view: &view,
        shell: &shell,
    })
}

async fn view(room: &Discounts, person: &SignedIn, chosen: &str, now: Timestamp) -> Result<View, Fault> {
    let Some(own) = person.account().filter(|_| person.sees(Area::Discounts)) else {
        return Ok(View::Public);
    };
    let terms = room.terms(own).await?.ok_or_else(Fault::not_found)?;
    match terms.partnership {
        Partnership::None => Ok(View::Public),
        Partnership::CustomerOf(_) => Ok(if terms.granted.iter().any(|term| now < term.until) {
            View::Own(terms.granted.clone())
        } else {
            View::Public
        }),
        Partnership::Partner => {
            let customers = directory::active(room.app().db().read(), own).await?;
            let chosen = match chosen {
                "" => None,
                id => Some(granted_to(room, &customers, id).await?),
            };
            Ok(View::Purchase {
                pays: terms.purchase.clone(),
                customers,
                chosen,
            })
        }
    }
}

/// A customer of the partner, and what the partner grants it.
async fn granted_to(
    room: &Discounts,
    customers: &[Customer],
    id: &str,
) -> Result<(Customer, Vec<CustomerTerm>), Fault> {
    let customer = customers
        .iter()
        .find(|customer| customer.account.to_string() == id)
        .ok_or_else(Fault::not_found)?;
    let terms = room.terms(customer.account).await?.ok_or_else(Fault::not_found)?;
    Ok((customer.clone(), terms.granted.clone()))
}

fn groups(l: &L10n, list: &PriceList, view: &View, now: Timestamp) -> Vec<Group> {
    let groups = list.groups().iter().map(|group| Group {
        name: group.name.in_language(l.language()).to_owned(),
        rows: list
            .of_group(group.id)
            .map(|line| {
                let (partner, customer): (&[_], &[_]) = match view {
                    View::Public => (&[], &[]),
                    View::Own(granted) => (&[], granted),
                    View::Purchase { pays, chosen, .. } => {
                        (pays, chosen.as_ref().map_or(&[], |(_, granted)| granted))
                    }
                };
                let answer = of_line(line, partner, customer, now);
                Row {
                    name: line.product.name.in_language(l.language()).to_owned(),
                    code: line.product.code.to_string(),
                    unit: line.product.unit.clone(),
                    public: answer.map(|answer| l.money(answer.public)),
                    partner: answer.map(|a| Cell::new(l, a.partner.price, a.partner.percent())),
                    customer: answer.map(|a| Cell::new(l, a.customer.price, a.customer.percent())),
                    margin: answer.and_then(|answer| margin(l, &answer)),
                    next: next(l, line, view, now),
                }
            })
            .collect(),
    });
    groups.filter(|group| !group.rows.is_empty()).collect()
}

/// What the reader pays next and from when; for a partner that looks at a customer, what each of them does.
fn next(l: &L10n, line: &catalogue::Line, view: &View, now: Timestamp) -> Vec<String> {
    let item = item(line);
    let text = |key: &str, next: Option<(Timestamp, Money)>| {
        let (from, price) = next?;
        let (price, from) = (l.money(price), l.short_date_time(from));
        Some(l.t2(key, "price", price.as_str(), "from", from.as_str()))
    };
    let public = |answer: &Answer| answer.public;
    let purchase = |answer: &Answer| answer.partner.price;
    let sale = |answer: &Answer| answer.customer.price;
    let to_come = match view {
        View::Public => [
            text("price-next-public", next_price(&item, &[], &[], now, public)),
            None,
        ],
        View::Own(granted) => [
            text("price-next-own", next_price(&item, &[], granted, now, sale)),
            None,
        ],
        View::Purchase { pays, chosen, .. } => {
            let own = next_price(&item, pays, &[], now, purchase);
            let theirs = chosen
                .as_ref()
                .and_then(|(_, granted)| next_price(&item, &[], granted, now, sale));
            [
                text("price-next-purchase", own),
                text("price-next-customer", theirs),
            ]
        }
    };
    to_come.into_iter().flatten().collect()
}

fn margin(l: &L10n, answer: &Answer) -> Option<(String, bool)> {
    let left = answer.customer.price.checked_sub(answer.partner.price)?;
    Some((l.money(left), left.minor() < 0))
}
