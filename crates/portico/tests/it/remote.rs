//! `portico registrations` from a terminal, against a running portal.

use std::process::Output;

use identity::tokens::{self, NewToken};
use platform::{StaffRole, actor::Caller, api::Scopes};
use registration::service::{self, Acceptance, Submission};
use testkit::{On, TestApp};

fn portico(app: &TestApp, token: &str, arguments: &[&str]) -> Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_portico"));
    command
        .arg("registrations")
        .args(arguments)
        .env("PORTICO_URL", app.url(""))
        .env("PORTICO_TOKEN", token)
        .env("LC_ALL", "C")
        .stdin(std::process::Stdio::null());
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A company that has applied; the id of its registration.
async fn applicant(app: &TestApp) -> String {
    let account = app
        .enterprise("root@saomai.example", "Sao Mai", "0100109106")
        .await;
    let db = app.app().db().read();
    let root = accounts::store::find_root(db, &"root@saomai.example".parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    let desk = &app.installation.rooms.desk;
    let terms = desk.terms().current(kernel::Language::English);
    let acceptance = Acceptance {
        version: terms.version.clone(),
        hash: terms.hash.clone(),
        language: terms.language,
    };
    let caller = Caller {
        actor: platform::Actor::Root {
            user: kernel::UserId(root.id()),
            account,
            name: root.name,
        },
        origin: None,
    };
    match service::submit(desk, caller, account, &acceptance).await.unwrap() {
        Submission::Taken(registration) | Submission::Already(registration) => registration.id.to_string(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_decides_from_a_terminal() {
    let app = TestApp::start(On::Sqlite).await;
    app.staff("lead@staff.example", StaffRole::Lead).await;
    let id = applicant(&app).await;
    let db = app.app().db().read();
    let lead = accounts::store::find_staff(db, &"lead@staff.example".parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    let new = NewToken {
        name: "terminal".to_owned(),
        scopes: Scopes::all(),
        days: 1,
    };
    let (_, token) = tokens::make(app.app(), Caller::system(), &lead, new)
        .await
        .unwrap();
    let token = token.expose();

    let listed = portico(&app, token, &["list", "--state", "awaiting_approval"]);
    let table = text(&listed.stdout);
    assert!(listed.status.success(), "{}", text(&listed.stderr));
    assert!(table.contains(&id) && table.contains("Sao Mai"), "{table}");
    let shown = portico(&app, token, &["show", &id, "--output", "json"]);
    let shown: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(shown["timeline"][0]["kind"], "registration.submitted");

    let unasked = portico(&app, token, &["approve", &id]);
    assert!(!unasked.status.success() && text(&unasked.stderr).contains("--yes"));
    let approved = portico(&app, token, &["approve", &id, "--yes"]);
    assert!(
        text(&approved.stdout).contains("approved"),
        "{}",
        text(&approved.stderr)
    );
    let reject = ["reject", &id, "--reason", "other", "--words", "No", "--yes"];
    let refused = portico(&app, token, &reject);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        text(&refused.stderr).contains("Decided or withdrawn already"),
        "{}",
        text(&refused.stderr)
    );
    let stranger = portico(&app, "portico_pat_wrong", &["list"]);
    assert!(
        text(&stranger.stderr).contains("A token is needed"),
        "{}",
        text(&stranger.stderr)
    );
}
