//! What holds for any orders at all.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use kernel::{AccountId, Currency, Money, TransferId};
use platform::actor::Caller;
use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

use super::{Account, Books, Instruction, Key, Kind, Movement, Outcome, Page, Refusal};

const ACCOUNTS: u128 = 4;

fn account(n: u128) -> AccountId {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n).into()
}

fn all_accounts() -> impl Iterator<Item = Account> {
    (0..ACCOUNTS)
        .map(|n| account(n).into())
        .chain([Account::Deposits, Account::Usage])
}

/// What an order is made from: what it does, between whom, how much, under which key.
#[derive(Clone, Debug)]
struct Draft(u8, u128, u128, i64, u8);

fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    let draft = (0_u8..5, 0..ACCOUNTS, 0..ACCOUNTS, 1_i64..100, 0_u8..40);
    vec(
        draft.prop_map(|(kind, from, to, amount, key)| Draft(kind, from, to, amount, key)),
        1..60,
    )
}

/// Makes instructions of drafts. A reversal takes back what an earlier one posts; [`planned`] numbers transfers by place.
fn instructions(drafts: &[Draft]) -> Vec<Instruction> {
    let mut books = Books::default();
    let mut instructions = Vec::new();
    for (place, Draft(kind, from, to, amount, key)) in drafts.iter().enumerate() {
        let amount = Money::new(*amount, Currency::VND);
        let (from, to) = (account(*from), account(*to));
        let newest = books
            .posted()
            .iter()
            .rev()
            .find(|receipt| receipt.transfer.kind != Kind::Reversal);
        let movement = match (kind, newest) {
            (1, _) if from != to => Movement::top_up(from, to, amount),
            (2, _) => Movement::usage(from, amount),
            (3, _) => Movement::refund(to, amount),
            (4, Some(receipt)) => Movement::reversal(&receipt.transfer),
            _ => Movement::deposit(to, amount),
        };
        let instruction = Instruction {
            movement: movement.unwrap(),
            key: Key::parse(&format!("key {key}")).unwrap(),
            reference: String::new(),
        };
        // What comes of it decides what later ones may reverse.
        let _ = books.post(id(place), START, &Caller::system(), &instruction);
        instructions.push(instruction);
    }
    instructions
}

const START: Timestamp = Timestamp::UNIX_EPOCH;

fn id(place: usize) -> TransferId {
    TransferId(Uuid::from_u128(1_000 + place as u128))
}

/// Carries out instructions, one after the other.
fn planned(books: &mut Books, from: usize, instructions: &[Instruction]) -> Vec<Result<Outcome, Refusal>> {
    let caller = Caller::system();
    let each = instructions.iter().enumerate();
    each.map(|(place, instruction)| books.post(id(from + place), START, &caller, instruction))
        .collect()
}

/// The books as they would be read back: where accounts stand and what was posted, and nothing else.
fn reread(books: &Books) -> Books {
    let mut read = Books::default();
    for account in all_accounts() {
        read.set_page(account, Currency::VND, books.page(account, Currency::VND));
    }
    for receipt in books.posted() {
        read.set_known(receipt.clone());
        if let Some(of) = receipt.transfer.reverses {
            read.set_reversed(of, receipt.transfer.id);
        }
    }
    read
}

proptest! {
    #[test]
    fn credit_is_never_below_zero_and_everything_sums_to_zero(drafts in drafts()) {
        let instructions = instructions(&drafts);
        let mut books = Books::default();
        for (place, instruction) in instructions.iter().enumerate() {
            let _ = planned(&mut books, place, std::slice::from_ref(instruction));
            let balances = all_accounts().map(|account| books.page(account, Currency::VND).balance);
            prop_assert_eq!(balances.sum::<i64>(), 0);
            for account in (0..ACCOUNTS).map(account) {
                prop_assert!(books.page(account.into(), Currency::VND).balance >= 0);
            }
        }
    }

    #[test]
    fn a_batch_does_what_its_orders_do_one_by_one(drafts in drafts(), cut in 0_usize..60) {
        let instructions = instructions(&drafts);
        let cut = cut.min(instructions.len());
        let mut together = Books::default();
        let mut all = planned(&mut together, 0, &instructions[..cut]);
        // The next batch knows only what the database kept of the first.
        let mut second = reread(&together);
        all.extend(planned(&mut second, cut, &instructions[cut..]));
        let mut alone = Books::default();
        let mut one_by_one = Vec::new();
        for (place, instruction) in instructions.iter().enumerate() {
            let mut books = reread(&alone);
            for receipt in alone.posted() {
                books.set_known(receipt.clone());
            }
            one_by_one.extend(planned(&mut books, place, std::slice::from_ref(instruction)));
            let posted: Vec<_> = alone.posted().iter().chain(books.posted()).cloned().collect();
            alone = with_posted(&books, posted);
        }
        prop_assert_eq!(all, one_by_one);
        for account in all_accounts() {
            prop_assert_eq!(second.page(account, Currency::VND), alone.page(account, Currency::VND));
        }
    }

    #[test]
    fn the_same_orders_again_move_nothing_and_are_answered_the_same(drafts in drafts()) {
        let instructions = instructions(&drafts);
        let mut books = Books::default();
        let first = planned(&mut books, 0, &instructions);
        let posted = books.posted().len();
        let before: Vec<Page> = all_accounts().map(|account| books.page(account, Currency::VND)).collect();
        for (instruction, outcome) in instructions.iter().zip(first) {
            let Ok(outcome) = outcome else { continue };
            let again = planned(&mut books, 10_000, std::slice::from_ref(instruction)).remove(0);
            prop_assert_eq!(again, Ok(Outcome::Repeated(outcome.into_receipt())));
        }
        prop_assert_eq!(books.posted().len(), posted);
        let after: Vec<Page> = all_accounts().map(|account| books.page(account, Currency::VND)).collect();
        prop_assert_eq!(before, after);
    }

    #[test]
    fn entries_of_an_account_are_consecutive_and_each_follows_from_the_one_before(drafts in drafts()) {
        let instructions = instructions(&drafts);
        let mut books = Books::default();
        let _ = planned(&mut books, 0, &instructions);
        let mut latest: HashMap<Account, (i64, i64)> = HashMap::new();
        for receipt in books.posted() {
            let amount = receipt.transfer.amount.minor();
            for (standing, moved) in [(receipt.from, -amount), (receipt.to, amount)] {
                let (number, balance) = latest.entry(standing.account).or_default();
                prop_assert_eq!(standing.number, *number + 1);
                prop_assert_eq!(standing.before.minor(), *balance);
                prop_assert_eq!(standing.balance.minor(), *balance + moved);
                (*number, *balance) = (standing.number, standing.balance.minor());
            }
        }
    }
}

/// Books that stand as these do, of which all this was posted.
fn with_posted(books: &Books, posted: Vec<super::Receipt>) -> Books {
    let mut all = reread(books);
    all.posted = posted;
    all
}

fn order(movement: Movement, key: &str) -> Instruction {
    Instruction {
        movement,
        key: Key::parse(key).unwrap(),
        reference: String::new(),
    }
}

fn vnd(minor: i64) -> Money {
    Money::new(minor, Currency::VND)
}

#[test]
fn a_transfer_is_reversed_once_and_a_reversal_never() {
    let mut books = Books::default();
    let deposit = order(Movement::deposit(account(1), vnd(10)).unwrap(), "a");
    let posted = planned(&mut books, 0, &[deposit])
        .remove(0)
        .unwrap()
        .into_receipt();
    let undo = |key| order(Movement::reversal(&posted.transfer).unwrap(), key);
    let outcomes = planned(&mut books, 1, &[undo("b"), undo("c")]);
    let reversal = outcomes[0].as_ref().unwrap().receipt();
    assert_eq!(reversal.from.balance, vnd(0));
    let by = reversal.transfer.id;
    assert_eq!(outcomes[1], Err(Refusal::AlreadyReversed { by }));
    assert!(Movement::reversal(&reversal.transfer).is_err());
}

#[test]
fn another_order_under_the_same_key_is_refused_and_the_same_key_elsewhere_is_another_order() {
    let mut books = Books::default();
    let deposit = |amount| order(Movement::deposit(account(1), vnd(amount)).unwrap(), "a");
    let outcomes = planned(&mut books, 0, &[deposit(10), deposit(11)]);
    assert_eq!(outcomes[1], Err(Refusal::KeyReused { transfer: id(0) }));
    let usage = order(Movement::usage(account(1), vnd(10)).unwrap(), "a");
    assert!(planned(&mut books, 2, &[usage])[0].is_ok());
}

#[test]
fn what_nobody_can_count_is_refused() {
    let mut books = Books::default();
    let full = Page {
        balance: i64::MAX - 5,
        ..Page::EMPTY
    };
    books.set_page(account(1).into(), Currency::VND, full);
    let deposit = |amount| order(Movement::deposit(account(1), vnd(amount)).unwrap(), "a");
    assert_eq!(planned(&mut books, 0, &[deposit(6)]), [Err(Refusal::TooLarge)]);
    assert!(Movement::deposit(account(1), vnd(0)).is_err());
    assert!(Movement::usage(account(1), vnd(-1)).is_err());
    assert!(Movement::top_up(account(1), account(1), vnd(1)).is_err());
}

#[test]
fn times_in_an_account_do_not_go_back_when_a_clock_does() {
    let mut books = Books::default();
    let caller = Caller::system();
    let late = START + SignedDuration::from_secs(60);
    let deposit = order(Movement::deposit(account(1), vnd(5)).unwrap(), "a");
    books.post(id(0), late, &caller, &deposit).unwrap();
    let usage = order(Movement::usage(account(1), vnd(5)).unwrap(), "b");
    let outcome = books.post(id(1), START, &caller, &usage).unwrap();
    assert_eq!(outcome.receipt().transfer.at, late);
}
