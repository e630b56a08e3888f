//! What a team is: its members, and how they come, change and go. No I/O; the time is handed in.

mod member;
mod user_name;

#[cfg(test)]
mod tests;

pub use member::{JoinRefused, Member, NewMember, NotInvited, State};
pub use user_name::{MAX_USER_NAME, UserName, UserNameError};
