//! What is refused or fails at the last moment is not taken for done.

use credit::service::{Row, import};
use platform::{actor::Caller, api::Scope};
use reqwest::Method;
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::{Value, json};
use testkit::{Answer, Program, TestApp};

use super::{CLERK, PARTNER, balance, cast, fund, vnd};

const SCOPES: [Scope; 2] = [Scope::CreditRead, Scope::CreditWrite];
const TOP_UPS: &str = "/api/v1/credit/top-ups";
const DEPOSITS: &str = "/api/v1/credit/deposits";

async fn once(program: &Program, path: &str, body: &Value) -> Answer {
    let request = program.request(Method::POST, path);
    Answer::of(request.header("idempotency-key", "a").json(body)).await
}

/// From now on whatever records an event fails as it is committed: the database finds only then what is missing.
async fn let_commits_fail(app: &TestApp) {
    let tables = [
        "CREATE TABLE nobody (id INTEGER PRIMARY KEY)",
        "CREATE TABLE missing (id INTEGER REFERENCES nobody (id) DEFERRABLE INITIALLY DEFERRED)",
    ];
    let trigger: &[&str] = match app.app().db().backend() {
        DbBackend::Postgres => &[
            "CREATE FUNCTION miss() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN INSERT INTO missing VALUES (1); RETURN NULL; END $$",
            "CREATE TRIGGER miss AFTER INSERT ON events EXECUTE FUNCTION miss()",
        ],
        _ => &["CREATE TRIGGER miss AFTER INSERT ON events BEGIN INSERT INTO missing VALUES (1); END"],
    };
    execute(app, tables.iter().chain(trigger)).await;
}

async fn let_commits_succeed(app: &TestApp) {
    let on_events = match app.app().db().backend() {
        DbBackend::Postgres => " ON events",
        _ => "",
    };
    execute(app, [&*format!("DROP TRIGGER miss{on_events}")]).await;
}

async fn execute(app: &TestApp, statements: impl IntoIterator<Item = impl AsRef<str>>) {
    let tx = app.app().db().begin().await.unwrap();
    for sql in statements {
        tx.execute_unprepared(sql.as_ref()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

testkit::on_both_databases! {
    async fn a_refused_top_up_leaves_its_key_free_also_when_usage_was_paid_on_the_way(app: TestApp) {
        let cast = cast(&app).await;
        let row = Row {
            row: "a".to_owned(),
            account: cast.partner,
            amount: vnd(20),
            period: "2026-11".to_owned(),
            description: "vCPU".to_owned(),
        };
        import(&app.installation.rooms.credit, Caller::system(), &[row]).await.unwrap();
        // No job has looked at what came in.
        fund(&app, cast.partner, 100, "FT 1").await;
        let partner = app.program(PARTNER, &SCOPES).await;
        let body = json!({ "customer_id": cast.customer, "amount": 90, "currency": "VND" });
        for _ in 0..2 {
            let refused = once(&partner, TOP_UPS, &body).await;
            assert_eq!(refused.expect(409).body["type"], "urn:portico:problem:credit-overdrawn");
            assert_eq!((balance(&app, cast.partner).await, balance(&app, cast.customer).await), (80, 0));
        }
        fund(&app, cast.partner, 10, "FT 2").await;
        once(&partner, TOP_UPS, &body).await.expect(201);
        assert_eq!((balance(&app, cast.partner).await, balance(&app, cast.customer).await), (0, 90));
    }

    async fn what_failed_as_it_was_committed_can_be_asked_for_again_at_once(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 100, "FT 1").await;
        let (partner, clerk) = (app.program(PARTNER, &SCOPES).await, app.program(CLERK, &SCOPES).await);
        let top_up = json!({ "customer_id": cast.customer, "amount": 40, "currency": "VND" });
        let deposit = json!({ "account_id": cast.partner, "amount": 5, "currency": "VND", "reference": "FT 2" });
        let_commits_fail(&app).await;
        once(&partner, TOP_UPS, &top_up).await.expect(500);
        once(&clerk, DEPOSITS, &deposit).await.expect(500);
        let_commits_succeed(&app).await;
        once(&partner, TOP_UPS, &top_up).await.expect(201);
        let recorded = once(&clerk, DEPOSITS, &deposit).await;
        assert_eq!(once(&clerk, DEPOSITS, &deposit).await.body, recorded.expect(201).body);
        assert_eq!((balance(&app, cast.partner).await, balance(&app, cast.customer).await), (60, 40));
    }
}
