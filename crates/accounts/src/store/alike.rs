//! Accounts that may be the same company's.

use kernel::tax_code::TaxCode;
use platform::db::is_literally;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, IntoCondition},
};
use uuid::Uuid;

use super::{
    read_account,
    rows::{account, user},
};
use crate::account::{Account, legal_name_key};

/// How many are shown.
const MOST: usize = 20;

/// Other accounts that may be the same company's: the same tax code (a branch counts as its company), legal name, or
/// email domain, unless that is one that anybody can have an address in. Twenty at most, the oldest.
pub async fn look_alikes(db: &impl ConnectionTrait, of: &Account) -> Result<Vec<Account>, DbErr> {
    let mut alikes: Vec<Account> = Vec::new();
    // Each by its own index: no database finds its way through all three at once.
    if let Some(company) = of.enterprise() {
        let name = account::Column::LegalNameKey.eq(legal_name_key(&company.legal_name));
        alikes.extend(some(db, of, name).await?);
        alikes.extend(some(db, of, organisation(&company.tax_code)).await?);
    }
    let domain = of.root.email.domain();
    if !is_public_domain(domain) {
        alikes.extend(some(db, of, user::Column::EmailDomain.eq(domain)).await?);
    }
    alikes.sort_by_key(|account| (account.created_at, account.id));
    alikes.dedup_by_key(|account| account.id);
    alikes.truncate(MOST);
    Ok(alikes)
}

async fn some(
    db: &impl ConnectionTrait,
    of: &Account,
    alike: impl IntoCondition,
) -> Result<Vec<Account>, DbErr> {
    account::Entity::find()
        .find_also_related(user::Entity)
        .filter(is_literally(user::Column::Kind, "root"))
        .filter(account::Column::Id.ne(Uuid::from(of.id)))
        .filter(alike)
        .order_by_asc(account::Column::CreatedAt)
        .limit(MOST as u64)
        .all(db)
        .await?
        .into_iter()
        .filter_map(|(row, root)| Some(read_account(row, root?)))
        .collect()
}

/// The code of the organisation, or of a branch of it. By its first ten characters, as the index has it: no collation
/// is in the way of that.
fn organisation(code: &TaxCode) -> Condition {
    let organisation = code.organisation();
    let code = organisation.as_str();
    let begins: String = code.chars().take(10).collect();
    Condition::all()
        .add(Expr::cust("substr(accounts.tax_code, 1, 10)").eq(begins))
        .add(
            Condition::any()
                .add(account::Column::TaxCode.eq(code))
                .add(account::Column::TaxCode.like(format!("{code}-%"))),
        )
}

/// Whether anybody can have an address in the domain.
#[must_use]
pub fn is_public_domain(domain: &str) -> bool {
    const PUBLIC: [&str; 12] = [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "yahoo.com",
        "yahoo.com.vn",
        "icloud.com",
        "proton.me",
        "protonmail.com",
        "zoho.com",
        "aol.com",
    ];
    PUBLIC.contains(&domain)
}
