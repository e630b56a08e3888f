//! `portico ledger verify`, and credit from a terminal.

use std::path::Path;

use kernel::AccountId;
use platform::StaffRole;
use sea_orm::ConnectionTrait;
use testkit::{On, TestApp};

use crate::terminal::{Ran, Terminal, portico};

const PARTNER: &str = "root@saomai.example";
const CLERK: &str = "clerk@provider.example";
const LEAD: &str = "lead@provider.example";

/// A partner with a customer, and two of the staff.
async fn cast(app: &TestApp) -> (AccountId, AccountId) {
    let partner = app.partner(PARTNER, "Sao Mai", "0100109106").await;
    let customer = app.customer(partner, "buyer@hoasen.example", "Hoa Sen").await;
    app.staff(CLERK, StaffRole::Reviewer).await;
    app.staff(LEAD, StaffRole::Lead).await;
    (partner, customer)
}

fn verify(data: &Path) -> Ran {
    let sample = include_str!("../../portico.sample.toml");
    std::fs::write(data.join("portico.toml"), sample).unwrap();
    let mut command = portico();
    command
        .args(["ledger", "verify", "--config"])
        .arg(data.join("portico.toml"))
        .arg("--data")
        .arg(data);
    Ran::of(&mut command)
}

#[tokio::test(flavor = "multi_thread")]
async fn credit_is_moved_from_a_terminal_and_the_ledger_tells_what_was_changed_behind_its_back() {
    let app = TestApp::start(On::Sqlite).await;
    let (partner, customer) = cast(&app).await;
    let (whose, to) = (partner.to_string(), customer.to_string());
    let (clerk, lead) = (Terminal::of(&app, CLERK).await, Terminal::of(&app, LEAD).await);
    let own = Terminal::of(&app, PARTNER).await;

    let record = [
        "credit",
        "deposit",
        "record",
        &whose,
        "1,000",
        "--reference",
        "FT 1",
    ];
    clerk.run(&record).expect(1, "--yes");
    let recorded = clerk
        .run(&[&record[..], &["--yes", "--json"]].concat())
        .expect(0, "awaiting_second");
    let id = recorded.json()["id"].as_str().unwrap().to_owned();
    clerk.run(&["credit", "deposit", "list"]).expect(0, "VND 1,000");
    clerk
        .run(&["credit", "deposit", "confirm", &id, "--yes"])
        .expect(1, "403");
    lead.run(&["credit", "deposit", "confirm", &id, "--yes"])
        .expect(0, "posted");

    let top_up = ["credit", "top-up", &to, "400", "--key", "november", "--yes"];
    let first = own.run(&top_up).expect(0, "VND 400");
    assert_eq!(
        own.run(&top_up).expect(0, "VND 600").said,
        first.said,
        "the same key moves once"
    );
    own.run(&["credit", "top-up", &to, "601", "--yes"])
        .expect(1, "more than the balance: VND 600");
    own.run(&["credit", "balance"]).expect(0, "VND 600");
    own.run(&["credit", "alert", "500"])
        .expect(0, "Alert      VND 500");
    own.run(&["credit", "alert"]).expect(0, "Alert      VND 0");
    own.run(&["credit", "customers"]).expect(0, "Hoa Sen");
    let entries = own.run(&["credit", "entries"]).expect(0, "-VND 400");
    assert!(
        entries.said.contains("Hoa Sen") && entries.said.contains("FT 1"),
        "{}",
        entries.said
    );
    own.run(&["credit", "statement", "--from", "2026-11-01"])
        .expect(0, "Closing    VND 600");

    verify(app.data()).expect(0, "the ledger holds: 2 transfers, 4 entries, 3 accounts");
    let db = app.app().db().read();
    for sql in [
        "DROP TRIGGER ledger_entries_update",
        "UPDATE ledger_entries SET amount = 399 WHERE amount = 400",
    ] {
        db.execute_unprepared(sql).await.unwrap();
    }
    let found = verify(app.data()).expect(1, "the ledger does NOT hold");
    assert!(found.said.contains(&to), "the account is named: {}", found.said);
}

#[tokio::test(flavor = "multi_thread")]
async fn usage_is_imported_from_a_file_and_refused_rows_are_named() {
    let app = TestApp::start(On::Sqlite).await;
    let (partner, _) = cast(&app).await;
    let (clerk, lead) = (Terminal::of(&app, CLERK).await, Terminal::of(&app, LEAD).await);
    let file = app.data().join("usage.csv");
    let name = file.to_str().unwrap();
    let unknown = app.app().new_id();
    let rows = format!(
        "id,account,amount,period,description\n\
         a,{partner},300,2026-11,vCPU\n\
         b,nobody,300,2026-11,vCPU\n\
         c,{partner},0.5,2026-11,vCPU\n\
         d,{unknown},1,2026-11,vCPU\n\
         e,{partner},1250,2026-11,\"Traffic, out\"\n"
    );
    std::fs::write(&file, rows).unwrap();
    let import = ["usage", "import", name, "--currency", "VND"];
    clerk.run(&import).expect(1, "403");
    let done = lead.run(&import).expect(1, "2 new, 0 repeated, 3 refused");
    for line in ["line 3: b:", "line 4: c:", "line 5: d: There is no such account."] {
        assert!(done.errors.contains(line), "no {line} in {}", done.errors);
    }
    let again = lead.run(&[&import[..], &["--json"]].concat());
    let told = again.json();
    assert_eq!((&told["new"], &told["repeated"]), (&0.into(), &2.into()));
    assert_eq!(told["refused"][2]["line"], 5);
    lead.run(&["usage", "import", name, "--currency", "USD"])
        .expect(1, "/currency");
    let good = format!("id,account,amount,period,description\na,{partner},300,2026-11,vCPU\n");
    std::fs::write(&file, good).unwrap();
    lead.run(&import).expect(0, "0 new, 1 repeated, 0 refused");

    let rows = lead.run(&["credit", "balance", &partner.to_string()]);
    rows.expect(0, "Unpaid     VND 1,550");
}
