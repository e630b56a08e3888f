//! Applying: what the account needs, the terms, the tick, the button. Once it has applied, the same address shows
//! where the application stands.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use kernel::Language;
use platform::web::{Fault, FieldErrors, Form, Shell, flash, page_with, redirect};
use serde::Deserialize;

use super::{
    Shown as _, Standing,
    checks::{self, Check},
    history::{self, Earlier},
    lede, overview, reader, status,
};
use crate::{
    desk::Desk,
    rules::{Registration, Requirements, State as Stand},
    service::{self, Acceptance, Submission, SubmitRefused},
    terms::Document,
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ApplyQuery {
    /// In which language the terms are read.
    language: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ApplyForm {
    language: String,
    version: String,
    hash: String,
    agree: String,
}

#[derive(Template)]
#[template(path = "registration-apply.html")]
struct ApplyPage {
    shell: Shell,
    errors: FieldErrors,
    checks: Vec<Check>,
    /// The root user, with all requirements met.
    may_apply: bool,
    is_root: bool,
    document: Document,
    days: u32,
    company: String,
    last: Option<Registration>,
    earlier: Vec<Earlier>,
}

impl ApplyPage {
    fn lede(&self) -> String {
        lede(&self.shell, self.days)
    }

    /// The reason and the words of the last rejection, if the last application was rejected.
    fn rejection(&self) -> Option<(String, &str)> {
        match &self.last.as_ref()?.state {
            Stand::Rejected { reason, words, .. } => Some((self.shell.l.t(reason.label()), words.as_str())),
            _ => None,
        }
    }

    /// What is ticked, on behalf of whom.
    fn agreement(&self) -> String {
        self.shell
            .l
            .t1("registration-agree", "company", self.company.as_str())
    }

    fn withdrawn(&self) -> bool {
        matches!(
            self.last.as_ref().map(|last| &last.state),
            Some(Stand::Withdrawn { .. })
        )
    }

    fn settled_at(&self) -> Option<jiff::Timestamp> {
        match self.last.as_ref()?.state {
            Stand::Rejected { at, .. } | Stand::Withdrawn { at } => Some(at),
            _ => None,
        }
    }
}

pub(super) async fn show(
    State(desk): State<Desk>,
    shell: Shell,
    Query(query): Query<ApplyQuery>,
) -> Result<Response, Fault> {
    let standing = Standing::kept(&desk, &shell).await?;
    if let Some(live) = standing.live() {
        return status::show(&desk, shell, &standing, live);
    }
    if let Some(page) = overview::managed(&desk, &shell, &standing).await? {
        return Ok(page);
    }
    let language = query
        .language
        .and_then(|tag| tag.parse().ok())
        .unwrap_or(shell.l.language());
    form(&desk, shell, &standing, language, FieldErrors::default()).await
}

pub(super) async fn submit(
    State(desk): State<Desk>,
    shell: Shell,
    Form(sent): Form<ApplyForm>,
) -> Result<Response, Fault> {
    let language: Language = sent.language.parse().map_err(|_| Fault::bad_request())?;
    let (account, _) = reader(&shell)?;
    if sent.agree != "yes" {
        return again(&desk, shell, language, "agree", "registration-agree-missing").await;
    }
    let acceptance = Acceptance {
        version: sent.version,
        hash: sent.hash,
        language,
    };
    match service::submit(&desk, shell.caller(), account, &acceptance).await {
        Ok(Submission::Taken(_)) => Ok(flash(&shell, "/registration", "registration-submitted")),
        // Another tab or click was first: where it stands is what the reader wants to know.
        Ok(Submission::Already(_)) => Ok(redirect("/registration")),
        Err(SubmitRefused::TermsChanged) => {
            again(&desk, shell, language, "agree", "registration-terms-changed").await
        }
        Err(SubmitRefused::Unmet(_)) => {
            again(&desk, shell, language, "requirements", "registration-not-all-met").await
        }
        Err(SubmitRefused::NotRoot) => Err(Fault::forbidden()),
        Err(SubmitRefused::Calendar(error)) => Err(Fault::internal(error)),
        Err(SubmitRefused::Database(error)) => Err(error.into()),
    }
}

/// The form once more, with what is wrong; where there is nothing to apply for any more, how the registration stands.
async fn again(
    desk: &Desk,
    shell: Shell,
    language: Language,
    field: &'static str,
    message: &str,
) -> Result<Response, Fault> {
    let standing = Standing::of_reader(desk, &shell).await?;
    if standing.live().is_some() {
        return Ok(redirect("/registration"));
    }
    let errors = FieldErrors::one(field, shell.l.t(message));
    form(desk, shell, &standing, language, errors).await
}

async fn form(
    desk: &Desk,
    shell: Shell,
    standing: &Standing,
    language: Language,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let last = standing.current();
    let page = ApplyPage {
        checks: checks::of(desk, &shell, &standing.account, standing.is_root).await?,
        may_apply: standing.is_root && Requirements::check(&standing.account).all_met(),
        is_root: standing.is_root,
        document: desk.terms().current(language).clone(),
        days: desk.config().business_days.get(),
        company: standing.account.display_name().to_owned(),
        earlier: history::of(&shell.l, &standing.registrations, None),
        last: last.cloned(),
        errors,
        shell,
    };
    page_with(status, &page)
}
