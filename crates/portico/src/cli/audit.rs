//! `portico audit`: the audit trail from a terminal.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Subcommand;
use platform::{
    App,
    audit::verify::{self, Checkpoint, Outcome},
};

use super::Place;
use crate::installation::StartError;

#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// Walks the whole audit trail and says where an event was changed, removed, added or moved. Exits with 1 if so.
    Verify {
        /// Checkpoints that were kept elsewhere, one a line: without one, a trail that was cut off at its end or
        /// written anew is not found.
        #[arg(long, value_name = "FILE")]
        checkpoint: Option<PathBuf>,
        #[command(flatten)]
        place: Place,
    },
    /// Prints the newest seal as one line of JSON, to be kept where nobody who can write the database can.
    Checkpoint {
        #[command(flatten)]
        place: Place,
    },
}

impl AuditCommand {
    /// Where the installation is.
    pub(crate) fn place(&self) -> &Place {
        match self {
            Self::Verify { place, .. } | Self::Checkpoint { place } => place,
        }
    }

    pub(crate) async fn run(&self, app: &App) -> Result<ExitCode, StartError> {
        match self {
            Self::Verify { checkpoint, .. } => {
                let checkpoints = checkpoint.as_deref().map(read).transpose()?.unwrap_or_default();
                verify(app, &checkpoints).await
            }
            Self::Checkpoint { .. } => {
                let checkpoint = verify::checkpoint(app.db(), app.clock().now()).await?;
                let line = serde_json::to_string(&checkpoint)
                    .map_err(|error| StartError::Room(error.to_string()))?;
                println!("{line}");
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

fn read(path: &Path) -> Result<Vec<Checkpoint>, StartError> {
    let text =
        std::fs::read_to_string(path).map_err(|error| StartError::Io(path.display().to_string(), error))?;
    let lines = (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty());
    let checkpoints = lines
        .map(|(number, line)| {
            serde_json::from_str(line)
                .map_err(|error| StartError::Room(format!("{}, line {number}: {error}", path.display())))
        })
        .collect::<Result<Vec<_>, _>>()?;
    if checkpoints.is_empty() {
        return Err(StartError::Room(format!(
            "{}: no checkpoint in it",
            path.display()
        )));
    }
    Ok(checkpoints)
}

async fn verify(app: &App, checkpoints: &[Checkpoint]) -> Result<ExitCode, StartError> {
    let style =
        indicatif::ProgressStyle::with_template("{bar:40} {percent}% {pos} events ({elapsed}, {eta} left)")
            .unwrap_or_else(|_| indicatif::ProgressStyle::default_bar());
    let bar = indicatif::ProgressBar::new(0).with_style(style);
    let outcome = verify::run(app, checkpoints, |at, newest| {
        bar.set_length(newest.max(at).unsigned_abs());
        bar.set_position(at.unsigned_abs());
    })
    .await?;
    bar.finish_and_clear();
    verify::note(app, &outcome).await?;
    report(&outcome, checkpoints);
    Ok(if outcome.holds() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Findings on standard output; a closed terminal does not change the exit code.
fn report(outcome: &Outcome, checkpoints: &[Checkpoint]) {
    let mut out = std::io::stdout().lock();
    let verifier = &outcome.verifier;
    for finding in &verifier.findings {
        let _ = writeln!(out, "{finding}");
    }
    let more = verifier.found - verifier.findings.len() as u64;
    if more > 0 {
        let _ = writeln!(out, "… and {more} more");
    }
    let newest = verifier.seq();
    let _ = match verifier.found {
        0 => writeln!(
            out,
            "the trail holds: {newest} events, compared with {} checkpoints",
            checkpoints.len()
        ),
        found => writeln!(
            out,
            "the trail does NOT hold: {found} findings up to event {newest}"
        ),
    };
    if let Some((count, since)) = outcome.waiting {
        let _ = writeln!(
            out,
            "{count} events have not been sealed since {since}: they are sealed while the portal runs"
        );
    }
}
