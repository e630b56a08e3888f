//! The tables of accounts and people.

mod alike;
mod change;
pub mod link;
pub mod listing;
mod many;
mod member;
mod new;
pub mod rows;
pub mod sign_up;

pub use alike::{is_public_domain, look_alikes};
pub use change::{
    NewIam, NewStaff, insert_iam, insert_staff, set_class, set_managed_by, set_phone, set_standing,
    set_user_profile, set_verified,
};
pub use many::{accounts, hold_managers};
pub use member::{addresses, staff_member};
pub use new::{any_account, root_row, row};

use jiff::Timestamp;
use kernel::{
    AccountId, EmailAddress, Language, SessionId, StaffId, UserId,
    tax_code::{Country, TaxCode},
};
use platform::{
    Grants, Partnership, Permission, SignedIn,
    actor::Capacity,
    db::{corrupt, is_literally},
    event::time,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, sea_query::LockType,
};
use uuid::Uuid;

use crate::{
    account::{Account, Class, Enterprise, PaymentMode, RootUser, Standing, legal_name_key},
    password::PasswordHash,
    person::Person,
};
use rows::{account, staff, user};

/// The account, with its root user.
pub async fn account(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<Account>, DbErr> {
    let row = account::Entity::find_by_id(Uuid::from(id)).one(db).await?;
    with_root(db, row).await
}

/// The account, locked until the transaction ends: for whoever decides on it. Who locks several locks them in the order of
/// their ids. On PostgreSQL, rows that only refer to the account may still be written: whoever does holds what else whoever
/// locked it may wait for.
pub async fn lock_account(tx: &impl ConnectionTrait, id: AccountId) -> Result<Option<Account>, DbErr> {
    let row = account::Entity::find_by_id(Uuid::from(id))
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?;
    with_root(tx, row).await
}

/// Whether accounts are somebody's customers, also where that one is no partner (yet).
pub async fn manages_others(db: &impl ConnectionTrait, id: AccountId) -> Result<bool, DbErr> {
    account::Entity::find()
        .filter(account::Column::ManagedBy.eq(Uuid::from(id)))
        .select_only()
        .column(account::Column::Id)
        .into_tuple::<Uuid>()
        .one(db)
        .await
        .map(|found| found.is_some())
}

async fn with_root(db: &impl ConnectionTrait, row: Option<account::Model>) -> Result<Option<Account>, DbErr> {
    let Some(row) = row else { return Ok(None) };
    let root = user::Entity::find()
        .filter(user::Column::AccountId.eq(row.id))
        .filter(is_literally(user::Column::Kind, "root"))
        .one(db)
        .await?
        .ok_or_else(|| corrupt("account", row.id, "has no root user"))?;
    read_account(row, root).map(Some)
}

/// A new account with its root user.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Its id.
    pub id: AccountId,
    /// Its root user's id.
    pub root: UserId,
    /// Its class.
    pub class: Class,
    /// Its telephone number.
    pub phone: String,
    /// How it pays.
    pub payment_mode: PaymentMode,
    /// The root user's address.
    pub email: EmailAddress,
    /// The root user's name.
    pub name: String,
    /// The root user's language.
    pub language: Language,
    /// The root user's password; none for an imported account.
    pub password: Option<PasswordHash>,
    /// When the address was verified.
    pub email_verified_at: Option<Timestamp>,
    /// When the account came to be.
    pub created_at: Timestamp,
}

/// Writes a new account. Fails on the unique index where the address is taken.
pub async fn insert(tx: &impl ConnectionTrait, new: &NewAccount) -> Result<(), DbErr> {
    let company = match &new.class {
        Class::Enterprise(company) => Some(company),
        Class::Individual => None,
    };
    account::ActiveModel {
        id: Set(new.id.into()),
        class: Set(new.class.as_str().to_owned()),
        legal_name: Set(company.map(|company| company.legal_name.clone())),
        legal_name_key: Set(company.map(|company| legal_name_key(&company.legal_name))),
        country: Set(company.map(|company| company.tax_code.country().code().to_owned())),
        tax_code: Set(company.map(|company| company.tax_code.as_str().to_owned())),
        phone: Set(new.phone.clone()),
        payment_mode: Set(new.payment_mode.as_str().to_owned()),
        uses_services: Set(false),
        enjoys_discount: Set(false),
        in_poc: Set(false),
        managed_by: Set(None),
        created_at: Set(new.created_at.as_millisecond()),
        partner_since: Set(None),
    }
    .insert(tx)
    .await?;
    user::ActiveModel {
        id: Set(new.root.into()),
        account_id: Set(new.id.into()),
        kind: Set("root".to_owned()),
        email: Set(new.email.to_string()),
        email_domain: Set(new.email.domain().to_owned()),
        user_name: Set(None),
        name: Set(new.name.clone()),
        password_hash: Set(new.password.as_ref().map(|hash| hash.as_str().to_owned())),
        language: Set(new.language.tag().to_owned()),
        email_verified_at: Set(new.email_verified_at.map(Timestamp::as_millisecond)),
        created_at: Set(new.created_at.as_millisecond()),
        grants: Set(String::new()),
    }
    .insert(tx)
    .await
    .map(|_| ())
}

/// The root user with an address.
pub async fn find_root(db: &impl ConnectionTrait, email: &EmailAddress) -> Result<Option<Person>, DbErr> {
    let row = user::Entity::find()
        .filter(is_literally(user::Column::Kind, "root"))
        .filter(user::Column::Email.eq(email.as_str()))
        .one(db)
        .await?;
    row.map(read_user).transpose()
}

/// The IAM user of the account whose root user has the address.
pub async fn find_iam(
    db: &impl ConnectionTrait,
    root: &EmailAddress,
    user_name: &str,
) -> Result<Option<Person>, DbErr> {
    let Some(root) = find_root(db, root).await? else {
        return Ok(None);
    };
    let Capacity::Root { account, .. } = root.capacity else {
        return Ok(None);
    };
    let row = user::Entity::find()
        .filter(is_literally(user::Column::Kind, "iam"))
        .filter(user::Column::AccountId.eq(Uuid::from(account)))
        .filter(user::Column::UserName.eq(user_name))
        .one(db)
        .await?;
    row.map(read_user).transpose()
}

/// One of the staff, by address.
pub async fn find_staff(db: &impl ConnectionTrait, email: &EmailAddress) -> Result<Option<Person>, DbErr> {
    let row = staff::Entity::find()
        .filter(staff::Column::Email.eq(email.as_str()))
        .filter(staff::Column::RemovedAt.is_null())
        .one(db)
        .await?;
    row.map(read_staff).transpose()
}

/// Whoever has the id (see [`Person::id`]) and has not been removed.
pub async fn find_person(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Person>, DbErr> {
    let user = user::Entity::find_by_id(id).filter(user::Column::Kind.ne("removed"));
    if let Some(row) = user.one(db).await? {
        return read_user(row).map(Some);
    }
    staff::Entity::find_by_id(id)
        .filter(staff::Column::RemovedAt.is_null())
        .one(db)
        .await?
        .map(read_staff)
        .transpose()
}

/// Whoever has the id, as signed in by `session`.
pub async fn signed_in(
    db: &impl ConnectionTrait,
    session: SessionId,
    person: Person,
) -> Result<SignedIn, DbErr> {
    let partnership = match person.capacity {
        Capacity::Root { account, .. } | Capacity::Iam { account, .. } => partnership(db, account).await?,
        Capacity::Staff { .. } => Partnership::None,
    };
    Ok(SignedIn {
        session,
        name: person.name,
        email: person.email,
        language: person.language,
        capacity: person.capacity,
        partnership,
    })
}

/// What an account is in the partner programme.
pub async fn partnership(db: &impl ConnectionTrait, account: AccountId) -> Result<Partnership, DbErr> {
    let found: Option<(Option<i64>, Option<Uuid>)> = account::Entity::find_by_id(Uuid::from(account))
        .select_only()
        .columns([account::Column::PartnerSince, account::Column::ManagedBy])
        .into_tuple()
        .one(db)
        .await?;
    Ok(match found {
        Some((Some(_), _)) => Partnership::Partner,
        Some((None, Some(partner))) => Partnership::CustomerOf(AccountId(partner)),
        Some((None, None)) | None => Partnership::None,
    })
}

/// The names of all staff by id, also of those who were removed: what they did keeps its name.
pub async fn staff_names(db: &impl ConnectionTrait) -> Result<Vec<(StaffId, String)>, DbErr> {
    let rows: Vec<(Uuid, String)> = staff::Entity::find()
        .select_only()
        .columns([staff::Column::Id, staff::Column::Name])
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, name)| (StaffId(id), name)).collect())
}

/// All staff, by name.
pub async fn all_staff(db: &impl ConnectionTrait) -> Result<Vec<Person>, DbErr> {
    let rows = staff::Entity::find()
        .filter(staff::Column::RemovedAt.is_null())
        .order_by_asc(staff::Column::Name)
        .all(db)
        .await?;
    rows.into_iter().map(read_staff).collect()
}

/// The staff who have a permission, by name.
pub async fn staff_who(db: &impl ConnectionTrait, may: Permission) -> Result<Vec<Person>, DbErr> {
    let mut all = all_staff(db).await?;
    all.retain(|person| matches!(person.capacity, Capacity::Staff { role, .. } if role.may(may)));
    Ok(all)
}

/// Sets somebody's password.
pub async fn set_password(tx: &impl ConnectionTrait, person: Uuid, hash: &PasswordHash) -> Result<(), DbErr> {
    let hash = Some(hash.as_str().to_owned());
    let changed = user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, hash.clone().into())
        .filter(user::Column::Id.eq(person))
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 {
        staff::Entity::update_many()
            .col_expr(staff::Column::PasswordHash, hash.into())
            .filter(staff::Column::Id.eq(person))
            .exec(tx)
            .await?;
    }
    Ok(())
}

fn read_account(row: account::Model, root: user::Model) -> Result<Account, DbErr> {
    let class = match (row.class.as_str(), row.legal_name, row.country, row.tax_code) {
        ("enterprise", Some(legal_name), Some(country), Some(code)) => {
            let country: Country = country
                .parse()
                .map_err(|error| corrupt("account", row.id, error))?;
            let tax_code =
                TaxCode::parse(country, &code).map_err(|error| corrupt("account", row.id, error))?;
            Class::Enterprise(Enterprise { legal_name, tax_code })
        }
        _ => Class::Individual,
    };
    Ok(Account {
        id: AccountId(row.id),
        class,
        phone: row.phone,
        standing: Standing {
            payment_mode: if row.payment_mode == "postpaid" {
                PaymentMode::Postpaid
            } else {
                PaymentMode::Prepaid
            },
            uses_services: row.uses_services,
            enjoys_discount: row.enjoys_discount,
            in_poc: row.in_poc,
        },
        managed_by: row.managed_by.map(AccountId),
        partner_since: row.partner_since.map(time),
        root: RootUser {
            id: UserId(root.id),
            email: root
                .email
                .parse()
                .map_err(|error| corrupt("user", root.id, error))?,
            name: root.name,
            language: root.language.parse().unwrap_or_default(),
            email_verified_at: root.email_verified_at.map(time),
        },
        created_at: time(row.created_at),
    })
}

fn read_user(row: user::Model) -> Result<Person, DbErr> {
    let (user, account) = (UserId(row.id), AccountId(row.account_id));
    Ok(Person {
        capacity: if row.kind == "root" {
            Capacity::Root { user, account }
        } else {
            let grants = Grants::from(row.grants.as_str());
            Capacity::Iam {
                user,
                account,
                grants,
            }
        },
        name: row.name,
        email: row
            .email
            .parse()
            .map_err(|error| corrupt("user", row.id, error))?,
        language: row.language.parse().unwrap_or_default(),
        password: row.password_hash.map(PasswordHash::stored),
    })
}

fn read_staff(row: staff::Model) -> Result<Person, DbErr> {
    let role = row
        .role
        .parse()
        .map_err(|error| corrupt("staff", row.id, error))?;
    Ok(Person {
        capacity: Capacity::Staff {
            staff: StaffId(row.id),
            role,
        },
        name: row.name,
        email: row
            .email
            .parse()
            .map_err(|error| corrupt("staff", row.id, error))?,
        language: row.language.parse().unwrap_or_default(),
        password: row.password_hash.map(PasswordHash::stored),
    })
}
