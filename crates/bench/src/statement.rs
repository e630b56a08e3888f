//! A statement of one account of a large ledger against that of a small one.

use std::time::Instant;

use jiff::Timestamp;
use kernel::{AccountId, Currency};
use ledger::{
    Account,
    store::history::{entries, statement},
};
use platform::{App, Db, actor::Actor};
use sea_orm::{ConnectionTrait, DbBackend, Statement as Sql, Value};

use crate::{
    Result,
    report::{Aim, Figure, median},
    stage::{Site, Stage},
};

pub(crate) const ABOUT: &str = "\
The balances at the beginning and the end of a period and the first 50 of its 1,000 entries, with their transfers, as
the page of a statement reads them (`ledger::store::history`), of an account in a ledger of 10,000 entries and in one of
10,000,000 (`--entries`). Half of the entries are that account's own, the other half the deposits' that they came from,
and the period is in the middle. The rows are made by SQL, as the poster writes them, one a second. Each sample is the
median of 101 readings of each, in turn.";

/// Entries of the small ledger.
const SMALL: u64 = 10_000;
/// Transfers made by one statement.
const STEP: i64 = 50_000;
/// Entries of the page.
const PAGE: u64 = 50;
/// The period, in seconds: as many entries.
const PERIOD: i64 = 1000;
/// When the first transfer was, in seconds since 1970.
const BEGAN: i64 = 1_700_000_000;
/// How often each is read for one sample.
const READINGS: usize = 101;

pub(crate) async fn run(stage: &Stage) -> Result<Vec<Figure>> {
    let small = Books::fill(stage.site().await?, SMALL).await?;
    let large = Books::fill(stage.site().await?, stage.entries).await?;
    let found = ledger::verify::run(&small.db).await?;
    if !found.holds() || found.entries != SMALL {
        return Err(format!("the ledger that was made is none: {found:?}").into());
    }
    let (mut of_small, mut of_large) = (Vec::new(), Vec::new());
    // The first is to warm up.
    for _ in 0..=stage.rounds {
        let (mut little, mut much) = (Vec::new(), Vec::new());
        for _ in 0..READINGS {
            little.push(small.read().await?);
            much.push(large.read().await?);
        }
        of_small.push(median(little));
        of_large.push(median(much));
    }
    small.db.close().await?;
    large.db.close().await?;
    let (of_small, of_large) = (of_small[1..].to_vec(), of_large[1..].to_vec());
    let ratios = of_large.iter().zip(&of_small);
    let ratios = ratios.map(|(large, small)| large / small).collect();
    Ok(vec![
        Figure::new("statement, small ledger", "ms", of_small),
        Figure::new("statement, large ledger", "ms", of_large),
        Figure::new("**statement, large ÷ small**", "", ratios).aim(Aim::AtMost(2.0)),
    ])
}

/// A ledger of one account that was paid a unit a second.
struct Books {
    db: Db,
    account: AccountId,
    currency: Currency,
    transfers: i64,
    /// Its data folder goes with it.
    _site: Site,
}

impl Books {
    async fn fill(site: Site, entries: u64) -> Result<Self> {
        let app: App = site.open().await?.app;
        let books = Self {
            db: app.db().clone(),
            account: app.new_id().into(),
            currency: app.site().currency,
            transfers: i64::try_from(entries / 2)?,
            _site: site,
        };
        for from in (1..=books.transfers).step_by(usize::try_from(STEP)?) {
            books.pay(from, books.transfers.min(from + STEP - 1)).await?;
        }
        for (account, sign) in books.sides() {
            let sql = "INSERT INTO ledger_accounts (id, currency, balance, entries, latest_at, opened_at) \
                VALUES ($1, $2, $3, $4, $5, $6)";
            let values = vec![
                account.id().into(),
                books.currency.code().into(),
                (sign * books.transfers).into(),
                books.transfers.into(),
                ((BEGAN + books.transfers) * 1000).into(),
                (BEGAN * 1000).into(),
            ];
            books.execute(sql, values).await?;
        }
        books.db.read().execute_unprepared("ANALYZE").await?;
        Ok(books)
    }

    /// The two accounts, and what each transfer does to them.
    fn sides(&self) -> [(Account, i64); 2] {
        [(self.account.into(), 1), (Account::Deposits, -1)]
    }

    /// Transfers of these numbers with their entries.
    async fn pay(&self, from: i64, to: i64) -> Result<()> {
        let (numbers, id) = match self.db.backend() {
            DbBackend::Postgres => (
                "generate_series(CAST($1 AS BIGINT), CAST($2 AS BIGINT)) AS given (n)",
                "CAST(LPAD(TO_HEX(n), 32, '0') AS UUID)",
            ),
            _ => (
                "(WITH RECURSIVE given (n) AS (SELECT $1 UNION ALL SELECT n + 1 FROM given WHERE n < $2) \
                 SELECT n FROM given) AS given",
                "UNHEX(PRINTF('%032x', n))",
            ),
        };
        let at = format!("({BEGAN} + n) * 1000");
        let actor = serde_json::to_string(&Actor::System)?;
        let sql = format!(
            "INSERT INTO ledger_transfers (id, at, kind, from_id, to_id, currency, amount, from_number, to_number, \
               idempotency_key, reference, actor) \
             SELECT {id}, {at}, 'deposit', $3, $4, $5, 1, n, n, CAST(n AS TEXT), 'a payment', $6 FROM {numbers}"
        );
        let range = [Value::from(from), to.into()];
        let of_transfer: [Value; 4] = [
            Account::Deposits.id().into(),
            Account::from(self.account).id().into(),
            self.currency.code().into(),
            actor.into(),
        ];
        self.execute(&sql, range.iter().cloned().chain(of_transfer).collect())
            .await?;
        for (account, sign) in self.sides() {
            let sql = format!(
                "INSERT INTO ledger_entries (account_id, currency, number, at, transfer_id, amount, balance_after) \
                 SELECT $3, $4, n, {at}, {id}, {sign}, {sign} * n FROM {numbers}"
            );
            let of_entry = [account.id().into(), self.currency.code().into()];
            self.execute(&sql, range.iter().cloned().chain(of_entry).collect())
                .await?;
        }
        Ok(())
    }

    async fn execute(&self, sql: &str, values: Vec<Value>) -> Result<()> {
        let db = self.db.read();
        db.execute_raw(Sql::from_sql_and_values(db.get_database_backend(), sql, values))
            .await?;
        Ok(())
    }

    /// How long a statement takes, in milliseconds.
    async fn read(&self) -> Result<f64> {
        let middle = BEGAN + self.transfers / 2;
        let (from, until) = (
            Timestamp::from_second(middle)?,
            Timestamp::from_second(middle + PERIOD)?,
        );
        let (db, account) = (self.db.read(), Account::from(self.account));
        let began = Instant::now();
        let found = statement(db, account, self.currency, from, until).await?;
        let page = entries(db, account, self.currency, found.range(), PAGE).await?;
        let took = began.elapsed().as_secs_f64() * 1000.0;
        if found.count() != u64::try_from(PERIOD)? || page.len() != usize::try_from(PAGE)? {
            return Err(format!("{found:?}, {} entries", page.len()).into());
        }
        Ok(took)
    }
}
