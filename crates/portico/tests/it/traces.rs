//! Traces by OTLP: the binary sends them to a collector that this test is.

use std::{process::Command, sync::Arc, time::Duration};

use axum::{Router, body::Bytes, extract::State, routing::post};
use testkit::eventually;
use tokio::{net::TcpListener, sync::Mutex};

use crate::crash::{free_port, start_with, write_config};

type Received = Arc<Mutex<Vec<u8>>>;

async fn receive(State(received): State<Received>, body: Bytes) {
    received.lock().await.extend_from_slice(&body);
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_are_traced_under_their_callers_and_without_secrets() {
    let received = Received::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let collector = format!("http://{}", listener.local_addr().expect("an address"));
    let router = Router::new()
        .route("/v1/traces", post(receive))
        .with_state(received.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });

    let folder = tempfile::tempdir().expect("a folder");
    let port = free_port();
    write_config(folder.path(), &format!("http://127.0.0.1:{port}"));
    let environment = [
        ("PORTICO_OPERATIONS__OTLP_ENDPOINT", collector.as_str()),
        ("PORTICO_OPERATIONS__DRAIN", "0s"),
        // Only a proxy of ours may say under which span a request belongs.
        ("PORTICO_SERVER__TRUSTED_PROXIES", "1"),
    ];
    let mut server = start_with(folder.path(), port, &environment).await;
    let trace = [
        0x4b_u8, 0xf9, 0x2f, 0x35, 0x77, 0xb3, 0x4d, 0xa6, 0xa3, 0xce, 0x92, 0x9d, 0x0e, 0x0e, 0x47, 0x36,
    ];
    let answer = reqwest::Client::new()
        .get(format!("http://127.0.0.1:{port}/sign-up?token=query-secret"))
        .header(
            "traceparent",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        )
        .bearer_auth("header-secret")
        .send()
        .await
        .expect("an answer");
    assert!(answer.status().is_success());

    let pid = server.0.id().to_string();
    let told = Command::new("kill")
        .args(["-TERM", &pid])
        .status()
        .expect("kill runs");
    assert!(told.success());
    let ended = tokio::time::timeout(
        Duration::from_secs(20),
        eventually(async || server.0.try_wait().expect("a child")),
    );
    assert!(
        ended.await.expect("it ends").success(),
        "the last traces are sent before it ends"
    );

    let spans = received.lock().await;
    assert!(holds(&spans, "portico") && holds(&spans, "GET /sign-up"));
    assert!(
        spans.windows(trace.len()).any(|window| window == trace),
        "not under its caller"
    );
    assert!(!holds(&spans, "query-secret") && !holds(&spans, "header-secret"));
}
