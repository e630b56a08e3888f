//! `portico staff`: the provider's people from a terminal.

use std::process::ExitCode;

use clap::Subcommand;
use identity::staff::{self, StaffError};
use kernel::EmailAddress;
use platform::{App, StaffRole, actor::Capacity};

use super::{Place, operator::operator};
use crate::installation::StartError;

#[derive(Debug, Subcommand)]
pub(crate) enum StaffCommand {
    /// Adds a member of the staff, who then sets a password by "Forgotten password".
    Add {
        /// Signs in with it.
        email: EmailAddress,
        /// The person's name.
        name: String,
        /// reviewer, lead or auditor.
        role: StaffRole,
        #[command(flatten)]
        place: Place,
    },
    /// Gives a member of the staff another role. It holds from the next page on.
    Role {
        /// Whose.
        email: EmailAddress,
        /// reviewer, lead or auditor.
        role: StaffRole,
        #[command(flatten)]
        place: Place,
    },
    /// Removes a member of the staff: all sessions end, and the person can no longer sign in.
    Remove {
        /// Whom.
        email: EmailAddress,
        #[command(flatten)]
        place: Place,
    },
    /// Lists the staff.
    List {
        #[command(flatten)]
        place: Place,
    },
}

impl From<StaffError> for StartError {
    fn from(error: StaffError) -> Self {
        match error {
            StaffError::Db(error) => Self::Db(error),
            refused => Self::Room(refused.to_string()),
        }
    }
}

impl StaffCommand {
    /// Where the installation is.
    pub(crate) fn place(&self) -> &Place {
        match self {
            Self::Add { place, .. }
            | Self::Role { place, .. }
            | Self::Remove { place, .. }
            | Self::List { place } => place,
        }
    }

    pub(crate) async fn run(self, app: &App) -> Result<ExitCode, StartError> {
        let caller = operator();
        match self {
            Self::Add {
                email, name, role, ..
            } => {
                let site = app.site();
                staff::add(app, caller, email.clone(), name, role, site.language).await?;
                println!(
                    "{email} is now {} and sets a password at {}",
                    role.as_str(),
                    site.link("/forgotten?staff=1")
                );
            }
            Self::Role { email, role, .. } => {
                staff::change_role(app, caller, email.clone(), role).await?;
                println!("{email} is now {}", role.as_str());
            }
            Self::Remove { email, .. } => {
                staff::remove(app, caller, email.clone()).await?;
                println!("{email} can no longer sign in");
            }
            Self::List { .. } => {
                for person in staff::list(app).await? {
                    if let Capacity::Staff { role, .. } = person.capacity {
                        println!("{}\t{}\t{}", role.as_str(), person.email, person.name);
                    }
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
