//! A registration and its states. Transitions take it by value and return the next one, or say why not.

use std::net::IpAddr;

use jiff::Timestamp;
use kernel::{
    AccountId, EmailAddress, Language, RegistrationId, StaffId, UserId,
    calendar::{BusinessCalendar, BusinessTime, CalendarError, Deadline, DeadlineError},
    tax_code::TaxCode,
};
use platform::{Denied, StaffMember, actor::Permission};
use serde::{Deserialize, Serialize};

use super::{Requirements, Words, reference};

/// One application of an account to become a partner.
#[derive(Clone, Debug, PartialEq)]
pub struct Registration {
    /// Its id.
    pub id: RegistrationId,
    /// Whose it is.
    pub account: AccountId,
    /// The applicant, as it was when it applied.
    pub applicant: Applicant,
    /// When it was submitted.
    pub submitted_at: Timestamp,
    /// The language that the applicant chose; letters about it are written in it.
    pub language: Language,
    /// What was agreed to.
    pub terms: AcceptedTerms,
    /// Who holds the case.
    pub reviewer: Option<StaffId>,
    /// Where it stands.
    pub state: State,
}

/// The applicant, as it was when it applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applicant {
    /// The name in the business register.
    pub legal_name: String,
    /// The tax code; it knows its country.
    pub tax_code: TaxCode,
    /// The root user's address.
    pub email: EmailAddress,
}

/// The acceptance of the terms: what, in which language, when, from where, by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedTerms {
    /// The version, as the folder of its files is called.
    pub version: String,
    /// The SHA-256 of the file that was read, in hexadecimal.
    pub hash: String,
    /// The language that it was read in.
    pub language: Language,
    /// When it was agreed to.
    pub at: Timestamp,
    /// From which address, where it is known.
    pub origin: Option<IpAddr>,
    /// The user who agreed.
    pub user: UserId,
    /// That person's name.
    pub person: String,
}

/// Where a registration stands.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Staff are to decide by the deadline. Its clock stands still exactly while a question is open.
    AwaitingApproval {
        /// Until when staff decide.
        deadline: Deadline,
        /// What the applicant was asked and has not answered.
        question: Option<OpenQuestion>,
    },
    /// The account is a partner.
    Approved {
        /// Since when.
        at: Timestamp,
        /// Who decided.
        by: StaffId,
    },
    /// Declined; the account may apply again.
    Rejected {
        /// When.
        at: Timestamp,
        /// Who decided.
        by: StaffId,
        /// Why, as a code.
        reason: RejectionReason,
        /// Why, in words for the applicant.
        words: Words,
        /// For staff only.
        private_note: Option<Words>,
    },
    /// Taken back by the applicant, who may apply again.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
}

/// A [`State`] without its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StateKind {
    /// [`State::AwaitingApproval`]
    AwaitingApproval,
    /// [`State::Approved`]
    Approved,
    /// [`State::Rejected`]
    Rejected,
    /// [`State::Withdrawn`]
    Withdrawn,
}

/// A question to the applicant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenQuestion {
    /// When it was asked.
    pub asked_at: Timestamp,
    /// By whom.
    pub by: StaffId,
    /// What is asked.
    pub words: Words,
}

/// Why a registration is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RejectionReason {
    /// The company could not be verified.
    CompanyNotVerified,
    /// What was given does not match the business register.
    DetailsDoNotMatch,
    /// The company is or was a partner under another account.
    Duplicate,
    /// The business does not fit the programme.
    OutsideProgramme,
    /// A question was not answered.
    NoAnswer,
    /// Something else, said in words.
    Other,
}

/// What a new registration is made from.
#[derive(Clone, Debug)]
pub struct NewRegistration {
    /// Its id.
    pub id: RegistrationId,
    /// Whose it is.
    pub account: AccountId,
    /// The applicant; none where the account is not a company's.
    pub applicant: Option<Applicant>,
    /// The language of letters.
    pub language: Language,
    /// What was agreed to; its time is that of the submission.
    pub terms: AcceptedTerms,
}

/// Why a registration is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// The account does not satisfy all requirements.
    #[error("a requirement is not met")]
    Unmet(Requirements),
    /// The calendar reaches no due moment.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

/// Why something cannot be done with a registration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransitionError {
    /// It is decided or withdrawn already.
    #[error("the registration is settled already: {}", .0.as_str())]
    Settled(StateKind),
    /// A question is open already.
    #[error("a question is open already")]
    QuestionOpen,
    /// No question is open.
    #[error("no question is open")]
    NoQuestion,
    /// A colleague holds the case.
    #[error("a colleague holds the case")]
    HeldBy(StaffId),
    /// Nobody holds the case: it must be taken first.
    #[error("the case must be taken first")]
    NotTaken,
    /// Whoever tried may not decide on it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The account no longer satisfies all requirements, so it cannot be approved.
    #[error("a requirement is no longer met")]
    Unmet(Requirements),
    /// The deadline does not allow it.
    #[error(transparent)]
    Deadline(#[from] DeadlineError),
}

impl Registration {
    /// Submits: the clock starts.
    pub fn submit(
        new: NewRegistration,
        requirements: &Requirements,
        calendar: &BusinessCalendar,
        allowance: BusinessTime,
    ) -> Result<Self, SubmitError> {
        let Some(applicant) = new.applicant.filter(|_| requirements.all_met()) else {
            return Err(SubmitError::Unmet(requirements.clone()));
        };
        let due = calendar.add(new.terms.at, allowance)?;
        Ok(Self {
            id: new.id,
            account: new.account,
            applicant,
            submitted_at: new.terms.at,
            language: new.language,
            terms: new.terms,
            reviewer: None,
            state: State::AwaitingApproval {
                deadline: Deadline::Running { due },
                question: None,
            },
        })
    }

    /// Takes the case. Only a lead takes it from a colleague; who has it already keeps it.
    pub fn take(self, by: &StaffMember) -> Result<Self, TransitionError> {
        self.waiting()?;
        by.may(Permission::DecideRegistrations)?;
        match self.reviewer {
            Some(holder) if holder != by.id && !leads(by) => Err(TransitionError::HeldBy(holder)),
            _ => Ok(Self {
                reviewer: Some(by.id),
                ..self
            }),
        }
    }

    /// Gives the case to a colleague: its holder does, or a lead.
    pub fn hand_over(self, by: &StaffMember, to: &StaffMember) -> Result<Self, TransitionError> {
        self.waiting()?;
        self.may_be_acted_on_by(by)?;
        to.may(Permission::DecideRegistrations)?;
        Ok(Self {
            reviewer: Some(to.id),
            ..self
        })
    }

    /// Gives the case back to the queue: its holder does, or a lead.
    pub fn release(self, by: &StaffMember) -> Result<Self, TransitionError> {
        self.waiting()?;
        if self.reviewer.is_none() {
            return Err(TransitionError::NotTaken);
        }
        self.may_be_acted_on_by(by)?;
        Ok(Self {
            reviewer: None,
            ..self
        })
    }

    /// Asks the applicant: the clock stops.
    pub fn ask(
        self,
        by: &StaffMember,
        words: Words,
        calendar: &BusinessCalendar,
        now: Timestamp,
    ) -> Result<Self, TransitionError> {
        let (deadline, question) = self.waiting()?;
        self.may_be_acted_on_by(by)?;
        if question.is_some() {
            return Err(TransitionError::QuestionOpen);
        }
        let deadline = deadline.stop(calendar, now)?;
        let question = Some(OpenQuestion {
            asked_at: now,
            by: by.id,
            words,
        });
        Ok(Self {
            state: State::AwaitingApproval { deadline, question },
            ..self
        })
    }

    /// The applicant answers: the clock runs on. The answer itself is kept in the event.
    pub fn answer(self, calendar: &BusinessCalendar, now: Timestamp) -> Result<Self, TransitionError> {
        let (deadline, question) = self.waiting()?;
        if question.is_none() {
            return Err(TransitionError::NoQuestion);
        }
        let deadline = deadline.resume(calendar, now)?;
        Ok(Self {
            state: State::AwaitingApproval {
                deadline,
                question: None,
            },
            ..self
        })
    }

    /// Makes the account a partner, if it (still) satisfies the requirements.
    pub fn approve(
        self,
        by: &StaffMember,
        requirements: &Requirements,
        now: Timestamp,
    ) -> Result<Self, TransitionError> {
        self.waiting()?;
        self.may_be_acted_on_by(by)?;
        if !requirements.all_met() {
            return Err(TransitionError::Unmet(requirements.clone()));
        }
        Ok(Self {
            state: State::Approved { at: now, by: by.id },
            ..self
        })
    }

    /// Declines.
    pub fn reject(
        self,
        by: &StaffMember,
        reason: RejectionReason,
        words: Words,
        private_note: Option<Words>,
        now: Timestamp,
    ) -> Result<Self, TransitionError> {
        self.waiting()?;
        self.may_be_acted_on_by(by)?;
        Ok(Self {
            state: State::Rejected {
                at: now,
                by: by.id,
                reason,
                words,
                private_note,
            },
            ..self
        })
    }

    /// The applicant takes it back.
    pub fn withdraw(self, now: Timestamp) -> Result<Self, TransitionError> {
        self.waiting()?;
        Ok(Self {
            state: State::Withdrawn { at: now },
            ..self
        })
    }

    /// Whether this member of staff may ask, approve or reject now; if not, why.
    pub fn may_be_acted_on_by(&self, by: &StaffMember) -> Result<(), TransitionError> {
        by.may(Permission::DecideRegistrations)?;
        match self.reviewer {
            _ if leads(by) => Ok(()),
            None => Err(TransitionError::NotTaken),
            Some(holder) if holder != by.id => Err(TransitionError::HeldBy(holder)),
            Some(_) => Ok(()),
        }
    }

    /// What people call it by, as in `REG-7K3M-Q2XA`: made from the random part of the id, in the alphabet of
    /// Crockford's base 32, which has no letters that look alike.
    #[must_use]
    pub fn reference(&self) -> String {
        reference(self.id)
    }

    /// The deadline, while it awaits approval.
    #[must_use]
    pub fn deadline(&self) -> Option<Deadline> {
        self.waiting().ok().map(|(deadline, _)| deadline)
    }

    /// The open question.
    #[must_use]
    pub fn question(&self) -> Option<&OpenQuestion> {
        self.waiting().ok().and_then(|(_, question)| question)
    }

    fn waiting(&self) -> Result<(Deadline, Option<&OpenQuestion>), TransitionError> {
        match &self.state {
            State::AwaitingApproval { deadline, question } => Ok((*deadline, question.as_ref())),
            settled => Err(TransitionError::Settled(settled.kind())),
        }
    }
}

/// Whether the role also acts on colleagues' cases.
pub(crate) fn leads(staff: &StaffMember) -> bool {
    staff.role.may(Permission::LeadRegistrations)
}
