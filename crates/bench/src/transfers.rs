//! Durable transfers by many clients at once against what the database does without a ledger.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use credit::{Credit, service::TopUp};
use kernel::{AccountId, Currency, Money};
use ledger::{
    Anyone, Instruction, Key, Kind, Movement, Order, Outcome, Poster, Settings, store::rows::transfer,
};
use platform::{App, actor::Caller, work::Behalf};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter};
use tokio::task::JoinSet;

use crate::{
    Result,
    load::{Answered, count},
    people::{self, Root},
    pgbench::PgBench,
    reference::Reference,
    report::{Aim, Figure},
    stage::{Database, Site, Stage},
};

pub(crate) const ABOUT: &str = "\
Transfers by 256 clients at once, each from a partner to a customer of its own, each asked for when the one before is
durable: *hot* all out of one partner's account, *spread* over 100 partners. A *top-up* is the whole use case
(`credit::service::top_up`): the accounts' names read, the relation checked and locked, the transfer with its two entries,
the event and the letter of either side, all in one transaction. A *bare transfer* goes through the same poster
(`ledger::Poster`) with nothing told of it. The clients are tasks in the process of the poster, without HTTP, and share the cores
with it. After each round the transfers in the database are counted: as many as were acknowledged.

The reference on SQLite is one client that inserts one row a commit, through the same driver and with the same durability
(`synchronous = FULL`). On PostgreSQL it is `pgbench` with its built-in TPC-B-like transaction at scale 50, on the same
server, by 32 clients or 128, whichever do more. The reference is measured in turn with the transfers.

The aim on SQLite supposes a disk whose commit takes milliseconds (305 single commits/s were seen where it was set). Where
one takes a third of a millisecond, as the reference says of this disk, sharing commits saves less than a transfer
computes, and the aim is out of reach; the absolute figures say what the ledger does. With `--slow-disk 3` each flush takes three
milliseconds longer, for the poster and the reference alike (`crates/bench/slow-disk.c`): about the disk that the aim supposes.";

const CLIENTS: usize = 256;
const PARTNERS: usize = 100;
/// So much that no balance ends.
const DEPOSIT: i64 = 1_000_000_000;

pub(crate) async fn run(stage: &Stage) -> Result<Vec<Figure>> {
    let site = stage.site().await?;
    let books = Books::open(&site).await?;
    let reference = Against::new(stage, &site).await?;
    let mut measured = Vec::new();
    // The first round opens connections and fills caches.
    for round in 0..=stage.rounds {
        if round == 1 {
            books.analyze().await?;
        }
        let lasting = if round == 0 {
            Duration::from_secs(1)
        } else {
            stage.lasting
        };
        let reference = reference.per_second(lasting).await?;
        let mut of = Vec::with_capacity(MEASURED.len());
        for (how, where_from, _) in MEASURED {
            of.push(books.round(how, where_from, lasting).await?);
        }
        measured.push((reference, of));
    }
    measured.remove(0);
    books.close().await?;
    let (title, unit, aim) = match &reference {
        Against::Rows(_) => ("one client, one row a commit", "commits/s", 20.0),
        Against::PgBench(_) => (
            "pgbench, TPC-B-like, the better of 32 and 128 clients",
            "transactions/s",
            3.0,
        ),
    };
    reference.remove(stage).await?;

    let alone = measured.iter().map(|(reference, _)| *reference).collect();
    let mut figures = vec![Figure::new(title, unit, alone)];
    for (n, (_, _, name)) in MEASURED.iter().enumerate() {
        let all = |of: &dyn Fn(f64, &Answered) -> f64| -> Vec<f64> {
            let rounds = measured.iter();
            rounds
                .map(|(reference, rounds)| of(*reference, &rounds[n]))
                .collect()
        };
        let per_second = all(&|_, answered| answered.per_second());
        let ratio = all(&|reference, answered| answered.per_second() / reference);
        let slowest = all(&|_, answered| answered.within(0.99));
        figures.push(Figure::new(name, "transfers/s", per_second));
        figures.push(Figure::new(&format!("**{name} ÷ reference**"), "", ratio).aim(Aim::AtLeast(aim)));
        figures.push(Figure::new(&format!("{name}, 99 % within"), "ms", slowest).aim(Aim::AtMost(50.0)));
    }
    Ok(figures)
}

/// What is measured, and how it is called.
const MEASURED: [(How, From, &str); 4] = [
    (How::TopUp, From::One, "top-ups, hot"),
    (How::TopUp, From::Many, "top-ups, spread"),
    (How::Bare, From::One, "bare transfers, hot"),
    (How::Bare, From::Many, "bare transfers, spread"),
];

#[derive(Clone, Copy)]
enum How {
    TopUp,
    Bare,
}

#[derive(Clone, Copy)]
enum From {
    One,
    Many,
}

/// The reference.
enum Against {
    Rows(Reference),
    PgBench(PgBench),
}

impl Against {
    async fn new(stage: &Stage, site: &Site) -> Result<Self> {
        Ok(match stage.database {
            Database::Sqlite => Self::Rows(Reference::new(stage.database, site).await?),
            Database::Postgres => Self::PgBench(PgBench::new(stage).await?),
        })
    }

    async fn per_second(&self, lasting: Duration) -> Result<f64> {
        match self {
            Self::Rows(rows) => rows.commits_per_second(lasting).await,
            Self::PgBench(bench) => bench.per_second(lasting).await,
        }
    }

    async fn remove(self, stage: &Stage) -> Result<()> {
        match self {
            // It goes with the site's folder.
            Self::Rows(_) => Ok(()),
            Self::PgBench(bench) => bench.remove(stage).await,
        }
    }
}

/// A partner's root user and one customer of the partner.
struct Pair {
    caller: Caller,
    partner: AccountId,
    customer: AccountId,
}

/// An installation with funded partners, each client's customer among them.
struct Books {
    app: App,
    credit: Credit,
    poster: Poster<Anyone>,
    currency: Currency,
    hot: Arc<Vec<Pair>>,
    spread: Arc<Vec<Pair>>,
}

impl Books {
    async fn open(site: &Site) -> Result<Self> {
        let installation = site.open().await?;
        let app = installation.app;
        let roots = people::roots(&app, PARTNERS + 2 * CLIENTS).await?;
        let (partners, customers) = roots.split_at(PARTNERS);
        let (of_one, of_many) = customers.split_at(CLIENTS);
        let books = Self {
            credit: installation.rooms.credit,
            poster: Poster::start(app.clone(), Anyone, Settings::default()),
            currency: app.site().currency,
            hot: Arc::new(pairs(&app, &partners[..1], of_one).await?),
            spread: Arc::new(pairs(&app, partners, of_many).await?),
            app,
        };
        for partner in partners {
            let movement = Movement::deposit(partner.account, Money::new(DEPOSIT, books.currency))?;
            post(&books.poster, Caller::system(), movement).await?;
        }
        Ok(books)
    }

    /// Every client transfers until the time is over. Fails unless all that was acknowledged is there, and nothing else.
    async fn round(&self, how: How, from: From, lasting: Duration) -> Result<Answered> {
        let pairs = match from {
            From::One => &self.hot,
            From::Many => &self.spread,
        };
        let before = self.transfers().await?;
        let began = Instant::now();
        let mut clients = JoinSet::new();
        for n in 0..CLIENTS {
            let (pairs, credit, poster) = (pairs.clone(), self.credit.clone(), self.poster.clone());
            let amount = Money::new(1, self.currency);
            clients.spawn(async move {
                let mut latencies = Vec::new();
                while began.elapsed() < lasting {
                    let asked = Instant::now();
                    match how {
                        How::TopUp => top_up(&credit, &pairs[n], amount).await?,
                        How::Bare => {
                            let Pair {
                                caller,
                                partner,
                                customer,
                            } = &pairs[n];
                            let movement = Movement::top_up(*partner, *customer, amount)?;
                            post(&poster, caller.clone(), movement).await?;
                        }
                    }
                    latencies.push(asked.elapsed());
                }
                Ok::<_, Box<dyn std::error::Error + Send + Sync>>(latencies)
            });
        }
        let mut latencies = Vec::new();
        while let Some(done) = clients.join_next().await {
            latencies.extend(done??);
        }
        let answered = Answered::new(began.elapsed(), latencies);
        let there = self.transfers().await? - before;
        if there != u64::try_from(answered.count)? {
            return Err(format!(
                "{} transfers were acknowledged, {there} are there",
                answered.count
            )
            .into());
        }
        Ok(answered)
    }

    /// Tells PostgreSQL's planner how large the tables have become, as `pgbench --initialize` does for its own. Elsewhere
    /// autovacuum does it within a minute.
    async fn analyze(&self) -> Result<()> {
        let db = self.app.db().read();
        if db.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared("ANALYZE").await?;
        }
        Ok(())
    }

    async fn transfers(&self) -> Result<u64> {
        let top_ups = transfer::Entity::find().filter(transfer::Column::Kind.eq(Kind::TopUp.as_str()));
        Ok(top_ups.count(self.app.db().read()).await?)
    }

    async fn close(self) -> Result<()> {
        self.poster.close().await;
        self.credit.close().await;
        let found = ledger::verify::run(self.app.db()).await?;
        if let Some(fault) = found.faults.first() {
            return Err(format!("{} faults, the first: {fault}", count(found.faults.len())).into());
        }
        Ok(self.app.db().clone().close().await?)
    }
}

/// Each customer with one of the partners in turn, whose customer it becomes.
async fn pairs(app: &App, partners: &[Root], customers: &[Root]) -> Result<Vec<Pair>> {
    let tx = app.db().begin().await?;
    let mut pairs = Vec::with_capacity(customers.len());
    for (customer, partner) in customers.iter().zip(partners.iter().cycle()) {
        accounts::store::set_managed_by(&tx, customer.account, Some(partner.account)).await?;
        pairs.push(Pair {
            caller: partner.caller.clone(),
            partner: partner.account,
            customer: customer.account,
        });
    }
    tx.commit().await?;
    Ok(pairs)
}

async fn top_up(credit: &Credit, pair: &Pair, amount: Money) -> Result<()> {
    let wanted = TopUp {
        partner: pair.partner,
        customer: pair.customer,
        amount,
        key: Key::from(credit.app().new_id()),
    };
    credit::service::top_up(credit, pair.caller.clone(), wanted).await?;
    Ok(())
}

async fn post(poster: &Poster<Anyone>, caller: Caller, movement: Movement) -> Result<()> {
    let order = Order {
        instruction: Instruction {
            movement,
            key: Key::from(uuid::Uuid::now_v7()),
            reference: String::new(),
        },
        condition: (),
        behalf: Behalf::of(caller),
        then: Box::new(|_, ()| Ok(Vec::new())),
    };
    match poster.post(order).await? {
        Outcome::Posted(_) => Ok(()),
        Outcome::Repeated(_) => Err("a new key was taken for an old one".into()),
    }
}
