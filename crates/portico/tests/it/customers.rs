//! `portico customers`, from a terminal.

use jiff::SignedDuration;
use platform::StaffRole;
use testkit::{On, PASSWORD, TestApp};

use crate::terminal::{Ran, Terminal};

const PARTNER: &str = "root@saomai.example";
const OTHER: &str = "root@binhminh.example";
const LEAD: &str = "lead@provider.example";

/// The id of what a command wrote as JSON.
#[track_caller]
fn id_of(ran: Ran) -> String {
    ran.expect(0, "\"id\"").json()["id"].as_str().unwrap().to_owned()
}

/// The id of the partner's active relation with a customer.
fn active(own: &Terminal<'_>, email: &str) -> String {
    let found = own.run(&["customers", "list", "--state", "active", "--q", email, "--json"]);
    found.expect(0, email).json()[0]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// The root user of a customer agrees to another partner, by the emailed link.
async fn agree(app: &TestApp, email: &str) {
    app.run_jobs().await;
    let link = app.mail_to(email).await.link("/transfer?token=");
    let link = link.replace(&app.url(""), "");
    let browser = app.browser();
    browser.sign_in(email, PASSWORD, &link).await.expect_status(200);
    let page = browser.get(&link).await;
    let agreed = browser.submit(&page, "token", &[]).await;
    agreed.expect("You have agreed");
}

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

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_invites_one_renames_it_and_takes_the_invitation_back_from_a_terminal() {
    let app = TestApp::start(On::Sqlite).await;
    app.partner(PARTNER, "Sao Mai", "0100109106").await;
    app.partner(OTHER, "Bình Minh", "0101248141").await;
    let own = Terminal::of(&app, PARTNER).await;
    let invite = ["customers", "invite", "lien@hoasen.example", "Hoa Sen"];
    let options = ["--role", "reseller", "--language", "vi", "--json"];
    let id = id_of(own.run(&[&invite[..], &options].concat()));
    let invited = || async {
        app.run_jobs().await;
        app.mail_to("lien@hoasen.example").await
    };
    let first = invited().await;
    assert!(first.subject.starts_with("Sao Mai mời bạn"), "{}", first.subject);
    own.run(&invite).expect(1, "409");

    own.run(&["customers", "resend", &id]).expect(1, "409");
    app.advance(SignedDuration::from_mins(30));
    own.run(&["customers", "resend", &id])
        .expect(0, "awaiting_customer");
    let link = "/invitation?token=";
    assert_ne!(invited().await.link(link), first.link(link));

    own.run(&["customers", "rename", &id, "Sen Hồng"])
        .expect(0, "Name       Sen Hồng\n")
        .expect(0, "Role       reseller\n");
    own.run(&["customers", "rename", &id, "Sen Hồng", "--role", "shop"])
        .expect(0, "Role       shop\n");

    let withdraw = ["customers", "withdraw", &id];
    own.run(&withdraw).expect(1, "--yes");
    let withdraw = [&withdraw[..], &["--yes"]].concat();
    let other = Terminal::of(&app, OTHER).await;
    other.run(&withdraw).expect(1, "404");
    other.run(&["customers", "rename", &id, "Ours"]).expect(1, "404");
    own.run(&withdraw).expect(0, "State      withdrawn\n");
    own.run(&withdraw).expect(1, "409");
    own.run(&invite).expect(1, "went out a moment ago");
    app.advance(SignedDuration::from_mins(10));
    own.run(&invite).expect(0, "Role       partner\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_orders_its_customers_and_ends_a_relation_from_a_terminal() {
    let app = TestApp::start(On::Sqlite).await;
    let partner = app.partner(PARTNER, "Sao Mai", "0100109106").await;
    for (email, name) in [("a@an.example", "An"), ("b@ban.example", "Ban Mai")] {
        app.customer(partner, email, name).await;
        app.advance(SignedDuration::from_mins(1));
    }
    let own = Terminal::of(&app, PARTNER).await;
    let names = |arguments: &[&str]| -> Vec<String> {
        let list = [&["customers", "list", "--json"], arguments].concat();
        let found = own.run(&list).expect(0, "An").json();
        let names = found.as_array().unwrap().iter();
        names
            .map(|one| one["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(&[]), ["Ban Mai", "An"]);
    assert_eq!(names(&["--order", "name"]), ["An", "Ban Mai"]);
    own.run(&["customers", "list", "--order", "due"])
        .expect(1, "state=awaiting_approval");

    let id = active(&own, "a@an.example");
    own.run(&["customers", "end", &id]).expect(1, "--yes");
    let end = ["customers", "end", &id, "--yes"];
    own.run(&end).expect(0, "State      ended\n");
    own.run(&end).expect(1, "409");
    own.run(&["customers", "list", "--state", "active"])
        .expect(0, "Ban Mai");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_is_taken_back_by_staff_and_answered_by_the_receiving_partner_from_a_terminal() {
    let app = TestApp::start(On::Sqlite).await;
    let partner = app.partner(PARTNER, "Sao Mai", "0100109106").await;
    let to = app.partner(OTHER, "Bình Minh", "0101248141").await.to_string();
    for email in ["a@an.example", "b@ban.example"] {
        app.customer(partner, email, email).await;
    }
    app.staff(LEAD, StaffRole::Lead).await;
    let (lead, own) = (Terminal::of(&app, LEAD).await, Terminal::of(&app, PARTNER).await);
    let other = Terminal::of(&app, OTHER).await;
    let propose = |email: &str| {
        let customer = active(&own, email);
        let transfer = ["customers", "transfer", &customer, "--to", &to];
        id_of(lead.run(&[&transfer[..], &["--words", "Closing", "--yes", "--json"]].concat()))
    };
    let run =
        |who: &Terminal<'_>, arguments: &[&str]| who.run(&[&["customers", "transfers"], arguments].concat());

    let first = propose("a@an.example");
    run(&lead, &["list", "--state", "awaiting_customer"]).expect(0, &first);
    run(&other, &["show", &first]).expect(1, "404");
    run(&lead, &["withdraw", &first]).expect(1, "--yes");
    run(&own, &["withdraw", &first, "--yes"]).expect(1, "404");
    run(&lead, &["withdraw", &first, "--yes"]).expect(0, "State      withdrawn\n");
    run(&lead, &["withdraw", &first, "--yes"]).expect(1, "409");

    app.advance(SignedDuration::from_mins(1));
    let second = propose("a@an.example");
    agree(&app, "a@an.example").await;
    let third = propose("b@ban.example");
    agree(&app, "b@ban.example").await;
    run(&other, &["list", "--state", "awaiting_partner"])
        .expect(0, &second)
        .expect(0, &third);
    run(&own, &["accept", &second, "Back", "--yes"]).expect(1, "404");
    run(&other, &["accept", &second, "An Phát"]).expect(1, "--yes");
    run(&other, &["accept", &second, "An Phát", "--role", "shop", "--yes"])
        .expect(0, "Role       shop\n")
        .expect(0, "State      active\n");
    run(&other, &["accept", &second, "Again", "--yes"]).expect(1, "409");
    run(&other, &["decline", &third, "--yes"])
        .expect(0, "State      declined\n")
        .expect(0, "By         partner\n");
    run(&lead, &["list"]).expect(0, "done").expect(0, "declined");
    own.run(&["customers", "list", "--state", "active"])
        .expect(0, "b@ban.example");
}
