//! Registrations as the API lists them: the newest first, from any place on.

use kernel::RegistrationId;
use platform::Db;
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::LikeExpr,
};
use uuid::Uuid;

use super::{
    Holder, read,
    rows::registration::{Column, Entity},
};
use crate::rules::{Registration, StateKind};

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// In which state.
    pub state: Option<StateKind>,
    /// Whose case.
    pub holder: Option<Holder>,
    /// Whether the applicant was asked and has not answered.
    pub asked: Option<bool>,
    /// Words that all occur in the reference, legal name, tax code or email.
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
        let words = self.text.split_whitespace().take(8).map(|word| {
            let literal = word
                .to_lowercase()
                .replace('\\', "\\\\")
                .replace('%', "\\%")
                .replace('_', "\\_");
            Column::SearchKey.like(LikeExpr::new(format!("%{literal}%")).escape('\\'))
        });
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
            }));
        words.fold(all, Condition::add)
    }
}
