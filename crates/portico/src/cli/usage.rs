//! `portico usage`: usage from billing, over the API of a running portal.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use kernel::{Currency, Money};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    remote::{Client, Remote, RemoteError},
    show::text,
};

/// So many rows go in one request: of the longest ones less than a body may hold.
const CHUNK: usize = 500;

/// What to do with usage.
#[derive(Debug, Subcommand)]
pub(crate) enum UsageCommand {
    /// Takes over a CSV file with the columns id, account, amount, period and description. Each id is charged once: the
    /// same file again changes nothing. Exits with 1 if a row was refused; the others are taken.
    Import {
        /// The file.
        file: PathBuf,
        /// The currency of its amounts, as in VND; amounts are numbers such as 1250.50.
        #[arg(long)]
        currency: Currency,
        #[command(flatten)]
        remote: Remote,
    },
}

/// A row of the file.
#[derive(Deserialize)]
struct Row {
    id: String,
    account: String,
    amount: String,
    period: String,
    description: String,
}

/// What came of a file.
#[derive(Default)]
struct Report {
    new: u64,
    repeated: u64,
    /// The line, billing's id, and why.
    refused: Vec<(u64, String, String)>,
}

impl UsageCommand {
    /// Does it, and writes what came of it.
    pub(crate) async fn run(self) -> Result<ExitCode, RemoteError> {
        let Self::Import {
            file,
            currency,
            remote,
        } = self;
        let report = import(&remote.client()?, &file, currency).await?;
        if !remote.is_for_programs() {
            for (line, id, why) in &report.refused {
                eprintln!("{}, line {line}: {}: {why}", file.display(), text(&json!(id)));
            }
        }
        remote.write(&report.as_json(), Report::summary)?;
        Ok(if report.refused.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

impl Report {
    fn as_json(&self) -> Value {
        let refused =
            |(line, id, why): &(u64, String, String)| json!({ "line": line, "id": id, "detail": why });
        json!({
            "new": self.new,
            "repeated": self.repeated,
            "refused": self.refused.iter().map(refused).collect::<Vec<_>>(),
        })
    }

    fn summary(report: &Value) -> String {
        let refused = report["refused"].as_array().map_or(0, Vec::len);
        format!(
            "{} new, {} repeated, {refused} refused\n",
            text(&report["new"]),
            text(&report["repeated"])
        )
    }
}

/// Sends the rows, some at a time, with a bar.
async fn import(client: &Client, path: &Path, currency: Currency) -> Result<Report, RemoteError> {
    let bytes = File::open(path)?;
    let length = bytes.metadata()?.len();
    let style = ProgressStyle::with_template("{bar:40} {percent}% {msg} ({elapsed}, {eta} left)")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(length).with_style(style);
    let mut file = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let headers = file.headers().map_err(unreadable)?.clone();
    let mut report = Report::default();
    let mut chunk = Vec::with_capacity(CHUNK);
    let mut record = csv::StringRecord::new();
    while file.read_record(&mut record).map_err(unreadable)? {
        let line = record.position().map_or(0, csv::Position::line);
        let row = record.deserialize::<Row>(Some(&headers)).map_err(unreadable)?;
        match read(&row, currency) {
            Ok(body) => chunk.push((line, body)),
            Err(why) => report.refused.push((line, row.id, why)),
        }
        if chunk.len() == CHUNK {
            send(client, currency, &mut chunk, &mut report).await?;
            bar.set_position(file.position().byte());
            bar.set_message(format!("{} rows", report.new + report.repeated));
        }
    }
    if !chunk.is_empty() {
        send(client, currency, &mut chunk, &mut report).await?;
    }
    bar.finish_and_clear();
    report.refused.sort();
    Ok(report)
}

/// The file as a whole is no such file: what went before is taken, and taken again it changes nothing.
fn unreadable(error: csv::Error) -> RemoteError {
    RemoteError::Io(std::io::Error::new(std::io::ErrorKind::InvalidData, error))
}

/// A row as the API takes it, or what is wrong with it.
fn read(row: &Row, currency: Currency) -> Result<Value, String> {
    let account: Uuid = row
        .account
        .parse()
        .map_err(|_| "the account is no id".to_owned())?;
    let amount = Money::parse(&row.amount, currency, '.').map_err(|error| format!("the amount: {error}"))?;
    Ok(json!({
        "id": row.id,
        "account_id": account,
        "amount": amount.minor(),
        "period": row.period,
        "description": row.description,
    }))
}

async fn send(
    client: &Client,
    currency: Currency,
    chunk: &mut Vec<(u64, Value)>,
    report: &mut Report,
) -> Result<(), RemoteError> {
    let (lines, rows): (Vec<u64>, Vec<Value>) = chunk.drain(..).unzip();
    let body = json!({ "currency": currency, "rows": rows });
    let done = client.post("/api/v1/credit/usage", Some(body), None).await?;
    report.new += done["new"].as_u64().unwrap_or_default();
    report.repeated += done["repeated"].as_u64().unwrap_or_default();
    let outcomes = done["rows"].as_array().into_iter().flatten();
    for (line, row) in lines.into_iter().zip(outcomes) {
        if row["outcome"] == "refused" {
            report
                .refused
                .push((line, text(&row["id"]), text(&row["detail"])));
        }
    }
    Ok(())
}
