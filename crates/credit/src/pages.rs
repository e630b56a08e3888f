//! What accounts, partners and staff see.

mod accounts;
pub(crate) mod deposits;
pub(crate) mod lines;
mod own;
mod refund;
mod reversal;
mod statement;
mod top_up;

use ::accounts::account::Account;
use kernel::{AccountId, Currency, Money, money::MoneyError};
use platform::{
    Area, L10n, Permission,
    i18n::FluentValue,
    queue::Queue,
    web::{Fault, Mounted, NavEntry, Need, Routes},
};

use sea_orm::ConnectionTrait;
use serde::Deserialize;

use crate::{Credit, rules::DepositError};

const SEES: Need = Need::Sees(Area::Credit);
const MANAGES: Need = Need::Manages(Area::Credit);
const TOPS_UP: Need = Need::PartnerManages(Area::Credit);
const STAFF: Need = Need::Staff(Permission::SeeCredit);
const RECORDS: Need = Need::Staff(Permission::RecordCredit);
const CONFIRMS: Need = Need::Staff(Permission::ConfirmCredit);

/// Where deposits wait for a second person.
const DEPOSITS: &str = "/staff/credit/deposits";

/// Entries in the navigation.
pub const NAV: &[NavEntry] = &[
    NavEntry {
        href: "/credit",
        label: "credit-nav",
        need: SEES,
    },
    NavEntry {
        href: "/staff/credit",
        label: "credit-staff-nav",
        need: STAFF,
    },
];

/// Where deposits above the limit wait for a second person.
pub const WAITING: Queue = Queue {
    of: "credit_deposits",
    state: "awaiting_second",
    since: "recorded_at",
    has_deadline: false,
    href: DEPOSITS,
    label: "credit-deposits-waiting",
    need: STAFF,
};

pub(crate) fn mount(room: &Credit) -> Mounted {
    Routes::new()
        .get("/credit", SEES, own::show)
        .post("/credit/alert", MANAGES, own::set_alert)
        .get("/credit/statement", SEES, statement::own)
        .get("/credit/statement.csv", SEES, statement::own_csv)
        .get("/credit/statement.xlsx", SEES, statement::own_xlsx)
        .get("/credit/top-up", TOPS_UP, top_up::form)
        .post("/credit/top-up", TOPS_UP, top_up::check)
        .post("/credit/top-up/confirm", TOPS_UP, top_up::confirm)
        .get("/credit/transfers/{id}", TOPS_UP, top_up::done)
        .get("/staff/credit", STAFF, accounts::list)
        .get("/staff/credit/accounts/{id}", STAFF, accounts::show)
        .post("/staff/credit/accounts/{id}/deposit", RECORDS, deposits::record)
        .get(
            "/staff/credit/accounts/{id}/statement",
            STAFF,
            statement::of_account,
        )
        .get(
            "/staff/credit/accounts/{id}/statement.csv",
            STAFF,
            statement::of_account_csv,
        )
        .get(
            "/staff/credit/accounts/{id}/statement.xlsx",
            STAFF,
            statement::of_account_xlsx,
        )
        .get(
            "/staff/credit/accounts/{id}/deposits",
            STAFF,
            accounts::all_deposits,
        )
        .get("/staff/credit/accounts/{id}/usage", STAFF, refund::list)
        .get("/staff/credit/usage/{id}/refund", RECORDS, refund::form)
        .post("/staff/credit/usage/{id}/refund", RECORDS, refund::refund)
        .get(DEPOSITS, STAFF, deposits::waiting)
        .get("/staff/credit/deposits/{id}", STAFF, deposits::show)
        .post("/staff/credit/deposits/{id}/confirm", CONFIRMS, deposits::confirm)
        .post("/staff/credit/deposits/{id}/reject", CONFIRMS, deposits::reject)
        .get("/staff/credit/transfers/{id}/reverse", RECORDS, reversal::form)
        .post("/staff/credit/transfers/{id}/reverse", RECORDS, reversal::reverse)
        .with_state(room.clone())
}

/// What an address names; not found where it names nothing.
fn id<T: std::str::FromStr>(text: &str) -> Result<T, Fault> {
    text.parse().map_err(|_| Fault::not_found())
}

/// The account that an address names; not found where there is none.
async fn account(db: &impl ConnectionTrait, id: AccountId) -> Result<Account, Fault> {
    ::accounts::store::account(db, id)
        .await?
        .ok_or_else(Fault::not_found)
}

/// Where a page of a list begins: behind this one.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Behind {
    after: String,
}

/// Reads an amount that is to move.
fn amount(l: &L10n, text: &str, currency: Currency) -> Result<Money, String> {
    l.read_money(text, currency)
        .and_then(Money::positive)
        .map_err(|error| amount_error(l, error, currency))
}

/// What is wrong with an amount, in the reader's words.
pub(crate) fn amount_error(l: &L10n, error: MoneyError, currency: Currency) -> String {
    match error {
        MoneyError::Empty => l.t("credit-amount-empty"),
        // Which of them it is depends on what separates decimals for the reader; what to write does not.
        MoneyError::NotANumber | MoneyError::TooFine => {
            let example = l.number_of(Money::new(150_000_000, currency));
            let arguments: [(&str, FluentValue<'_>); 3] = [
                ("example", example.into()),
                ("currency", currency.code().into()),
                ("decimals", currency.decimals().into()),
            ];
            l.with("credit-amount-not-a-number", arguments)
        }
        MoneyError::TooLarge => {
            let most = Money::new(Money::MAX_MINOR, currency);
            l.t1("credit-amount-too-large", "max", l.money(most))
        }
        MoneyError::NotPositive => l.t("credit-amount-not-positive"),
    }
}

/// Why the rules do not allow something with a deposit, in the reader's words.
fn why_not(l: &L10n, error: DepositError) -> String {
    l.t(crate::service::reason(error))
}

/// One side of a movement.
struct Side {
    name: String,
    now: String,
    then: String,
}

impl Side {
    fn new(l: &L10n, name: impl Into<String>, now: Money, moved: Money, is_debited: bool) -> Self {
        let then = if is_debited {
            now.checked_sub(moved)
        } else {
            now.checked_add(moved)
        };
        Self {
            name: name.into(),
            now: l.money(now),
            then: then.map_or_else(|| "–".to_owned(), |then| l.money(then)),
        }
    }
}
