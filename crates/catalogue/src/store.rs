//! The tables of the catalogue.

pub mod rows;

use std::collections::HashMap;

use jiff::Timestamp;
use kernel::{Currency, GroupId, Money, ProductId};
use platform::{db::corrupt, event::time};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;

use crate::rules::{Code, Group, History, Line, Name, Price, PriceList, Product};
use rows::{file, group, price, product, version};

/// How often the catalogue changed.
pub async fn version(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let row = version::Entity::find_by_id(1).one(db).await?;
    row.map(|row| row.version).ok_or_else(no_version)
}

/// The same, counted on: nobody else changes the catalogue until the transaction ends.
pub async fn lock(tx: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let row = version::Entity::find_by_id(1).lock_exclusive().one(tx).await?;
    let next = row.map(|row| row.version + 1).ok_or_else(no_version)?;
    version::Entity::update_many()
        .col_expr(version::Column::Version, Expr::value(next))
        .filter(version::Column::Id.eq(1))
        .exec(tx)
        .await?;
    Ok(next)
}

/// The file as it was taken over last.
pub async fn file(db: &impl ConnectionTrait) -> Result<Option<String>, DbErr> {
    let row = file::Entity::find_by_id(1).one(db).await?;
    Ok(row.map(|row| row.text))
}

/// Keeps the file that is taken over. The catalogue is locked.
pub async fn set_file(tx: &impl ConnectionTrait, text: &str) -> Result<(), DbErr> {
    let row = file::ActiveModel {
        id: Set(1),
        text: Set(text.to_owned()),
    };
    file::Entity::insert(row)
        .on_conflict(
            OnConflict::column(file::Column::Id)
                .update_column(file::Column::Text)
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await
        .map(|_| ())
}

fn no_version() -> DbErr {
    DbErr::RecordNotFound("the version of the catalogue".to_owned())
}

/// Everything.
pub async fn read(db: &impl ConnectionTrait) -> Result<PriceList, DbErr> {
    let groups = group::Entity::find().all(db).await?;
    let products = product::Entity::find().all(db).await?;
    let prices = price::Entity::find()
        .filter(price::Column::CorrectedAt.is_null())
        .order_by_asc(price::Column::ProductId)
        .order_by_asc(price::Column::FromAt)
        .all(db)
        .await?;
    let mut histories: HashMap<Uuid, Vec<Price>> = HashMap::new();
    for row in prices {
        let price = Price {
            from: time(row.from_at),
            price: Money::new(row.minor, currency(&row)?),
        };
        histories.entry(row.product_id).or_default().push(price);
    }
    let groups = groups.into_iter().map(read_group).collect::<Result<_, _>>()?;
    let lines = products.into_iter().map(|row| {
        let prices = History::new(histories.remove(&row.id).unwrap_or_default());
        let product = read_product(row)?;
        Ok(Line { product, prices })
    });
    Ok(PriceList::new(groups, lines.collect::<Result<_, DbErr>>()?))
}

fn currency(row: &price::Model) -> Result<Currency, DbErr> {
    row.currency
        .parse()
        .map_err(|error| corrupt("price", row.id, error))
}

fn read_group(row: group::Model) -> Result<Group, DbErr> {
    Ok(Group {
        id: GroupId(row.id),
        code: code("product group", row.id, &row.code)?,
        name: Name {
            en: row.name_en,
            vi: row.name_vi,
        },
        position: row.position,
    })
}

fn read_product(row: product::Model) -> Result<Product, DbErr> {
    Ok(Product {
        id: ProductId(row.id),
        group: GroupId(row.group_id),
        code: code("product", row.id, &row.code)?,
        name: Name {
            en: row.name_en,
            vi: row.name_vi,
        },
        unit: row.unit,
        position: row.position,
    })
}

fn code(table: &str, id: Uuid, text: &str) -> Result<Code, DbErr> {
    text.parse().map_err(|error| corrupt(table, id, error))
}

/// Writes a new group.
pub async fn insert_group(tx: &impl ConnectionTrait, new: &Group) -> Result<(), DbErr> {
    let mut row = group_columns(new);
    row.id = Set(new.id.into());
    row.code = Set(new.code.to_string());
    row.insert(tx).await.map(|_| ())
}

/// Writes what may change of a group.
pub async fn update_group(tx: &impl ConnectionTrait, changed: &Group) -> Result<(), DbErr> {
    group_columns(changed).update(tx).await.map(|_| ())
}

fn group_columns(of: &Group) -> group::ActiveModel {
    group::ActiveModel {
        id: Unchanged(of.id.into()),
        name_en: Set(of.name.en.clone()),
        name_vi: Set(of.name.vi.clone()),
        position: Set(of.position),
        ..Default::default()
    }
}

/// Writes a new product.
pub async fn insert_product(tx: &impl ConnectionTrait, new: &Product) -> Result<(), DbErr> {
    let mut row = product_columns(new);
    row.id = Set(new.id.into());
    row.code = Set(new.code.to_string());
    row.insert(tx).await.map(|_| ())
}

/// Writes what may change of a product.
pub async fn update_product(tx: &impl ConnectionTrait, changed: &Product) -> Result<(), DbErr> {
    product_columns(changed).update(tx).await.map(|_| ())
}

fn product_columns(of: &Product) -> product::ActiveModel {
    product::ActiveModel {
        id: Unchanged(of.id.into()),
        group_id: Set(of.group.into()),
        name_en: Set(of.name.en.clone()),
        name_vi: Set(of.name.vi.clone()),
        unit: Set(of.unit.clone()),
        position: Set(of.position),
        ..Default::default()
    }
}

/// Marks the price of a product that would begin at a moment as corrected, and writes the one that begins instead.
pub async fn set_price(
    tx: &impl ConnectionTrait,
    id: Uuid,
    of: ProductId,
    new: Price,
    now: Timestamp,
) -> Result<(), DbErr> {
    price::Entity::update_many()
        .col_expr(price::Column::CorrectedAt, Expr::value(now.as_millisecond()))
        .filter(price::Column::ProductId.eq(Uuid::from(of)))
        .filter(price::Column::FromAt.eq(new.from.as_millisecond()))
        .filter(Expr::col(price::Column::CorrectedAt).is_null())
        .exec(tx)
        .await?;
    let row = price::ActiveModel {
        id: Set(id),
        product_id: Set(of.into()),
        from_at: Set(new.from.as_millisecond()),
        minor: Set(new.price.minor()),
        currency: Set(new.price.currency().code().to_owned()),
        set_at: Set(now.as_millisecond()),
        corrected_at: Set(None),
    };
    row.insert(tx).await.map(|_| ())
}
