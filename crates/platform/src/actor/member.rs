//! One of the staff, seen from an account: nobody acts on their own.

use kernel::{EmailAddress, StaffId};

use super::{Permission, StaffRole};

/// One of the staff, seen from the accounts that something concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    /// Who.
    pub id: StaffId,
    /// The person's name.
    pub name: String,
    /// In which role, now.
    pub role: StaffRole,
    /// Whether one of the accounts is (also) this person's own.
    pub own_account: bool,
}

/// Why somebody may not act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The role does not allow it.
    #[error("the role does not allow it")]
    Role,
    /// It concerns an account of the staff member's own.
    #[error("nobody decides on their own account")]
    OwnAccount,
}

impl StaffMember {
    /// The staff member with the address `email`, seen from accounts whose users have the addresses `users`.
    #[must_use]
    pub fn new(
        id: StaffId,
        name: String,
        role: StaffRole,
        email: &EmailAddress,
        users: &[EmailAddress],
    ) -> Self {
        let own_account = users.contains(email);
        Self {
            id,
            name,
            role,
            own_account,
        }
    }

    /// Whether this one may do on the accounts what needs the permission.
    pub fn may(&self, permission: Permission) -> Result<(), Denied> {
        if !self.role.may(permission) {
            Err(Denied::Role)
        } else if self.own_account {
            Err(Denied::OwnAccount)
        } else {
            Ok(())
        }
    }
}
