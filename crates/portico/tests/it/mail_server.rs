//! Delivery to a real SMTP server (`script/smtp`): over STARTTLS and TLS, signed in, while it is down, when it refuses.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use jiff::SignedDuration;
use platform::mail::{SmtpConfig, Tls, outbox};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Deserialize;
use testkit::{On, TestApp, eventually};
use tokio::time::timeout;

#[derive(Deserialize)]
struct Ready {
    port: u16,
    user: String,
    password: String,
    certificate: Option<PathBuf>,
    maildir: PathBuf,
}

struct MailServer {
    child: Child,
    ready: Ready,
}

impl Drop for MailServer {
    fn drop(&mut self) {
        // Already gone is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl MailServer {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../script/smtp"))
            .arg("--dir")
            .arg(folder)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("script/smtp starts");
        let mut line = String::new();
        let output = child.stdout.as_mut().expect("its output");
        BufReader::new(output).read_line(&mut line).expect("a line");
        Self {
            child,
            ready: serde_json::from_str(&line).expect("what it is"),
        }
    }

    fn config(&self, tls: &str) -> SmtpConfig {
        let ready = &self.ready;
        let value = serde_json::json!({
            "host": "localhost", "port": ready.port, "tls": tls,
            "username": ready.user, "password": ready.password, "authority": ready.certificate,
        });
        serde_json::from_value(value).expect("a section")
    }

    fn received(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.ready.maildir.join("new")) else {
            return Vec::new();
        };
        entries
            .map(|entry| std::fs::read_to_string(entry.expect("an entry").path()).expect("an email"))
            .collect()
    }
}

async fn app_with(smtp: SmtpConfig) -> TestApp {
    TestApp::start_with(On::Sqlite, |config| {
        config.mail.folder = None;
        config.mail.smtp = Some(smtp);
    })
    .await
}

async fn ask_for_a_letter(app: &TestApp, email: &str) {
    let browser = app.browser();
    let page = browser.get("/sign-up").await;
    let fields = [
        ("email", email),
        ("terms_of_use", "yes"),
        ("personal_data", "yes"),
    ];
    browser.submit(&page, "email", &fields).await.expect_status(200);
}

async fn only_message(app: &TestApp) -> outbox::row::Model {
    outbox::row::Entity::find()
        .one(app.app().db().read())
        .await
        .expect("messages")
        .expect("one message")
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_are_delivered_over_starttls_and_tls() {
    for (server_tls, client_tls) in [("starttls", "starttls"), ("implicit", "tls")] {
        let folder = tempfile::tempdir().expect("a folder");
        let server = MailServer::start(folder.path(), &["--tls", server_tls]);
        let app = app_with(server.config(client_tls)).await;
        ask_for_a_letter(&app, "lan@saomai.example").await;
        app.run_jobs().await;
        let received = server.received();
        assert_eq!(received.len(), 1, "{:?}", only_message(&app).await.last_error);
        let message = only_message(&app).await;
        assert!(
            received[0].contains(&format!("Message-ID: <{}@127.0.0.1>", message.id)),
            "{}",
            received[0]
        );
        assert_eq!(message.state, "sent");
        assert!(outbox::is_gone(&message), "the single-use link is not kept");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_while_the_mail_server_is_down() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = MailServer::start(folder.path(), &[]);
    let port = server.ready.port.to_string();
    let app = app_with(server.config("starttls")).await;
    server.child.kill().expect("killed");
    server.child.wait().expect("gone");

    ask_for_a_letter(&app, "lan@saomai.example").await;
    app.run_jobs().await;
    let waiting = only_message(&app).await;
    assert_eq!((waiting.state.as_str(), waiting.attempts), ("queued", 1));
    assert!(waiting.last_error.is_some());

    server = MailServer::start(folder.path(), &["--port", &port]);
    app.run_jobs().await;
    assert_eq!(server.received().len(), 0, "it is not tried before its time");
    app.advance(SignedDuration::from_secs(11));
    app.run_jobs().await;
    assert_eq!(server.received().len(), 1);
    assert_eq!(only_message(&app).await.state, "sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_of_ours_that_the_server_does_not_take_loses_no_letter() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = MailServer::start(folder.path(), &[]);
    let right = std::mem::replace(&mut server.ready.password, "of last month".to_owned());
    let app = app_with(server.config("starttls")).await;
    ask_for_a_letter(&app, "lan@saomai.example").await;
    app.run_jobs().await;
    let waiting = only_message(&app).await;
    assert_eq!((waiting.state.as_str(), waiting.attempts), ("queued", 1));
    assert!(
        waiting
            .last_error
            .as_ref()
            .is_some_and(|error| error.contains("535")),
        "{:?}",
        waiting.last_error
    );
    assert_ne!(right, server.ready.password);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_letter_is_given_up_at_once_and_a_deferred_one_after_two_days() {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = [
        "--refuse",
        "never@saomai.example=550",
        "--refuse",
        "later@saomai.example=451",
    ];
    let server = MailServer::start(folder.path(), &rules);

    let app = app_with(server.config("starttls")).await;
    ask_for_a_letter(&app, "never@saomai.example").await;
    app.run_jobs().await;
    let refused = only_message(&app).await;
    assert_eq!((refused.state.as_str(), refused.attempts), ("given_up", 1));
    assert!(
        refused
            .last_error
            .unwrap_or_default()
            .contains("refused by the test")
    );

    let app = app_with(server.config("starttls")).await;
    ask_for_a_letter(&app, "later@saomai.example").await;
    for _ in 0..10 {
        app.run_jobs().await;
        app.advance(SignedDuration::from_hours(25));
    }
    let deferred = only_message(&app).await;
    assert_eq!((deferred.state.as_str(), deferred.attempts), ("given_up", 10));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_hangs_with_one_letter_takes_others_and_holds_up_no_shutdown() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = MailServer::start(folder.path(), &["--hang", "slow@saomai.example"]);
    let app = app_with(server.config("starttls")).await;
    ask_for_a_letter(&app, "slow@saomai.example").await;
    ask_for_a_letter(&app, "quick@saomai.example").await;
    let jobs = app.installation.start_jobs();
    let received = eventually(async || server.received().pop()).await;
    assert!(received.contains("quick@saomai.example"), "{received}");

    app.app().stop();
    timeout(Duration::from_secs(20), jobs.join_all())
        .await
        .expect("jobs end, whatever the mail server does");
    let slow = outbox::row::Entity::find()
        .filter(outbox::row::Column::Recipient.eq("slow@saomai.example"))
        .one(app.app().db().read())
        .await
        .expect("messages")
        .expect("its letter");
    assert_eq!(
        slow.state, "queued",
        "it is tried again when its claim has lapsed"
    );
}

#[test]
fn the_configuration_knows_three_ways_to_protect_a_connection() {
    for (text, expected) in [
        ("starttls", Tls::StartTls),
        ("tls", Tls::Tls),
        ("none", Tls::None),
    ] {
        let smtp: SmtpConfig =
            serde_json::from_value(serde_json::json!({"host": "a", "tls": text})).expect("known");
        assert_eq!(smtp.tls, expected);
    }
}
