//! Writes accounts many at a time.

use std::collections::{BTreeSet, HashMap, HashSet};

use kernel::{AccountId, EmailAddress, EventId, UserId};
use platform::{actor::Caller, app::App, bulk::Bulk, work::Record};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, SqlErr, Statement};
use uuid::Uuid;

use super::{BATCH, BadRow, Report, Row};
use crate::{
    account::{Account, RootUser},
    events::{AccountEvent, Company, subject},
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
    /// Rows that are left out.
    pub(super) bad: Vec<(u64, BadRow)>,
}

/// An account that is there.
#[derive(Clone, Copy)]
struct Known {
    id: Uuid,
    /// Whether it is a partner's customer.
    managed: bool,
}

/// Writes rows, in one transaction.
pub(super) async fn batch(app: App, caller: Caller, rows: Rows) -> Result<Written, DbErr> {
    let mut tries = 0;
    loop {
        tries += 1;
        match try_batch(&app, &caller, &rows).await {
            // Somebody signed up with one of the addresses meanwhile, or a partner became a customer: look again.
            Err(error) if tries < 5 && is_taken(&error) => {}
            Ok(None) if tries < 5 => {}
            Ok(None) => {
                return Err(DbErr::Custom(
                    "those who are to have customers become some".to_owned(),
                ));
            }
            Ok(Some(written)) => return Ok(written),
            Err(error) => return Err(error),
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
            report.bad.extend(written.bad);
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

/// Nothing where one of the partners became a customer since it was looked at.
async fn try_batch(app: &App, caller: &Caller, rows: &[(u64, Row)]) -> Result<Option<Written>, DbErr> {
    let asked: HashSet<&str> = rows
        .iter()
        .flat_map(|(_, row)| std::iter::once(&row.email).chain(&row.managed_by))
        .map(EmailAddress::as_str)
        .collect();
    let mut known = root_accounts(app, &asked).await?;
    let new = in_order(rows, &known);
    let managers: BTreeSet<Uuid> = new
        .ready
        .iter()
        .filter_map(|row| Some(known.get(row.managed_by.as_ref()?.as_str())?.id))
        .collect();
    let managers: Vec<Uuid> = managers.into_iter().collect();
    let unchanged = rows.len() - new.ready.len() - new.waiting.len() - new.bad.len();
    for row in &new.ready {
        let account = Known {
            id: app.new_id(),
            managed: row.managed_by.is_some(),
        };
        known.insert(row.email.to_string(), account);
    }
    if !new.ready.is_empty() {
        let mut bulk = Bulk::begin(app.db()).await?;
        // Whoever confirms an invitation holds the same lock: nobody has customers and is one.
        let customers = bulk.lock("accounts", &managers, "managed_by IS NOT NULL").await?;
        if !customers.is_empty() {
            return Ok(None);
        }
        insert(app, caller, &new.ready, &known, bulk).await?;
    }
    Ok(Some(Written {
        created: new.ready.len() as u64,
        unchanged: unchanged as u64,
        later: new.waiting,
        bad: new.bad,
    }))
}

/// The new rows of a batch.
struct New<'a> {
    /// Those that can be written now, partners before their customers.
    ready: Vec<&'a Row>,
    /// Those that wait for their partner.
    waiting: Rows,
    /// Those whose partner is a customer itself.
    bad: Vec<(u64, BadRow)>,
}

fn in_order<'a>(rows: &'a [(u64, Row)], known: &HashMap<String, Known>) -> New<'a> {
    let is_new = |row: &Row| !known.contains_key(row.email.as_str());
    let here: HashMap<&str, &Row> = rows.iter().map(|(_, row)| (row.email.as_str(), row)).collect();
    let (mut ready, mut customers) = (Vec::with_capacity(rows.len()), Vec::new());
    let (mut waiting, mut bad) = (Vec::new(), Vec::new());
    for (line, row) in rows.iter().filter(|(_, row)| is_new(row)) {
        let Some(by) = &row.managed_by else {
            ready.push(row);
            continue;
        };
        let known = known.get(by.as_str()).map(|manager| manager.managed);
        let is_managed = known.or_else(|| here.get(by.as_str()).map(|manager| manager.managed_by.is_some()));
        match is_managed {
            Some(true) => bad.push((*line, BadRow::ManagerManaged(by.clone()))),
            Some(false) => customers.push(row),
            None => waiting.push((*line, row.clone())),
        }
    }
    ready.append(&mut customers);
    New { ready, waiting, bad }
}

/// The accounts of those of the addresses that have one. They are handed over as one value: thousands of placeholders
/// would take longer to read than to look up.
async fn root_accounts(app: &App, emails: &HashSet<&str>) -> Result<HashMap<String, Known>, DbErr> {
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
    let sql = format!(
        "SELECT u.email, a.id, a.managed_by FROM users AS u JOIN accounts AS a ON a.id = u.account_id \
         WHERE u.kind = 'root' AND u.email {is} {list}"
    );
    let emails = serde_json::to_string(emails).map_err(|error| DbErr::Custom(error.to_string()))?;
    let query = Statement::from_sql_and_values(db.backend(), sql, [emails.into()]);
    let found = db.read().query_all_raw(query).await?;
    found
        .iter()
        .map(|row| {
            let (id, by): (_, Option<Uuid>) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
            let managed = by.is_some();
            Ok((row.try_get_by_index(0)?, Known { id, managed }))
        })
        .collect()
}

async fn insert(
    app: &App,
    caller: &Caller,
    rows: &[&Row],
    known: &HashMap<String, Known>,
    mut bulk: Bulk,
) -> Result<(), DbErr> {
    let (mut accounts, mut users, mut events) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let account = account(app, row, known);
        accounts.push(account_row(&account));
        users.push(root_row(&account));
        let event = AccountEvent::Imported {
            email: row.email.clone(),
            company: account.enterprise().map(Company::from),
        };
        let record = Record::new(subject(account.id), &event)?;
        events.push(record.row(EventId(app.new_id()), caller, account.created_at)?);
    }
    bulk.insert(accounts).await?;
    bulk.insert(users).await?;
    bulk.insert(events).await?;
    bulk.commit().await
}

fn account(app: &App, row: &Row, known: &HashMap<String, Known>) -> Account {
    let id = |email: &EmailAddress| known.get(email.as_str()).map(|account| AccountId(account.id));
    Account {
        id: id(&row.email).unwrap_or_else(|| AccountId(app.new_id())),
        class: row.class.clone(),
        phone: row.phone.clone(),
        standing: row.standing,
        managed_by: row.managed_by.as_ref().and_then(id),
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
