//! Who signs in.

use kernel::{EmailAddress, Language};
use platform::actor::Capacity;

use crate::password::PasswordHash;

/// Somebody who can sign in: a root user, an IAM user or one of the staff.
#[derive(Clone, Debug)]
pub struct Person {
    /// In which capacity; holds the ids.
    pub capacity: Capacity,
    /// The person's name.
    pub name: String,
    /// The person's own address: letters about the sign-in go there.
    pub email: EmailAddress,
    /// The language of pages and letters.
    pub language: Language,
    /// None until a password was set (an imported account, for instance).
    pub password: Option<PasswordHash>,
}

impl Person {
    /// The id that names the person in sessions and tokens, whatever the capacity.
    #[must_use]
    pub fn id(&self) -> uuid::Uuid {
        match self.capacity {
            Capacity::Root { user, .. } | Capacity::Iam { user, .. } => user.into(),
            Capacity::Staff { staff, .. } => staff.into(),
        }
    }
}
