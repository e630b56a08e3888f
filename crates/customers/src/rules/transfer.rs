//! A customer's move from one partner to another. Staff propose it; the customer and the receiving partner both agree, the
//! customer first: until then the receiving partner has no right to know whose customer somebody is.

use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};
use kernel::{AccountId, CustomerId, CustomerTransferId, StaffId, Words};
use platform::{Denied, Permission, StaffMember};
use serde::{Deserialize, Serialize};

use super::{Customer, State};

/// A proposal that a customer moves to another partner.
#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    /// Its id.
    pub id: CustomerTransferId,
    /// The relation that it would end.
    pub relation: CustomerId,
    /// The customer's account.
    pub account: AccountId,
    /// The partner whose customer it is.
    pub from: AccountId,
    /// The partner whose customer it would be.
    pub to: AccountId,
    /// Who of the staff proposed it.
    pub opened_by: StaffId,
    /// When.
    pub opened_at: Timestamp,
    /// Why, in words for the customer and the receiving partner.
    pub words: Words,
    /// When the customer agreed. From then on the receiving partner sees it.
    pub offered_at: Option<Timestamp>,
    /// Where it stands.
    pub state: TransferState,
}

/// Where a transfer stands.
#[derive(Clone, Debug, PartialEq)]
pub enum TransferState {
    /// The customer is to agree or decline.
    AwaitingCustomer {
        /// Until when the link works.
        expires_at: Timestamp,
    },
    /// The customer agreed; the receiving partner is to agree or decline.
    AwaitingPartner {
        /// Until when.
        expires_at: Timestamp,
    },
    /// The customer is the receiving partner's.
    Done {
        /// Since when.
        at: Timestamp,
        /// The relation that it began.
        next: CustomerId,
    },
    /// One of the two does not want it.
    Declined {
        /// When.
        at: Timestamp,
        /// Which.
        side: Side,
    },
    /// Staff took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
        /// Who.
        by: StaffId,
    },
    /// One of the two did not answer in time.
    Expired {
        /// When.
        at: Timestamp,
        /// Which.
        side: Side,
    },
    /// The relation that it would have ended is over.
    Lapsed {
        /// When.
        at: Timestamp,
    },
}

/// A [`TransferState`] without its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransferKind {
    /// [`TransferState::AwaitingCustomer`]
    AwaitingCustomer,
    /// [`TransferState::AwaitingPartner`]
    AwaitingPartner,
    /// [`TransferState::Done`]
    Done,
    /// [`TransferState::Declined`]
    Declined,
    /// [`TransferState::Withdrawn`]
    Withdrawn,
    /// [`TransferState::Expired`]
    Expired,
    /// [`TransferState::Lapsed`]
    Lapsed,
}

/// One of the two who are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The customer.
    Customer,
    /// The receiving partner.
    Partner,
}

/// What a transfer is proposed with.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Its id.
    pub id: CustomerTransferId,
    /// The receiving partner's account.
    pub to: AccountId,
    /// Whether that account is a partner.
    pub to_is_partner: bool,
    /// Why.
    pub words: Words,
}

/// Why something cannot be done with a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransferError {
    /// Where it stands does not allow it.
    #[error("not possible: it is {}", .0.as_str())]
    State(TransferKind),
    /// The time to answer is over.
    #[error("the time to answer is over")]
    TooLate,
    /// It has not expired yet.
    #[error("it has not expired yet")]
    NotYet,
    /// The relation is not active.
    #[error("the account is not the partner's customer")]
    NotActive,
    /// The account that would receive the customer is no partner.
    #[error("the receiving account is no partner")]
    NotPartner,
    /// It is the receiving partner's customer already.
    #[error("the customer is that partner's already")]
    SamePartner,
    /// The account that answers is not the one that was asked.
    #[error("another account was asked")]
    OtherAccount,
    /// Whoever tried may not move the customer.
    #[error(transparent)]
    Denied(#[from] Denied),
}

impl Transfer {
    /// Staff propose it: the customer has `life` to answer.
    pub fn propose(
        new: Proposal,
        relation: &Customer,
        by: &StaffMember,
        now: Timestamp,
        life: SignedDuration,
    ) -> Result<Self, TransferError> {
        by.may(Permission::TransferCustomers)?;
        let State::Active { account, .. } = relation.state else {
            return Err(TransferError::NotActive);
        };
        if new.to == relation.partner {
            return Err(TransferError::SamePartner);
        }
        if !new.to_is_partner {
            return Err(TransferError::NotPartner);
        }
        Ok(Self {
            id: new.id,
            relation: relation.id,
            account,
            from: relation.partner,
            to: new.to,
            opened_by: by.id,
            opened_at: now,
            words: new.words,
            offered_at: None,
            state: TransferState::AwaitingCustomer {
                expires_at: now + life,
            },
        })
    }

    /// The customer agrees: the receiving partner has `life` to answer.
    pub fn agree(self, by: AccountId, now: Timestamp, life: SignedDuration) -> Result<Self, TransferError> {
        self.answerable(Side::Customer, now)?;
        if by != self.account {
            return Err(TransferError::OtherAccount);
        }
        Ok(Self {
            offered_at: Some(now),
            state: TransferState::AwaitingPartner {
                expires_at: now + life,
            },
            ..self
        })
    }

    /// The receiving partner agrees, too: `next` begins.
    pub fn accept(self, next: CustomerId, now: Timestamp) -> Result<Self, TransferError> {
        self.answerable(Side::Partner, now)?;
        Ok(self.with(TransferState::Done { at: now, next }))
    }

    /// One of the two does not want it.
    pub fn decline(self, side: Side, now: Timestamp) -> Result<Self, TransferError> {
        self.answerable(side, now)?;
        Ok(self.with(TransferState::Declined { at: now, side }))
    }

    /// Staff take it back.
    pub fn withdraw(self, by: &StaffMember, now: Timestamp) -> Result<Self, TransferError> {
        by.may(Permission::TransferCustomers)?;
        self.open()?;
        Ok(self.with(TransferState::Withdrawn { at: now, by: by.id }))
    }

    /// Nobody answered in time.
    pub fn expire(self, now: Timestamp) -> Result<Self, TransferError> {
        let (side, expires_at) = self.open()?;
        if now < expires_at {
            return Err(TransferError::NotYet);
        }
        Ok(self.with(TransferState::Expired { at: now, side }))
    }

    /// The relation ended in another way.
    pub fn lapse(self, now: Timestamp) -> Result<Self, TransferError> {
        self.open()?;
        Ok(self.with(TransferState::Lapsed { at: now }))
    }

    /// Whether this side can answer now; if not, why.
    pub fn answerable(&self, side: Side, now: Timestamp) -> Result<(), TransferError> {
        match self.open()? {
            (asked, _) if asked != side => Err(TransferError::State(self.state.kind())),
            (_, expires_at) if expires_at <= now => Err(TransferError::TooLate),
            _ => Ok(()),
        }
    }

    /// Who is to answer, and until when.
    pub fn open(&self) -> Result<(Side, Timestamp), TransferError> {
        match self.state {
            TransferState::AwaitingCustomer { expires_at } => Ok((Side::Customer, expires_at)),
            TransferState::AwaitingPartner { expires_at } => Ok((Side::Partner, expires_at)),
            _ => Err(TransferError::State(self.state.kind())),
        }
    }

    fn with(self, state: TransferState) -> Self {
        Self { state, ..self }
    }
}

impl TransferState {
    /// Without its data.
    #[must_use]
    pub fn kind(&self) -> TransferKind {
        match self {
            Self::AwaitingCustomer { .. } => TransferKind::AwaitingCustomer,
            Self::AwaitingPartner { .. } => TransferKind::AwaitingPartner,
            Self::Done { .. } => TransferKind::Done,
            Self::Declined { .. } => TransferKind::Declined,
            Self::Withdrawn { .. } => TransferKind::Withdrawn,
            Self::Expired { .. } => TransferKind::Expired,
            Self::Lapsed { .. } => TransferKind::Lapsed,
        }
    }
}

impl TransferKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::AwaitingCustomer,
        Self::AwaitingPartner,
        Self::Done,
        Self::Declined,
        Self::Withdrawn,
        Self::Expired,
        Self::Lapsed,
    ];

    /// The name in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingCustomer => "awaiting_customer",
            Self::AwaitingPartner => "awaiting_partner",
            Self::Done => "done",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::Lapsed => "lapsed",
        }
    }

    /// The message that names it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::AwaitingCustomer => "customers-transfer-state-awaiting-customer",
            Self::AwaitingPartner => "customers-transfer-state-awaiting-partner",
            Self::Done => "customers-transfer-state-done",
            Self::Declined => "customers-transfer-state-declined",
            Self::Withdrawn => "customers-transfer-state-withdrawn",
            Self::Expired => "customers-transfer-state-expired",
            Self::Lapsed => "customers-transfer-state-lapsed",
        }
    }

    /// The tone in which pages show it.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::AwaitingCustomer | Self::AwaitingPartner => "info",
            Self::Done => "good",
            Self::Declined => "bad",
            Self::Withdrawn | Self::Expired | Self::Lapsed => "calm",
        }
    }

    /// Whether somebody is to answer.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::AwaitingCustomer | Self::AwaitingPartner)
    }
}

impl FromStr for TransferKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

impl Side {
    /// The name in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Partner => "partner",
        }
    }
}

impl FromStr for Side {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Customer, Self::Partner]
            .into_iter()
            .find(|side| side.as_str() == text)
            .ok_or(())
    }
}
