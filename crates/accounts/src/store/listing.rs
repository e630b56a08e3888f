//! Accounts as the API lists them: the newest first, from any place on.

use kernel::AccountId;
use platform::db::is_literally;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{
    read_account,
    rows::{account, user},
};
use crate::account::{Account, legal_name_key};

/// What to list. Each is looked up in an index.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The root user's address.
    pub email: Option<String>,
    /// The tax code.
    pub tax_code: Option<String>,
    /// The legal name, however it is written.
    pub legal_name: Option<String>,
}

impl Listing {
    /// The accounts behind `place`, at most `limit`. Their ids ascend with time, so that a page costs the same
    /// wherever it stands.
    pub async fn after(
        &self,
        db: &impl ConnectionTrait,
        place: Option<AccountId>,
        limit: u64,
    ) -> Result<Vec<Account>, DbErr> {
        let condition = Condition::all()
            .add(is_literally(user::Column::Kind, "root"))
            .add_option(
                self.email
                    .as_ref()
                    .map(|email| user::Column::Email.eq(email.trim().to_lowercase())),
            )
            .add_option(
                self.tax_code
                    .as_ref()
                    .map(|code| account::Column::TaxCode.eq(code.trim())),
            )
            .add_option(
                self.legal_name
                    .as_ref()
                    .map(|name| account::Column::LegalNameKey.eq(legal_name_key(name))),
            )
            .add_option(place.map(|place| account::Column::Id.lt(Uuid::from(place))));
        account::Entity::find()
            .find_also_related(user::Entity)
            .filter(condition)
            .order_by_desc(account::Column::Id)
            .limit(limit)
            .all(db)
            .await?
            .into_iter()
            .filter_map(|(row, root)| Some(read_account(row, root?)))
            .collect()
    }
}
