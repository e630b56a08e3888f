//! Identifiers: `UUIDv7`, so they sort by creation time, each in a type of its own so that none passes for another.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A service account: a company's or a person's account with the provider.
    AccountId,
    /// A person who signs in for an account: its root user or an IAM user.
    UserId,
    /// One of the provider's people.
    StaffId,
    /// One application to become a partner.
    RegistrationId,
    /// Something that happened.
    EventId,
    /// An email on its way.
    MessageId,
    /// A signed-in browser.
    SessionId,
    /// Where events are sent to.
    EndpointId,
    /// One event on its way to one endpoint.
    DeliveryId,
    /// The relation of one partner and one customer, from the invitation on.
    CustomerId,
    /// A customer's move from one partner to another, from the proposal on.
    CustomerTransferId,
    /// One movement of credit from one ledger account to another.
    TransferId,
    /// A payment to the provider that staff recorded.
    DepositId,
    /// A group of products.
    GroupId,
    /// Something the provider sells.
    ProductId,
    /// A discount that the provider grants a partner, from the request on.
    PartnerDiscountId,
    /// A discount that a partner grants a customer.
    CustomerDiscountId,
}

/// What people call something by, as in `REG-7K3M-Q2XA`: made from the random part of its id, in the alphabet of
/// Crockford's base 32, which has no letters that look alike.
#[must_use]
pub fn reference(prefix: &str, id: impl Into<Uuid>) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let id = id.into().as_u128();
    let mut text = prefix.to_owned();
    for place in 0..8u32 {
        if place % 4 == 0 {
            text.push('-');
        }
        let five_bits = (id >> (5 * (7 - place))) & 31;
        text.push(char::from(
            ALPHABET[usize::try_from(five_bits).unwrap_or_default()],
        ));
    }
    text
}
