//! `portico registrations`: the review from a terminal, over the API of a running portal.
#![expect(
    clippy::doc_markdown,
    rustdoc::bare_urls,
    reason = "what is said of an argument is shown in a terminal as it stands"
)]

mod client;
mod show;

use std::{
    io::{IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use client::Client;
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
}

/// How answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// For people.
    Table,
    /// For programs.
    Json,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Registrations {
    /// Lists registrations, the newest first, all pages.
    List {
        /// awaiting_approval, approved, rejected or withdrawn.
        #[arg(long)]
        state: Option<String>,
        /// me or nobody.
        #[arg(long)]
        held_by: Option<String>,
        /// Words in the reference, legal name, tax code or email.
        #[arg(long)]
        q: Option<String>,
        #[command(flatten)]
        remote: Remote,
    },
    /// Shows a registration and what happened to it.
    Show {
        /// Its id.
        id: uuid::Uuid,
        #[command(flatten)]
        remote: Remote,
    },
    /// Takes a case.
    Take {
        /// Its id.
        id: uuid::Uuid,
        #[command(flatten)]
        remote: Remote,
    },
    /// Makes the account a partner.
    Approve {
        /// Its id.
        id: uuid::Uuid,
        /// Does not ask.
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        remote: Remote,
    },
    /// Declines.
    Reject {
        /// Its id.
        id: uuid::Uuid,
        /// company_not_verified, details_do_not_match, duplicate, outside_programme, no_answer or other.
        #[arg(long)]
        reason: String,
        /// Why, in words for the applicant.
        #[arg(long)]
        words: String,
        /// A note that stays with staff.
        #[arg(long)]
        note: Option<String>,
        /// Does not ask.
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        remote: Remote,
    },
}

/// The exit code where somebody answered "no".
const DECLINED: u8 = 3;

impl Registrations {
    /// Does it, and writes what came of it.
    pub async fn run(self) -> Result<ExitCode, RemoteError> {
        match self {
            Self::List {
                state,
                held_by,
                q,
                remote,
            } => {
                let filters = [("state", state), ("held_by", held_by), ("q", q)];
                let client = remote.client()?;
                let found = client.all("/api/v1/registrations", &filters).await?;
                remote.write(&Value::Array(found), show::table)
            }
            Self::Show { id, remote } => {
                let client = remote.client()?;
                let (mut registration, _) = client.get(&path(id, "")).await?;
                registration["timeline"] = client.get(&path(id, "/timeline")).await?.0;
                remote.write(&registration, show::one)
            }
            Self::Take { id, remote } => {
                let client = remote.client()?;
                let taken = client.post(&path(id, "/take"), None, None).await?;
                remote.write(&taken, show::one)
            }
            Self::Approve { id, yes, remote } => decide(&remote, id, "approve", None, yes).await,
            Self::Reject {
                id,
                reason,
                words,
                note,
                yes,
                remote,
            } => {
                let body = json!({ "reason": reason, "words": words, "private_note": note });
                decide(&remote, id, "reject", Some(body), yes).await
            }
        }
    }
}

/// Decides on what was shown, and on nothing else: the version that was read goes along.
async fn decide(
    remote: &Remote,
    id: uuid::Uuid,
    what: &str,
    body: Option<Value>,
    yes: bool,
) -> Result<ExitCode, RemoteError> {
    let client = remote.client()?;
    let (registration, version) = client.get(&path(id, "")).await?;
    if !yes && !confirmed(&registration, what)? {
        eprintln!("Nothing was done.");
        return Ok(ExitCode::from(DECLINED));
    }
    let done = client
        .post(&path(id, &format!("/{what}")), body, version.as_deref())
        .await?;
    remote.write(&done, show::one)
}

fn confirmed(registration: &Value, what: &str) -> Result<bool, RemoteError> {
    if !std::io::stdin().is_terminal() {
        return Err(RemoteError::Unconfirmed);
    }
    eprint!("{}{what} this registration? [y/N] ", show::one(registration));
    let _ = std::io::stderr().flush();
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn path(id: uuid::Uuid, rest: &str) -> String {
    format!("/api/v1/registrations/{id}{rest}")
}

impl Remote {
    fn client(&self) -> Result<Client, RemoteError> {
        let token = match (std::env::var("PORTICO_TOKEN"), &self.token_file) {
            (Ok(token), _) if !token.trim().is_empty() => token,
            (_, Some(file)) => std::fs::read_to_string(file)?,
            _ => return Err(RemoteError::NoToken),
        };
        Client::new(self.url.clone(), token.trim())
    }

    fn write(&self, value: &Value, as_text: impl Fn(&Value) -> String) -> Result<ExitCode, RemoteError> {
        let text = match self.output {
            Output::Table => as_text(value),
            Output::Json => serde_json::to_string_pretty(value)? + "\n",
        };
        // A closed pipe is no failure: whoever read had enough.
        let _ = std::io::stdout().write_all(text.as_bytes());
        Ok(ExitCode::SUCCESS)
    }
}
