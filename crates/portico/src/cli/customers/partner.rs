//! What a partner does with its customers from a terminal.

use std::process::ExitCode;

use clap::Subcommand;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    super::remote::{Remote, RemoteError, Target},
    BASE, one, path,
};

/// What to do, for a partner.
#[derive(Debug, Subcommand)]
pub enum PartnerCommand {
    /// Invites one, who gets an email with a link and confirms or declines there.
    Invite {
        /// The address.
        email: String,
        /// What you call it.
        name: String,
        /// What it is to you; without it, partner.
        #[arg(long)]
        role: Option<String>,
        /// The language of the email: en or vi.
        #[arg(long)]
        language: Option<String>,
        #[command(flatten)]
        remote: Remote,
    },
    /// Sends an invitation again, with a new link; the one before stops working.
    Resend {
        /// Its id.
        id: Uuid,
        #[command(flatten)]
        remote: Remote,
    },
    /// Changes what you call a customer.
    Rename {
        /// Its id.
        id: Uuid,
        /// What you call it from now on.
        name: String,
        /// What it is to you; without it, what it was.
        #[arg(long)]
        role: Option<String>,
        #[command(flatten)]
        remote: Remote,
    },
    /// Takes an invitation back that was not answered.
    Withdraw(Target),
    /// Ends the relation with an active customer, which keeps its credit.
    End(Target),
}

impl PartnerCommand {
    /// Does it, and writes what came of it.
    pub(super) async fn run(self) -> Result<ExitCode, RemoteError> {
        match self {
            Self::Invite {
                email,
                name,
                role,
                language,
                remote,
            } => {
                let mut invitation = json!({ "email": email, "name": name });
                if let Some(role) = role {
                    invitation["role"] = role.into();
                }
                let mut body = json!({ "customers": [invitation] });
                if let Some(language) = language {
                    body["language"] = language.into();
                }
                let invited = remote.client()?.post(BASE, Some(body), None).await?;
                remote.write(&invited[0], one)
            }
            Self::Resend { id, remote } => {
                let client = remote.client()?;
                let (_, version) = client.get(&path(id, "")).await?;
                let sent = client
                    .post(&path(id, "/resend"), None, version.as_deref())
                    .await?;
                remote.write(&sent, one)
            }
            Self::Rename {
                id,
                name,
                role,
                remote,
            } => rename(&remote, id, name, role).await,
            Self::Withdraw(target) => {
                let question = "withdraw this invitation?";
                target.decide(BASE, "withdraw", question, None, one).await
            }
            Self::End(target) => {
                let question = "the customer keeps its credit; end the relation?";
                target.decide(BASE, "end", question, None, one).await
            }
        }
    }
}

/// Changes the name, and the role only where one is given.
async fn rename(
    remote: &Remote,
    id: Uuid,
    name: String,
    role: Option<String>,
) -> Result<ExitCode, RemoteError> {
    let client = remote.client()?;
    let (mut customer, version) = client.get(&path(id, "")).await?;
    let role = role.map_or_else(|| customer["role"].take(), Value::String);
    let body = json!({ "name": name, "role": role });
    let renamed = client
        .change(Method::PATCH, &path(id, ""), Some(body), version.as_deref())
        .await?;
    remote.write(&renamed, one)
}
