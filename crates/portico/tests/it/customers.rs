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

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_customers_is_invited_from_a_terminal_once() {
    let app = TestApp::start(On::Sqlite).await;
    app.partner(PARTNER, "Sao Mai", "0100109106").await;
    let own = Terminal::of(&app, PARTNER).await;
    let path = app.data().join("customers.csv");
    std::fs::write(
        &path,
        "name,email,role\nHoa Sen,lien@hoasen.example,\nAn,an@anphat.example,reseller\nX,none,\n",
    )
    .unwrap();
    let import = ["customers", "import", path.to_str().unwrap()];
    app.run_jobs().await;
    let before = app.mails().await.len();
    own.run(&import).expect(1, "--yes");
    app.run_jobs().await;
    assert_eq!(app.mails().await.len(), before, "nobody before the yes");
    let sure = [&import[..], &["--yes", "--language", "vi"]].concat();
    own.run(&sure)
        .expect(1, "2 invited, 1 left out")
        .expect(1, "of the form name@example.com");
    own.run(&sure).expect(1, "0 invited, 3 left out");
    app.run_jobs().await;
    assert_eq!(app.mails().await.len(), before + 2);
    assert!(
        app.mail_to("an@anphat.example")
            .await
            .subject
            .starts_with("Sao Mai mời bạn")
    );
    std::fs::write(&path, "name\nHoa Sen\n").unwrap();
    own.run(&sure).expect(1, "no column Email");
}
