//! Measures the product against its references: run it by `script/measure`.
//!
//! A measurement is a module with an `ABOUT` and a `run` that returns [`report::Figure`]s; it is listed in [`Name`].
//! Each is interleaved with its reference, round by round, so that whatever else the machine does meets both.

mod bare;
mod beside;
mod footprint;
mod import;
mod load;
mod machine;
mod people;
mod pgbench;
mod price;
mod process;
mod queue;
mod reference;
mod report;
mod stage;
mod statement;
mod status;
mod submit;
mod transfers;

use std::{error::Error, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand, ValueEnum};
use report::{Figure, Outcome};
use stage::{Database, Stage};

// As in the product: some of what is measured runs in this process.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs measurements, all of them where none is named.
    Run(Options),
    /// The reference of the status page: a handler that answers with a constant page.
    Bare {
        /// How large the page is.
        #[arg(long)]
        bytes: usize,
        #[arg(long)]
        port: u16,
    },
}

#[derive(Args)]
struct Options {
    /// What to measure.
    names: Vec<Name>,
    /// On which databases; both where none is named and a PostgreSQL server is given.
    #[arg(long)]
    on: Vec<Database>,
    /// How often each is measured; the median counts.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// How long a round of load lasts.
    #[arg(long, default_value_t = 4.0)]
    seconds: f64,
    /// Accounts of the large installation.
    #[arg(long, default_value_t = 1_000_000)]
    accounts: u64,
    /// Registrations of the large installation.
    #[arg(long, default_value_t = 100_000)]
    registrations: u64,
    /// Entries of the large ledger.
    #[arg(long, default_value_t = 10_000_000)]
    entries: u64,
    /// A PostgreSQL server on which databases may be made, as `postgres://…/postgres`.
    #[arg(long, env = "PORTICO_MEASURE_POSTGRES")]
    postgres: Option<String>,
    /// By how many milliseconds `script/measure --slow-disk` holds up each flush to the disk, here and in what is started.
    #[arg(long, env = "PORTICO_MEASURE_SLOW_DISK", hide = true)]
    slow_disk: Option<u64>,
    /// The binary under test; by default the `portico` beside this one.
    #[arg(long)]
    product: Option<PathBuf>,
    /// Where results and databases are kept: on the disk that is to be measured.
    #[arg(long, default_value = "target/measure")]
    work: PathBuf,
    /// Writes docs/performance.md from all results that are kept.
    #[arg(long)]
    write: bool,
}

/// The measurements, in the order of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Name {
    Status,
    Price,
    Submit,
    Transfers,
    Statement,
    Queue,
    Import,
    Footprint,
}

impl Name {
    fn title(self) -> &'static str {
        match self {
            Self::Status => "The status page",
            Self::Price => "The question what something costs",
            Self::Submit => "Submissions by many at once",
            Self::Transfers => "Transfers by many at once",
            Self::Statement => "A statement of a large ledger",
            Self::Queue => "The review queue of a large provider",
            Self::Import => "Import of existing accounts",
            Self::Footprint => "Memory, size, start-up",
        }
    }

    fn about(self) -> &'static str {
        match self {
            Self::Status => status::ABOUT,
            Self::Price => price::ABOUT,
            Self::Submit => submit::ABOUT,
            Self::Transfers => transfers::ABOUT,
            Self::Statement => statement::ABOUT,
            Self::Queue => queue::ABOUT,
            Self::Import => import::ABOUT,
            Self::Footprint => footprint::ABOUT,
        }
    }

    fn key(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }

    async fn run(self, stage: &Stage) -> Result<Vec<Figure>> {
        match self {
            Self::Status => status::run(stage).await,
            Self::Price => price::run(stage).await,
            Self::Submit => submit::run(stage).await,
            Self::Transfers => transfers::run(stage).await,
            Self::Statement => statement::run(stage).await,
            Self::Queue => queue::run(stage).await,
            Self::Import => import::run(stage).await,
            Self::Footprint => footprint::run(stage).await,
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Run(options) => run(options).await,
        Command::Bare { bytes, port } => bare::serve(bytes, port).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("portico-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<()> {
    let names = if options.names.is_empty() && !options.write {
        Name::value_variants().to_vec()
    } else {
        options.names.clone()
    };
    let databases = match (&options.on[..], &options.postgres) {
        ([], Some(_)) => vec![Database::Sqlite, Database::Postgres],
        ([], None) => vec![Database::Sqlite],
        (chosen, _) => chosen.to_vec(),
    };
    for name in names {
        for database in &databases {
            println!("{} on {}", name.title(), database.title());
            let stage = Stage::set(&options, *database)?;
            let figures = name.run(&stage).await?;
            let outcome = Outcome::new(name, &stage, figures, machine::describe());
            println!("{}", outcome.table());
            outcome.keep(&options.work)?;
        }
    }
    if options.write {
        report::write(&options.work)?;
    }
    Ok(())
}
