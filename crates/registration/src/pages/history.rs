//! Earlier applications.

use jiff::Timestamp;
use platform::L10n;

use crate::rules::{Registration, State, StateKind};

/// An earlier application as the page lists it.
pub(super) struct Earlier {
    pub(super) id: String,
    pub(super) reference: String,
    pub(super) submitted_at: Timestamp,
    pub(super) settled_at: Option<Timestamp>,
    pub(super) state: StateKind,
    /// Of a rejection: the reason, and the words of staff.
    pub(super) rejection: Option<(String, String)>,
}

/// All but the one that the page is about.
pub(super) fn of(l: &L10n, all: &[Registration], but: Option<&Registration>) -> Vec<Earlier> {
    let but = but.map(|registration| registration.id);
    all.iter()
        .filter(|registration| Some(registration.id) != but)
        .map(|registration| earlier(l, registration))
        .collect()
}

fn earlier(l: &L10n, registration: &Registration) -> Earlier {
    let (settled_at, rejection) = match &registration.state {
        State::AwaitingApproval { .. } => (None, None),
        State::Approved { at, .. } | State::Withdrawn { at } => (Some(*at), None),
        State::Rejected {
            at, reason, words, ..
        } => (Some(*at), Some((l.t(reason.label()), words.to_string()))),
    };
    Earlier {
        id: registration.id.to_string(),
        reference: registration.reference(),
        submitted_at: registration.submitted_at,
        settled_at,
        state: registration.state.kind(),
        rejection,
    }
}
