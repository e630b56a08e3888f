//! The trail as staff search it: newest first, a slice at a time, at the same speed in a long trail as in a short one.

use std::collections::HashMap;

use async_trait::async_trait;
use jiff::{Timestamp, ToSpan, civil::Date};
use kernel::Language;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::ExprTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{event::row, i18n::L10n, web::Place};

/// How many events a page shows.
pub(super) const PAGE: usize = 50;

/// What people call accounts, cases and each other by: the rooms know.
#[async_trait]
pub trait Directory: Send + Sync {
    /// The accounts, cases and people that `text` (an address, a reference) means.
    async fn things(&self, text: &str) -> Result<Vec<Uuid>, DbErr>;

    /// The people who act under `text` (an address, a name).
    async fn people(&self, text: &str) -> Result<Vec<Uuid>, DbErr>;

    /// The names of those of the ids that are accounts, staff or something sold, in a language.
    async fn names(&self, ids: &[Uuid], language: Language) -> Result<HashMap<Uuid, String>, DbErr>;
}

/// The search as it comes in a query or form. Wrong values are taken as none.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    /// A kind of event.
    pub(super) kind: String,
    /// About which account, case or person.
    pub(super) about: String,
    /// Who acted.
    pub(super) who: String,
    /// The first day.
    pub(super) from: String,
    /// The last day.
    pub(super) to: String,
}

impl Typed {
    /// Without white space around, and no longer than anything that is searched for.
    pub(super) fn tidy(mut self) -> Self {
        for text in [
            &mut self.kind,
            &mut self.about,
            &mut self.who,
            &mut self.from,
            &mut self.to,
        ] {
            *text = text.trim().chars().take(254).collect();
        }
        self
    }

    /// The fields that are set, as they stand in a query.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = [
            ("kind", self.kind.as_str()),
            ("about", self.about.as_str()),
            ("who", self.who.as_str()),
            ("from", self.from.as_str()),
            ("to", self.to.as_str()),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty())
    }

    /// Whether the last day lies before the first: then nothing can be found.
    pub(super) fn is_backwards(&self) -> bool {
        let day = |text: &str| text.parse::<Date>().ok();
        day(&self.from)
            .zip(day(&self.to))
            .is_some_and(|(from, to)| to < from)
    }

    pub(super) fn is_set(&self) -> bool {
        self.pairs().next().is_some()
    }

    /// As the beginning of a query string.
    pub(super) fn query(&self) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(self.pairs())
            .finish();
        if query.is_empty() { query } else { query + "&" }
    }

    /// What it means to the database. Days are days of the provider's time zone.
    pub(super) async fn resolve(&self, l: &L10n, directory: &dyn Directory) -> Result<Search, DbErr> {
        let id = |text: &str| text.parse::<Uuid>().ok();
        let things = match (self.about.as_str(), id(&self.about)) {
            ("", _) => None,
            (_, Some(id)) => Some(vec![id]),
            (text, None) => Some(directory.things(text).await?),
        };
        let people = match (self.who.as_str(), id(&self.who)) {
            ("", _) => None,
            (_, Some(id)) => Some(vec![id]),
            (text, None) => Some(directory.people(text).await?),
        };
        let day = |text: &str| text.parse::<Date>().ok();
        let after = |day: Date| day.checked_add(1.day()).ok();
        Ok(Search {
            kind: (!self.kind.is_empty()).then(|| self.kind.clone()),
            things,
            people,
            from: day(&self.from).and_then(|day| l.midnight(day)),
            until: day(&self.to).and_then(after).and_then(|day| l.midnight(day)),
        })
    }
}

/// Which events.
#[derive(Clone, Debug)]
pub(super) struct Search {
    kind: Option<String>,
    things: Option<Vec<Uuid>>,
    people: Option<Vec<Uuid>>,
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

/// An event's place in the list, which is ordered by time and, within one, by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    at: i64,
    id: Uuid,
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.at, self.id)
    }
}

impl std::str::FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, id) = text.split_once('.').ok_or(())?;
        Ok(Self {
            at: at.parse().map_err(|_| ())?,
            id: id.parse().map_err(|_| ())?,
        })
    }
}

impl Cursor {
    pub(super) fn of(row: &row::Model) -> Self {
        Self {
            at: row.at,
            id: row.id,
        }
    }
}

impl Search {
    fn condition(&self) -> Condition {
        let mut all = Condition::all();
        if let Some(kind) = &self.kind {
            all = all.add(row::Column::Kind.eq(kind));
        }
        if let Some(ids) = &self.things {
            let about = Condition::any()
                .add(row::Column::AccountId.is_in(ids.iter().copied()))
                .add(row::Column::SubjectId.is_in(ids.iter().copied()))
                .add(row::Column::Id.is_in(ids.iter().copied()));
            all = all.add(about);
        }
        if let Some(ids) = &self.people {
            all = all.add(row::Column::ActorId.is_in(ids.iter().copied()));
        }
        if let Some(from) = self.from {
            all = all.add(row::Column::At.gte(from.as_millisecond()));
        }
        if let Some(until) = self.until {
            all = all.add(row::Column::At.lt(until.as_millisecond()));
        }
        all
    }

    /// At most `limit` events from a place on.
    pub(super) async fn events(
        &self,
        db: &impl ConnectionTrait,
        place: Place<Cursor>,
        limit: u64,
    ) -> Result<Vec<row::Model>, DbErr> {
        let query = row::Entity::find().filter(self.condition()).limit(limit);
        // The time alone lets the index begin there.
        let query = match place {
            Place::Newest => query,
            Place::Older(Cursor { at, id }) => {
                let same = row::Column::At.eq(at).and(row::Column::Id.lt(id));
                query
                    .filter(row::Column::At.lte(at))
                    .filter(row::Column::At.lt(at).or(same))
            }
            Place::Newer(Cursor { at, id }) => {
                let same = row::Column::At.eq(at).and(row::Column::Id.gt(id));
                query
                    .filter(row::Column::At.gte(at))
                    .filter(row::Column::At.gt(at).or(same))
            }
        };
        query
            .order_by(row::Column::At, place.order())
            .order_by(row::Column::Id, place.order())
            .all(db)
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, Typed};

    #[test]
    fn a_search_goes_along_to_the_next_page() {
        let typed = Typed {
            about: " lan+a@sao.vn ".to_owned(),
            to: "2026-11-30".to_owned(),
            ..Typed::default()
        };
        assert_eq!(typed.tidy().query(), "about=lan%2Ba%40sao.vn&to=2026-11-30&");
        assert_eq!(Typed::default().query(), "");
    }

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let text = "1790000000000.01234567-89ab-7def-8123-456789abcdef";
        assert_eq!(
            text.parse::<Cursor>().map(|place| place.to_string()),
            Ok(text.to_owned())
        );
        for wrong in ["", ".", "1", "1.x", "x.01234567-89ab-7def-8123-456789abcdef"] {
            assert!(wrong.parse::<Cursor>().is_err(), "{wrong}");
        }
    }
}
