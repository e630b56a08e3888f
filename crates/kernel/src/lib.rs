//! What every room shares and nothing else does: ids, time, the business calendar, money, languages,
//! words, countries and tax codes. Pure: no I/O, no clock of its own, no randomness.

pub mod calendar;
mod email;
mod ids;
mod language;
pub mod money;
pub mod tax_code;
mod words;

pub use email::{EmailAddress, EmailError};
pub use ids::{
    AccountId, CustomerDiscountId, CustomerId, CustomerTransferId, DeliveryId, DepositId, EndpointId,
    EventId, GroupId, MessageId, PartnerDiscountId, ProductId, RegistrationId, SessionId, StaffId,
    TransferId, UserId, reference,
};
pub use language::{Language, UnknownLanguage};
pub use money::{Currency, Money, Percent};
pub use words::{Words, WordsError};
