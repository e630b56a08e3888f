//! Writes that nobody waits for go to the database together.
//!
//! Each way to `SQLite` and back costs two changes of threads, more than a small insert itself, and while it is on the
//! way all other writers wait (see [`super::writer`]). So a turn holds such writes back until it asks something else, or
//! ends.

use std::sync::{Mutex, PoisonError};

use sea_orm::{DbBackend, Statement, Values};

/// What is held back. Its statements bind by `?` alone: then their values are told apart by their order.
#[derive(Default)]
pub(super) struct Held(Mutex<Vec<Statement>>);

impl Held {
    /// Adds one.
    pub(super) fn add(&self, statement: Statement) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(statement);
    }

    /// Takes all of them as one statement.
    pub(super) fn take(&self) -> Option<Statement> {
        let held = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let mut all = held.into_iter();
        let first = all.next()?;
        Some(all.fold(first, |mut all, next| {
            all.sql.push_str("; ");
            all.sql.push_str(&next.sql);
            let values = |of: Option<Values>| of.map(|values| values.0).unwrap_or_default();
            let mut bound = values(all.values);
            bound.extend(values(next.values));
            Statement {
                sql: all.sql,
                values: Some(Values(bound)),
                db_backend: DbBackend::Sqlite,
            }
        }))
    }
}
