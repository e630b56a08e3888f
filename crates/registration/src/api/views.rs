//! What the API shows of registrations.

use jiff::Timestamp;
use platform::{
    App,
    actor::Actor,
    event::{Audience, Event as _, Recorded},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    event::RegistrationEvent,
    rules::{self, RejectionReason, Requirement, Unmet},
};

/// For whom something is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum For {
    /// The applicant does not see who of the staff works on it, nor what they note among themselves.
    Applicant,
    Staff,
}

/// An application to become a partner.
#[derive(Serialize, ToSchema)]
pub(super) struct Registration {
    id: Uuid,
    /// What people call it by.
    #[schema(example = "REG-7K3M-Q2XA")]
    reference: String,
    account_id: Uuid,
    /// The name in the business register, as it was when the account applied.
    legal_name: String,
    /// ISO 3166-1 alpha-2.
    #[schema(example = "VN")]
    country: String,
    #[schema(example = "0100109106")]
    tax_code: String,
    email: String,
    /// Of the letters about it: `en` or `vi`.
    language: &'static str,
    submitted_at: Timestamp,
    terms: AcceptedTerms,
    /// Who of the staff holds the case; for staff only.
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewer_id: Option<Uuid>,
    #[serde(flatten)]
    state: State,
}

/// What was agreed to.
#[derive(Serialize, ToSchema)]
pub(super) struct AcceptedTerms {
    version: String,
    /// SHA-256 of the text, in hexadecimal.
    hash: String,
    /// In which language it was read.
    language: &'static str,
    /// The person who agreed.
    accepted_by: String,
}

/// Where it stands.
#[derive(Serialize, ToSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(super) enum State {
    /// Staff are to decide.
    AwaitingApproval {
        /// Until when; none while the clock stands still, because a question is open.
        #[schema(required = true)]
        due_at: Option<Timestamp>,
        /// What the applicant was asked and has not answered.
        #[schema(required = true)]
        question: Option<OpenQuestion>,
    },
    /// The account is a partner.
    Approved {
        at: Timestamp,
        /// Who of the staff decided; for staff only.
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<Uuid>,
    },
    /// Declined; the account may apply again.
    Rejected {
        at: Timestamp,
        /// Who of the staff decided; for staff only.
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<Uuid>,
        reason: Reason,
        /// In words for the applicant.
        words: String,
        /// For staff only.
        #[serde(skip_serializing_if = "Option::is_none")]
        private_note: Option<String>,
    },
    /// Taken back by the applicant.
    Withdrawn { at: Timestamp },
}

/// A question to the applicant.
#[derive(Serialize, ToSchema)]
pub(super) struct OpenQuestion {
    asked_at: Timestamp,
    words: String,
}

/// Why a registration is rejected.
#[derive(Clone, Copy, Serialize, serde::Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RejectionReason)]
pub(super) enum Reason {
    CompanyNotVerified,
    DetailsDoNotMatch,
    Duplicate,
    OutsideProgramme,
    NoAnswer,
    Other,
}

impl From<RejectionReason> for Reason {
    fn from(reason: RejectionReason) -> Self {
        match reason {
            RejectionReason::CompanyNotVerified => Self::CompanyNotVerified,
            RejectionReason::DetailsDoNotMatch => Self::DetailsDoNotMatch,
            RejectionReason::Duplicate => Self::Duplicate,
            RejectionReason::OutsideProgramme => Self::OutsideProgramme,
            RejectionReason::NoAnswer => Self::NoAnswer,
            RejectionReason::Other => Self::Other,
        }
    }
}

impl From<Reason> for RejectionReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::CompanyNotVerified => Self::CompanyNotVerified,
            Reason::DetailsDoNotMatch => Self::DetailsDoNotMatch,
            Reason::Duplicate => Self::Duplicate,
            Reason::OutsideProgramme => Self::OutsideProgramme,
            Reason::NoAnswer => Self::NoAnswer,
            Reason::Other => Self::Other,
        }
    }
}

impl Registration {
    pub(super) fn new(of: &rules::Registration, reader: For) -> Self {
        let staff = |value: Uuid| (reader == For::Staff).then_some(value);
        Self {
            id: of.id.into(),
            reference: of.reference(),
            account_id: of.account.into(),
            legal_name: of.applicant.legal_name.clone(),
            country: of.applicant.tax_code.country().code().to_owned(),
            tax_code: of.applicant.tax_code.to_string(),
            email: of.applicant.email.to_string(),
            language: of.language.tag(),
            submitted_at: of.submitted_at,
            terms: AcceptedTerms {
                version: of.terms.version.clone(),
                hash: of.terms.hash.clone(),
                language: of.terms.language.tag(),
                accepted_by: of.terms.person.clone(),
            },
            reviewer_id: of.reviewer.and_then(|reviewer| staff(reviewer.into())),
            state: match &of.state {
                rules::State::AwaitingApproval { deadline, question } => State::AwaitingApproval {
                    due_at: deadline.due(),
                    question: question.as_ref().map(|question| OpenQuestion {
                        asked_at: question.asked_at,
                        words: question.words.to_string(),
                    }),
                },
                rules::State::Approved { at, by } => State::Approved {
                    at: *at,
                    by: staff((*by).into()),
                },
                rules::State::Rejected {
                    at,
                    by,
                    reason,
                    words,
                    private_note,
                } => State::Rejected {
                    at: *at,
                    by: staff((*by).into()),
                    reason: (*reason).into(),
                    words: words.to_string(),
                    private_note: private_note
                        .as_ref()
                        .filter(|_| reader == For::Staff)
                        .map(ToString::to_string),
                },
                rules::State::Withdrawn { at } => State::Withdrawn { at: *at },
            },
        }
    }

    /// The place in a list, the newest first: ids ascend with time.
    pub(super) fn place(&self) -> String {
        self.id.to_string()
    }
}

/// Something that happened to a registration.
#[derive(Serialize, ToSchema)]
#[schema(as = RegistrationEvent)]
pub(super) struct Event {
    id: Uuid,
    at: Timestamp,
    #[schema(example = "registration.submitted")]
    kind: &'static str,
    /// `applicant`, `staff`, `system` or `visitor`.
    by: &'static str,
    /// That person's name; of staff for staff only.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// What belongs to it, by kind.
    #[schema(value_type = Object)]
    data: serde_json::Value,
}

/// The events of a registration that the reader may see.
pub(super) fn events(app: &App, history: Vec<Recorded<RegistrationEvent>>, reader: For) -> Vec<Event> {
    let seen = |recorded: &Recorded<RegistrationEvent>| {
        let audience = app
            .events()
            .iter()
            .find(|kind| kind.name == recorded.event.kind())
            .map(|kind| kind.audience);
        reader == For::Staff || audience == Some(Audience::Account)
    };
    let view = |recorded: Recorded<RegistrationEvent>| {
        let (by, name) = match recorded.actor {
            Actor::Root { name, .. } | Actor::Iam { name, .. } => ("applicant", Some(name)),
            Actor::Staff { name, .. } => ("staff", Some(name).filter(|_| reader == For::Staff)),
            Actor::Operator { .. } | Actor::System => ("system", None),
            Actor::Visitor => ("visitor", None),
        };
        Event {
            id: recorded.id.into(),
            at: recorded.at,
            kind: recorded.event.kind(),
            by,
            name,
            data: serde_json::to_value(&recorded.event).unwrap_or_default(),
        }
    };
    history.into_iter().filter(seen).map(view).collect()
}

/// What an account must satisfy to apply.
#[derive(Serialize, ToSchema)]
pub(super) struct Requirements {
    /// Whether nothing stands in the way.
    all_met: bool,
    requirements: Vec<Check>,
}

/// One requirement.
#[derive(Serialize, ToSchema)]
#[schema(as = Requirement)]
pub(super) struct Check {
    /// `registered`, `independent` or `enterprise`.
    requirement: &'static str,
    met: bool,
    /// Why not: `email_not_verified`, `customer_of_partner` or `individual`.
    #[schema(required = true)]
    reason: Option<&'static str>,
}

impl From<&rules::Requirements> for Requirements {
    fn from(checked: &rules::Requirements) -> Self {
        let check = |(requirement, unmet): (Requirement, Option<Unmet>)| Check {
            requirement: requirement.key(),
            met: unmet.is_none(),
            reason: unmet.map(|unmet| match unmet {
                Unmet::EmailNotVerified => "email_not_verified",
                Unmet::CustomerOf(_) => "customer_of_partner",
                Unmet::Individual => "individual",
            }),
        };
        Self {
            all_met: checked.all_met(),
            requirements: checked.iter().map(check).collect(),
        }
    }
}

/// The terms and conditions.
#[derive(Serialize, ToSchema)]
pub(super) struct Terms {
    #[schema(example = "2026-11-01")]
    pub(super) version: String,
    pub(super) language: &'static str,
    /// SHA-256 of the text, in hexadecimal.
    pub(super) hash: String,
    /// Markdown.
    pub(super) text: String,
}

/// Another account that may be the same company's.
#[derive(Serialize, ToSchema)]
pub(super) struct LookAlike {
    pub(super) account_id: Uuid,
    pub(super) name: String,
    #[schema(required = true)]
    pub(super) tax_code: Option<String>,
    pub(super) email: String,
    /// Its newest registration.
    #[schema(required = true)]
    pub(super) registration_id: Option<Uuid>,
}

/// What became of one of several.
#[derive(Serialize, ToSchema)]
pub(super) struct Decision {
    pub(super) id: Uuid,
    pub(super) approved: bool,
    /// The type of the problem, where it could not be approved.
    #[schema(required = true)]
    pub(super) problem: Option<String>,
    /// In the caller's language.
    #[schema(required = true)]
    pub(super) detail: Option<String>,
}
