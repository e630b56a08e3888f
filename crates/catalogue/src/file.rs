//! A price list as it is written down: the TOML file that the provider keeps beside its configuration, or the same as
//! JSON.
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
use kernel::{Currency, Money, money::MoneyError};
use platform::{
    actor::Caller,
    config::{Problems, load},
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    Catalogue,
    rules::{Code, Kept, Name, Wanted, WantedGroup, WantedPrice, WantedProduct},
    service::{self, Refusal, TakenOver},
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

/// A price list as it is written down: groups with their products, in the order of lists. What is not named stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CatalogueFile)]
pub struct File {
    #[serde(default)]
    groups: Vec<FileGroup>,
}

/// A group of products.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CatalogueFileGroup)]
struct FileGroup {
    #[schema(value_type = String, example = "compute", max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    code: Code,
    name: Name,
    #[serde(default)]
    products: Vec<FileProduct>,
}

/// Something that is sold.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CatalogueFileProduct)]
struct FileProduct {
    #[schema(value_type = String, example = "vcpu", max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    code: Code,
    name: Name,
    /// What one of it is.
    #[schema(example = "vCPU-hour", max_length = 60)]
    unit: String,
    #[serde(default)]
    prices: Vec<FilePrice>,
}

/// A public price of one unit, from a moment on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CatalogueFilePrice)]
struct FilePrice {
    /// A date, when it begins in the provider's time zone, or a time with its offset.
    #[schema(example = "2026-01-01")]
    from: String,
    /// An amount in the provider's currency, as people write it.
    #[schema(example = "250")]
    price: String,
}

/// A price that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Where it stands: the numbers of its group, of the product in the group, and of the price.
    pub place: [usize; 3],
    /// Of which product.
    pub product: Code,
    /// What is wrong with it.
    pub why: PriceError,
}

/// Why a price cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    /// It begins at no moment.
    #[error(
        "{0:?} is no moment; a date such as \"2026-01-01\" or a time such as \"2026-01-01T00:00:00+07:00\" is meant"
    )]
    From(String),
    /// It is no amount.
    #[error("price {0:?}: {1}")]
    Amount(String, MoneyError),
}

impl FilePrice {
    fn read(&self, zone: &TimeZone, currency: Currency) -> Result<WantedPrice, PriceError> {
        let price = Money::parse(&self.price, currency, '.')
            .map_err(|error| PriceError::Amount(self.price.clone(), error))?;
        let from = moment(&self.from, zone).ok_or_else(|| PriceError::From(self.from.clone()))?;
        let from = Some(from);
        Ok(WantedPrice { from, price })
    }
}

impl File {
    /// What it wants. `zone` is where its dates begin, and prices are in `currency`.
    pub fn wanted(self, zone: &TimeZone, currency: Currency) -> Result<Wanted, Unreadable> {
        let mut wanted = Wanted::default();
        for (group_at, group) in self.groups.into_iter().enumerate() {
            for (product_at, product) in group.products.into_iter().enumerate() {
                for (price_at, price) in product.prices.iter().enumerate() {
                    let price = price.read(zone, currency).map_err(|why| Unreadable {
                        place: [group_at, product_at, price_at],
                        product: product.code.clone(),
                        why,
                    })?;
                    wanted.prices.push((product.code.clone(), price));
                }
                wanted.products.push(WantedProduct {
                    group: group.code.clone(),
                    code: product.code,
                    name: product.name,
                    unit: product.unit,
                    position: Some(position(product_at)),
                });
            }
            wanted.groups.push(WantedGroup {
                code: group.code,
                name: group.name,
                position: Some(position(group_at)),
            });
        }
        Ok(wanted)
    }
}

/// Positions count from 1; so many things that they run out stand side by side.
fn position(at: usize) -> i32 {
    i32::try_from(at + 1).unwrap_or(i32::MAX)
}

/// What the text of a file wants. `name` names it in mistakes.
pub fn read(name: &str, text: &str, zone: &TimeZone, currency: Currency) -> Result<Wanted, Problems> {
    let file: File = load(name, text, [])?;
    file.wanted(zone, currency)
        .map_err(|bad| Problems::one(format!("{name}, {}", bad.product), bad.why.to_string()))
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

impl Catalogue {
    /// Takes over the file that the configuration names, if it names one.
    pub async fn take_over_file(&self) -> Result<(), FileError> {
        let Some(path) = self.config().file.clone() else {
            return Ok(());
        };
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => return Err(FileError::Read { path, error }),
        };
        let (site, name) = (self.app().site(), path.display().to_string());
        let wanted = read(&name, &text, &site.time_zone.0, site.currency)?;
        let TakenOver { changes, kept } = service::take_over(self, Caller::system(), &text, wanted)
            .await
            .map_err(|refusal| FileError::Refused { path, refusal })?;
        // What somebody else did to the catalogue meanwhile does not keep the portal from starting.
        for kept in kept {
            match kept {
                Kept::Group(product) => {
                    tracing::warn!(%product, file = name, "a product was on sale in another group than the file names, and stays there");
                }
                Kept::Price(product) => {
                    tracing::warn!(%product, file = name, "a price has begun that is another than the file names, and stays");
                }
            }
        }
        if !changes.is_empty() {
            tracing::info!(
                changes = changes.len(),
                file = name,
                "the catalogue was brought up to date"
            );
        }
        Ok(())
    }
}
