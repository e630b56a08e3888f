//! The first page after signing in: the partner workspace, or what stands before it; to the customer of a partner, who
//! manages the account.

use std::collections::HashMap;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use platform::{
    Partnership,
    web::{Fault, Shell, page, redirect},
};

use super::{
    Shown as _, Standing,
    checks::{self, Check},
    history::{self, Earlier},
    lede, name_of,
};
use crate::{
    desk::{Desk, Pending},
    rules::{Registration, Requirements, State as Stand, StateKind},
};

#[derive(Template)]
#[template(path = "registration-before.html")]
struct BeforePage {
    shell: Shell,
    checks: Vec<Check>,
    all_met: bool,
    is_root: bool,
    days: u32,
    current: Option<Registration>,
    /// What another room has under way for the account.
    pending: Option<Pending>,
}

#[derive(Template)]
#[template(path = "registration-workspace.html")]
struct WorkspacePage {
    shell: Shell,
    registration: Registration,
    since: jiff::Timestamp,
    earlier: Vec<Earlier>,
}

#[derive(Template)]
#[template(path = "registration-managed.html")]
struct ManagedPage {
    shell: Shell,
    partner: String,
    earlier: Vec<Earlier>,
}

impl ManagedPage {
    fn about(&self, key: &str) -> String {
        let provider = self.shell.site().name.as_str();
        self.shell
            .l
            .t2(key, "partner", self.partner.as_str(), "provider", provider)
    }
}

/// Who manages the account, where somebody does: then there is nothing to apply for.
pub(super) async fn managed(
    desk: &Desk,
    shell: &Shell,
    standing: &Standing,
) -> Result<Option<Response>, Fault> {
    let Partnership::CustomerOf(partner) = standing.account.partnership() else {
        return Ok(None);
    };
    let shown = page(&ManagedPage {
        partner: name_of(desk, partner).await?,
        earlier: history::of(&shell.l, &standing.registrations, None),
        shell: shell.clone(),
    });
    shown.map(Some)
}

impl BeforePage {
    fn lede(&self) -> String {
        lede(&self.shell, self.days)
    }

    fn state(&self) -> Option<StateKind> {
        self.current.as_ref().map(|current| current.state.kind())
    }

    fn is_waiting(&self) -> bool {
        self.state() == Some(StateKind::AwaitingApproval)
    }

    fn is_asked(&self) -> bool {
        self.current
            .as_ref()
            .is_some_and(|current| current.question().is_some())
    }

    fn due(&self) -> Option<jiff::Timestamp> {
        self.current
            .as_ref()?
            .deadline()?
            .due()
            .filter(|due| *due >= self.shell.now())
    }
}

/// `/`
pub(super) async fn front_door() -> Response {
    redirect("/overview")
}

/// `/overview`, for anybody: whoever is not signed in is asked to. A published sign-in link that leads back here
/// brings an authorization code that the portal did not ask for; the portal then asks for one of its own.
pub(super) async fn show(
    State(desk): State<Desk>,
    shell: Shell,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Fault> {
    let Some(person) = shell.visitor.signed_in() else {
        return Ok(redirect("/sign-in?to=/overview"));
    };
    if person.account().is_none() {
        return Ok(redirect("/staff/registrations"));
    }
    if query.contains_key("code") {
        return Ok(redirect("/overview"));
    }
    let standing = Standing::kept(&desk, &shell).await?;
    if let Some(page) = managed(&desk, &shell, &standing).await? {
        return Ok(page);
    }
    match standing.current().cloned() {
        Some(
            registration @ Registration {
                state: Stand::Approved { at, .. },
                ..
            },
        ) => page(&WorkspacePage {
            earlier: history::of(&shell.l, &standing.registrations, Some(&registration)),
            registration,
            since: at,
            shell,
        }),
        current => page(&BeforePage {
            checks: checks::of(&desk, &shell, &standing.account, standing.is_root).await?,
            all_met: Requirements::check(&standing.account).all_met(),
            is_root: standing.is_root,
            days: desk.config().business_days.get(),
            pending: desk.pending(&shell, standing.account.id).await?,
            current,
            shell,
        }),
    }
}
