//! `kill -9` under load: what was acknowledged is there after the restart.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
};

use jiff::{SignedDuration, Timestamp};
use kernel::{AccountId, EventId};
use platform::{Clock, event, mail::outbox};
use portico::{config, installation::install};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use testkit::{Browser, On, PASSWORD, TestApp, eventually};
use tokio::sync::Semaphore;
use uuid::Uuid;

const APPLICANTS: usize = 24;
const ACKNOWLEDGED_BEFORE_KILL: usize = 8;

pub(crate) struct Server(pub(crate) Child);

impl Drop for Server {
    fn drop(&mut self) {
        // Already gone is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn start(data: &Path, port: u16) -> Server {
    start_on(data, port, None).await
}

/// Starts the binary, on a PostgreSQL database if one is named, and waits until it answers.
pub(crate) async fn start_on(data: &Path, port: u16, database: Option<&str>) -> Server {
    let database = database.map(|url| ("PORTICO_DATABASE__URL", url));
    start_with(data, port, database.as_slice()).await
}

/// Starts the binary with variables of the environment, and waits until it answers.
pub(crate) async fn start_with(data: &Path, port: u16, environment: &[(&str, &str)]) -> Server {
    let child = Command::new(env!("CARGO_BIN_EXE_portico"))
        .envs(environment.iter().copied())
        .args(["serve", "--config"])
        .arg(data.join("portico.toml"))
        .arg("--data")
        .arg(data)
        .args(["--listen", &format!("127.0.0.1:{port}")])
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary starts");
    eventually(async || {
        reqwest::get(format!("http://127.0.0.1:{port}/healthz"))
            .await
            .ok()
    })
    .await;
    Server(child)
}

pub(crate) fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}

/// The sample configuration, for a portal at `url`.
pub(crate) fn write_config(data: &Path, url: &str) {
    let sample = include_str!("../../portico.sample.toml").replace("http://127.0.0.1:8080", url);
    std::fs::write(data.join("portico.toml"), sample).expect("a configuration");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_registration_survives_a_kill() {
    // The accounts are made by an installation that is closed before the process under test starts.
    let app = TestApp::start(On::Sqlite).await;
    let mut accounts = Vec::new();
    for n in 0..APPLICANTS {
        let name = format!("Company {n}");
        accounts.push(
            app.enterprise(&format!("root{n}@example.vn"), &name, "0100109106")
                .await,
        );
    }
    let data = app.data().to_owned();
    app.app().db().clone().close().await.expect("closed");

    let port = free_port();
    let url = format!("http://127.0.0.1:{port}");
    write_config(&data, &url);

    let mut server = start(&data, port).await;
    let mut ready = Vec::new();
    for (n, account) in accounts.iter().enumerate() {
        let browser = Browser::new(&url);
        let page = browser
            .sign_in(&format!("root{n}@example.vn"), PASSWORD, "/registration")
            .await;
        ready.push((*account, browser, page));
    }
    let acknowledged = Arc::new(Semaphore::new(0));
    let mut submits = tokio::task::JoinSet::new();
    for (account, browser, page) in ready {
        let acknowledged = acknowledged.clone();
        submits.spawn(async move {
            let answer = browser.try_submit(&page, "agree", &[("agree", "yes")]).await?;
            acknowledged.add_permits(1);
            answer.says("Awaiting approval").then_some(account)
        });
    }
    let enough = u32::try_from(ACKNOWLEDGED_BEFORE_KILL).expect("a small number");
    let _ = acknowledged.acquire_many(enough).await.expect("acknowledgements");
    server.0.kill().expect("killed");
    server.0.wait().expect("gone");
    let outcomes: Vec<Option<AccountId>> = submits.join_all().await;
    let survivors: Vec<AccountId> = outcomes.into_iter().flatten().collect();
    assert!(
        survivors.len() >= ACKNOWLEDGED_BEFORE_KILL,
        "only {} were acknowledged",
        survivors.len()
    );

    // It starts again. What the killed worker held is given back when its claim lapses, so the rest is looked at
    // some minutes later.
    drop(start(&data, port).await);
    let later = Clock::manual(Timestamp::now() + SignedDuration::from_mins(10));
    let config = config::sample(&url).expect("right");
    let reopened = install(config, &data, later, false).await.expect("opened");
    for job in &reopened.jobs {
        job.run().await.expect("a job");
    }
    for account in survivors {
        let db = reopened.app.db();
        let newest: Option<EventId> = event::newest(db, account).await.expect("events");
        assert!(newest.is_some(), "{account} lost its event");
        let messages = outbox::row::Entity::find()
            .filter(outbox::row::Column::AccountId.eq(Uuid::from(account)))
            .filter(outbox::row::Column::Template.eq("registration-awaiting-approval"))
            .all(db.read())
            .await
            .expect("messages");
        let states: Vec<&str> = messages.iter().map(|message| message.state.as_str()).collect();
        assert_eq!(states, ["sent"], "{account}");
        let file = data.join("mail").join(format!("{}.eml", messages[0].id));
        assert!(file.exists(), "{account} got no email");
    }
}
