//! `portico customers`, from a terminal.

use platform::StaffRole;
use testkit::{On, TestApp};

use crate::terminal::Terminal;

const PARTNER: &str = "root@saomai.example";
const OTHER: &str = "root@binhminh.example";
const LEAD: &str = "lead@provider.example";

#[tokio::test(flavor = "multi_thread")]
async fn customers_are_listed_shown_and_proposed_to_another_partner_from_a_terminal() {
    let app = TestApp::start(On::Sqlite).await;
    let partner = app.partner(PARTNER, "Sao Mai", "0100109106").await;
    let other = app.partner(OTHER, "Bình Minh", "0101248141").await.to_string();
    app.customer(partner, "buyer@hoasen.example", "Hoa Sen").await;
    app.staff(LEAD, StaffRole::Lead).await;
    let (lead, own) = (Terminal::of(&app, LEAD).await, Terminal::of(&app, PARTNER).await);

    let list = ["customers", "list", "--state", "active", "--json"];
    let id = own.run(&list).expect(0, "Hoa Sen").json()[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    own.run(&["customers", "list"]).expect(0, "Hoa Sen");
    own.run(&["customers", "show", &id])
        .expect(0, "buyer@hoasen.example");
    Terminal::of(&app, OTHER)
        .await
        .run(&["customers", "show", &id])
        .expect(1, "404");

    let transfer = ["customers", "transfer", &id, "--to", &other, "--words", "Closing"];
    lead.run(&transfer).expect(1, "--yes");
    let transfer = [&transfer[..], &["--yes"]].concat();
    own.run(&transfer).expect(1, "403");
    lead.run(&transfer).expect(0, "awaiting_customer");
    lead.run(&transfer).expect(1, "409");
    app.run_jobs().await;
    let asked = app.mail_to("buyer@hoasen.example").await;
    assert!(asked.text.contains("Closing"), "{}", asked.text);
}
