//! SQLite: a compact copy of one moment, made by the database itself beside its writers.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read},
    path::{Path, PathBuf},
};

use platform::Db;
use sea_orm::{ConnectionTrait, DbErr, Statement};

use super::{
    BackupError,
    file::{Unfinished, io_error, with_suffix},
};

/// Copies the database into the backup.
pub(super) async fn dump(db: &Db, backup: &mut Unfinished) -> Result<u64, BackupError> {
    let copy = copy(db, with_suffix(backup.part(), ".db")).await?;
    let mut file = File::open(&copy.0).map_err(|source| io_error(&copy.0, source))?;
    backup.fill(&mut file)
}

/// Copies the database into a file. `VACUUM INTO` reads one snapshot, which in WAL mode holds up no writer.
async fn copy(db: &Db, path: PathBuf) -> Result<Scratch, BackupError> {
    let (copy, _) = Scratch::create(path)?;
    let statement = Statement::from_sql_and_values(
        db.backend(),
        "VACUUM INTO $1",
        [copy.0.to_string_lossy().into_owned().into()],
    );
    db.read().execute_raw(statement).await?;
    Ok(copy)
}

/// The file of a SQLite address, as `sqlite:///var/lib/portico/portico.db?mode=rwc`.
pub(super) fn path(url: &str) -> PathBuf {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    path.split('?').next().unwrap_or_default().into()
}

/// Whether anything of a database is there: also a log alone, which SQLite would replay into whatever takes the place
/// of the file that it belonged to.
pub(super) fn is_empty(url: &str) -> bool {
    let target = path(url);
    !target.exists() && logs(&target).iter().all(|log| !log.exists())
}

/// What SQLite keeps beside a file.
fn logs(target: &Path) -> [PathBuf; 3] {
    ["-wal", "-shm", "-journal"].map(|suffix| with_suffix(target, suffix))
}

/// Puts the database in place of what is there, if nobody has that open.
pub(super) async fn restore(url: &str, database: &mut impl Read) -> Result<(), BackupError> {
    let target = path(url);
    let (fresh, mut file) = Scratch::create(with_suffix(&target, ".restoring"))?;
    io::copy(database, &mut file)
        .and_then(|_| file.sync_all())
        .map_err(|source| io_error(&fresh.0, source))?;
    check(&fresh.0).await?;
    close_for_good(&target).await?;
    let replace = || {
        std::fs::rename(&fresh.0, &target)?;
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    };
    replace().map_err(|source| io_error(&target, source))
}

/// Lets SQLite look at every page of the copy.
async fn check(copy: &Path) -> Result<(), BackupError> {
    let db = connect(copy).await?;
    let statement = Statement::from_string(db.get_database_backend(), "PRAGMA quick_check");
    let rows = db.query_all_raw(statement).await?;
    let found: Vec<String> = rows
        .iter()
        .map(|row| row.try_get_by_index(0))
        .collect::<Result<_, DbErr>>()?;
    db.close().await?;
    match found.as_slice() {
        [only] if only == "ok" => Ok(()),
        _ => Err(BackupError::Damaged {
            path: copy.to_owned(),
            reason: found.join("; "),
        }),
    }
}

/// Folds the write-ahead log of the database that is there into its file, which SQLite does for the only user of a
/// database and for nobody else. A log without its file is removed.
async fn close_for_good(target: &Path) -> Result<(), BackupError> {
    if !target.exists() {
        return logs(target).iter().try_for_each(|log| remove(log));
    }
    let db = connect(target).await?;
    let alone = db
        .execute_unprepared("PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE")
        .await;
    db.close().await?;
    alone.map_err(|_| BackupError::InUse)?;
    if logs(target).iter().any(|log| log.exists()) {
        return Err(BackupError::InUse);
    }
    Ok(())
}

/// As it is: without the settings that the portal's own connections make.
async fn connect(path: &Path) -> Result<sea_orm::DatabaseConnection, DbErr> {
    let mut options = sea_orm::ConnectOptions::new(format!("sqlite://{}", path.display()));
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options).await
}

/// A file that is gone when this is, whatever happened.
struct Scratch(PathBuf);

impl Scratch {
    /// An empty file, readable by its owner alone: it will hold everything the database holds. What a run that was cut
    /// off left there is removed.
    fn create(path: PathBuf) -> Result<(Self, File), BackupError> {
        remove(&path)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(|source| io_error(&path, source))?;
        Ok((Self(path), file))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Renamed into its place, or never made.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Nothing is there afterwards.
fn remove(path: &Path) -> Result<(), BackupError> {
    match std::fs::remove_file(path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(io_error(path, source)),
        _ => Ok(()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn the_copy_that_a_backup_is_made_of_is_its_owners_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("a.db").display());
        let db = Db::connect(&url, 1).await.expect("a database");
        let secret = Statement::from_string(db.backend(), "CREATE TABLE secrets (secret TEXT)");
        db.read().execute_raw(secret).await.expect("a table");
        let copy = copy(&db, folder.path().join("copy.db")).await.expect("copied");
        let there = std::fs::metadata(&copy.0).expect("a file");
        assert!(there.len() > 0);
        assert_eq!(there.permissions().mode() & 0o777, 0o600);
        db.close().await.expect("closed");
    }
}
