//! Many accounts at once: as many queries as for one.

use std::collections::{BTreeSet, HashMap};

use kernel::AccountId;
use platform::db::Given;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityTrait, Statement, Value};
use uuid::Uuid;

use super::{
    corrupt, read_account,
    rows::{account, user},
};
use crate::account::Account;

/// Those of these accounts that there are, with their root users: two queries, however many.
pub async fn accounts(
    db: &impl ConnectionTrait,
    ids: &BTreeSet<AccountId>,
) -> Result<HashMap<AccountId, Account>, DbErr> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let backend = db.get_database_backend();
    let roots = of(
        backend,
        ids,
        "u.*",
        "users AS u ON u.account_id = g.id AND u.kind = 'root'",
    )?;
    let roots = user::Entity::find().from_raw_sql(roots).all(db).await?;
    let mut roots: HashMap<Uuid, user::Model> =
        roots.into_iter().map(|root| (root.account_id, root)).collect();
    let rows = of(backend, ids, "a.*", "accounts AS a ON a.id = g.id")?;
    let rows = account::Entity::find().from_raw_sql(rows).all(db).await?;
    rows.into_iter()
        .map(|row| {
            let root = roots.remove(&row.id);
            let root = root.ok_or_else(|| corrupt("account", row.id, "has no root user"))?;
            Ok((row.id.into(), read_account(row, root)?))
        })
        .collect()
}

/// The partners whose customers these accounts are, of those that are somebody's. None of them changes before the
/// transaction ends.
pub async fn hold_managers(
    tx: &impl ConnectionTrait,
    ids: &BTreeSet<AccountId>,
) -> Result<HashMap<AccountId, AccountId>, DbErr> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let backend = tx.get_database_backend();
    let lock = match backend {
        DbBackend::Postgres => " FOR SHARE OF a",
        _ => "",
    };
    let on = format!("accounts AS a ON a.id = g.id ORDER BY a.id{lock}");
    let rows = tx
        .query_all_raw(of(backend, ids, "a.id, a.managed_by", &on)?)
        .await?;
    let managed = rows.iter().map(|row| {
        let (id, by): (Uuid, Option<Uuid>) = (row.try_get("", "id")?, row.try_get("", "managed_by")?);
        Ok(by.map(|by| (id.into(), by.into())))
    });
    managed.filter_map(Result::transpose).collect()
}

fn of(backend: DbBackend, ids: &BTreeSet<AccountId>, columns: &str, on: &str) -> Result<Statement, DbErr> {
    let ids: Vec<Value> = ids.iter().map(|id| Uuid::from(*id).into()).collect();
    let given = Given::rows(backend, "g", &["id"], &ids)?;
    let sql = format!("SELECT {columns} FROM {} JOIN {on}", given.table);
    Ok(Statement::from_sql_and_values(backend, sql, given.values))
}
