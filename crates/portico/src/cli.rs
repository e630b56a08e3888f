//! The command line. A room's commands are in a file of its name below; those that speak to a running portal over its
//! API have [`remote`] and `show` in common.
#![expect(
    clippy::doc_markdown,
    rustdoc::bare_urls,
    reason = "what is said of an argument is shown in a terminal as it stands"
)]

mod accounts;
mod audit;
mod catalogue;
mod credit;
mod customers;
mod discounts;
mod ledger;
mod operator;
mod price;
mod registrations;
pub mod remote;
mod show;
mod staff;
mod team;
mod tokens;
mod usage;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use clap::{Args, Parser, Subcommand};
use platform::Clock;
use tracing::level_filters::LevelFilter;

use crate::{
    backup,
    config::{self, Config},
    demo,
    installation::{Installation, StartError, install},
    operations::{LogFormat, Operations, logs, probe},
    server,
};
use accounts::AccountsCommand;
use audit::AuditCommand;
use catalogue::CatalogueCommand;
use credit::CreditCommand;
use customers::CustomersCommand;
use discounts::DiscountsCommand;
use ledger::LedgerCommand;
use price::Price;
use registrations::Registrations;
use remote::RemoteError;
use staff::StaffCommand;
use team::TeamCommand;
use usage::UsageCommand;

/// A self-hosted partner portal for cloud providers.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the product with sample data on embedded SQLite; nothing else is needed.
    Demo {
        /// The folder of the demo's database and emails; delete it to begin anew.
        #[arg(long, value_name = "DIR", default_value = "portico-demo")]
        data: PathBuf,
        /// Where to listen.
        #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        #[command(flatten)]
        crowd: Crowd,
    },
    /// Fills an empty database with the demo's sample data, as large as a large provider's: to measure, not to use.
    Sample {
        #[command(flatten)]
        crowd: Crowd,
        #[command(flatten)]
        place: Place,
    },
    /// Serves the portal of a provider.
    Serve {
        #[command(flatten)]
        place: Place,
        /// Where to listen, instead of what the configuration says.
        #[arg(long, value_name = "ADDR:PORT")]
        listen: Option<SocketAddr>,
    },
    /// Service accounts.
    #[command(subcommand)]
    Accounts(AccountsCommand),
    /// The provider's people.
    #[command(subcommand)]
    Staff(StaffCommand),
    #[command(flatten)]
    OverApi(OverApi),
    /// Tokens of the API.
    #[command(subcommand)]
    Tokens(TokensCommand),
    /// The audit trail.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// The ledger.
    #[command(subcommand)]
    Ledger(LedgerCommand),
    /// Asks a process on this machine whether it is ready; the exit status says so.
    Probe {
        /// Where it listens.
        #[arg(value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
        address: SocketAddr,
    },
    /// Writes the whole database into one file, while the portal serves.
    Backup {
        /// The file; it must not be there yet.
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Makes the database what it was when a backup was begun: all of it, or nothing.
    Restore {
        /// A file that `portico backup` wrote.
        file: PathBuf,
        /// Loses what is in the database now.
        #[arg(long)]
        replace: bool,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Debug, Subcommand)]
enum TokensCommand {
    /// Makes a personal access token for somebody, who is told by email. The token is printed, this once.
    Make {
        #[command(flatten)]
        new: tokens::New,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Debug, Args)]
struct Crowd {
    /// Makes so many accounts around the sample's people, the first time.
    #[arg(long, value_name = "N")]
    accounts: Option<u64>,
    /// Makes so many registrations of them; by default one for every ten accounts.
    #[arg(long, value_name = "N", requires = "accounts")]
    registrations: Option<u64>,
}

impl Crowd {
    fn size(&self) -> Option<demo::Size> {
        let accounts = self.accounts?;
        Some(demo::Size {
            accounts,
            registrations: self.registrations.unwrap_or(accounts / 10),
        })
    }
}

/// Where an installation is.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// The folder of the embedded database and of everything else that is kept.
    #[arg(
        long = "data",
        value_name = "DIR",
        default_value = "portico-data",
        env = "PORTICO_DATA"
    )]
    dir: PathBuf,
    /// The configuration file.
    #[arg(
        long,
        value_name = "FILE",
        default_value = "portico.toml",
        env = "PORTICO_CONFIG"
    )]
    config: PathBuf,
}

impl Place {
    fn config(&self) -> Result<Config, StartError> {
        Ok(config::from_file(&self.config)?)
    }

    /// The installation, which need not be served.
    async fn open(&self) -> Result<Installation, StartError> {
        open(self.config()?, &self.dir).await
    }
}

/// What is asked of a running portal, over its API.
#[derive(Debug, Subcommand)]
enum OverApi {
    /// Registrations of a running portal, over its API.
    #[command(subcommand)]
    Registrations(Registrations),
    /// Partners' customers, over the API of a running portal.
    #[command(subcommand)]
    Customers(CustomersCommand),
    /// Balances, movements, top-ups and deposits, over the API of a running portal.
    #[command(subcommand)]
    Credit(CreditCommand),
    /// Usage from billing, over the API of a running portal.
    #[command(subcommand)]
    Usage(UsageCommand),
    /// What partners ask for and are granted, over the API of a running portal.
    #[command(subcommand)]
    Discounts(DiscountsCommand),
    /// What is sold and at what price, over the API of a running portal.
    #[command(subcommand)]
    Catalogue(CatalogueCommand),
    /// Says what a product costs whom at a moment, over the API of a running portal.
    Price(Price),
    /// Who works for an account, over the API of a running portal.
    #[command(subcommand)]
    Team(TeamCommand),
}

impl OverApi {
    async fn run(self) -> Result<ExitCode, RemoteError> {
        match self {
            Self::Registrations(command) => command.run().await,
            Self::Customers(command) => command.run().await,
            Self::Credit(command) => command.run().await,
            Self::Usage(command) => command.run().await,
            Self::Discounts(command) => command.run().await,
            Self::Catalogue(command) => command.run().await,
            Self::Price(question) => question.run().await,
            Self::Team(command) => command.run().await,
        }
    }
}

impl Cli {
    /// Does what was asked.
    pub async fn run(self) -> Result<ExitCode, StartError> {
        match self.command {
            Command::Demo { data, listen, crowd } => run_demo(&data, listen, crowd.size()).await,
            Command::Sample { crowd, place } => {
                let config = place.config()?;
                let _ = logs::begin(&config.operations, LevelFilter::WARN);
                make_folder(&place.dir)?;
                prepare(config, &place.dir, crowd.size()).await?;
                Ok(ExitCode::SUCCESS)
            }
            Command::Serve { place, listen } => serve(place.config()?, &place.dir, listen).await,
            Command::Accounts(command) => command.run().await,
            Command::OverApi(command) => command
                .run()
                .await
                .map_err(|error| StartError::Room(error.to_string())),
            Command::Tokens(TokensCommand::Make { new, place }) => {
                tokens::make(&place.open().await?.app, new).await
            }
            Command::Staff(command) => {
                let installation = command.place().open().await?;
                command.run(&installation.app).await
            }
            Command::Audit(command) => {
                let installation = command.place().open().await?;
                command.run(&installation.app).await
            }
            Command::Ledger(command) => {
                let installation = command.place().open().await?;
                command.run(&installation.app).await
            }
            Command::Probe { address } => Ok(probe::run(address).await),
            Command::Backup { file, place } => {
                let config = place.config()?;
                backup::back_up(&config.database.url(&place.dir), &file).await
            }
            Command::Restore { file, replace, place } => {
                let config = place.config()?;
                make_folder(&place.dir)?;
                backup::restore(&config.database.url(&place.dir), &file, replace).await
            }
        }
    }
}

async fn open(config: Config, data: &Path) -> Result<Installation, StartError> {
    make_folder(data)?;
    install(config, data, Clock::system(), false).await
}

async fn serve(config: Config, data: &Path, listen: Option<SocketAddr>) -> Result<ExitCode, StartError> {
    let traces = logs::begin(&config.operations, LevelFilter::INFO);
    let drain = config.operations.drain;
    let listener = server::listen(listen.unwrap_or(config.server.listen)).await?;
    let installation = open(config, data).await?;
    tracing::info!(url = installation.app.site().public_url.origin(), "serving");
    server::serve(installation, listener, drain).await?;
    if let Some(traces) = traces {
        traces.flush().await;
    }
    Ok(ExitCode::SUCCESS)
}

fn make_folder(data: &Path) -> Result<(), StartError> {
    std::fs::create_dir_all(data).map_err(|error| StartError::Io(data.display().to_string(), error))
}

/// Makes the sample data, with a bar for a crowd.
async fn prepare(config: Config, data: &Path, size: Option<demo::Size>) -> Result<(), StartError> {
    let accounts = size.map_or(0, |size| size.accounts);
    let style =
        indicatif::ProgressStyle::with_template("{bar:40} {pos} of {len} accounts ({elapsed}, {eta} left)")
            .unwrap_or_else(|_| indicatif::ProgressStyle::default_bar());
    let bar = if accounts == 0 {
        indicatif::ProgressBar::hidden()
    } else {
        indicatif::ProgressBar::new(accounts).with_style(style)
    };
    demo::prepare(config, data, size, |written| bar.set_position(written)).await?;
    bar.finish_and_clear();
    Ok(())
}

async fn run_demo(data: &Path, listen: SocketAddr, size: Option<demo::Size>) -> Result<ExitCode, StartError> {
    let operations = Operations {
        log: LogFormat::Human,
        ..Operations::default()
    };
    let _ = logs::begin(&operations, LevelFilter::WARN);
    let listener = server::listen(listen).await?;
    let address = listener
        .local_addr()
        .map_err(|error| StartError::Io(listen.to_string(), error))?;
    make_folder(data)?;
    let config = config::sample(&format!("http://{}", server::reachable(address)))?;
    prepare(config.clone(), data, size).await?;
    let installation = install(config, data, Clock::system(), true).await?;
    demo::restore_clock(&installation.app).await?;
    print!("{}", demo::welcome(&installation));
    server::serve(installation, listener, Duration::ZERO).await?;
    Ok(ExitCode::SUCCESS)
}
