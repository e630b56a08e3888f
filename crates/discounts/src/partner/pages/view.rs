//! Discounts as pages show them.

use catalogue::PriceList;
use jiff::{Timestamp, civil::Date};
use kernel::{PartnerDiscountId, Percent};
use platform::{
    L10n,
    web::{TimeTag, When},
};

use crate::{
    Discounts,
    partner::rules::{PartnerDiscount, Percents, StateKind, differences},
};

/// A discount in a list or at the head of its page.
pub(super) struct Row {
    pub(super) id: PartnerDiscountId,
    pub(super) reference: String,
    pub(super) state: StateKind,
    pub(super) asked_at: When,
    /// The effective date: that granted or, before a decision, that asked for.
    pub(super) from: String,
    /// While it awaits approval.
    pub(super) time: Option<TimeTag>,
    pub(super) due: Option<When>,
    /// Since when, and until when, it was in force.
    pub(super) span: Option<(When, Option<When>)>,
    pub(super) changed: bool,
}

impl Row {
    pub(super) fn new(l: &L10n, room: &Discounts, of: &PartnerDiscount) -> Self {
        let now = room.app().clock().now();
        let tag = |due| {
            let deadline = kernel::calendar::Deadline::Running { due };
            TimeTag::new(l, room.calendar(), now, deadline)
        };
        Self {
            id: of.id,
            reference: of.reference(),
            state: of.state.kind(),
            asked_at: When::new(l, of.asked_at),
            from: l.date(of.grant().map_or(of.asked.from, |grant| grant.terms.from)),
            time: of.due().map(tag),
            due: of.due().map(|due| When::new(l, due)),
            span: span(of).map(|(from, until)| (When::new(l, from), until.map(|until| When::new(l, until)))),
            changed: of.was_changed(),
        }
    }

    /// Whether it was approved and replaced before it began.
    pub(super) fn never_began(&self) -> bool {
        self.state == StateKind::Expired && self.span.is_none()
    }
}

/// Since when and until when a discount is or was in force.
fn span(of: &PartnerDiscount) -> Option<(Timestamp, Option<Timestamp>)> {
    let one = std::slice::from_ref(of);
    let stretch = crate::partner::rules::in_force(one).into_iter().next()?;
    (of.state.kind() != StateKind::AwaitingActivation).then_some((stretch.from, stretch.until))
}

/// A product with up to three percentages side by side, in the reader's words.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) in_force: String,
    pub(super) asked: String,
    pub(super) granted: String,
    /// Whether something else was granted than was asked for.
    pub(super) changed: bool,
    /// Whether what is asked for differs from what is in force.
    pub(super) moved: bool,
}

/// All products that any of them names, in the order of the catalogue.
pub(super) fn lines(
    l: &L10n,
    products: &PriceList,
    in_force: Option<&Percents>,
    asked: &Percents,
    granted: Option<&Percents>,
) -> Vec<Line> {
    let named = differences(Some(asked), granted);
    let now = differences(in_force, None);
    let line = |line: &catalogue::Line| {
        let id = line.product.id;
        let sides = named.iter().find(|one| one.product == id);
        let before = now.iter().find(|one| one.product == id).and_then(|one| one.one);
        if sides.is_none() && before.is_none() {
            return None;
        }
        let (asked, given) = sides.map_or((None, None), |sides| (sides.one, sides.other));
        Some(Line {
            name: line.product.name.in_language(l.language()).to_owned(),
            in_force: share(l, before),
            asked: share(l, asked),
            granted: share(l, given),
            changed: granted.is_some() && asked != given,
            moved: asked != before,
        })
    };
    products.lines().iter().filter_map(line).collect()
}

/// A percentage; a dash where there is none.
pub(super) fn share(l: &L10n, percent: Option<Percent>) -> String {
    percent.map_or_else(|| "–".to_owned(), |percent| l.percent(percent))
}

/// Names and percentages, for a short card.
pub(super) fn percents(l: &L10n, products: &PriceList, of: &Percents) -> Vec<(String, String)> {
    let pair = |line: &catalogue::Line| {
        let percent = of.on(line.product.id)?;
        Some((
            line.product.name.in_language(l.language()).to_owned(),
            l.percent(percent),
        ))
    };
    products.lines().iter().filter_map(pair).collect()
}

/// The date, and its day of the week.
pub(super) fn day(l: &L10n, date: Date) -> String {
    l.long_date(date)
}
