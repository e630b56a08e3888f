//! Usage from billing: taken from the balance as far as it goes, once for each of billing's rows.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use accounts::store::rows::account;
use kernel::{AccountId, Money};
use ledger::{
    Instruction, Key, KeyError, Ledger, Movement, Wanted,
    store::{credit_of, history::credits_of},
};
use platform::{Work, actor::Caller};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::{
    Credit,
    event::{self, CreditEvent},
    rules::{Charge, LabelError, MAX_DESCRIPTION, MAX_PERIOD, Usage, charges, check_label},
    store::usage,
};

/// How many rows share a transaction.
const CHUNK: usize = 200;
/// How many open rows of an account are charged in one transaction.
const OPEN: u64 = 500;

/// A row, as billing reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Billing's id of it: the same one again changes nothing.
    pub row: String,
    /// Whose usage.
    pub account: AccountId,
    /// What it cost.
    pub amount: Money,
    /// The period, as billing writes it.
    pub period: String,
    /// What was used.
    pub description: String,
}

/// Why a row was not taken. The others were.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowRefused {
    /// There is no such account.
    #[error("there is no such account")]
    NoAccount,
    /// The amount is not above zero, or in another currency than the installation's.
    #[error("the amount must be above zero, in the installation's currency")]
    Amount,
    /// The id is empty or too long.
    #[error("{0}")]
    Id(#[from] KeyError),
    /// Its period or description is empty, too long, or no line of text.
    #[error(transparent)]
    Label(#[from] LabelError),
    /// A row of that id came before, with other content.
    #[error("a row of this id came before, with other content")]
    Differs,
}

/// What came of a row that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was new.
    New,
    /// It had come before, the same: nothing changed.
    Repeated,
}

/// What came of an import, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// In the order of the rows.
    pub rows: Vec<Result<Taken, RowRefused>>,
}

impl Imported {
    /// How many rows were taken like that.
    #[must_use]
    pub fn count(&self, taken: Taken) -> usize {
        self.rows.iter().filter(|row| **row == Ok(taken)).count()
    }

    /// Rows that were not taken: their number, from 0, and why.
    pub fn refused(&self) -> impl Iterator<Item = (usize, RowRefused)> {
        let refused = |(number, row): (usize, &Result<Taken, RowRefused>)| Some((number, row.err()?));
        self.rows.iter().enumerate().filter_map(refused)
    }
}

/// Takes over rows. Each is charged once, however often it comes; what the balance does not cover stays outstanding.
pub async fn import(room: &Credit, caller: Caller, rows: &[Row]) -> Result<Imported, DbErr> {
    let mut all = Imported::default();
    for chunk in rows.chunks(CHUNK) {
        all.rows.extend(take(room, caller.clone(), chunk).await?);
    }
    Ok(all)
}

async fn take(room: &Credit, caller: Caller, rows: &[Row]) -> Result<Vec<Result<Taken, RowRefused>>, DbErr> {
    let mut work = Work::begin(room.app(), caller).await?;
    let known = known_accounts(work.tx(), rows).await?;
    let checked: Vec<Result<(), RowRefused>> = rows.iter().map(|row| check(room, row, &known)).collect();
    // What stands twice among the rows is new once.
    let mut ids = HashSet::new();
    let fresh: Vec<Usage> = rows
        .iter()
        .zip(&checked)
        .filter(|(row, checked)| checked.is_ok() && ids.insert(row.row.as_str()))
        .map(|(row, _)| new_usage(work.new_id(), row))
        .collect();
    let written = usage::insert(work.tx(), &fresh, work.now()).await?;
    // What came before has been told of, and is charged by the job when credit comes in.
    let accounts: BTreeSet<AccountId> = written.iter().map(|usage| usage.account).collect();
    let mut fresh_ids: HashSet<Uuid> = written.into_iter().map(|usage| usage.id).collect();
    let names: Vec<&str> = ids.iter().copied().collect();
    let stored = usage::by_row(work.tx(), &names).await?;
    let taken = |(row, checked): (&Row, Result<(), RowRefused>)| {
        checked?;
        match stored.get(&row.row) {
            Some(usage) if !is_same(usage, row) => Err(RowRefused::Differs),
            Some(usage) if fresh_ids.remove(&usage.id) => Ok(Taken::New),
            Some(_) | None => Ok(Taken::Repeated),
        }
    };
    let outcomes = rows.iter().zip(checked.iter().copied()).map(taken).collect();
    charge_or_tell(room, &mut work, &accounts).await?;
    work.commit().await?;
    room.follow_up(accounts);
    Ok(outcomes)
}

/// Charges what these accounts can pay. Of one without credit nothing is read but how much it owes: the look is taken
/// without a lock, since the job looks again.
async fn charge_or_tell(room: &Credit, work: &mut Work, accounts: &BTreeSet<AccountId>) -> Result<(), DbErr> {
    let all: Vec<AccountId> = accounts.iter().copied().collect();
    let credit = credits_of(work.tx(), &all, room.currency()).await?;
    let has_credit = |account: &AccountId| credit.get(account).is_some_and(|credit| credit.minor() > 0);
    let (payers, others): (BTreeSet<_>, BTreeSet<_>) = all.into_iter().partition(has_credit);
    charge(room, work, &payers).await?;
    let zero = Money::zero(room.currency());
    for account in others {
        tell(room, work, account, 0, zero, zero).await?;
    }
    Ok(())
}

fn check(room: &Credit, row: &Row, known: &HashSet<Uuid>) -> Result<(), RowRefused> {
    Key::parse(&row.row)?;
    check_label(&row.period, MAX_PERIOD)?;
    check_label(&row.description, MAX_DESCRIPTION)?;
    if !known.contains(&Uuid::from(row.account)) {
        return Err(RowRefused::NoAccount);
    }
    let fine = row.amount.currency() == room.currency() && row.amount.positive().is_ok();
    fine.then_some(()).ok_or(RowRefused::Amount)
}

fn new_usage(id: Uuid, row: &Row) -> Usage {
    let zero = Money::zero(row.amount.currency());
    Usage {
        id,
        row: row.row.clone(),
        account: row.account,
        amount: row.amount,
        period: row.period.clone(),
        description: row.description.clone(),
        charged: zero,
        outstanding: row.amount,
        refunded: zero,
    }
}

fn is_same(usage: &Usage, row: &Row) -> bool {
    (usage.account, usage.amount) == (row.account, row.amount)
        && usage.period == row.period
        && usage.description == row.description
}

async fn known_accounts(db: &impl ConnectionTrait, rows: &[Row]) -> Result<HashSet<Uuid>, DbErr> {
    let ids: BTreeSet<Uuid> = rows.iter().map(|row| row.account.into()).collect();
    let found: Vec<Uuid> = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

/// Charges what is outstanding of an account, as far as its balance goes, however many rows that is.
pub async fn settle(room: &Credit, account: AccountId) -> Result<(), DbErr> {
    let db = room.app().db().read();
    loop {
        let due = usage::outstanding(db, account, room.currency()).await?;
        if due.minor() == 0 || credit_of(db, account, room.currency()).await?.minor() == 0 {
            return Ok(());
        }
        let mut work = Work::begin(room.app(), Caller::system()).await?;
        let taken = charge(room, &mut work, &BTreeSet::from([account])).await?;
        work.commit().await?;
        // Somebody else was faster.
        if taken == 0 {
            return Ok(());
        }
    }
}

/// Charges open rows of these accounts, the oldest first, and says how many. Rows are locked before the ledger, and both in
/// one order.
async fn charge(room: &Credit, work: &mut Work, accounts: &BTreeSet<AccountId>) -> Result<usize, DbErr> {
    let currency = room.currency();
    let mut open: BTreeMap<AccountId, Vec<Usage>> = BTreeMap::new();
    let mut wanted = Wanted::default();
    for account in accounts {
        let rows = usage::open(work.tx(), *account, OPEN).await?;
        if rows.is_empty() {
            continue;
        }
        wanted = wanted
            .account(*account, currency)
            .account(ledger::Account::Usage, currency);
        for row in &rows {
            wanted = wanted.key(*account, key_of(row));
        }
        open.insert(*account, rows);
    }
    if open.is_empty() {
        return Ok(0);
    }
    let mut ledger = Ledger::open(work, wanted).await?;
    let mut done: Vec<Charge> = Vec::new();
    let mut told = Vec::new();
    for (account, rows) in &open {
        let due = rows.iter().map(|row| (row.id, row.outstanding));
        let taken = charges(ledger.balance(*account, currency), due);
        let rows: HashMap<Uuid, &Usage> = rows.iter().map(|row| (row.id, row)).collect();
        for charge in &taken {
            // Every charge is of a row that was asked for.
            let Some(row) = rows.get(&charge.usage) else {
                continue;
            };
            post(&mut ledger, row, charge.amount)?;
        }
        told.push((
            *account,
            taken.len(),
            sum(&taken, room),
            ledger.balance(*account, currency),
        ));
        done.extend(taken);
    }
    ledger.save().await?;
    usage::charge(work.tx(), &done).await?;
    for (account, rows, amount, balance) in told {
        tell(room, work, account, rows, amount, balance).await?;
    }
    Ok(done.len())
}

/// A part of a row is told from the parts before it by what was charged until then.
fn key_of(row: &Usage) -> Key {
    let part = row.charged.minor();
    // An id and a number are printable, and short.
    Key::parse(&format!("usage:{}:{part}", row.id)).unwrap_or_else(|_| Key::from(row.id))
}

fn post(ledger: &mut Ledger<'_>, row: &Usage, amount: Money) -> Result<(), DbErr> {
    let failed = |error: &dyn std::fmt::Display| DbErr::Custom(format!("usage {}: {error}", row.id));
    let movement = Movement::usage(row.account, amount).map_err(|error| failed(&error))?;
    let instruction = Instruction {
        movement,
        key: key_of(row),
        reference: row.description.clone(),
    };
    ledger
        .post(&instruction)
        .map(|_| ())
        .map_err(|error| failed(&error))
}

fn sum(taken: &[Charge], room: &Credit) -> Money {
    let minor = taken.iter().map(|charge| charge.amount.minor()).sum();
    Money::new(minor, room.currency())
}

async fn tell(
    room: &Credit,
    work: &mut Work,
    account: AccountId,
    rows: usize,
    amount: Money,
    balance: Money,
) -> Result<(), DbErr> {
    let outstanding = usage::outstanding(work.tx(), account, room.currency()).await?;
    if rows > 0 {
        let event = CreditEvent::UsageCharged {
            rows,
            amount,
            outstanding,
            balance,
        };
        work.record(event::credit(account), &event).await?;
    }
    // While some is left of the balance, the next rows are charged: that they wait says nothing.
    if outstanding.minor() > 0 && balance.minor() == 0 {
        let event = CreditEvent::UsageOutstanding { outstanding };
        work.record(event::credit(account), &event).await?;
    }
    Ok(())
}
