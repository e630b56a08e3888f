//! Moves the demo's clock, so that a deadline can be watched.

use axum::{extract::State, response::Response};
use jiff::SignedDuration;
use platform::{
    App,
    app::{put_setting, setting_or_insert},
    web::{Fault, Form, Shell, local_path, redirect},
};
use serde::Deserialize;

use super::Demo;

const SETTING: &str = "demo-clock";

#[derive(Deserialize)]
pub(super) struct Advance {
    #[serde(default)]
    by: String,
    #[serde(default)]
    back: String,
}

pub(super) async fn advance(
    State(demo): State<Demo>,
    shell: Shell,
    Form(form): Form<Advance>,
) -> Result<Response, Fault> {
    let now = shell.now();
    let by = match form.by.as_str() {
        "hour" => SignedDuration::from_hours(1),
        "day" => SignedDuration::from_hours(24),
        "business-day" => {
            let next = demo
                .calendar
                .add(now, demo.calendar.days(1))
                .map_err(Fault::internal)?;
            next.duration_since(now)
        }
        _ => return Err(Fault::bad_request()),
    };
    demo.app.clock().advance(by);
    put_setting(
        demo.app.db(),
        SETTING,
        demo.app.clock().offset_millis().to_string(),
    )
    .await?;
    Ok(redirect(local_path(&form.back).unwrap_or("/")))
}

/// Takes up where the demo's clock was left: time must not run backwards over a restart.
pub async fn restore(app: &App) -> Result<(), sea_orm::DbErr> {
    let offset = setting_or_insert(app.db(), SETTING, || "0".to_owned()).await?;
    app.clock()
        .advance(SignedDuration::from_millis(offset.parse().unwrap_or_default()));
    Ok(())
}
