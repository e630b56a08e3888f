//! The same use cases as JSON. Signing up is not among them: its check against robots is made for a form that a person
//! fills in, and an API that skipped it would be the robots' way in (docs/API.md).

mod staff;
mod views;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use kernel::AccountId;
use platform::{
    actor::Capacity,
    api::{self, Body, Kind, Mounted, Op, Problem, Routes, Scope},
    web::{Fault, Need, Shell},
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    Accounts,
    account::Enterprise,
    forms::{CompanyForm, Profile},
    service, store,
};
use views::View;

const ALREADY: Kind = Kind::new("already-enterprise", StatusCode::CONFLICT);

/// The routes.
pub(crate) fn mount(room: &Accounts) -> Mounted {
    let own = Routes::new("Accounts", "Service accounts: the caller's own and, for staff, all.")
        .get(
            "/api/v1/account",
            Op::new("getOwnAccount", "Gets the caller's account", Need::Account, Scope::AccountsRead)
                .returns::<View>()
                .versioned(),
            own_account,
        )
        .patch(
            "/api/v1/account",
            Op::new("changeProfile", "Changes the caller's own data", Need::Account, Scope::AccountsWrite)
                .about("What is not named, or null, stays. The telephone number is the account's: only its root user changes it.")
                .body::<ProfileChange>()
                .returns::<View>()
                .versioned(),
            change_profile,
        )
        .post(
            "/api/v1/account/enterprise",
            Op::new("becomeEnterprise", "Makes the account a company's", Need::Root, Scope::AccountsWrite)
                .body::<Company>()
                .returns::<View>()
                .versioned()
                .problem(ALREADY),
            become_enterprise,
        );
    staff::routes(own).with_state(room.clone())
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProfileChange {
    /// The person's name.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 100)]
    name: Option<String>,
    /// The account's telephone number.
    #[serde(default)]
    #[schema(example = "+84 28 1234 5678")]
    phone: Option<String>,
    /// `en` or `vi`.
    #[serde(default)]
    #[schema(example = "vi", pattern = "^(en|vi)$")]
    language: Option<String>,
}

/// A company, as its registration names it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Company {
    #[schema(min_length = 1, max_length = 200, example = "Công ty TNHH Sao Mai")]
    legal_name: String,
    /// ISO 3166-1 alpha-2.
    #[schema(pattern = "^[A-Z]{2}$", example = "VN")]
    country: String,
    #[schema(example = "0100109106")]
    tax_code: String,
}

impl Company {
    fn parse(self, shell: &Shell) -> Result<Enterprise, Problem> {
        let form = CompanyForm {
            legal_name: self.legal_name,
            country: self.country,
            tax_code: self.tax_code,
        };
        form.parse()
            .map_err(|mistakes| Problem::fields(&mistakes.tell(&shell.l)))
    }
}

/// As it is now, with its version.
async fn shown(room: &Accounts, id: AccountId) -> Result<Response, Fault> {
    api::versioned(&room.app, id, async {
        let account = store::account(room.app.db().read(), id).await?;
        Ok(View::from(&account.ok_or_else(Fault::not_found)?))
    })
    .await
}

async fn own_account(State(room): State<Accounts>, shell: Shell) -> Result<Response, Fault> {
    shown(&room, shell.account()?).await
}

async fn change_profile(
    State(room): State<Accounts>,
    shell: Shell,
    headers: HeaderMap,
    Body(sent): Body<ProfileChange>,
) -> Result<Response, Fault> {
    let account = shell.account()?;
    let person = shell.person()?;
    let is_root = matches!(person.capacity, Capacity::Root { .. });
    if sent.phone.is_some() && !is_root {
        return Err(Fault::forbidden());
    }
    let (name, phone, language) = (
        sent.name.as_deref(),
        sent.phone.as_deref(),
        sent.language.as_deref(),
    );
    let profile = Profile::parse(name, phone, language)
        .map_err(|mistakes| Problem::fields(&mistakes.tell(&shell.l)))?;
    api::precondition(&room.app, &headers, account).await?;
    service::change_profile(&room.app, shell.caller(), person, profile).await?;
    shown(&room, account).await
}

async fn become_enterprise(
    State(room): State<Accounts>,
    shell: Shell,
    headers: HeaderMap,
    Body(sent): Body<Company>,
) -> Result<Response, Fault> {
    let account = shell.account()?;
    let company = sent.parse(&shell)?;
    api::precondition(&room.app, &headers, account).await?;
    if !service::become_enterprise(&room.app, shell.caller(), account, &company).await? {
        return Err(Problem::new(ALREADY).into());
    }
    shown(&room, account).await
}
