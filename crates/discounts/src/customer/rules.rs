//! The pure core of customer discounts.

mod discount;
mod grant;
mod period;
#[cfg(test)]
mod tests;

pub use discount::{CustomerDiscount, End, Refused, Standing};
pub use grant::{Draft, Line, Loss, Mistake, Place, check, losses};
pub use period::{Period, PeriodError};
