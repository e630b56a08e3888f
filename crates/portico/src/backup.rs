//! `portico backup` and `portico restore`: one file with the whole database, taken while the portal serves.
//!
//! A backup is gzip of one line of JSON, the [`Manifest`], and then the database as its own tools know it: a SQLite
//! file, or the SQL of `pg_dump`. So `zcat FILE | head -1` says what is in it, and `zcat FILE | tail -n +2` takes the
//! database out where there is no Portico.

mod file;
mod postgres;
mod sqlite;

use std::{
    collections::HashSet,
    io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use jiff::Timestamp;
use platform::{
    Clock, Db,
    audit::verify::{self, Checkpoint},
};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};

use crate::{installation::StartError, rooms::MIGRATIONS};
use file::{Unfinished, Whole};

/// The layout of the file. A later layout gets a higher number.
const FORMAT: u32 = 1;

/// What a backup says of itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Manifest {
    /// [`FORMAT`].
    portico_backup: u32,
    /// The version of Portico that wrote it.
    version: String,
    /// Which database it is of.
    database: Engine,
    /// When it was begun: what was acknowledged before is in it.
    taken_at: Timestamp,
    /// The migrations that the database had seen.
    migrations: Vec<String>,
    /// The newest seal of the audit trail just before; restored, the trail holds it.
    checkpoint: Checkpoint,
}

impl Manifest {
    /// Whether this version restores the backup into such a database.
    fn fits(&self, engine: Engine) -> Result<(), BackupError> {
        if self.database != engine {
            return Err(BackupError::OtherDatabase(self.database.name(), engine.name()));
        }
        let known: HashSet<&str> = MIGRATIONS
            .concat()
            .iter()
            .map(|migration| migration.name)
            .collect();
        if self.migrations.iter().all(|name| known.contains(name.as_str())) {
            Ok(())
        } else {
            Err(BackupError::Newer(self.version.clone()))
        }
    }
}

/// The database that a backup is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    fn of(url: &str) -> Self {
        if url.starts_with("sqlite:") {
            Self::Sqlite
        } else {
            Self::Postgres
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// Why there is no backup, or nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A backup is never written over.
    #[error("{}: it is there already; name another file", .0.display())]
    Exists(PathBuf),
    /// The file is something else, cut off, or damaged.
    #[error("{}: not a whole backup ({reason}); nothing was restored", path.display())]
    Damaged {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Written by a later version.
    #[error("this backup was made by Portico {0}, which this version does not know; nothing was restored")]
    Newer(String),
    /// A SQLite backup for a PostgreSQL installation, or the other way.
    #[error("this is a backup of {0}, but the configuration names {1}; nothing was restored")]
    OtherDatabase(&'static str, &'static str),
    /// The database has tables.
    #[error(
        "the database is not empty; nothing was restored. Restore into an empty one, or say --replace to lose what is in it"
    )]
    NotEmpty,
    /// Somebody is connected.
    #[error("the database is in use; nothing was restored. Stop every portico process first")]
    InUse,
    /// The database's own program failed or is not installed.
    #[error("{program}: {reason}")]
    Program {
        /// `pg_dump` or `psql`.
        program: &'static str,
        /// What it said.
        reason: String,
    },
    /// What came back is not what the manifest says.
    #[error("the restored audit trail does not hold the seal that the backup names (event {0})")]
    Trail(i64),
    /// The database.
    #[error("the database: {0}")]
    Db(#[from] DbErr),
}

/// Writes the database at `url` into `file`, and says so.
pub(crate) async fn back_up(url: &str, file: &Path) -> Result<ExitCode, StartError> {
    let bar = working("backing up");
    let db = Db::connect(url, 1).await?;
    let taken_at = Clock::system().now();
    let manifest = Manifest {
        portico_backup: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        database: Engine::of(url),
        taken_at,
        migrations: db.applied().await?,
        checkpoint: verify::checkpoint(&db, taken_at).await?,
    };
    let mut backup = Unfinished::create(file, &manifest)?;
    let size = match manifest.database {
        Engine::Sqlite => sqlite::dump(&db, &mut backup).await?,
        Engine::Postgres => blocking(|| postgres::dump(url, &mut backup))?,
    };
    db.close().await?;
    let written = blocking(|| backup.finish())?;
    bar.finish_and_clear();
    println!(
        "{}: {} of {}, {} events, in {}",
        file.display(),
        indicatif::HumanBytes(size),
        manifest.database.name(),
        manifest.checkpoint.seq,
        indicatif::HumanBytes(written),
    );
    Ok(ExitCode::SUCCESS)
}

/// Makes the database at `url` what it was when the backup was begun.
pub(crate) async fn restore(url: &str, file: &Path, replace: bool) -> Result<ExitCode, StartError> {
    let bar = working("reading the backup");
    let backup = blocking(|| Whole::check(file))?;
    let manifest = &backup.manifest;
    let engine = Engine::of(url);
    manifest.fits(engine)?;
    bar.set_message("restoring");
    match engine {
        Engine::Sqlite => {
            if !replace && !sqlite::is_empty(url) {
                return Err(BackupError::NotEmpty.into());
            }
            sqlite::restore(url, &mut backup.database()?).await?;
        }
        Engine::Postgres => {
            let db = Db::connect(url, 1).await?;
            if postgres::in_use(&db).await? {
                return Err(BackupError::InUse.into());
            }
            if !replace && !postgres::is_empty(&db).await? {
                return Err(BackupError::NotEmpty.into());
            }
            db.close().await?;
            blocking(|| postgres::restore(url, replace, &mut backup.database()?))?;
        }
    }
    let db = Db::connect(url, 1).await?;
    if !verify::holds(&db, &manifest.checkpoint).await? {
        return Err(BackupError::Trail(manifest.checkpoint.seq).into());
    }
    db.close().await?;
    bar.finish_and_clear();
    println!(
        "restored {} of {} as it was at {}, with {} events or a few more",
        indicatif::HumanBytes(backup.size),
        engine.name(),
        manifest.taken_at,
        manifest.checkpoint.seq,
    );
    Ok(ExitCode::SUCCESS)
}

/// Lets a runtime thread do what blocks.
fn blocking<T>(what: impl FnOnce() -> Result<T, BackupError>) -> Result<T, BackupError> {
    tokio::task::block_in_place(what)
}

fn working(what: &'static str) -> indicatif::ProgressBar {
    let bar = indicatif::ProgressBar::new_spinner().with_message(what);
    bar.enable_steady_tick(std::time::Duration::from_millis(200));
    bar
}
