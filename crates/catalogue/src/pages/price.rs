//! One product's prices, and setting one.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use jiff::{Timestamp, civil::Date};
use kernel::Money;
use kernel::money::MoneyError;
use platform::{
    L10n, Permission,
    web::{Fault, FieldErrors, Form, Shell, When, flash, page, page_with},
};
use serde::Deserialize;

use super::product;
use crate::{
    Catalogue,
    rules::{Line, Mistake, Price, What},
    service::{self, Refusal},
};

struct Row {
    from: When,
    price: String,
    label: &'static str,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "catalogue-product.html")]
struct HistoryPage<'a> {
    shell: &'a Shell,
    name: &'a str,
    code: &'a str,
    unit: &'a str,
    rows: Vec<Row>,
    manages: bool,
}

pub(super) async fn history(
    State(room): State<Catalogue>,
    shell: Shell,
    Path(code): Path<String>,
) -> Result<Response, Fault> {
    let list = room.prices().await?;
    let line = product(&list, &code)?;
    let now = room.app().clock().now();
    page(&HistoryPage {
        name: line.product.name.in_language(shell.l.language()),
        code: line.product.code.as_str(),
        unit: &line.product.unit,
        rows: rows(&shell.l, line, now),
        manages: shell.person()?.may(Permission::ManageCatalogue),
        shell: &shell,
    })
}

/// The newest first.
fn rows(l: &L10n, line: &Line, now: Timestamp) -> Vec<Row> {
    let prices = line.prices.all();
    let current = prices.partition_point(|price| price.from <= now);
    let rows = prices.iter().zip(1..).map(|(price, place)| {
        let (label, tone) = match place.cmp(&current) {
            std::cmp::Ordering::Less => ("catalogue-price-past", "calm"),
            std::cmp::Ordering::Equal => ("catalogue-price-current", "good"),
            std::cmp::Ordering::Greater => ("catalogue-price-to-come", "info"),
        };
        Row {
            from: When::new(l, price.from),
            price: l.money(price.price),
            label,
            tone,
        }
    });
    let mut rows: Vec<Row> = rows.collect();
    rows.reverse();
    rows
}

/// The form as it comes.
#[derive(Default, Deserialize)]
pub(super) struct PriceForm {
    #[serde(default)]
    price: String,
    /// A day; from now on where it is empty.
    #[serde(default)]
    from: String,
}

#[derive(Template)]
#[template(path = "catalogue-price.html")]
struct PricePage<'a> {
    shell: &'a Shell,
    errors: FieldErrors,
    typed: &'a PriceForm,
    name: &'a str,
    code: &'a str,
    unit: &'a str,
    currency: &'static str,
    current: Option<String>,
}

pub(super) async fn ask(
    State(room): State<Catalogue>,
    shell: Shell,
    Path(code): Path<String>,
) -> Result<Response, Fault> {
    let list = room.prices().await?;
    let line = product(&list, &code)?;
    let form = PriceForm::default();
    form_page(&room, &shell, line, &form, StatusCode::OK, FieldErrors::default())
}

pub(super) async fn set(
    State(room): State<Catalogue>,
    shell: Shell,
    Path(code): Path<String>,
    Form(form): Form<PriceForm>,
) -> Result<Response, Fault> {
    let list = room.prices().await?;
    let line = product(&list, &code)?;
    let again = |errors| {
        form_page(
            &room,
            &shell,
            line,
            &form,
            StatusCode::UNPROCESSABLE_ENTITY,
            errors,
        )
    };
    let price = match read(&room, &shell.l, &form) {
        Ok(price) => price,
        Err(errors) => return again(errors),
    };
    match service::set_price(&room, shell.caller(), &line.product.code, price).await {
        Ok(()) => Ok(flash(
            &shell,
            &format!("/staff/catalogue/{}", line.product.code),
            "catalogue-price-now-set",
        )),
        Err(Refusal::Db(error)) => Err(error.into()),
        Err(Refusal::Mistakes(mistakes)) => again(tell(&shell.l, &mistakes)),
    }
}

fn read(room: &Catalogue, l: &L10n, form: &PriceForm) -> Result<Price, FieldErrors> {
    let mut errors = FieldErrors::default();
    let price = l.read_money(&form.price, room.app().site().currency);
    let price: Option<Money> = errors.check("price", price.map_err(|error| l.t(wrong(error))));
    let from = if form.from.trim().is_empty() {
        Ok(room.now())
    } else {
        let date = form.from.trim().parse::<Date>().ok();
        date.and_then(|date| l.midnight(date))
            .ok_or_else(|| l.t("catalogue-no-date"))
    };
    let from = errors.check("from", from);
    match (price, from) {
        (Some(price), Some(from)) if errors.is_empty() => Ok(Price { from, price }),
        _ => Err(errors),
    }
}

fn tell(l: &L10n, mistakes: &[Mistake]) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for mistake in mistakes {
        let field = match mistake.what {
            What::Past(_) | What::Twice => "from",
            _ => "price",
        };
        errors.add(field, l.t(mistake.what.label()));
    }
    errors
}

/// The message that tells why a text is no amount.
pub(crate) fn wrong(error: MoneyError) -> &'static str {
    match error {
        MoneyError::Empty | MoneyError::NotANumber => "catalogue-no-amount",
        MoneyError::TooFine => "catalogue-amount-too-fine",
        MoneyError::TooLarge | MoneyError::NotPositive => "catalogue-amount-range",
    }
}

fn form_page(
    room: &Catalogue,
    shell: &Shell,
    line: &Line,
    typed: &PriceForm,
    status: StatusCode,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let now = room.app().clock().now();
    page_with(
        status,
        &PricePage {
            shell,
            errors,
            typed,
            name: line.product.name.in_language(shell.l.language()),
            code: line.product.code.as_str(),
            unit: &line.product.unit,
            currency: room.app().site().currency.code(),
            current: line.prices.at(now).map(|price| shell.l.money(price)),
        },
    )
}
