//! The question of a price, as JSON.

use axum::{extract::State, response::Response};
use catalogue::Code;
use jiff::Timestamp;
use kernel::AccountId;
use platform::{
    Partnership,
    api::{self, FieldProblem, Problem, Query, problem},
    web::{Fault, Shell},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{Discounts, facts::of_line, price::Made};

/// What is asked.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// Whose price; the caller's own account if it is not named. Staff name one.
    account: Option<Uuid>,
    /// The code of the product.
    #[param(example = "vcpu", max_length = 60)]
    product: String,
    /// At which moment (RFC 3339, with its offset); now if it is not named.
    #[param(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
}

/// What a product costs an account at a moment. Amounts are for one unit, in minor units of the currency.
#[derive(Serialize, ToSchema)]
pub(super) struct Price {
    account_id: Uuid,
    /// The code of the product.
    #[schema(example = "vcpu")]
    product: String,
    /// What one of it is.
    #[schema(example = "vCPU-hour")]
    unit: String,
    at: Timestamp,
    /// ISO 4217.
    #[schema(example = "VND")]
    currency: &'static str,
    /// The public price.
    #[schema(example = 250)]
    public: i64,
    /// What the partner pays: the account, or the one whose customer it is at that moment. None for others, and never
    /// told to a customer.
    #[schema(required = true)]
    partner: Option<Discounted>,
    /// What the customer pays; none where the account is no partner's customer at that moment, or was another's.
    #[schema(required = true)]
    customer: Option<Discounted>,
}

/// A price, and what made it.
#[derive(Serialize, ToSchema)]
#[schema(as = DiscountedPrice)]
struct Discounted {
    /// In minor units.
    #[schema(example = 225)]
    price: i64,
    /// The discount that made it; none where it is the public price.
    #[schema(required = true)]
    discount_id: Option<Uuid>,
    /// How much that takes off.
    #[schema(example = "10.00")]
    percent: String,
}

impl Discounted {
    fn of<D: Into<Uuid> + Copy>(made: &Made<D>) -> Self {
        Self {
            price: made.price.minor(),
            discount_id: made.by.map(|(id, _)| id.into()),
            percent: made.percent().to_string(),
        }
    }
}

pub(super) async fn price(
    State(room): State<Discounts>,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let person = shell.person()?;
    let own = person.account();
    let named = asked.account.map(AccountId);
    let Some(account) = named.or(own) else {
        let detail = shell.l.t("problem-field-missing");
        return Err(Problem::new(problem::INVALID)
            .error(FieldProblem::parameter("account", detail))
            .into());
    };
    let terms = room.terms(account).await?.ok_or_else(Fault::not_found)?;
    // Who asks: the account itself, its partner, or staff.
    let is_its_partner =
        own.is_some() && terms.partnership == own.map_or(Partnership::None, Partnership::CustomerOf);
    if own.is_some() && own != Some(account) && !is_its_partner {
        return Err(Fault::not_found());
    }
    let list = room.catalogue().prices().await?;
    let line = asked
        .product
        .parse::<Code>()
        .ok()
        .and_then(|code| list.by_code(&code))
        .ok_or_else(|| missing(&shell, "price-unknown-product"))?;
    let at = asked.at.unwrap_or_else(|| room.app().clock().now());
    let then = match terms.partnership_at(at) {
        // What the account was to another partner is none of its partner's business.
        other if is_its_partner && other != terms.partnership => Partnership::None,
        then => then,
    };
    let (purchase, granted): (&[_], &[_]) = match then {
        Partnership::None => (&[], &[]),
        Partnership::Partner | Partnership::CustomerOf(_) => (&terms.purchase, &terms.granted),
    };
    let answer = of_line(line, purchase, granted, at).ok_or_else(|| missing(&shell, "price-none-then"))?;
    let is_customer = matches!(then, Partnership::CustomerOf(_));
    let sees_purchase = match then {
        Partnership::Partner => true,
        Partnership::CustomerOf(_) => own != Some(account),
        Partnership::None => false,
    };
    api::json(&Price {
        account_id: account.into(),
        product: line.product.code.to_string(),
        unit: line.product.unit.clone(),
        at,
        currency: answer.public.currency().code(),
        public: answer.public.minor(),
        partner: sees_purchase.then(|| Discounted::of(&answer.partner)),
        customer: is_customer.then(|| Discounted::of(&answer.customer)),
    })
}

fn missing(shell: &Shell, key: &str) -> Fault {
    Problem::new(problem::NOT_FOUND)
        .error(FieldProblem::parameter("product", shell.l.t(key)))
        .into()
}
