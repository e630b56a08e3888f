//! What happened. One row serves the timeline on the page, the audit trail, and whatever message follows from it.

use jiff::Timestamp;
use kernel::{AccountId, EventId};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{actor::Actor, db::Db};

/// An event of some feature: a tagged enum, written as JSON.
pub trait Event: Serialize {
    /// The name of what happened, as `feature.what` in the past tense. Stable: it is public.
    fn kind(&self) -> &'static str;
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
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
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
