//! What accounts do for people, through the whole portal, on both databases.

mod importing;
mod profile;
mod sign_up;
