//! Whole numbers in JSON.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{Error, Unexpected, Visitor},
};

/// For `deserialize_with`: a whole number, however it is written. To JSON Schema, and so to the description of the API, `1.0`
/// is one, too.
pub fn whole<'de, D: Deserializer<'de>, T: TryFrom<i64>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(Whole(PhantomData))
}

/// [`whole`], or null.
pub fn whole_or_null<'de, D: Deserializer<'de>, T: TryFrom<i64>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    struct Number<T>(T);
    impl<'de, T: TryFrom<i64>> Deserialize<'de> for Number<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            whole(deserializer).map(Self)
        }
    }
    Option::<Number<T>>::deserialize(deserializer).map(|number| number.map(|Number(number)| number))
}

struct Whole<T>(PhantomData<T>);

impl<T: TryFrom<i64>> Visitor<'_> for Whole<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        let unexpected = Unexpected::Unsigned(number);
        let number = i64::try_from(number).map_err(|_| E::invalid_value(unexpected, &self))?;
        self.visit_i64(number)
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "it is whole, and exact up to there"
    )]
    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        /// Beyond, not every whole number has a place of its own (2^53).
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if number.fract() == 0.0 && number.abs() <= EXACT {
            self.visit_i64(number as i64)
        } else {
            Err(E::invalid_value(Unexpected::Float(number), &self))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Sent {
        #[serde(deserialize_with = "super::whole")]
        amount: i64,
        #[serde(default, deserialize_with = "super::whole_or_null")]
        position: Option<i32>,
    }

    #[test]
    fn a_whole_number_is_one_however_it_is_written() {
        for (text, amount, position) in [
            (r#"{"amount": 5}"#, 5, None),
            (r#"{"amount": 5.0, "position": 2e2}"#, 5, Some(200)),
            (r#"{"amount": -5.0, "position": null}"#, -5, None),
        ] {
            let sent: Sent = serde_json::from_str(text).unwrap();
            assert_eq!(sent, Sent { amount, position }, "{text}");
        }
    }

    #[test]
    fn what_is_no_whole_number_or_too_large_is_refused() {
        for text in [
            r#"{"amount": 5.5}"#,
            r#"{"amount": 1e300}"#,
            r#"{"amount": 18446744073709551615}"#,
            r#"{"amount": "5"}"#,
            r#"{"amount": null}"#,
            "{}",
            r#"{"amount": 5, "position": 3000000000}"#,
        ] {
            assert!(serde_json::from_str::<Sent>(text).is_err(), "{text}");
        }
    }
}
