//! Taking an application back, after a confirmation.

use askama::Template;
use axum::{extract::State, response::Response};
use platform::web::{Fault, Shell, flash, page, redirect};

use super::Standing;
use crate::{
    desk::Desk,
    rules::{Registration, StateKind, TransitionError},
    service::{self, Refused},
};

#[derive(Template)]
#[template(path = "registration-withdraw.html")]
struct WithdrawPage {
    shell: Shell,
    registration: Registration,
}

pub(super) async fn confirm(State(desk): State<Desk>, shell: Shell) -> Result<Response, Fault> {
    let standing = Standing::of_reader(&desk, &shell).await?;
    match standing
        .live()
        .filter(|live| live.state.kind() == StateKind::AwaitingApproval)
    {
        Some(waiting) => page(&WithdrawPage {
            registration: waiting.clone(),
            shell,
        }),
        None => Ok(redirect("/registration")),
    }
}

pub(super) async fn submit(State(desk): State<Desk>, shell: Shell) -> Result<Response, Fault> {
    let account = shell.account()?;
    match service::withdraw(&desk, shell.caller(), account).await {
        Ok(_) => Ok(flash(&shell, "/registration", "registration-withdrawn")),
        // Decided or withdrawn meanwhile: the page says what came first.
        Err(Refused::NotFound | Refused::Rule(TransitionError::Settled(_))) => Ok(redirect("/registration")),
        Err(refused) => Err(refused.into()),
    }
}
