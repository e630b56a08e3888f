//! What happens to the catalogue.

use jiff::Timestamp;
use kernel::Money;
use platform::event::{Event, Kind, Subject};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::rules::{Code, Group, Product};

/// Something that happened to the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum CatalogueEvent {
    /// There is a new group.
    GroupAdded {
        /// Its code.
        code: Code,
    },
    /// A group is called otherwise, or stands elsewhere.
    GroupChanged {
        /// Its code.
        code: Code,
    },
    /// There is a new product.
    ProductAdded {
        /// Its code.
        code: Code,
    },
    /// A product is called otherwise, or stands elsewhere.
    ProductChanged {
        /// Its code.
        code: Code,
    },
    /// A product has a price from a moment on.
    PriceSet {
        /// The product's code.
        code: Code,
        /// The first moment.
        from: Timestamp,
        /// For one unit.
        price: Money,
    },
    /// A price that was to come is another now.
    PriceCorrected {
        /// The product's code.
        code: Code,
        /// The first moment.
        from: Timestamp,
        /// For one unit.
        price: Money,
    },
}

platform::event_kinds! {
    CatalogueEvent:
    GroupAdded => Kind::staff("catalogue.group_added"),
    GroupChanged => Kind::staff("catalogue.group_changed"),
    ProductAdded => Kind::staff("catalogue.product_added"),
    ProductChanged => Kind::staff("catalogue.product_changed"),
    PriceSet => Kind::staff("catalogue.price_set"),
    PriceCorrected => Kind::staff("catalogue.price_corrected"),
}

/// The kinds of events of this room. They concern no account, so they are told to staff alone.
pub const EVENTS: &[&[Kind]] = &[CatalogueEvent::KINDS];

/// What events about a group are about.
pub(crate) fn about_group(group: &Group) -> Subject {
    Subject {
        kind: "product_group",
        id: group.id.into(),
        account: None,
    }
}

/// What events about a product are about.
pub(crate) fn about_product(product: &Product) -> Subject {
    Subject {
        kind: "product",
        id: product.id.into(),
        account: None,
    }
}

/// A group for the audit trail.
pub(crate) fn group_standing(of: &Group) -> Value {
    json!({ "name": of.name, "position": of.position })
}

/// A product for the audit trail.
pub(crate) fn product_standing(of: &Product) -> Value {
    json!({ "group": of.group, "name": of.name, "unit": of.unit, "position": of.position })
}

/// A price for the audit trail.
pub(crate) fn price_standing(from: Timestamp, price: Money) -> Value {
    json!({ "from": from, "price": price.minor(), "currency": price.currency() })
}
