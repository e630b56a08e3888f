//! Receivers that hang, refuse, answer slowly or lie, and processes that die.

use std::{sync::Arc, time::Duration};

use jiff::SignedDuration;
use platform::{
    actor::Caller,
    job::{Job, keep_running},
};
use testkit::{On, TestApp, eventually};
use tokio::sync::Semaphore;
use webhooks::{
    Webhooks,
    delivery::Delivery,
    rules::{Owner, Reason},
    service,
};

use crate::{
    receiver::{Receiver, Reply},
    support::*,
    with_receivers,
};

/// Lets the delivery job run beside the test.
fn deliver(room: &Webhooks) -> tokio::task::JoinHandle<()> {
    let job = Delivery::new(room.clone());
    tokio::spawn(async move { job.run().await.unwrap() })
}

async fn seal(app: &TestApp) {
    let sealer = app
        .installation
        .jobs
        .iter()
        .find(|job| job.name() == "sealing events");
    sealer.unwrap().run().await.unwrap();
}

async fn until_received(receiver: &Receiver, count: usize) {
    eventually(async || (receiver.received().len() >= count).then_some(())).await;
}

with_receivers! {
    async fn a_receiver_that_hangs_delays_no_other(app: TestApp) {
        let account = an_account(&app).await;
        let gate = Arc::new(Semaphore::new(0));
        let waits = gate.clone();
        let hanging = Receiver::start(move |_| Reply::Wait(waits.clone(), 204)).await;
        let fine = Receiver::answering(204).await;
        let (slow, _) = profile_endpoint(&app, Owner::Provider, &hanging.url).await;
        profile_endpoint(&app, Owner::Account(account), &fine.url).await;
        for _ in 0..10 {
            happen(&app, account).await;
        }
        seal(&app).await;
        let job = deliver(room(&app));
        until_received(&fine, 10).await;
        until_received(&hanging, 4).await;
        assert_eq!(hanging.received().len(), 4, "no more at once than the configuration says");

        // What comes up meanwhile goes out meanwhile.
        happen(&app, account).await;
        seal(&app).await;
        until_received(&fine, 11).await;

        gate.add_permits(11);
        job.await.unwrap();
        assert_eq!(hanging.received().len(), 11);
        assert!(log(&app, slow.id).await.iter().all(|delivery| delivery.state == "delivered"));
    }

    async fn an_endpoint_that_hangs_is_disabled_however_much_waits_for_it(app: TestApp) {
        let account = an_account(&app).await;
        let gate = Arc::new(Semaphore::new(0));
        let hanging = Receiver::start(move |number| match number {
            0 => Reply::status(500),
            _ => Reply::Wait(gate.clone(), 204),
        })
        .await;
        let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &hanging.url).await;
        happen(&app, account).await;
        app.run_jobs().await;
        for _ in 0..5 {
            happen(&app, account).await;
        }
        seal(&app).await;
        let job = Arc::new(Delivery::new(room(&app).clone()));
        let running = tokio::spawn(keep_running(app.app().clone(), job));
        until_received(&hanging, 2).await;
        app.advance(SignedDuration::from_hours(5 * 24));
        let disabled = async || now(&app, &endpoint).await.reason();
        let reason = eventually(async || disabled().await).await;
        running.abort();
        assert_eq!(reason, Reason::Failing);
        assert_eq!(hanging.received().len(), 2);
        assert!(log(&app, endpoint.id).await.iter().all(|delivery| delivery.state == "held"));
    }

    async fn what_one_run_leaves_under_way_the_next_records(app: TestApp) {
        let account = an_account(&app).await;
        let gate = Arc::new(Semaphore::new(0));
        let waits = gate.clone();
        let receiver = Receiver::start(move |_| Reply::Wait(waits.clone(), 204)).await;
        let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        happen(&app, account).await;
        seal(&app).await;
        let job = Arc::new(Delivery::new(room(&app).clone()));
        let first = job.clone();
        let first = tokio::spawn(async move { first.run().await.unwrap() });
        until_received(&receiver, 1).await;
        app.advance(SignedDuration::from_secs(30));
        eventually(async || first.is_finished().then_some(())).await;
        eventually(async || tokio::time::timeout(Duration::ZERO, job.woken()).await.ok()).await;

        gate.add_permits(1);
        job.run().await.unwrap();
        let delivery = only(&app, endpoint.id).await;
        assert_eq!((delivery.state.as_str(), delivery.attempts), ("delivered", 1));
        assert_eq!(receiver.received().len(), 1);
    }

    async fn a_worker_that_dies_after_sending_sends_again_under_the_same_id(app: TestApp) {
        let account = an_account(&app).await;
        let gate = Arc::new(Semaphore::new(0));
        let receiver = Receiver::start(move |number| match number {
            0 => Reply::Wait(gate.clone(), 204),
            _ => Reply::status(204),
        })
        .await;
        let (endpoint, secret) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        happen(&app, account).await;
        seal(&app).await;
        let job = deliver(room(&app));
        until_received(&receiver, 1).await;
        job.abort();
        assert!(job.await.unwrap_err().is_cancelled());

        app.run_jobs().await;
        assert_eq!(receiver.received().len(), 1, "the claim holds");
        app.advance(SignedDuration::from_secs(60));
        app.run_jobs().await;
        let received = receiver.received();
        assert_eq!(received.len(), 2);
        assert_eq!(received[0].id(), received[1].id());
        assert_eq!(received[0].body, received[1].body);
        assert!(received[1].is_signed_by(&secret));
        let delivery = only(&app, endpoint.id).await;
        assert_eq!((delivery.state.as_str(), delivery.attempts), ("delivered", 2));
        let attempts = attempts(&app, &delivery).await;
        assert_eq!(attempts.len(), 2, "the lost attempt is accounted for");
        assert_eq!((attempts[1].status, attempts[1].error.as_deref()), (None, None));

        let path = format!("/staff/webhooks/{}/deliveries/{}", endpoint.id, delivery.id);
        lead(&app).await.get(&path).await.expect("no answer was recorded: the process stopped in between");
    }

    async fn an_endpoint_that_is_removed_takes_what_waits_with_it(app: TestApp) {
        let account = an_account(&app).await;
        let receiver = Receiver::answering(500).await;
        let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        happen(&app, account).await;
        app.run_jobs().await;
        assert_eq!(only(&app, endpoint.id).await.state, "waiting");
        service::remove(room(&app), Caller::system(), Owner::Provider, endpoint.id).await.unwrap();
        app.advance(SignedDuration::from_hours(1));
        app.run_jobs().await;
        assert_eq!(receiver.received().len(), 1);
        assert!(log(&app, endpoint.id).await.is_empty());
    }

    async fn an_endpoint_may_be_removed_while_a_request_is_under_way(app: TestApp) {
        let account = an_account(&app).await;
        let gate = Arc::new(Semaphore::new(0));
        let waits = gate.clone();
        let receiver = Receiver::start(move |_| Reply::Wait(waits.clone(), 204)).await;
        let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        happen(&app, account).await;
        seal(&app).await;
        let job = deliver(room(&app));
        until_received(&receiver, 1).await;
        service::remove(room(&app), Caller::system(), Owner::Provider, endpoint.id).await.unwrap();
        gate.add_permits(1);
        job.await.unwrap();
        assert!(log(&app, endpoint.id).await.is_empty());
    }

    async fn what_a_former_address_answers_says_nothing_of_the_new_one(app: TestApp) {
        let account = an_account(&app).await;
        let gate = Arc::new(Semaphore::new(0));
        let waits = gate.clone();
        let former = Receiver::start(move |_| Reply::Wait(waits.clone(), 410)).await;
        let corrected = Receiver::answering(204).await;
        let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &former.url).await;
        happen(&app, account).await;
        seal(&app).await;
        let job = deliver(room(&app));
        until_received(&former, 1).await;
        move_to(&app, &endpoint, &corrected.url).await;
        until_received(&corrected, 1).await;
        gate.add_permits(1);
        job.await.unwrap();
        let endpoint = now(&app, &endpoint).await;
        assert!(endpoint.is_enabled() && endpoint.failing_since.is_none(), "{endpoint:?}");
        assert_eq!(only(&app, endpoint.id).await.state, "delivered");
        assert_eq!(former.received()[0].id(), corrected.received()[0].id());
    }

    async fn a_receiver_that_errs_gets_it_again_in_five_seconds(app: TestApp) {
        let account = an_account(&app).await;
        let receiver = Receiver::start(|number| match number {
            0 => Reply::with(500, "", "out of\0order"),
            _ => Reply::status(200),
        })
        .await;
        let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        happen(&app, account).await;
        app.run_jobs().await;
        let waiting = only(&app, endpoint.id).await;
        assert_eq!((waiting.state.as_str(), waiting.status), ("waiting", Some(500)));
        assert_eq!(attempts(&app, &waiting).await[0].excerpt.as_deref(), Some("out of\u{fffd}order"));
        assert!(now(&app, &endpoint).await.failing_since.is_some());
        app.advance(SignedDuration::from_secs(4));
        app.run_jobs().await;
        assert_eq!(receiver.received().len(), 1, "it is not tried before its time");
        app.advance(SignedDuration::from_secs(2));
        app.run_jobs().await;
        assert_eq!(receiver.received().len(), 2);
        assert_eq!(only(&app, endpoint.id).await.state, "delivered");
        assert!(now(&app, &endpoint).await.failing_since.is_none());
    }

    async fn a_redirect_is_not_followed(app: TestApp) {
        let account = an_account(&app).await;
        let inside = Receiver::answering(200).await;
        let to = format!("location: {}\r\n", inside.url);
        let receiver = Receiver::start(move |number| Reply::with([301, 302, 307, 308][number], &to, "")).await;
        let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        happen(&app, account).await;
        for _ in 0..4 {
            app.run_jobs().await;
            app.advance(SignedDuration::from_hours(3));
        }
        assert_eq!(receiver.received().len(), 4);
        assert!(inside.received().is_empty());
        let waiting = only(&app, endpoint.id).await;
        assert_eq!((waiting.state.as_str(), waiting.status), ("waiting", Some(308)));
    }

    async fn the_status_counts_whatever_is_wrong_with_the_body(app: TestApp) {
        let account = an_account(&app).await;
        let receiver = Receiver::start(|number| match number {
            // Less than it said, more than it said, and more than anybody wants to read.
            0 => Reply::Raw("HTTP/1.1 200 Said\r\ncontent-length: 1000\r\n\r\nshort".to_owned()),
            1 => Reply::Raw("HTTP/1.1 200 Said\r\ncontent-length: 2\r\n\r\nlonger".to_owned()),
            _ => Reply::with(200, "", &"x".repeat(1_000_000)),
        })
        .await;
        let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        let mut excerpts = Vec::new();
        for _ in 0..3 {
            happen(&app, account).await;
            app.run_jobs().await;
            let newest = log(&app, endpoint.id).await.remove(0);
            assert_eq!(newest.state, "delivered");
            excerpts.push(attempts(&app, &newest).await.remove(0).excerpt.unwrap());
        }
        assert_eq!(excerpts[..2], ["short", "lo"]);
        assert_eq!(excerpts[2].len(), 4096);
    }

    async fn an_answer_that_is_no_http_is_a_failure(app: TestApp) {
        let account = an_account(&app).await;
        let receiver = Receiver::start(|_| Reply::Raw("SSH-2.0-OpenSSH\r\n\r\n".to_owned())).await;
        let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
        happen(&app, account).await;
        app.run_jobs().await;
        let waiting = only(&app, endpoint.id).await;
        assert_eq!((waiting.state.as_str(), waiting.status), ("waiting", None));
        assert!(waiting.error.is_some());
    }

    async fn a_receiver_that_refuses_the_connection_gets_it_later(app: TestApp) {
        let account = an_account(&app).await;
        let gone = Receiver::answering(200).await;
        let url = gone.url.clone();
        drop(gone);
        let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &url).await;
        eventually(async || {
            let address = url.trim_start_matches("http://").trim_end_matches("/hook");
            tokio::net::TcpStream::connect(address).await.is_err().then_some(())
        })
        .await;
        happen(&app, account).await;
        app.run_jobs().await;
        let waiting = only(&app, endpoint.id).await;
        assert_eq!(waiting.state, "waiting");
        let error = waiting.error.unwrap();
        assert!(error.contains("cannot connect") && error.contains("refused"), "{error}");
        assert!(!error.contains("/hook"), "{error}");

        let browser = lead(&app).await;
        let all = format!("/staff/webhooks/{}", endpoint.id);
        let one = format!("{all}/deliveries/{}", waiting.id);
        for path in [&all, &one] {
            browser.get(path).await.expect("cannot connect: ");
        }
        browser.post("/language", &[("language", "vi")]).await;
        for path in [&all, &one] {
            browser.get(path).await.expect("không kết nối được: ");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_takes_too_long_gets_it_again() {
    let app = start_with_timeout(On::Sqlite, "300ms").await;
    let account = an_account(&app).await;
    let gate = Arc::new(Semaphore::new(0));
    let receiver = Receiver::start(move |number| match number {
        0 => Reply::Wait(gate.clone(), 204),
        // The status is in time; its body is not.
        _ => Reply::Stall("HTTP/1.1 200 Said\r\ncontent-length: 9\r\n\r\nso far".to_owned()),
    })
    .await;
    let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
    happen(&app, account).await;
    app.run_jobs().await;
    let waiting = only(&app, endpoint.id).await;
    assert_eq!(
        (waiting.state.as_str(), waiting.error.as_deref()),
        ("waiting", Some("timed out"))
    );
    app.advance(SignedDuration::from_secs(6));
    app.run_jobs().await;
    let delivery = only(&app, endpoint.id).await;
    assert_eq!(delivery.state, "delivered");
    assert_eq!(
        attempts(&app, &delivery).await[0].excerpt.as_deref(),
        Some("so far")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_is_no_longer_allowed_is_not_connected_to() {
    let receiver = Receiver::answering(204).await;
    let app = start(On::Sqlite).await;
    let account = an_account(&app).await;
    let (endpoint, _) = profile_endpoint(&app, Owner::Provider, &receiver.url).await;
    happen(&app, account).await;
    seal(&app).await;
    // The same installation, after its configuration was closed.
    let closed = Webhooks::new(app.app().clone(), webhooks::Config::default()).unwrap();
    Delivery::new(closed).run().await.unwrap();
    assert!(receiver.received().is_empty());
    let waiting = only(&app, endpoint.id).await;
    assert_eq!(waiting.error.as_deref(), Some("in a private network"));
}
