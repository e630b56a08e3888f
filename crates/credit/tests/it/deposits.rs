//! Staff record payments.

use credit::service::{Row, import};
use ledger::store::history::{Range, entries};
use platform::actor::Caller;

use super::{CLERK, LEAD, PARTNER, ask, balance, cast, fund, root, staff, vnd};

testkit::on_both_databases! {
    async fn above_the_limit_a_second_person_confirms_and_nobody_confirms_their_own(app: TestApp) {
        let cast = cast(&app).await;
        let clerk = staff(&app, CLERK).await;
        let path = format!("/staff/credit/accounts/{}", cast.partner);
        let fields = [("amount", "5000000"), ("reference", "FT-26/11"), ("note", "Statement 118")];
        let page = clerk.post(&format!("{path}/deposit"), &fields).await;
        page.expect("Record this deposit?").expect("a second person has to confirm");
        let confirmed = [("step", "confirmed")];
        clerk.submit(&page, "deposit", &confirmed).await.expect("waits for a second person");
        assert_eq!(balance(&app, cast.partner).await, 0);
        // The button pressed twice is the same payment; typed again it is refused.
        clerk.submit(&page, "deposit", &confirmed).await.expect("waits for a second person");
        let asked = clerk.post(&format!("{path}/deposit"), &[("amount", "5000000"), ("reference", "ft 2611")]).await;
        asked.expect_status(422).expect("recorded for this account already");
        let again = clerk.post(&format!("{path}/deposit"), &[("amount", "5000000"), ("reference", "ft 2611"), ("step", "confirmed")]).await;
        again.expect_status(422).expect("recorded for this account already");

        let lead = staff(&app, LEAD).await;
        lead.get("/staff/credit").await.expect("One deposit awaits a second person");
        let list = lead.get("/staff/credit/deposits").await;
        let deposit = list.links("tbody th a").into_iter().next().unwrap();
        clerk.get(&deposit).await.expect("Statement 118");
        clerk.post(&format!("{deposit}/confirm"), &[]).await.expect_status(403);
        lead.post(&format!("{deposit}/reject"), &[("reason", " ")]).await.expect_status(422).expect("Say why");
        lead.post(&format!("{deposit}/confirm"), &[]).await.expect("confirmed and in the balance");
        assert_eq!(balance(&app, cast.partner).await, 5_000_000);
        lead.post(&format!("{deposit}/confirm"), &[]).await.expect_status(409).expect("settled already");
        assert_eq!(balance(&app, cast.partner).await, 5_000_000);
        root(&app).await.get("/credit").await.expect("FT-26/11").expect("VND 5,000,000");
    }

    async fn a_lead_is_no_second_person_for_what_the_lead_recorded(app: TestApp) {
        let cast = cast(&app).await;
        let lead = staff(&app, LEAD).await;
        let path = format!("/staff/credit/accounts/{}/deposit", cast.partner);
        let page = lead.post(&path, &[("amount", "7"), ("reference", "FT 7")]).await;
        lead.submit(&page, "deposit", &[("step", "confirmed")]).await.expect("waits for a second person");
        let list = lead.get("/staff/credit/deposits").await;
        let deposit = list.links("tbody th a").into_iter().next().unwrap();
        lead.get(&deposit).await.expect("Somebody else has to decide on it: a lead other than you");
        let clerk = staff(&app, CLERK).await;
        clerk.get(&deposit).await.expect(&format!("A lead other than Staff {LEAD}"));
        lead.post(&format!("{deposit}/confirm"), &[]).await.expect_status(409);
        assert_eq!(balance(&app, cast.partner).await, 0);
    }

    async fn a_form_sent_again_after_somebody_decided_says_that_nothing_was_recorded(app: TestApp) {
        let cast = cast(&app).await;
        let (clerk, lead) = (staff(&app, CLERK).await, staff(&app, LEAD).await);
        let path = format!("/staff/credit/accounts/{}/deposit", cast.partner);
        let form = clerk.post(&path, &[("amount", "5000000"), ("reference", "FT 8")]).await;
        clerk.submit(&form, "deposit", &[("step", "confirmed")]).await.expect("waits for a second person");
        let list = lead.get("/staff/credit/deposits").await;
        let deposit = list.links("tbody th a").into_iter().next().unwrap();
        lead.post(&format!("{deposit}/reject"), &[("reason", "Not on the statement.")]).await.expect_status(200);
        let again = clerk.submit(&form, "deposit", &[("step", "confirmed")]).await;
        again.expect("Nothing was recorded.");
        assert_eq!(balance(&app, cast.partner).await, 0);
    }

    async fn a_partners_customer_gets_no_deposit(app: TestApp) {
        let cast = cast(&app).await;
        let clerk = staff(&app, CLERK).await;
        let path = format!("/staff/credit/accounts/{}", cast.customer);
        clerk.get(&path).await.expect("only Sao Mai can top it up");
        let fields = [("amount", "7"), ("reference", "FT 7"), ("step", "confirmed")];
        clerk.post(&format!("{path}/deposit"), &fields).await.expect_status(409).expect("from its partner alone");
    }

    async fn a_movement_is_taken_back_once_and_only_while_the_money_is_there(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 1_000, "FT 1").await;
        let root = root(&app).await;
        let page = ask(&root, cast.customer, "400").await;
        root.submit(&page, "order", &[]).await.expect_status(200);
        let clerk = staff(&app, CLERK).await;
        let account = clerk.get(&format!("/staff/credit/accounts/{}", cast.partner)).await;
        let links = account.links("a[href$='/reverse']");
        let [top_up, deposit] = links.as_slice() else { panic!("{links:?}") };
        let why = [("reason", "The wrong customer.")];
        let lead = staff(&app, LEAD).await;
        for page in [lead.get(deposit).await, lead.post(deposit, &why).await] {
            page.expect_status(409).expect("The money is not there any more").expect("spent some of it");
            assert!(!page.has("main form") && page.has(&format!("a.btn[href$='/{}']", cast.partner)));
        }
        clerk.get(top_up).await.expect("Take this transaction back?").expect("Root of buyer@hoasen.example");
        clerk.post(top_up, &[("reason", "")]).await.expect_status(422);
        clerk.post(top_up, &why).await.expect("is taken back").expect("Taken back");
        assert_eq!((balance(&app, cast.partner).await, balance(&app, cast.customer).await), (1_000, 0));
        clerk.post(top_up, &why).await.expect_status(409);
        clerk.get(top_up).await.expect_status(409).expect("It was taken back before");
        let history = clerk.get(&format!("/staff/credit/accounts/{}", cast.partner)).await;
        history.expect("Takes back TRX-").expect(", from Hoa Sen").expect("The wrong customer.").expect("+VND 400");
        let told = app.mail_to("buyer@hoasen.example").await;
        assert!(told.text.contains("The wrong customer."), "{}", told.text);
        // Above the limit it came in by two, and goes out by one who could have been the second.
        for page in [clerk.get(deposit).await, clerk.post(deposit, &why).await] {
            page.expect_status(409).expect("Only a lead takes this back");
        }
        lead.post(deposit, &why).await.expect("is taken back");
        assert_eq!(balance(&app, cast.partner).await, 0);
        // Its reference is free again.
        fund(&app, cast.partner, 900, "FT 1").await;
        assert_eq!(balance(&app, cast.partner).await, 900);
    }

    async fn nobody_takes_back_what_moved_on_the_own_account(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 1_000, "FT 1").await;
        app.staff(PARTNER, platform::StaffRole::Lead).await;
        let own = staff(&app, PARTNER).await;
        let account = own.get(&format!("/staff/credit/accounts/{}", cast.partner)).await;
        let deposit = account.links("a[href$='/reverse']").remove(0);
        for page in [own.get(&deposit).await, own.post(&deposit, &[("reason", "Mine.")]).await] {
            page.expect_status(409).expect("Somebody else has to do this");
            assert!(!page.has("main form"));
        }
        assert_eq!(balance(&app, cast.partner).await, 1_000);
    }

    async fn an_account_shows_its_newest_deposits_and_leads_to_all(app: TestApp) {
        let cast = cast(&app).await;
        for n in 1..=11 {
            fund(&app, cast.partner, n, &format!("FT {n}")).await;
        }
        let clerk = staff(&app, CLERK).await;
        let path = format!("/staff/credit/accounts/{}", cast.partner);
        let account = clerk.get(&path).await;
        assert_eq!(account.links("a[href^='/staff/credit/deposits/']").len(), 10);
        let all = clerk.get(&account.attribute("a[href$='/deposits']:not([href='/staff/credit/deposits'])", "href").unwrap()).await;
        all.expect_status(200).expect("FT 1 Posted");
        assert_eq!(all.links("a[href^='/staff/credit/deposits/']").len(), 11);
    }

    async fn usage_and_a_reversal_are_refused_before_anybody_writes_why(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 1_000, "FT 1").await;
        let room = &app.installation.rooms.credit;
        let used = Row {
            row: "a".to_owned(),
            account: cast.partner,
            amount: vnd(300),
            period: "2026-11".to_owned(),
            description: "vCPU".to_owned(),
        };
        import(room, Caller::system(), &[used]).await.unwrap();
        let db = app.app().db().read();
        let usage = entries(db, cast.partner.into(), room.currency(), Range::default(), 1).await.unwrap();
        let reverse = format!("/staff/credit/transfers/{}/reverse", usage[0].transfer.id);
        let clerk = staff(&app, CLERK).await;
        clerk.get(&reverse).await.expect_status(409).expect("is usage, which is refunded instead");
        clerk.post(&reverse, &[("reason", "")]).await.expect_status(409);
        let account = clerk.get(&format!("/staff/credit/accounts/{}", cast.partner)).await;
        assert_eq!(account.links("a[href$='/reverse']").len(), 1, "the deposit's");
    }

    async fn a_statement_says_what_a_period_began_and_ended_with(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 1_000, "FT 1").await;
        app.advance(jiff::SignedDuration::from_hours(24 * 40));
        let root = root(&app).await;
        let page = ask(&root, cast.customer, "400").await;
        root.submit(&page, "order", &[]).await.expect_status(200);
        let page = root.get("/credit/statement").await;
        page.expect("Opening balance VND 1,000").expect("Closing balance VND 600").expect("−VND 400");
        let csv = root.get("/credit/statement.csv").await.text();
        assert!(csv.contains("2027-01-02T") && csv.contains("+07:00,TRX-"), "{csv}");
        assert!(csv.contains("1000") && csv.contains("Top-up,to Hoa Sen,-400,600"), "{csv}");
        let csv = root.follow("/credit/statement.csv?from=2026-12-01&to=2026-12-31").await;
        assert_eq!(csv.headers()["content-disposition"], "attachment; filename=\"statement-sao-mai-2026-12.csv\"");
        assert!(csv.bytes().await.unwrap().starts_with("\u{feff}".as_bytes()), "spreadsheets read UTF-8 by it");
        root.get("/credit/statement.xlsx").await.expect_status(200);
        root.get("/credit/statement?from=2026-13-01").await.expect_status(422).expect("Choose a date");
        root.get("/credit/statement?from=2026-02-02&to=2026-02-01").await.expect_status(422);
        let clerk = staff(&app, CLERK).await;
        clerk.get(&format!("/staff/credit/accounts/{}/statement", cast.partner)).await.expect("Closing balance VND 600");
        let theirs = clerk.get(&format!("/staff/credit/accounts/{}/statement.csv", cast.customer)).await.text();
        assert!(theirs.contains("Top-up,from Sao Mai,400,400"), "{theirs}");
    }
}
