//! Ten thousand top-ups at once, and in the middle of them the process is killed or the database goes away: each that was
//! acknowledged is there once, none is there in half, and after all were asked for again each has happened once.

use std::{
    collections::BTreeSet,
    env,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use credit::{
    Credit,
    service::{TopUp, TopUpRefused, top_up},
};
use jiff::Timestamp;
use kernel::{AccountId, Money};
use ledger::{Anyone, Instruction, Key, Kind, Movement, Order, Poster, Settings, store::rows::transfer};
use platform::{Clock, actor::Caller, db::is_outage, event, mail::outbox, work::Behalf};
use portico::{
    config,
    installation::{Installation, install},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use testkit::{On, TestApp, new_postgres_database};
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
};
use uuid::Uuid;

use crate::outage::Cluster;

const TOP_UPS: u32 = 10_000;
/// So many are acknowledged before it happens.
const BEFORE: usize = 1_000;
const DEPOSIT: i64 = 1_000_000;

/// A partner with credit and customers.
struct Business {
    partner: AccountId,
    customers: Vec<AccountId>,
}

impl Business {
    async fn set_up(app: &TestApp) -> Self {
        let partner = app.partner("root@dealer.example", "Dealer", "0100109106").await;
        let mut customers = Vec::new();
        for n in 0..5 {
            let email = format!("customer{n}@example.vn");
            customers.push(app.customer(partner, &email, &format!("Customer {n}")).await);
        }
        let amount = Money::new(DEPOSIT, app.app().site().currency);
        let order = Order {
            instruction: Instruction {
                movement: Movement::deposit(partner, amount).unwrap(),
                key: Key::from(app.app().new_id()),
                reference: String::new(),
            },
            condition: (),
            behalf: Behalf::of(Caller::system()),
            then: Box::new(|_, ()| Ok(Vec::new())),
        };
        let poster = Poster::start(app.app().clone(), Anyone, Settings::default());
        poster.post(order).await.unwrap();
        Self { partner, customers }
    }

    /// The n-th top-up, by its key the same whoever asks for it and when.
    fn top_up(&self, n: u32, credit: &Credit) -> TopUp {
        TopUp {
            partner: self.partner,
            customer: self.customers[n as usize % self.customers.len()],
            amount: Money::new(1, credit.currency()),
            key: Key::from(Uuid::from_u128(n.into())),
        }
    }

    /// Asks for all top-ups at once. One that is put off is asked for again when `is_back` says so; each that is
    /// acknowledged is told to `acknowledged`.
    fn ask_for_all(
        &self,
        credit: &Credit,
        is_back: &watch::Receiver<bool>,
        acknowledged: &mpsc::UnboundedSender<u32>,
    ) -> JoinSet<usize> {
        let mut all = JoinSet::new();
        for n in 0..TOP_UPS {
            let (credit, mut is_back, acknowledged) = (credit.clone(), is_back.clone(), acknowledged.clone());
            let wanted = self.top_up(n, &credit);
            all.spawn(async move {
                let mut put_off = 0;
                while let Err(error) = top_up(&credit, Caller::system(), wanted.clone()).await {
                    let is_outage = matches!(&error, TopUpRefused::Database(error) if is_outage(error));
                    assert!(is_outage || matches!(error, TopUpRefused::Busy), "{n}: {error}");
                    put_off += 1;
                    is_back.wait_for(|is_back| *is_back).await.unwrap();
                    tokio::task::yield_now().await;
                }
                // Who counts may have counted enough.
                let _ = acknowledged.send(n);
                put_off
            });
        }
        all
    }

    /// Which top-ups are there. Fails unless the ledger is whole and each has its two events and letters.
    async fn look(&self, installation: &Installation) -> BTreeSet<u32> {
        let db = installation.app.db();
        let findings = ledger::verify::run(db).await.unwrap();
        assert!(findings.holds(), "{:?}", findings.faults);
        let top_ups = transfer::Entity::find().filter(transfer::Column::Kind.eq(Kind::TopUp.as_str()));
        let top_ups = top_ups.all(db.read()).await.unwrap();
        let there = u64::try_from(top_ups.len()).unwrap();
        for side in ["sent", "received"] {
            let told = event::row::Column::Kind.eq(format!("credit.top_up_{side}"));
            let events = event::row::Entity::find().filter(told).count(db.read());
            assert_eq!(events.await.unwrap(), there, "events that it was {side}");
            let of_it = outbox::row::Column::Template.eq(format!("credit-top-up-{side}"));
            let letters = outbox::row::Entity::find().filter(of_it).count(db.read());
            assert_eq!(letters.await.unwrap(), there, "letters that it was {side}");
        }
        let keys = top_ups
            .iter()
            .map(|top_up| top_up.idempotency_key.parse::<Uuid>().unwrap());
        let numbers: BTreeSet<u32> = keys.map(|key| u32::try_from(key.as_u128()).unwrap()).collect();
        assert_eq!(numbers.len(), top_ups.len(), "the same key twice");
        numbers
    }

    /// Asks for all of them, and looks whether each has happened once.
    async fn ask_again(&self, installation: &Installation) {
        let (_, is_back) = watch::channel(true);
        let (acknowledged, _) = mpsc::unbounded_channel();
        let credit = &installation.rooms.credit;
        self.ask_for_all(credit, &is_back, &acknowledged).join_all().await;
        assert_eq!(self.look(installation).await.len(), TOP_UPS as usize);
        let left =
            ledger::store::credit_of(installation.app.db().read(), self.partner, credit.currency()).await;
        assert_eq!(left.unwrap().minor(), DEPOSIT - i64::from(TOP_UPS));
    }
}

/// What the process that is killed is told by its environment.
const DATA: &str = "PORTICO_TOP_UPS_DATA";
const DATABASE: &str = "PORTICO_TOP_UPS_DATABASE";
const ACCOUNTS: &str = "PORTICO_TOP_UPS_ACCOUNTS";

async fn reopen(data: &Path, database: Option<String>) -> Installation {
    let mut config = config::sample("http://127.0.0.1:8080").unwrap();
    config.database.url = database;
    let clock = Clock::manual(Timestamp::now());
    install(config, data, clock, false).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a process of its own, which other tests start and kill"]
async fn tops_up_until_it_is_killed() {
    let told = |name| env::var(name).expect("started by another test");
    let accounts: Vec<AccountId> = told(ACCOUNTS).split(',').map(|id| id.parse().unwrap()).collect();
    let business = Business {
        partner: accounts[0],
        customers: accounts[1..].to_vec(),
    };
    let installation = reopen(Path::new(&told(DATA)), env::var(DATABASE).ok()).await;
    let (_, is_back) = watch::channel(true);
    let (acknowledged, mut heard) = mpsc::unbounded_channel();
    let all = business.ask_for_all(&installation.rooms.credit, &is_back, &acknowledged);
    drop(acknowledged);
    while let Some(n) = heard.recv().await {
        println!("acknowledged {n}");
    }
    all.join_all().await;
}

/// Starts that process, kills it when it has acknowledged enough, and says which it had.
fn acknowledged_until_killed(business: &Business, data: &Path, database: Option<&String>) -> BTreeSet<u32> {
    let accounts = std::iter::once(&business.partner).chain(&business.customers);
    let accounts: Vec<String> = accounts.map(ToString::to_string).collect();
    let mut process = Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "transfers::tops_up_until_it_is_killed",
            "--ignored",
            "--nocapture",
        ])
        .env(DATA, data)
        .env(ACCOUNTS, accounts.join(","))
        .envs(database.map(|url| (DATABASE, url)))
        .stdout(Stdio::piped())
        .spawn()
        .expect("this program starts");
    let said = BufReader::new(process.stdout.take().expect("piped"));
    let mut acknowledged = BTreeSet::new();
    for line in said.lines() {
        let line = line.unwrap();
        let Some((_, n)) = line.split_once("acknowledged ") else {
            continue;
        };
        acknowledged.insert(n.parse().unwrap());
        if acknowledged.len() == BEFORE {
            // SIGKILL. What it said before is still read to the end.
            process.kill().expect("killed");
        }
    }
    process.wait().expect("gone");
    acknowledged
}

async fn survives_a_kill(database: Option<String>) {
    let url = database.clone();
    let app = TestApp::start_with(On::Sqlite, |config| config.database.url = url).await;
    let business = Business::set_up(&app).await;
    app.app().db().clone().close().await.unwrap();

    let acknowledged = acknowledged_until_killed(&business, app.data(), database.as_ref());
    let installation = reopen(app.data(), database).await;
    let there = business.look(&installation).await;
    assert!(
        acknowledged.len() >= BEFORE,
        "{} were acknowledged",
        acknowledged.len()
    );
    assert!(there.len() < TOP_UPS as usize, "it was killed when all was done");
    let lost: Vec<&u32> = acknowledged.difference(&there).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    business.ask_again(&installation).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_top_up_survives_a_kill_on_sqlite() {
    survives_a_kill(None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_top_up_survives_a_kill_on_postgres() {
    survives_a_kill(Some(new_postgres_database().await)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_postgres_is_away_top_ups_are_put_off_and_then_each_happens_once() {
    let (cluster, url) = Cluster::start();
    let app = TestApp::start_with(On::Sqlite, |config| config.database.url = Some(url)).await;
    let business = Business::set_up(&app).await;
    let (comes_back, is_back) = watch::channel(false);
    let (acknowledged, mut heard) = mpsc::unbounded_channel();
    let all = business.ask_for_all(&app.installation.rooms.credit, &is_back, &acknowledged);
    for _ in 0..BEFORE {
        heard.recv().await.unwrap();
    }
    cluster.script("pause");
    cluster.script("resume");
    comes_back.send_replace(true);
    let put_off: Vec<usize> = all.join_all().await;
    assert!(
        put_off.iter().any(|times| *times > 0),
        "nobody noticed that the database was away"
    );
    assert_eq!(business.look(&app.installation).await.len(), TOP_UPS as usize);
    business.ask_again(&app.installation).await;
}
