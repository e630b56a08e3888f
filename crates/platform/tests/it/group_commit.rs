//! Writers of one file share commits: what was acknowledged is there, whole, and nothing else is there in part.

use std::{path::Path, task::Poll, time::Duration};

use futures::{
    future::{join, join_all, join3},
    poll,
};
use platform::{
    Db,
    db::{Migration, Tx, settled},
};
use rand::{RngExt, SeedableRng, rngs::SmallRng};
use sea_orm::{ConnectionTrait, DbErr};
use tokio::task::JoinSet;

const TABLES: &[Migration] = &[Migration {
    name: "1_pairs",
    sql: "CREATE TABLE pairs (writer BIGINT NOT NULL, half BIGINT NOT NULL, filler TEXT NOT NULL DEFAULT '', \
          PRIMARY KEY (writer, half))",
}];

async fn open(folder: &Path) -> Db {
    let url = format!("sqlite://{}?mode=rwc", folder.join("test.db").display());
    let db = Db::connect(&url, 4).await.expect("a database");
    db.migrate(&[TABLES]).await.expect("tables");
    db
}

async fn half(tx: &Tx, writer: i64, half: i64) -> Result<(), DbErr> {
    tx.execute_unprepared(&format!(
        "INSERT INTO pairs (writer, half) VALUES ({writer}, {half})"
    ))
    .await
    .map(|_| ())
}

async fn both_halves(db: &Db, writer: i64) -> Result<(), DbErr> {
    let tx = db.begin().await?;
    half(&tx, writer, 1).await?;
    half(&tx, writer, 2).await?;
    tx.commit().await
}

/// How many halves each writer has, ascending.
async fn found(db: &Db) -> Vec<(i64, i64)> {
    let statement = sea_orm::Statement::from_string(
        db.backend(),
        "SELECT writer, count(*) AS halves FROM pairs GROUP BY writer ORDER BY writer",
    );
    let rows = db.read().query_all_raw(statement).await.expect("rows");
    rows.iter()
        .map(|row| {
            let read = |column| row.try_get("", column).expect("a number");
            (read("writer"), read("halves"))
        })
        .collect()
}

/// Bytes of the write-ahead log: a commit writes each page that it changed once.
fn log_size(folder: &Path) -> u64 {
    std::fs::metadata(folder.join("test.db-wal"))
        .expect("a log")
        .len()
}

#[derive(Clone, Copy, Debug)]
enum Fate {
    Commits,
    Drops,
    Fails,
    Panics,
    IsCancelled,
}

/// Writes both halves of a pair, unless its fate is another.
async fn writer(db: Db, id: i64, fate: Fate, pause: Duration) -> Result<(), DbErr> {
    let tx = if id % 5 == 0 {
        db.begin_alone().await?
    } else {
        db.begin().await?
    };
    half(&tx, id, 1).await?;
    tokio::time::sleep(pause).await;
    match fate {
        Fate::Drops => return Err(DbErr::Custom("dropped".to_owned())),
        Fate::Fails => half(&tx, id, 1).await?,
        Fate::Panics => panic!("as it was told"),
        Fate::Commits | Fate::IsCancelled => {}
    }
    half(&tx, id, 2).await?;
    tx.commit().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_is_there_whole_and_nothing_is_there_in_part() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = open(folder.path()).await;
    let seed: u64 = rand::random();
    println!("seed {seed}");
    let mut random = SmallRng::seed_from_u64(seed);
    let mut writers = JoinSet::new();
    let mut fates = Vec::new();
    for id in 0..400_i64 {
        let fate = match random.random_range(0..10) {
            0 => Fate::Drops,
            1 => Fate::Fails,
            2 => Fate::Panics,
            3 | 4 => Fate::IsCancelled,
            _ => Fate::Commits,
        };
        fates.push(fate);
        let pause = Duration::from_micros(random.random_range(0..300));
        let patience = Duration::from_micros(random.random_range(0..150_000));
        let db = db.clone();
        writers.spawn(async move {
            let work = writer(db, id, fate, pause);
            let outcome = if matches!(fate, Fate::IsCancelled) {
                // Gives up wherever it is by then: in line, in its turn, or waiting for the commit.
                tokio::time::timeout(patience, work).await.ok()
            } else {
                Some(work.await)
            };
            (id, outcome)
        });
    }
    let mut acknowledged = Vec::new();
    while let Some(ended) = writers.join_next().await {
        // Those that panic were told to.
        if let Ok((id, Some(Ok(())))) = ended {
            acknowledged.push(id);
        }
    }
    db.close().await.expect("closed");

    let found = found(&open(folder.path()).await).await;
    assert_eq!(found.iter().find(|(_, halves)| *halves != 2), None, "half a pair");
    for (id, fate) in (0_i64..).zip(&fates) {
        let there = found.iter().any(|(writer, _)| *writer == id);
        let told = acknowledged.contains(&id);
        match fate {
            Fate::Commits => assert!(told && there, "{id} was not committed"),
            Fate::Drops | Fate::Fails | Fate::Panics => {
                assert!(!told && !there, "{id} {fate:?} left a trace");
            }
            Fate::IsCancelled => assert!(there || !told, "{id} was acknowledged and is lost"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writers_at_once_share_a_commit_and_are_invisible_until_then() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = open(folder.path()).await;
    let before = log_size(folder.path());
    let alone = {
        both_halves(&db, 0).await.expect("committed");
        log_size(folder.path()) - before
    };

    let first = db.begin().await.expect("the turn");
    half(&first, 1, 1).await.expect("written");
    half(&first, 1, 2).await.expect("written");
    let mut others: Vec<_> = (2..22).map(|id| Box::pin(both_halves(&db, id))).collect();
    for other in &mut others {
        assert!(poll!(other).is_pending(), "it stands in line");
    }
    assert_eq!(found(&db).await, [(0, 2)], "nobody sees what is not committed");
    let start = log_size(folder.path());
    let (first, others) = join(first.commit(), join_all(others)).await;
    first.expect("committed");
    for outcome in others {
        outcome.expect("committed");
    }
    let together = log_size(folder.path()) - start;
    assert_eq!(found(&db).await.len(), 22);
    assert!(
        together < 6 * alone,
        "21 writers wrote {together} bytes of log, one {alone}"
    );
}

/// What a use case that refuses says: it saw `writer` and writes nothing.
async fn is_there_already(db: &Db, writer: i64) -> bool {
    let tx = db.begin().await.expect("the turn");
    half(&tx, writer, 1).await.is_err()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_waits_for_the_commit_that_it_rests_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = open(folder.path()).await;
    for writer in 1..=100 {
        if refusal_waited(&db, writer).await {
            return;
        }
    }
    panic!("no three turns in a row shared a commit");
}

/// Whether `writer` shared its commit with the two after it: a commit that is old before the last one's turn, on a busy
/// machine, takes no more in and shows nothing.
async fn refusal_waited(db: &Db, writer: i64) -> bool {
    let before = found(db).await;
    let first = db.begin().await.expect("the turn");
    half(&first, writer, 1).await.expect("written");
    let mut refused = Box::pin(settled(is_there_already(db, writer)));
    let mut last = Box::pin(db.begin());
    assert!(poll!(&mut refused).is_pending() && poll!(&mut last).is_pending());
    let mut first = Box::pin(first.commit());
    // The last one keeps the shared commit open until it is done.
    let last = loop {
        if poll!(&mut refused).is_ready() {
            assert!(
                found(db).await.contains(&(writer, 1)),
                "answered from what may be lost"
            );
            return false;
        }
        if poll!(&mut first).is_ready() {
            return false;
        }
        match poll!(&mut last) {
            Poll::Ready(turn) => break turn.expect("the turn"),
            Poll::Pending => tokio::task::yield_now().await,
        }
    };
    if poll!(&mut first).is_ready() {
        return false;
    }
    assert_eq!(found(db).await, before);
    assert!(poll!(&mut refused).is_pending(), "answered from what may be lost");
    drop(last);
    assert!(refused.await.expect("settled"));
    assert!(found(db).await.contains(&(writer, 1)));
    first.await.expect("committed");
    true
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_that_rests_on_what_is_lost_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = open(folder.path()).await;
    let first = db.begin().await.expect("the turn");
    half(&first, 1, 1).await.expect("written");
    let mut refused = Box::pin(settled(is_there_already(&db, 1)));
    let mut last = Box::pin(async {
        let tx = db.begin().await?;
        // As SQLite does by itself on a full disk.
        tx.execute_unprepared("ROLLBACK").await?;
        tx.commit().await
    });
    assert!(poll!(&mut refused).is_pending() && poll!(&mut last).is_pending());
    let (first, refused, last) = join3(first.commit(), refused, last).await;
    assert!(first.is_err() && refused.is_err() && last.is_err());
    assert!(found(&db).await.is_empty());
    assert!(!settled(is_there_already(&db, 1)).await.expect("settled"));
}

#[tokio::test]
async fn whoever_wants_a_transaction_of_its_own_shares_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = open(folder.path()).await;
    let first = db.begin().await.expect("a turn");
    half(&first, 1, 1).await.expect("a row");
    // In line: it, and one behind it who would share the first one's transaction.
    let mut alone = Box::pin(db.begin_alone());
    assert!(poll!(&mut alone).is_pending());
    let mut last = Box::pin(both_halves(&db, 3));
    assert!(poll!(&mut last).is_pending());
    first.commit().await.expect("committed");
    assert_eq!(found(&db).await, [(1, 1)], "the first waits for nobody");

    let alone = alone.await.expect("a transaction");
    half(&alone, 2, 1).await.expect("a row");
    assert!(poll!(&mut last).is_pending(), "nobody writes beside it");
    drop(alone);
    last.await.expect("committed");
    assert_eq!(
        found(&db).await,
        [(1, 1), (3, 2)],
        "what was given up left nothing"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_longer_than_a_batch_is_served_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = open(folder.path()).await;
    let first = db.begin().await.expect("the turn");
    let mut others: Vec<_> = (0..300).map(|_| Box::pin(db.begin())).collect();
    for other in &mut others {
        assert!(poll!(other).is_pending(), "it stands in line");
    }
    let others = others.into_iter().map(async |turn| turn.await?.commit().await);
    let (first, others) = join(first.commit(), join_all(others)).await;
    first.expect("committed");
    for outcome in others {
        outcome.expect("committed");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_gives_up_in_line_holds_nobody_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = open(folder.path()).await;
    let first = db.begin().await.expect("the turn");
    half(&first, 1, 1).await.expect("written");
    let impatient = tokio::time::timeout(Duration::from_millis(5), db.begin()).await;
    assert!(impatient.is_err(), "two have the turn");
    tokio::time::timeout(Duration::from_secs(5), first.commit())
        .await
        .expect("the commit waits for nobody")
        .expect("committed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_failed_statement_nothing_more_of_the_turn_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = open(folder.path()).await;
    let tx = db.begin().await.expect("the turn");
    half(&tx, 1, 1).await.expect("written");
    half(&tx, 1, 1).await.expect_err("it is there already");
    half(&tx, 1, 2).await.expect_err("the transaction failed");
    tx.commit().await.expect_err("the transaction failed");
    both_halves(&db, 2).await.expect("committed");
    assert_eq!(found(&db).await, [(2, 2)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_the_disk_is_full_nobody_is_acknowledged_and_space_mends_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = open(folder.path()).await;
    both_halves(&db, 0).await.expect("committed");

    let first = db.begin().await.expect("the turn");
    // As on a full disk: the statement that needs another page fails, and SQLite undoes the whole transaction.
    first
        .execute_unprepared("PRAGMA max_page_count = 1")
        .await
        .expect("a limit");
    half(&first, 1, 1).await.expect("written");
    half(&first, 1, 2).await.expect("written");
    let mut mate = Box::pin(async {
        let tx = db.begin().await?;
        let filler = "x".repeat(100_000);
        tx.execute_unprepared(&format!(
            "INSERT INTO pairs (writer, half, filler) VALUES (2, 1, '{filler}')"
        ))
        .await?;
        tx.commit().await
    });
    assert!(poll!(&mut mate).is_pending(), "it stands in line");
    let outcomes = join(first.commit(), mate).await;
    assert!(outcomes.1.is_err(), "{outcomes:?}");
    assert!(
        outcomes.0.is_err(),
        "it shared the transaction that was undone: {outcomes:?}"
    );
    assert_eq!(found(&db).await, [(0, 2)]);
    // The limit went with the connection.
    both_halves(&db, 3).await.expect("committed");
    assert_eq!(found(&db).await, [(0, 2), (3, 2)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closing_lets_the_writer_finish_and_refuses_the_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = open(folder.path()).await;
    let tx = db.begin().await.expect("the turn");
    half(&tx, 1, 1).await.expect("written");
    half(&tx, 1, 2).await.expect("written");
    let mut closing = Box::pin(db.clone().close());
    assert!(poll!(&mut closing).is_pending(), "it waits for the writer");
    let (committed, closed) = join(tx.commit(), closing).await;
    committed.expect("committed");
    closed.expect("closed");
    assert!(matches!(
        both_halves(&db, 2).await,
        Err(DbErr::ConnectionAcquire(_))
    ));
    assert_eq!(found(&open(folder.path()).await).await, [(1, 2)]);
}
