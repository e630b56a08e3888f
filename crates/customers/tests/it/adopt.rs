//! Accounts of the provider's list that are a partner's.

use std::fmt::Write;

use customers::rules::StateKind;
use jiff::SignedDuration;
use platform::actor::{Caller, Capacity};
use testkit::TestApp;

use crate::people::{SAO_MAI, invite, link_to, relation, sao_mai};

async fn import(app: &TestApp, file: &str) -> u64 {
    let report = accounts::import::run(app.app(), Caller::system(), file.as_bytes(), |_| {});
    let report = report.await.unwrap();
    assert_eq!(report.bad, []);
    report.created
}

testkit::on_both_databases! {
    async fn a_partner_finds_the_customers_that_came_with_the_providers_list(app: TestApp) {
        let (partner, browser) = sao_mai(&app).await;
        invite(&browser, "lien@hoasen.example", "Hoa Sen").await.expect_status(200);
        let link = link_to(&app, "lien@hoasen.example").await;
        let mut file = "email,name,class,legal_name,tax_code,managed_by_email\n".to_owned();
        for n in 1..=110 {
            writeln!(file, "c{n:03}@list.example,Customer {n:03},,,,{SAO_MAI}").unwrap();
        }
        writeln!(file, "lien@hoasen.example,Liên,enterprise,Hoa Sen JSC,0301482205,{SAO_MAI}").unwrap();
        let nobodys = format!("{file}nobodys@list.example,Nobody,,,,\n");
        assert_eq!(import(&app, &nobodys).await, 112);
        for _ in 0..2 {
            app.run_jobs().await;
        }
        let page = browser.get("/customers?state=active&sort=name").await;
        page.expect("Customer 001").expect("Customer 020");
        let lien = relation(&app, partner, "lien@hoasen.example").await;
        assert_eq!((lien.state.kind(), lien.name.as_str()), (StateKind::Active, "Hoa Sen JSC"));
        browser.get(&format!("/customers/{}", lien.id)).await.expect("Came with the provider’s list of accounts");
        app.browser().get(&link).await.expect_status(410).expect("Withdrawn");
        let all = customers::store::active(app.app().db().read(), partner).await.unwrap();
        assert_eq!(all.len(), 111, "each once");
        let now = app.clock.now();
        let sent = customers::store::sent_within_day(app.app().db().read(), partner, now).await.unwrap();
        assert_eq!(sent, 1, "who came with the list was not invited");

        // Who is let go stays gone, and a later list is looked through, too.
        browser.post(&format!("/customers/{}/end", lien.id), &[]).await.expect("The relation is over");
        app.advance(SignedDuration::from_hours(24));
        assert_eq!(import(&app, &format!("email,name,managed_by_email\nlate@list.example,Late,{SAO_MAI}\n")).await, 1);
        app.run_jobs().await;
        let all = customers::store::active(app.app().db().read(), partner).await.unwrap();
        assert_eq!(all.len(), 111);
        assert!(all.iter().any(|one| one.name.as_str() == "Late"));
    }

    async fn whoever_is_no_partner_yet_has_no_customers_until_it_is_one(app: TestApp) {
        let file = "email,name,class,legal_name,tax_code,managed_by_email\n\
            list@hoasen.example,Liên,enterprise,Hoa Sen JSC,0301482205,\nc@list.example,Customer,,,,list@hoasen.example\n";
        assert_eq!(import(&app, file).await, 2);
        app.run_jobs().await;
        app.advance(SignedDuration::from_hours(24));
        app.run_jobs().await;
        let root = accounts::store::find_root(app.app().db().read(), &"list@hoasen.example".parse().unwrap()).await;
        let Capacity::Root { account: partner, .. } = root.unwrap().unwrap().capacity else { panic!("a root user") };
        let active = async || customers::store::active(app.app().db().read(), partner).await.unwrap().len();
        assert_eq!(active().await, 0);
        app.make_partner(partner).await;
        for _ in 0..2 {
            app.run_jobs().await;
        }
        assert_eq!(active().await, 1);
    }

    async fn an_account_that_cannot_be_read_keeps_no_other_waiting(app: TestApp) {
        let (partner, _) = sao_mai(&app).await;
        let file = format!("email,name,class,legal_name,tax_code,managed_by_email\n\
            a@list.example,A,enterprise,A JSC,0301482205,{SAO_MAI}\nb@list.example,B,,,,{SAO_MAI}\n");
        assert_eq!(import(&app, &file).await, 2);
        app.tamper("UPDATE accounts SET country = '?' WHERE legal_name = 'A JSC'").await;
        let active = async || customers::store::active(app.app().db().read(), partner).await.unwrap().len();
        let job = "customers among imported accounts";
        for _ in 0..2 {
            assert!(app.run_job(job).await.is_err(), "somebody hears of it");
            assert_eq!(active().await, 1);
        }
        app.tamper("UPDATE accounts SET country = 'VN' WHERE country = '?'").await;
        app.run_job(job).await.unwrap();
        assert_eq!(active().await, 2);
    }
}
