//! What the API takes and shows of the catalogue.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::rules::{self, Line, Name, PriceList};

/// A group of products.
#[derive(Serialize, ToSchema)]
#[schema(as = ProductGroup)]
pub(super) struct Group {
    id: Uuid,
    #[schema(example = "compute")]
    code: String,
    name: Name,
    /// Where it stands in lists.
    position: i32,
}

impl From<&rules::Group> for Group {
    fn from(group: &rules::Group) -> Self {
        Self {
            id: group.id.into(),
            code: group.code.to_string(),
            name: group.name.clone(),
            position: group.position,
        }
    }
}

/// What a product group is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProductGroupDraft)]
pub(super) struct GroupDraft {
    pub(super) name: Name,
    /// Where it stands in lists; where it stands now, or behind all others, if it is not named.
    #[serde(default, deserialize_with = "platform::api::whole_or_null")]
    pub(super) position: Option<i32>,
}

/// Something the provider sells.
#[derive(Serialize, ToSchema)]
pub(super) struct Product {
    id: Uuid,
    /// The code of its group.
    #[schema(example = "compute")]
    group: String,
    #[schema(example = "vcpu")]
    code: String,
    name: Name,
    /// What one of it is.
    #[schema(example = "vCPU-hour")]
    unit: String,
    /// Where it stands in lists.
    position: i32,
    /// All public prices, past, present and to come, in the order of their moments.
    prices: Vec<PublicPrice>,
}

/// A public price of one unit, from a moment on until the next.
#[derive(Serialize, ToSchema)]
pub(super) struct PublicPrice {
    from: Timestamp,
    /// In minor units of the currency.
    #[schema(example = 250)]
    price: i64,
    /// ISO 4217.
    #[schema(example = "VND")]
    currency: &'static str,
}

impl Product {
    pub(super) fn new(line: &Line, list: &PriceList) -> Self {
        let product = &line.product;
        let prices = line.prices.all().iter().map(|price| PublicPrice {
            from: price.from,
            price: price.price.minor(),
            currency: price.price.currency().code(),
        });
        Self {
            id: product.id.into(),
            group: list
                .group(product.group)
                .map_or_else(String::new, |group| group.code.to_string()),
            code: product.code.to_string(),
            name: product.name.clone(),
            unit: product.unit.clone(),
            position: product.position,
            prices: prices.collect(),
        }
    }
}

/// What a product is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProductDraft {
    /// The code of its group.
    #[schema(example = "compute")]
    pub(super) group: String,
    pub(super) name: Name,
    #[schema(example = "vCPU-hour", max_length = 60)]
    pub(super) unit: String,
    /// As for groups.
    #[serde(default, deserialize_with = "platform::api::whole_or_null")]
    pub(super) position: Option<i32>,
}

/// A public price.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPrice {
    /// For one unit, in minor units of the provider's currency.
    #[schema(example = 250, minimum = 0)]
    #[serde(deserialize_with = "platform::api::whole")]
    pub(super) price: i64,
    /// From when on; from now on if it is not named.
    #[serde(default)]
    pub(super) from: Option<Timestamp>,
}
