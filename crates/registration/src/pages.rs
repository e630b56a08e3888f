//! What people see: applicants and partners, and staff who review.

mod answer;
mod apply;
mod checks;
mod history;
mod overview;
mod receipt;
pub(crate) mod review;
mod status;
mod terms;
mod timeline;
mod withdraw;

use std::{ops::Deref, sync::Arc};

use accounts::account::Account;
use kernel::AccountId;
use platform::{
    L10n,
    actor::Capacity,
    event::{Recorded, history as history_of},
    web::{Fault, Mounted, NavEntry, Need, Routes, Shell},
};
use sea_orm::DbErr;

use crate::{
    desk::Desk,
    event::RegistrationEvent,
    rules::{Registration, StateKind},
    store,
};

/// The navigation of applicants and partners.
pub const NAV: &[NavEntry] = &[
    NavEntry {
        href: "/overview",
        label: "registration-nav-overview",
        need: Need::Account,
    },
    NavEntry {
        href: "/registration",
        label: "registration-nav",
        need: Need::Account,
    },
];

pub(crate) fn mount(desk: &Desk) -> Mounted {
    let routes = Routes::new()
        .get("/", Need::Nothing, overview::front_door)
        .get("/overview", Need::Nothing, overview::show)
        .get("/registration", Need::Account, apply::show)
        .post("/registration", Need::Root, apply::submit)
        .post("/registration/answer", Need::Root, answer::submit)
        .get("/registration/withdraw", Need::Root, withdraw::confirm)
        .post("/registration/withdraw", Need::Root, withdraw::submit)
        .get("/registration/terms", Need::Nothing, terms::show)
        .get("/registration/receipt", Need::SignedIn, receipt::download)
        .get("/registration/events", Need::Account, status::events);
    review::routes(routes).with_state(desk.clone())
}

/// An account and its registrations, as read from the database.
pub(crate) struct OnFile {
    account: Account,
    /// The newest first.
    registrations: Vec<Registration>,
    /// Of the live registration, oldest first.
    events: Vec<Recorded<RegistrationEvent>>,
}

/// An account and its registrations, as one of its users sees them.
struct Standing {
    on_file: Arc<OnFile>,
    /// Whether the reader is the root user.
    is_root: bool,
}

impl Deref for Standing {
    type Target = OnFile;

    fn deref(&self) -> &OnFile {
        &self.on_file
    }
}

impl Standing {
    /// As it is now: for whoever is about to change it.
    async fn of_reader(desk: &Desk, shell: &Shell) -> Result<Self, Fault> {
        let (id, is_root) = reader(shell)?;
        let on_file = OnFile::read(desk, id).await?.map(Arc::new);
        Ok(Self {
            on_file: on_file.ok_or_else(Fault::sign_in_again)?,
            is_root,
        })
    }

    /// As it is kept (see [`platform::cache`]): for whoever looks.
    async fn kept(desk: &Desk, shell: &Shell) -> Result<Self, Fault> {
        let (id, is_root) = reader(shell)?;
        let read = async || OnFile::read(desk, id).await;
        let about = |_: &OnFile| vec![id.into()];
        let on_file = desk.on_file().get(desk.app(), id, about, read).await?;
        Ok(Self {
            on_file: on_file.ok_or_else(Fault::sign_in_again)?,
            is_root,
        })
    }
}

/// The reader's account, and whether the reader is its root user.
fn reader(shell: &Shell) -> Result<(AccountId, bool), Fault> {
    let is_root = matches!(shell.person()?.capacity, Capacity::Root { .. });
    Ok((shell.account()?, is_root))
}

impl OnFile {
    async fn read(desk: &Desk, id: AccountId) -> Result<Option<Self>, DbErr> {
        let db = desk.app().db().read();
        let Some(account) = accounts::store::account(db, id).await? else {
            return Ok(None);
        };
        let mut on_file = Self {
            account,
            registrations: store::of_account(db, id).await?,
            events: Vec::new(),
        };
        if let Some(live) = on_file.live().map(|live| live.id) {
            on_file.events = history_of(db, live).await?;
        }
        Ok(Some(on_file))
    }

    /// The registration that counts: the approved one, else the newest.
    fn current(&self) -> Option<&Registration> {
        let approved = |registration: &&Registration| registration.state.kind() == StateKind::Approved;
        self.registrations
            .iter()
            .find(approved)
            .or(self.registrations.first())
    }

    /// The current registration while it waits or after it was approved: then there is nothing to apply for.
    fn live(&self) -> Option<&Registration> {
        self.current().filter(|registration| {
            matches!(
                registration.state.kind(),
                StateKind::AwaitingApproval | StateKind::Approved
            )
        })
    }
}

/// What the applicant is told first.
fn lede(shell: &Shell, days: u32) -> String {
    shell.l.t2(
        "registration-lede",
        "provider",
        shell.site().name.as_str(),
        "days",
        days,
    )
}

/// A time as templates write it.
trait Shown {
    fn shown(&self, l: &L10n) -> String;
}

impl Shown for jiff::Timestamp {
    fn shown(&self, l: &L10n) -> String {
        l.date_time(*self)
    }
}

/// The name of an account, for its own customers.
async fn name_of(desk: &Desk, account: AccountId) -> Result<String, Fault> {
    let account = accounts::store::account(desk.app().db().read(), account).await?;
    Ok(account
        .map(|account| account.display_name().to_owned())
        .unwrap_or_default())
}
