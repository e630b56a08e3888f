//! The catalogue as a whole: what a file of it would change, and changing it.

use axum::{extract::State, response::Response};
use jiff::Timestamp;
use platform::{
    api::{self, Body, FieldProblem, Problem, problem::INVALID},
    web::{Fault, Shell},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Catalogue,
    file::{File, PriceError, Unreadable},
    pages::price::wrong,
    rules::{Change, Name, Wanted},
    service::{self, Refusal},
};

/// One change of the catalogue.
#[derive(Serialize, ToSchema)]
#[serde(tag = "change", rename_all = "snake_case")]
#[schema(as = CatalogueChange)]
pub(super) enum Step {
    /// A group that is not there.
    AddGroup { code: String, name: Name },
    /// A group is called otherwise, or stands elsewhere.
    ChangeGroup { code: String, name: Name },
    /// A product that is not there.
    AddProduct {
        code: String,
        /// The code of its group.
        group: String,
        name: Name,
        unit: String,
    },
    /// A product is called otherwise, or stands elsewhere.
    ChangeProduct {
        code: String,
        /// The code of its group.
        group: String,
        name: Name,
        unit: String,
    },
    /// A price of a product begins.
    SetPrice {
        /// The code of the product.
        code: String,
        from: Timestamp,
        /// For one unit, in minor units.
        price: i64,
        /// ISO 4217.
        currency: &'static str,
        /// The price that was to begin at this moment, and does not any more.
        #[schema(required = true)]
        instead_of: Option<i64>,
    },
}

impl From<Change> for Step {
    fn from(change: Change) -> Self {
        match change {
            Change::AddGroup(group, _) => Self::AddGroup {
                code: group.code.into(),
                name: group.name,
            },
            Change::ChangeGroup(group) => Self::ChangeGroup {
                code: group.code.into(),
                name: group.name,
            },
            Change::AddProduct(product, _) => Self::AddProduct {
                code: product.code.into(),
                group: product.group.into(),
                name: product.name,
                unit: product.unit,
            },
            Change::ChangeProduct(product, group) => Self::ChangeProduct {
                code: product.code.into(),
                group: group.into(),
                name: product.name,
                unit: product.unit,
            },
            Change::SetPrice {
                product,
                price,
                instead_of,
            } => Self::SetPrice {
                code: product.into(),
                from: price.from,
                price: price.price.minor(),
                currency: price.price.currency().code(),
                instead_of: instead_of.map(kernel::Money::minor),
            },
        }
    }
}

pub(super) async fn plan(
    State(room): State<Catalogue>,
    shell: Shell,
    Body(file): Body<File>,
) -> Result<Response, Fault> {
    let wanted = wanted(&shell, file)?;
    answer(&shell, service::preview(&room, wanted).await)
}

pub(super) async fn apply(
    State(room): State<Catalogue>,
    shell: Shell,
    Body(file): Body<File>,
) -> Result<Response, Fault> {
    let wanted = wanted(&shell, file)?;
    answer(&shell, service::apply(&room, shell.caller(), wanted).await)
}

fn wanted(shell: &Shell, file: File) -> Result<Wanted, Fault> {
    let site = shell.site();
    file.wanted(&site.time_zone.0, site.currency).map_err(|bad| {
        let Unreadable {
            place: [group, product, price],
            why,
            ..
        } = bad;
        let (field, key) = match why {
            PriceError::From(_) => ("from", "catalogue-mistake-moment"),
            PriceError::Amount(_, error) => ("price", wrong(error)),
        };
        let pointer = format!("/groups/{group}/products/{product}/prices/{price}/{field}");
        Problem::new(INVALID)
            .error(FieldProblem::at(pointer, shell.l.t(key)))
            .into()
    })
}

fn answer(shell: &Shell, done: Result<Vec<Change>, Refusal>) -> Result<Response, Fault> {
    match done {
        Ok(changes) => {
            let steps: Vec<Step> = changes.into_iter().map(Step::from).collect();
            api::json(&steps)
        }
        Err(Refusal::Db(error)) => Err(error.into()),
        Err(Refusal::Mistakes(mistakes)) => {
            let problem = mistakes.iter().fold(Problem::new(INVALID), |problem, mistake| {
                let detail = shell.l.t2(
                    "catalogue-mistake-of",
                    "code",
                    mistake.code.to_string(),
                    "mistake",
                    shell.l.t(mistake.what.label()),
                );
                problem.error(FieldProblem::at("/groups", detail))
            });
            Err(problem.into())
        }
    }
}
