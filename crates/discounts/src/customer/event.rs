//! What happens to a customer discount. Webhooks, the audit trail and the letters follow from it.

use jiff::civil::Date;
use kernel::{AccountId, GroupId, Percent, ProductId};
use platform::{
    Area, Subject,
    event::{Event, Kind},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::rules::{CustomerDiscount, End};
use crate::price::Target;

/// Something that happened to a discount. It is the partner's to see: the customer is told by email, and sees its
/// prices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum CustomerDiscountEvent {
    /// The partner granted it.
    Granted(Facts),
    /// The partner took it back before its first day, or the customer left.
    Withdrawn(Facts),
    /// The partner ended it with this day, or the customer left; `last_day` says with which.
    Ended(Facts),
    /// Its first day began.
    Activated(Facts),
    /// Its last day is over.
    Expired(Facts),
}

/// What a discount is, in events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Whose it is.
    pub customer: AccountId,
    /// The group that it is for, if it is for one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub group: Option<GroupId>,
    /// The product that it is for, if it is for one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub product: Option<ProductId>,
    /// In hundredths of a percent.
    pub percent: Percent,
    /// The first day, in the provider's time zone.
    pub first_day: Date,
    /// The last day.
    pub last_day: Date,
}

impl Facts {
    /// Of a discount.
    #[must_use]
    pub fn of(discount: &CustomerDiscount) -> Self {
        let (group, product) = match discount.on {
            Target::Group(id) => (Some(id), None),
            Target::Product(id) => (None, Some(id)),
        };
        Self {
            customer: discount.customer,
            group,
            product,
            percent: discount.percent,
            first_day: discount.period.first(),
            last_day: discount.period.last(),
        }
    }
}

platform::event_kinds! {
    CustomerDiscountEvent:
    Granted => Kind::area(Area::Discounts, "customer_discount.granted"),
    Withdrawn => Kind::area(Area::Discounts, "customer_discount.withdrawn"),
    Ended => Kind::area(Area::Discounts, "customer_discount.ended"),
    Activated => Kind::area(Area::Discounts, "customer_discount.activated"),
    Expired => Kind::area(Area::Discounts, "customer_discount.expired"),
}

/// The kinds of events about customer discounts.
pub const EVENTS: &[&[Kind]] = &[CustomerDiscountEvent::KINDS];

/// What events about a discount are about: the partner's account is concerned.
#[must_use]
pub fn subject(discount: &CustomerDiscount) -> Subject {
    Subject {
        kind: "customer_discount",
        id: discount.id.into(),
        account: Some(discount.partner),
    }
}

/// A discount for the audit trail.
#[must_use]
pub fn standing(of: &CustomerDiscount) -> Value {
    let mut standing = json!(Facts::of(of));
    if let Value::Object(fields) = &mut standing {
        let end = match of.end {
            End::Planned => "planned",
            End::Withdrawn { .. } => "withdrawn",
            End::Early { .. } => "early",
            End::Severed { .. } => "severed",
        };
        fields.insert("end".to_owned(), json!(end));
    }
    standing
}
