//! `portico accounts`: service accounts from a terminal.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Subcommand;
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
}

/// Takes them over, with a bar.
pub(super) async fn import(app: &App, path: &Path) -> Result<ExitCode, StartError> {
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
