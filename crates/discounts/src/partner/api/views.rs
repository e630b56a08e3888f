//! What the API shows of partner discounts, and the percentages that it takes.

use std::collections::HashSet;

use catalogue::PriceList;
use jiff::{Timestamp, civil::Date};
use kernel::{Percent, ProductId};
use platform::{
    L10n,
    actor::Actor,
    api::{FieldProblem, Problem, problem::INVALID},
    event::{Event as _, Recorded},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Reader;
use crate::{
    customer::words::percent_told,
    partner::{
        event::PartnerDiscountEvent,
        rules::{self, PartnerDiscount, Percents},
    },
};

/// A discount that a partner asked for.
#[derive(Serialize, ToSchema)]
#[schema(as = PartnerDiscount)]
pub(super) struct Discount {
    id: Uuid,
    /// What people call it by.
    #[schema(example = "PD-7K3M-Q2XA")]
    reference: String,
    /// The partner's account.
    partner_id: Uuid,
    /// What the partner is called.
    partner: String,
    asked_at: Timestamp,
    asked: Terms,
    /// What the partner told staff with it.
    #[schema(required = true)]
    note: Option<String>,
    #[serde(flatten)]
    state: State,
}

/// Per cent by product, from a date on.
#[derive(Serialize, ToSchema)]
#[schema(as = PartnerDiscountTerms)]
struct Terms {
    /// In the order of the catalogue; what is not named gets none.
    percents: Vec<Line>,
    /// The effective date, in the provider's time zone.
    #[schema(value_type = String, format = Date, example = "2027-01-04")]
    from: Date,
}

/// How much on one product.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PartnerDiscountLine)]
pub(super) struct Line {
    /// The code of the product.
    #[schema(example = "vcpu", max_length = 60)]
    product: String,
    /// From 0 to 100 with at most two decimals.
    #[schema(example = "12.50", max_length = 10)]
    percent: String,
}

/// Where it stands.
#[derive(Serialize, ToSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
#[schema(as = PartnerDiscountState)]
enum State {
    /// Staff are to decide.
    AwaitingApproval {
        /// By when.
        due_at: Timestamp,
    },
    /// Approved; it begins on its date.
    AwaitingActivation(Grant),
    /// In force.
    Active(Grant),
    /// Another took its place.
    Expired(Overtaken),
    /// Declined.
    Rejected {
        at: Timestamp,
        /// Why, in words for the partner.
        words: String,
        /// Who of the staff decided; for staff only.
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<Uuid>,
    },
    /// Taken back by the partner.
    Withdrawn { at: Timestamp },
}

/// What staff granted. It may differ from what was asked for.
#[derive(Serialize, ToSchema)]
#[schema(as = PartnerDiscountGrant)]
struct Grant {
    /// When it was approved.
    at: Timestamp,
    granted: Terms,
    /// From which moment it counts: when its date begins or, where that was past, when it was approved.
    starts_at: Timestamp,
    /// Why it differs, in words for the partner.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
    /// Who of the staff decided; for staff only.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<Uuid>,
}

/// What had been granted, and what took its place.
#[derive(Serialize, ToSchema)]
#[schema(as = PartnerDiscountReplaced)]
struct Overtaken {
    #[serde(flatten)]
    grant: Grant,
    /// Until when it counted. Not after `starts_at`: it never was in force.
    ended_at: Timestamp,
    /// The discount that took its place.
    replaced_by: Uuid,
}

impl Terms {
    fn new(of: &rules::Terms, products: &PriceList) -> Self {
        let line = |line: &catalogue::Line| {
            let percent = of.percents.on(line.product.id)?;
            Some(Line {
                product: line.product.code.to_string(),
                percent: percent.to_string(),
            })
        };
        Self {
            percents: products.lines().iter().filter_map(line).collect(),
            from: of.from,
        }
    }
}

impl Discount {
    /// `partner` is what its partner is called.
    pub(super) fn new(of: &PartnerDiscount, partner: String, products: &PriceList, reader: Reader) -> Self {
        Self {
            id: of.id.into(),
            reference: of.reference(),
            partner_id: of.partner.into(),
            partner,
            asked_at: of.asked_at,
            asked: Terms::new(&of.asked, products),
            note: of.note.as_ref().map(ToString::to_string),
            state: State::new(&of.state, products, reader),
        }
    }

    /// Where it stands in the list.
    pub(super) fn place(&self) -> String {
        self.id.to_string()
    }
}

impl State {
    fn new(of: &rules::State, products: &PriceList, reader: Reader) -> Self {
        let staff = |id: Uuid| (reader == Reader::Staff).then_some(id);
        let grant = |grant: &rules::Grant| Grant {
            at: grant.at,
            granted: Terms::new(&grant.terms, products),
            starts_at: grant.starts_at,
            words: grant.words.as_ref().map(ToString::to_string),
            by: staff(grant.by.into()),
        };
        match of {
            rules::State::AwaitingApproval { due } => Self::AwaitingApproval { due_at: *due },
            rules::State::AwaitingActivation(granted) => Self::AwaitingActivation(grant(granted)),
            rules::State::Active(granted) => Self::Active(grant(granted)),
            rules::State::Expired {
                grant: granted,
                until,
                by,
            } => Self::Expired(Overtaken {
                grant: grant(granted),
                ended_at: *until,
                replaced_by: (*by).into(),
            }),
            rules::State::Rejected { at, by, words } => Self::Rejected {
                at: *at,
                words: words.to_string(),
                by: staff((*by).into()),
            },
            rules::State::Withdrawn { at } => Self::Withdrawn { at: *at },
        }
    }
}

/// Which discount an order of a moment gets.
#[derive(Serialize, ToSchema)]
#[schema(as = PartnerDiscountInForce)]
pub(super) struct InForce {
    pub(super) at: Timestamp,
    /// None: such an order is at public prices.
    #[schema(required = true)]
    pub(super) discount: Option<Discount>,
    /// Since when that discount counts.
    #[schema(required = true)]
    pub(super) from: Option<Timestamp>,
    /// The first moment at which it does not any more; none while nothing is known to follow it.
    #[schema(required = true)]
    pub(super) until: Option<Timestamp>,
}

/// What the body says by product, or every mistake in it.
pub(super) fn percents(l: &L10n, products: &PriceList, sent: &[Line]) -> Result<Percents, Problem> {
    let (mut read, mut problem) = (Vec::with_capacity(sent.len()), Problem::new(INVALID));
    let mut seen: HashSet<ProductId> = HashSet::new();
    for (at, line) in sent.iter().enumerate() {
        let code = line.product.parse().ok();
        let product = code
            .and_then(|code| products.by_code(&code))
            .map(|line| line.product.id)
            .ok_or("partner-discount-error-product")
            .and_then(|id| {
                seen.insert(id)
                    .then_some(id)
                    .ok_or("partner-discount-error-twice")
            })
            .map_err(|key| ("product", key));
        let percent = line
            .percent
            .parse::<Percent>()
            .map_err(|error| ("percent", percent_told(error)));
        match (product, percent) {
            (Ok(product), Ok(percent)) => read.push((product, percent)),
            (product, percent) => {
                for (field, key) in [product.err(), percent.err()].into_iter().flatten() {
                    problem = problem.error(FieldProblem::at(format!("/percents/{at}/{field}"), l.t(key)));
                }
            }
        }
    }
    if read.len() < sent.len() {
        return Err(problem);
    }
    Percents::new(read).map_err(|_| {
        problem.error(FieldProblem::at(
            "/percents",
            l.t("partner-discount-error-nothing"),
        ))
    })
}

/// Something that happened to a discount.
#[derive(Serialize, ToSchema)]
#[schema(as = PartnerDiscountEvent)]
pub(super) struct Event {
    id: Uuid,
    at: Timestamp,
    #[schema(example = "partner_discount.requested")]
    kind: &'static str,
    /// `partner`, `staff` or `system`.
    by: &'static str,
    /// That person's name; for the partner only of its own people.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// What belongs to it, by kind.
    #[schema(value_type = Object)]
    data: serde_json::Value,
}

impl Event {
    /// The events that the reader may see.
    pub(super) fn of(history: Vec<Recorded<PartnerDiscountEvent>>, reader: Reader) -> Vec<Self> {
        history
            .into_iter()
            .filter(|recorded| reader == Reader::Staff || recorded.event.is_for_partner())
            .map(|recorded| Self::new(recorded, reader))
            .collect()
    }

    fn new(recorded: Recorded<PartnerDiscountEvent>, reader: Reader) -> Self {
        let (by, name) = match recorded.actor {
            Actor::Root { name, .. } | Actor::Iam { name, .. } => ("partner", Some(name)),
            Actor::Staff { name, .. } => ("staff", Some(name).filter(|_| reader == Reader::Staff)),
            Actor::Operator { .. } | Actor::System | Actor::Visitor => ("system", None),
        };
        Self {
            id: recorded.id.into(),
            at: recorded.at,
            kind: recorded.event.kind(),
            by,
            name,
            data: serde_json::to_value(&recorded.event).unwrap_or_default(),
        }
    }
}
