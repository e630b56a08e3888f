//! Whoever can write the database changes the trail: `audit verify` finds it.

use std::{path::Path, process::Command};

use jiff::SignedDuration;
use kernel::StaffId;
use platform::{
    Actor, Subject, Work,
    actor::Caller,
    audit::verify::{self, Checkpoint, Finding},
};
use registration::event::RegistrationEvent;
use sea_orm::{ConnectionTrait, DbBackend};
use testkit::{TestApp, on_both_databases};

use crate::audit::old_event;

/// What an intruder with all rights does first.
async fn drop_triggers(app: &TestApp) {
    let db = app.app().db().read();
    let postgres = db.get_database_backend() == DbBackend::Postgres;
    for name in ["insert", "update", "delete"] {
        let table = if postgres { " ON events" } else { "" };
        db.execute_unprepared(&format!("DROP TRIGGER events_{name}{table}"))
            .await
            .unwrap();
    }
    db.execute_unprepared("DROP INDEX events_by_seq").await.unwrap();
}

async fn found(app: &TestApp, checkpoints: &[Checkpoint]) -> Vec<Finding> {
    verify::run(app.app(), checkpoints, |_, _| {})
        .await
        .unwrap()
        .verifier
        .findings
}

/// Nine sealed events, and a checkpoint of them.
async fn trail(app: &TestApp) -> Checkpoint {
    for _ in 0..9 {
        old_event(app, "account").await;
    }
    app.run_jobs().await;
    let checkpoint = verify::checkpoint(app.app().db(), app.now()).await.unwrap();
    assert_eq!(checkpoint.seq, 9);
    assert_eq!(found(app, std::slice::from_ref(&checkpoint)).await, []);
    drop_triggers(app).await;
    checkpoint
}

async fn tamper(app: &TestApp, sql: &str) {
    app.app().db().read().execute_unprepared(sql).await.unwrap();
}

const COLUMNS: &str = "id, at, kind, subject, subject_id, account_id, actor, origin, data, before, after";

on_both_databases! {
    async fn a_changed_row_is_found(app: TestApp) {
        trail(&app).await;
        tamper(&app, "UPDATE events SET data = '{\"x\":1}' WHERE seq = 4").await;
        assert!(matches!(found(&app, &[]).await[..], [Finding::Changed { seq: 4, .. }]));
    }

    async fn a_changed_seal_is_found(app: TestApp) {
        trail(&app).await;
        tamper(&app, "UPDATE events SET seal = 'x' WHERE seq = 4").await;
        assert!(matches!(found(&app, &[]).await[..], [Finding::Changed { seq: 4, .. }]));
    }

    async fn a_row_filed_under_somebody_else_is_found(app: TestApp) {
        trail(&app).await;
        tamper(&app, "UPDATE events SET actor_id = id WHERE seq = 4").await;
        assert!(matches!(found(&app, &[]).await[..], [Finding::Misfiled { seq: 4, .. }]));
    }

    async fn a_row_that_is_filed_under_nobody_any_more_is_found(app: TestApp) {
        trail(&app).await;
        let actor = Actor::Staff { staff: StaffId(app.app().new_id()), name: "Mai".to_owned() };
        let subject = Subject { kind: "registration", id: app.app().new_id(), account: None };
        let mut work = Work::begin(app.app(), Caller { actor, origin: None }).await.unwrap();
        work.record(subject, &RegistrationEvent::Approved).await.unwrap();
        work.commit().await.unwrap();
        app.run_jobs().await;
        assert_eq!(found(&app, &[]).await, []);
        tamper(&app, "UPDATE events SET actor_id = NULL").await;
        assert!(matches!(found(&app, &[]).await[..], [Finding::Misfiled { seq: 10, .. }]));
    }

    async fn removed_rows_are_found(app: TestApp) {
        trail(&app).await;
        tamper(&app, "DELETE FROM events WHERE seq IN (4, 5)").await;
        assert_eq!(found(&app, &[]).await, [Finding::Missing { from: 4, to: 5 }]);
    }

    async fn a_row_whose_place_is_taken_away_stays_missing_when_it_is_sealed_again(app: TestApp) {
        trail(&app).await;
        tamper(&app, "UPDATE events SET seq = NULL, seal = NULL WHERE seq = 4").await;
        app.run_jobs().await;
        assert_eq!(found(&app, &[]).await, [Finding::Missing { from: 4, to: 4 }]);
    }

    async fn rows_that_changed_places_are_found(app: TestApp) {
        trail(&app).await;
        tamper(&app, "UPDATE events SET seq = 11 - seq WHERE seq IN (5, 6)").await;
        let found = found(&app, &[]).await;
        assert!(matches!(found[..], [Finding::Changed { seq: 5, .. }, Finding::Moved { seq: 6, from: 5, .. }, ..]), "{found:?}");
    }

    async fn an_inserted_row_is_found(app: TestApp) {
        trail(&app).await;
        let insert = format!(
            "INSERT INTO events ({COLUMNS}, seq, seal) SELECT subject_id, {}, 4, seal FROM events WHERE seq = 7",
            COLUMNS.trim_start_matches("id, ")
        );
        tamper(&app, &insert).await;
        assert!(matches!(found(&app, &[]).await[..], [Finding::Extra { seq: 4, .. }] | [Finding::Changed { seq: 4, .. }, Finding::Extra { seq: 4, .. }]));
    }

    async fn a_cut_tail_is_found_by_a_checkpoint_only(app: TestApp) {
        let checkpoint = trail(&app).await;
        tamper(&app, "DELETE FROM events WHERE seq > 6").await;
        assert_eq!(found(&app, &[]).await, []);
        assert_eq!(found(&app, &[checkpoint]).await, [Finding::CutOff { from: 7, checkpoint: 9 }]);
    }

    async fn a_trail_that_was_written_anew_is_found_by_a_checkpoint_only(app: TestApp) {
        let checkpoint = trail(&app).await;
        tamper(&app, "UPDATE events SET seq = NULL, seal = NULL, data = '[]'").await;
        app.run_jobs().await;
        assert_eq!(found(&app, &[]).await, []);
        assert_eq!(found(&app, &[checkpoint]).await, [Finding::Rewritten { checkpoint: 9 }]);
    }

    async fn events_that_wait_too_long_for_their_seal_are_told(app: TestApp) {
        old_event(&app, "account").await;
        let since = app.now();
        let outcome = verify::run(app.app(), &[], |_, _| {}).await.unwrap();
        assert_eq!(outcome.waiting, None);
        app.advance(SignedDuration::from_secs(61));
        let outcome = verify::run(app.app(), &[], |_, _| {}).await.unwrap();
        assert_eq!(outcome.waiting, Some((1, since)));
        assert!(outcome.holds());
    }
}

/// `portico audit …` on the data of a test, as its exit code and what it printed.
fn portico_audit(data: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_portico"))
        .arg("audit")
        .args(arguments)
        .arg("--config")
        .arg(data.join("portico.toml"))
        .arg("--data")
        .arg(data)
        .output()
        .unwrap();
    (ran.status.code(), String::from_utf8(ran.stdout).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_says_by_its_exit_code_whether_the_trail_holds() {
    let app = TestApp::start(testkit::On::Sqlite).await;
    trail(&app).await;
    let data = app.data();
    std::fs::write(
        data.join("portico.toml"),
        include_str!("../../portico.sample.toml"),
    )
    .unwrap();

    let (code, line) = portico_audit(data, &["checkpoint"]);
    assert_eq!((code, line.lines().count()), (Some(0), 1), "{line}");
    let kept = data.join("checkpoints");
    std::fs::write(&kept, &line).unwrap();
    let compared = ["verify", "--checkpoint", kept.to_str().unwrap()];
    let (code, said) = portico_audit(data, &compared);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("the trail holds: 9 events, compared with 1 checkpoints"),
        "{said}"
    );

    tamper(&app, "DELETE FROM events WHERE seq > 6").await;
    let (code, said) = portico_audit(data, &compared);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("7: the trail ends before the checkpoint at 9"),
        "{said}"
    );
    assert_eq!(verify::noted(app.app()).await.unwrap().unwrap().found, 1);

    std::fs::write(&kept, "{}").unwrap();
    assert_eq!(portico_audit(data, &compared).0, Some(1));
}
