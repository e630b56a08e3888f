//! The pages of staff: the queue, a case, the decision.

use accounts::account::Account;
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use axum_extra::extract::Query;
use kernel::{Words, WordsError, calendar::Deadline};
use platform::{
    Denied, StaffMember,
    event::history,
    web::{Fault, FieldErrors, Form, Routes, Shell, TimeTag, When, flash, leave_page, page, page_with},
};
use serde::Deserialize;

use super::{
    Check, DECIDE, QUEUE, STAFF_SEE, answer, checks,
    confirm::ConfirmPage,
    id,
    list::{ListQuery, PAGE, Row, address},
    timeline::{Item, Reader, items},
    transfer::Transfers,
};
use crate::{
    event::CustomerEvent,
    room::Customers,
    rules::{Customer, State as Stand, StateKind, TransitionError},
    service::{self, Refused},
    store::{self, Listing, Order},
};

/// Their routes.
pub(super) fn routes(routes: Routes<Customers>) -> Routes<Customers> {
    routes
        .get(QUEUE, STAFF_SEE, queue)
        .get("/staff/customers/{id}", STAFF_SEE, case)
        .get("/staff/customers/{id}/approve", DECIDE, confirm_approval)
        .post("/staff/customers/{id}/approve", DECIDE, approve)
        .get("/staff/customers/{id}/reject", DECIDE, reject_form)
        .post("/staff/customers/{id}/reject", DECIDE, reject)
}

/// A relation in the queue.
struct Waiting {
    row: Row,
    partner: String,
    time: Option<TimeTag>,
}

#[derive(Template)]
#[template(path = "customers-queue.html")]
struct QueuePage {
    shell: Shell,
    text: String,
    state: Option<StateKind>,
    states: [StateKind; 8],
    rows: Vec<Waiting>,
    waiting: u64,
    behind: bool,
    first: String,
    next: Option<String>,
}

impl QueuePage {
    /// Whether something else is shown than what is to be decided.
    fn is_filtered(&self) -> bool {
        !self.text.is_empty() || self.state != Some(StateKind::AwaitingApproval)
    }

    /// Where the text is looked for in every state, where it was looked for in one.
    fn everywhere(&self) -> Option<(String, String)> {
        let state = self.state.filter(|_| !self.text.is_empty())?;
        let href = address(QUEUE, &[("q", self.text.as_str()), ("state", "all")]);
        Some((self.shell.l.t(state.label()), href))
    }

    fn chosen(&self) -> &'static str {
        self.state.map_or("all", StateKind::as_str)
    }
}

/// Without a state, what is to be decided; `all` for all.
async fn queue(
    State(room): State<Customers>,
    shell: Shell,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    let state = match query.state() {
        None if query.state == "all" => None,
        state => Some(state.unwrap_or(StateKind::AwaitingApproval)),
    };
    let listing = Listing {
        partner: None,
        state,
        text: query.text(),
        order: match state {
            Some(StateKind::AwaitingApproval) => Order::Due,
            _ => Order::Newest,
        },
    };
    let place = query.place(listing.order);
    let db = room.app().db();
    let mut found = listing.after(db, place.as_ref(), PAGE as u64 + 1).await?;
    let named = state.map_or("all", StateKind::as_str);
    let at = |after: &str| {
        address(
            QUEUE,
            &[("q", listing.text.as_str()), ("state", named), ("after", after)],
        )
    };
    let next = leave_page(&mut found, PAGE, |last| at(&listing.place(last).to_string()));
    let mut rows = Vec::with_capacity(found.len());
    for of in &found {
        rows.push(Waiting {
            row: Row::new(&shell.l, of),
            partner: partner(&room, of).await?.display_name().to_owned(),
            time: time_left(&room, &shell, of),
        });
    }
    page(&QueuePage {
        states: StateKind::ALL,
        waiting: store::waiting_count(db).await?,
        behind: place.is_some(),
        first: at(""),
        text: listing.text.clone(),
        state,
        rows,
        next,
        shell,
    })
}

async fn partner(room: &Customers, of: &Customer) -> Result<Account, Fault> {
    accounts::store::account(room.app().db().read(), of.partner)
        .await?
        .ok_or_else(|| Fault::internal(format!("customer {} has no partner", of.id)))
}

fn time_left(room: &Customers, shell: &Shell, of: &Customer) -> Option<TimeTag> {
    let deadline = of.deadline()?;
    Some(TimeTag::new(&shell.l, room.calendar(), shell.now(), deadline))
}

/// A case and its reader, as it is now.
struct Case {
    customer: Customer,
    partner: Account,
    /// The customer's account, where it is known.
    account: Option<Account>,
    by: StaffMember,
}

impl Case {
    async fn load(room: &Customers, shell: &Shell, text: &str) -> Result<Self, Fault> {
        let db = room.app().db().read();
        let customer = store::find(db, id(text)?).await?.ok_or_else(Fault::not_found)?;
        let account = match customer.account() {
            Some(account) => accounts::store::account(db, account).await?,
            None => None,
        };
        let by = service::decider(db, shell.staff()?, &customer)
            .await?
            .ok_or_else(Fault::forbidden)?;
        Ok(Self {
            partner: partner(room, &customer).await?,
            customer,
            account,
            by,
        })
    }

    fn path(&self, rest: &str) -> String {
        format!("{QUEUE}/{}{rest}", self.customer.id)
    }
}

#[derive(Template)]
#[template(path = "customers-case.html")]
struct CasePage {
    shell: Shell,
    row: Row,
    partner: Account,
    account: Option<Account>,
    since: Option<When>,
    time: Option<TimeTag>,
    due: Option<When>,
    checks: Vec<Check>,
    items: Vec<Item>,
    transfers: Transfers,
    decides: bool,
    /// Whether the reader would decide on an account of its own.
    own_account: bool,
    refusal: Option<String>,
}

async fn case(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let case = Case::load(&room, &shell, &text).await?;
    show(&room, shell, case, None).await
}

async fn show(
    room: &Customers,
    shell: Shell,
    case: Case,
    refusal: Option<String>,
) -> Result<Response, Fault> {
    let db = room.app().db().read();
    let customer = &case.customer;
    let happened = history::<CustomerEvent>(db, customer.id).await?;
    let checks = match (&case.account, &customer.state) {
        (Some(account), Stand::AwaitingApproval { .. }) => checks(
            &shell,
            &service::eligibility(room, db, account, customer.id).await?,
        ),
        _ => Vec::new(),
    };
    let decidable = customer.decidable(&case.by);
    let transfers = Transfers::of(room, &shell, customer).await?;
    let l = &shell.l;
    let status = if refusal.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let page = CasePage {
        row: Row::new(l, customer),
        since: case
            .account
            .as_ref()
            .map(|account| When::new(l, account.created_at)),
        time: time_left(room, &shell, customer),
        due: customer
            .deadline()
            .and_then(Deadline::due)
            .map(|due| When::new(l, due)),
        items: items(l, &shell.site().name, customer, &happened, Reader::Staff),
        own_account: decidable == Err(TransitionError::Denied(Denied::OwnAccount)),
        decides: decidable.is_ok(),
        transfers,
        partner: case.partner,
        account: case.account,
        checks,
        refusal,
        shell,
    };
    page_with(status, &page)
}

async fn confirm_approval(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let case = Case::load(&room, &shell, &text).await?;
    if case.customer.decidable(&case.by).is_err() {
        return Ok(flash(&shell, &case.path(""), "customers-overtaken"));
    }
    let l = &shell.l;
    let (name, partner) = (case.customer.name.as_str(), case.partner.display_name());
    ConfirmPage {
        title: l.t1("customers-approve-title", "name", name),
        texts: vec![l.t2("customers-approve-text", "name", name, "partner", partner)],
        warning: None,
        facts: vec![
            (l.t("customers-email"), case.customer.email.to_string()),
            (l.t("customers-partner"), partner.to_owned()),
        ],
        action: case.path("/approve"),
        button: l.t("customers-approve"),
        is_danger: false,
        back: case.path(""),
        shell,
    }
    .show()
}

async fn approve(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let id = id(&text)?;
    match service::approve(&room, shell.caller(), id).await {
        Err(Refused::Rule(TransitionError::Unmet(_))) => {
            let case = Case::load(&room, &shell, &text).await?;
            let refusal = shell.l.t("customers-refused-unmet");
            show(&room, shell, case, Some(refusal)).await
        }
        // The button pressed twice, mostly.
        Err(Refused::Rule(TransitionError::State(StateKind::Active))) => Ok(flash(
            &shell,
            &format!("{QUEUE}/{id}"),
            "customers-approved-already",
        )),
        approved => answer(&shell, &format!("{QUEUE}/{id}"), "customers-approved", approved),
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RejectForm {
    words: String,
}

#[derive(Template)]
#[template(path = "customers-reject.html")]
struct RejectPage {
    shell: Shell,
    errors: FieldErrors,
    name: String,
    path: String,
    form: RejectForm,
}

async fn reject_form(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
) -> Result<Response, Fault> {
    let case = Case::load(&room, &shell, &text).await?;
    if case.customer.decidable(&case.by).is_err() {
        return Ok(flash(&shell, &case.path(""), "customers-overtaken"));
    }
    page(&reject_page(
        shell,
        &case,
        RejectForm::default(),
        FieldErrors::default(),
    ))
}

fn reject_page(shell: Shell, case: &Case, form: RejectForm, errors: FieldErrors) -> RejectPage {
    RejectPage {
        name: case.customer.name.to_string(),
        path: case.path(""),
        errors,
        form,
        shell,
    }
}

async fn reject(
    State(room): State<Customers>,
    shell: Shell,
    Path(text): Path<String>,
    Form(form): Form<RejectForm>,
) -> Result<Response, Fault> {
    let words = match Words::parse(&form.words) {
        Ok(words) => words,
        Err(error) => {
            let said = match error {
                WordsError::Empty => shell.l.t("customers-error-words"),
                WordsError::TooLong => shell.l.t1("customers-error-long", "max", Words::MAX),
            };
            let case = Case::load(&room, &shell, &text).await?;
            let back = reject_page(shell, &case, form, FieldErrors::one("words", said));
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &back);
        }
    };
    let id = id(&text)?;
    let rejected = service::reject(&room, shell.caller(), id, words).await;
    answer(&shell, &format!("{QUEUE}/{id}"), "customers-rejected", rejected)
}
