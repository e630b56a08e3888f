//! The pure core: what a price list is, and what may be changed in it.

mod code;
mod history;
mod list;
mod plan;

pub use code::{BadCode, Code};
pub use history::{History, Price};
pub use list::{Group, Line, Name, PriceList, Product};
pub use plan::{Change, Kept, Mistake, Wanted, WantedGroup, WantedPrice, WantedProduct, What, plan};
