//! `portico team`: who works for an account, over the API of a running portal.

use std::process::ExitCode;

use clap::Subcommand;
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    remote::{self, Change, Client, Remote, RemoteError},
    show::{columns, facts, text},
};

const TEAM: &str = "/api/v1/team";

/// What to do with the team of the account whose root user made the token.
#[derive(Debug, Subcommand)]
pub(crate) enum TeamCommand {
    /// Lists the team: IAM users, and who is invited.
    List {
        #[command(flatten)]
        remote: Remote,
    },
    /// Invites somebody, who gets an email with a link.
    Invite {
        /// The person's own address.
        email: String,
        /// The person's name.
        #[arg(long)]
        name: String,
        /// What the person signs in with; without it, what stands before the @.
        #[arg(long)]
        user_name: Option<String>,
        /// customers, credit, discounts or read_only; several with commas between them.
        #[arg(long, value_delimiter = ',', required = true)]
        grants: Vec<String>,
        #[command(flatten)]
        remote: Remote,
    },
    /// Sets what somebody may do, in place of what was granted before. It holds at once.
    Set {
        /// The user name, the address or the id.
        who: String,
        /// customers, credit, discounts or read_only; several with commas between them.
        #[arg(long, value_delimiter = ',', required = true)]
        grants: Vec<String>,
        #[command(flatten)]
        remote: Remote,
    },
    /// Sends an invitation again, with a new link.
    SendAgain {
        /// The user name, the address or the id.
        who: String,
        #[command(flatten)]
        remote: Remote,
    },
    /// Removes somebody, or calls an invitation back. Sessions and tokens end at once.
    Remove {
        /// The user name, the address or the id.
        who: String,
        #[command(flatten)]
        change: Change,
    },
}

impl TeamCommand {
    /// Does it, and writes what came of it.
    pub(crate) async fn run(self) -> Result<ExitCode, RemoteError> {
        match self {
            Self::List { remote } => {
                let (team, _) = remote.client()?.get(TEAM).await?;
                remote.write(&team, table)
            }
            Self::Invite {
                email,
                name,
                user_name,
                grants,
                remote,
            } => {
                let body = json!({ "email": email, "name": name, "user_name": user_name, "grants": grants });
                let member = remote.client()?.post(TEAM, Some(body), None).await?;
                remote.write(&member, one)
            }
            Self::Set { who, grants, remote } => {
                let client = remote.client()?;
                let path = path(&find(&client, &who).await?);
                let body = json!({ "grants": grants });
                let member = client.change(Method::PATCH, &path, Some(body), None).await?;
                remote.write(&member, one)
            }
            Self::SendAgain { who, remote } => {
                let client = remote.client()?;
                let path = path(&find(&client, &who).await?);
                let member = client.post(&format!("{path}/send-again"), None, None).await?;
                remote.write(&member, one)
            }
            Self::Remove { who, change } => {
                let Change { remote, .. } = &change;
                let client = remote.client()?;
                let member = find(&client, &who).await?;
                if !change.confirmed(&format!("{}remove this person?", one(&member)))? {
                    return Ok(remote::declined());
                }
                client.change(Method::DELETE, &path(&member), None, None).await?;
                remote.write(&member, |member| {
                    format!("{} is removed\n", text(&member["name"]))
                })
            }
        }
    }
}

/// The member that was named in one way or another.
async fn find(client: &Client, who: &str) -> Result<Value, RemoteError> {
    let (team, _) = client.get(TEAM).await?;
    let named = |member: &&Value| {
        ["id", "email", "user_name"]
            .iter()
            .any(|name| member[*name].as_str() == Some(who))
    };
    let found = team.as_array().and_then(|team| team.iter().find(named));
    found
        .cloned()
        .ok_or_else(|| RemoteError::Problem(format!("nobody of the team is called {who}")))
}

fn path(member: &Value) -> String {
    format!("{TEAM}/{}", text(&member["id"]))
}

fn table(team: &Value) -> String {
    columns(
        team,
        &[
            ("USER NAME", "user_name"),
            ("STATE", "state"),
            ("GRANTS", "grants"),
            ("LAST SIGN-IN", "last_sign_in_at"),
            ("NAME", "name"),
            ("EMAIL", "email"),
        ],
    )
}

fn one(member: &Value) -> String {
    facts(
        member,
        &[
            ("Id", "id"),
            ("Name", "name"),
            ("Email", "email"),
            ("User name", "user_name"),
            ("State", "state"),
            ("Grants", "grants"),
            ("Expires", "invitation_expires_at"),
        ],
    )
}
