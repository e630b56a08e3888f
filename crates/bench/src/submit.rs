//! Durable submissions by many clients at once against one-row durable commits by one.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use http_body_util::Full;
use hyper::{Request, StatusCode};
use platform::{
    Db,
    mail::outbox::{State, row},
};
use registration::service::Acceptance;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::{
    Result,
    load::{Ask, Load, count},
    people,
    reference::Reference,
    report::{Aim, Figure},
    stage::{Site, Stage},
};

pub(crate) const ABOUT: &str = "\
`POST /registration` by 64 clients at once, each time for another account, as a browser sends the form: session,
permission, requirements, state, event, letter, and the answer after the commit. The reference is one client that
inserts one row a commit, without HTTP, through the same driver, into the same kind of database with the same
durability (`synchronous = FULL`, `fsync = on`), in turn with it, each when all letters of the round before are delivered.
Letters are delivered while others still submit, so that a submission's processor time has part of that in it. Every submission
that was answered is counted in the database afterwards.

The aim supposes a disk whose commit takes milliseconds, so that a shared commit saves more than a submission computes.
Where one takes a millisecond or less, as the reference says of this disk, a submission's own processor time is longer
than that, and sharing cannot make up for it. With `--slow-disk 3` each flush takes three milliseconds longer, for the product,
the reference and PostgreSQL alike (`crates/bench/slow-disk.c`): about the disk that the aim supposes.";

const CLIENTS: usize = 64;
/// Submissions a round.
const BATCH: usize = 2000;

pub(crate) async fn run(stage: &Stage) -> Result<Vec<Figure>> {
    let site = stage.site().await?;
    let installation = site.open().await?;
    let rounds = stage.rounds + 1;
    let roots = people::roots(&installation.app, rounds * BATCH).await?;
    let form = form(&people::acceptance(&installation.rooms.desk));
    installation.app.db().clone().close().await?;
    let cookies: Vec<String> = roots.into_iter().map(|root| root.cookie).collect();

    let reference = Reference::new(stage.database, &site).await?;
    let product = stage.serve(&site).await?;
    let letters = Letters(site.database().await?);
    let mut measured = Vec::new();
    for cookies in cookies.chunks(BATCH) {
        letters.delivered().await?;
        let alone = reference.commits_per_second(stage.lasting).await?;
        let cpu = product.cpu()?;
        let load = Load {
            server: product.address,
            clients: CLIENTS,
            lasting: None,
            expected: StatusCode::SEE_OTHER,
        };
        let asks = cookies.iter().map(|cookie| ask(product.address, cookie, &form));
        let asks = asks.collect::<Result<Vec<Ask>>>()?;
        let next = AtomicUsize::new(0);
        let answered = load
            .run(move |_| asks.get(next.fetch_add(1, Ordering::Relaxed)).cloned())
            .await?;
        let cpu = product.cpu()?.saturating_sub(cpu).as_secs_f64() * 1e6 / count(BATCH);
        let waiting = letters.waiting().await?;
        measured.push(Round {
            alone,
            together: answered.per_second(),
            cpu,
            slowest: answered.within(0.99),
            sent: 1.0 - count(waiting) / count(BATCH),
        });
    }
    // The first round opens connections and fills caches.
    measured.remove(0);
    product.stop().await?;
    let kept = registrations(&site).await?;
    if kept != rounds * BATCH {
        return Err(format!("{} submissions were answered, {kept} are there", rounds * BATCH).into());
    }
    let all = |of: fn(&Round) -> f64| measured.iter().map(of).collect::<Vec<f64>>();
    Ok(vec![
        Figure::new(
            "one client, one row a commit",
            "commits/s",
            all(|round| round.alone),
        ),
        Figure::new(
            "64 clients, submissions",
            "submissions/s",
            all(|round| round.together),
        ),
        Figure::new(
            "**submissions ÷ one-row commits**",
            "",
            all(|round| round.together / round.alone),
        )
        .aim(Aim::AtLeast(5.0)),
        Figure::new(
            "submission, processor time of the server",
            "µs",
            all(|round| round.cpu),
        ),
        Figure::new("submission, 99 % within", "ms", all(|round| round.slowest)),
        Figure::new(
            "letters delivered meanwhile, of one a submission",
            "",
            all(|round| round.sent),
        ),
    ])
}

/// What one round measured.
struct Round {
    /// One-row commits a second by one client.
    alone: f64,
    /// Submissions a second by all clients.
    together: f64,
    /// Processor time of the server for a submission, in microseconds.
    cpu: f64,
    /// 99 % were answered within, in milliseconds.
    slowest: f64,
    /// The part of its letters that was delivered before its end.
    sent: f64,
}

/// The product's letters, looked at from outside.
struct Letters(Db);

impl Letters {
    /// How many are not delivered.
    async fn waiting(&self) -> Result<usize> {
        let waiting = row::Entity::find()
            .filter(row::Column::State.eq(State::Queued.as_str()))
            .count(self.0.read())
            .await?;
        Ok(usize::try_from(waiting)?)
    }

    /// Waits until all are.
    async fn delivered(&self) -> Result<()> {
        while self.waiting().await? > 0 {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(())
    }
}

fn form(acceptance: &Acceptance) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .append_pair("language", acceptance.language.tag())
        .append_pair("version", &acceptance.version)
        .append_pair("hash", &acceptance.hash)
        .append_pair("agree", "yes")
        .finish()
}

fn ask(server: SocketAddr, cookie: &str, form: &str) -> Result<Ask> {
    let request = Request::post("/registration")
        .header("host", server.to_string())
        .header("origin", format!("http://{server}"))
        .header("sec-fetch-site", "same-origin")
        .header("accept-language", "en")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", cookie);
    Ok(request.body(Full::from(form.to_owned()))?)
}

async fn registrations(site: &Site) -> Result<usize> {
    let installation = site.open().await?;
    let db = installation.app.db();
    let kept = registration::store::rows::registration::Entity::find()
        .count(db.read())
        .await?;
    db.clone().close().await?;
    Ok(usize::try_from(kept)?)
}
