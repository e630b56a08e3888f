//! What a member of staff is offered on a case. The rules decide again when it is used.

use platform::{Denied, StaffMember, actor::Permission};

use crate::rules::{Registration, StateKind, leads};

/// How the reader stands to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// It is settled: nothing is left to do.
    Settled,
    /// The reader's role only looks.
    Looks,
    /// It is the reader's own account.
    Own,
    /// Nobody holds it.
    Free,
    /// The reader holds it.
    Mine,
    /// A colleague holds it, and the reader leads.
    Led,
    /// A colleague holds it.
    Colleagues,
}

impl Access {
    pub(super) fn of(registration: &Registration, by: &StaffMember) -> Self {
        if registration.state.kind() != StateKind::AwaitingApproval {
            return Self::Settled;
        }
        match (by.may(Permission::DecideRegistrations), registration.reviewer) {
            (Err(Denied::Role), _) => Self::Looks,
            (Err(Denied::OwnAccount), _) => Self::Own,
            (Ok(()), None) => Self::Free,
            (Ok(()), Some(holder)) if holder == by.id => Self::Mine,
            (Ok(()), Some(_)) if leads(by) => Self::Led,
            (Ok(()), Some(_)) => Self::Colleagues,
        }
    }

    /// Whether to offer to take the case: a lead may also take it from a colleague.
    pub(super) fn takes(self) -> bool {
        matches!(self, Self::Free | Self::Led)
    }

    /// Whether to offer to ask, approve and reject: to who holds the case, so that two do not work on it.
    pub(super) fn decides(self) -> bool {
        self == Self::Mine
    }

    /// Whether to offer to give it back, or to a colleague.
    pub(super) fn passes_on(self) -> bool {
        matches!(self, Self::Mine | Self::Led)
    }
}
