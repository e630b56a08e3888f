//! An individual account becomes a company's: a form, the answers once more, done.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use platform::web::{Fault, FieldErrors, Form, Shell, flash, page, page_with};
use serde::Deserialize;

use super::profile::own_account;
use crate::{
    Accounts,
    account::{Account, Enterprise},
    forms::CompanyForm,
    service,
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct EnterpriseForm {
    /// `confirm` after the check, `edit` to go back from it.
    step: String,
    #[serde(flatten)]
    company: CompanyForm,
}

#[derive(Template)]
#[template(path = "enterprise.html")]
struct EnterprisePage {
    shell: Shell,
    errors: FieldErrors,
    form: CompanyForm,
}

impl EnterprisePage {
    fn country(&self) -> &str {
        if self.form.country.is_empty() {
            "VN"
        } else {
            &self.form.country
        }
    }
}

#[derive(Template)]
#[template(path = "enterprise-check.html")]
struct CheckPage {
    shell: Shell,
    company: Enterprise,
}

pub(super) async fn show(State(room): State<Accounts>, shell: Shell) -> Result<Response, Fault> {
    if is_enterprise(&own_account(&room, &shell).await?) {
        return Ok(flash(&shell, "/profile", "accounts-enterprise-already"));
    }
    page(&EnterprisePage {
        shell,
        errors: FieldErrors::default(),
        form: CompanyForm::default(),
    })
}

pub(super) async fn submit(
    State(room): State<Accounts>,
    shell: Shell,
    Form(form): Form<EnterpriseForm>,
) -> Result<Response, Fault> {
    let account = own_account(&room, &shell).await?;
    if is_enterprise(&account) {
        return Ok(flash(&shell, "/profile", "accounts-enterprise-already"));
    }
    if form.step == "edit" {
        return page(&EnterprisePage {
            shell,
            errors: FieldErrors::default(),
            form: form.company,
        });
    }
    let company = match form.company.parse() {
        Ok(company) => company,
        Err(mistakes) => {
            let errors = mistakes.tell(&shell.l);
            let back = EnterprisePage {
                shell,
                errors,
                form: form.company,
            };
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &back);
        }
    };
    if form.step != "confirm" {
        return page(&CheckPage { shell, company });
    }
    let done = service::become_enterprise(&room.app, shell.caller(), account.id, &company).await?;
    let said = if done {
        "accounts-enterprise-done"
    } else {
        "accounts-enterprise-already"
    };
    Ok(flash(&shell, "/profile", said))
}

fn is_enterprise(account: &Account) -> bool {
    account.enterprise().is_some()
}
