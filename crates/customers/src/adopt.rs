//! Accounts that came from the provider's list as a partner's become that partner's customers here, too: so that it finds
//! them in its list, and they can be called otherwise, moved or let go like all others. Where whoever the list names is no partner
//! yet, they become its customers once it is one.

use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

use accounts::{
    account::Account,
    store::{lock_account, partnership, rows::account},
};
use async_trait::async_trait;
use kernel::AccountId;
use platform::{
    Db, Partnership, Work,
    actor::Caller,
    db::is_literally,
    job::{Job, JobError, Several},
};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    event::{CustomerEvent, standing, subject},
    room::Customers,
    rules::{Customer, FriendlyName, NewCustomer, Role, StateKind},
    service::{Refused, give_way},
    store::{self, rows::customer},
};

/// How many accounts are dealt with in one transaction.
const SOME: u64 = 100;

/// An import that began before another may commit after it, though not by so much.
const OVERLAP_MILLIS: i64 = 600_000;

/// Looks for accounts that are a partner's and have no relation with it.
pub(crate) struct Adoption {
    room: Customers,
    /// Up to when accounts and partners are dealt with, in milliseconds since 1970.
    seen: AtomicI64,
}

impl Adoption {
    pub(crate) fn new(room: Customers) -> Self {
        Self {
            room,
            seen: AtomicI64::new(0),
        }
    }
}

#[async_trait]
impl Job for Adoption {
    fn name(&self) -> &'static str {
        "customers among imported accounts"
    }

    async fn run(&self) -> Result<(), JobError> {
        let app = self.room.app();
        let now = app.clock().now();
        let from = self.seen.load(Relaxed) - OVERLAP_MILLIS;
        let mut several = Several::of(self.name());
        self.adopt_all(first_id(from), Condition::all(), &mut several)
            .await?;
        // Those that were there before their partner was one.
        self.adopt_all(Uuid::nil(), of_partners_since(from), &mut several)
            .await?;
        several.done()?;
        self.seen.store(now.as_millisecond(), Relaxed);
        Ok(())
    }
}

impl Adoption {
    /// Adopts the accounts behind an id that match.
    async fn adopt_all(&self, behind: Uuid, which: Condition, several: &mut Several) -> Result<(), JobError> {
        let mut last = behind;
        loop {
            let found = without_relation(self.room.app().db(), last, which.clone()).await?;
            let Some(newest) = found.last() else { break };
            last = (*newest).into();
            // One that fails undoes what was done with it. Alone, it keeps no other waiting.
            if adopt(&self.room, &found).await.is_err() {
                several.each(found, |id| self.adopt_one(id)).await;
            }
        }
        Ok(())
    }

    async fn adopt_one(&self, id: AccountId) -> Result<(), Refused> {
        adopt(&self.room, &[id]).await
    }
}

/// The accounts of those that have been partners since a moment or less long.
fn of_partners_since(millis: i64) -> Condition {
    let partners = Query::select()
        .column(account::Column::Id)
        .from(account::Entity)
        .and_where(account::Column::PartnerSince.gte(millis))
        .to_owned();
    Condition::all().add(account::Column::ManagedBy.in_subquery(partners))
}

/// The smallest id that is given at a moment: ids are in the order of time (RFC 9562, section 5.7).
fn first_id(millis: i64) -> Uuid {
    let millis = u64::try_from(millis).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
}

/// The first of the accounts behind an id that match, are somebody's and have no active relation.
async fn without_relation(db: &Db, behind: Uuid, which: Condition) -> Result<Vec<AccountId>, DbErr> {
    let relation = Query::select()
        .expr(Expr::value(1))
        .from(customer::Entity)
        .and_where(
            Expr::col((customer::Entity, customer::Column::AccountId))
                .equals((account::Entity, account::Column::Id)),
        )
        .and_where(is_literally(customer::Column::State, StateKind::Active.as_str()))
        .to_owned();
    let ids: Vec<Uuid> = account::Entity::find()
        .filter(account::Column::ManagedBy.is_not_null())
        .filter(which)
        .filter(account::Column::Id.gt(behind))
        .filter(Expr::exists(relation).not())
        .order_by_asc(account::Column::Id)
        .limit(SOME)
        .select_only()
        .column(account::Column::Id)
        .into_tuple()
        .all(db.read())
        .await?;
    Ok(ids.into_iter().map(AccountId).collect())
}

/// Writes the relations, unless another process does or did.
async fn adopt(room: &Customers, accounts: &[AccountId]) -> Result<(), Refused> {
    let mut work = Work::begin(room.app(), Caller::system()).await?;
    for id in accounts {
        // Looked at again, under the lock.
        let Some(account) = lock_account(work.tx(), *id).await? else {
            continue;
        };
        let Some(partner) = account.managed_by else {
            continue;
        };
        if partnership(work.tx(), partner).await? != Partnership::Partner {
            continue;
        }
        if store::active_with(work.tx(), partner, account.id)
            .await?
            .is_some()
        {
            continue;
        }
        give_way(&mut work, partner, &account.root.email).await?;
        record(&mut work, partner, &account).await?;
    }
    Ok(work.commit().await?)
}

async fn record(work: &mut Work, partner: AccountId, account: &Account) -> Result<(), DbErr> {
    let relation = relation(work.new_id(), partner, account);
    store::insert(work.tx(), &relation, None).await?;
    let event = CustomerEvent::Imported {
        email: relation.email.clone(),
        name: relation.name.to_string(),
        role: relation.role.to_string(),
    };
    work.record_change(subject(&relation), &event, Value::Null, standing(&relation))
        .await
        .map(|_| ())
}

/// Active since there is the account, and called as the account is, as far as that fits.
fn relation(id: Uuid, partner: AccountId, account: &Account) -> Customer {
    let name = FriendlyName::parse(account.display_name())
        .or_else(|_| FriendlyName::parse(&account.root.name))
        .unwrap_or_else(|_| FriendlyName::stored(account.root.email.to_string()));
    let new = NewCustomer {
        id: id.into(),
        partner,
        email: account.root.email.clone(),
        name,
        role: Role::default(),
        language: account.root.language,
    };
    Customer::receive(new, account.id, account.created_at)
}
