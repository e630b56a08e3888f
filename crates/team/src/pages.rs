//! What people see: the root user its team at `/team`, whoever is invited the page behind the link.

mod invite;
mod join;
mod list;
mod member;

use axum::http::StatusCode;
use kernel::UserId;
use platform::{
    Grant, L10n,
    web::{Fault, Mounted, Need, Routes, Shell},
};

use crate::{Team, rules::Member, service::TeamError, store};

pub(crate) fn mount(room: &Team) -> Mounted {
    Routes::new()
        .get("/team", Need::Root, list::show)
        .get("/team/new", Need::Root, invite::form)
        .post("/team/new", Need::Root, invite::submit)
        .get("/team/{id}", Need::Root, member::show)
        .post("/team/{id}", Need::Root, member::save)
        .post("/team/{id}/send-again", Need::Root, member::send_again)
        .get("/team/{id}/remove", Need::Root, member::confirm)
        .post("/team/{id}/remove", Need::Root, member::remove)
        .get("/join", Need::Nothing, join::show)
        .post("/join", Need::Nothing, join::submit)
        .with_state(room.clone())
}

/// The member of the reader's account that an address names.
async fn found(room: &Team, shell: &Shell, id: &str) -> Result<Member, Fault> {
    let id: UserId = id.parse().map_err(|_| Fault::not_found())?;
    store::find(room.app().db().read(), shell.account()?, id)
        .await?
        .ok_or_else(Fault::not_found)
}

/// A grant to tick.
struct Choice {
    grant: Grant,
    label: String,
    hint: String,
    ticked: bool,
}

fn choices(l: &L10n, ticked: impl Fn(Grant) -> bool) -> Vec<Choice> {
    let choice = |grant| Choice {
        grant,
        label: l.t(&grant.label()),
        hint: l.t(&format!("{}-hint", grant.label())),
        ticked: ticked(grant),
    };
    Grant::ALL.into_iter().map(choice).collect()
}

/// A refusal as a fault, where no form of its own tells it.
fn fault(error: TeamError) -> Fault {
    match error {
        TeamError::Unknown => Fault::not_found(),
        TeamError::Db(error) => error.into(),
        TeamError::Joined => {
            Fault::told_with(StatusCode::CONFLICT, "team-joined-already", "team-back", "/team")
        }
        TeamError::TooManyLetters(_) | TeamError::TooManyToday(_) => Fault::told_with(
            StatusCode::TOO_MANY_REQUESTS,
            "team-too-many-letters",
            "team-back",
            "/team",
        ),
        TeamError::Full(_) | TeamError::EmailTaken | TeamError::UserNameTaken(_) => {
            Fault::told_with(StatusCode::CONFLICT, "team-taken", "team-back", "/team")
        }
    }
}
