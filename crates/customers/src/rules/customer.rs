//! The relation of one partner and one customer, and its states. Transitions take it by value and return the next one, or
//! say why not.

use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};
use kernel::{
    AccountId, CustomerId, EmailAddress, Language, StaffId, Words,
    calendar::{BusinessCalendar, BusinessTime, CalendarError, Deadline},
};
use serde::{Deserialize, Serialize};

use super::{Condition, Eligibility, FriendlyName, Role};

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

/// Where the relation stands.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// The customer is to confirm or decline.
    AwaitingCustomer {
        /// Until when the link works.
        expires_at: Timestamp,
    },
    /// The customer confirmed and is new to the provider: staff decide.
    AwaitingApproval {
        /// The customer's account.
        account: AccountId,
        /// When it confirmed.
        confirmed_at: Timestamp,
        /// By when staff decide.
        due: Timestamp,
    },
    /// The account is the partner's customer.
    Active {
        /// The customer's account.
        account: AccountId,
        /// Since when.
        since: Timestamp,
        /// Who of the staff approved it; nobody where it was known to the provider before.
        approved_by: Option<StaffId>,
    },
    /// The invited person does not want to, or cannot.
    Declined {
        /// When.
        at: Timestamp,
        /// Which conditions it allowed the partner to know that it does not meet.
        unmet: Vec<Condition>,
    },
    /// Taken back by the partner.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// The invitation was not answered in time.
    Expired {
        /// When.
        at: Timestamp,
    },
    /// Staff did not approve.
    Rejected {
        /// The customer's account.
        account: AccountId,
        /// When.
        at: Timestamp,
        /// Who decided.
        by: StaffId,
        /// Why, in words for the customer and the partner.
        words: Words,
    },
    /// It was active, and is over.
    Ended {
        /// The customer's account.
        account: AccountId,
        /// Since when it had been active.
        since: Timestamp,
        /// When it ended.
        at: Timestamp,
        /// How.
        cause: EndCause,
    },
}

/// A [`State`] without its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StateKind {
    /// [`State::AwaitingCustomer`]
    AwaitingCustomer,
    /// [`State::AwaitingApproval`]
    AwaitingApproval,
    /// [`State::Active`]
    Active,
    /// [`State::Declined`]
    Declined,
    /// [`State::Withdrawn`]
    Withdrawn,
    /// [`State::Expired`]
    Expired,
    /// [`State::Rejected`]
    Rejected,
    /// [`State::Ended`]
    Ended,
}

/// How a relation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndCause {
    /// The partner ended it.
    Partner,
    /// The customer went to another partner.
    Transfer,
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

/// One of the staff, seen from one relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decider {
    /// Who.
    pub staff: StaffId,
    /// Whether the role decides on customers.
    pub may_decide: bool,
    /// Whether the customer's or the partner's account is (also) the decider's own.
    pub own_account: bool,
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
    /// The role does not allow it.
    #[error("the role does not allow it")]
    NotAllowed,
    /// The account is the decider's own.
    #[error("nobody decides on their own account")]
    OwnAccount,
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
        by: Decider,
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
            approved_by: Some(by.staff),
        }))
    }

    /// Staff do not approve.
    pub fn reject(self, by: Decider, words: Words, now: Timestamp) -> Result<Self, TransitionError> {
        let account = self.decidable(by)?;
        Ok(self.with(State::Rejected {
            account,
            at: now,
            by: by.staff,
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
    pub fn decidable(&self, by: Decider) -> Result<AccountId, TransitionError> {
        let State::AwaitingApproval { account, .. } = self.state else {
            return Err(self.not_possible());
        };
        if !by.may_decide {
            Err(TransitionError::NotAllowed)
        } else if by.own_account {
            Err(TransitionError::OwnAccount)
        } else {
            Ok(account)
        }
    }

    fn with(self, state: State) -> Self {
        Self { state, ..self }
    }

    fn not_possible(&self) -> TransitionError {
        TransitionError::State(self.state.kind())
    }
}

impl State {
    /// Without its data.
    #[must_use]
    pub fn kind(&self) -> StateKind {
        match self {
            Self::AwaitingCustomer { .. } => StateKind::AwaitingCustomer,
            Self::AwaitingApproval { .. } => StateKind::AwaitingApproval,
            Self::Active { .. } => StateKind::Active,
            Self::Declined { .. } => StateKind::Declined,
            Self::Withdrawn { .. } => StateKind::Withdrawn,
            Self::Expired { .. } => StateKind::Expired,
            Self::Rejected { .. } => StateKind::Rejected,
            Self::Ended { .. } => StateKind::Ended,
        }
    }
}

impl StateKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::AwaitingCustomer,
        Self::AwaitingApproval,
        Self::Active,
        Self::Declined,
        Self::Withdrawn,
        Self::Expired,
        Self::Rejected,
        Self::Ended,
    ];

    /// The name in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingCustomer => "awaiting_customer",
            Self::AwaitingApproval => "awaiting_approval",
            Self::Active => "active",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::Rejected => "rejected",
            Self::Ended => "ended",
        }
    }

    /// The message that names it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::AwaitingCustomer => "customers-state-awaiting-customer",
            Self::AwaitingApproval => "customers-state-awaiting-approval",
            Self::Active => "customers-state-active",
            Self::Declined => "customers-state-declined",
            Self::Withdrawn => "customers-state-withdrawn",
            Self::Expired => "customers-state-expired",
            Self::Rejected => "customers-state-rejected",
            Self::Ended => "customers-state-ended",
        }
    }

    /// The tone in which pages show it.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::AwaitingCustomer | Self::AwaitingApproval => "info",
            Self::Active => "good",
            Self::Declined | Self::Rejected => "bad",
            Self::Withdrawn | Self::Expired | Self::Ended => "calm",
        }
    }

    /// Whether it may still become active, or is.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Self::AwaitingCustomer | Self::AwaitingApproval | Self::Active
        )
    }
}

impl FromStr for StateKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

impl EndCause {
    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Transfer => "transfer",
        }
    }
}

impl FromStr for EndCause {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Partner, Self::Transfer]
            .into_iter()
            .find(|cause| cause.as_str() == text)
            .ok_or(())
    }
}
