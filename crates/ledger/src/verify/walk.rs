//! Pages of rows in the order of their keys, each with what it is compared with, which the primary keys find.

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement, Value};
use uuid::Uuid;

use super::{PAGE, Place};

/// An account and its last entry: 0 and 0 where it has none.
#[derive(Debug, FromQueryResult)]
pub(super) struct Account {
    pub(super) id: Uuid,
    pub(super) currency: String,
    pub(super) balance: i64,
    pub(super) entries: i64,
    pub(super) last_number: i64,
    pub(super) last_balance: i64,
}

/// An entry, and whether its account is there.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: Uuid,
    pub(super) currency: String,
    pub(super) number: i64,
    pub(super) at: i64,
    pub(super) transfer_id: Uuid,
    pub(super) amount: i64,
    pub(super) balance_after: i64,
    pub(super) has_account: bool,
    pub(super) transfer: Option<MadeBy>,
}

/// What an entry's transfer says of it.
#[derive(Debug, FromQueryResult)]
pub(super) struct MadeBy {
    pub(super) at: i64,
    pub(super) from_id: Uuid,
    pub(super) to_id: Uuid,
    pub(super) currency: String,
    pub(super) amount: i64,
    pub(super) from_number: i64,
    pub(super) to_number: i64,
}

/// A transfer, and whether its entries are there.
#[derive(Debug, FromQueryResult)]
pub(super) struct Transfer {
    pub(super) id: Uuid,
    pub(super) currency: String,
    pub(super) from_id: Uuid,
    pub(super) to_id: Uuid,
    pub(super) from_number: i64,
    pub(super) to_number: i64,
    pub(super) has_from: bool,
    pub(super) has_to: bool,
}

impl Entry {
    pub(super) fn place(&self) -> Place {
        Place::new(self.id, &self.currency, self.number)
    }
}

/// The accounts after one; none where they end.
pub(super) async fn accounts(
    db: &impl ConnectionTrait,
    after: Option<&Account>,
) -> Result<Option<Vec<Account>>, DbErr> {
    let sql = "SELECT a.id AS id, a.currency AS currency, a.balance AS balance, a.entries AS entries, \
           COALESCE(e.number, 0) AS last_number, COALESCE(e.balance_after, 0) AS last_balance \
         FROM ledger_accounts AS a LEFT JOIN ledger_entries AS e \
           ON e.account_id = a.id AND e.currency = a.currency AND e.number = (SELECT MAX(l.number) \
             FROM ledger_entries AS l WHERE l.account_id = a.id AND l.currency = a.currency) \
         WHERE (a.id, a.currency) > ($1, $2) ORDER BY a.id, a.currency LIMIT $3";
    let (id, currency) = after.map_or((Uuid::nil(), ""), |row| (row.id, &row.currency));
    page(db, sql, vec![id.into(), currency.into(), PAGE.into()]).await
}

/// The entries after one, account by account; none where they end.
pub(super) async fn entries(
    db: &impl ConnectionTrait,
    after: Option<&Entry>,
) -> Result<Option<Vec<Entry>>, DbErr> {
    let sql = "SELECT e.account_id AS id, e.currency AS currency, e.number AS number, e.at AS at, \
           e.transfer_id AS transfer_id, e.amount AS amount, e.balance_after AS balance_after, \
           EXISTS (SELECT 1 FROM ledger_accounts AS a \
             WHERE a.id = e.account_id AND a.currency = e.currency) AS has_account, \
           t.at AS transfer_at, t.from_id AS transfer_from_id, t.to_id AS transfer_to_id, \
           t.currency AS transfer_currency, t.amount AS transfer_amount, \
           t.from_number AS transfer_from_number, t.to_number AS transfer_to_number \
         FROM ledger_entries AS e LEFT JOIN ledger_transfers AS t ON t.id = e.transfer_id \
         WHERE (e.account_id, e.currency, e.number) > ($1, $2, $3) \
         ORDER BY e.account_id, e.currency, e.number LIMIT $4";
    let (id, currency, number) =
        after.map_or((Uuid::nil(), "", 0), |row| (row.id, &row.currency, row.number));
    let values = vec![id.into(), currency.into(), number.into(), PAGE.into()];
    page(db, sql, values).await
}

/// The transfers after one; none where they end.
pub(super) async fn transfers(
    db: &impl ConnectionTrait,
    after: Option<Uuid>,
) -> Result<Option<Vec<Transfer>>, DbErr> {
    let has = |side: &str| {
        format!(
            "EXISTS (SELECT 1 FROM ledger_entries AS e WHERE e.account_id = t.{side}_id \
               AND e.currency = t.currency AND e.number = t.{side}_number AND e.transfer_id = t.id) AS has_{side}"
        )
    };
    let sql = format!(
        "SELECT t.id AS id, t.currency AS currency, t.from_id AS from_id, t.to_id AS to_id, \
           t.from_number AS from_number, t.to_number AS to_number, {}, {} \
         FROM ledger_transfers AS t WHERE t.id > $1 ORDER BY t.id LIMIT $2",
        has("from"),
        has("to")
    );
    page(db, &sql, vec![after.unwrap_or_default().into(), PAGE.into()]).await
}

async fn page<R: FromQueryResult>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<Option<Vec<R>>, DbErr> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = db.query_all_raw(statement).await?;
    let rows = rows
        .iter()
        .map(|row| R::from_query_result(row, ""))
        .collect::<Result<Vec<R>, DbErr>>()?;
    Ok((!rows.is_empty()).then_some(rows))
}

impl FromQueryResult for Entry {
    fn from_query_result(row: &sea_orm::QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            id: row.try_get("", "id")?,
            currency: row.try_get("", "currency")?,
            number: row.try_get("", "number")?,
            at: row.try_get("", "at")?,
            transfer_id: row.try_get("", "transfer_id")?,
            amount: row.try_get("", "amount")?,
            balance_after: row.try_get("", "balance_after")?,
            has_account: row.try_get("", "has_account")?,
            transfer: MadeBy::from_query_result_optional(row, "transfer_")?,
        })
    }
}
