//! What a product costs whom at a moment, past or future: one pure function over plain data.
//!
//! The public price is the product's at that moment. The partner's discount in force then makes the partner's own
//! purchase price of it; the discount that the partner grants makes the customer's. Both are taken off the public
//! price, not off each other. A customer discount for the product itself wins over one for its group.

#[cfg(test)]
mod properties;

use catalogue::History;
use customers::directory::Tenure;
use jiff::Timestamp;
use kernel::{CustomerDiscountId, GroupId, Money, PartnerDiscountId, Percent, ProductId};

/// What a partner discount takes off one product, from a moment on. One for a moment to come (approved, awaiting
/// activation) counts from that moment; one that expired counted until it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartnerTerm {
    /// Which discount.
    pub discount: PartnerDiscountId,
    /// The product.
    pub product: ProductId,
    /// How much.
    pub percent: Percent,
    /// The first moment.
    pub from: Timestamp,
    /// The first moment after it; none while nothing follows.
    pub until: Option<Timestamp>,
}

/// What a customer discount takes off, in one of its periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomerTerm {
    /// Which discount.
    pub discount: CustomerDiscountId,
    /// On what.
    pub on: Target,
    /// How much.
    pub percent: Percent,
    /// The first moment: when its first day begins in the provider's time zone.
    pub from: Timestamp,
    /// The first moment after it: when its last day ends there, or when it was cut short.
    pub until: Timestamp,
}

/// What a customer discount is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// Every product of a group that has no discount of its own.
    Group(GroupId),
    /// One product.
    Product(ProductId),
}

/// A product whose price is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// Which.
    pub product: ProductId,
    /// Its group.
    pub group: GroupId,
    /// Its public prices.
    pub public: &'a History,
}

/// What a product costs whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The public price.
    pub public: Money,
    /// The partner's purchase price.
    pub partner: Made<PartnerDiscountId>,
    /// The price of the partner's customer.
    pub customer: Made<CustomerDiscountId>,
}

/// A discount and how much it takes off, where there is one.
pub type By<D> = Option<(D, Percent)>;

/// A price, and what made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made<D> {
    /// For one unit.
    pub price: Money,
    /// What made it; without a discount it is the public price.
    pub by: By<D>,
}

impl<D> Made<D> {
    fn of(public: Money, by: By<D>) -> Self {
        let price = by.as_ref().map_or(public, |(_, percent)| percent.off(public));
        Self { price, by }
    }

    /// How much is taken off.
    #[must_use]
    pub fn percent(&self) -> Percent {
        self.by.as_ref().map_or(Percent::ZERO, |(_, percent)| *percent)
    }
}

/// What `item` costs at a moment; nothing where it has no public price then. The order of the terms does not matter.
#[must_use]
pub fn price(
    item: &Item<'_>,
    partner: &[PartnerTerm],
    customer: &[CustomerTerm],
    at: Timestamp,
) -> Option<Answer> {
    let public = item.public.at(at)?;
    let (by_partner, by_customer) = in_force(item, partner, customer, at);
    Some(Answer {
        public,
        partner: Made::of(public, by_partner),
        customer: Made::of(public, by_customer),
    })
}

/// The discounts of partner and customer that are in force for `item` at a moment, whether it has a price or not.
#[must_use]
pub fn in_force(
    item: &Item<'_>,
    partner: &[PartnerTerm],
    customer: &[CustomerTerm],
    at: Timestamp,
) -> (By<PartnerDiscountId>, By<CustomerDiscountId>) {
    let by_partner = partner_term(item.product, partner, at).map(|term| (term.discount, term.percent));
    let by_customer = customer_term(item, customer, at).map(|term| (term.discount, term.percent));
    (by_partner, by_customer)
}

/// The term of the partner's discount that is in force for a product. There is one at most; were there two, the one
/// that began last counts.
fn partner_term(product: ProductId, terms: &[PartnerTerm], at: Timestamp) -> Option<&PartnerTerm> {
    terms
        .iter()
        .filter(|term| term.product == product)
        .filter(|term| term.from <= at && term.until.is_none_or(|until| at < until))
        .max_by_key(|term| (term.from, term.discount))
}

/// The term of the customer's discount that is in force: one for the product before one for its group.
fn customer_term<'a>(item: &Item<'_>, terms: &'a [CustomerTerm], at: Timestamp) -> Option<&'a CustomerTerm> {
    terms
        .iter()
        .filter(|term| term.on.covers(item.product, item.group))
        .filter(|term| term.from <= at && at < term.until)
        .max_by_key(|term| {
            let is_own = matches!(term.on, Target::Product(_));
            (is_own, term.from, term.discount)
        })
}

impl PartnerTerm {
    /// What of it falls into a stretch of time; nothing where none does.
    #[must_use]
    pub fn within(self, tenure: &Tenure) -> Option<Self> {
        let from = self.from.max(tenure.from);
        let until = match (self.until, tenure.until) {
            (Some(own), Some(end)) => Some(own.min(end)),
            (own, end) => own.or(end),
        };
        until
            .is_none_or(|until| from < until)
            .then_some(Self { from, until, ..self })
    }
}

impl CustomerTerm {
    /// What of it falls into a stretch of time; nothing where none does.
    #[must_use]
    pub fn within(self, tenure: &Tenure) -> Option<Self> {
        let from = self.from.max(tenure.from);
        let until = tenure.until.map_or(self.until, |end| self.until.min(end));
        (from < until).then_some(Self { from, until, ..self })
    }
}

impl Target {
    /// Whether it is for this product of this group.
    #[must_use]
    pub fn covers(self, product: ProductId, group: GroupId) -> bool {
        match self {
            Self::Product(own) => own == product,
            Self::Group(whole) => whole == group,
        }
    }
}

/// The first moment after `now` at which one of the prices of `item` changes (`of` says which), and what it is then.
#[must_use]
pub fn next_price(
    item: &Item<'_>,
    partner: &[PartnerTerm],
    customer: &[CustomerTerm],
    now: Timestamp,
    of: impl Fn(&Answer) -> Money,
) -> Option<(Timestamp, Money)> {
    let at = |moment| price(item, partner, customer, moment).map(|answer| of(&answer));
    let public = item.public.all().iter().map(|price| price.from);
    let mut to_come = moments(partner, customer, now, Timestamp::MAX);
    to_come.extend(public.filter(|from| now < *from));
    to_come.sort_unstable();
    let today = at(now);
    to_come.into_iter().find_map(|moment| {
        let then = at(moment)?;
        (today != Some(then)).then_some((moment, then))
    })
}

/// The moments from `from` until before `until` at which the answer for `item` may change, the first included.
#[must_use]
pub fn moments(
    partner: &[PartnerTerm],
    customer: &[CustomerTerm],
    from: Timestamp,
    until: Timestamp,
) -> Vec<Timestamp> {
    let partner = partner.iter().flat_map(|term| [Some(term.from), term.until]);
    let customer = customer
        .iter()
        .flat_map(|term| [Some(term.from), Some(term.until)]);
    let mut moments: Vec<Timestamp> = partner
        .chain(customer)
        .flatten()
        .filter(|moment| from < *moment && *moment < until)
        .chain(std::iter::once(from))
        .collect();
    moments.sort_unstable();
    moments.dedup();
    moments
}
