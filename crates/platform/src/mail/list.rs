//! Emails as staff look through them: newest first, by state and recipient, a slice at a time.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::outbox::{State, row};
use crate::{
    db::containing,
    event::time,
    i18n::L10n,
    web::{Place, When},
};

/// How many emails a page shows.
pub(super) const PAGE: usize = 50;

/// Which emails.
pub(crate) struct Filter {
    /// A part of the recipient's address.
    pub(super) recipient: String,
    /// In which state.
    pub(super) state: Option<State>,
}

impl Filter {
    pub(crate) fn new(recipient: &str, state: Option<State>) -> Self {
        // No address is longer; addresses are kept in lower case.
        let recipient = recipient
            .trim()
            .chars()
            .take(254)
            .collect::<String>()
            .to_lowercase();
        Self { recipient, state }
    }

    /// Whether anything is filtered.
    pub(super) fn is_set(&self) -> bool {
        !self.recipient.is_empty() || self.state.is_some()
    }

    /// The name of the state that emails are shown of; empty for all.
    pub(super) fn state_name(&self) -> &'static str {
        self.state.map_or("", State::as_str)
    }

    /// As the beginning of a query string.
    pub(super) fn query(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if !self.recipient.is_empty() {
            query.append_pair("q", &self.recipient);
        }
        if let Some(state) = self.state {
            query.append_pair("state", state.as_str());
        }
        let query = query.finish();
        if query.is_empty() { query } else { query + "&" }
    }

    /// The emails from `place` on, at most `limit`.
    pub(crate) async fn emails(
        &self,
        db: &impl ConnectionTrait,
        place: Place<Uuid>,
        limit: u64,
    ) -> Result<Vec<row::Model>, DbErr> {
        let mut query = row::Entity::find()
            .order_by(row::Column::Id, place.order())
            .limit(limit);
        query = match place {
            Place::Newest => query,
            Place::Older(id) => query.filter(row::Column::Id.lt(id)),
            Place::Newer(id) => query.filter(row::Column::Id.gt(id)),
        };
        if !self.recipient.is_empty() {
            query = query.filter(Expr::col(row::Column::Recipient).like(containing(&self.recipient)));
        }
        if let Some(state) = self.state {
            query = query.filter(row::Column::State.eq(state.as_str()));
        }
        query.all(db).await
    }
}

/// An email as pages show it.
pub(super) struct Listed {
    pub(super) row: row::Model,
    pub(super) state: State,
    pub(super) created: When,
    pub(super) settled: Option<When>,
    /// The next attempt of one that waits.
    pub(super) next: Option<When>,
}

impl Listed {
    pub(super) fn new(l: &L10n, row: row::Model) -> Self {
        let when = |millis: i64| When::new(l, time(millis));
        let state = State::of(&row);
        Self {
            state,
            created: when(row.created_at),
            settled: row.settled_at.map(when),
            next: (state == State::Queued).then(|| when(row.due_at)),
            row,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Filter, State};

    #[test]
    fn the_filter_goes_along_to_the_next_page() {
        assert_eq!(Filter::new("  ", None).query(), "");
        assert_eq!(Filter::new(" Anh+a@Sao.vn", None).query(), "q=anh%2Ba%40sao.vn&");
        assert_eq!(Filter::new("", Some(State::GivenUp)).query(), "state=given_up&");
    }
}
