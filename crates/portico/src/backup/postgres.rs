//! PostgreSQL: its own `pg_dump` and `psql`, which know every version of it.

use std::{
    io::{self, Read},
    process::{Child, Command, Stdio},
};

use platform::Db;
use sea_orm::{ConnectionTrait, Statement};
use url::Url;

use super::{BackupError, file::Unfinished};

/// Dumps one snapshot into the backup; nobody waits for it.
pub(super) fn dump(url: &str, backup: &mut Unfinished) -> Result<u64, BackupError> {
    let mut command = program("pg_dump", url)?;
    command.args([
        "--format=plain",
        "--no-owner",
        "--no-privileges",
        "--schema=public",
    ]);
    let mut child = start("pg_dump", command.stdin(Stdio::null()).stdout(Stdio::piped()))?;
    let size = child.stdout.take().map_or(Ok(0), |mut sql| backup.fill(&mut sql));
    // A dump that is cut off at its end looks like a small one: only the exit says that it is whole.
    end("pg_dump", child)?;
    size
}

/// Whether somebody else is connected to this database.
pub(super) async fn in_use(db: &Db) -> Result<bool, BackupError> {
    let sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
               AND backend_type = 'client backend' AND pid <> pg_backend_pid()";
    Ok(count(db, sql).await? > 0)
}

/// Whether the database has no table of anybody.
pub(super) async fn is_empty(db: &Db) -> Result<bool, BackupError> {
    let sql = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    Ok(count(db, sql).await? == 0)
}

async fn count(db: &Db, sql: &str) -> Result<i64, BackupError> {
    let row = db
        .read()
        .query_one_raw(Statement::from_string(db.backend(), sql))
        .await?;
    Ok(row.map_or(Ok(0), |row| row.try_get_by_index(0))?)
}

/// Runs the dump in one transaction: all of it, or what was there before.
///
/// Its last word is ours, and not psql's `--single-transaction`: psql takes the end of its input for the end of the dump,
/// also where this process was killed or could not read on, and would commit what it got.
pub(super) fn restore(url: &str, replace: bool, database: &mut impl Read) -> Result<(), BackupError> {
    let mut command = program("psql", url)?;
    command.args(["--no-psqlrc", "--quiet", "--output=/dev/null", "--file=-"]);
    command.args(["--set=ON_ERROR_STOP=1", "--set=VERBOSITY=terse"]);
    let mut child = start("psql", command.stdin(Stdio::piped()).stdout(Stdio::null()))?;
    // The dump makes the schema anew. Without CASCADE PostgreSQL itself refuses one that holds something.
    let cascade = if replace { " CASCADE" } else { "" };
    let begin = format!("BEGIN;\nDROP SCHEMA public{cascade};\n");
    let mut all = begin.as_bytes().chain(database).chain(&b"\nCOMMIT;\n"[..]);
    let fed = match child.stdin.take() {
        Some(mut stdin) => io::copy(&mut all, &mut stdin).map(|_| ()),
        None => Ok(()),
    };
    let ended = end("psql", child);
    match fed {
        // psql stopped reading: it says why.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ended,
        // What was sent lacks its end, so psql undid it.
        Err(error) => Err(failed("psql", &error)),
        Ok(()) => ended,
    }
}

/// The program, told where the database is; the password is not for others on this machine to read in its arguments.
fn program(name: &'static str, url: &str) -> Result<Command, BackupError> {
    let mut address = Url::parse(url).map_err(|error| failed(name, &error))?;
    let mut command = Command::new(name);
    if let Some(password) = address.password() {
        let password = percent_encoding::percent_decode_str(password).decode_utf8_lossy();
        command.env("PGPASSWORD", password.as_ref());
    }
    // It is a plain host address, which takes a password or none.
    let _ = address.set_password(None);
    command.arg(format!("--dbname={address}"));
    command.stderr(Stdio::piped());
    Ok(command)
}

fn start(name: &'static str, command: &mut Command) -> Result<Child, BackupError> {
    command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => failed(name, &"not installed; it comes with PostgreSQL's client tools"),
        _ => failed(name, &error),
    })
}

fn end(name: &'static str, child: Child) -> Result<(), BackupError> {
    let output = child.wait_with_output().map_err(|error| failed(name, &error))?;
    if output.status.success() {
        return Ok(());
    }
    Err(failed(name, &String::from_utf8_lossy(&output.stderr).trim()))
}

fn failed(program: &'static str, reason: &dyn std::fmt::Display) -> BackupError {
    BackupError::Program {
        program,
        reason: reason.to_string(),
    }
}
