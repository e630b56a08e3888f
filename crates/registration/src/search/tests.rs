use kernel::tax_code::{Country, TaxCode};
use proptest::prelude::*;

use super::{FEW, LISTED, Others, Plan, fold, index, is_common, plan, range, wanted, words};
use crate::rules::Applicant;

fn applicant(legal_name: &str) -> Applicant {
    Applicant {
        legal_name: legal_name.to_owned(),
        tax_code: TaxCode::parse(Country::VIETNAM, "0100109106-001").unwrap(),
        email: "lan.tran@saomai.example".parse().unwrap(),
    }
}

fn strings(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn diacritics_do_not_matter() {
    assert_eq!(fold("Công ty Cổ phần ĐẠI VIỆT"), "cong ty co phan dai viet");
    // Composed and decomposed.
    assert_eq!(fold("Cổ"), fold("Co\u{302}\u{309}"));
    assert_eq!(words("Ｓａｏ·Mai & Co., Ltd."), ["sao", "mai", "co", "ltd"]);
    assert_eq!(words("東京 株式会社"), ["東京", "株式会社"]);
    assert!(words(" %_'\";-- ").is_empty());
}

#[test]
fn a_registration_is_found_by_its_name_codes_and_address() {
    let found = index("REG-7K3M-Q2XA", &applicant("Công ty Sao Mai"));
    let expected = [
        "001",
        "0100109106",
        "0100109106001",
        "7k3m",
        "cong",
        "example",
        "lan",
        "mai",
        "q2xa",
        "reg",
        "reg7k3mq2xa",
        "sao",
        "saomai",
        "tran",
        "ty",
    ];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn what_is_implied_is_not_looked_for() {
    assert_eq!(wanted("sao mai saomai.example SAO"), ["example", "mai", "saomai"]);
    assert_eq!(wanted("a ab abc"), ["abc"]);
    assert!(wanted("%").is_empty());
    assert_eq!(wanted("one two three four five six seven eight nine").len(), 8);
}

#[test]
fn the_plan_follows_from_how_rare_the_words_are() {
    let all = strings(&["cong", "mai", "sao"]);
    let of = |mai, sao| plan(&all, &[("mai".to_owned(), mai), ("sao".to_owned(), sao)]);
    let others = |listed: &[&str], asked: &[&str]| Others {
        listed: strings(listed),
        asked: strings(asked),
    };
    let gather = |rarest: &str, others| Plan::Gather {
        rarest: rarest.to_owned(),
        others,
    };
    let common = LISTED + 1;
    assert_eq!(of(7, 3), gather("sao", others(&[], &["cong", "mai"])));
    assert_eq!(of(FEW, common), gather("mai", others(&[], &["cong", "sao"])));
    assert_eq!(of(LISTED, FEW + 1), gather("sao", others(&["mai"], &["cong"])));
    assert_eq!(of(LISTED, common), Plan::Walk(others(&["mai"], &["cong", "sao"])));
    assert_eq!(
        of(common, common),
        Plan::Walk(others(&[], &["cong", "mai", "sao"]))
    );
    assert_eq!(of(common, 0), Plan::Nothing);
    assert_eq!(plan(&strings(&["cong"]), &[]), Plan::Walk(others(&[], &["cong"])));
    assert!(is_common("con") && is_common("tnhh") && !is_common("congnghe"));
}

proptest! {
    #[test]
    fn folding_again_changes_nothing(text in "\\PC{0,40}") {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }

    #[test]
    fn a_registration_is_found_by_any_beginning_of_its_words(name in "[\\p{Latin} .&-]{1,40}", cut in 1..8_usize) {
        let index = index("REG-7K3M-Q2XA", &applicant(&name));
        let typed: Vec<String> =
            name.split_whitespace().map(|word| word.chars().take(cut).collect()).collect();
        for word in wanted(&typed.join(" ")) {
            let (from, to) = range(&word);
            prop_assert!(index.iter().any(|known| known.as_bytes() >= &from[..] && known.as_bytes() < &to[..]), "{}", word);
        }
    }

    #[test]
    fn a_range_holds_what_begins_so_and_nothing_else(prefix in "\\PC{1,6}", word in "\\PC{0,8}", attach: bool) {
        let word = if attach { format!("{prefix}{word}") } else { word };
        let (from, to) = range(&prefix);
        let inside = word.as_bytes() >= &from[..] && word.as_bytes() < &to[..];
        prop_assert_eq!(inside, word.starts_with(&prefix));
    }
}
