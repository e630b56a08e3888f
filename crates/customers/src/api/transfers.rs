//! A customer's move to another partner, as JSON. The customer itself answers behind its emailed link alone.

use axum::{extract::State, http::StatusCode, response::Response};
use jiff::Timestamp;
use kernel::{AccountId, CustomerId, CustomerTransferId, Words, WordsError};
use platform::{
    Area, Denied, Permission,
    api::{
        self, Body, FieldProblem, Id, Kind, Limit, Op, Paging, Problem, Query, Routes, Scope,
        problem::{INVALID, NOT_FOUND, OWN_ACCOUNT},
    },
    web::{Fault, Need, Shell},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{Reader, SEE, refused, shown, views::Customer};
use crate::{
    pages::name_error,
    room::Customers,
    rules::{self, FriendlyName, Role, Side, TransferError, TransferKind, TransferState},
    service::{self, Refused},
    store::transfers::{self, Transfers},
};

const BASE: &str = "/api/v1/customer-transfers";

/// What may go wrong with a transfer.
const OPEN: Kind = Kind::new("transfer-open", StatusCode::CONFLICT);
const SETTLED: Kind = Kind::new("transfer-settled", StatusCode::CONFLICT);

/// Adds the routes.
pub(super) fn routes(routes: Routes<Customers>) -> Routes<Customers> {
    let read = |id, summary| Op::new(id, summary, SEE, Scope::CustomersRead);
    let staff = |id, summary| {
        let need = Need::Staff(Permission::TransferCustomers);
        Op::new(id, summary, need, Scope::CustomersWrite).problem(OWN_ACCOUNT)
    };
    let partner = |id, summary| {
        let need = Need::PartnerManages(Area::Customers);
        Op::new(id, summary, need, Scope::CustomersWrite).problem(SETTLED)
    };
    routes
        .get(
            BASE,
            read(
                "listCustomerTransfers",
                "Lists transfers, the newest first: for staff all, for a partner those offered to it",
            )
            .query::<ListQuery>()
            .returns_page::<Transfer>(),
            list,
        )
        .get(
            "/api/v1/customer-transfers/{id}",
            read("getCustomerTransfer", "Gets a transfer").returns::<Transfer>(),
            get,
        )
        .post(
            BASE,
            staff(
                "proposeCustomerTransfer",
                "Proposes that a customer moves to another partner",
            )
            .about("The customer is asked by an email, and when it agrees the receiving partner. Both have to agree.")
            .body::<Proposal>()
            .creates::<Transfer>()
            .problems(&[OPEN, SETTLED, INVALID, NOT_FOUND]),
            propose,
        )
        .post(
            "/api/v1/customer-transfers/{id}/withdraw",
            staff("withdrawCustomerTransfer", "Takes a proposal back")
                .returns::<Transfer>()
                .problem(SETTLED),
            withdraw,
        )
        .post(
            "/api/v1/customer-transfers/{id}/accept",
            partner(
                "acceptCustomerTransfer",
                "Takes over a customer that agreed; answers with the new relation",
            )
            .body::<Acceptance>()
            .returns::<Customer>()
            .problem(INVALID),
            accept,
        )
        .post(
            "/api/v1/customer-transfers/{id}/decline",
            partner("declineCustomerTransfer", "Does not take over a customer").returns::<Transfer>(),
            decline,
        )
}

/// A proposal that a customer moves to another partner.
#[derive(Serialize, ToSchema)]
#[schema(as = CustomerTransfer)]
struct Transfer {
    id: Uuid,
    /// The customer's account.
    account_id: Uuid,
    /// The receiving partner's account.
    to: Uuid,
    /// The partner's account whose customer it is, or was; for staff only.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Uuid>,
    /// The relation that it would end, or ended; for staff only.
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_id: Option<Uuid>,
    /// Why, in words of staff.
    words: String,
    proposed_at: Timestamp,
    /// When the customer agreed.
    agreed_at: Option<Timestamp>,
    #[serde(flatten)]
    state: Standing,
}

/// Where it stands.
#[derive(Serialize, ToSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
#[schema(as = CustomerTransferState)]
enum Standing {
    /// The customer is to answer.
    AwaitingCustomer { expires_at: Timestamp },
    /// The customer agreed; the receiving partner is to answer.
    AwaitingPartner { expires_at: Timestamp },
    /// The customer is the receiving partner's.
    Done {
        at: Timestamp,
        /// The relation that it began.
        next_customer_id: Uuid,
    },
    /// One of the two does not want it.
    Declined {
        at: Timestamp,
        /// `customer` or `partner`.
        side: &'static str,
    },
    /// Staff took it back.
    Withdrawn { at: Timestamp },
    /// One of the two did not answer in time.
    Expired {
        at: Timestamp,
        /// `customer` or `partner`.
        side: &'static str,
    },
    /// The relation that it would have ended is over.
    Lapsed { at: Timestamp },
}

impl Transfer {
    fn new(of: &rules::Transfer, reader: Reader) -> Self {
        let staff = |id: Uuid| (reader == Reader::Staff).then_some(id);
        Self {
            id: of.id.into(),
            account_id: of.account.into(),
            to: of.to.into(),
            from: staff(of.from.into()),
            customer_id: staff(of.relation.into()),
            words: of.words.to_string(),
            proposed_at: of.opened_at,
            agreed_at: of.offered_at,
            state: match of.state {
                TransferState::AwaitingCustomer { expires_at } => Standing::AwaitingCustomer { expires_at },
                TransferState::AwaitingPartner { expires_at } => Standing::AwaitingPartner { expires_at },
                TransferState::Done { at, next } => Standing::Done {
                    at,
                    next_customer_id: next.into(),
                },
                TransferState::Declined { at, side } => Standing::Declined {
                    at,
                    side: Side::as_str(side),
                },
                TransferState::Withdrawn { at, .. } => Standing::Withdrawn { at },
                TransferState::Expired { at, side } => Standing::Expired {
                    at,
                    side: Side::as_str(side),
                },
                TransferState::Lapsed { at } => Standing::Lapsed { at },
            },
        }
    }

    fn place(&self) -> String {
        self.id.simple().to_string()
    }
}

/// A state to look for.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Wanted {
    AwaitingCustomer,
    AwaitingPartner,
    Done,
    Declined,
    Withdrawn,
    Expired,
    Lapsed,
}

impl From<Wanted> for TransferKind {
    fn from(wanted: Wanted) -> Self {
        match wanted {
            Wanted::AwaitingCustomer => Self::AwaitingCustomer,
            Wanted::AwaitingPartner => Self::AwaitingPartner,
            Wanted::Done => Self::Done,
            Wanted::Declined => Self::Declined,
            Wanted::Withdrawn => Self::Withdrawn,
            Wanted::Expired => Self::Expired,
            Wanted::Lapsed => Self::Lapsed,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct ListQuery {
    /// Only those in this state.
    #[param(inline, nullable = false)]
    state: Option<Wanted>,
    /// How many.
    #[param(inline, nullable = false)]
    limit: Option<Limit>,
    /// Where to go on: `next` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
}

async fn list(
    State(room): State<Customers>,
    shell: Shell,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    let reader = Reader::of(&shell)?;
    let purpose = format!("customer transfers {reader:?} {:?}", query.state);
    let paging = Paging::new(&shell, &purpose, query.limit, query.cursor.as_deref())?;
    let wanted = Transfers {
        offered_to: match reader {
            Reader::Partner(partner) => Some(partner),
            Reader::Staff => None,
        },
        state: query.state.map(TransferKind::from),
    };
    let place: Option<Uuid> = paging.place()?;
    let found = wanted
        .after(
            room.app().db().read(),
            place.map(CustomerTransferId),
            paging.wanted(),
        )
        .await?;
    let found = found.iter().map(|of| Transfer::new(of, reader)).collect();
    paging.answer(&shell, found, Transfer::place)
}

/// One that the reader may see: for a partner, one that was offered to it.
async fn find(room: &Customers, reader: Reader, id: CustomerTransferId) -> Result<rules::Transfer, Fault> {
    let found = transfers::find(room.app().db().read(), id).await?;
    let seen = |transfer: &rules::Transfer| match reader {
        Reader::Staff => true,
        Reader::Partner(partner) => transfer.to == partner && transfer.offered_at.is_some(),
    };
    found.filter(seen).ok_or_else(Fault::not_found)
}

async fn get(
    State(room): State<Customers>,
    shell: Shell,
    Id(id): Id<CustomerTransferId>,
) -> Result<Response, Fault> {
    let reader = Reader::of(&shell)?;
    api::json(&Transfer::new(&find(&room, reader, id).await?, reader))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CustomerTransferProposal)]
struct Proposal {
    /// The active relation that would end.
    customer_id: Uuid,
    /// The receiving partner's account.
    to: Uuid,
    /// Why, in words for the customer and the receiving partner.
    #[schema(min_length = 1, max_length = 4000)]
    words: String,
}

async fn propose(
    State(room): State<Customers>,
    shell: Shell,
    Body(sent): Body<Proposal>,
) -> Result<Response, Fault> {
    let words = Words::parse(&sent.words).map_err(|error| {
        let detail = match error {
            WordsError::Empty => shell.l.t("customers-error-words"),
            WordsError::TooLong => shell.l.t1("customers-error-long", "max", Words::MAX),
        };
        invalid("/words", detail)
    })?;
    let (customer, to) = (CustomerId(sent.customer_id), AccountId(sent.to));
    let proposed = service::transfer::propose(&room, shell.caller(), customer, to, words)
        .await
        .map_err(|error| not_done(&shell, error))?;
    api::created(
        &format!("{BASE}/{}", proposed.id),
        &Transfer::new(&proposed, Reader::Staff),
    )
}

async fn withdraw(
    State(room): State<Customers>,
    shell: Shell,
    Id(id): Id<CustomerTransferId>,
) -> Result<Response, Fault> {
    let withdrawn = service::transfer::withdraw(&room, shell.caller(), id).await;
    settled(&shell, withdrawn)
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CustomerTransferAcceptance)]
struct Acceptance {
    /// What the partner calls the customer.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// What it is to the partner; `partner` where nothing is given.
    #[serde(default)]
    #[schema(max_length = 50)]
    role: String,
}

async fn accept(
    State(room): State<Customers>,
    shell: Shell,
    Id(id): Id<CustomerTransferId>,
    Body(sent): Body<Acceptance>,
) -> Result<Response, Fault> {
    let offered = find(&room, Reader::of(&shell)?, id).await?;
    let l = &shell.l;
    let name = FriendlyName::parse(&sent.name).map_err(|error| invalid("/name", name_error(l, error)))?;
    let role = Role::parse(&sent.role).map_err(|error| invalid("/role", name_error(l, error)))?;
    let received = service::transfer::accept(&room, shell.caller(), offered.to, id, name, role)
        .await
        .map_err(|error| not_done(&shell, error))?;
    shown(&room, &shell, Ok(received)).await
}

async fn decline(
    State(room): State<Customers>,
    shell: Shell,
    Id(id): Id<CustomerTransferId>,
) -> Result<Response, Fault> {
    let offered = find(&room, Reader::of(&shell)?, id).await?;
    let declined = service::transfer::decline(&room, shell.caller(), offered.to, id).await;
    settled(&shell, declined)
}

fn settled(shell: &Shell, result: Result<rules::Transfer, Refused>) -> Result<Response, Fault> {
    let transfer = result.map_err(|error| not_done(shell, error))?;
    api::json(&Transfer::new(&transfer, Reader::of(shell)?))
}

fn invalid(pointer: &'static str, detail: String) -> Problem {
    Problem::new(INVALID).error(FieldProblem::at(pointer, detail))
}

/// A refusal as a problem.
fn not_done(shell: &Shell, error: Refused) -> Fault {
    let kind = match error {
        Refused::Already => OPEN,
        Refused::Transfer(TransferError::Denied(Denied::OwnAccount)) => OWN_ACCOUNT,
        Refused::Transfer(TransferError::NotPartner) => {
            return invalid("/to", shell.l.t("customers-transfer-error-to")).into();
        }
        Refused::Transfer(TransferError::SamePartner) => {
            return invalid("/to", shell.l.t("customers-transfer-error-same")).into();
        }
        Refused::Transfer(TransferError::Denied(Denied::Role)) => return error.into(),
        Refused::Transfer(_) | Refused::Overtaken => SETTLED,
        other => return refused(shell, other),
    };
    Problem::new(kind).into()
}
