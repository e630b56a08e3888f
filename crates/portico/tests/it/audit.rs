//! The audit trail: append-only, in one order, sealed.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use platform::{
    audit::{Follower, Sealer, chain::Seal},
    db::Tx,
    event::{Sealed, row, sealed_after},
    job::Job,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryOrder,
};
use testkit::{TestApp, on_both_databases};

/// The kinds that the code gives its events: the texts in what `event_kinds!` is given, or implements `Event` by hand.
fn kinds_in_code() -> BTreeSet<String> {
    fn look(folder: &Path, kinds: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                look(&path, kinds);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let after = |start| text.split(start).skip(1);
                for body in after("event_kinds! {\n").chain(after("\nimpl Event for ")) {
                    let body = body.split("\n}").next().unwrap();
                    let names = body.split('"').skip(1).step_by(2);
                    kinds.extend(names.filter(|name| name.contains('.')).map(str::to_owned));
                }
            }
        }
    }
    let mut kinds = BTreeSet::new();
    for room in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap() {
        let source = room.unwrap().path().join("src");
        if source.is_dir() {
            look(&source, &mut kinds);
        }
    }
    kinds
}

#[test]
fn the_catalogue_holds_every_kind_that_is_recorded_and_no_other() {
    let catalogue = portico::rooms::events();
    let names: BTreeSet<String> = catalogue.iter().map(|kind| kind.name.to_owned()).collect();
    assert_eq!(names.len(), catalogue.len(), "a kind is listed twice");
    assert_eq!(names, kinds_in_code());
}

async fn rows(app: &TestApp) -> Vec<row::Model> {
    row::Entity::find()
        .order_by_asc(row::Column::Seq)
        .all(app.app().db().read())
        .await
        .unwrap()
}

/// An event as the version before wrote it.
pub(crate) async fn old_event(app: &TestApp, subject: &str) {
    let event = row::ActiveModel {
        id: Set(app.app().new_id()),
        at: Set(app.now().as_millisecond()),
        kind: Set("account.created".to_owned()),
        subject: Set(subject.to_owned()),
        subject_id: Set(app.app().new_id()),
        account_id: Set(None),
        actor: Set(r#"{"who":"system"}"#.to_owned()),
        origin: Set(None),
        data: Set("{}".to_owned()),
        ..Default::default()
    };
    let tx = app.app().db().begin().await.unwrap();
    event.insert(&tx).await.unwrap();
    tx.commit().await.unwrap();
}

/// Follows into a table of its own, and fails once where told.
struct Notes {
    fails: std::sync::atomic::AtomicBool,
}

#[async_trait::async_trait]
impl Follower for Notes {
    async fn follow(&self, tx: &Tx, events: &[Sealed]) -> Result<(), DbErr> {
        for event in events {
            tx.execute_unprepared(&format!("INSERT INTO notes VALUES ({})", event.seq))
                .await?;
        }
        if self.fails.swap(false, std::sync::atomic::Ordering::Relaxed) {
            return Err(DbErr::Custom("once".to_owned()));
        }
        Ok(())
    }
}

on_both_databases! {
    async fn committed_events_stand_in_one_order_and_are_sealed_by_a_chain(app: TestApp) {
        app.enterprise("root@saomai.example", "Sao Mai", "0100109106").await;
        for _ in 0..3 {
            old_event(&app, "account").await;
        }
        app.run_jobs().await;
        old_event(&app, "account").await;
        app.run_jobs().await;

        let mut seal = Seal::START;
        let rows = rows(&app).await;
        assert!(rows.len() >= 4);
        for (seq, row) in (1..).zip(&rows) {
            assert_eq!(row.seq, Some(seq));
            seal = seal.next(seq, row);
            assert_eq!(row.seal, Some(seal.to_string()));
        }
        let later = sealed_after(app.app().db().read(), 2, 10).await.unwrap();
        assert_eq!(later.len(), rows.len() - 2);
        assert!(later.iter().zip(3..).all(|(event, seq)| event.seq == seq), "{later:?}");
    }

    async fn many_sealers_at_once_leave_no_gap_and_seal_nothing_twice(app: TestApp) {
        for _ in 0..40 {
            old_event(&app, "account").await;
        }
        let sealers = (0..4).map(|_| {
            let sealer = Sealer::new(app.app().clone(), Vec::new());
            tokio::spawn(async move { sealer.run().await.map_err(|error| error.to_string()) })
        });
        for sealer in sealers.collect::<Vec<_>>() {
            sealer.await.unwrap().unwrap();
        }
        app.run_jobs().await;
        let seqs: Vec<_> = rows(&app).await.into_iter().map(|row| row.seq).collect();
        assert_eq!(seqs, (1..=40).map(Some).collect::<Vec<_>>());
    }

    async fn what_follows_from_an_event_is_written_with_its_seal_or_not_at_all(app: TestApp) {
        let db = app.app().db();
        db.begin().await.unwrap().commit().await.unwrap();
        db.read().execute_unprepared("CREATE TABLE notes (seq BIGINT NOT NULL PRIMARY KEY)").await.unwrap();
        old_event(&app, "account").await;
        let notes = Arc::new(Notes { fails: true.into() });
        let sealer = Sealer::new(app.app().clone(), vec![notes]);
        assert!(sealer.run().await.is_err());
        assert_eq!(rows(&app).await[0].seq, None);
        sealer.run().await.unwrap();
        assert_eq!(rows(&app).await[0].seq, Some(1));
    }

    async fn the_database_itself_refuses_to_change_or_remove_what_was_written(app: TestApp) {
        let db = app.app().db().read();
        old_event(&app, "account").await;
        let refused = async |sql: &str| {
            let error = db.execute_unprepared(sql).await.expect_err(sql);
            assert!(error.to_string().contains("append-only"), "{sql}: {error}");
        };
        for sql in [
            "UPDATE events SET kind = 'other'",
            "UPDATE events SET seq = 1",
            "UPDATE events SET seq = 1, seal = '', data = '[]'",
            "DELETE FROM events",
        ] {
            refused(sql).await;
        }
        app.run_jobs().await;
        for sql in [
            "UPDATE events SET seq = 7, seal = ''",
            "UPDATE events SET seq = NULL, seal = NULL",
            "UPDATE events SET before = '{}'",
            "UPDATE events SET actor_id = id",
            "INSERT INTO events (id, at, kind, subject, subject_id, actor, data, seq, seal) \
             SELECT subject_id, at, kind, subject, subject_id, actor, data, 2, seal FROM events",
            "DELETE FROM events",
        ] {
            refused(sql).await;
        }
        match db.get_database_backend() {
            sea_orm::DbBackend::Postgres => refused("TRUNCATE events CASCADE").await,
            _ => refused("INSERT OR REPLACE INTO events SELECT * FROM events").await,
        }
        let row = rows(&app).await.remove(0);
        let mut changed = row.clone().into_active_model();
        changed.origin = Set(Some("192.0.2.1".to_owned()));
        assert!(changed.update(db).await.is_err());
        assert_eq!(rows(&app).await, [row]);
    }

    async fn pages_of_this_process_hear_of_what_another_wrote(app: TestApp) {
        app.run_jobs().await;
        let mut changes = app.app().changes();
        old_event(&app, "account").await;
        app.run_jobs().await;
        app.run_jobs().await;
        let subject = rows(&app).await[0].subject_id;
        assert_eq!(changes.try_recv(), Ok(subject));
    }
}
