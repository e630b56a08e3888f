//! Where a measurement takes place: a fresh database, the product in this process to fill it, and the product as a
//! process of its own to be measured.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::ValueEnum;
use platform::{Clock, Db};
use portico::{
    config::{self, Config},
    demo::Size,
    installation::{Installation, install},
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;
use tokio::process::Command;

use crate::{
    Options, Result,
    process::{Server, free_address},
};

/// On which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Database {
    Sqlite,
    Postgres,
}

impl Database {
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// That each flush to the disk takes so many milliseconds longer than this machine's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SlowDisk(pub(crate) u64);

/// What a measurement is given.
pub(crate) struct Stage {
    pub(crate) database: Database,
    pub(crate) slow_disk: Option<SlowDisk>,
    pub(crate) rounds: usize,
    pub(crate) lasting: Duration,
    /// How large the large installation is.
    pub(crate) accounts: u64,
    pub(crate) registrations: u64,
    /// How many entries the large ledger has.
    pub(crate) entries: u64,
    pub(crate) product: PathBuf,
    postgres: Option<String>,
    work: PathBuf,
}

/// A data folder with its database.
pub(crate) struct Site {
    /// Where the product will listen; its sign-in and its forms know the portal by this address.
    pub(crate) address: SocketAddr,
    database_url: Option<String>,
    folder: TempDir,
}

impl Stage {
    pub(crate) fn set(options: &Options, database: Database) -> Result<Self> {
        std::fs::create_dir_all(&options.work)?;
        let beside = || -> Result<PathBuf> { Ok(std::env::current_exe()?.with_file_name("portico")) };
        Ok(Self {
            database,
            slow_disk: options.slow_disk.map(SlowDisk),
            rounds: options.rounds,
            lasting: Duration::from_secs_f64(options.seconds),
            accounts: options.accounts,
            registrations: options.registrations,
            entries: options.entries,
            product: options.product.clone().map_or_else(beside, Ok)?,
            postgres: options.postgres.clone(),
            work: options.work.clone(),
        })
    }

    /// A new, empty installation's place.
    pub(crate) async fn site(&self) -> Result<Site> {
        let database_url = match self.database {
            Database::Sqlite => None,
            Database::Postgres => Some(self.new_postgres_database().await?),
        };
        Ok(Site {
            address: free_address()?,
            database_url,
            folder: tempfile::Builder::new().prefix("data-").tempdir_in(&self.work)?,
        })
    }

    /// An empty database on the PostgreSQL server.
    pub(crate) async fn new_postgres_database(&self) -> Result<String> {
        let server = self
            .postgres
            .as_deref()
            .ok_or("no PostgreSQL server: run script/measure")?;
        let name = format!("measure_{}", uuid::Uuid::now_v7().simple());
        let admin = sea_orm::Database::connect(server).await?;
        admin
            .execute_unprepared(&format!("CREATE DATABASE {name}"))
            .await?;
        admin.close().await?;
        let (base, _) = server
            .rsplit_once('/')
            .ok_or("an address with a database is meant")?;
        Ok(format!("{base}/{name}"))
    }

    /// Removes one that was made.
    pub(crate) async fn drop_postgres_database(&self, url: &str) -> Result<()> {
        let server = self.postgres.as_deref().ok_or("no PostgreSQL server")?;
        let (_, name) = url
            .rsplit_once('/')
            .ok_or("an address with a database is meant")?;
        let admin = sea_orm::Database::connect(server).await?;
        admin
            .execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
            .await?;
        Ok(admin.close().await?)
    }

    /// The product on the database of the site.
    pub(crate) fn command(&self, site: &Site) -> Command {
        let mut command = Command::new(&self.product);
        if let Some(url) = &site.database_url {
            command.env("PORTICO_DATABASE__URL", url);
        }
        command
    }

    /// The product on the site, as its operator starts it.
    pub(crate) async fn serve(&self, site: &Site) -> Result<Server> {
        self.serve_with(site, &[]).await
    }

    /// The same, with settings that differ from the sample's, as variables of the environment.
    pub(crate) async fn serve_with(&self, site: &Site, settings: &[(&str, &str)]) -> Result<Server> {
        let log = std::fs::File::create(site.folder().join("log"))?;
        let mut command = self.command(site);
        command
            .arg("serve")
            .arg("--data")
            .arg(site.folder())
            .arg("--config")
            .arg(site.write_config()?)
            .args(["--listen", &site.address.to_string()])
            .envs(settings.iter().copied())
            .stderr(log);
        Server::start(command, site.address, "/healthz").await
    }
}

impl Site {
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Of PostgreSQL.
    pub(crate) fn database_url(&self) -> Option<&str> {
        self.database_url.as_deref()
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    fn config(&self) -> Result<Config> {
        let mut config = config::sample(&self.url())?;
        config.database.url.clone_from(&self.database_url);
        Ok(config)
    }

    pub(crate) fn write_config(&self) -> Result<PathBuf> {
        let path = self.folder().join("portico.toml");
        let sample = include_str!("../../portico/portico.sample.toml");
        std::fs::write(&path, sample.replace("http://127.0.0.1:8080", &self.url()))?;
        Ok(path)
    }

    /// Fills it with the sample data of a provider that large.
    pub(crate) async fn fill(&self, size: Size) -> Result<()> {
        Ok(portico::demo::prepare(self.config()?, self.folder(), Some(size), |_| {}).await?)
    }

    /// The database of the product, to look into while it runs.
    pub(crate) async fn database(&self) -> Result<Db> {
        Ok(Db::connect(&self.config()?.database.url(self.folder()), 1).await?)
    }

    /// The product in this process: to fill the database. Close its database before the product is started.
    pub(crate) async fn open(&self) -> Result<Installation> {
        Ok(install(self.config()?, self.folder(), Clock::system(), false).await?)
    }
}
