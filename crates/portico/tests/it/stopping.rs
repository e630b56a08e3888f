//! SIGTERM under load: whoever looks at `/readyz`, as a balancer does, loses no request.

use std::{
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use testkit::{Browser, On, PASSWORD, TestApp, eventually};
use tokio::{task::JoinSet, time::timeout};

use crate::crash::{free_port, start_with, write_config};

const CLIENTS: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_is_dropped_by_a_process_that_is_told_to_stop() {
    let app = TestApp::start(On::Sqlite).await;
    app.enterprise("root@saomai.example", "Sao Mai", "0100109106")
        .await;
    app.app().db().clone().close().await.expect("closed");
    let port = free_port();
    let url = format!("http://127.0.0.1:{port}");
    write_config(app.data(), &url);
    let mut server = start_with(app.data(), port, &[("PORTICO_OPERATIONS__DRAIN", "2s")]).await;

    let lan = Browser::new(&url);
    let page = lan
        .sign_in("root@saomai.example", PASSWORD, "/registration")
        .await;
    lan.submit(&page, "agree", &[("agree", "yes")])
        .await
        .expect("Awaiting approval");
    let stream = lan.follow("/registration/events").await;
    assert_eq!(stream.headers()["content-type"], "text/event-stream");

    let ready = Arc::new(AtomicBool::new(true));
    let answered = Arc::new(AtomicUsize::new(0));
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        let (ready, answered, url) = (ready.clone(), answered.clone(), url.clone());
        clients.spawn(async move {
            let client = reqwest::Client::new();
            while ready.load(Relaxed) {
                let answer = client.get(format!("{url}/sign-up")).send().await;
                let answer = answer.expect("a request was dropped");
                assert!(answer.status().is_success(), "{}", answer.status());
                answer.text().await.expect("an answer was cut off");
                answered.fetch_add(1, Relaxed);
            }
        });
    }
    let mut balancer = JoinSet::new();
    let (looks, of) = (ready.clone(), url.clone());
    balancer.spawn(async move {
        let ready = || async {
            Some(
                reqwest::get(format!("{of}/readyz"))
                    .await
                    .ok()?
                    .status()
                    .is_success(),
            )
        };
        while ready().await == Some(true) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        looks.store(false, Relaxed);
    });
    eventually(async || (answered.load(Relaxed) >= 5 * CLIENTS).then_some(())).await;

    let told = Instant::now();
    let pid = server.0.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .expect("kill runs")
            .success()
    );
    balancer.join_all().await;
    clients.join_all().await;
    assert!(
        told.elapsed() < Duration::from_secs(2),
        "it says so while it still serves"
    );
    timeout(Duration::from_secs(10), stream.bytes())
        .await
        .expect("open streams end")
        .expect("by an end, not by a break");
    let status = eventually(async || server.0.try_wait().expect("a child")).await;
    assert!(status.success(), "{status}");
}
