//! The relation of one partner and one customer. Transitions take it by value and return the next one, or say why not.

use jiff::{SignedDuration, Timestamp};
use kernel::{
    AccountId, CustomerId, EmailAddress, Language, Words,
    calendar::{BusinessCalendar, BusinessTime, CalendarError, Deadline},
};
use platform::{Denied, Permission, StaffMember};

use super::{Condition, Eligibility, EndCause, FriendlyName, Role, State, StateKind};

/// The relation of one partner and one customer, from the invitation on.
#[derive(Clone, Debug, PartialEq)]
pub struct Customer {
    /// Its id.
    pub id: CustomerId,
    /// The partner's account.
    pub partner: AccountId,
    /// The address that was invited.
    pub email: EmailAddress,
    /// What the partner calls it.
    pub name: FriendlyName,
    /// What it is to the partner.
    pub role: Role,
    /// The language of letters to the invited address, until there is an account that has its own.
    pub language: Language,
    /// When it was first invited.
    pub invited_at: Timestamp,
    /// When the last invitation went out.
    pub sent_at: Timestamp,
    /// Where it stands.
    pub state: State,
}

/// What a new relation is made from.
#[derive(Clone, Debug)]
pub struct NewCustomer {
    /// Its id.
    pub id: CustomerId,
    /// The partner's account.
    pub partner: AccountId,
    /// Who is invited.
    pub email: EmailAddress,
    /// What the partner calls it.
    pub name: FriendlyName,
    /// What it is to the partner.
    pub role: Role,
    /// The language of the invitation.
    pub language: Language,
}

/// The account that answers an invitation.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its id.
    pub account: AccountId,
    /// Its root user's address.
    pub email: EmailAddress,
    /// Since when it exists.
    pub created_at: Timestamp,
    /// What it satisfies, checked now.
    pub eligibility: Eligibility,
}

/// Why something cannot be done with a relation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransitionError {
    /// Where it stands does not allow it.
    #[error("not possible: it is {}", .0.as_str())]
    State(StateKind),
    /// The link has expired.
    #[error("the invitation has expired")]
    LinkExpired,
    /// The invitation is for another address.
    #[error("the invitation is for another address")]
    OtherAddress,
    /// The account does not satisfy all conditions.
    #[error("a condition is not met")]
    Unmet(Eligibility),
    /// The last invitation went out a moment ago.
    #[error("the next invitation may go out at {0}")]
    TooSoon(Timestamp),
    /// Not expired yet.
    #[error("the invitation has not expired yet")]
    NotYet,
    /// Whoever tried may not decide on it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The calendar reaches no due moment.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

impl Customer {
    /// Invites: the link works for `life`.
    #[must_use]
    pub fn invite(new: NewCustomer, now: Timestamp, life: SignedDuration) -> Self {
        Self {
            id: new.id,
            partner: new.partner,
            email: new.email,
            name: new.name,
            role: new.role,
            language: new.language,
            invited_at: now,
            sent_at: now,
            state: State::AwaitingCustomer {
                expires_at: now + life,
            },
        }
    }

    /// Invites again; the link before stops working.
    pub fn resend(
        self,
        now: Timestamp,
        life: SignedDuration,
        gap: SignedDuration,
    ) -> Result<Self, TransitionError> {
        if !matches!(self.state, State::AwaitingCustomer { .. } | State::Expired { .. }) {
            return Err(self.not_possible());
        }
        let next = self.sent_at + gap;
        if now < next {
            return Err(TransitionError::TooSoon(next));
        }
        Ok(Self {
            sent_at: now,
            state: State::AwaitingCustomer {
                expires_at: now + life,
            },
            ..self
        })
    }

    /// The customer confirms. It is active at once where the account was there before the invitation; else staff decide
    /// within `allowance`.
    pub fn confirm(
        self,
        by: &Candidate,
        calendar: &BusinessCalendar,
        allowance: BusinessTime,
        now: Timestamp,
    ) -> Result<Self, TransitionError> {
        self.answerable(now)?;
        if by.email != self.email {
            return Err(TransitionError::OtherAddress);
        }
        if !by.eligibility.all_met() {
            return Err(TransitionError::Unmet(by.eligibility.clone()));
        }
        let state = if by.created_at < self.invited_at {
            State::Active {
                account: by.account,
                since: now,
                approved_by: None,
            }
        } else {
            State::AwaitingApproval {
                account: by.account,
                confirmed_at: now,
                due: calendar.add(now, allowance)?,
            }
        };
        Ok(Self { state, ..self })
    }

    /// Whoever holds the link declines. `unmet` is what the partner may know of why.
    pub fn decline(self, unmet: Vec<Condition>, now: Timestamp) -> Result<Self, TransitionError> {
        self.answerable(now)?;
        Ok(self.with(State::Declined { at: now, unmet }))
    }

    /// The partner takes it back, before it is active.
    pub fn withdraw(self, now: Timestamp) -> Result<Self, TransitionError> {
        match self.state {
            State::AwaitingCustomer { .. } | State::AwaitingApproval { .. } => {
                Ok(self.with(State::Withdrawn { at: now }))
            }
            _ => Err(self.not_possible()),
        }
    }

    /// Nobody answered in time.
    pub fn expire(self, now: Timestamp) -> Result<Self, TransitionError> {
        match self.state {
            State::AwaitingCustomer { expires_at } if expires_at <= now => {
                Ok(self.with(State::Expired { at: now }))
            }
            State::AwaitingCustomer { .. } => Err(TransitionError::NotYet),
            _ => Err(self.not_possible()),
        }
    }

    /// Staff approve, if the account (still) satisfies the conditions.
    pub fn approve(
        self,
        by: &StaffMember,
        eligibility: &Eligibility,
        now: Timestamp,
    ) -> Result<Self, TransitionError> {
        let account = self.decidable(by)?;
        if !eligibility.all_met() {
            return Err(TransitionError::Unmet(eligibility.clone()));
        }
        Ok(self.with(State::Active {
            account,
            since: now,
            approved_by: Some(by.id),
        }))
    }

    /// Staff do not approve.
    pub fn reject(self, by: &StaffMember, words: Words, now: Timestamp) -> Result<Self, TransitionError> {
        let account = self.decidable(by)?;
        Ok(self.with(State::Rejected {
            account,
            at: now,
            by: by.id,
            words,
        }))
    }

    /// Ends what is active.
    pub fn end(self, cause: EndCause, now: Timestamp) -> Result<Self, TransitionError> {
        match self.state {
            State::Active { account, since, .. } => Ok(self.with(State::Ended {
                account,
                since,
                at: now,
                cause,
            })),
            _ => Err(self.not_possible()),
        }
    }

    /// Received without an invitation, active at once: by a transfer to which the account agreed, or with the provider's
    /// list of accounts.
    #[must_use]
    pub fn receive(new: NewCustomer, account: AccountId, now: Timestamp) -> Self {
        Self {
            id: new.id,
            partner: new.partner,
            email: new.email,
            name: new.name,
            role: new.role,
            language: new.language,
            invited_at: now,
            sent_at: now,
            state: State::Active {
                account,
                since: now,
                approved_by: None,
            },
        }
    }

    /// Calls it otherwise, while it is not over.
    pub fn rename(self, name: FriendlyName, role: Role) -> Result<Self, TransitionError> {
        if self.state.kind().is_open() {
            Ok(Self { name, role, ..self })
        } else {
            Err(self.not_possible())
        }
    }

    /// The customer's account, where it is known: since it confirmed.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        match self.state {
            State::AwaitingApproval { account, .. }
            | State::Active { account, .. }
            | State::Rejected { account, .. }
            | State::Ended { account, .. } => Some(account),
            State::AwaitingCustomer { .. }
            | State::Declined { .. }
            | State::Withdrawn { .. }
            | State::Expired { .. } => None,
        }
    }

    /// The account that the partner may know: its customer's, now or before.
    #[must_use]
    pub fn managed_account(&self) -> Option<AccountId> {
        match self.state {
            State::Active { account, .. } | State::Ended { account, .. } => Some(account),
            _ => None,
        }
    }

    /// The deadline of staff, while it awaits approval.
    #[must_use]
    pub fn deadline(&self) -> Option<Deadline> {
        match self.state {
            State::AwaitingApproval { due, .. } => Some(Deadline::Running { due }),
            _ => None,
        }
    }

    /// Whether the invitation can be answered now; if not, why.
    pub fn answerable(&self, now: Timestamp) -> Result<(), TransitionError> {
        match self.state {
            State::AwaitingCustomer { expires_at } if expires_at > now => Ok(()),
            State::AwaitingCustomer { .. } | State::Expired { .. } => Err(TransitionError::LinkExpired),
            _ => Err(self.not_possible()),
        }
    }

    /// Whether this one may approve or reject now; if not, why. The account that it is about.
    pub fn decidable(&self, by: &StaffMember) -> Result<AccountId, TransitionError> {
        let State::AwaitingApproval { account, .. } = self.state else {
            return Err(self.not_possible());
        };
        by.may(Permission::DecideCustomers)?;
        Ok(account)
    }

    fn with(self, state: State) -> Self {
        Self { state, ..self }
    }

    fn not_possible(&self) -> TransitionError {
        TransitionError::State(self.state.kind())
    }
}
