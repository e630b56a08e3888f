//! Which errors mean that the database is away, and not that a request or the code is wrong.

use sea_orm::{DbErr, RuntimeErr, SqlxError};

/// Whether the database cannot serve now: it cannot be reached, is starting or stopping, has no connection, no memory
/// or no disk left, or takes no writes. The same request may succeed later.
#[must_use]
pub fn is_outage(error: &DbErr) -> bool {
    if matches!(error, DbErr::Conn(_) | DbErr::ConnectionAcquire(_)) {
        return true;
    }
    match of_sqlx(error) {
        Some(
            SqlxError::Io(_)
            | SqlxError::Tls(_)
            | SqlxError::PoolTimedOut
            | SqlxError::PoolClosed
            | SqlxError::WorkerCrashed,
        ) => true,
        Some(SqlxError::Database(error)) => error.code().is_some_and(|code| is_outage_code(&code)),
        _ => false,
    }
}

/// Whether others were in the way, so that the same again may succeed at once: `serialization_failure` and
/// `deadlock_detected` of PostgreSQL.
#[must_use]
pub fn is_collision(error: &DbErr) -> bool {
    matches!(of_sqlx(error), Some(SqlxError::Database(error))
        if error.code().is_some_and(|code| ["40001", "40P01"].contains(&&*code)))
}

/// Whether a lock was not to be had in time (`lock_not_available` of PostgreSQL).
pub(super) fn is_held_up(error: &DbErr) -> bool {
    matches!(of_sqlx(error), Some(SqlxError::Database(error)) if error.code().is_some_and(|code| code == "55P03"))
}

fn of_sqlx(error: &DbErr) -> Option<&SqlxError> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => Some(error),
        _ => None,
    }
}

/// PostgreSQL's codes (appendix A of its manual) have five characters; SQLite's result codes are smaller numbers,
/// with the primary one in the low byte.
fn is_outage_code(code: &str) -> bool {
    if code.len() == 5 {
        // Connection exceptions, insufficient resources, operator intervention (but for a cancelled query), and a
        // standby that takes no writes, a failing disk.
        return ["08", "53", "57P", "25006", "58030"]
            .iter()
            .any(|class| code.starts_with(class));
    }
    // BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN.
    code.parse::<u32>()
        .is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 7 | 8 | 10 | 13 | 14))
}

#[cfg(test)]
mod tests {
    use super::is_outage_code;

    #[test]
    fn an_outage_is_told_from_a_mistake() {
        // admin_shutdown, cannot_connect_now, too_many_connections, disk_full, read_only_sql_transaction;
        // FULL, IOERR_WRITE, READONLY_DBMOVED.
        for code in ["57P01", "57P03", "53300", "53100", "25006", "13", "778", "1032"] {
            assert!(is_outage_code(code), "{code}");
        }
        // unique_violation, undefined_table, deadlock_detected (which is a collision), query_canceled; CONSTRAINT_UNIQUE, ERROR.
        for code in ["23505", "42P01", "40P01", "57014", "2067", "1", ""] {
            assert!(!is_outage_code(code), "{code}");
        }
    }
}
