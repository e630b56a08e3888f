//! `portico tokens make`: a token for somebody, made by whoever runs the portal.

use std::process::ExitCode;

use clap::Args;
use identity::tokens::{self, DEFAULT_DAYS, MAX_DAYS, NewToken};
use kernel::EmailAddress;
use platform::{App, api::Scopes};

use super::operator::operator;
use crate::installation::StartError;

/// For whom, and for what.
#[derive(Debug, Args)]
pub struct New {
    /// The address that the person signs in with: of a root user or, with --staff, of a member of the staff.
    email: EmailAddress,
    /// Of the staff.
    #[arg(long)]
    staff: bool,
    /// What it opens, with spaces between them.
    #[arg(long)]
    scopes: Scopes,
    /// What it is for.
    #[arg(long, default_value = "command line")]
    name: String,
    /// For how many days it holds.
    #[arg(long, default_value_t = DEFAULT_DAYS, value_parser = clap::value_parser!(u16).range(1..=i64::from(MAX_DAYS)))]
    days: u16,
}

/// Makes it.
pub async fn make(app: &App, new: New) -> Result<ExitCode, StartError> {
    let db = app.db().read();
    let person = if new.staff {
        accounts::store::find_staff(db, &new.email).await?
    } else {
        accounts::store::find_root(db, &new.email).await?
    };
    let person = person.ok_or_else(|| StartError::Room(format!("nobody signs in as {}", new.email)))?;
    let token = NewToken {
        name: new.name,
        scopes: new.scopes,
        days: new.days,
    };
    let (_, token) = tokens::make(app, operator(), &person, token)
        .await
        .map_err(|error| StartError::Room(error.to_string()))?;
    println!("{}", token.expose());
    Ok(ExitCode::SUCCESS)
}
