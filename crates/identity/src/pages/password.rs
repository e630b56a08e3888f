//! Passwords: forgotten, set anew, changed.
