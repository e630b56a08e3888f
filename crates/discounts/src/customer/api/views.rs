//! What the API takes and shows of customer discounts.

use catalogue::PriceList;
use jiff::{Timestamp, civil::Date};
use platform::api::Limit;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{customer::rules, price::Target};

/// Which discounts, and how many.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct ListQuery {
    /// Of one customer.
    pub(super) customer: Option<Uuid>,
    #[param(inline)]
    pub(super) limit: Option<Limit>,
    /// Where the page before ended.
    pub(super) cursor: Option<String>,
}

/// What a customer is to be granted: on one product or on one product group.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CustomerDiscountGrant)]
pub(super) struct Grant {
    /// The customer's account.
    pub(super) customer_id: Uuid,
    /// The code of the product.
    #[serde(default)]
    #[schema(example = "vcpu", max_length = 60)]
    pub(super) product: Option<String>,
    /// The code of the product group.
    #[serde(default)]
    #[schema(max_length = 60)]
    pub(super) group: Option<String>,
    /// How much, from 0 to 100 with at most two decimals.
    #[schema(example = "12.50", max_length = 10)]
    pub(super) percent: String,
    /// The first day, in the provider's time zone: at least `days_ahead` business days (3, if the provider set nothing else)
    /// ahead.
    #[schema(value_type = String, format = Date, example = "2027-01-04")]
    pub(super) from: Date,
    /// The last day.
    #[schema(value_type = String, format = Date, example = "2027-12-31")]
    pub(super) to: Date,
    /// Whether selling below the own purchase price is meant.
    #[serde(default)]
    pub(super) below_purchase_price: bool,
}

/// A discount that a partner grants a customer.
#[derive(Serialize, ToSchema)]
pub(super) struct CustomerDiscount {
    id: Uuid,
    partner_id: Uuid,
    customer_id: Uuid,
    /// The code of the product; none where it is for a group.
    #[schema(required = true, example = "vcpu")]
    product: Option<String>,
    /// The code of the product group; none where it is for a product.
    #[schema(required = true)]
    group: Option<String>,
    #[schema(example = "12.50")]
    percent: String,
    /// The first day, in the provider's time zone.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// The last day.
    #[schema(value_type = String, format = Date)]
    to: Date,
    /// `awaiting`, `current`, `past` or `withdrawn`.
    #[schema(example = "current")]
    state: &'static str,
    granted_at: Timestamp,
}

impl CustomerDiscount {
    pub(super) fn new(of: &rules::CustomerDiscount, list: &PriceList, now: Timestamp) -> Self {
        let (group, product) = match of.on {
            Target::Group(id) => (list.group(id).map(|group| group.code.to_string()), None),
            Target::Product(id) => (None, list.product(id).map(|line| line.product.code.to_string())),
        };
        Self {
            id: of.id.into(),
            partner_id: of.partner.into(),
            customer_id: of.customer.into(),
            product,
            group,
            percent: of.percent.to_string(),
            from: of.period.first(),
            to: of.period.last(),
            state: of.standing(now).as_str(),
            granted_at: of.granted_at,
        }
    }

    /// Where it stands in the list.
    pub(super) fn place(&self) -> String {
        self.id.to_string()
    }
}
