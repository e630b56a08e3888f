//! What one product cost and will cost.

use jiff::Timestamp;
use kernel::Money;

/// A public price of one unit, from a moment on until the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// The first moment at which it holds.
    pub from: Timestamp,
    /// For one unit.
    pub price: Money,
}

/// All public prices of a product, in the order of their moments, no two of one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History(Vec<Price>);

impl History {
    /// The history that these prices make, in whatever order they come. Of two of one moment the later given counts.
    #[must_use]
    pub fn new(prices: impl IntoIterator<Item = Price>) -> Self {
        let mut history = Self::default();
        for price in prices {
            history.set(price);
        }
        history
    }

    /// The price at a moment; none before the first.
    #[must_use]
    pub fn at(&self, at: Timestamp) -> Option<Money> {
        let behind = self.0.partition_point(|price| price.from <= at);
        let last = behind.checked_sub(1)?;
        self.0.get(last).map(|price| price.price)
    }

    /// The first price after a moment.
    #[must_use]
    pub fn next_after(&self, at: Timestamp) -> Option<Price> {
        let behind = self.0.partition_point(|price| price.from <= at);
        self.0.get(behind).copied()
    }

    /// All of them, the earliest first.
    #[must_use]
    pub fn all(&self) -> &[Price] {
        &self.0
    }

    /// The price that begins exactly then.
    #[must_use]
    pub fn beginning(&self, from: Timestamp) -> Option<Money> {
        let found = self.0.binary_search_by_key(&from, |price| price.from).ok()?;
        self.0.get(found).map(|price| price.price)
    }

    /// Whether a price may begin at `from`, where it is `now`. What somebody may have been told or charged stays as it
    /// was: in the past a price may begin only before there was any.
    #[must_use]
    pub fn may_begin(&self, from: Timestamp, now: Timestamp) -> bool {
        from >= now || self.at(from).is_none()
    }

    /// Lets a price begin; one of the same moment goes.
    pub fn set(&mut self, price: Price) {
        match self.0.binary_search_by_key(&price.from, |known| known.from) {
            Ok(place) => self.0[place] = price,
            Err(place) => self.0.insert(place, price),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use kernel::{Currency, Money};
    use proptest::prelude::*;

    use super::{History, Price};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap_or_default()
    }

    fn price(from: i64, minor: i64) -> Price {
        Price {
            from: at(from),
            price: Money::new(minor, Currency::VND),
        }
    }

    proptest! {
        #[test]
        fn a_price_holds_from_its_first_moment_to_the_last_before_the_next(
            prices in proptest::collection::btree_map(0_i64..1000, 0_i64..100, 0..20),
            asked in -5_i64..1005,
        ) {
            let history = History::new(prices.iter().rev().map(|(from, minor)| price(*from, *minor)));
            let expected = prices.range(..=asked).next_back().map(|(_, minor)| *minor);
            prop_assert_eq!(history.at(at(asked)).map(Money::minor), expected);
            let next = prices.range(asked + 1..).next().map(|(from, minor)| price(*from, *minor));
            prop_assert_eq!(history.next_after(at(asked)), next);
        }

        #[test]
        fn a_price_that_may_begin_changes_none_before_now(
            prices in proptest::collection::btree_map(0_i64..100, 0_i64..100, 0..10),
            from in 0_i64..100, now in 0_i64..100, asked in 0_i64..100,
        ) {
            let before = History::new(prices.iter().map(|(from, minor)| price(*from, *minor)));
            prop_assume!(before.may_begin(at(from), at(now)) && asked < now);
            let mut after = before.clone();
            after.set(price(from, 777));
            if let Some(known) = before.at(at(asked)) {
                prop_assert_eq!(after.at(at(asked)), Some(known));
            }
        }
    }
}
