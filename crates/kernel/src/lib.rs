//! What every room shares and nothing else does: ids, time, the business calendar, languages, countries
//! and tax codes. Pure: no I/O, no clock of its own, no randomness.

pub mod calendar;
mod email;
mod ids;
mod language;
pub mod tax_code;

pub use email::{EmailAddress, EmailError};
pub use ids::{
    AccountId, DeliveryId, EndpointId, EventId, MessageId, RegistrationId, SessionId, StaffId, UserId,
};
pub use language::{Language, UnknownLanguage};
