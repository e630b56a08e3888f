//! `portico ledger`: the ledger from a terminal.

use std::{io::Write, process::ExitCode};

use clap::Subcommand;
use ledger::verify::{self, Findings};
use platform::App;

use super::Place;
use crate::installation::StartError;

#[derive(Debug, Subcommand)]
pub(crate) enum LedgerCommand {
    /// Walks all accounts, entries and transfers, also while the portal serves, and names every place where they contradict
    /// each other. Exits with 1 if there is one.
    Verify {
        #[command(flatten)]
        place: Place,
    },
}

impl LedgerCommand {
    /// Where the installation is.
    pub(crate) fn place(&self) -> &Place {
        let Self::Verify { place } = self;
        place
    }

    pub(crate) async fn run(&self, app: &App) -> Result<ExitCode, StartError> {
        let Self::Verify { .. } = self;
        let findings = verify::run(app.db()).await?;
        report(&findings);
        Ok(if findings.holds() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// Faults on standard output; a closed terminal does not change the exit code.
fn report(findings: &Findings) {
    let mut out = std::io::stdout().lock();
    for fault in &findings.faults {
        let _ = writeln!(out, "{fault}");
    }
    let more = findings.found - findings.faults.len() as u64;
    if more > 0 {
        let _ = writeln!(out, "… and {more} more");
    }
    let Findings {
        accounts,
        entries,
        transfers,
        found,
        ..
    } = findings;
    let seen = format!("{transfers} transfers, {entries} entries, {accounts} accounts");
    let _ = match found {
        0 => writeln!(out, "the ledger holds: {seen}"),
        found => writeln!(out, "the ledger does NOT hold: {found} faults in {seen}"),
    };
}
