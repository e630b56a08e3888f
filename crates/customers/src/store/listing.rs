//! Lists of relations: searched, filtered, from any place on.
//!
//! Pages begin where the last one ended (a [`Place`]), so that what is added meanwhile moves nothing from one page to the
//! next.

use std::{fmt, str::FromStr};

use kernel::{AccountId, CustomerId};
use platform::Db;
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};
use uuid::Uuid;

use super::{
    read,
    rows::customer::{Column, Entity},
};
use crate::rules::{Customer, StateKind};

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// By the partner's name for it.
    Name,
    /// What staff are to decide soonest first. For those that await approval only.
    Due,
}

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// Of this partner only.
    pub partner: Option<AccountId>,
    /// In this state only.
    pub state: Option<StateKind>,
    /// Beginnings of words that all occur in name or address; diacritics do not matter.
    pub text: String,
    /// In which order.
    pub order: Order,
}

/// Where a relation stands in a list. Written and read as text: opaque to whoever passes it on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the order of [`Order::Newest`].
    Newest(CustomerId),
    /// In the order of [`Order::Name`].
    Name(Vec<u8>, CustomerId),
    /// In the order of [`Order::Due`], in milliseconds.
    Due(i64, CustomerId),
}

/// Not a [`Place`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no place in the list is called so")]
pub struct UnknownPlace;

impl Listing {
    /// The relations behind `place`, at most `limit`. A place in another order is none.
    pub async fn after(&self, db: &Db, place: Option<&Place>, limit: u64) -> Result<Vec<Customer>, DbErr> {
        let mut found = Entity::find().filter(self.condition());
        if let Some(place) = place {
            found = found.filter(place.beyond());
        }
        let found = match self.order {
            Order::Newest => found.order_by_desc(Column::Id),
            Order::Name => found.order_by_asc(Column::NameKey).order_by_asc(Column::Id),
            Order::Due => found.order_by_asc(Column::DueAt).order_by_asc(Column::Id),
        };
        found
            .limit(limit)
            .all(db.read())
            .await?
            .into_iter()
            .map(read)
            .collect()
    }

    /// The place of a relation in this list.
    #[must_use]
    pub fn place(&self, of: &Customer) -> Place {
        match self.order {
            Order::Newest => Place::Newest(of.id),
            Order::Name => Place::Name(registration::search::fold(of.name.as_str()).into_bytes(), of.id),
            Order::Due => {
                let due = of.deadline().and_then(kernel::calendar::Deadline::due);
                Place::Due(due.map_or(0, jiff::Timestamp::as_millisecond), of.id)
            }
        }
    }

    fn condition(&self) -> Condition {
        let all = Condition::all()
            .add_option(
                self.partner
                    .map(|partner| Column::PartnerId.eq(Uuid::from(partner))),
            )
            .add_option(self.state.map(|state| Column::State.eq(state.as_str())));
        let wanted = registration::search::wanted(&self.text);
        if wanted.is_empty() && !self.text.trim().is_empty() {
            // What has no word in it fits nothing.
            return all.add(Column::Id.is_null());
        }
        // Words are letters and digits, so that none holds a wildcard.
        let has = |word: &String| Column::SearchKey.like(format!("% {word}%"));
        wanted.iter().map(has).fold(all, Condition::add)
    }
}

impl Place {
    fn beyond(&self) -> SimpleExpr {
        let behind = |id: &CustomerId| Column::Id.gt(Uuid::from(*id));
        match self {
            Self::Newest(id) => Column::Id.lt(Uuid::from(*id)),
            Self::Name(name, id) => Column::NameKey
                .gt(name.clone())
                .or(Column::NameKey.eq(name.clone()).and(behind(id))),
            Self::Due(due, id) => Column::DueAt
                .gt(*due)
                .or(Expr::col(Column::DueAt).eq(*due).and(behind(id))),
        }
    }

    /// Whether it is one of a list in that order.
    #[must_use]
    pub fn fits(&self, order: Order) -> bool {
        matches!(
            (self, order),
            (Self::Newest(_), Order::Newest) | (Self::Name(..), Order::Name) | (Self::Due(..), Order::Due)
        )
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let simple = |id: &CustomerId| Uuid::from(*id).simple();
        match self {
            Self::Newest(id) => write!(f, "{}", simple(id)),
            Self::Due(due, id) => write!(f, "{due}.{}", simple(id)),
            Self::Name(name, id) => write!(f, "n{}.{}", hex::encode(name), simple(id)),
        }
    }
}

impl FromStr for Place {
    type Err = UnknownPlace;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let id = |text: &str| text.parse().map_err(|_| UnknownPlace);
        match text.split_once('.') {
            None => Ok(Self::Newest(id(text)?)),
            Some((first, rest)) => match first.strip_prefix('n') {
                Some(name) => Ok(Self::Name(
                    hex::decode(name).map_err(|_| UnknownPlace)?,
                    id(rest)?,
                )),
                None => Ok(Self::Due(first.parse().map_err(|_| UnknownPlace)?, id(rest)?)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, UnknownPlace};

    #[test]
    fn a_place_is_read_as_it_is_written() {
        let id = "019ab00000007000800000000000ab12";
        for text in [
            id.to_owned(),
            format!("1795440000000.{id}"),
            format!("n6cc3a2.{id}"),
            format!("n.{id}"),
        ] {
            let place: Place = text.parse().unwrap();
            assert_eq!(place.to_string(), text);
        }
        for wrong in [
            "",
            ".",
            "1",
            "n6.019ab00000007000800000000000ab12",
            "x.019ab00000007000800000000000ab12",
        ] {
            assert_eq!(wrong.parse::<Place>(), Err(UnknownPlace), "{wrong}");
        }
    }
}
