//! `portico accounts`: service accounts from a terminal.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use ::accounts::{
    account::{PaymentMode, StandingChange},
    service,
};
use clap::{Args, Subcommand, ValueEnum};
use kernel::EmailAddress;
use platform::App;

use super::{Place, operator::operator};
use crate::installation::StartError;

#[derive(Debug, Subcommand)]
pub(crate) enum AccountsCommand {
    /// Takes over existing accounts from a CSV file (columns: docs/operating.md). Importing twice changes nothing.
    Import {
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Changes how an account stands with the provider, as billing knows. What is not named stays.
    Set {
        /// The root user's address.
        email: EmailAddress,
        #[command(flatten)]
        change: Change,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(crate) struct Change {
    /// How it pays.
    #[arg(long, value_enum)]
    payment_mode: Option<Mode>,
    /// Whether it uses services now.
    #[arg(long, value_name = "true|false")]
    uses_services: Option<bool>,
    /// Whether it enjoys a discount now.
    #[arg(long, value_name = "true|false")]
    enjoys_discount: Option<bool>,
    /// Whether it is in a proof of concept now.
    #[arg(long, value_name = "true|false")]
    in_poc: Option<bool>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Mode {
    Prepaid,
    Postpaid,
}

impl From<Change> for StandingChange {
    fn from(change: Change) -> Self {
        Self {
            payment_mode: change.payment_mode.map(|mode| match mode {
                Mode::Prepaid => PaymentMode::Prepaid,
                Mode::Postpaid => PaymentMode::Postpaid,
            }),
            uses_services: change.uses_services,
            enjoys_discount: change.enjoys_discount,
            in_poc: change.in_poc,
        }
    }
}

impl AccountsCommand {
    /// Does it.
    pub(super) async fn run(self) -> Result<ExitCode, StartError> {
        match self {
            Self::Import { file, place } => import(&place.open().await?.app, &file).await,
            Self::Set { email, change, place } => set(&place.open().await?.app, &email, change.into()).await,
        }
    }
}

async fn set(app: &App, email: &EmailAddress, change: StandingChange) -> Result<ExitCode, StartError> {
    let unknown = || StartError::Room(format!("{email} is no root user's address"));
    let root = ::accounts::store::find_root(app.db().read(), email).await?;
    let account = root
        .and_then(|root| root.capacity.account())
        .ok_or_else(unknown)?;
    let after = service::change_standing(app, operator(), account, change)
        .await?
        .ok_or_else(unknown)?;
    println!(
        "{email} is {}, uses_services {}, enjoys_discount {}, in_poc {}",
        after.payment_mode.as_str(),
        after.uses_services,
        after.enjoys_discount,
        after.in_poc
    );
    Ok(ExitCode::SUCCESS)
}

/// Takes them over, with a bar.
async fn import(app: &App, path: &Path) -> Result<ExitCode, StartError> {
    let unreadable = |error| StartError::Io(path.display().to_string(), error);
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let bytes = file.metadata().map_err(unreadable)?.len();
    let style = indicatif::ProgressStyle::with_template("{bar:40} {percent}% {msg} ({elapsed}, {eta} left)")
        .unwrap_or_else(|_| indicatif::ProgressStyle::default_bar());
    let bar = indicatif::ProgressBar::new(bytes).with_style(style);
    let report = ::accounts::import::run(app, operator(), file, |progress| {
        bar.set_position(progress.bytes);
        bar.set_message(format!("{} rows", progress.rows));
    })
    .await
    .map_err(|error| StartError::Room(error.to_string()))?;
    bar.finish_and_clear();
    let mut errors = std::io::stderr().lock();
    for (line, reason) in &report.bad {
        // A closed terminal is no reason to fail an import that is done.
        let _ = writeln!(errors, "{}, line {line}: {reason}", path.display());
    }
    println!(
        "{} created, {} unchanged, {} rows with mistakes",
        report.created,
        report.unchanged,
        report.bad.len()
    );
    Ok(if report.bad.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
