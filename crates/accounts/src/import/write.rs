//! Writes accounts many at a time.

use std::collections::HashMap;

use kernel::{AccountId, EmailAddress};
use platform::{
    actor::{Actor, Caller},
    app::App,
    event::{Event, row as event_row},
    work::Work,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, SqlErr,
};
use uuid::Uuid;

use super::{BATCH, BadRow, Report, Row};
use crate::{
    account::{Class, legal_name_key},
    events::{AccountEvent, Company},
    store::rows::{account, user},
};

type Rows = Vec<(u64, Row)>;

/// Writes the rows and empties the batch. A row whose partner is not known yet goes to `later`.
pub(super) async fn batch(
    app: &App,
    batch: &mut Rows,
    later: &mut Rows,
    report: &mut Report,
) -> Result<(), DbErr> {
    let rows = std::mem::take(batch);
    if rows.is_empty() {
        return Ok(());
    }
    let mut tries = 0;
    let written = loop {
        tries += 1;
        match try_batch(app, &rows).await {
            // Somebody signed up with one of the addresses meanwhile: look again.
            Err(error) if tries < 5 && is_taken(&error) => {}
            other => break other?,
        }
    };
    report.created += written.created;
    report.unchanged += written.unchanged;
    later.extend(written.later);
    Ok(())
}

/// Writes the rows whose partner stands behind them in the file, and reports those whose partner never came.
pub(super) async fn later(app: &App, mut rows: Rows, report: &mut Report) -> Result<(), DbErr> {
    loop {
        let before = rows.len();
        let mut still = Vec::new();
        for chunk in rows.chunks(BATCH) {
            batch(app, &mut chunk.to_vec(), &mut still, report).await?;
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

struct Written {
    created: u64,
    unchanged: u64,
    later: Rows,
}

async fn try_batch(app: &App, rows: &[(u64, Row)]) -> Result<Written, DbErr> {
    let work = Work::begin(app, Caller::system()).await?;
    let asked = rows
        .iter()
        .flat_map(|(_, row)| std::iter::once(&row.email).chain(&row.managed_by));
    let known = root_accounts(work.tx(), asked).await?;
    let new: Vec<_> = rows
        .iter()
        .filter(|(_, row)| !known.contains_key(row.email.as_str()))
        .collect();
    let mut ids = known;
    let unchanged = rows.len() - new.len();
    // Rows wait for their partner, and for the partners of rows of this batch that wait themselves.
    let mut waiting: Vec<&(u64, Row)> = Vec::new();
    let mut ready = new;
    loop {
        let own: std::collections::HashSet<&str> = ready.iter().map(|(_, row)| row.email.as_str()).collect();
        let is_ready = |(_, row): &&&(u64, Row)| {
            row.managed_by
                .as_ref()
                .is_none_or(|by| ids.contains_key(by.as_str()) || own.contains(by.as_str()))
        };
        let (go, wait): (Vec<_>, Vec<_>) = ready.iter().partition(is_ready);
        let done = wait.is_empty();
        waiting.extend(wait);
        ready = go;
        if done {
            break;
        }
    }
    for (_, row) in &ready {
        ids.insert(row.email.to_string(), work.new_id());
    }
    if !ready.is_empty() {
        insert(&work, &ready, &ids).await?;
    }
    work.commit().await?;
    Ok(Written {
        created: ready.len() as u64,
        unchanged: unchanged as u64,
        later: waiting.into_iter().cloned().collect(),
    })
}

/// The accounts of those of the addresses that have one.
async fn root_accounts(
    db: &impl ConnectionTrait,
    emails: impl Iterator<Item = &EmailAddress>,
) -> Result<HashMap<String, Uuid>, DbErr> {
    let found: Vec<(String, Uuid)> = user::Entity::find()
        .filter(user::Column::Kind.eq("root"))
        .filter(user::Column::Email.is_in(emails.map(EmailAddress::as_str)))
        .select_only()
        .columns([user::Column::Email, user::Column::AccountId])
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

async fn insert(work: &Work, rows: &[&(u64, Row)], ids: &HashMap<String, Uuid>) -> Result<(), DbErr> {
    let now = work.now().as_millisecond();
    let json = |error: serde_json::Error| DbErr::Custom(error.to_string());
    let actor = serde_json::to_string(&Actor::System).map_err(json)?;
    let (mut accounts, mut users, mut events) = (Vec::new(), Vec::new(), Vec::new());
    for (_, row) in rows {
        let id = AccountId(
            ids.get(row.email.as_str())
                .copied()
                .unwrap_or_else(|| work.new_id()),
        );
        let manager = row
            .managed_by
            .as_ref()
            .and_then(|by| ids.get(by.as_str()).copied());
        accounts.push(account_row(id, row, manager, now));
        users.push(user_row(work.new_id(), id, row, now));
        let company = match &row.class {
            Class::Enterprise(company) => Some(Company::from(company)),
            Class::Individual => None,
        };
        let event = AccountEvent::Imported {
            email: row.email.clone(),
            company,
        };
        events.push(event_row::ActiveModel {
            id: Set(work.new_id()),
            at: Set(now),
            kind: Set(event.kind().to_owned()),
            subject: Set("account".to_owned()),
            subject_id: Set(id.into()),
            account_id: Set(Some(id.into())),
            actor: Set(actor.clone()),
            origin: Set(None),
            data: Set(serde_json::to_string(&event).map_err(json)?),
            ..Default::default()
        });
    }
    account::Entity::insert_many(accounts)
        .exec_without_returning(work.tx())
        .await?;
    user::Entity::insert_many(users)
        .exec_without_returning(work.tx())
        .await?;
    event_row::Entity::insert_many(events)
        .exec_without_returning(work.tx())
        .await
        .map(|_| ())
}

fn account_row(id: AccountId, row: &Row, managed_by: Option<Uuid>, now: i64) -> account::ActiveModel {
    let company = match &row.class {
        Class::Enterprise(company) => Some(company),
        Class::Individual => None,
    };
    account::ActiveModel {
        id: Set(id.into()),
        class: Set(row.class.as_str().to_owned()),
        legal_name: Set(company.map(|company| company.legal_name.clone())),
        legal_name_key: Set(company.map(|company| legal_name_key(&company.legal_name))),
        country: Set(company.map(|company| company.tax_code.country().code().to_owned())),
        tax_code: Set(company.map(|company| company.tax_code.to_string())),
        phone: Set(row.phone.clone()),
        payment_mode: Set(row.payment_mode.as_str().to_owned()),
        uses_services: Set(row.uses_services),
        enjoys_discount: Set(row.enjoys_discount),
        in_poc: Set(row.in_poc),
        managed_by: Set(managed_by),
        created_at: Set(now),
    }
}

fn user_row(id: Uuid, account: AccountId, row: &Row, now: i64) -> user::ActiveModel {
    user::ActiveModel {
        id: Set(id),
        account_id: Set(account.into()),
        kind: Set("root".to_owned()),
        email: Set(row.email.to_string()),
        email_domain: Set(row.email.domain().to_owned()),
        user_name: Set(None),
        name: Set(row.name.clone()),
        password_hash: Set(None),
        language: Set(row.language.tag().to_owned()),
        email_verified_at: Set(None),
        created_at: Set(now),
    }
}
