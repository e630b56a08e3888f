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
//! | `managed_by_email` | | the address of the partner whose customer it is, in this file or imported before |
//!
//! An account whose address is known stays as it is, so importing twice changes nothing. A bad row is reported with
//! its line and stops nothing else. Imported people have no password: they set one by "Forgotten password".

mod lines;
mod row;
mod write;

use std::{collections::HashMap, io::Read};

use kernel::EmailAddress;
use platform::app::App;
use sea_orm::DbErr;

pub use row::{BadRow, COLUMNS, Row};

/// How many rows are written at once.
const BATCH: usize = 500;

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

/// Imports accounts. `on_progress` hears of each row.
pub async fn run(
    app: &App,
    reader: impl Read,
    mut on_progress: impl FnMut(Progress),
) -> Result<Report, ImportError> {
    let mut file = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(lines::Lines::new(reader));
    let header = row::Header::read(file.byte_headers()?)?;
    let mut report = Report::default();
    let mut seen: HashMap<EmailAddress, u64> = HashMap::new();
    let (mut batch, mut later) = (Vec::with_capacity(BATCH), Vec::new());
    let mut record = csv::ByteRecord::new();
    let mut rows = 0;
    while file.read_byte_record(&mut record)? {
        rows += 1;
        let line = file
            .get_ref()
            .at(record.position().map_or(0, csv::Position::byte));
        match header.row(&record, app.site().language) {
            Err(reason) => report.bad.push((line, reason)),
            Ok(row) => {
                if let Some(first) = seen.get(&row.email) {
                    report.bad.push((line, BadRow::Repeated { line: *first }));
                } else {
                    seen.insert(row.email.clone(), line);
                    batch.push((line, row));
                }
            }
        }
        if batch.len() == BATCH {
            write::batch(app, &mut batch, &mut later, &mut report).await?;
        }
        on_progress(Progress {
            bytes: file.position().byte(),
            rows,
        });
    }
    write::batch(app, &mut batch, &mut later, &mut report).await?;
    write::later(app, later, &mut report).await?;
    report.bad.sort_by_key(|(line, _)| *line);
    Ok(report)
}
