//! Vietnam's tax codes: Circular 105/2020/TT-BTC (structure and check digit), Circular 86/2024/TT-BTC (personal
//! identification numbers in place of tax codes from 2025-07-01), Circular 59/2021/TT-BCA (their structure).

use super::{TaxCodeError, TaxCodeKind};

/// By the first nine digits, from the left.
const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];

pub(super) fn parse(input: &str) -> Result<(String, TaxCodeKind), TaxCodeError> {
    let mut digits = String::new();
    let mut hyphens_after = Vec::new();
    for c in input.chars() {
        match c {
            '0'..='9' => digits.push(c),
            // What text processors make of a hyphen, too.
            '-' | '\u{2010}'..='\u{2014}' => hyphens_after.push(digits.len()),
            '.' => {}
            c if c.is_whitespace() => {}
            c => return Err(TaxCodeError::Character(c)),
        }
    }
    match (digits.len(), hyphens_after.as_slice()) {
        (10, []) => organisation(&digits).map(|()| (digits, TaxCodeKind::Organisation)),
        (13, [] | [10]) => branch(&digits).map(|code| (code, TaxCodeKind::Branch)),
        (12, []) => person(&digits).map(|()| (digits, TaxCodeKind::Person)),
        (10 | 12 | 13, _) => Err(TaxCodeError::MisplacedHyphen),
        (digits, _) => Err(TaxCodeError::WrongLength { digits }),
    }
}

/// The tenth digit is 10 less the weighted sum of the nine before it, modulo 11. A sum divisible by 11 would make
/// it 10, so no code begins with such nine digits.
fn organisation(digits: &str) -> Result<(), TaxCodeError> {
    let mut values = digits.chars().filter_map(|c| c.to_digit(10));
    let sum: u32 = WEIGHTS
        .iter()
        .zip(values.by_ref())
        .map(|(weight, digit)| weight * digit)
        .sum();
    if values.next() == Some(10 - sum % 11) {
        Ok(())
    } else {
        Err(TaxCodeError::WrongCheckDigit)
    }
}

fn branch(digits: &str) -> Result<String, TaxCodeError> {
    let (main, branch) = digits.split_at(10);
    organisation(main)?;
    if branch == "000" {
        return Err(TaxCodeError::NoSuchBranch);
    }
    Ok(format!("{main}-{branch}"))
}

/// Province or country of the birth's registration, century and sex, year, six digits at random: no check digit,
/// so only what cannot be is refused.
fn person(digits: &str) -> Result<(), TaxCodeError> {
    let (birthplace, rest) = digits.split_at(3);
    if matches!(birthplace, "000" | "097" | "098" | "099" | "100") {
        return Err(TaxCodeError::UnknownBirthplace(birthplace.to_owned()));
    }
    match rest.chars().next() {
        Some(century @ '4'..='9') => Err(TaxCodeError::UnknownCentury(century)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Country, TaxCode, TaxCodeError, TaxCodeKind};
    use super::WEIGHTS;

    fn parse(input: &str) -> Result<TaxCode, TaxCodeError> {
        TaxCode::parse(Country::VIETNAM, input)
    }

    /// Published codes of Vietnamese companies.
    const REAL: [&str; 3] = ["0100109106", "0100686209", "0303490096"];

    #[test]
    fn companies_codes_are_accepted_as_people_write_them() {
        for code in REAL {
            assert_eq!(parse(code).unwrap().to_string(), code);
        }
        for input in [" 0100109106 ", "0100 109 106", "0100.109.106", "0100109106\n"] {
            let code = parse(input).unwrap();
            assert_eq!(
                (code.as_str(), code.kind()),
                ("0100109106", TaxCodeKind::Organisation),
                "{input:?}"
            );
        }
    }

    #[test]
    fn a_branch_is_written_with_a_hyphen_and_belongs_to_its_company() {
        for input in [
            "0100109106-001",
            "0100109106001",
            "0100109106 - 001",
            "0100109106–001",
        ] {
            let code = parse(input).unwrap();
            assert_eq!(
                (code.as_str(), code.kind()),
                ("0100109106-001", TaxCodeKind::Branch),
                "{input}"
            );
            assert_eq!(code.organisation(), parse("0100109106").unwrap());
        }
        assert_eq!(parse("0100109106-000"), Err(TaxCodeError::NoSuchBranch));
        assert_eq!(parse("0100109107-001"), Err(TaxCodeError::WrongCheckDigit));
    }

    #[test]
    fn a_personal_number_is_accepted_where_it_can_be_one() {
        for input in ["001085012345", "079301000001", "096200123456", "101099000001"] {
            let code = parse(input).unwrap();
            assert_eq!((code.as_str(), code.kind()), (input, TaxCodeKind::Person));
            assert_eq!(code.organisation(), code);
        }
        assert_eq!(
            parse("000085012345"),
            Err(TaxCodeError::UnknownBirthplace("000".into()))
        );
        assert_eq!(
            parse("097085012345"),
            Err(TaxCodeError::UnknownBirthplace("097".into()))
        );
        assert_eq!(parse("001485012345"), Err(TaxCodeError::UnknownCentury('4')));
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(parse(""), Err(TaxCodeError::Empty));
        assert_eq!(parse("---"), Err(TaxCodeError::WrongLength { digits: 0 }));
        assert_eq!(parse("010010910"), Err(TaxCodeError::WrongLength { digits: 9 }));
        assert_eq!(
            parse("01001091061"),
            Err(TaxCodeError::WrongLength { digits: 11 })
        );
        assert_eq!(
            parse("01001091060011"),
            Err(TaxCodeError::WrongLength { digits: 14 })
        );
        assert_eq!(parse("0100-109106"), Err(TaxCodeError::MisplacedHyphen));
        assert_eq!(parse("010010910-6001"), Err(TaxCodeError::MisplacedHyphen));
        assert_eq!(parse("0100109106--001"), Err(TaxCodeError::MisplacedHyphen));
        assert_eq!(parse("O100109106"), Err(TaxCodeError::Character('O')));
        assert_eq!(parse("٠١٠٠١٠٩١٠٦"), Err(TaxCodeError::Character('٠')));
        assert_eq!(parse("0100109105"), Err(TaxCodeError::WrongCheckDigit));
    }

    #[test]
    fn nine_digits_without_a_check_digit_begin_no_code() {
        // 7 · 1 + 3 · 5 = 22 is divisible by 11.
        for last in 0..=9 {
            assert_eq!(
                parse(&format!("000000105{last}")),
                Err(TaxCodeError::WrongCheckDigit)
            );
        }
    }

    /// A valid code made by the published rule, said in another way: the weighted sum of all ten digits, the last
    /// one with weight 1, leaves 10 modulo 11.
    fn valid_code() -> impl Strategy<Value = String> {
        "[0-9]{9}".prop_filter_map("has no check digit", |nine| {
            (0..=9)
                .find(|check| {
                    let sum: u32 = WEIGHTS
                        .iter()
                        .zip(nine.bytes())
                        .map(|(w, d)| w * u32::from(d - b'0'))
                        .sum();
                    (sum + check) % 11 == 10
                })
                .map(|check| format!("{nine}{check}"))
        })
    }

    proptest! {
        #[test]
        fn codes_made_by_the_rule_are_accepted(code in valid_code(), branch in 1..=999) {
            prop_assert!(parse(&code).is_ok());
            let branch = format!("{code}-{branch:03}");
            prop_assert_eq!(parse(&branch).unwrap().to_string(), branch);
        }

        /// 11 is prime and divides no weight, so no change of a single digit goes unseen.
        #[test]
        fn one_mistyped_digit_is_always_found(code in valid_code(), at in 0_usize..10, other in 1_u8..10) {
            let mut mistyped = code.into_bytes();
            mistyped[at] = b'0' + (mistyped[at] - b'0' + other) % 10;
            prop_assert_eq!(parse(std::str::from_utf8(&mistyped).unwrap()), Err(TaxCodeError::WrongCheckDigit));
        }
    }
}
