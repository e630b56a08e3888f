//! A price list as a TOML file: what the provider keeps beside its configuration.
//!
//! ```toml
//! [[groups]]
//! code = "compute"
//! name = { en = "Compute", vi = "Máy chủ" }
//!
//! [[groups.products]]
//! code = "vcpu"
//! name = { en = "vCPU", vi = "vCPU" }
//! unit = "vCPU-hour"
//! prices = [
//!     { from = "2026-01-01", price = "250" },
//!     { from = "2027-01-01T00:00:00+07:00", price = "240" },
//! ]
//! ```

use std::{fs, io, path::PathBuf};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kernel::{Currency, Money};
use platform::{
    actor::Caller,
    config::{Problems, load},
};
use serde::Deserialize;

use crate::{
    Catalogue,
    rules::{Code, Name, Price, Wanted, WantedGroup, WantedProduct},
    service::{self, Refusal},
};

/// Why a file cannot be taken over.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("{}: {error}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// It is not as the documentation describes it.
    #[error(transparent)]
    Format(#[from] Problems),
    /// What it wants cannot be.
    #[error("the catalogue cannot become what {} says: {refusal}", path.display())]
    Refused {
        /// Which.
        path: PathBuf,
        /// Why not.
        refusal: Refusal,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    groups: Vec<FileGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileGroup {
    code: Code,
    name: Name,
    #[serde(default)]
    products: Vec<FileProduct>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileProduct {
    code: Code,
    name: Name,
    unit: String,
    #[serde(default)]
    prices: Vec<FilePrice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FilePrice {
    from: String,
    price: String,
}

impl FilePrice {
    fn read(&self, zone: &TimeZone, currency: Currency) -> Result<Price, String> {
        let price = Money::parse(&self.price, currency, '.')
            .map_err(|error| format!("price {:?}: {error}", self.price))?;
        let from = moment(&self.from, zone).ok_or_else(|| {
            format!(
                "{:?} is no moment; a date such as \"2026-01-01\" or a time such as \"2026-01-01T00:00:00+07:00\" \
                 is meant",
                self.from
            )
        })?;
        Ok(Price { from, price })
    }
}

/// What a file wants. `name` names it in mistakes; `zone` is where its dates begin, and prices are in `currency`.
pub fn read(name: &str, text: &str, zone: &TimeZone, currency: Currency) -> Result<Wanted, Problems> {
    let file: File = load(name, text, [])?;
    let mut wanted = Wanted::default();
    for (group, position) in file.groups.into_iter().zip(1..) {
        for (product, position) in group.products.into_iter().zip(1..) {
            for line in product.prices {
                let price = line.read(zone, currency);
                let price = price.map_err(|why| Problems::one(format!("{name}, {}", product.code), why))?;
                wanted.prices.push((product.code.clone(), price));
            }
            wanted.products.push(WantedProduct {
                group: group.code.clone(),
                code: product.code,
                name: product.name,
                unit: product.unit,
                position: Some(position),
            });
        }
        wanted.groups.push(WantedGroup {
            code: group.code,
            name: group.name,
            position: Some(position),
        });
    }
    Ok(wanted)
}

/// A date (when it begins in `zone`) or a time with its offset, to the millisecond.
#[must_use]
pub fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let moment = match text.parse::<Timestamp>() {
        Ok(moment) => moment,
        // A date is read as one only where nothing else is written behind it.
        Err(_) if text.len() == 10 => {
            let date: Date = text.parse().ok()?;
            date.to_zoned(zone.clone()).ok()?.timestamp()
        }
        Err(_) => return None,
    };
    Timestamp::from_millisecond(moment.as_millisecond()).ok()
}

/// Makes the catalogue what a file wants, and says how many changes that took.
pub async fn apply(room: &Catalogue, caller: Caller, path: PathBuf) -> Result<usize, FileError> {
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => return Err(FileError::Read { path, error }),
    };
    let site = room.app().site();
    let wanted = read(
        &path.display().to_string(),
        &text,
        &site.time_zone.0,
        site.currency,
    )?;
    service::apply(room, caller, wanted)
        .await
        .map_err(|refusal| FileError::Refused { path, refusal })
}

impl Catalogue {
    /// Takes over the file that the configuration names, if it names one.
    pub async fn take_over_file(&self) -> Result<(), FileError> {
        let Some(path) = self.config().file.clone() else {
            return Ok(());
        };
        let changes = apply(self, Caller::system(), path.clone()).await?;
        if changes > 0 {
            tracing::info!(changes, file = %path.display(), "the catalogue was brought up to date");
        }
        Ok(())
    }
}
