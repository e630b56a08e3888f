//! The index of words that registrations are searched by.

use platform::{
    Db,
    db::{Given, Tx},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Statement, Value,
    sea_query::{Expr, LockBehavior, LockType},
};
use uuid::Uuid;

use super::{
    read,
    rows::{registration, registration_word as row},
    sql::Sql,
};
use crate::{
    rules::{Registration, StateKind},
    search::{self, Ids, Plan, Wanted},
};

/// How registrations with some words are come by.
pub(super) enum Way {
    /// There is none.
    Nowhere,
    /// They are these; put them in order.
    Few(Vec<Uuid>),
    /// Along the queue: those of these that have the words.
    Among(Ids, Vec<String>),
    /// Along the queue: those that have the words.
    Walk(Vec<String>),
}

/// Finds the way to those in `state` that `text` looks for.
pub(super) async fn way(db: &Db, text: &str, state: Option<StateKind>) -> Result<Way, DbErr> {
    let words = search::wanted(text);
    if words.is_empty() && !text.trim().is_empty() {
        return Ok(Way::Nowhere);
    }
    let (wanted, among) = listed(db, words, state).await?;
    Ok(match search::plan(wanted, among) {
        Plan::Nothing => Way::Nowhere,
        Plan::Gather(ids, asked) => match having(db, ids, &asked).await? {
            none if none.is_empty() => Way::Nowhere,
            ids => Way::Few(ids),
        },
        Plan::Among(ids, asked) => Way::Among(ids, asked),
        Plan::Walk(asked) => Way::Walk(asked),
    })
}

/// Those of these that have words that begin so.
pub(super) async fn having(db: &Db, ids: Vec<Uuid>, words: &[String]) -> Result<Vec<Uuid>, DbErr> {
    if ids.is_empty() || words.is_empty() {
        return Ok(ids);
    }
    let mut sql = Sql::default();
    let few = sql.few(&ids);
    let have = sql.have(words, "few.registration_id");
    sql.text = format!("{few} SELECT registration_id FROM few WHERE TRUE{have}");
    sql.ids(db).await
}

/// Lists who has these words, but for those that too many have, and who waits, where only those are looked for: they are
/// few of all. In one statement, each list one value: as rows, the driver would take longer to hand them over than the
/// database takes to find them.
async fn listed(
    db: &Db,
    words: Vec<String>,
    state: Option<StateKind>,
) -> Result<(Vec<Wanted>, Option<Ids>), DbErr> {
    let most = search::LISTED;
    let (common, rare): (Vec<_>, Vec<_>) = words.into_iter().partition(|word| search::is_common(word));
    let common = common.into_iter().map(|word| Wanted { word, listed: None });
    if rare.is_empty() {
        return Ok((common.collect(), None));
    }
    let mut sql = Sql::default();
    let mut queries: Vec<String> = Vec::new();
    for word in &rare {
        let begins = sql.begins(word);
        queries.push(format!(
            "SELECT registration_id FROM registration_words WHERE {begins} LIMIT {}",
            most + 1
        ));
    }
    if state == Some(StateKind::AwaitingApproval) {
        queries.push(format!(
            "SELECT id FROM registrations WHERE state = 'awaiting_approval' LIMIT {}",
            most + 1
        ));
    }
    let lists: Vec<String> = queries.iter().map(|ids| Sql::list(db, ids)).collect();
    sql.text = format!("SELECT {}", lists.join(", "));
    let mut lists = sql.lists(db, lists.len()).await?.into_iter();
    let complete = |ids: Vec<Uuid>| (ids.len() <= most).then(|| ids.into_iter().collect::<Ids>());
    let wanted = rare
        .into_iter()
        .zip(lists.by_ref())
        .map(|(word, ids)| Wanted {
            word,
            listed: complete(ids),
        })
        .chain(common)
        .collect();
    Ok((wanted, lists.next().and_then(complete)))
}

/// How many registrations a transaction indexes.
const BATCH: u64 = 500;

/// Makes registrations found by their words.
pub(super) async fn insert(tx: &Tx, registrations: impl Iterator<Item = &Registration>) -> Result<(), DbErr> {
    let rows: Vec<Value> = registrations
        .flat_map(|of| words(of).map(|word| [Uuid::from(of.id).into(), word.into()]))
        .flatten()
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let backend = tx.get_database_backend();
    let given = Given::rows(backend, "g", &["id", "word"], &rows)?;
    let bytes = match backend {
        DbBackend::Postgres => "convert_to(word, 'UTF8')",
        _ => "CAST(word AS BLOB)",
    };
    let sql = format!(
        "INSERT INTO registration_words (registration_id, word) SELECT id, {bytes} FROM {} \
         WHERE TRUE ON CONFLICT DO NOTHING",
        given.table
    );
    tx.write_later(Statement::from_sql_and_values(backend, sql, given.values))
        .await
}

fn words(of: &Registration) -> impl Iterator<Item = String> + use<> {
    search::index(&of.reference(), &of.applicant).into_iter()
}

/// The rows of the words that a registration is found by.
pub fn word_rows(of: &Registration) -> impl Iterator<Item = row::ActiveModel> + use<> {
    let id = Uuid::from(of.id);
    words(of).map(move |word| row::ActiveModel {
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
