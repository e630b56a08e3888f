//! One case: all that staff need to decide it.

use accounts::account::{Account, legal_name_key};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use kernel::{RegistrationId, StaffId, calendar::Deadline};
use platform::{
    L10n, Permission, StaffMember,
    actor::Capacity,
    event,
    web::{Fault, FieldErrors, Shell, When, page_with},
};

use super::{
    access::Access,
    parts::{Names, id, names, reader, refusal},
    queue::Row,
    timeline::{self, Item},
};
use crate::{
    desk::Desk,
    event::RegistrationEvent,
    rules::{Registration, Requirements, TransitionError, Unmet},
    store,
};

/// A case and its reader, as it is now.
pub(super) struct Case {
    pub(super) registration: Registration,
    pub(super) account: Account,
    pub(super) by: StaffMember,
    pub(super) names: Names,
}

impl Case {
    pub(super) async fn load(desk: &Desk, shell: &Shell, id: RegistrationId) -> Result<Self, Fault> {
        let db = desk.app().db().read();
        let registration = store::find(db, id).await?.ok_or_else(Fault::not_found)?;
        let account = accounts::store::account(db, registration.account).await?;
        let account = account.ok_or_else(|| Fault::internal(format!("registration {id} has no account")))?;
        let (staff, _) = reader(shell)?;
        let by = accounts::store::staff_member(db, staff, [account.id])
            .await?
            .ok_or_else(Fault::forbidden)?;
        Ok(Self {
            registration,
            account,
            by,
            names: names(desk).await?,
        })
    }

    pub(super) fn access(&self) -> Access {
        Access::of(&self.registration, &self.by)
    }
}

/// One requirement, checked now.
struct Check {
    key: &'static str,
    unmet: Option<String>,
}

/// Another account that may be the same company's.
struct Alike {
    name: String,
    detail: String,
    /// Why it is thought so.
    why: Vec<&'static str>,
    /// Its last registration.
    registration: Option<Row>,
}

/// An earlier (or later) application of the same account.
struct Other {
    row: Row,
    reason: Option<&'static str>,
}

/// What the reader typed or was told, shown with the case.
#[derive(Default)]
pub(super) struct Said {
    pub(super) errors: FieldErrors,
    pub(super) question: String,
    pub(super) refusal: Option<String>,
}

#[derive(Template)]
#[template(path = "review-case.html")]
struct CasePage<'a> {
    shell: &'a Shell,
    case: &'a Case,
    row: Row,
    due: Option<When>,
    account_since: When,
    agreed: When,
    checks: Vec<Check>,
    others: Vec<Other>,
    alikes: Vec<Alike>,
    timeline: Vec<Item>,
    access: Access,
    /// To whom it can be given.
    colleagues: Vec<(StaffId, String)>,
    errors: &'a FieldErrors,
    question: &'a str,
    refusal: Option<&'a str>,
}

pub(super) async fn case(
    State(desk): State<Desk>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let case = Case::load(&desk, &shell, id(&text)?).await?;
    show(&desk, &shell, &case, StatusCode::OK, &Said::default()).await
}

/// The case again, with why something was not done.
pub(super) async fn show_refused(
    desk: &Desk,
    shell: &Shell,
    id: RegistrationId,
    error: &TransitionError,
    question: String,
) -> Result<Response, Fault> {
    let case = Case::load(desk, shell, id).await?;
    let refusal = Some(refusal(&shell.l, &case.names, error));
    let said = Said {
        refusal,
        question,
        errors: FieldErrors::default(),
    };
    show(desk, shell, &case, super::parts::REFUSED, &said).await
}

pub(super) async fn show(
    desk: &Desk,
    shell: &Shell,
    case: &Case,
    status: StatusCode,
    said: &Said,
) -> Result<Response, Fault> {
    let l = &shell.l;
    let registration = &case.registration;
    let history = event::history::<RegistrationEvent>(desk.app().db().read(), registration.id).await?;
    page_with(
        status,
        &CasePage {
            row: Row::new(l, desk, &case.names, registration),
            due: registration
                .deadline()
                .and_then(Deadline::due)
                .map(|due| When::new(l, due)),
            account_since: When::new(l, case.account.created_at),
            agreed: When::new(l, registration.terms.at),
            checks: checks(desk, l, &case.account).await?,
            others: others(desk, l, case).await?,
            alikes: alikes(desk, l, case).await?,
            timeline: timeline::items(l, registration, history),
            access: case.access(),
            colleagues: colleagues(desk, case).await?,
            errors: &said.errors,
            question: &said.question,
            refusal: said.refusal.as_deref(),
            case,
            shell,
        },
    )
}

async fn checks(desk: &Desk, l: &L10n, account: &Account) -> Result<Vec<Check>, Fault> {
    let mut checks = Vec::new();
    for (requirement, unmet) in Requirements::check(account).iter() {
        let unmet = match unmet {
            None => None,
            Some(Unmet::EmailNotVerified) => Some(l.t("review-unmet-email")),
            Some(Unmet::Individual) => Some(l.t("review-unmet-individual")),
            Some(Unmet::CustomerOf(partner)) => {
                let partner = accounts::store::account(desk.app().db().read(), partner).await?;
                let name = partner.as_ref().map_or("–", Account::display_name);
                Some(l.t1("review-unmet-customer", "partner", name))
            }
        };
        checks.push(Check {
            key: requirement.key(),
            unmet,
        });
    }
    Ok(checks)
}

async fn others(desk: &Desk, l: &L10n, case: &Case) -> Result<Vec<Other>, Fault> {
    let all = store::of_account(desk.app().db().read(), case.account.id).await?;
    let others = all.iter().filter(|other| other.id != case.registration.id);
    let other = |of: &Registration| Other {
        row: Row::new(l, desk, &case.names, of),
        reason: match &of.state {
            crate::rules::State::Rejected { reason, .. } => Some(reason.label()),
            _ => None,
        },
    };
    Ok(others.map(other).collect())
}

async fn alikes(desk: &Desk, l: &L10n, case: &Case) -> Result<Vec<Alike>, Fault> {
    let db = desk.app().db().read();
    let mut alikes = Vec::new();
    for account in accounts::store::look_alikes(db, &case.account).await? {
        let last = store::of_account(db, account.id).await?.into_iter().next();
        let code = account
            .enterprise()
            .map(|company| company.tax_code.as_str())
            .unwrap_or_default();
        alikes.push(Alike {
            name: account.display_name().to_owned(),
            detail: format!("{code} {}", account.root.email).trim().to_owned(),
            why: likeness(&case.account, &account),
            registration: last.map(|of| Row::new(l, desk, &case.names, &of)),
        });
    }
    Ok(alikes)
}

/// In what two accounts are alike, as message keys.
fn likeness(one: &Account, other: &Account) -> Vec<&'static str> {
    let mut why = Vec::new();
    if let (Some(one), Some(other)) = (one.enterprise(), other.enterprise()) {
        if one.tax_code.organisation() == other.tax_code.organisation() {
            why.push("review-alike-tax-code");
        }
        if legal_name_key(&one.legal_name) == legal_name_key(&other.legal_name) {
            why.push("review-alike-name");
        }
    }
    let domain = one.root.email.domain();
    if domain == other.root.email.domain() && !accounts::store::is_public_domain(domain) {
        why.push("review-alike-domain");
    }
    why
}

/// Who else may decide on the case.
async fn colleagues(desk: &Desk, case: &Case) -> Result<Vec<(StaffId, String)>, Fault> {
    if !case.access().passes_on() {
        return Ok(Vec::new());
    }
    let db = desk.app().db().read();
    let addresses = store::addresses(db, case.account.id).await?;
    let all = accounts::store::all_staff(db).await?;
    let colleague = |person: accounts::person::Person| match person.capacity {
        Capacity::Staff { staff, role } => {
            let may = role.may(Permission::DecideRegistrations) && !addresses.contains(&person.email);
            (may && Some(staff) != case.registration.reviewer).then_some((staff, person.name))
        }
        _ => None,
    };
    Ok(all.into_iter().filter_map(colleague).collect())
}
