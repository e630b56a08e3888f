//! Commands that speak to a running portal, from a terminal.

use std::process::Output;

use identity::tokens::{self, NewToken};
use platform::{StaffRole, actor::Caller, api::Scopes};
use registration::service::{self, Acceptance, Submission};
use testkit::{On, TestApp};

fn portico(app: &TestApp, token: &str, arguments: &[&str]) -> Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_portico"));
    command
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

    let listed = portico(
        &app,
        token,
        &["registrations", "list", "--state", "awaiting_approval"],
    );
    let table = text(&listed.stdout);
    assert!(listed.status.success(), "{}", text(&listed.stderr));
    assert!(table.contains(&id) && table.contains("Sao Mai"), "{table}");
    let shown = portico(&app, token, &["registrations", "show", &id, "--output", "json"]);
    let shown: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(shown["timeline"][0]["kind"], "registration.submitted");

    let unasked = portico(&app, token, &["registrations", "approve", &id]);
    assert!(!unasked.status.success() && text(&unasked.stderr).contains("--yes"));
    let approved = portico(&app, token, &["registrations", "approve", &id, "--yes"]);
    assert!(
        text(&approved.stdout).contains("approved"),
        "{}",
        text(&approved.stderr)
    );
    let reject = [
        "registrations",
        "reject",
        &id,
        "--reason",
        "other",
        "--words",
        "No",
        "--yes",
    ];
    let refused = portico(&app, token, &reject);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        text(&refused.stderr).contains("Decided or withdrawn already"),
        "{}",
        text(&refused.stderr)
    );
    let stranger = portico(&app, "portico_pat_wrong", &["registrations", "list"]);
    assert!(
        text(&stranger.stderr).contains("A token is needed"),
        "{}",
        text(&stranger.stderr)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_root_user_manages_the_team_from_a_terminal() {
    let app = TestApp::start(On::Sqlite).await;
    app.enterprise("root@saomai.example", "Sao Mai", "0100109106")
        .await;
    let db = app.app().db().read();
    let root = accounts::store::find_root(db, &"root@saomai.example".parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    let new = NewToken {
        name: "terminal".to_owned(),
        scopes: "team:manage".parse().unwrap(),
        days: 1,
    };
    let (_, token) = tokens::make(app.app(), Caller::system(), &root, new)
        .await
        .unwrap();
    let team = |arguments: &[&str]| {
        let output = portico(&app, token.expose(), &[&["team"], arguments].concat());
        (
            output.status.success(),
            text(&output.stdout),
            text(&output.stderr),
        )
    };

    let invite = [
        "invite",
        "minh@saomai.example",
        "--name",
        "Minh",
        "--grants",
        "credit,read_only",
    ];
    let (done, invited, errors) = team(&invite);
    assert!(done && invited.contains("User name  minh"), "{errors}");
    let (done, _, errors) = team(&invite);
    assert!(!done && errors.contains("/email"), "{errors}");
    let (_, set, errors) = team(&["set", "minh", "--grants", "customers"]);
    assert!(set.contains("Grants     customers\n"), "{errors}");
    let (_, listed, _) = team(&["list"]);
    assert!(listed.contains("minh       invited  customers"), "{listed}");
    let (done, _, errors) = team(&["remove", "minh"]);
    assert!(!done && errors.contains("--yes"), "{errors}");
    assert!(team(&["send-again", "minh@saomai.example"]).0);
    assert!(team(&["remove", "minh", "--yes"]).0);
    let (done, _, errors) = team(&["remove", "minh", "--yes"]);
    assert!(
        !done && errors.contains("nobody of the team is called minh"),
        "{errors}"
    );
    assert!(!team(&["list"]).1.contains("Minh"));
}
