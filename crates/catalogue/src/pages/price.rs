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
    rules::{Change, Line, Mistake, Wanted, WantedPrice, What},
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
    /// `confirmed`, or `change`; empty at first.
    #[serde(default)]
    step: String,
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

/// What it comes to, before it holds for everybody.
#[derive(Template)]
#[template(path = "catalogue-price-confirm.html")]
struct ConfirmPage<'a> {
    shell: &'a Shell,
    typed: &'a PriceForm,
    name: &'a str,
    code: &'a str,
    unit: &'a str,
    current: Option<String>,
    price: String,
    /// The day; nothing where it holds from now on.
    from: Option<String>,
    /// The price to come that it takes the place of.
    instead_of: Option<String>,
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

/// Asks whether to set it, and then does so.
pub(super) async fn set(
    State(room): State<Catalogue>,
    shell: Shell,
    Path(code): Path<String>,
    Form(form): Form<PriceForm>,
) -> Result<Response, Fault> {
    let list = room.prices().await?;
    let line = product(&list, &code)?;
    let again = |errors: FieldErrors| {
        let status = if errors.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        form_page(&room, &shell, line, &form, status, errors)
    };
    if form.step == "change" {
        return again(FieldErrors::default());
    }
    let price = match read(&room, &shell.l, &form) {
        Ok(price) => price,
        Err(errors) => return again(errors),
    };
    let done = if form.step == "confirmed" {
        let set = service::set_price(&room, shell.caller(), &line.product.code, price).await;
        let to = format!("/staff/catalogue/{}", line.product.code);
        set.map(|()| Ok(flash(&shell, &to, "catalogue-price-now-set")))
    } else {
        let wanted = Wanted::price(line.product.code.clone(), price);
        let changes = service::preview(&room, wanted).await;
        changes.map(|changes| confirm_page(&room, &shell, line, &form, price, &changes))
    };
    match done {
        Ok(answer) => answer,
        Err(Refusal::Db(error)) => Err(error.into()),
        Err(Refusal::Mistakes(mistakes)) => again(tell(&shell.l, &mistakes)),
    }
}

fn read(room: &Catalogue, l: &L10n, form: &PriceForm) -> Result<WantedPrice, FieldErrors> {
    let mut errors = FieldErrors::default();
    let price = l.read_money(&form.price, room.app().site().currency);
    let price: Option<Money> = errors.check("price", price.map_err(|error| l.t(wrong(error))));
    let from = if form.from.trim().is_empty() {
        Ok(None)
    } else {
        let date = form.from.trim().parse::<Date>().ok();
        date.and_then(|date| l.midnight(date))
            .map(Some)
            .ok_or_else(|| l.t("catalogue-no-date"))
    };
    let from = errors.check("from", from);
    match (price, from) {
        (Some(price), Some(from)) if errors.is_empty() => Ok(WantedPrice { from, price }),
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
            current: current(room, &shell.l, line),
        },
    )
}

fn confirm_page(
    room: &Catalogue,
    shell: &Shell,
    line: &Line,
    typed: &PriceForm,
    price: WantedPrice,
    changes: &[Change],
) -> Result<Response, Fault> {
    let l = &shell.l;
    let instead_of = changes.iter().find_map(|change| match change {
        Change::SetPrice { instead_of, .. } => *instead_of,
        _ => None,
    });
    page(&ConfirmPage {
        name: line.product.name.in_language(l.language()),
        code: line.product.code.as_str(),
        unit: &line.product.unit,
        current: current(room, l, line),
        price: l.money(price.price),
        from: price.from.map(|from| l.day(l.day_of(from))),
        instead_of: instead_of.map(|old| l.money(old)),
        typed,
        shell,
    })
}

fn current(room: &Catalogue, l: &L10n, line: &Line) -> Option<String> {
    let now = room.app().clock().now();
    line.prices.at(now).map(|price| l.money(price))
}
