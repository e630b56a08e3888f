use kernel::tax_code::{Country, TaxCode};
use proptest::prelude::*;
use uuid::Uuid;

use super::{FEW, Plan, Wanted, fold, index, is_common, plan, range, wanted, words};
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

/// A word that these registrations have.
fn listed(word: &str, ids: impl IntoIterator<Item = u128>) -> Wanted {
    Wanted {
        word: word.to_owned(),
        listed: Some(ids.into_iter().map(Uuid::from_u128).collect()),
    }
}

/// A word that too many have to list them.
fn many(word: &str) -> Wanted {
    Wanted {
        word: word.to_owned(),
        listed: None,
    }
}

fn ids(ids: impl IntoIterator<Item = u128>) -> Vec<Uuid> {
    ids.into_iter().map(Uuid::from_u128).collect()
}

fn among(these: impl IntoIterator<Item = u128>, asked: &[&str]) -> Plan {
    Plan::Among(ids(these).into_iter().collect(), strings(asked))
}

#[test]
fn the_plan_follows_from_who_has_the_words() {
    let few = FEW as u128;
    let plan = |wanted| plan(wanted, None);
    // What is listed comes as the index has it: in no order, and twice where two words begin so.
    assert_eq!(
        plan(vec![listed("mai", 0..500), listed("sao", [499, 3, 700, 3])]),
        Plan::Gather(ids([3, 499]), vec![])
    );
    assert_eq!(
        plan(vec![many("cong"), listed("mai", [7])]),
        Plan::Gather(ids([7]), strings(&["cong"]))
    );
    assert_eq!(plan(vec![listed("mai", [1]), listed("sao", [2])]), Plan::Nothing);
    assert_eq!(plan(vec![many("cong"), listed("sao", [])]), Plan::Nothing);
    assert!(matches!(plan(vec![listed("mai", 0..few)]), Plan::Gather(..)));
    assert_eq!(
        plan(vec![listed("mai", 0..5000), listed("sao", 4999 - few..9000)]),
        among(4999 - few..5000, &[])
    );
    assert_eq!(
        plan(vec![many("cong"), listed("mai", 0..5000)]),
        among(0..5000, &["cong"])
    );
    assert_eq!(plan(vec![many("cong")]), Plan::Walk(strings(&["cong"])));
    assert_eq!(plan(vec![]), Plan::Walk(vec![]));
}

#[test]
fn whoever_is_looked_for_anyway_is_gathered_the_sooner() {
    let among = |these: &[u128]| Some(ids(these.iter().copied()).into_iter().collect());
    let mai = || vec![listed("mai", 0..5000)];
    assert_eq!(
        plan(mai(), among(&[6000, 4, 3])),
        Plan::Gather(ids([3, 4]), vec![])
    );
    assert_eq!(plan(mai(), among(&[6000])), Plan::Nothing);
    // Who they are does not help where too many have the word.
    assert_eq!(
        plan(vec![many("cong")], among(&[1])),
        Plan::Walk(strings(&["cong"]))
    );
}

#[test]
fn words_that_nearly_every_name_has_are_known() {
    for word in ["con", "ty", "tnhh"] {
        assert!(is_common(word), "{word}");
    }
    assert!(!is_common("congnghe"));
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
