//! The receipt of what was agreed to: a text file with everything that is kept of the acceptance.

use axum::{
    extract::{Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use kernel::RegistrationId;
use platform::{
    L10n, Permission,
    web::{Fault, Shell},
};
use serde::Deserialize;

use crate::{desk::Desk, rules::Registration, store};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ReceiptQuery {
    id: String,
}

/// For the account's users, and for staff.
pub(super) async fn download(
    State(desk): State<Desk>,
    shell: Shell,
    Query(query): Query<ReceiptQuery>,
) -> Result<Response, Fault> {
    let person = shell.person()?;
    let id: RegistrationId = query.id.parse().map_err(|_| Fault::not_found())?;
    let db = desk.app().db().read();
    let registration = store::find(db, id).await?.ok_or_else(Fault::not_found)?;
    if person.account() != Some(registration.account) && !person.may(Permission::SeeRegistrations) {
        return Err(Fault::not_found());
    }
    let missing = || Fault::internal(format!("the accepted text of registration {id} is missing"));
    let text = store::accepted_text(db, &registration.terms.hash)
        .await?
        .ok_or_else(missing)?;
    let l = desk.app().l10n(registration.language);
    let body = receipt(&l, &desk.app().site().name, &registration, &text);
    let name = format!(
        "attachment; filename=\"{}-receipt.txt\"",
        registration.reference()
    );
    let name = HeaderValue::from_str(&name).map_err(Fault::internal)?;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    Ok((
        [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)],
        body,
    )
        .into_response())
}

fn receipt(l: &L10n, provider: &str, of: &Registration, text: &str) -> String {
    let terms = &of.terms;
    let origin = terms.origin.map_or_else(
        || l.t("registration-receipt-unknown"),
        |address| address.to_string(),
    );
    let tax_code = format!(
        "{} ({})",
        of.applicant.tax_code.as_str(),
        of.applicant.tax_code.country().code()
    );
    let facts = [
        ("registration-reference", of.reference()),
        ("registration-receipt-provider", provider.to_owned()),
        ("registration-company", of.applicant.legal_name.clone()),
        ("registration-tax-code", tax_code),
        ("registration-receipt-person", terms.person.clone()),
        ("registration-receipt-email", of.applicant.email.to_string()),
        (
            "registration-receipt-at",
            format!("{} · {}", l.date_time(terms.at), terms.at),
        ),
        ("registration-receipt-origin", origin),
        ("registration-receipt-version", terms.version.clone()),
        (
            "registration-receipt-language",
            format!("{} ({})", terms.language.own_name(), terms.language.tag()),
        ),
        ("registration-receipt-hash", format!("SHA-256 {}", terms.hash)),
    ];
    let facts: String = facts
        .map(|(key, value)| format!("{}: {value}\n", l.t(key)))
        .concat();
    let (title, says) = (
        l.t("registration-receipt-title"),
        l.t("registration-receipt-text"),
    );
    format!("{title}\n\n{facts}\n{says}\n\n{:-<72}\n{text}", "")
}
