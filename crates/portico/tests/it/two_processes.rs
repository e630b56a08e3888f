//! Two processes on one PostgreSQL, one of them killed under load: the other goes on, nothing is lost, nothing is done
//! twice.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use kernel::AccountId;
use platform::{Clock, event, job::keep_running, mail::outbox};
use portico::{
    config,
    installation::{Installation, install},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use testkit::{Browser, On, PASSWORD, TestApp, eventually, new_postgres_database};
use tokio::{sync::Semaphore, task::JoinSet};
use uuid::Uuid;

use crate::crash::{free_port, start_on, write_config};

const APPLICANTS: usize = 24;
const ACKNOWLEDGED_BEFORE_KILL: usize = 6;

async fn count(of: &Installation, account: AccountId, kind: &str) -> usize {
    event::row::Entity::find()
        .filter(event::row::Column::AccountId.eq(Uuid::from(account)))
        .filter(event::row::Column::Kind.eq(kind))
        .all(of.app.db().read())
        .await
        .expect("events")
        .len()
}

/// The letters that say that the request was received.
async fn letters(of: &Installation, account: AccountId) -> Vec<String> {
    let messages = outbox::row::Entity::find()
        .filter(outbox::row::Column::AccountId.eq(Uuid::from(account)))
        .filter(outbox::row::Column::Template.eq("registration-awaiting-approval"))
        .all(of.app.db().read())
        .await
        .expect("messages");
    messages.into_iter().map(|message| message.state).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_two_processes_may_die_under_load() {
    let database = new_postgres_database().await;
    let url = database.clone();
    let app = TestApp::start_with(On::Sqlite, |config| config.database.url = Some(url)).await;
    let mut accounts = Vec::new();
    for n in 0..APPLICANTS {
        let (email, name) = (format!("root{n}@example.vn"), format!("Company {n}"));
        accounts.push(app.enterprise(&email, &name, "0100109106").await);
    }
    let data = app.data();
    app.app().db().clone().close().await.expect("closed");
    let ports = [free_port(), free_port()];
    let url = format!("http://127.0.0.1:{}", ports[0]);
    write_config(data, &url);
    let mut dies = start_on(data, ports[0], Some(&database)).await;
    let survives = start_on(data, ports[1], Some(&database)).await;

    let mut submits = JoinSet::new();
    let mut ready = Vec::new();
    for (n, account) in accounts.iter().enumerate() {
        // Everybody signs in at the public address, and every other one is then served by the second process.
        let browser = Browser::new(&url);
        browser
            .sign_in(&format!("root{n}@example.vn"), PASSWORD, "/registration")
            .await;
        let page = browser
            .get(&format!("http://127.0.0.1:{}/registration", ports[n % 2]))
            .await;
        ready.push((*account, n % 2 == 1, browser, page));
    }
    let acknowledged = Arc::new(Semaphore::new(0));
    for (account, at_survivor, browser, page) in ready {
        let acknowledged = acknowledged.clone();
        submits.spawn(async move {
            let answer = browser.try_submit(&page, "agree", &[("agree", "yes")]).await;
            acknowledged.add_permits(1);
            let taken = answer.is_some_and(|answer| answer.says("Awaiting approval"));
            assert!(taken || !at_survivor, "the survivor did not serve {account}");
            taken.then_some(account)
        });
    }
    let enough = u32::try_from(ACKNOWLEDGED_BEFORE_KILL).expect("a small number");
    let _ = acknowledged.acquire_many(enough).await.expect("acknowledgements");
    dies.0.kill().expect("killed");
    dies.0.wait().expect("gone");
    let taken: Vec<AccountId> = submits.join_all().await.into_iter().flatten().collect();
    assert!(
        taken.len() >= APPLICANTS / 2,
        "only {} were acknowledged",
        taken.len()
    );
    drop(survives);

    // Twenty days later, two processes look at the same deadlines and letters, again and again, at once.
    let later = Clock::manual(Timestamp::now() + SignedDuration::from_hours(20 * 24));
    let mut both = Vec::new();
    let mut running = JoinSet::new();
    for _ in 0..2 {
        let mut config = config::sample(&url).expect("right");
        config.database.url = Some(database.clone());
        let installation = install(config, data, later.clone(), false).await.expect("opened");
        for job in &installation.jobs {
            running.spawn(keep_running(installation.app.clone(), job.clone()));
        }
        both.push(installation);
    }
    for account in &taken {
        eventually(async || {
            let escalated = count(&both[0], *account, "registration.escalated").await;
            (escalated > 0 && letters(&both[0], *account).await == ["sent"]).then_some(())
        })
        .await;
    }
    for installation in &both {
        installation.app.stop();
    }
    running.join_all().await;
    for account in taken {
        for kind in ["submitted", "escalated", "delay_told"] {
            let found = count(&both[0], account, &format!("registration.{kind}")).await;
            assert_eq!(found, 1, "{account} {kind}");
        }
        assert_eq!(letters(&both[0], account).await, ["sent"], "{account}");
    }
}
