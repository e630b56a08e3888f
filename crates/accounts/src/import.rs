//! A provider's existing accounts, from a CSV file.
//!
//! The file is UTF-8 (a byte order mark does no harm), separated by commas, with a header. Columns may stand in any
//! order; those without a "yes" may be left out or empty:
//!
//! | column | needed | value |
//! | --- | --- | --- |
//! | `email` | yes | the root user's address; it names the account |
//! | `name` | yes | the root user's name |
//! | `phone` | | a telephone number |
//! | `class` | | `individual` (without a value) or `enterprise` |
//! | `legal_name` | enterprise | the name in the business register |
//! | `country` | | two letters of ISO 3166-1; `VN` without a value |
//! | `tax_code` | enterprise | the tax code |
//! | `payment_mode` | | `prepaid` (without a value) or `postpaid` |
//! | `language` | | `en` or `vi`; the provider's without a value |
//! | `uses_services`, `enjoys_discount`, `in_poc` | | `true` or `false` (without a value) |
//! | `managed_by_email` | | the address of the partner whose customer it is, in this file or imported before; nobody's customer itself |
//!
//! An account whose address is known stays as it is, so importing twice changes nothing. A bad row is reported with
//! its line and stops nothing else. Imported people have no password: they set one by "Forgotten password".

mod bad_row;
mod lines;
mod row;
mod write;

use std::{
    collections::{HashMap, hash_map::Entry},
    hash::{BuildHasher, RandomState},
    io::Read,
};

use kernel::EmailAddress;
use platform::{actor::Caller, app::App};
use sea_orm::DbErr;
use tokio::task::JoinHandle;

pub use bad_row::BadRow;
pub use row::{COLUMNS, Header, Row};

/// How many rows are written at once.
const BATCH: usize = 20_000;

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// New accounts.
    pub created: u64,
    /// Accounts that were there.
    pub unchanged: u64,
    /// The rows that were left out: line and reason, by line.
    pub bad: Vec<(u64, BadRow)>,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read.
    pub bytes: u64,
    /// Rows read.
    pub rows: u64,
}

/// Why an import ended early. What was written before stays; run it again to go on.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The header lacks a column.
    #[error("line 1: the header has no column {0:?}")]
    NoColumn(&'static str),
    /// The header has a column that is not known.
    #[error("line 1: unknown column {0:?}; known are {list}", list = COLUMNS.join(", "))]
    UnknownColumn(String),
    /// The header has a column twice.
    #[error("line 1: the column {0:?} is there twice")]
    RepeatedColumn(&'static str),
    /// The file cannot be read.
    #[error("the file cannot be read: {0}")]
    File(#[from] csv::Error),
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Imports accounts for `caller`. `on_progress` hears of each row. While one batch is written, the next is read and checked.
pub async fn run(
    app: &App,
    caller: Caller,
    reader: impl Read,
    mut on_progress: impl FnMut(Progress),
) -> Result<Report, ImportError> {
    let mut file = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(lines::Lines::new(reader));
    let header = row::Header::read(file.byte_headers()?)?;
    let mut import = Import::new(app.clone(), caller);
    let mut seen = Seen::default();
    let mut batch = Vec::with_capacity(BATCH);
    let mut record = csv::ByteRecord::new();
    let mut rows = 0;
    loop {
        match file.read_byte_record(&mut record) {
            Ok(true) => rows += 1,
            Ok(false) => break,
            Err(error) => {
                // What is under way is finished: it stays, as the report of the next run says.
                import.settle().await?;
                return Err(error.into());
            }
        }
        let line = file
            .get_ref()
            .at(record.position().map_or(0, csv::Position::byte));
        match header.row(&record, app.site().language) {
            Err(reason) => import.report.bad.push((line, reason)),
            Ok(row) => match seen.first(&row.email, line) {
                Some(line_before) => import
                    .report
                    .bad
                    .push((line, BadRow::Repeated { line: line_before })),
                None => batch.push((line, row)),
            },
        }
        if batch.len() == BATCH {
            import
                .write(std::mem::replace(&mut batch, Vec::with_capacity(BATCH)))
                .await?;
        }
        on_progress(Progress {
            bytes: file.position().byte(),
            rows,
        });
    }
    import.write(batch).await?;
    import.finish().await
}

/// From so many new accounts on PostgreSQL looks at its tables at once. It goes through all of them for that, which a few
/// accounts are not worth: it comes to those by itself.
const MANY: u64 = 10_000;

/// An import under way: one batch is being written at most.
struct Import {
    app: App,
    caller: Caller,
    writing: Option<JoinHandle<Result<write::Written, DbErr>>>,
    later: write::Rows,
    report: Report,
}

impl Import {
    fn new(app: App, caller: Caller) -> Self {
        Self {
            app,
            caller,
            writing: None,
            later: Vec::new(),
            report: Report::default(),
        }
    }

    /// Begins to write, once the batch before is written.
    async fn write(&mut self, batch: write::Rows) -> Result<(), DbErr> {
        self.settle().await?;
        let (app, caller) = (self.app.clone(), self.caller.clone());
        self.writing = Some(tokio::spawn(write::batch(app, caller, batch)));
        Ok(())
    }

    async fn settle(&mut self) -> Result<(), DbErr> {
        if let Some(writing) = self.writing.take() {
            let written = writing
                .await
                .map_err(|error| DbErr::Custom(format!("the writer of accounts: {error}")))??;
            self.report.created += written.created;
            self.report.unchanged += written.unchanged;
            self.report.bad.extend(written.bad);
            self.later.extend(written.later);
        }
        Ok(())
    }

    async fn finish(mut self) -> Result<Report, ImportError> {
        self.settle().await?;
        write::later(&self.app, &self.caller, self.later, &mut self.report).await?;
        if self.report.created >= MANY {
            platform::bulk::settle(self.app.db(), &["accounts", "users", "events"]).await?;
        }
        self.report.bad.sort_by_key(|(line, _)| *line);
        Ok(self.report)
    }
}

/// On which line each address stood first. Kept as fingerprints, so that millions fit into memory: 128 bits with keys
/// of this run, which nobody makes two addresses share.
#[derive(Default)]
struct Seen {
    keys: [RandomState; 2],
    lines: HashMap<(u64, u64), u64>,
}

impl Seen {
    /// The line before this one where the address stood.
    fn first(&mut self, email: &EmailAddress, line: u64) -> Option<u64> {
        let [one, two] = self.keys.each_ref().map(|key| key.hash_one(email.as_str()));
        match self.lines.entry((one, two)) {
            Entry::Occupied(before) => Some(*before.get()),
            Entry::Vacant(place) => {
                place.insert(line);
                None
            }
        }
    }
}
