//! Somebody who works for an account, or is invited to.

use jiff::{SignedDuration, Timestamp};
use kernel::{AccountId, EmailAddress, Language, UserId};
use platform::Grants;

use super::UserName;

/// An IAM user of an account, from the invitation on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The id: of the invitation, and then of the user.
    pub id: UserId,
    /// For which account.
    pub account: AccountId,
    /// The person's own address: for letters only.
    pub email: EmailAddress,
    /// What the person signs in with, beside the root user's address.
    pub user_name: UserName,
    /// The person's name.
    pub name: String,
    /// The language of letters and, until the person chooses another, of pages.
    pub language: Language,
    /// What the root user granted.
    pub grants: Grants,
    /// Where the person stands.
    pub state: State,
}

/// Where a member stands. Whoever was removed is no member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Invited, and has not joined yet.
    Invited {
        /// When the first letter was written.
        at: Timestamp,
        /// When the newest was.
        sent_at: Timestamp,
        /// Until when its link works.
        expires_at: Timestamp,
    },
    /// May sign in.
    Active {
        /// Since when.
        since: Timestamp,
    },
}

/// Whom the root user invites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMember {
    /// The person's own address.
    pub email: EmailAddress,
    /// What the person will sign in with.
    pub user_name: UserName,
    /// The person's name.
    pub name: String,
    /// The language of the letter.
    pub language: Language,
    /// What is granted.
    pub grants: Grants,
}

/// There is no invitation to send again: the person has joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("has joined")]
pub struct NotInvited;

/// Why somebody does not join.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JoinRefused {
    /// The person has joined already.
    #[error("has joined")]
    Joined,
    /// Too much time has passed.
    #[error("the invitation has expired")]
    Expired,
}

impl Member {
    /// Somebody who is invited now, by a letter whose link works for `life`.
    #[must_use]
    pub fn invited(
        id: UserId,
        account: AccountId,
        new: NewMember,
        now: Timestamp,
        life: SignedDuration,
    ) -> Self {
        Self {
            id,
            account,
            email: new.email,
            user_name: new.user_name,
            name: new.name,
            language: new.language,
            grants: new.grants,
            state: State::Invited {
                at: now,
                sent_at: now,
                expires_at: now + life,
            },
        }
    }

    /// A further letter, with a new link.
    pub fn sent_again(self, now: Timestamp, life: SignedDuration) -> Result<Self, NotInvited> {
        let State::Invited { at, .. } = self.state else {
            return Err(NotInvited);
        };
        Ok(Self {
            state: State::Invited {
                at,
                sent_at: now,
                expires_at: now + life,
            },
            ..self
        })
    }

    /// The person accepts.
    pub fn joined(self, now: Timestamp) -> Result<Self, JoinRefused> {
        match self.state {
            State::Active { .. } => Err(JoinRefused::Joined),
            State::Invited { expires_at, .. } if expires_at <= now => Err(JoinRefused::Expired),
            State::Invited { .. } => Ok(Self {
                state: State::Active { since: now },
                ..self
            }),
        }
    }

    /// With other grants. Nothing where they are the same.
    #[must_use]
    pub fn granted(self, grants: Grants) -> Option<Self> {
        (self.grants != grants).then_some(Self { grants, ..self })
    }

    /// Whether the person has still to join.
    #[must_use]
    pub fn is_invited(&self) -> bool {
        matches!(self.state, State::Invited { .. })
    }

    /// Whether the person has still to join, and the letter's link no longer works.
    #[must_use]
    pub fn has_expired(&self, now: Timestamp) -> bool {
        matches!(self.state, State::Invited { expires_at, .. } if expires_at <= now)
    }
}
