//! The table of customer discounts.

pub mod rows;

use jiff::{Timestamp, civil::Date};
use kernel::{AccountId, CustomerDiscountId, GroupId, Percent, ProductId};
use platform::{db::corrupt, due::Due, event::time};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::rules::{CustomerDiscount, End, Period};
use crate::price::{CustomerTerm, Target};
use rows::{Column, Entity};

/// One discount of a partner.
pub async fn find(
    db: &impl ConnectionTrait,
    partner: AccountId,
    id: CustomerDiscountId,
) -> Result<Option<CustomerDiscount>, DbErr> {
    Entity::find_by_id(Uuid::from(id))
        .filter(Column::PartnerId.eq(Uuid::from(partner)))
        .one(db)
        .await?
        .map(|row| read(&row))
        .transpose()
}

/// Anybody's discount.
pub async fn any(
    db: &impl ConnectionTrait,
    id: CustomerDiscountId,
) -> Result<Option<CustomerDiscount>, DbErr> {
    let row = Entity::find_by_id(Uuid::from(id)).one(db).await?;
    row.map(|row| read(&row)).transpose()
}

/// All that one partner ever granted a customer, the newest first.
pub async fn of_customer(
    db: &impl ConnectionTrait,
    customer: AccountId,
    by: AccountId,
) -> Result<Vec<CustomerDiscount>, DbErr> {
    Entity::find()
        .filter(Column::CustomerId.eq(Uuid::from(customer)))
        .filter(Column::PartnerId.eq(Uuid::from(by)))
        .order_by_desc(Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(|row| read(&row))
        .collect()
}

/// What takes something off a customer's prices, at any time, by one partner.
pub async fn terms(
    db: &impl ConnectionTrait,
    customer: AccountId,
    by: AccountId,
) -> Result<Vec<CustomerTerm>, DbErr> {
    let all = of_customer(db, customer, by).await?;
    Ok(all.iter().filter_map(CustomerDiscount::term).collect())
}

/// What a partner grants now or will, the first to begin first.
pub async fn standing(
    db: &impl ConnectionTrait,
    partner: AccountId,
    now: Timestamp,
) -> Result<Vec<CustomerDiscount>, DbErr> {
    Entity::find()
        .filter(Column::PartnerId.eq(Uuid::from(partner)))
        .filter(Column::UntilAt.gt(now.as_millisecond()))
        .filter(Column::WithdrawnAt.is_null())
        .order_by_asc(Column::FromAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(|row| read(&row))
        .collect()
}

/// What a list in the API shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Listing {
    /// Whose.
    pub partner: Option<AccountId>,
    /// For whom.
    pub customer: Option<AccountId>,
}

impl Listing {
    /// At most `limit` of them, the newest first, behind `after`.
    pub async fn after(
        self,
        db: &impl ConnectionTrait,
        after: Option<CustomerDiscountId>,
        limit: u64,
    ) -> Result<Vec<CustomerDiscount>, DbErr> {
        let partner = self.partner.map(|id| Column::PartnerId.eq(Uuid::from(id)));
        let customer = self.customer.map(|id| Column::CustomerId.eq(Uuid::from(id)));
        let behind = after.map(|id| Column::Id.lt(Uuid::from(id)));
        Entity::find()
            .filter(
                Condition::all()
                    .add_option(partner)
                    .add_option(customer)
                    .add_option(behind),
            )
            .order_by_desc(Column::Id)
            .limit(limit)
            .all(db)
            .await?
            .into_iter()
            .map(|row| read(&row))
            .collect()
    }
}

/// Writes a new discount. Fails on a unique index where the customer has one on the same thing from the same day.
pub async fn insert(tx: &impl ConnectionTrait, new: &CustomerDiscount) -> Result<(), DbErr> {
    let (group, product) = match new.on {
        Target::Group(id) => (Some(id.into()), None),
        Target::Product(id) => (None, Some(id.into())),
    };
    let mut row = end_columns(new);
    row.id = Set(new.id.into());
    row.partner_id = Set(new.partner.into());
    row.customer_id = Set(new.customer.into());
    row.group_id = Set(group);
    row.product_id = Set(product);
    row.percent = Set(new.percent.hundredths().into());
    row.first_day = Set(new.period.first().to_string());
    row.from_at = Set(new.from.as_millisecond());
    row.granted_at = Set(new.granted_at.as_millisecond());
    Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// Writes how a discount ends.
pub async fn update(tx: &impl ConnectionTrait, changed: &CustomerDiscount) -> Result<(), DbErr> {
    end_columns(changed).update(tx).await.map(|_| ())
}

fn end_columns(of: &CustomerDiscount) -> rows::ActiveModel {
    let millis = Timestamp::as_millisecond;
    let (withdrawn, ended, how) = match of.end {
        End::Planned => (None, None, None),
        End::Withdrawn { at } => (Some(millis(at)), None, None),
        End::Early { at } => (None, Some(millis(at)), Some(EARLY)),
        End::Severed { at } => (None, Some(millis(at)), Some(SEVERED)),
    };
    rows::ActiveModel {
        id: Unchanged(of.id.into()),
        last_day: Set(of.period.last().to_string()),
        until_at: Set(millis(of.until)),
        withdrawn_at: Set(withdrawn),
        ended_at: Set(ended),
        ended_how: Set(how.map(str::to_owned)),
        ..Default::default()
    }
}

const EARLY: &str = "early";
const SEVERED: &str = "severed";

/// What the job tells of a discount, once each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It began.
    Began,
    /// It is over.
    Over,
}

/// The discounts of which a turn is to be told.
#[must_use]
pub fn due(turn: Turn, now: Timestamp) -> Due<Entity> {
    let (at, done) = match turn {
        Turn::Began => (Column::FromAt, Column::ActivatedAt),
        Turn::Over => (Column::UntilAt, Column::ExpiredAt),
    };
    Due {
        id: Column::Id,
        which: Condition::all()
            .add(Column::WithdrawnAt.is_null())
            .add(at.lte(now.as_millisecond())),
        at,
        done,
        now,
    }
}

fn read(row: &rows::Model) -> Result<CustomerDiscount, DbErr> {
    let id = row.id;
    let corrupt = |why: &dyn std::fmt::Display| corrupt("customer discount", id, why);
    let day = |text: &str| text.parse::<Date>().map_err(|error| corrupt(&error));
    let on = match (row.group_id, row.product_id) {
        (Some(group), None) => Target::Group(GroupId(group)),
        (None, Some(product)) => Target::Product(ProductId(product)),
        _ => return Err(corrupt(&"it is for one product or one group")),
    };
    let percent = u16::try_from(row.percent)
        .ok()
        .and_then(|hundredths| Percent::from_hundredths(hundredths).ok())
        .ok_or_else(|| corrupt(&"its percentage"))?;
    let end = match (row.withdrawn_at, row.ended_at, row.ended_how.as_deref()) {
        (Some(at), ..) => End::Withdrawn { at: time(at) },
        (None, Some(at), Some(SEVERED)) => End::Severed { at: time(at) },
        (None, Some(at), _) => End::Early { at: time(at) },
        (None, None, _) => End::Planned,
    };
    Ok(CustomerDiscount {
        id: CustomerDiscountId(id),
        partner: AccountId(row.partner_id),
        customer: AccountId(row.customer_id),
        on,
        percent,
        period: Period::new(day(&row.first_day)?, day(&row.last_day)?).map_err(|error| corrupt(&error))?,
        from: time(row.from_at),
        until: time(row.until_at),
        granted_at: time(row.granted_at),
        end,
    })
}
