//! The ground under every feature, from outside.

mod group_commit;
