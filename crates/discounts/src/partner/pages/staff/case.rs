//! A request: what is asked for beside what is in force, product by product.

use accounts::{account::Account, store::staff_member};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use kernel::{AccountId, PartnerDiscountId};
use platform::{
    Denied, L10n, Permission,
    actor::{Capacity, SignedIn},
    web::{Fault, Shell, flash, page_with},
};

use super::super::{
    Answer, QUEUE, id,
    timeline::{self, For, Item},
    view::{Line, Row, day, lines},
};
use crate::{
    Discounts,
    partner::{
        rules::{PartnerDiscount, Percents, Standing, TransitionError},
        service::Refused,
        store,
    },
};

/// A request, with whose it is and what else that partner has under way.
pub(super) struct Case {
    pub(super) discount: PartnerDiscount,
    pub(super) partner: Account,
    pub(super) standing: Standing,
}

impl Case {
    pub(super) async fn load(room: &Discounts, id: PartnerDiscountId) -> Result<Self, Fault> {
        let db = room.app().db().read();
        let discount = store::find(db, id).await?.ok_or_else(Fault::not_found)?;
        let partner = accounts::store::account(db, discount.partner).await?;
        let standing = store::standing(db, discount.partner).await?;
        Ok(Self {
            partner: partner.ok_or_else(|| Fault::internal(format!("discount {id} has no account")))?,
            standing,
            discount,
        })
    }

    /// What the partner has now; nothing to compare with where it is this one.
    pub(super) fn in_force(&self) -> Option<&Percents> {
        let active = self.standing.active.as_ref()?;
        let other = active.id != self.discount.id;
        active
            .grant()
            .filter(|_| other)
            .map(|grant| &grant.terms.percents)
    }

    /// The approved one that an approval now would take the place of, and its date.
    pub(super) fn replaces(&self, shell: &Shell) -> Option<(String, String)> {
        let (approved, grant) = self.standing.to_begin(shell.now())?;
        let other = approved.id != self.discount.id;
        other.then(|| (approved.reference(), day(&shell.l, grant.terms.from)))
    }

    /// Whether the date that was asked for is past, so that an approval lets it begin at once.
    pub(super) fn is_past(&self, room: &Discounts, shell: &Shell) -> bool {
        self.discount.asked.from <= room.calendar().date(shell.now())
    }
}

/// Where a request is.
pub(super) fn path(id: PartnerDiscountId) -> String {
    format!("{QUEUE}/{id}")
}

/// What the reader may do with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Decides,
    /// It is the reader's own account: a colleague decides.
    Owns,
    Looks,
}

impl Part {
    async fn of(room: &Discounts, person: &SignedIn, partner: AccountId) -> Result<Self, Fault> {
        match person.capacity {
            Capacity::Staff { staff, .. } if person.may(Permission::DecideDiscounts) => {
                let reader = staff_member(room.app().db().read(), staff, [partner]).await?;
                let owns = reader.is_some_and(|reader| reader.own_account);
                Ok(if owns { Self::Owns } else { Self::Decides })
            }
            _ => Ok(Self::Looks),
        }
    }
}

#[derive(Template)]
#[template(path = "staff-discount.html")]
struct CasePage<'a> {
    shell: &'a Shell,
    partner: &'a Account,
    row: Row,
    asked_from: String,
    granted_from: Option<String>,
    is_waiting: bool,
    note: Option<String>,
    lines: Vec<Line>,
    items: Vec<Item>,
    part: Part,
    is_past: bool,
    replaces: Option<(String, String)>,
    refusal: Option<String>,
    /// What the reader wrote for nothing.
    unsent: &'a str,
}

pub(crate) async fn show(State(room): State<Discounts>, shell: Shell, Path(text): Path<String>) -> Answer {
    let case = Case::load(&room, id(&text)?).await?;
    show_with(&room, &shell, &case, StatusCode::OK, None, "").await
}

/// Back to the request, with what was done or why it was not; what was written stands there still.
pub(super) async fn answer(
    room: &Discounts,
    shell: &Shell,
    id: PartnerDiscountId,
    result: Result<PartnerDiscount, Refused>,
    done: &'static str,
    written: &str,
) -> Answer {
    match result {
        Ok(_) => Ok(flash(shell, &path(id), done)),
        Err(Refused::Rule(error)) => {
            let case = Case::load(room, id).await?;
            let refusal = Some(overtaken(&shell.l, &error));
            show_with(room, shell, &case, StatusCode::CONFLICT, refusal, written).await
        }
        Err(Refused::Denied(Denied::OwnAccount)) => {
            let case = Case::load(room, id).await?;
            let refusal = Some(shell.l.t("partner-discount-own-account"));
            show_with(room, shell, &case, StatusCode::FORBIDDEN, refusal, written).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The request instead of a form, where there is nothing (more) to decide, or not by the reader.
pub(super) async fn undecidable(
    room: &Discounts,
    shell: &Shell,
    case: &Case,
) -> Result<Option<Response>, Fault> {
    let part = Part::of(room, shell.person()?, case.discount.partner).await?;
    let (status, refusal) = if case.discount.due().is_none() {
        let settled = TransitionError::Settled(case.discount.state.kind());
        (StatusCode::CONFLICT, overtaken(&shell.l, &settled))
    } else if part == Part::Owns {
        (StatusCode::FORBIDDEN, shell.l.t("partner-discount-own-account"))
    } else {
        return Ok(None);
    };
    let page = show_with(room, shell, case, status, Some(refusal), "").await?;
    Ok(Some(page))
}

/// That something came first, and what.
fn overtaken(l: &L10n, error: &TransitionError) -> String {
    format!("{} {}", l.t("partner-discount-not-done"), l.t(error.key()))
}

async fn show_with(
    room: &Discounts,
    shell: &Shell,
    case: &Case,
    status: StatusCode,
    refusal: Option<String>,
    unsent: &str,
) -> Answer {
    let (l, of) = (&shell.l, &case.discount);
    let products = room.catalogue().prices().await?;
    let granted = of.grant().map(|grant| &grant.terms);
    let is_waiting = of.due().is_some();
    let part = Part::of(room, shell.person()?, of.partner).await?;
    page_with(
        status,
        &CasePage {
            partner: &case.partner,
            row: Row::new(l, room, of),
            asked_from: l.day(of.asked.from),
            granted_from: granted.map(|granted| l.day(granted.from)),
            is_waiting,
            note: of.note.as_ref().map(ToString::to_string),
            lines: lines(
                l,
                &products,
                case.in_force(),
                &of.asked.percents,
                granted.map(|granted| &granted.percents),
            ),
            items: timeline::items(l, room, of, For::Staff).await?,
            part,
            is_past: is_waiting && case.is_past(room, shell),
            replaces: case.replaces(shell).filter(|_| is_waiting),
            refusal,
            unsent,
            shell,
        },
    )
}
