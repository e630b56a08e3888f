//! What is asked for or granted: per cent by product.

use std::collections::BTreeMap;

use kernel::{Percent, ProductId};
use serde::{Deserialize, Serialize};

/// Per cent by product; none of them 0, and never nothing at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Line>", into = "Vec<Line>")]
pub struct Percents(BTreeMap<ProductId, Percent>);

/// Nothing is asked for on any product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nothing is asked for on any product")]
pub struct NothingAsked;

/// One of them, as events and the API write it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// On which product.
    pub product_id: ProductId,
    /// How much, as in "12.50".
    #[serde(with = "text")]
    pub percent: Percent,
}

impl Percents {
    /// 0 per cent asks for none, like a product that is left out.
    pub fn new(all: impl IntoIterator<Item = (ProductId, Percent)>) -> Result<Self, NothingAsked> {
        let some: BTreeMap<_, _> = all
            .into_iter()
            .filter(|(_, percent)| *percent != Percent::ZERO)
            .collect();
        if some.is_empty() {
            Err(NothingAsked)
        } else {
            Ok(Self(some))
        }
    }

    /// On a product.
    #[must_use]
    pub fn on(&self, product: ProductId) -> Option<Percent> {
        self.0.get(&product).copied()
    }

    /// All of them, by product.
    pub fn iter(&self) -> impl Iterator<Item = (ProductId, Percent)> {
        self.0.iter().map(|(product, percent)| (*product, *percent))
    }
}

impl TryFrom<Vec<Line>> for Percents {
    type Error = NothingAsked;

    fn try_from(lines: Vec<Line>) -> Result<Self, NothingAsked> {
        Self::new(lines.into_iter().map(|line| (line.product_id, line.percent)))
    }
}

impl From<Percents> for Vec<Line> {
    fn from(percents: Percents) -> Self {
        percents
            .iter()
            .map(|(product_id, percent)| Line { product_id, percent })
            .collect()
    }
}

/// What one product has on either of two sides, such as what was asked for and what was granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The product.
    pub product: ProductId,
    /// On the one side.
    pub one: Option<Percent>,
    /// On the other.
    pub other: Option<Percent>,
}

impl Difference {
    /// Whether both sides have the same.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.one == self.other
    }
}

/// Every product that either side has.
#[must_use]
pub fn differences(one: Option<&Percents>, other: Option<&Percents>) -> Vec<Difference> {
    let mut products: Vec<ProductId> = [one, other]
        .into_iter()
        .flatten()
        .flat_map(|side| side.0.keys().copied())
        .collect();
    products.sort_unstable();
    products.dedup();
    products
        .into_iter()
        .map(|product| Difference {
            product,
            one: one.and_then(|side| side.on(product)),
            other: other.and_then(|side| side.on(product)),
        })
        .collect()
}

/// A percentage as text: "12.50".
mod text {
    use kernel::Percent;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
    pub(super) fn serialize<S: Serializer>(percent: &Percent, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(percent)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Percent, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}
