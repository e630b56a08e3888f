//! `/readyz`: whether requests should be sent here.

use std::time::Duration;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use platform::App;

use crate::rooms::MIGRATIONS;

/// A database that takes longer is not there for a visitor either.
const PATIENCE: Duration = Duration::from_secs(2);

struct Check {
    name: &'static str,
    ok: bool,
}

/// Answers 200 when requests should be sent here and 503 otherwise, with each check named: as text, or as JSON where
/// that is asked for.
pub async fn answer(State(app): State<App>, headers: HeaderMap) -> Response {
    let checks = checks(&app).await;
    let ready = checks.iter().all(|check| check.ok);
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let word = |ok: bool| if ok { "ok" } else { "failed" };
    let wants_json = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("application/json"));
    if wants_json {
        let named: serde_json::Map<_, _> = checks
            .iter()
            .map(|check| (check.name.to_owned(), word(check.ok).into()))
            .collect();
        let body = serde_json::json!({ "ready": ready, "checks": named });
        return (status, axum::Json(body)).into_response();
    }
    let lines: String = checks
        .iter()
        .flat_map(|check| [check.name, ": ", word(check.ok), "\n"])
        .collect();
    (status, lines).into_response()
}

async fn checks(app: &App) -> [Check; 3] {
    let applied = tokio::time::timeout(PATIENCE, app.db().applied()).await;
    let applied = match applied {
        Ok(Ok(applied)) => Some(applied),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready: the database");
            None
        }
        Err(_) => {
            tracing::warn!("not ready: the database does not answer");
            None
        }
    };
    let is_current = |applied: &Vec<String>| {
        let mut known = MIGRATIONS.iter().copied().flatten();
        known.all(|migration| applied.iter().any(|name| name == migration.name))
    };
    [
        Check {
            name: "database",
            ok: applied.is_some(),
        },
        Check {
            name: "migrations",
            ok: applied.as_ref().is_some_and(is_current),
        },
        Check {
            name: "serving",
            ok: !app.is_draining(),
        },
    ]
}
