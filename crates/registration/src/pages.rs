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

use accounts::account::Account;
use kernel::AccountId;
use platform::{
    L10n,
    actor::Capacity,
    web::{Fault, Mounted, NavEntry, Need, Routes, Shell},
};

use crate::{
    desk::Desk,
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

/// An account and its registrations, as its users see them.
struct Standing {
    account: Account,
    /// The newest first.
    registrations: Vec<Registration>,
    /// Whether the reader is the root user.
    is_root: bool,
}

impl Standing {
    async fn of_reader(desk: &Desk, shell: &Shell) -> Result<Self, Fault> {
        let person = shell.person()?;
        let id = person.account().ok_or_else(Fault::forbidden)?;
        let db = desk.app().db().read();
        let account = accounts::store::account(db, id)
            .await?
            .ok_or_else(Fault::sign_in_again)?;
        let registrations = store::of_account(db, id).await?;
        Ok(Self {
            account,
            registrations,
            is_root: matches!(person.capacity, Capacity::Root { .. }),
        })
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
