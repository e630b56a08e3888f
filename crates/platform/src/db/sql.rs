//! Small pieces of many rooms' queries.

use sea_orm::{DbErr, sea_query::LikeExpr};
use uuid::Uuid;

/// The error for a row that no version of Portico can have written: `table` is what a row of it is called ("deposit").
#[must_use]
pub fn corrupt(table: &str, id: Uuid, why: impl std::fmt::Display) -> DbErr {
    DbErr::Custom(format!("{table} {id}: {why}"))
}

/// A pattern for whatever contains `text`, in which `%` and `_` mean themselves.
#[must_use]
pub fn containing(text: &str) -> LikeExpr {
    let escaped = text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    LikeExpr::new(format!("%{escaped}%")).escape('\\')
}
