//! What happened. One row serves the timeline on the page, the audit trail, and whatever message follows from it.

use jiff::Timestamp;
use kernel::{AccountId, EventId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    actor::{Actor, Area, Capacity, SignedIn},
    db::Db,
};

/// An event of some feature: a tagged enum, written as JSON.
pub trait Event: Serialize {
    /// All kinds of such events, for the catalogue.
    const KINDS: &'static [Kind];

    /// The name of what happened, as `feature.what` in the past tense. Stable: it is public.
    fn kind(&self) -> &'static str;
}

/// Makes an enum an [`Event`]: one line for each variant, with its [`Kind`].
#[macro_export]
macro_rules! event_kinds {
    ($event:ty: $($variant:ident => $kind:expr,)+) => {
        impl $crate::Event for $event {
            const KINDS: &'static [$crate::event::Kind] = &[$($kind),+];

            fn kind(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => const { $kind }.name,)+
                }
            }
        }
    };
}

/// An entry of the catalogue of events: each room exports its own as `EVENTS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// As [`Event::kind`] gives it.
    pub name: &'static str,
    /// Who may see it.
    pub audience: Audience,
}

/// Who may see events of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The account concerned (by the API, by its own webhooks), and staff.
    Account,
    /// The same; of the account's IAM users, those who may look at this area of its work.
    Area(Area),
    /// The root user of the account concerned, its webhooks, and staff.
    Root,
    /// Staff only.
    Staff,
}

impl Kind {
    /// One that the account concerned may see.
    #[must_use]
    pub const fn account(name: &'static str) -> Self {
        Self {
            name,
            audience: Audience::Account,
        }
    }

    /// One that whoever may look at an area of the account's work may see.
    #[must_use]
    pub const fn area(area: Area, name: &'static str) -> Self {
        Self {
            name,
            audience: Audience::Area(area),
        }
    }

    /// One that the root user of the account concerned may see.
    #[must_use]
    pub const fn root(name: &'static str) -> Self {
        Self {
            name,
            audience: Audience::Root,
        }
    }

    /// One that only staff may see.
    #[must_use]
    pub const fn staff(name: &'static str) -> Self {
        Self {
            name,
            audience: Audience::Staff,
        }
    }
}

impl Audience {
    /// Whether somebody may see such events, where they concern the own account.
    #[must_use]
    pub fn includes(self, person: &SignedIn) -> bool {
        match self {
            Self::Staff => person.account().is_none(),
            Self::Account => true,
            Self::Area(area) => person.account().is_none() || person.sees(area),
            Self::Root => !matches!(person.capacity, Capacity::Iam { .. }),
        }
    }
}

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The kind of thing, as in `registration`.
    pub kind: &'static str,
    /// Which one.
    pub id: Uuid,
    /// The account concerned, if one is.
    pub account: Option<AccountId>,
}

/// An event as it was kept.
#[derive(Clone, Debug)]
pub struct Recorded<E> {
    /// Its id; ids ascend with time.
    pub id: EventId,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// From which address.
    pub origin: Option<String>,
    /// What.
    pub event: E,
}

/// The table of events.
pub mod row {
    #![expect(missing_docs, reason = "columns are described in the migration")]
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "events")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub at: i64,
        pub kind: String,
        pub subject: String,
        pub subject_id: Uuid,
        pub account_id: Option<Uuid>,
        pub actor: String,
        pub origin: Option<String>,
        pub data: String,
        pub seq: Option<i64>,
        pub seal: Option<String>,
        pub actor_id: Option<Uuid>,
        pub before: Option<String>,
        pub after: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An event that has its place in the one order of all events. Whatever follows from events reads them in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sealed {
    /// Its place: from 1, without a gap.
    pub seq: i64,
    /// Its id.
    pub id: EventId,
    /// When it happened. Not in the order of `seq`: transactions overlap.
    pub at: Timestamp,
    /// [`Event::kind`].
    pub kind: String,
    /// [`Subject::kind`].
    pub subject: String,
    /// [`Subject::id`].
    pub subject_id: Uuid,
    /// [`Subject::account`].
    pub account_id: Option<AccountId>,
    /// An [`Actor`] as JSON: perhaps one that only a later version knows.
    pub actor: Value,
    /// From which address.
    pub origin: Option<String>,
    /// The [`Event`] as JSON.
    pub data: Value,
}

/// The sealed events behind the place `seq` (0: from the first), at most `limit`, in order.
pub async fn sealed_after(db: &impl ConnectionTrait, seq: i64, limit: u64) -> Result<Vec<Sealed>, DbErr> {
    let rows = row::Entity::find()
        .filter(row::Column::Seq.gt(seq))
        .order_by_asc(row::Column::Seq)
        .limit(limit)
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(Sealed::of).collect())
}

/// The same, of those that concern an account and are of one of these kinds.
pub async fn sealed_for_account(
    db: &impl ConnectionTrait,
    account: AccountId,
    kinds: &[&str],
    seq: i64,
    limit: u64,
) -> Result<Vec<Sealed>, DbErr> {
    let rows = row::Entity::find()
        .filter(row::Column::Seq.gt(seq))
        .filter(row::Column::AccountId.eq(Uuid::from(account)))
        .filter(row::Column::Kind.is_in(kinds.iter().copied()))
        .order_by_asc(row::Column::Seq)
        .limit(limit)
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(Sealed::of).collect())
}

impl Sealed {
    /// The event of a row; none where it is not sealed yet.
    #[must_use]
    pub fn of(row: row::Model) -> Option<Self> {
        // JSON that we did not write stays readable as text.
        let json = |text: String| serde_json::from_str(&text).unwrap_or(Value::String(text));
        Some(Self {
            seq: row.seq?,
            id: EventId(row.id),
            at: time(row.at),
            kind: row.kind,
            subject: row.subject,
            subject_id: row.subject_id,
            account_id: row.account_id.map(AccountId),
            actor: json(row.actor),
            origin: row.origin,
            data: json(row.data),
        })
    }
}

/// The events of one subject, oldest first.
pub async fn history<E: DeserializeOwned>(
    db: &impl ConnectionTrait,
    subject_id: impl Into<Uuid>,
) -> Result<Vec<Recorded<E>>, DbErr> {
    row::Entity::find()
        .filter(row::Column::SubjectId.eq(subject_id.into()))
        .order_by_asc(row::Column::Id)
        .all(db)
        .await?
        .iter()
        .map(recorded)
        .collect()
}

/// How many events there are about a subject: its version, since it grows with every change.
pub async fn count(db: &impl ConnectionTrait, subject_id: Uuid) -> Result<u64, DbErr> {
    row::Entity::find()
        .filter(row::Column::SubjectId.eq(subject_id))
        .count(db)
        .await
}

/// The id of the account's newest event: it changes whenever anything happened to the account.
pub async fn newest(db: &Db, account: AccountId) -> Result<Option<EventId>, DbErr> {
    let id: Option<Uuid> = row::Entity::find()
        .filter(row::Column::AccountId.eq(Uuid::from(account)))
        .order_by_desc(row::Column::Id)
        .select_only()
        .column(row::Column::Id)
        .into_tuple()
        .one(db.read())
        .await?;
    Ok(id.map(EventId))
}

fn recorded<E: DeserializeOwned>(row: &row::Model) -> Result<Recorded<E>, DbErr> {
    let unreadable = |error: serde_json::Error| DbErr::Custom(format!("event {}: {error}", row.id));
    Ok(Recorded {
        id: EventId(row.id),
        at: time(row.at),
        actor: serde_json::from_str(&row.actor).map_err(unreadable)?,
        event: serde_json::from_str(&row.data).map_err(unreadable)?,
        origin: row.origin.clone(),
    })
}

/// A time as the database keeps it: milliseconds since 1970.
#[must_use]
pub fn time(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::MAX)
}
