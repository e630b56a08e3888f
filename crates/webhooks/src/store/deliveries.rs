//! Deliveries as people look through them, and what endpoints' changes mean for them.

use jiff::Timestamp;
use kernel::{DeliveryId, EndpointId};
use platform::{Db, event::time, web::Place};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};

use super::rows::{attempt, delivery};

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It waits for its (next) attempt.
    Waiting,
    /// Its endpoint is disabled; it goes on when that is enabled.
    Held,
    /// The endpoint took it.
    Delivered,
    /// Not delivered after the last attempt; it may be sent again.
    GivenUp,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Held, Self::Delivered, Self::GivenUp];

    /// The name in the database, in links and in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Held => "held",
            Self::Delivered => "delivered",
            Self::GivenUp => "given_up",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.as_str() == name)
    }

    /// Of a delivery; what no version of ours writes counts as given up, so that people see it.
    #[must_use]
    pub fn of(row: &delivery::Model) -> Self {
        Self::named(&row.state).unwrap_or(Self::GivenUp)
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Delivered | Self::GivenUp)
    }

    /// The message that names it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Waiting => "webhooks-standing-waiting",
            Self::Held => "webhooks-standing-held",
            Self::Delivered => "webhooks-standing-delivered",
            Self::GivenUp => "webhooks-standing-given-up",
        }
    }

    /// The tone in which pages show it.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Waiting => "info",
            Self::Held => "warn",
            Self::Delivered => "good",
            Self::GivenUp => "bad",
        }
    }
}

/// The deliveries of an endpoint from a place on, by the places of their events in the order of all, `limit` at most.
pub async fn list(
    db: &impl ConnectionTrait,
    endpoint: EndpointId,
    standing: Option<Standing>,
    place: Place<i64>,
    limit: u64,
) -> Result<Vec<delivery::Model>, DbErr> {
    let mut query = delivery::Entity::find()
        .filter(delivery::Column::EndpointId.eq(endpoint.0))
        .order_by(delivery::Column::Seq, place.order())
        .limit(limit);
    if let Some(standing) = standing {
        query = query.filter(delivery::Column::State.eq(standing.as_str()));
    }
    query = match place {
        Place::Newest => query,
        Place::Older(seq) => query.filter(delivery::Column::Seq.lt(seq)),
        Place::Newer(seq) => query.filter(delivery::Column::Seq.gt(seq)),
    };
    query.all(db).await
}

/// The delivery of that id to that endpoint.
pub async fn find(
    db: &impl ConnectionTrait,
    endpoint: EndpointId,
    id: DeliveryId,
) -> Result<Option<delivery::Model>, DbErr> {
    of_endpoint(endpoint, id).one(db).await
}

/// Selects the delivery of that id to that endpoint.
pub(crate) fn of_endpoint(endpoint: EndpointId, id: DeliveryId) -> Select<delivery::Entity> {
    delivery::Entity::find_by_id(id.0).filter(delivery::Column::EndpointId.eq(endpoint.0))
}

/// The attempts of a delivery, newest first; the last fifty, since sending again by hand has no end.
pub async fn attempts(db: &impl ConnectionTrait, of: DeliveryId) -> Result<Vec<attempt::Model>, DbErr> {
    attempt::Entity::find()
        .filter(attempt::Column::DeliveryId.eq(of.0))
        .order_by_desc(attempt::Column::Id)
        .limit(50)
        .all(db)
        .await
}

/// Keeps what waits for an endpoint that is now disabled.
pub async fn hold(tx: &impl ConnectionTrait, endpoint: EndpointId) -> Result<(), DbErr> {
    delivery::Entity::update_many()
        .col_expr(delivery::Column::State, Standing::Held.as_str().into())
        .filter(delivery::Column::EndpointId.eq(endpoint.0))
        .filter(delivery::Column::State.eq(Standing::Waiting.as_str()))
        .exec(tx)
        .await
        .map(|_| ())
}

/// Lets what is held, or waits, for an endpoint go at once, from the first attempt.
pub async fn start_anew(
    tx: &impl ConnectionTrait,
    endpoint: EndpointId,
    what: Standing,
    now: Timestamp,
) -> Result<(), DbErr> {
    delivery::Entity::update_many()
        .col_expr(delivery::Column::State, Standing::Waiting.as_str().into())
        .col_expr(delivery::Column::DueAt, now.as_millisecond().into())
        .col_expr(delivery::Column::Tries, 0.into())
        .filter(delivery::Column::EndpointId.eq(endpoint.0))
        .filter(delivery::Column::State.eq(what.as_str()))
        .exec(tx)
        .await
        .map(|_| ())
}

/// How far delivery is behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lag {
    /// How many deliveries wait.
    pub waiting: u64,
    /// When the next of them is, or was, due. A time that is past and grows older means that delivery does not keep
    /// up, or does not run.
    pub oldest_due: Option<Timestamp>,
}

/// How far delivery is behind: for `/metrics`.
pub async fn lag(db: &Db) -> Result<Lag, DbErr> {
    let waiting = || delivery::Entity::find().filter(delivery::Column::State.eq(Standing::Waiting.as_str()));
    let oldest: Option<i64> = waiting()
        .select_only()
        .column(delivery::Column::DueAt)
        .order_by_asc(delivery::Column::DueAt)
        .into_tuple()
        .one(db.read())
        .await?;
    Ok(Lag {
        waiting: waiting().count(db.read()).await?,
        oldest_due: oldest.map(time),
    })
}
