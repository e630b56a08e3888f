//! What several pages of staff share.

use std::collections::HashMap;

use axum::http::StatusCode;
use kernel::{RegistrationId, StaffId};
use platform::{
    Actor, Denied, L10n, StaffRole,
    actor::Capacity,
    web::{Fault, Shell},
};

use crate::{
    desk::Desk,
    rules::{StateKind, TransitionError},
};

/// The names of staff by id.
pub(super) struct Names(HashMap<StaffId, String>);

/// All names.
pub(super) async fn names(desk: &Desk) -> Result<Names, Fault> {
    let staff = accounts::store::staff_names(desk.app().db().read()).await?;
    Ok(Names(staff.into_iter().collect()))
}

impl Names {
    /// The name; a dash where there is none.
    pub(super) fn of(&self, staff: StaffId) -> &str {
        self.0.get(&staff).map_or("–", String::as_str)
    }
}

/// Who of the staff reads.
pub(super) fn reader(shell: &Shell) -> Result<(StaffId, StaffRole), Fault> {
    match shell.person()?.capacity {
        Capacity::Staff { staff, role } => Ok((staff, role)),
        _ => Err(Fault::forbidden()),
    }
}

/// An id from an address; what is none names nothing.
pub(super) fn id(text: &str) -> Result<RegistrationId, Fault> {
    text.parse().map_err(|_| Fault::not_found())
}

/// Where a case is.
pub(super) fn case_path(id: RegistrationId) -> String {
    format!("{}/{id}", super::QUEUE)
}

/// Who did something, for people; nothing for a visitor, who has no name.
pub(super) fn actor(l: &L10n, actor: &Actor) -> Option<String> {
    match actor {
        Actor::Root { name, .. }
        | Actor::Iam { name, .. }
        | Actor::Staff { name, .. }
        | Actor::Operator { name } => Some(name.clone()),
        Actor::System => Some(l.t("review-actor-system")),
        Actor::Visitor => None,
    }
}

/// Why something cannot be done, for whoever tried.
pub(super) fn refusal(l: &L10n, names: &Names, error: &TransitionError) -> String {
    match error {
        TransitionError::Settled(StateKind::Approved) => l.t("review-refused-approved"),
        TransitionError::Settled(StateKind::Rejected) => l.t("review-refused-rejected"),
        TransitionError::Settled(_) => l.t("review-refused-withdrawn"),
        TransitionError::QuestionOpen => l.t("review-refused-question-open"),
        TransitionError::NoQuestion => l.t("review-refused-no-question"),
        TransitionError::HeldBy(holder) => l.t1("review-refused-held", "name", names.of(*holder)),
        TransitionError::NotTaken => l.t("review-refused-not-taken"),
        TransitionError::Denied(Denied::OwnAccount) => l.t("review-refused-own-account"),
        TransitionError::Denied(Denied::Role) => l.t("review-refused-role"),
        TransitionError::Unmet(_) => l.t("review-refused-unmet"),
        TransitionError::Deadline(_) => l.t("review-refused-deadline"),
    }
}

/// The status of a page that says why something was not done.
pub(super) const REFUSED: StatusCode = StatusCode::CONFLICT;
