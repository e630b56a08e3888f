//! The demo's sample data: named people who can sign in, and as large a crowd around them as is asked for.

mod crowd;
mod people;
mod trade;

use std::{fmt::Write, path::Path};

use jiff::{SignedDuration, Timestamp};
use platform::{
    Clock,
    app::{put_setting, setting_or_insert},
};

use self::people::{CUSTOMER, LAN, PARTNER, PASSWORD, Seed};
use crate::{
    config::Config,
    installation::{Installation, StartError, install},
};

const SEEDED: &str = "demo-sample-data";

/// How large the crowd around the named people is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Its accounts.
    pub accounts: u64,
    /// How many of them applied.
    pub registrations: u64,
}

impl Size {
    /// As the database remembers what was made in it.
    fn mark(self) -> String {
        if self == Self::default() {
            "yes".to_owned()
        } else {
            format!("{} accounts, {} registrations", self.accounts, self.registrations)
        }
    }
}

/// Makes the sample data of an installation of its own; see [`fill`].
pub async fn prepare(
    config: Config,
    data: &Path,
    size: Option<Size>,
    on_progress: impl FnMut(u64),
) -> Result<(), StartError> {
    let past = Timestamp::now() - SignedDuration::from_hours(24 * 60);
    let installation = install(config, data, Clock::manual(past), true).await?;
    let made = fill(&installation, size, on_progress).await;
    installation.app.db().clone().close().await?;
    made
}

/// Makes the sample data, the first time: without a size the named people alone. Later on, a size that is asked for must
/// be that of the data. `on_progress` hears how many accounts of the crowd are written. Moves the clock.
pub async fn fill(
    installation: &Installation,
    size: Option<Size>,
    on_progress: impl FnMut(u64),
) -> Result<(), StartError> {
    if let Some(size) = size.filter(|size| size.registrations > size.accounts) {
        return Err(StartError::Room(format!(
            "every registration is an account's: ask for at least {} accounts, or for fewer registrations",
            size.registrations
        )));
    }
    let db = installation.app.db();
    let known = setting_or_insert(db, SEEDED, || "no".to_owned()).await?;
    let wanted = size.unwrap_or_default();
    match known.as_str() {
        "no" => {}
        "begun" => return Err(elsewhere("sample data that was not finished")),
        _ if size.is_none() || known == wanted.mark() => return Ok(()),
        other => return Err(elsewhere(&format!("sample data already ({other})"))),
    }
    if accounts::store::any_account(db.read()).await? {
        return Err(elsewhere("accounts that are no sample"));
    }
    put_setting(db, SEEDED, "begun".to_owned()).await?;
    let seed = Seed::new(installation).await?;
    seed.run().await?;
    if wanted.accounts > 0 {
        let staff = seed.reviewers(crowd::reviewers(wanted)).await?;
        crowd::make(installation, staff, wanted, on_progress).await?;
        // So that what is looked at or measured next has nothing going on beside it.
        for job in installation
            .jobs
            .iter()
            .filter(|job| job.name() == "sealing events")
        {
            job.run().await.map_err(|error| room(&error))?;
        }
        platform::bulk::settle(db, crowd::TABLES).await?;
    }
    put_setting(db, SEEDED, wanted.mark()).await?;
    Ok(())
}

fn elsewhere(what: &str) -> StartError {
    StartError::Room(format!(
        "this database holds {what}: delete the data folder or name another with --data; of PostgreSQL, name an empty \
         database"
    ))
}

fn room(error: &dyn std::fmt::Display) -> StartError {
    StartError::Room(format!("sample data: {error}"))
}

/// What the demo prints: the address, the sign-in link, and who can sign in.
#[must_use]
pub fn welcome(installation: &Installation) -> String {
    let site = installation.app.site();
    let people = [
        ("Enterprise", LAN),
        ("Individual", "an.nguyen@example.vn"),
        ("Customer of a partner", CUSTOMER.0),
        ("Partner", PARTNER.0),
        ("IAM user minh", LAN),
        ("IAM user linh", PARTNER.0),
        ("Staff reviewer", "hoa.le@vngcloud.example"),
        ("Staff lead", "quang.vu@vngcloud.example"),
        ("Staff auditor", "nga.do@vngcloud.example"),
    ];
    let mut text = format!(
        "\n{} Partner Portal (demo)\n\n  Portal    {}\n  Staff     {}\n  Mailbox   {}\n  Sign-in   {}\n\n",
        site.name,
        site.link("/overview"),
        site.link("/staff/registrations"),
        site.link("/mailbox"),
        installation.rooms.identity.published_link(),
    );
    text.push_str("Sample sign-ins (role, email, password):\n\n");
    for (role, email) in people {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "  {role:<24}{email:<32}{PASSWORD}");
    }
    text.push_str(
        "\nAn IAM user signs in with the root email above and the user name. Ctrl-C stops the demo.\n",
    );
    text
}
