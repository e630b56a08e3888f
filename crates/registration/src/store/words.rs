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
    sql::Sql,
};
use crate::{
    rules::Registration,
    search::{self, Others, Plan},
};

/// How registrations with some words are come by.
pub(super) enum Way {
    /// There is none.
    Nowhere,
    /// They are these; put them in order.
    Few(Vec<Uuid>),
    /// Along the queue.
    Walk(Others),
}

/// Finds the way to what `text` looks for.
pub(super) async fn way(db: &Db, text: &str) -> Result<Way, DbErr> {
    let wanted = search::wanted(text);
    if wanted.is_empty() && !text.trim().is_empty() {
        return Ok(Way::Nowhere);
    }
    let mut counted = Vec::new();
    for word in wanted.iter().filter(|word| !search::is_common(word)) {
        let mut sql = Sql::default();
        let begins = sql.begins(word);
        sql.text = format!(
            "SELECT COUNT(*) FROM (SELECT 1 FROM registration_words WHERE {begins} LIMIT {}) counted",
            search::LISTED + 1
        );
        counted.push((word.clone(), sql.number(db).await?));
    }
    Ok(match search::plan(&wanted, &counted) {
        Plan::Nothing => Way::Nowhere,
        Plan::Walk(words) => Way::Walk(words),
        Plan::Gather { rarest, mut others } => {
            let mut sql = Sql::default();
            let (begins, have) = (sql.begins(&rarest), sql.have(&others, "has.registration_id"));
            sql.text = format!(
                "SELECT DISTINCT registration_id FROM registration_words has WHERE {begins}{have} LIMIT {}",
                search::FEW + 1
            );
            let ids = sql.ids(db).await?;
            if ids.is_empty() {
                Way::Nowhere
            } else if ids.len() as u64 > search::FEW {
                others.listed.push(rarest);
                Way::Walk(others)
            } else {
                Way::Few(ids)
            }
        }
    })
}

/// How many registrations a transaction indexes.
const BATCH: u64 = 500;

/// Makes registrations found by their words.
pub(super) async fn insert(
    tx: &impl ConnectionTrait,
    registrations: impl Iterator<Item = &Registration>,
) -> Result<(), DbErr> {
    let rows: Vec<_> = registrations.flat_map(word_rows).collect();
    // Databases bound the number of values in a statement.
    for some in rows.chunks(10_000) {
        row::Entity::insert_many(some.iter().cloned())
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// The rows of the words that a registration is found by.
pub fn word_rows(of: &Registration) -> impl Iterator<Item = row::ActiveModel> + use<> {
    let id = Uuid::from(of.id);
    let words = search::index(&of.reference(), &of.applicant);
    words.into_iter().map(move |word| row::ActiveModel {
        registration_id: Set(id),
        word: Set(word.into_bytes()),
    })
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
