//! SQLite: a compact copy of one moment, made by the database itself beside its writers.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use platform::Db;
use sea_orm::{ConnectionTrait, DbErr, Statement};

use super::{
    BackupError,
    file::{Unfinished, io_error, with_suffix},
};

/// Copies the database into the backup. `VACUUM INTO` reads one snapshot, which in WAL mode holds up no writer.
pub(super) async fn dump(db: &Db, backup: &mut Unfinished) -> Result<u64, BackupError> {
    let copy = Scratch::at(with_suffix(backup.part(), ".db"))?;
    let statement = Statement::from_sql_and_values(
        db.backend(),
        "VACUUM INTO $1",
        [copy.0.to_string_lossy().into_owned().into()],
    );
    db.read().execute_raw(statement).await?;
    let mut file = File::open(&copy.0).map_err(|source| io_error(&copy.0, source))?;
    backup.fill(&mut file)
}

/// The file of a SQLite address, as `sqlite:///var/lib/portico/portico.db?mode=rwc`.
pub(super) fn path(url: &str) -> PathBuf {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    path.split('?').next().unwrap_or_default().into()
}

/// Puts the database in place of what is there, if nobody has that open.
pub(super) async fn restore(url: &str, database: &mut impl Read) -> Result<(), BackupError> {
    let target = path(url);
    let fresh = Scratch::at(with_suffix(&target, ".restoring"))?;
    let write = |database: &mut _| {
        let mut file = File::create(&fresh.0)?;
        io::copy(database, &mut file)?;
        file.sync_all()
    };
    write(database).map_err(|source| io_error(&fresh.0, source))?;
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
/// database and for nobody else.
async fn close_for_good(target: &Path) -> Result<(), BackupError> {
    if !target.exists() {
        return Ok(());
    }
    let db = connect(target).await?;
    let alone = db
        .execute_unprepared("PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE")
        .await;
    db.close().await?;
    alone.map_err(|_| BackupError::InUse)?;
    let mut log = with_suffix(target, "-wal").exists();
    log |= with_suffix(target, "-shm").exists();
    if log { Err(BackupError::InUse) } else { Ok(()) }
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
    /// Nothing is there: what a run that was cut off left is removed.
    fn at(path: PathBuf) -> Result<Self, BackupError> {
        match std::fs::remove_file(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => Err(io_error(&path, source)),
            _ => Ok(Self(path)),
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Renamed into its place, or never made.
        let _ = std::fs::remove_file(&self.0);
    }
}
