//! What may be granted, and what a partner should know before it does.

use catalogue::PriceList;
use jiff::{Timestamp, civil::Date};
use kernel::{CustomerDiscountId, Money, Percent, ProductId};

use super::{CustomerDiscount, End, Period};
use crate::price::{CustomerTerm, Item, PartnerTerm, Target, in_force, moments};

/// What a partner wants to grant a customer: several things for the same days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// On which days.
    pub period: Period,
    /// What, each once.
    pub lines: Vec<Line>,
}

/// How much is taken off what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// On what.
    pub on: Target,
    /// How much.
    pub percent: Percent,
}

/// What is wrong with a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// It begins too soon.
    #[error("the first day is {0} at the earliest")]
    TooSoon(Date),
    /// It names nothing.
    #[error("nothing is granted")]
    Nothing,
    /// It names a product or group twice.
    #[error("it is named twice")]
    Twice(Target),
    /// There is no such product or group.
    #[error("there is no such product or group")]
    Unknown(Target),
    /// The customer has a discount on the same thing on one of the days.
    #[error("the days overlap with another discount")]
    Overlaps(Target, Period),
}

/// Where in a draft a mistake is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Its first day.
    From,
    /// A line.
    Line(Target),
    /// All lines.
    Lines,
}

impl Mistake {
    /// Where it is.
    #[must_use]
    pub fn place(self) -> Place {
        match self {
            Self::TooSoon(_) => Place::From,
            Self::Nothing => Place::Lines,
            Self::Twice(on) | Self::Unknown(on) | Self::Overlaps(on, _) => Place::Line(on),
        }
    }
}

/// All that is wrong with a draft for a customer who `has` these discounts; `earliest` is the first day allowed.
#[must_use]
pub fn check(draft: &Draft, list: &PriceList, has: &[CustomerDiscount], earliest: Date) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    if draft.period.first() < earliest {
        mistakes.push(Mistake::TooSoon(earliest));
    }
    if draft.lines.is_empty() {
        mistakes.push(Mistake::Nothing);
    }
    for (place, line) in draft.lines.iter().enumerate() {
        let known = match line.on {
            Target::Group(id) => list.group(id).is_some(),
            Target::Product(id) => list.product(id).is_some(),
        };
        if !known {
            mistakes.push(Mistake::Unknown(line.on));
        }
        if draft.lines.iter().take(place).any(|other| other.on == line.on) {
            mistakes.push(Mistake::Twice(line.on));
        }
        let other = has
            .iter()
            .filter(|known| known.on == line.on && !is_gone(known))
            .find(|known| known.period.overlaps(draft.period));
        if let Some(other) = other {
            mistakes.push(Mistake::Overlaps(line.on, other.period));
        }
    }
    mistakes
}

/// Whether it holds on no day that is to come, whatever its days say: one that an older version cut off has kept those
/// that were agreed.
fn is_gone(known: &CustomerDiscount) -> bool {
    matches!(known.end, End::Withdrawn { .. } | End::Severed { .. })
}

/// A product that a draft would sell below what the partner pays itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Which product.
    pub product: ProductId,
    /// From when, within the draft's days.
    pub from: Timestamp,
    /// What the customer would get off.
    pub customer: Percent,
    /// What the partner gets off.
    pub partner: Percent,
    /// What the customer would pay for one unit, where the product has a price then.
    pub sells: Option<Money>,
    /// What the partner pays for it.
    pub pays: Option<Money>,
}

/// The products that a draft would sell below purchase price at some moment of its days, each with the first such
/// moment, in the order of the list. What the customer `has` counts too: a discount on a product wins over a draft on
/// its group.
#[must_use]
pub fn losses(
    draft: &Draft,
    list: &PriceList,
    partner: &[PartnerTerm],
    has: &[CustomerTerm],
    (from, until): (Timestamp, Timestamp),
) -> Vec<Loss> {
    // No id of a discount is all zeros, so that what the draft made can be told from what there is.
    let drafted = CustomerDiscountId(uuid::Uuid::nil());
    let mut terms: Vec<CustomerTerm> = has.to_vec();
    terms.extend(draft.lines.iter().map(|line| CustomerTerm {
        discount: drafted,
        on: line.on,
        percent: line.percent,
        from,
        until,
    }));
    let moments = moments(partner, &terms, from, until);
    let mut found = Vec::new();
    for line in list.lines() {
        let item = Item {
            product: line.product.id,
            group: line.product.group,
            public: &line.prices,
        };
        // Percentages are compared and not prices: a product may get its first price only later.
        let loss = moments.iter().find_map(|at| {
            let (by_partner, by_customer) = in_force(&item, partner, &terms, *at);
            let (by, customer) = by_customer?;
            let partner = by_partner.map_or(Percent::ZERO, |(_, percent)| percent);
            let public = line.prices.at(*at);
            (by == drafted && customer > partner).then(|| Loss {
                product: item.product,
                from: *at,
                customer,
                partner,
                sells: public.map(|public| customer.off(public)),
                pays: public.map(|public| partner.off(public)),
            })
        });
        found.extend(loss);
    }
    found
}
