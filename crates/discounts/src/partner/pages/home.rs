//! A partner's discounts: in force, under way, and all of them; which one an order of a day would have got.

use askama::Template;
use axum::{extract::State, http::StatusCode};
use axum_extra::extract::Query;
use jiff::civil::Date;
use platform::{
    L10n,
    actor::Area,
    web::{FieldErrors, Shell, When, page_with},
};
use serde::Deserialize;

use super::{
    Answer,
    view::{Row, percents},
};
use crate::{
    Discounts,
    partner::{
        rules::{InForce, PartnerDiscount, Standing, on_day},
        store,
    },
};

#[derive(Deserialize)]
pub(super) struct Question {
    #[serde(default)]
    day: String,
}

/// A discount in a card of its own.
struct Card {
    row: Row,
    percents: Vec<(String, String)>,
}

/// What orders of a day get.
struct DayAnswer {
    day: String,
    /// One after the other, where one began in the middle of the day.
    parts: Vec<Part>,
}

struct Part {
    card: Card,
    /// From and until when on that day, where it is not the whole of it.
    from: Option<When>,
    until: Option<When>,
}

#[derive(Template)]
#[template(path = "partner-discounts.html")]
struct HomePage<'a> {
    shell: &'a Shell,
    manages: bool,
    active: Option<Card>,
    approved: Option<Card>,
    asked: Option<Card>,
    rows: Vec<Row>,
    errors: FieldErrors,
    day: &'a str,
    answer: Option<DayAnswer>,
}

pub(super) async fn show(
    State(room): State<Discounts>,
    shell: Shell,
    Query(question): Query<Question>,
) -> Answer {
    let all = store::of_partner(room.app().db().read(), shell.account()?).await?;
    let products = room.catalogue().prices().await?;
    let l = &shell.l;
    let card = |of: &PartnerDiscount| Card {
        row: Row::new(l, &room, of),
        percents: percents(
            l,
            &products,
            of.grant()
                .map_or(&of.asked.percents, |grant| &grant.terms.percents),
        ),
    };
    let mut errors = FieldErrors::default();
    let asked_day = match question.day.trim() {
        "" => None,
        text => {
            let read = text
                .parse::<Date>()
                .map_err(|_| l.t("partner-discount-error-date"));
            errors.check("day", read)
        }
    };
    let answer = asked_day.and_then(|date| answer(l, &room, &all, date, card));
    let standing = Standing::of(all.iter().cloned());
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    page_with(
        status,
        &HomePage {
            manages: shell.person()?.manages(Area::Discounts),
            active: standing.active.as_ref().map(card),
            approved: standing.approved.as_ref().map(card),
            asked: standing.asked.as_ref().map(card),
            rows: all.iter().map(|of| Row::new(l, &room, of)).collect(),
            day: &question.day,
            answer,
            errors,
            shell: &shell,
        },
    )
}

/// Nothing where the day is beyond all time.
fn answer(
    l: &L10n,
    room: &Discounts,
    all: &[PartnerDiscount],
    date: Date,
    card: impl Fn(&PartnerDiscount) -> Card,
) -> Option<DayAnswer> {
    let begin = l.midnight(date)?;
    let end = l.midnight(date.tomorrow().ok()?)?;
    let part = |found: &InForce<'_>| Part {
        card: card(found.discount),
        from: (begin < found.from).then(|| When::new(l, found.from)),
        until: found
            .until
            .filter(|until| *until < end)
            .map(|until| When::new(l, until)),
    };
    let found = on_day(all, room.calendar(), date).ok()?;
    Some(DayAnswer {
        day: l.day(date),
        parts: found.iter().map(part).collect(),
    })
}
