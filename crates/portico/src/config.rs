//! The whole configuration: one section a room.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use jiff::civil::Weekday;
use kernel::calendar::{BusinessCalendar, WorkingHours, load, vietnam_exceptions, weekday};
use platform::{
    config::{Problems, load as read},
    mail::MailConfig,
    site::Site,
};
use serde::Deserialize;

use crate::operations::Operations;

/// The configuration of `portico serve`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where to listen.
    #[serde(default)]
    pub server: Server,
    /// The provider.
    pub site: Site,
    /// The database.
    #[serde(default)]
    pub database: Database,
    /// Emails.
    pub mail: MailConfig,
    /// The provider's business days.
    #[serde(default)]
    pub calendar: Calendar,
    /// Sign-up and passwords.
    #[serde(default)]
    pub accounts: accounts::Config,
    /// Sign-in.
    #[serde(default)]
    pub identity: identity::Config,
    /// The JSON API.
    #[serde(default)]
    pub api: platform::api::Config,
    /// Becoming a partner.
    #[serde(default)]
    pub registration: registration::Config,
    /// What the provider sells.
    #[serde(default)]
    pub catalogue: catalogue::Config,
    /// Partners' customers.
    #[serde(default)]
    pub customers: customers::Config,
    /// Deposits, top-ups, usage.
    #[serde(default)]
    pub credit: credit::Config,
    /// Discounts of partners and customers.
    #[serde(default)]
    pub discounts: discounts::Config,
    /// Who works for an account.
    #[serde(default)]
    pub team: team::Config,
    /// Events sent to endpoints.
    #[serde(default)]
    pub webhooks: webhooks::Config,
    /// Watching and stopping the service.
    #[serde(default)]
    pub operations: Operations,
}

/// The `[server]` section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Server {
    /// Address and port.
    pub listen: SocketAddr,
    /// How many reverse proxies stand in front, each adding to `X-Forwarded-For`.
    pub trusted_proxies: usize,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            trusted_proxies: 0,
        }
    }
}

/// The `[database]` section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Database {
    /// `postgres://…`; without it, SQLite in the data folder.
    pub url: Option<String>,
    /// The most connections at once.
    pub connections: u32,
}

impl Default for Database {
    fn default() -> Self {
        Self {
            url: None,
            connections: 16,
        }
    }
}

impl Database {
    /// The address of the database, by default a file in `data`.
    #[must_use]
    pub fn url(&self, data: &Path) -> String {
        self.url
            .clone()
            .unwrap_or_else(|| format!("sqlite://{}?mode=rwc", data.join("portico.db").display()))
    }
}

/// The `[calendar]` section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Calendar {
    /// Spans of a working day, as in `["08:30-12:00", "13:00-17:30"]`.
    pub working_hours: WorkingHours,
    /// Days off in every week.
    pub weekend: Vec<String>,
    /// `vietnam`, and files in iCalendar (`.ics`) or CSV; later ones win.
    pub holidays: Vec<PathBuf>,
}

impl Default for Calendar {
    fn default() -> Self {
        Self {
            working_hours: WorkingHours::parse(["08:30-12:00", "13:00-17:30"])
                .expect("these spans are in order"),
            weekend: vec!["saturday".to_owned(), "sunday".to_owned()],
            holidays: vec![PathBuf::from("vietnam")],
        }
    }
}

impl Calendar {
    /// The calendar, its files read; `site` gives the time zone.
    pub fn build(&self, site: &Site) -> Result<BusinessCalendar, Problems> {
        let wrong = |error: &dyn std::fmt::Display| Problems::one("[calendar]", error.to_string());
        let weekend: Vec<Weekday> = self
            .weekend
            .iter()
            .map(|name| weekday(name))
            .collect::<Result<_, _>>()
            .map_err(|error| wrong(&error))?;
        let mut exceptions = kernel::calendar::Exceptions::new();
        for source in &self.holidays {
            if source.as_os_str() == "vietnam" {
                exceptions.extend(vietnam_exceptions());
                continue;
            }
            let at = |error: &dyn std::fmt::Display| {
                Problems::one("[calendar] holidays", format!("{}: {error}", source.display()))
            };
            let bytes = std::fs::read(source).map_err(|error| at(&error))?;
            let is_ical = source.extension().is_some_and(|extension| extension == "ics");
            let days = if is_ical {
                load::from_ical(&bytes)
            } else {
                load::from_csv(&bytes)
            };
            exceptions.extend(days.map_err(|error| at(&error))?);
        }
        BusinessCalendar::new(
            site.time_zone.0.clone(),
            self.working_hours.clone(),
            weekend,
            exceptions,
        )
        .map_err(|error| wrong(&error))
    }
}

/// Reads a configuration file, with the environment on top.
pub fn from_file(path: &Path) -> Result<Config, Problems> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| Problems::one(&name, error.to_string()))?;
    // PORTICO_CONFIG and the test harness's own variables are no configuration keys.
    let keys = std::env::vars().filter(|(variable, _)| variable.contains("__"));
    read(&name, &text, keys)
}

/// The sample configuration: what the demo runs on.
pub fn sample(public_url: &str) -> Result<Config, Problems> {
    let text = include_str!("../portico.sample.toml");
    let site = ("PORTICO_SITE__PUBLIC_URL".to_owned(), public_url.to_owned());
    read("the sample configuration", text, [site])
}
