//! The same use cases as JSON.

mod accounts;
mod deposits;
mod transfers;
mod usage;
mod views;

use axum::http::StatusCode;
use kernel::{AccountId, Currency, Money, Words};
use platform::{
    Area, Denied, Permission,
    api::{
        FieldProblem, Kind, Mounted, Op, Problem, Routes, Scope,
        problem::{self, OWN_ACCOUNT},
    },
    web::{Fault, Need, Shell},
};

use crate::{
    Credit,
    pages::{amount_error, deposits::reason},
    rules::DepositError,
    service,
};
use views::{AccountCredit, CustomerBalance, Deposit, Entry, Holder, Statement, Transfer, UsageRow};

/// What may go wrong with credit, besides what may with anything.
const OVERDRAWN: Kind = Kind::new("credit-overdrawn", StatusCode::CONFLICT);
const TAKEN_BACK: Kind = Kind::new("transfer-taken-back", StatusCode::CONFLICT);
const IRREVERSIBLE: Kind = Kind::new("transfer-irreversible", StatusCode::CONFLICT);
const REFERENCE_TAKEN: Kind = Kind::new("deposit-reference-taken", StatusCode::CONFLICT);
const SETTLED: Kind = Kind::new("deposit-settled", StatusCode::CONFLICT);
const SECOND_PERSON: Kind = Kind::new("second-person-needed", StatusCode::FORBIDDEN);
const PARTNERS_CUSTOMER: Kind = Kind::new("partners-customer", StatusCode::CONFLICT);
const REFUND_TOO_MUCH: Kind = Kind::new("refund-too-much", StatusCode::CONFLICT);

const OWN: Need = Need::Sees(Area::Credit);
const SEES: Need = Need::SeesOr(Area::Credit, Permission::SeeCredit);
const STAFF: Need = Need::Staff(Permission::SeeCredit);
const RECORDS: Need = Need::Staff(Permission::RecordCredit);
const CONFIRMS: Need = Need::Staff(Permission::ConfirmCredit);

pub(crate) fn mount(room: &Credit) -> Mounted {
    let routes = Routes::new(
        "Credit",
        "Balances, movements, deposits and usage. Amounts are whole minor units of the currency beside them: dong, or \
         cents.",
    );
    let routes = with_usage(with_deposits(with_transfers(with_accounts(routes))));
    routes.with_state(room.clone())
}

fn read(id: &'static str, summary: &'static str, need: Need) -> Op {
    Op::new(id, summary, need, Scope::CreditRead)
}

fn write(id: &'static str, summary: &'static str, need: Need) -> Op {
    Op::new(id, summary, need, Scope::CreditWrite)
}

fn with_accounts(routes: Routes<Credit>) -> Routes<Credit> {
    use accounts as a;
    routes
        .get(
            "/api/v1/account/credit",
            read("getOwnCredit", "Gets the own balance", OWN).returns::<AccountCredit>(),
            a::own,
        )
        .put(
            "/api/v1/account/credit/alert",
            write(
                "setOwnCreditAlert",
                "Sets below which balance the account's root user is told, once",
                Need::Manages(Area::Credit),
            )
            .about("Of a balance that is below it already nothing is told.")
            .body::<a::Alert>()
            .returns::<AccountCredit>(),
            a::set_alert,
        )
        .get(
            "/api/v1/credit/customers",
            read(
                "listCustomerBalances",
                "Lists the balances of the partner's active customers, by name",
                Need::PartnerSees(Area::Credit),
            )
            .returns_list::<CustomerBalance>(),
            a::customers,
        )
        .get(
            "/api/v1/credit/accounts",
            read("listBalances", "Lists and searches accounts by balance", STAFF)
                .query::<a::ListQuery>()
                .returns_page::<Holder>(),
            a::list,
        )
        .get(
            "/api/v1/credit/accounts/{id}",
            read("getBalance", "Gets an account's balance", SEES)
                .about("A partner's customers have theirs here, too; how it came about is their own affair.")
                .returns::<AccountCredit>(),
            a::balance,
        )
        .get(
            "/api/v1/credit/accounts/{id}/entries",
            read(
                "listEntries",
                "Lists what moved on an account, the newest first, with the balance after each",
                SEES,
            )
            .query::<a::EntriesQuery>()
            .returns_page::<Entry>(),
            a::entries,
        )
        .get(
            "/api/v1/credit/accounts/{id}/statement",
            read(
                "getStatement",
                "Gets what a period began and ended with, and what moved in between, by kind",
                SEES,
            )
            .query::<a::PeriodQuery>()
            .returns::<Statement>()
            .problem(problem::INVALID),
            a::statement,
        )
}

fn with_transfers(routes: Routes<Credit>) -> Routes<Credit> {
    use transfers as t;
    routes
        .post(
            "/api/v1/credit/top-ups",
            write(
                "topUp",
                "Moves credit to an active customer",
                Need::PartnerManages(Area::Credit),
            )
            .about(
                "It moves at once, and once for each key: sent again, even a year later, it is answered with the same \
                 transfer.",
            )
            .once()
            .body::<t::TopUp>()
            .creates::<Transfer>()
            .problem(OVERDRAWN),
            t::top_up,
        )
        .get(
            "/api/v1/credit/transfers/{id}",
            read("getTransfer", "Gets a movement that concerns the account", SEES).returns::<Transfer>(),
            t::get,
        )
        .post(
            "/api/v1/credit/transfers/{id}/reverse",
            write("reverseTransfer", "Takes a deposit or a top-up back, whole", RECORDS)
                .about("The account that got it must still have it. It can be done once.")
                .body::<t::Reversal>()
                .creates::<Transfer>()
                .problems(&[OVERDRAWN, TAKEN_BACK, IRREVERSIBLE, OWN_ACCOUNT]),
            t::reverse,
        )
}

fn with_deposits(routes: Routes<Credit>) -> Routes<Credit> {
    use deposits as d;
    let decide = |id, summary| {
        write(id, summary, CONFIRMS)
            .returns::<Deposit>()
            .versioned()
            .problems(&[SETTLED, SECOND_PERSON, OWN_ACCOUNT])
    };
    routes
        .get(
            "/api/v1/credit/deposits",
            read("listDeposits", "Lists deposits, the newest first", STAFF)
                .query::<d::ListQuery>()
                .returns_page::<Deposit>(),
            d::list,
        )
        .post(
            "/api/v1/credit/deposits",
            write("recordDeposit", "Records a payment", RECORDS)
                .about(
                    "Up to the provider's limit it is in the balance at once; above it, it waits for a second person. \
                     An account's payment is recorded once, by its reference.",
                )
                .body::<d::NewDeposit>()
                .creates::<Deposit>()
                .problems(&[REFERENCE_TAKEN, PARTNERS_CUSTOMER, OWN_ACCOUNT]),
            d::record,
        )
        .get(
            "/api/v1/credit/deposits/{id}",
            read("getDeposit", "Gets a deposit", STAFF)
                .returns::<Deposit>()
                .versioned(),
            d::get,
        )
        .post(
            "/api/v1/credit/deposits/{id}/confirm",
            decide("confirmDeposit", "Confirms what another person recorded").problem(PARTNERS_CUSTOMER),
            d::confirm,
        )
        .post(
            "/api/v1/credit/deposits/{id}/reject",
            decide("rejectDeposit", "Does not confirm it: nothing moves").body::<d::Rejection>(),
            d::reject,
        )
}

fn with_usage(routes: Routes<Credit>) -> Routes<Credit> {
    use usage as u;
    routes
        .post(
            "/api/v1/credit/usage",
            write(
                "importUsage",
                "Takes over usage from billing",
                Need::Staff(Permission::ImportUsage),
            )
            .about(
                "Each row has billing's own id: sent again, it changes nothing, and sent again with other content it is \
                 refused. A row that is refused stops no other. What the balance does not cover stays outstanding.",
            )
            .body::<u::Rows>()
            .returns::<u::Imported>(),
            u::import,
        )
        .get(
            "/api/v1/credit/accounts/{id}/usage",
            read("listUsage", "Lists an account's rows of usage, the newest first", SEES)
                .query::<accounts::PageQuery>()
                .returns_page::<UsageRow>(),
            u::list,
        )
        .get(
            "/api/v1/credit/usage/{id}",
            read("getUsage", "Gets a row of usage", SEES).returns::<UsageRow>(),
            u::get,
        )
        .post(
            "/api/v1/credit/usage/{id}/refund",
            write("refundUsage", "Gives usage back, whole or in part", RECORDS)
                .about(
                    "What is outstanding of the row is waived first, the rest comes back to the balance. Once for each \
                     key.",
                )
                .once()
                .body::<u::RefundWanted>()
                .returns::<u::Refunded>()
                .problems(&[REFUND_TOO_MUCH, OWN_ACCOUNT]),
            u::refund,
        )
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    /// Somebody of an account.
    Account(AccountId),
    Staff,
}

impl Reader {
    fn of(shell: &Shell) -> Result<Self, Fault> {
        Ok(shell.person()?.account().map_or(Self::Staff, Self::Account))
    }

    /// Whether the account's movements are the reader's to see.
    fn sees(self, account: AccountId) -> bool {
        self == Self::Staff || self == Self::Account(account)
    }

    /// An account whose movements the reader sees; any other is not there.
    async fn account(self, room: &Credit, id: AccountId) -> Result<::accounts::account::Account, Fault> {
        if !self.sees(id) {
            return Err(Fault::not_found());
        }
        let account = ::accounts::store::account(room.app().db().read(), id).await?;
        account.ok_or_else(Fault::not_found)
    }
}

/// A value that breaks a rule.
fn invalid(pointer: &str, detail: String) -> Problem {
    Problem::new(problem::INVALID).error(FieldProblem::at(pointer, detail))
}

/// An amount that is to move, in the installation's currency.
fn amount(room: &Credit, shell: &Shell, minor: i64, currency: &str) -> Result<Money, Problem> {
    let currency = own_currency(room, shell, currency)?;
    Money::new(minor, currency)
        .positive()
        .map_err(|error| invalid("/amount", amount_error(&shell.l, error, currency)))
}

/// The installation's currency, named by the caller: so that nobody means dollars where dong move.
fn own_currency(room: &Credit, shell: &Shell, named: &str) -> Result<Currency, Problem> {
    let own = room.currency();
    if named == own.code() {
        return Ok(own);
    }
    let detail = shell.l.say("credit-problem-currency", "currency", own);
    Err(invalid("/currency", detail))
}

fn words(shell: &Shell, text: &str) -> Result<Words, Problem> {
    reason(&shell.l, text).map_err(|detail| invalid("/reason", detail))
}

/// What the rules do not allow of the staff, as a problem.
fn not_allowed(shell: &Shell, error: DepositError) -> Fault {
    let kind = match error {
        DepositError::Denied(Denied::Role) => return Fault::forbidden(),
        DepositError::PartnersCustomer => PARTNERS_CUSTOMER,
        DepositError::SamePerson | DepositError::AboveLimit => SECOND_PERSON,
        DepositError::Denied(Denied::OwnAccount) => OWN_ACCOUNT,
        DepositError::Settled(_) => SETTLED,
        DepositError::NotPosted => TAKEN_BACK,
    };
    let detail = shell.l.t(service::reason(error));
    Problem::new(kind).detail(detail).into()
}

/// That a balance does not cover it; `at` is where the caller named the amount.
fn overdrawn(shell: &Shell, balance: Money, at: Option<&str>) -> Problem {
    let detail = shell
        .l
        .say("credit-amount-overdrawn", "balance", shell.l.money(balance));
    match at {
        Some(pointer) => Problem::new(OVERDRAWN).error(FieldProblem::at(pointer, detail)),
        None => Problem::new(OVERDRAWN).detail(detail),
    }
}
