//! Registrations as the API lists them: the newest first, from any place on.

use jiff::Timestamp;
use kernel::RegistrationId;
use platform::Db;
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::SimpleExpr,
};
use uuid::Uuid;

use super::{
    Holder, read,
    rows::{
        registration::{Column, Entity},
        registration_word,
    },
};
use crate::{
    rules::{Registration, StateKind},
    search,
};

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// In which state.
    pub state: Option<StateKind>,
    /// Whose case.
    pub holder: Option<Holder>,
    /// Whether the applicant was asked and has not answered.
    pub asked: Option<bool>,
    /// Awaiting approval past its deadline at this moment.
    pub late_at: Option<Timestamp>,
    /// Words that its reference, legal name, tax code or email all have, or that theirs begin with (the queue's search).
    pub text: String,
}

impl Listing {
    /// The registrations behind `place`, at most `limit`. Their ids ascend with time, so that a page costs the same
    /// wherever it stands.
    pub async fn after(
        &self,
        db: &Db,
        place: Option<RegistrationId>,
        limit: u64,
    ) -> Result<Vec<Registration>, DbErr> {
        Entity::find()
            .filter(self.condition())
            .filter(Condition::all().add_option(place.map(|place| Column::Id.lt(Uuid::from(place)))))
            .order_by_desc(Column::Id)
            .limit(limit)
            .all(db.read())
            .await?
            .into_iter()
            .map(read)
            .collect()
    }

    fn condition(&self) -> Condition {
        let all = Condition::all()
            .add_option(self.state.map(|state| Column::State.eq(state.as_str())))
            .add_option(self.holder.map(|holder| match holder {
                Holder::Nobody => Column::ReviewerId.is_null(),
                Holder::Staff(staff) => Column::ReviewerId.eq(Uuid::from(staff)),
            }))
            .add_option(self.asked.map(|asked| {
                if asked {
                    Column::Question.is_not_null()
                } else {
                    Column::Question.is_null()
                }
            }))
            .add_option(self.late_at.map(|now| {
                Condition::all()
                    .add(Column::State.eq(StateKind::AwaitingApproval.as_str()))
                    .add(Column::DueAt.lt(now.as_millisecond()))
            }));
        let wanted = search::wanted(&self.text);
        if wanted.is_empty() && !self.text.trim().is_empty() {
            // What has no word in it fits nothing.
            return all.add(Column::Id.is_null());
        }
        wanted.iter().map(|word| have(word)).fold(all, Condition::add)
    }
}

/// That a registration has a word which begins so.
fn have(prefix: &str) -> SimpleExpr {
    let (from, to) = search::range(prefix);
    let having = registration_word::Entity::find()
        .select_only()
        .column(registration_word::Column::RegistrationId)
        .filter(registration_word::Column::Word.gte(from))
        .filter(registration_word::Column::Word.lt(to))
        .into_query();
    Column::Id.in_subquery(having)
}
