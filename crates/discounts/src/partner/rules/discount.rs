//! A partner's discount and its states. Transitions take it by value and return the next one, or say why not.

use jiff::{Timestamp, civil::Date};
use kernel::{
    AccountId, PartnerDiscountId, StaffId, Words,
    calendar::{BusinessCalendar, BusinessTime, CalendarError},
};
use serde::{Deserialize, Serialize};

use super::Percents;

/// A discount that a partner asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerDiscount {
    /// Its id.
    pub id: PartnerDiscountId,
    /// Whose it is.
    pub partner: AccountId,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// What was asked for.
    pub asked: Terms,
    /// What the partner told staff with it.
    pub note: Option<Words>,
    /// Where it stands.
    pub state: State,
}

/// Per cent by product, from a date on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Per cent by product.
    pub percents: Percents,
    /// The effective date, in the provider's time zone.
    pub from: Date,
}

/// What staff granted. It may differ from what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// What, and from which date.
    pub terms: Terms,
    /// From which moment: when its date begins or, where that was past already, when it was approved.
    pub starts_at: Timestamp,
    /// When it was approved.
    pub at: Timestamp,
    /// By whom.
    pub by: StaffId,
    /// Why it differs, in words for the partner.
    pub words: Option<Words>,
}

/// What staff grant instead of what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instead {
    /// What, and from which date.
    pub terms: Terms,
    /// Why, in words for the partner.
    pub words: Option<Words>,
}

/// Where a discount stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Staff are to decide.
    AwaitingApproval {
        /// Until when.
        due: Timestamp,
    },
    /// Approved, and not begun.
    AwaitingActivation(Grant),
    /// In force.
    Active(Grant),
    /// Another took its place: after it was in force, or before it ever was.
    Expired {
        /// What had been granted.
        grant: Grant,
        /// When. Not after `grant.starts_at`: it was never in force.
        until: Timestamp,
        /// Which one took its place.
        by: PartnerDiscountId,
    },
    /// Declined.
    Rejected {
        /// When.
        at: Timestamp,
        /// By whom.
        by: StaffId,
        /// Why, in words for the partner.
        words: Words,
    },
    /// Taken back by the partner before it was decided.
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
    /// [`State::AwaitingActivation`]
    AwaitingActivation,
    /// [`State::Active`]
    Active,
    /// [`State::Expired`]
    Expired,
    /// [`State::Rejected`]
    Rejected,
    /// [`State::Withdrawn`]
    Withdrawn,
}

/// What a new request is made from.
#[derive(Clone, Debug)]
pub struct NewRequest {
    /// Its id.
    pub id: PartnerDiscountId,
    /// Whose it is.
    pub partner: AccountId,
    /// What is asked for.
    pub terms: Terms,
    /// What the partner tells staff with it.
    pub note: Option<Words>,
}

/// Why a request is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// The effective date is too near.
    #[error("the effective date is before {earliest}")]
    TooEarly {
        /// The first that is allowed.
        earliest: Date,
    },
    /// It is what is in force, and nothing else is to come.
    #[error("nothing differs from what is in force")]
    Unchanged,
    /// The calendar does not reach so far.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

/// Why something cannot be done with a discount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransitionError {
    /// It does not await approval (any more).
    #[error("the discount awaits no approval: {}", .0.as_str())]
    Settled(StateKind),
    /// It is not at the point where this happens to it.
    #[error("the discount is {}", .0.as_str())]
    Elsewhere(StateKind),
    /// Staff chose another date than was asked for, and it is past.
    #[error("the chosen date is past; today is {today}")]
    Past {
        /// Today, in the provider's time zone.
        today: Date,
    },
    /// The calendar does not reach so far.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

/// The first effective date that may be asked for at a moment: `ahead` business days after its date.
pub fn earliest(calendar: &BusinessCalendar, ahead: u32, now: Timestamp) -> Result<Date, CalendarError> {
    calendar.add_business_days(calendar.date(now), ahead)
}

/// When a date begins in the provider's time zone.
pub fn begins(calendar: &BusinessCalendar, date: Date) -> Result<Timestamp, CalendarError> {
    let zoned = date.to_zoned(calendar.zone().clone());
    zoned
        .map(|zoned| zoned.timestamp())
        .map_err(|_| CalendarError::TooFar)
}

impl PartnerDiscount {
    /// Asks for it: the effective date is `ahead` business days away at least, and staff decide within `allowance`.
    ///
    /// Only the date that is asked for now is looked at: a day that becomes a holiday later leaves what was allowed
    /// when it was asked.
    pub fn ask(
        new: NewRequest,
        calendar: &BusinessCalendar,
        ahead: u32,
        allowance: BusinessTime,
        now: Timestamp,
    ) -> Result<Self, AskError> {
        let earliest = earliest(calendar, ahead, now)?;
        if new.terms.from < earliest {
            return Err(AskError::TooEarly { earliest });
        }
        begins(calendar, new.terms.from)?;
        Ok(Self {
            id: new.id,
            partner: new.partner,
            asked_at: now,
            asked: new.terms,
            note: new.note,
            state: State::AwaitingApproval {
                due: calendar.add(now, allowance)?,
            },
        })
    }

    /// Grants what was asked for or, with `changed`, something else. Where the date is past, it becomes that of the
    /// approval; only a date that staff chose themselves is refused then.
    pub fn approve(
        self,
        by: StaffId,
        instead: Option<Instead>,
        calendar: &BusinessCalendar,
        now: Timestamp,
    ) -> Result<Self, TransitionError> {
        self.due().ok_or_else(|| self.settled())?;
        let today = calendar.date(now);
        let (chosen, words) = match instead {
            Some(instead) => (instead.terms, instead.words),
            None => (self.asked.clone(), None),
        };
        if chosen.from < today && chosen.from != self.asked.from {
            return Err(TransitionError::Past { today });
        }
        let terms = Terms {
            from: chosen.from.max(today),
            ..chosen
        };
        let grant = Grant {
            // Never before the approval: what was ordered until then was ordered without it.
            starts_at: begins(calendar, terms.from)?.max(now),
            at: now,
            by,
            terms,
            words,
        };
        Ok(Self {
            state: State::AwaitingActivation(grant),
            ..self
        })
    }

    /// Declines.
    pub fn reject(self, by: StaffId, words: Words, now: Timestamp) -> Result<Self, TransitionError> {
        self.due().ok_or_else(|| self.settled())?;
        Ok(Self {
            state: State::Rejected { at: now, by, words },
            ..self
        })
    }

    /// The partner takes it back.
    pub fn withdraw(self, now: Timestamp) -> Result<Self, TransitionError> {
        self.due().ok_or_else(|| self.settled())?;
        Ok(Self {
            state: State::Withdrawn { at: now },
            ..self
        })
    }

    /// Begins.
    pub(super) fn activate(self) -> Result<Self, TransitionError> {
        match self.state {
            State::AwaitingActivation(grant) => Ok(Self {
                state: State::Active(grant),
                ..self
            }),
            other => Err(TransitionError::Elsewhere(other.kind())),
        }
    }

    /// Makes room for another at a moment.
    pub(super) fn give_way(self, by: PartnerDiscountId, until: Timestamp) -> Result<Self, TransitionError> {
        match self.state {
            State::AwaitingActivation(grant) | State::Active(grant) => Ok(Self {
                state: State::Expired { grant, until, by },
                ..self
            }),
            other => Err(TransitionError::Elsewhere(other.kind())),
        }
    }

    /// Until when staff decide, while they have to.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        match self.state {
            State::AwaitingApproval { due } => Some(due),
            _ => None,
        }
    }

    /// What was granted.
    #[must_use]
    pub fn grant(&self) -> Option<&Grant> {
        match &self.state {
            State::AwaitingActivation(grant) | State::Active(grant) | State::Expired { grant, .. } => {
                Some(grant)
            }
            State::AwaitingApproval { .. } | State::Rejected { .. } | State::Withdrawn { .. } => None,
        }
    }

    /// Whether something else was granted than was asked for.
    #[must_use]
    pub fn was_changed(&self) -> bool {
        self.grant().is_some_and(|grant| grant.terms != self.asked)
    }

    /// What people call it by, as in `PD-7K3M-Q2XA`.
    #[must_use]
    pub fn reference(&self) -> String {
        kernel::reference("PD", self.id)
    }

    fn settled(&self) -> TransitionError {
        TransitionError::Settled(self.state.kind())
    }
}
