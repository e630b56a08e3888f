//! Percentages of money.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::Money;

/// A percentage from 0 to 100 with two decimals, counted in hundredths of a percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Percent(u16);

/// Why a text is no percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PercentError {
    /// It is no number.
    #[error("no number")]
    NotANumber,
    /// It has more than two decimals.
    #[error("more than two decimals")]
    TooFine,
    /// It is below 0 or above 100.
    #[error("not from 0 to 100")]
    OutOfRange,
}

impl Percent {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// All of it.
    pub const FULL: Self = Self(10_000);

    /// From hundredths of a percent, 0 to 10,000.
    pub fn from_hundredths(hundredths: u16) -> Result<Self, PercentError> {
        if hundredths <= Self::FULL.0 {
            Ok(Self(hundredths))
        } else {
            Err(PercentError::OutOfRange)
        }
    }

    /// In hundredths of a percent.
    #[must_use]
    pub const fn hundredths(self) -> u16 {
        self.0
    }

    /// What is left of a price after this percentage off, rounded to the nearest minor unit, half up.
    #[must_use]
    pub fn off(self, price: Money) -> Money {
        let left = i128::from(price.minor) * i128::from(Self::FULL.0 - self.0);
        let whole = i128::from(Self::FULL.0);
        let rounded = (left + whole / 2).div_euclid(whole);
        // At most the price's own size.
        let minor = i64::try_from(rounded).unwrap_or(price.minor);
        Money { minor, ..price }
    }
}

impl TryFrom<u16> for Percent {
    type Error = PercentError;

    fn try_from(hundredths: u16) -> Result<Self, Self::Error> {
        Self::from_hundredths(hundredths)
    }
}

impl From<Percent> for u16 {
    fn from(percent: Percent) -> Self {
        percent.0
    }
}

/// "12.5" or "12,5", with or without a percent sign.
impl FromStr for Percent {
    type Err = PercentError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim().trim_end_matches('%').trim_end();
        let text = text.replace(',', ".");
        if text.starts_with('-')
            && text[1..]
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.')
        {
            return Err(PercentError::OutOfRange);
        }
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(fraction) {
            return Err(PercentError::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > 2 {
            return Err(PercentError::TooFine);
        }
        let hundredths: u16 = format!("{whole}{fraction:0<2}")
            .parse()
            .map_err(|_| PercentError::OutOfRange)?;
        Self::from_hundredths(hundredths)
    }
}

/// "12.50": as the API writes it and forms take it back.
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Percent, PercentError};
    use crate::{Currency, Money};

    #[test]
    fn percentages_have_two_decimals_and_bounds() {
        let read = |text: &str| text.parse::<Percent>().map(Percent::hundredths);
        assert_eq!(read("12,5 %"), Ok(1250));
        assert_eq!(read("100"), Ok(10_000));
        assert_eq!(read("0.01"), Ok(1));
        assert_eq!(read("100.01"), Err(PercentError::OutOfRange));
        assert_eq!(read("-1"), Err(PercentError::OutOfRange));
        assert_eq!(read("1.005"), Err(PercentError::TooFine));
        assert_eq!(read("ten"), Err(PercentError::NotANumber));
        assert_eq!(Percent(1250).to_string(), "12.50");
    }

    #[test]
    fn a_price_is_rounded_half_up() {
        let price = |minor| Money::new(minor, Currency::VND);
        assert_eq!(Percent(5000).off(price(3)), price(2));
        assert_eq!(Percent(1).off(price(4_999)), price(4_999));
        assert_eq!(Percent(1).off(price(5_001)), price(5_000));
    }

    proptest! {
        #[test]
        fn a_discount_never_raises_a_price_and_more_of_it_never_costs_more(
            minor in 0..=Money::MAX_MINOR, a in 0_u16..=10_000, b in 0_u16..=10_000,
        ) {
            let price = Money::new(minor, Currency::VND);
            let (less, more) = (Percent(a.min(b)).off(price), Percent(a.max(b)).off(price));
            prop_assert!(0 <= more.minor() && more.minor() <= less.minor() && less.minor() <= minor);
            prop_assert_eq!(Percent::ZERO.off(price), price);
            prop_assert_eq!(Percent::FULL.off(price).minor(), 0);
        }

        #[test]
        fn any_percentage_reads_back(hundredths in 0_u16..=10_000) {
            let percent = Percent(hundredths);
            prop_assert_eq!(percent.to_string().parse::<Percent>(), Ok(percent));
        }
    }
}
