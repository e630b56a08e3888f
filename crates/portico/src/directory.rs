//! What staff call accounts, cases and people by, for the search of the audit trail.

use std::collections::HashMap;

use ::registration::store::{PAGE, Search, rows::registration, search};
use accounts::{
    account::legal_name_key,
    store::rows::{account, staff, user},
};
use async_trait::async_trait;
use catalogue::store::rows::{group, product};
use credit::rules::Reference;
use customers::store::rows::customer;
use kernel::{EmailAddress, Language};
use platform::{
    App, audit,
    db::{containing, is_literally},
};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Func},
};
use uuid::Uuid;

/// The rooms' tables, asked together.
pub(crate) struct Directory(pub(crate) App);

impl Directory {
    /// The account whose root user signs in with an address.
    async fn account(&self, email: &EmailAddress) -> Result<Option<Uuid>, DbErr> {
        user::Entity::find()
            .filter(is_literally(user::Column::Kind, "root"))
            .filter(user::Column::Email.eq(email.as_str()))
            .select_only()
            .column(user::Column::AccountId)
            .into_tuple()
            .one(self.0.db().read())
            .await
    }

    /// The relations of partners with a customer of an address, whether it has an account or not.
    async fn customers(&self, text: &str) -> Result<Vec<Uuid>, DbErr> {
        let Ok(email) = text.parse::<EmailAddress>() else {
            return Ok(Vec::new());
        };
        customer::Entity::find()
            .filter(customer::Column::Email.eq(email.as_str()))
            .select_only()
            .column(customer::Column::Id)
            .into_tuple()
            .all(self.0.db().read())
            .await
    }

    /// Accounts and applications of companies: of any account by the beginning of its legal name, of partners and
    /// applicants by words of it; as many as stand on a page.
    async fn companies(&self, text: &str) -> Result<Vec<Uuid>, DbErr> {
        let (db, key) = (self.0.db(), legal_name_key(text));
        if key.is_empty() || text.contains('@') {
            return Ok(Vec::new());
        }
        // From the name on in the index, in whatever order the database keeps it: a pattern would read all accounts.
        let named: Vec<(Uuid, String)> = account::Entity::find()
            .filter(account::Column::LegalNameKey.gte(key.as_str()))
            .order_by_asc(account::Column::LegalNameKey)
            .select_only()
            .columns([account::Column::Id, account::Column::LegalNameKey])
            .limit(PAGE)
            .into_tuple()
            .all(db.read())
            .await?;
        let begins = named.into_iter().filter(|(_, name)| name.starts_with(&key));
        let mut found: Vec<Uuid> = begins.map(|(id, _)| id).collect();
        let by_words = Search {
            text: text.to_owned(),
            ..Search::default()
        };
        let applications = search(db, &by_words).await?.registrations;
        found.extend(
            applications
                .into_iter()
                .flat_map(|of| [Uuid::from(of.account), Uuid::from(of.id)]),
        );
        Ok(found)
    }

    /// The deposits whose payment has a reference, written in any way.
    async fn payments(&self, text: &str) -> Result<Vec<Uuid>, DbErr> {
        let Ok(reference) = Reference::parse(text) else {
            return Ok(Vec::new());
        };
        credit::store::deposits::with_reference(self.0.db().read(), &reference).await
    }

    /// The names of products and of their groups.
    async fn sold(&self, ids: &[Uuid], language: Language) -> Result<HashMap<Uuid, String>, DbErr> {
        let db = self.0.db().read();
        let (product_name, group_name) = match language {
            Language::English => (product::Column::NameEn, group::Column::NameEn),
            Language::Vietnamese => (product::Column::NameVi, group::Column::NameVi),
        };
        let mut sold: Vec<(Uuid, String)> = product::Entity::find()
            .filter(product::Column::Id.is_in(ids.iter().copied()))
            .select_only()
            .columns([product::Column::Id, product_name])
            .into_tuple()
            .all(db)
            .await?;
        let groups: Vec<(Uuid, String)> = group::Entity::find()
            .filter(group::Column::Id.is_in(ids.iter().copied()))
            .select_only()
            .columns([group::Column::Id, group_name])
            .into_tuple()
            .all(db)
            .await?;
        sold.extend(groups);
        Ok(sold.into_iter().collect())
    }

    /// Staff by address or a part of the name, also those who were removed.
    async fn staff(&self, text: &str) -> Result<Vec<Uuid>, DbErr> {
        let plain = text.to_lowercase();
        let name = Expr::expr(Func::lower(Expr::col(staff::Column::Name)));
        staff::Entity::find()
            .filter(name.like(containing(&plain)).or(staff::Column::Email.eq(plain)))
            .select_only()
            .column(staff::Column::Id)
            .into_tuple()
            .all(self.0.db().read())
            .await
    }
}

#[async_trait]
impl audit::Directory for Directory {
    async fn things(&self, text: &str) -> Result<Vec<Uuid>, DbErr> {
        let mut found = self.staff(text).await?;
        if let Ok(email) = text.parse() {
            found.extend(self.account(&email).await?);
        }
        let cases: Vec<Uuid> = registration::Entity::find()
            .filter(registration::Column::Reference.eq(text.to_uppercase()))
            .select_only()
            .column(registration::Column::Id)
            .into_tuple()
            .all(self.0.db().read())
            .await?;
        if cases.is_empty() {
            found.extend(self.companies(text).await?);
        }
        found.extend(cases);
        found.extend(self.customers(text).await?);
        found.extend(self.payments(text).await?);
        Ok(found)
    }

    async fn people(&self, text: &str) -> Result<Vec<Uuid>, DbErr> {
        let mut found = self.staff(text).await?;
        let account = match text.parse() {
            Ok(email) => self.account(&email).await?,
            Err(_) => None,
        };
        if let Some(account) = account {
            // IAM users sign in with the root user's address as well.
            let users: Vec<Uuid> = user::Entity::find()
                .filter(user::Column::AccountId.eq(account))
                .select_only()
                .column(user::Column::Id)
                .into_tuple()
                .all(self.0.db().read())
                .await?;
            found.extend(users);
        }
        Ok(found)
    }

    async fn names(&self, ids: &[Uuid], language: Language) -> Result<HashMap<Uuid, String>, DbErr> {
        let db = self.0.db().read();
        let mut names = self.sold(ids, language).await?;
        let ids = || ids.iter().copied();
        let roots: Vec<(Uuid, String)> = user::Entity::find()
            .filter(user::Column::AccountId.is_in(ids()))
            .filter(is_literally(user::Column::Kind, "root"))
            .select_only()
            .columns([user::Column::AccountId, user::Column::Name])
            .into_tuple()
            .all(db)
            .await?;
        let companies: Vec<(Uuid, Option<String>)> = account::Entity::find()
            .filter(account::Column::Id.is_in(ids()))
            .select_only()
            .columns([account::Column::Id, account::Column::LegalName])
            .into_tuple()
            .all(db)
            .await?;
        let staff: Vec<(Uuid, String)> = staff::Entity::find()
            .filter(staff::Column::Id.is_in(ids()))
            .select_only()
            .columns([staff::Column::Id, staff::Column::Name])
            .into_tuple()
            .all(db)
            .await?;
        let companies = companies.into_iter().filter_map(|(id, name)| Some((id, name?)));
        // A company's name stands before its root user's.
        names.extend(roots.into_iter().chain(companies).chain(staff));
        Ok(names)
    }
}
