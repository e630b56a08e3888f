//! What posting reads and writes, set by set: how many statements it takes does not depend on how many transfers.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use kernel::{Currency, TransferId};
use platform::{
    db::{Given, Tx, insert_many},
    event::time,
};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, FromQueryResult, Statement, Value};
use uuid::Uuid;

use super::rows::{account, currency, entry, transfer};
use crate::rules::{Account, Books, Key, Page, Receipt};

/// Which accounts are locked: in this order.
pub(crate) type Accounts = BTreeSet<(Account, &'static str)>;

/// Opens accounts that are not there yet. To be called before any is locked: whoever waits here holds none.
async fn open_accounts(tx: &Tx, accounts: &Given, now: Timestamp) -> Result<(), DbErr> {
    let at = accounts.values.len() + 1;
    let sql = format!(
        "INSERT INTO ledger_accounts (id, currency, balance, entries, latest_at, opened_at) \
         SELECT g.id, g.currency, 0, 0, 0, ${at} FROM {} WHERE NOT EXISTS \
         (SELECT 1 FROM ledger_accounts AS a WHERE a.id = g.id AND a.currency = g.currency) \
         ORDER BY g.id, g.currency ON CONFLICT DO NOTHING",
        accounts.table
    );
    let mut values = accounts.values.clone();
    values.push(now.as_millisecond().into());
    execute(tx, sql, values).await
}

/// Locks accounts and notes where they stand.
pub(crate) async fn lock(
    tx: &Tx,
    books: &mut Books,
    accounts: &Accounts,
    now: Timestamp,
) -> Result<(), DbErr> {
    if accounts.is_empty() {
        return Ok(());
    }
    let values: Vec<Value> = accounts
        .iter()
        .flat_map(|(account, currency)| [Value::from(account.id()), Value::from(*currency)])
        .collect();
    let given = Given::rows(tx.get_database_backend(), "g", &["id", "currency"], &values)?;
    open_accounts(tx, &given, now).await?;
    let lock = match tx.get_database_backend() {
        DbBackend::Postgres => " FOR UPDATE OF a",
        _ => "",
    };
    let sql = format!(
        "SELECT a.* FROM {} JOIN ledger_accounts AS a ON a.id = g.id AND a.currency = g.currency \
         ORDER BY a.id, a.currency{lock}",
        given.table
    );
    for row in all::<account::Model>(tx, sql, given.values).await? {
        let page = Page {
            balance: row.balance,
            entries: row.entries,
            latest_at: time(row.latest_at),
        };
        books.set_page(row.id.into(), currency(&row.currency)?, page);
    }
    Ok(())
}

/// Notes the transfers that had these keys before. Where something may be posted under one, the account that it debits is
/// locked, so that none is on its way.
pub(crate) async fn know(tx: &Tx, books: &mut Books, keys: &[(Account, &Key)]) -> Result<(), DbErr> {
    if keys.is_empty() {
        return Ok(());
    }
    let values: Vec<Value> = keys
        .iter()
        .flat_map(|(account, key)| [Value::from(account.id()), Value::from(key.as_str())])
        .collect();
    let given = Given::rows(tx.get_database_backend(), "g", &["id", "key"], &values)?;
    let sql = format!(
        "SELECT t.* FROM {} JOIN ledger_transfers AS t ON t.from_id = g.id AND t.idempotency_key = g.key",
        given.table
    );
    let rows = all::<transfer::Model>(tx, sql, given.values).await?;
    for receipt in receipts(tx, rows).await? {
        books.set_known(receipt);
    }
    Ok(())
}

/// Notes which of these transfers were reversed. Their accounts are locked.
pub(crate) async fn know_reversed(tx: &Tx, books: &mut Books, transfers: &[TransferId]) -> Result<(), DbErr> {
    if transfers.is_empty() {
        return Ok(());
    }
    let values: Vec<Value> = transfers.iter().map(|id| Uuid::from(*id).into()).collect();
    let given = Given::rows(tx.get_database_backend(), "g", &["id"], &values)?;
    let sql = format!(
        "SELECT t.* FROM {} JOIN ledger_transfers AS t ON t.reverses = g.id",
        given.table
    );
    for row in all::<transfer::Model>(tx, sql, given.values).await? {
        if let Some(reversed) = row.reverses {
            books.set_reversed(reversed.into(), row.id.into());
        }
    }
    Ok(())
}

/// Transfers with what their entries say.
pub(crate) async fn receipts(
    db: &impl ConnectionTrait,
    rows: Vec<transfer::Model>,
) -> Result<Vec<Receipt>, DbErr> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let values: Vec<Value> = rows
        .iter()
        .flat_map(|row| [(row.from_id, row.from_number), (row.to_id, row.to_number)].map(|side| (row, side)))
        .flat_map(|(row, (id, number))| [id.into(), row.currency.as_str().into(), number.into()])
        .collect();
    let given = Given::rows(
        db.get_database_backend(),
        "g",
        &["id", "currency", "number"],
        &values,
    )?;
    let sql = format!(
        "SELECT e.* FROM {} JOIN ledger_entries AS e \
         ON e.account_id = g.id AND e.currency = g.currency AND e.number = g.number",
        given.table
    );
    let entries = all::<entry::Model>(db, sql, given.values).await?;
    let entries: HashMap<(Uuid, Uuid), entry::Model> = entries
        .into_iter()
        .map(|entry| ((entry.transfer_id, entry.account_id), entry))
        .collect();
    let standing = |transfer: Uuid, account: Uuid| {
        let entry = entries.get(&(transfer, account));
        entry
            .ok_or_else(|| {
                DbErr::RecordNotFound(format!(
                    "the entry of transfer {transfer} in {account}: see `ledger verify`"
                ))
            })?
            .standing()
    };
    rows.into_iter()
        .map(|row| {
            Ok(Receipt {
                from: standing(row.id, row.from_id)?,
                to: standing(row.id, row.to_id)?,
                transfer: row.transfer()?,
            })
        })
        .collect()
}

/// Writes what was posted in these books.
pub(crate) async fn save(tx: &Tx, books: &Books) -> Result<(), DbErr> {
    let posted = books.posted();
    if posted.is_empty() {
        return Ok(());
    }
    let transfers: Result<Vec<_>, DbErr> = posted.iter().map(transfer::Model::posted).collect();
    insert_many(tx, transfers?).await?;
    insert_many(tx, posted.iter().flat_map(entry::Model::posted).collect()).await?;
    let mut touched: Vec<(Account, Currency)> = posted
        .iter()
        .flat_map(|receipt| {
            [receipt.from.account, receipt.to.account]
                .map(|account| (account, receipt.transfer.amount.currency()))
        })
        .collect();
    touched.sort_by_key(|(account, currency)| (*account, currency.code()));
    touched.dedup();
    let values: Vec<Value> = touched
        .iter()
        .flat_map(|(account, currency)| {
            let page = books.page(*account, *currency);
            [
                Value::from(account.id()),
                currency.code().into(),
                page.balance.into(),
                page.entries.into(),
                page.latest_at.as_millisecond().into(),
            ]
        })
        .collect();
    let columns = ["id", "currency", "balance", "entries", "latest_at"];
    let given = Given::rows(tx.get_database_backend(), "g", &columns, &values)?;
    let sql = format!(
        "UPDATE ledger_accounts AS a SET balance = g.balance, entries = g.entries, latest_at = g.latest_at \
         FROM {} WHERE a.id = g.id AND a.currency = g.currency",
        given.table
    );
    execute(tx, sql, given.values).await
}

async fn execute(tx: &Tx, sql: String, values: Vec<Value>) -> Result<(), DbErr> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    tx.execute_raw(statement).await.map(|_| ())
}

async fn all<M: FromQueryResult>(
    db: &impl ConnectionTrait,
    sql: String,
    values: Vec<Value>,
) -> Result<Vec<M>, DbErr> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = db.query_all_raw(statement).await?;
    rows.iter().map(|row| M::from_query_result(row, "")).collect()
}
