//! What the commands have in common that speak to a running portal over its API.

mod client;

use std::{
    io::{IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, ValueEnum};
use serde_json::Value;
use uuid::Uuid;

pub(super) use client::Client;
pub use client::RemoteError;

/// Which portal, and as whom.
#[derive(Debug, Args)]
pub struct Remote {
    /// The portal, as in https://partner.example.com.
    #[arg(long, value_name = "URL", env = "PORTICO_URL")]
    url: url::Url,
    /// A file with the token, where PORTICO_TOKEN does not hold it. A token is never an argument: others on the
    /// machine can read those.
    #[arg(long, value_name = "FILE", env = "PORTICO_TOKEN_FILE")]
    token_file: Option<PathBuf>,
    /// How answers are written.
    #[arg(long, value_enum, default_value_t = Output::Table)]
    output: Output,
    /// The same as --output json.
    #[arg(long, conflicts_with = "output")]
    json: bool,
}

/// Of which portal something is changed, and whether it is asked about first.
#[derive(Debug, Args)]
pub struct Change {
    /// Does not ask.
    #[arg(long)]
    pub(super) yes: bool,
    #[command(flatten)]
    pub(super) remote: Remote,
}

/// What is changed, shown before that.
#[derive(Debug, Args)]
pub struct Target {
    /// Its id.
    pub(super) id: Uuid,
    #[command(flatten)]
    pub(super) change: Change,
}

/// How answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// For people.
    Table,
    /// For programs.
    Json,
}

/// The exit code where somebody answered "no".
const DECLINED: u8 = 3;

impl Remote {
    /// The portal's API.
    pub(super) fn client(&self) -> Result<Client, RemoteError> {
        let token = match (std::env::var("PORTICO_TOKEN"), &self.token_file) {
            (Ok(token), _) if !token.trim().is_empty() => token,
            (_, Some(file)) => std::fs::read_to_string(file)?,
            _ => return Err(RemoteError::NoToken),
        };
        Client::new(self.url.clone(), token.trim())
    }

    /// Whether answers are read by a program.
    pub(super) fn is_for_programs(&self) -> bool {
        self.json || self.output == Output::Json
    }

    /// Writes an answer, as it was asked for.
    pub(super) fn write(
        &self,
        value: &Value,
        as_text: impl Fn(&Value) -> String,
    ) -> Result<ExitCode, RemoteError> {
        let text = if self.is_for_programs() {
            serde_json::to_string_pretty(value)? + "\n"
        } else {
            as_text(value)
        };
        // A closed pipe is no failure: whoever read had enough.
        let _ = std::io::stdout().write_all(text.as_bytes());
        Ok(ExitCode::SUCCESS)
    }
}

impl Change {
    /// Whether it goes ahead: where nobody is asked, or somebody at the terminal says yes to `question`.
    pub(super) fn confirmed(&self, question: &str) -> Result<bool, RemoteError> {
        Ok(self.yes || confirmed(question)?)
    }
}

impl Target {
    /// Does `what` to the one of `base` that was shown, and to nothing else: the version that was read goes along.
    pub(super) async fn decide(
        &self,
        base: &str,
        what: &str,
        question: &str,
        body: Option<Value>,
        as_text: fn(&Value) -> String,
    ) -> Result<ExitCode, RemoteError> {
        let Change { remote, .. } = &self.change;
        let client = remote.client()?;
        let path = format!("{base}/{}", self.id);
        let (shown, version) = client.get(&path).await?;
        if !self.change.confirmed(&format!("{}{question}", as_text(&shown)))? {
            return Ok(declined());
        }
        let done = client
            .post(&format!("{path}/{what}"), body, version.as_deref())
            .await?;
        remote.write(&done, as_text)
    }
}

/// Whether somebody at the terminal says yes to `question`.
fn confirmed(question: &str) -> Result<bool, RemoteError> {
    if !std::io::stdin().is_terminal() {
        return Err(RemoteError::Unconfirmed);
    }
    eprint!("{question} [y/N] ");
    let _ = std::io::stderr().flush();
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// The end of a command whose question was answered with "no".
pub(super) fn declined() -> ExitCode {
    eprintln!("Nothing was done.");
    ExitCode::from(DECLINED)
}
