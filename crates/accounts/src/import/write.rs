//! Writes accounts many at a time.

use std::collections::{HashMap, HashSet};

use kernel::{AccountId, UserId};
use platform::{
    actor::Caller,
    app::App,
    bulk::Bulk,
    event::{Event, row as event_row},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbBackend, DbErr, SqlErr, Statement};
use uuid::Uuid;

use super::{BATCH, BadRow, Report, Row};
use crate::{
    account::{Account, RootUser},
    events::{AccountEvent, Company},
    store::{root_row, row as account_row},
};

/// Rows with their lines.
pub(super) type Rows = Vec<(u64, Row)>;

/// What became of a batch.
pub(super) struct Written {
    pub(super) created: u64,
    pub(super) unchanged: u64,
    /// Rows whose partner is not known yet.
    pub(super) later: Rows,
}

/// Writes rows, in one transaction.
pub(super) async fn batch(app: App, caller: Caller, rows: Rows) -> Result<Written, DbErr> {
    let mut tries = 0;
    loop {
        tries += 1;
        match try_batch(&app, &caller, &rows).await {
            // Somebody signed up with one of the addresses meanwhile: look again.
            Err(error) if tries < 5 && is_taken(&error) => {}
            other => return other,
        }
    }
}

/// Writes the rows whose partner stands behind them in the file, and reports those whose partner never came.
pub(super) async fn later(
    app: &App,
    caller: &Caller,
    mut rows: Rows,
    report: &mut Report,
) -> Result<(), DbErr> {
    loop {
        let before = rows.len();
        let mut still = Vec::new();
        for chunk in rows.chunks(BATCH) {
            let written = batch(app.clone(), caller.clone(), chunk.to_vec()).await?;
            report.created += written.created;
            report.unchanged += written.unchanged;
            still.extend(written.later);
        }
        rows = still;
        if rows.len() == before || rows.is_empty() {
            break;
        }
    }
    let nobody = |(line, row): (u64, Row)| row.managed_by.map(|email| (line, BadRow::NoManager(email)));
    report.bad.extend(rows.into_iter().filter_map(nobody));
    Ok(())
}

fn is_taken(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

async fn try_batch(app: &App, caller: &Caller, rows: &[(u64, Row)]) -> Result<Written, DbErr> {
    let asked: HashSet<&str> = rows
        .iter()
        .flat_map(|(_, row)| std::iter::once(&row.email).chain(&row.managed_by))
        .map(kernel::EmailAddress::as_str)
        .collect();
    let mut ids = root_accounts(app, &asked).await?;
    let (ready, waiting) = in_order(rows, &ids);
    let unchanged = rows.len() - ready.len() - waiting.len();
    for row in &ready {
        ids.insert(row.email.to_string(), app.new_id());
    }
    if !ready.is_empty() {
        insert(app, caller, &ready, &ids).await?;
    }
    Ok(Written {
        created: ready.len() as u64,
        unchanged: unchanged as u64,
        later: waiting.into_iter().cloned().collect(),
    })
}

/// The new rows: those that can be written now, partners before their customers; and those that wait for their partner,
/// or for one that waits itself.
fn in_order<'a>(
    rows: &'a [(u64, Row)],
    known: &HashMap<String, Uuid>,
) -> (Vec<&'a Row>, Vec<&'a (u64, Row)>) {
    let mut ready: Vec<&Row> = Vec::with_capacity(rows.len());
    let mut customers: HashMap<&str, Vec<&(u64, Row)>> = HashMap::new();
    let here: HashSet<&str> = rows.iter().map(|(_, row)| row.email.as_str()).collect();
    let mut waiting = Vec::new();
    let is_new = |(_, row): &&(u64, Row)| !known.contains_key(row.email.as_str());
    for line in rows.iter().filter(is_new) {
        match line.1.managed_by.as_ref().map(kernel::EmailAddress::as_str) {
            Some(by) if !known.contains_key(by) && here.contains(by) => {
                customers.entry(by).or_default().push(line);
            }
            Some(by) if !known.contains_key(by) => waiting.push(line),
            _ => ready.push(&line.1),
        }
    }
    let mut next = 0;
    while let Some(partner) = ready.get(next) {
        let own = customers.remove(partner.email.as_str()).unwrap_or_default();
        ready.extend(own.into_iter().map(|(_, row)| row));
        next += 1;
    }
    waiting.extend(customers.into_values().flatten());
    waiting.sort_unstable_by_key(|(line, _)| *line);
    (ready, waiting)
}

/// The accounts of those of the addresses that have one. They are handed over as one value: thousands of placeholders
/// would take longer to read than to look up.
async fn root_accounts(app: &App, emails: &HashSet<&str>) -> Result<HashMap<String, Uuid>, DbErr> {
    let db = app.db();
    let list = match db.backend() {
        DbBackend::Postgres => "ANY (ARRAY(SELECT json_array_elements_text($1::json)))",
        _ => "(SELECT value FROM json_each($1))",
    };
    let is = if db.backend() == DbBackend::Postgres {
        "="
    } else {
        "IN"
    };
    let sql = format!("SELECT email, account_id FROM users WHERE kind = 'root' AND email {is} {list}");
    let emails = serde_json::to_string(emails).map_err(|error| DbErr::Custom(error.to_string()))?;
    let query = Statement::from_sql_and_values(db.backend(), sql, [emails.into()]);
    let found = db.read().query_all_raw(query).await?;
    found
        .iter()
        .map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?)))
        .collect()
}

async fn insert(app: &App, caller: &Caller, rows: &[&Row], ids: &HashMap<String, Uuid>) -> Result<(), DbErr> {
    let json = |error: serde_json::Error| DbErr::Custom(error.to_string());
    let actor = serde_json::to_string(&caller.actor).map_err(json)?;
    let origin = caller.origin.map(|address| address.to_string());
    let (mut accounts, mut users, mut events) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let account = account(app, row, ids);
        accounts.push(account_row(&account));
        users.push(root_row(&account));
        let event = AccountEvent::Imported {
            email: row.email.clone(),
            company: account.enterprise().map(Company::from),
        };
        events.push(event_row::ActiveModel {
            id: Set(app.new_id()),
            at: Set(account.created_at.as_millisecond()),
            kind: Set(event.kind().to_owned()),
            subject: Set("account".to_owned()),
            subject_id: Set(account.id.into()),
            account_id: Set(Some(account.id.into())),
            actor: Set(actor.clone()),
            origin: Set(origin.clone()),
            data: Set(serde_json::to_string(&event).map_err(json)?),
            ..Default::default()
        });
    }
    let mut bulk = Bulk::begin(app.db()).await?;
    bulk.insert(accounts).await?;
    bulk.insert(users).await?;
    bulk.insert(events).await?;
    bulk.commit().await
}

fn account(app: &App, row: &Row, ids: &HashMap<String, Uuid>) -> Account {
    let id = ids.get(row.email.as_str()).copied();
    let manager = row.managed_by.as_ref().and_then(|by| ids.get(by.as_str()));
    Account {
        id: AccountId(id.unwrap_or_else(|| app.new_id())),
        class: row.class.clone(),
        phone: row.phone.clone(),
        payment_mode: row.payment_mode,
        uses_services: row.uses_services,
        enjoys_discount: row.enjoys_discount,
        in_poc: row.in_poc,
        managed_by: manager.copied().map(AccountId),
        partner_since: None,
        root: RootUser {
            id: UserId(app.new_id()),
            email: row.email.clone(),
            name: row.name.clone(),
            language: row.language,
            email_verified_at: None,
        },
        created_at: app.clock().now(),
    }
}
