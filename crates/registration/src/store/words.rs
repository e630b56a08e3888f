//! The index of words that registrations are searched by.

use platform::Db;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType, OnConflict},
};
use uuid::Uuid;

use super::{
    read,
    rows::{registration, registration_word as row},
};
use crate::{rules::Registration, search};

/// How many registrations a transaction indexes.
const BATCH: u64 = 500;

/// Makes registrations found by their words.
pub(super) async fn insert(
    tx: &impl ConnectionTrait,
    registrations: impl Iterator<Item = &Registration>,
) -> Result<(), DbErr> {
    let rows: Vec<_> = registrations.flat_map(words_of).collect();
    // Databases bound the number of values in a statement.
    for some in rows.chunks(10_000) {
        row::Entity::insert_many(some.iter().map(|(registration, word)| row::ActiveModel {
            registration_id: Set(*registration),
            word: Set(word.clone()),
        }))
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    }
    Ok(())
}

/// The rows of a registration: its id and each word.
fn words_of(of: &Registration) -> impl Iterator<Item = (Uuid, Vec<u8>)> + use<> {
    let id = Uuid::from(of.id);
    let words = search::index(&of.reference(), &of.applicant);
    words.into_iter().map(move |word| (id, word.into_bytes()))
}

/// Indexes some of the registrations that are not indexed yet: a version before wrote them. False where there is none
/// left. Of several processes, each takes others.
pub async fn index_some(db: &Db) -> Result<bool, DbErr> {
    // The look costs next to nothing, and leaves writers alone while there is nothing to do.
    if unindexed().limit(1).one(db.read()).await?.is_none() {
        return Ok(false);
    }
    let tx = db.begin().await?;
    let rows = unindexed()
        .order_by_asc(registration::Column::Id)
        .limit(BATCH)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(&tx)
        .await?;
    let registrations = rows.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    insert(&tx, registrations.iter()).await?;
    registration::Entity::update_many()
        .col_expr(registration::Column::WordsIndexed, Expr::value(true))
        .filter(registration::Column::Id.is_in(registrations.iter().map(|of| Uuid::from(of.id))))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(!registrations.is_empty())
}

fn unindexed() -> sea_orm::Select<registration::Entity> {
    // As the partial index says it.
    registration::Entity::find().filter(Expr::cust("NOT words_indexed"))
}
