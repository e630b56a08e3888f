//! What staff do with accounts.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use kernel::AccountId;
use platform::{
    Permission,
    api::{
        self, Body, FieldProblem, Id, Kind, Limit, Op, Paging, Problem, Query, Routes, Scope,
        problem::INVALID,
    },
    web::{Fault, Need, Shell},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Company, views::View};
use crate::{
    Accounts,
    account::StandingChange,
    import::{self, COLUMNS, ImportError},
    service::{self, Correction},
    store::listing::Listing,
};

/// The most that is imported at once.
const MOST: usize = 500;

const INDIVIDUAL: Kind = Kind::new("not-an-enterprise", StatusCode::CONFLICT);

/// Their routes beside those of one's own account.
pub(super) fn routes(own: Routes<Accounts>) -> Routes<Accounts> {
    let see = Need::Staff(Permission::SeeRegistrations);
    own
        .get(
            "/api/v1/accounts",
            Op::new("listAccounts", "Lists and searches accounts, the newest first", see, Scope::AccountsRead)
                .query::<ListQuery>()
                .returns_page::<View>(),
            list,
        )
        .get(
            "/api/v1/accounts/{id}",
            Op::new("getAccount", "Gets an account", see, Scope::AccountsRead)
                .returns::<View>()
                .versioned(),
            get,
        )
        .patch(
            "/api/v1/accounts/{id}",
            Op::new(
                "changeAccountStanding",
                "Changes how an account stands with the provider",
                Need::Staff(Permission::ImportAccounts),
                Scope::AccountsWrite,
            )
            .about("What billing knows of the account, and what decides whether it may become a partner's customer. \
                    What is not named, or null, stays.")
            .body::<StandingChange>()
            .returns::<View>()
            .versioned(),
            change_standing,
        )
        .put(
            "/api/v1/accounts/{id}/company",
            Op::new(
                "correctCompany",
                "Corrects what names a company",
                Need::Staff(Permission::ImportAccounts),
                Scope::AccountsWrite,
            )
            .about("On the company's word to the provider: its own users cannot change what they entered. An application \
                    stays as it was handed in.")
            .body::<Company>()
            .returns::<View>()
            .versioned()
            .problem(INDIVIDUAL),
            correct_company,
        )
        .post(
            "/api/v1/accounts/import",
            Op::new(
                "importAccounts",
                "Takes over existing accounts",
                Need::Staff(Permission::ImportAccounts),
                Scope::AccountsWrite,
            )
            .about("An account whose address is known stays as it is, so importing twice changes nothing. A row with \
                    a mistake is named in the answer and keeps no other out.")
            .body::<Import>()
            .returns::<Report>(),
            import,
        )
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct ListQuery {
    /// The account whose root user signs in with this address.
    #[param(nullable = false)]
    email: Option<String>,
    /// Accounts with this tax code.
    #[param(nullable = false)]
    tax_code: Option<String>,
    /// Accounts with this legal name, however it is capitalised and punctuated.
    #[param(nullable = false)]
    legal_name: Option<String>,
    /// How many.
    #[param(inline, nullable = false)]
    limit: Option<Limit>,
    /// Where to go on: `next` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
}

pub(super) async fn list(
    State(room): State<Accounts>,
    shell: Shell,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    let purpose = format!(
        "accounts {:?} {:?} {:?}",
        query.email, query.tax_code, query.legal_name
    );
    let paging = Paging::new(&shell, &purpose, query.limit, query.cursor.as_deref())?;
    let listing = Listing {
        email: query.email,
        tax_code: query.tax_code,
        legal_name: query.legal_name,
    };
    let found = listing
        .after(room.app.db().read(), paging.place()?, paging.wanted())
        .await?;
    let found = found.iter().map(View::from).collect();
    paging.answer(&shell, found, View::place)
}

pub(super) async fn get(State(room): State<Accounts>, Id(id): Id<AccountId>) -> Result<Response, Fault> {
    super::shown(&room, id).await
}

pub(super) async fn change_standing(
    State(room): State<Accounts>,
    shell: Shell,
    Id(id): Id<AccountId>,
    headers: HeaderMap,
    Body(change): Body<StandingChange>,
) -> Result<Response, Fault> {
    api::precondition(&room.app, &headers, id).await?;
    service::change_standing(&room.app, shell.caller(), id, change)
        .await?
        .ok_or_else(Fault::not_found)?;
    super::shown(&room, id).await
}

pub(super) async fn correct_company(
    State(room): State<Accounts>,
    shell: Shell,
    Id(id): Id<AccountId>,
    headers: HeaderMap,
    Body(sent): Body<Company>,
) -> Result<Response, Fault> {
    let company = sent.parse(&shell)?;
    api::precondition(&room.app, &headers, id).await?;
    match service::correct_company(&room.app, shell.caller(), id, company).await? {
        Correction::Done => super::shown(&room, id).await,
        Correction::Individual => Err(Problem::new(INDIVIDUAL).into()),
        Correction::NoAccount => Err(Fault::not_found()),
    }
}

/// Accounts to take over.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Import {
    #[schema(min_items = 1, max_items = 500)]
    accounts: Vec<Row>,
}

/// An account to take over: the columns of docs/operating.md.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AccountToImport)]
struct Row {
    /// The root user's address; it names the account.
    #[schema(example = "root@saomai.example")]
    email: String,
    /// The root user's name.
    name: String,
    #[serde(default)]
    phone: String,
    /// `individual` (without a value) or `enterprise`.
    #[serde(default)]
    class: String,
    #[serde(default)]
    legal_name: String,
    /// ISO 3166-1 alpha-2; `VN` without a value.
    #[serde(default)]
    country: String,
    #[serde(default)]
    tax_code: String,
    /// `prepaid` (without a value) or `postpaid`.
    #[serde(default)]
    payment_mode: String,
    /// `en` or `vi`; the provider's without a value.
    #[serde(default)]
    language: String,
    #[serde(default)]
    uses_services: bool,
    #[serde(default)]
    enjoys_discount: bool,
    #[serde(default)]
    in_poc: bool,
    /// The address of the partner whose customer it is.
    #[serde(default)]
    managed_by_email: String,
}

impl Row {
    /// In the order of [`COLUMNS`].
    fn fields(&self) -> [&str; COLUMNS.len()] {
        let flag = |flag: bool| if flag { "true" } else { "false" };
        [
            &self.email,
            &self.name,
            &self.phone,
            &self.class,
            &self.legal_name,
            &self.country,
            &self.tax_code,
            &self.payment_mode,
            &self.language,
            flag(self.uses_services),
            flag(self.enjoys_discount),
            flag(self.in_poc),
            &self.managed_by_email,
        ]
    }
}

/// What an import did.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportReport)]
pub(super) struct Report {
    /// New accounts.
    created: u64,
    /// Accounts that were there.
    unchanged: u64,
    /// Rows that were left out.
    errors: Vec<FieldProblem>,
}

pub(super) async fn import(
    State(room): State<Accounts>,
    shell: Shell,
    Body(sent): Body<Import>,
) -> Result<Response, Fault> {
    if sent.accounts.is_empty() || sent.accounts.len() > MOST {
        let detail = shell.l.t1("problem-too-many-at-once", "max", MOST);
        return Err(Problem::new(INVALID)
            .error(FieldProblem::at("/accounts", detail))
            .into());
    }
    // The same way as a file goes, with the same checks. A row's line says which it was.
    let mut file = csv::Writer::from_writer(Vec::new());
    let mut lines = Vec::new();
    let mut line = 2_u64;
    file.write_record(COLUMNS).map_err(Fault::internal)?;
    for row in &sent.accounts {
        let fields = row.fields();
        lines.push(line);
        line += 1 + fields.iter().map(|field| breaks(field)).sum::<u64>();
        file.write_record(fields).map_err(Fault::internal)?;
    }
    let file = file.into_inner().map_err(Fault::internal)?;
    // Reading a file is work for a thread of its own, as it is at the command line.
    let (app, caller) = (room.app.clone(), shell.caller());
    let runtime = tokio::runtime::Handle::current();
    let reading = move || runtime.block_on(import::run(&app, caller, file.as_slice(), |_| {}));
    let report = tokio::task::spawn_blocking(reading)
        .await
        .map_err(Fault::internal)?
        .map_err(|error| match error {
            ImportError::Database(error) => error.into(),
            other => Fault::internal(other),
        })?;
    let place = |line: u64| {
        let index = lines.partition_point(|start| *start <= line).saturating_sub(1);
        format!("/accounts/{index}")
    };
    let errors = report
        .bad
        .iter()
        .map(|(line, reason)| FieldProblem::at(place(*line), reason.tell(&shell.l, place)));
    api::json(&Report {
        created: report.created,
        unchanged: report.unchanged,
        errors: errors.collect(),
    })
}

/// How many lines a field goes over, beyond its first.
fn breaks(field: &str) -> u64 {
    let count = field.replace("\r\n", "\n").matches(['\n', '\r']).count();
    u64::try_from(count).unwrap_or(u64::MAX)
}
