//! `portico registrations`: the review from a terminal, over the API of a running portal.

use std::{fmt::Write, process::ExitCode};

use clap::Subcommand;
use serde_json::{Value, json};

use super::{
    remote::{Remote, RemoteError, Target},
    show::{columns, events, facts, text},
};

const BASE: &str = "/api/v1/registrations";

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
        /// Only those whose applicant was asked and has not answered.
        #[arg(long)]
        asked: bool,
        /// Only those that await approval past their deadline.
        #[arg(long)]
        late: bool,
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
    Approve(Target),
    /// Declines.
    Reject {
        /// company_not_verified, details_do_not_match, duplicate, outside_programme, no_answer or other.
        #[arg(long)]
        reason: String,
        /// Why, in words for the applicant.
        #[arg(long)]
        words: String,
        /// A note that stays with staff.
        #[arg(long)]
        note: Option<String>,
        #[command(flatten)]
        target: Target,
    },
}

impl Registrations {
    /// Does it, and writes what came of it.
    pub async fn run(self) -> Result<ExitCode, RemoteError> {
        match self {
            Self::List {
                state,
                held_by,
                asked,
                late,
                q,
                remote,
            } => {
                let yes = |only: bool| only.then(|| true.to_string());
                let filters = [
                    ("state", state),
                    ("held_by", held_by),
                    ("asked", yes(asked)),
                    ("late", yes(late)),
                    ("q", q),
                ];
                let client = remote.client()?;
                let found = client.all(BASE, &filters).await?;
                remote.write(&Value::Array(found), table)
            }
            Self::Show { id, remote } => {
                let client = remote.client()?;
                let (mut registration, _) = client.get(&path(id, "")).await?;
                registration["timeline"] = client.get(&path(id, "/timeline")).await?.0;
                remote.write(&registration, one)
            }
            Self::Take { id, remote } => {
                let client = remote.client()?;
                let taken = client.post(&path(id, "/take"), None, None).await?;
                remote.write(&taken, one)
            }
            Self::Approve(target) => {
                let question = "approve this registration?";
                target.decide(BASE, "approve", question, None, one).await
            }
            Self::Reject {
                reason,
                words,
                note,
                target,
            } => {
                let question = "reject this registration?";
                let body = json!({ "reason": reason, "words": words, "private_note": note });
                target.decide(BASE, "reject", question, Some(body), one).await
            }
        }
    }
}

fn path(id: uuid::Uuid, rest: &str) -> String {
    format!("{BASE}/{id}{rest}")
}

/// A line each.
fn table(found: &Value) -> String {
    columns(
        found,
        &[
            ("ID", "id"),
            ("REFERENCE", "reference"),
            ("STATE", "state"),
            ("SUBMITTED", "submitted_at"),
            ("COMPANY", "legal_name"),
        ],
    )
}

/// All of one.
fn one(registration: &Value) -> String {
    let mut lines = facts(
        registration,
        &[
            ("Reference", "reference"),
            ("Id", "id"),
            ("Company", "legal_name"),
            ("Tax code", "tax_code"),
            ("Email", "email"),
            ("State", "state"),
            ("Submitted", "submitted_at"),
            ("Due", "due_at"),
            ("Decided", "at"),
            ("Reason", "reason"),
            ("Words", "words"),
            ("Note", "private_note"),
        ],
    );
    let question = text(&registration["question"]["words"]);
    if !question.is_empty() {
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "{:10} {question}", "Asked");
    }
    lines + &events(&registration["timeline"])
}
