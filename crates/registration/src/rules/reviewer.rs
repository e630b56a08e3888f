//! Who of the staff may act on a case.

use kernel::{EmailAddress, StaffId};
use platform::actor::{Permission, StaffRole};

use super::TransitionError;

/// One of the staff, seen from one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewer {
    /// Who.
    pub staff: StaffId,
    /// In which role.
    pub role: StaffRole,
    /// Whether the account of the case is (also) the reviewer's own.
    pub own_account: bool,
}

impl Reviewer {
    /// The staff member with the address `email`, seen from a case of the account whose users have the addresses
    /// `users`.
    #[must_use]
    pub fn new(staff: StaffId, role: StaffRole, email: &EmailAddress, users: &[EmailAddress]) -> Self {
        Self {
            staff,
            role,
            own_account: users.contains(email),
        }
    }

    /// Whether the role decides at all.
    #[must_use]
    pub fn decides(&self) -> bool {
        self.role.may(Permission::DecideRegistrations)
    }

    /// Whether the role also acts on colleagues' cases.
    #[must_use]
    pub fn leads(&self) -> bool {
        self.role.may(Permission::LeadRegistrations)
    }

    /// Whether this one may act on the case at all, whoever holds it.
    pub(super) fn may_act(&self) -> Result<(), TransitionError> {
        if !self.decides() {
            Err(TransitionError::NotAllowed)
        } else if self.own_account {
            Err(TransitionError::OwnAccount)
        } else {
            Ok(())
        }
    }
}
