//! The crowd: as many accounts and registrations as a large provider has, with the shapes that a real one's have.
//! The same numbers make the same crowd, as old as it is at the moment of making. Nobody in it can sign in.
//!
//! Registrations go through the pure rules, so that states, deadlines and events are such as the use cases write. Only
//! the writing differs: many rows at a time.

mod case;
mod chance;
mod company;
mod customer;
mod person;
mod rows;

use jiff::{SignedDuration, Timestamp};
use kernel::{
    AccountId,
    calendar::{BusinessCalendar, BusinessTime},
};
use platform::{Actor, Db, StaffMember, bulk::Bulk};
use registration::{Desk, rules::State, store as cases};

use self::{chance::Chance, customer::Relation, rows::Chunk};
use super::{Size, room};
use crate::installation::{Installation, StartError};

/// How many accounts are written at once.
const CHUNK: u64 = 20_000;

/// The tables that it is written to.
pub(super) const TABLES: &[&str] = &[
    "accounts",
    "users",
    "events",
    "registrations",
    "registration_words",
    "messages",
    "customers",
];

/// How far back the oldest account is.
const YEARS: i64 = 3;

/// What cases are made from.
struct Office<'a> {
    desk: &'a Desk,
    calendar: &'a BusinessCalendar,
    allowance: BusinessTime,
    staff: Vec<StaffMember>,
    now: Timestamp,
}

/// Makes the crowd in an installation that has `staff`. `on_progress` hears how many accounts are written.
pub(super) async fn make(
    installation: &Installation,
    staff: Vec<StaffMember>,
    size: Size,
    mut on_progress: impl FnMut(u64),
) -> Result<(), StartError> {
    let desk = &installation.rooms.desk;
    keep_texts(desk).await?;
    let office = Office {
        desk,
        calendar: desk.calendar(),
        allowance: desk.allowance(),
        staff,
        now: Timestamp::now(),
    };
    let mut maker = Maker {
        office,
        chance: Chance::new(size.accounts ^ size.registrations.rotate_left(32)),
        partners: Vec::new(),
        size,
    };
    let db = installation.app.db();
    // One chunk is written while the next is made, but never two at once: a partner may be in the chunk before its
    // customer's.
    let mut writing = None;
    let mut from = 0;
    while from < size.accounts {
        let to = (from + CHUNK).min(size.accounts);
        let mut chunk = Chunk::default();
        for index in from..to {
            maker.account(index, &mut chunk)?;
        }
        finish(writing.take()).await?;
        writing = Some(tokio::spawn(write(db.clone(), chunk)));
        on_progress(from);
        from = to;
    }
    finish(writing).await?;
    on_progress(size.accounts);
    Ok(())
}

type Writing = tokio::task::JoinHandle<Result<(), sea_orm::DbErr>>;

async fn finish(writing: Option<Writing>) -> Result<(), StartError> {
    match writing {
        Some(writing) => Ok(writing.await.map_err(|error| room(&error))??),
        None => Ok(()),
    }
}

async fn write(db: Db, chunk: Chunk) -> Result<(), sea_orm::DbErr> {
    let mut bulk = Bulk::begin(&db).await?;
    bulk.insert(chunk.accounts).await?;
    bulk.insert(chunk.users).await?;
    bulk.insert(chunk.events).await?;
    bulk.insert(chunk.registrations).await?;
    bulk.insert(chunk.words).await?;
    bulk.insert(chunk.messages).await?;
    bulk.insert(chunk.customers).await?;
    bulk.commit().await
}

/// Keeps the terms that the crowd agreed to.
async fn keep_texts(desk: &Desk) -> Result<(), StartError> {
    let tx = desk.app().db().begin().await?;
    for language in kernel::Language::ALL {
        let text = desk.terms().current(language);
        cases::keep_text(&tx, &text.hash, &text.version, language, &text.text).await?;
    }
    Ok(tx.commit().await?)
}

/// One of the crowd that became a partner.
#[derive(Clone)]
struct Partner {
    account: AccountId,
    name: String,
    /// Who acts for it.
    root: Actor,
    since: Timestamp,
}

struct Maker<'a> {
    office: Office<'a>,
    chance: Chance,
    /// Some that became partners: they have customers.
    partners: Vec<Partner>,
    size: Size,
}

impl Maker<'_> {
    /// Makes the account of that number and, if it is its turn, its registration.
    fn account(&mut self, index: u64, chunk: &mut Chunk) -> Result<(), StartError> {
        let now = self.office.now;
        let created = created(now, index, self.size.accounts);
        let turn = |index: u64| index * self.size.registrations / self.size.accounts;
        let applies = turn(index + 1) > turn(index);
        let chance = &mut self.chance;
        let relation = (!applies && chance.percent(3))
            .then(|| chance.pick(&self.partners).cloned())
            .flatten()
            .and_then(|partner| {
                let from = partner.since.max(created);
                Relation::begin(chance, partner, from, now)
            });
        let manager = relation.as_ref().map(|relation| relation.partner.account);
        let account =
            person::account(chance, index, created, applies, manager).map_err(|error| room(&error))?;
        rows::account(chance, &account, chunk).map_err(|error| room(&error))?;
        if let Some(relation) = relation {
            relation
                .write(chance, &account, chunk)
                .map_err(|error| room(&error))?;
        }
        if applies {
            let is_new = turn(index) % 50 == 0;
            let case = case::make(&self.office, chance, &account, is_new).map_err(|error| room(&error))?;
            if let State::Approved { at, .. } = case.registration.state {
                self.partners.push(Partner {
                    account: account.id,
                    name: account.display_name().to_owned(),
                    root: case::root(&account),
                    since: at,
                });
            }
            rows::case(&self.office, chance, &account, &case, chunk).map_err(|error| room(&error))?;
        }
        Ok(())
    }
}

/// The provider grows: most accounts are young.
fn created(now: Timestamp, index: u64, of: u64) -> Timestamp {
    let whole = SignedDuration::from_hours(24 * 365 * YEARS).as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a share of time need not be exact")]
    let share = ((index + 1) as f64 / (of + 1) as f64).sqrt();
    now - SignedDuration::from_secs_f64(whole * (1.0 - share))
}

/// Names and addresses of reviewers beside those of the sample: one for every 5,000 registrations.
pub(super) fn reviewers(size: Size) -> Vec<(String, String)> {
    let mut chance = Chance::new(size.registrations);
    let count = (size.registrations / 5_000).min(24);
    (0..count)
        .map(|number| {
            let name = person::name(&mut chance);
            let address = format!(
                "{}{number}@staff.example",
                registration::search::words(&name).join(".")
            );
            (name, address)
        })
        .collect()
}
