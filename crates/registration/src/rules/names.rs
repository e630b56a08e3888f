//! The names of states, reasons and refusals: in the database, in addresses and in messages.

use std::str::FromStr;

use kernel::RegistrationId;
use platform::Denied;

use super::{RejectionReason, State, StateKind, TransitionError};

impl State {
    /// Without its data.
    #[must_use]
    pub fn kind(&self) -> StateKind {
        match self {
            Self::AwaitingApproval { .. } => StateKind::AwaitingApproval,
            Self::Approved { .. } => StateKind::Approved,
            Self::Rejected { .. } => StateKind::Rejected,
            Self::Withdrawn { .. } => StateKind::Withdrawn,
        }
    }
}

impl StateKind {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::AwaitingApproval,
        Self::Approved,
        Self::Rejected,
        Self::Withdrawn,
    ];

    /// The name in the database and in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingApproval => "awaiting_approval",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The message that names it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::AwaitingApproval => "registration-state-awaiting",
            Self::Approved => "registration-state-approved",
            Self::Rejected => "registration-state-rejected",
            Self::Withdrawn => "registration-state-withdrawn",
        }
    }

    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::AwaitingApproval => "info",
            Self::Approved => "good",
            Self::Rejected => "bad",
            Self::Withdrawn => "calm",
        }
    }
}

impl FromStr for StateKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

impl RejectionReason {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::CompanyNotVerified,
        Self::DetailsDoNotMatch,
        Self::Duplicate,
        Self::OutsideProgramme,
        Self::NoAnswer,
        Self::Other,
    ];

    /// The code in the database and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CompanyNotVerified => "company_not_verified",
            Self::DetailsDoNotMatch => "details_do_not_match",
            Self::Duplicate => "duplicate",
            Self::OutsideProgramme => "outside_programme",
            Self::NoAnswer => "no_answer",
            Self::Other => "other",
        }
    }

    /// The message that says it in words to the applicant.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::CompanyNotVerified => "registration-reason-company-not-verified",
            Self::DetailsDoNotMatch => "registration-reason-details-do-not-match",
            Self::Duplicate => "registration-reason-duplicate",
            Self::OutsideProgramme => "registration-reason-outside-programme",
            Self::NoAnswer => "registration-reason-no-answer",
            Self::Other => "registration-reason-other",
        }
    }
}

impl FromStr for RejectionReason {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|reason| reason.as_str() == text)
            .ok_or(())
    }
}

impl TransitionError {
    /// The message that says it to whoever tried.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Settled(_) => "registration-refused-settled",
            Self::QuestionOpen => "registration-refused-question-open",
            Self::NoQuestion => "registration-refused-no-question",
            Self::HeldBy(_) => "registration-refused-held",
            Self::NotTaken => "registration-refused-not-taken",
            Self::Denied(Denied::OwnAccount) => "registration-refused-own-account",
            Self::Denied(Denied::Role) => "registration-refused-role",
            Self::Unmet(_) => "registration-refused-unmet",
            Self::Deadline(_) => "registration-refused-deadline",
        }
    }
}

/// See [`Registration::reference`].
#[must_use]
pub fn reference(id: RegistrationId) -> String {
    kernel::reference("REG", id)
}
