//! Emails: letters as data, an outbox that is written with the state change, and delivery.

pub mod delivery;
pub mod figures;
mod letter;
pub(crate) mod list;
mod mailer;
pub mod outbox;
pub mod pages;

pub use letter::{Block, Letter, Preview, Recipient, Rendered};
pub use mailer::{MailConfig, MailError, MailSetupError, Mailer, SmtpConfig, Tls};
