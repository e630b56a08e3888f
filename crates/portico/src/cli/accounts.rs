//! `portico accounts`: service accounts from a terminal.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use ::accounts::{
    account::{PaymentMode, StandingChange},
    forms::CompanyForm,
    service::{self, Correction},
    store,
};
use clap::{Args, Subcommand, ValueEnum};
use kernel::{AccountId, EmailAddress, Language};
use platform::App;

use super::{Place, operator::operator};
use crate::installation::StartError;

#[derive(Debug, Subcommand)]
pub(crate) enum AccountsCommand {
    /// Takes over existing accounts from a CSV file (columns: docs/operating.md). Importing twice changes nothing.
    Import {
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Changes how an account stands with the provider, as billing knows. What is not named stays.
    Set {
        /// The root user's address.
        email: EmailAddress,
        #[command(flatten)]
        change: Change,
        #[command(flatten)]
        place: Place,
    },
    /// Corrects what names a company, on its word. What is not named stays, and so does an application that was handed in.
    Correct {
        /// The root user's address.
        email: EmailAddress,
        #[command(flatten)]
        company: Company,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(crate) struct Company {
    /// The name in the business register.
    #[arg(long)]
    legal_name: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[arg(long)]
    country: Option<String>,
    /// The tax code.
    #[arg(long)]
    tax_code: Option<String>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(crate) struct Change {
    /// How it pays.
    #[arg(long, value_enum)]
    payment_mode: Option<Mode>,
    /// Whether it uses services now.
    #[arg(long, value_name = "true|false")]
    uses_services: Option<bool>,
    /// Whether it enjoys a discount now.
    #[arg(long, value_name = "true|false")]
    enjoys_discount: Option<bool>,
    /// Whether it is in a proof of concept now.
    #[arg(long, value_name = "true|false")]
    in_poc: Option<bool>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Mode {
    Prepaid,
    Postpaid,
}

impl From<Change> for StandingChange {
    fn from(change: Change) -> Self {
        Self {
            payment_mode: change.payment_mode.map(|mode| match mode {
                Mode::Prepaid => PaymentMode::Prepaid,
                Mode::Postpaid => PaymentMode::Postpaid,
            }),
            uses_services: change.uses_services,
            enjoys_discount: change.enjoys_discount,
            in_poc: change.in_poc,
        }
    }
}

impl AccountsCommand {
    /// Does it.
    pub(super) async fn run(self) -> Result<ExitCode, StartError> {
        match self {
            Self::Import { file, place } => import(&place.open().await?.app, &file).await,
            Self::Set { email, change, place } => set(&place.open().await?.app, &email, change.into()).await,
            Self::Correct {
                email,
                company,
                place,
            } => correct(&place.open().await?.app, &email, company).await,
        }
    }
}

fn unknown(email: &EmailAddress) -> StartError {
    StartError::Room(format!("{email} is no root user's address"))
}

/// The account of a root user.
async fn account_of(app: &App, email: &EmailAddress) -> Result<AccountId, StartError> {
    let root = store::find_root(app.db().read(), email).await?;
    root.and_then(|root| root.capacity.account())
        .ok_or_else(|| unknown(email))
}

async fn correct(app: &App, email: &EmailAddress, said: Company) -> Result<ExitCode, StartError> {
    let id = account_of(app, email).await?;
    let individual = || StartError::Room(format!("the account of {email} is a person's, not a company's"));
    let account = store::account(app.db().read(), id).await?;
    let account = account.ok_or_else(|| unknown(email))?;
    let now = account.enterprise().ok_or_else(individual)?;
    let form = CompanyForm {
        legal_name: said.legal_name.unwrap_or_else(|| now.legal_name.clone()),
        country: said
            .country
            .unwrap_or_else(|| now.tax_code.country().code().to_owned()),
        tax_code: said.tax_code.unwrap_or_else(|| now.tax_code.to_string()),
    };
    let company = form.parse().map_err(|mistakes| {
        let errors = mistakes.tell(&app.l10n(Language::English));
        let told: Vec<&str> = errors.iter().map(|(_, text)| text.as_str()).collect();
        StartError::Room(told.join("; "))
    })?;
    let told = format!(
        "{email} is {}, {} {}",
        company.legal_name,
        company.tax_code.country().code(),
        company.tax_code
    );
    match service::correct_company(app, operator(), id, company).await? {
        Correction::Done => println!("{told}"),
        Correction::Individual => return Err(individual()),
        Correction::NoAccount => return Err(unknown(email)),
    }
    Ok(ExitCode::SUCCESS)
}

async fn set(app: &App, email: &EmailAddress, change: StandingChange) -> Result<ExitCode, StartError> {
    let account = account_of(app, email).await?;
    let after = service::change_standing(app, operator(), account, change)
        .await?
        .ok_or_else(|| unknown(email))?;
    println!(
        "{email} is {}, uses_services {}, enjoys_discount {}, in_poc {}",
        after.payment_mode.as_str(),
        after.uses_services,
        after.enjoys_discount,
        after.in_poc
    );
    Ok(ExitCode::SUCCESS)
}

/// Takes them over, with a bar.
async fn import(app: &App, path: &Path) -> Result<ExitCode, StartError> {
    let unreadable = |error| StartError::Io(path.display().to_string(), error);
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let bytes = file.metadata().map_err(unreadable)?.len();
    let style = indicatif::ProgressStyle::with_template("{bar:40} {percent}% {msg} ({elapsed}, {eta} left)")
        .unwrap_or_else(|_| indicatif::ProgressStyle::default_bar());
    let bar = indicatif::ProgressBar::new(bytes).with_style(style);
    let report = ::accounts::import::run(app, operator(), file, |progress| {
        bar.set_position(progress.bytes);
        bar.set_message(format!("{} rows", progress.rows));
    })
    .await
    .map_err(|error| StartError::Room(error.to_string()))?;
    bar.finish_and_clear();
    let mut errors = std::io::stderr().lock();
    for (line, reason) in &report.bad {
        // A closed terminal is no reason to fail an import that is done.
        let _ = writeln!(errors, "{}, line {line}: {reason}", path.display());
    }
    println!(
        "{} created, {} unchanged, {} rows with mistakes",
        report.created,
        report.unchanged,
        report.bad.len()
    );
    Ok(if report.bad.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
