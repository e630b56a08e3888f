//! Money: whole minor units of a currency, and percentages of it. No fractions, no floating point.

mod percent;

use std::{fmt, str::FromStr};

use iso_currency::Currency as Iso;
use serde::{Deserialize, Serialize};

pub use percent::{Percent, PercentError};

/// A currency of ISO 4217.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct Currency(Iso);

/// A text names no currency that has minor units to count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a valid currency; write an ISO 4217 code such as \"VND\"")]
pub struct UnknownCurrency(String);

impl Currency {
    /// The Vietnamese dong: it has no smaller unit in use.
    pub const VND: Self = Self(Iso::VND);
    /// The US dollar: counted in cents.
    pub const USD: Self = Self(Iso::USD);

    /// Its code, as in `VND`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimals an amount in it has.
    #[must_use]
    pub fn decimals(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownCurrency(text.chars().take(10).collect());
        let iso = Iso::from_code(text).ok_or_else(unknown)?;
        iso.exponent().map(|_| Self(iso)).ok_or_else(unknown)
    }
}

impl TryFrom<String> for Currency {
    type Error = UnknownCurrency;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Currency> for &'static str {
    fn from(currency: Currency) -> Self {
        currency.code()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount of money: minor units (cents; for VND the dong itself) of a currency. May be negative or zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Why a text is no amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Nothing was written.
    #[error("no amount")]
    Empty,
    /// It is no number.
    #[error("no number")]
    NotANumber,
    /// It has more decimals than the currency.
    #[error("the currency has no units so small")]
    TooFine,
    /// It is beyond [`Money::MAX_MINOR`].
    #[error("too large")]
    TooLarge,
    /// It is zero or less where something is to move.
    #[error("not above zero")]
    NotPositive,
}

impl Money {
    /// No single amount that anybody names is larger, in minor units: JSON readers that know only floating point still
    /// read it exactly, and thousands of them add up without overflow.
    pub const MAX_MINOR: i64 = 999_999_999_999_999;

    /// An amount, in minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// In minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// Of which currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The sum; none where the currencies differ or it overflows.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let minor = self.minor.checked_add(other.minor)?;
        (self.currency == other.currency).then_some(Self { minor, ..self })
    }

    /// The difference; none where the currencies differ or it overflows.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let minor = self.minor.checked_sub(other.minor)?;
        (self.currency == other.currency).then_some(Self { minor, ..self })
    }

    /// The amount as people write it: digits in groups of three, `decimal` before the decimals. Either of `.` and `,` that
    /// is not `decimal` separates groups, as spaces do; a `-` may stand in front. Only [`Self::MAX_MINOR`] bounds it.
    ///
    /// People write in the other language's way, too, and must not be taken at another amount for it: in a currency without
    /// decimals `decimal` separates groups as well, and what can be read in two ways is no number.
    pub fn parse(text: &str, currency: Currency, decimal: char) -> Result<Self, MoneyError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(MoneyError::Empty);
        }
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let decimals = currency.decimals() as usize;
        let (before, fraction) = match digits.split_once(decimal) {
            Some(parts) if decimals > 0 || ungrouped(digits).is_none() => parts,
            _ => (digits, ""),
        };
        // Programs write two decimals of any currency.
        let fraction = if decimals == 0 && fraction == "00" {
            ""
        } else {
            fraction
        };
        let whole = ungrouped(before).ok_or(MoneyError::NotANumber)?;
        if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(MoneyError::NotANumber);
        }
        if decimals == 3 && fraction.is_empty() && before.contains(['.', ',']) {
            // "5.000": five of them, or five thousand.
            return Err(MoneyError::NotANumber);
        }
        if fraction.len() > decimals {
            return Err(MoneyError::TooFine);
        }
        let minor: i64 = format!("{whole}{fraction:0<decimals$}")
            .parse()
            .map_err(|_| MoneyError::TooLarge)?;
        if minor > Self::MAX_MINOR {
            return Err(MoneyError::TooLarge);
        }
        Ok(Self::new(sign * minor, currency))
    }

    /// The amount, if it is something that can move: above zero and at most [`Self::MAX_MINOR`].
    pub fn positive(self) -> Result<Self, MoneyError> {
        match self.minor {
            ..=0 => Err(MoneyError::NotPositive),
            1..=Self::MAX_MINOR => Ok(self),
            _ => Err(MoneyError::TooLarge),
        }
    }

    /// The number with `group` between thousands and `decimal` before the decimals, without the currency.
    #[must_use]
    pub fn written(self, group: char, decimal: char) -> String {
        let decimals = self.currency.decimals() as usize;
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        let mut text = String::with_capacity(digits.len() * 2);
        if self.minor < 0 {
            text.push('-');
        }
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                text.push(group);
            }
            text.push(digit);
        }
        if decimals > 0 {
            text.push(decimal);
            text.push_str(fraction);
        }
        text
    }
}

/// The digits of a whole number without what separates its thousands, the same everywhere; none where it is not one.
fn ungrouped(text: &str) -> Option<String> {
    let is_gap = |c: char| matches!(c, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}');
    let gap = text.chars().find(|c| is_gap(*c)).unwrap_or(' ');
    let mut groups = text.split(gap);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let fine = !first.is_empty()
        && digits(first)
        && (rest.is_empty() || first.len() <= 3 && !first.starts_with('0'))
        && rest.iter().all(|group| group.len() == 3 && digits(group));
    fine.then(|| first.to_owned() + &rest.concat())
}

/// "VND 1000000": plain, for logs and events. Readers get `L10n::money`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.written('_', '.').replace('_', "");
        write!(f, "{} {number}", self.currency)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Currency, Money, MoneyError};

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let vnd = |text: &str| Money::parse(text, Currency::VND, ',').map(Money::minor);
        assert_eq!(vnd("1.000.000"), Ok(1_000_000));
        assert_eq!(vnd(" 1 000 000 "), Ok(1_000_000));
        assert_eq!(vnd("-5"), Ok(-5));
        assert_eq!(vnd("500,000"), Ok(500_000));
        assert_eq!(vnd("1,500,000"), Ok(1_500_000));
        assert_eq!(vnd("10,00"), Ok(10));
        for unclear in ["10,0", "10,5", "1.500,000", "0,500"] {
            assert_eq!(vnd(unclear), Err(MoneyError::TooFine), "{unclear}");
        }
        assert_eq!(vnd("1,500.000"), Err(MoneyError::NotANumber));
        assert_eq!(vnd("1.00"), Err(MoneyError::NotANumber));
        assert_eq!(vnd("1e9"), Err(MoneyError::NotANumber));
        assert_eq!(vnd(""), Err(MoneyError::Empty));
        assert_eq!(vnd("999999999999999"), Ok(Money::MAX_MINOR));
        assert_eq!(vnd("1000000000000000"), Err(MoneyError::TooLarge));
        assert_eq!(vnd("99999999999999999999999"), Err(MoneyError::TooLarge));
        let usd = |text: &str| Money::parse(text, Currency::USD, '.').map(Money::minor);
        assert_eq!(usd("1,234.5"), Ok(123_450));
        assert_eq!(usd("0.05"), Ok(5));
        assert_eq!(usd("0.005"), Err(MoneyError::TooFine));
        assert_eq!(usd("5.000"), Err(MoneyError::TooFine));
        let kwd = |text: &str| Money::parse(text, "KWD".parse().unwrap(), '.').map(Money::minor);
        assert_eq!(kwd("5.000"), Ok(5_000));
        assert_eq!(kwd("5,000"), Err(MoneyError::NotANumber));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_and_never_as_another_amount(
            minor in prop_oneof![
                -Money::MAX_MINOR..=Money::MAX_MINOR,
                -9_999_i64..=9_999,
                (-9_999_i64..=9_999).prop_map(|n| n * 1_000),
            ],
            code in prop_oneof![Just("VND"), Just("USD"), Just("KWD")],
        ) {
            let money = Money::new(minor, code.parse().unwrap());
            let currency = money.currency();
            for (text, own, other) in [(money.written('.', ','), ',', '.'), (money.written(',', '.'), '.', ',')] {
                prop_assert_eq!(Money::parse(&text, currency, own), Ok(money));
                let read = Money::parse(&text, currency, other);
                prop_assert!(read.is_err() || read == Ok(money), "{text} is read as {read:?}");
                prop_assert!(currency.decimals() > 0 || read.is_ok(), "{text}");
            }
        }
    }
}
