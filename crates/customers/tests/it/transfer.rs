//! A customer moves to another partner: staff propose it, the customer and the receiving partner agree.

use jiff::SignedDuration;
use kernel::AccountId;
use platform::{StaffRole, api::Scope};
use serde_json::{Value, json};
use testkit::{Browser, On, PASSWORD, TestApp};

use crate::people::{SAO_MAI, blocked, hold, invite, relation, sao_mai, signed_in};

const BINH_MINH: &str = "root@binhminh.example";
const LIEN: &str = "lien@hoasen.example";
const BASE: &str = "/api/v1/customer-transfers";
const LEAD: &str = "lead@staff.example";

/// Everybody who takes part.
struct Cast {
    from: AccountId,
    sao_mai: Browser,
    to: AccountId,
    binh_minh: Browser,
    customer: AccountId,
    lead: Browser,
    /// The page of the relation, for staff.
    case: String,
}

impl Cast {
    async fn of(app: &TestApp) -> Self {
        let (from, sao_mai) = sao_mai(app).await;
        let to = app.partner(BINH_MINH, "Bình Minh", "0101248141").await;
        let customer = app.customer(from, LIEN, "Hoa Sen").await;
        app.staff(LEAD, StaffRole::Lead).await;
        let lead = app.browser();
        lead.sign_in_as_staff(LEAD, PASSWORD, "/staff/customers").await;
        let id = relation(app, from, LIEN).await.id;
        Self {
            binh_minh: signed_in(app, BINH_MINH, "/customers").await,
            case: format!("/staff/customers/{id}"),
            from,
            sao_mai,
            to,
            customer,
            lead,
        }
    }

    /// Staff choose the partner and say why, and confirm it on the page that asks.
    async fn propose(&self) {
        let form = self.lead.get(&format!("{}/transfer?q=minh", self.case)).await;
        form.expect_status(200).expect("Bình Minh");
        let (to, words) = (self.to.to_string(), "Sao Mai gives up its business.");
        let chosen = [("to", to.as_str()), ("words", words)];
        let sure = self.lead.submit(&form, "words", &chosen).await;
        sure.expect_status(200).expect("Ask the customer").expect(words);
        let done = self.lead.submit(&sure, "sure", &[]).await;
        done.expect("The customer was asked")
            .expect("Awaiting the customer");
    }

    /// The root user of the customer agrees by the emailed link.
    async fn agree(&self, app: &TestApp) {
        self.agree_to(app, "Sao Mai gives up its business.").await;
    }

    async fn agree_to(&self, app: &TestApp, words: &str) {
        let link = link(app).await;
        let lien = signed_in(app, LIEN, &link).await;
        let page = lien.get(&link).await;
        page.expect(words);
        lien.submit(&page, "token", &[]).await.expect("You have agreed");
    }

    /// Where the receiving partner answers.
    async fn offer(&self) -> String {
        self.binh_minh
            .get("/customers")
            .await
            .expect("A customer of another partner is offered to you");
        let links = self
            .binh_minh
            .get("/customers/transfers")
            .await
            .links("th a[href^='/customers/transfers/']");
        links[0].clone()
    }

    async fn partner_of_customer(&self, app: &TestApp) -> Option<AccountId> {
        let account = accounts::store::account(app.app().db().read(), self.customer).await;
        account.unwrap().unwrap().managed_by
    }
}

async fn link(app: &TestApp) -> String {
    let link = app.mail_to(LIEN).await.link("/transfer?token=");
    link.replace(&app.url(""), "")
}

testkit::on_both_databases! {
    async fn a_customer_moves_when_it_and_the_receiving_partner_have_agreed(app: TestApp) {
        let cast = Cast::of(&app).await;
        cast.propose().await;
        cast.lead.get(&format!("{}/transfer", cast.case)).await.expect("Awaiting the customer");
        let all = cast.lead.get("/staff/customers/transfers").await;
        all.expect("Awaiting the customer");
        assert_eq!(all.links("th a[href^='/staff/customers/']"), std::slice::from_ref(&cast.case));
        cast.lead.get("/staff/customers/transfers?state=done").await.expect("There are no transfers here");
        // The receiving partner has no right to know before the customer agreed, and the partner so far none at all.
        cast.binh_minh.get("/customers/transfers").await.expect("Nobody is offered to you");
        let lien = signed_in(&app, LIEN, "/partner").await;
        lien.get("/partner").await.expect("Bình Minh as your new partner?").expect("the email to lien@hoasen.example");
        cast.agree(&app).await;
        lien.get("/partner").await.expect("You have agreed. Bình Minh is asked now");
        assert_eq!(cast.partner_of_customer(&app).await, Some(cast.from), "one consent moves nobody");
        cast.sao_mai.get("/customers/transfers").await.expect("Nobody is offered to you");
        assert!(app.mail_to(BINH_MINH).await.subject.contains("would like to become your customer"));

        let offer = cast.offer().await;
        cast.sao_mai.get(&offer).await.expect_status(404);
        cast.sao_mai.post(&format!("{offer}/accept"), &[("name", "Back")]).await.expect_status(404);
        let page = cast.binh_minh.get(&offer).await;
        cast.binh_minh.submit(&page, "name", &[("name", " ")]).await.expect_status(422);
        let own = cast.binh_minh.submit(&page, "name", &[("name", "Hoa Sen Retail"), ("role", "shop")]).await;
        own.expect("The customer is yours now").expect("Hoa Sen Retail").expect("Came from another partner");
        assert_eq!(cast.partner_of_customer(&app).await, Some(cast.to));
        assert_eq!(relation(&app, cast.from, LIEN).await.state.kind().as_str(), "ended");

        let left = cast.sao_mai.get(&cast.case.replace("/staff", "")).await;
        left.expect("The customer went to another partner");
        assert!(!left.says("Bình Minh"), "whereto is not its to know");
        assert!(app.mail_to(SAO_MAI).await.text.contains("gone to another partner"));
        assert!(app.mail_to(LIEN).await.subject.contains("is now your partner"));
        assert!(app.mail_to(LEAD).await.text.contains("Both have agreed"));
        cast.lead.get(&cast.case).await.expect("Transferred");
        cast.binh_minh.post(&format!("{offer}/accept"), &[("name", "again")]).await.expect("Nothing was changed");
    }

    async fn without_either_consent_the_customer_stays_and_is_told(app: TestApp) {
        let cast = Cast::of(&app).await;
        cast.propose().await;
        // Whoever holds the link may decline; nobody but the root user of the account agrees.
        let address = link(&app).await;
        let token = address.rsplit('=').next().unwrap().to_owned();
        cast.sao_mai.post("/transfer/agree", &[("token", &token)]).await.expect_status(409);
        app.browser().post("/transfer/decline", &[("token", &token)]).await.expect("Declined");
        app.browser().get(&address).await.expect_status(410);
        assert!(app.mail_to(LEAD).await.text.contains("has declined"));

        app.advance(SignedDuration::from_mins(1));
        cast.propose().await;
        cast.agree(&app).await;
        let offer = cast.offer().await;
        cast.binh_minh.get(&format!("{offer}/decline")).await.expect("Decline");
        cast.binh_minh.post(&format!("{offer}/decline"), &[]).await.expect("Declined");
        assert!(app.mail_to(LIEN).await.subject.contains("Sao Mai stays your partner"));
        assert_eq!(cast.partner_of_customer(&app).await, Some(cast.from));
    }

    async fn a_proposal_is_taken_back_expires_or_lapses_with_the_relation(app: TestApp) {
        let cast = Cast::of(&app).await;
        cast.propose().await;
        let withdraw = cast.lead.get(&cast.case).await.links("a[href$='/withdraw']")[0].clone();
        cast.lead.get(&withdraw).await.expect("Take back the proposal");
        cast.lead.post(&withdraw, &[]).await.expect("The proposal was taken back");
        app.browser().get(&link(&app).await).await.expect_status(410).expect("Taken back");

        app.advance(SignedDuration::from_mins(1));
        cast.propose().await;
        app.advance(SignedDuration::from_hours(15 * 24));
        app.run_jobs().await;
        assert!(app.mail_to(LEAD).await.text.contains("did not answer in time"));

        let sao_mai = signed_in(&app, SAO_MAI, "/customers").await;
        let lead = app.browser();
        lead.sign_in_as_staff(LEAD, PASSWORD, "/staff/customers").await;
        let cast = Cast { sao_mai, lead, ..cast };
        cast.propose().await;
        let address = link(&app).await;
        let end = format!("{}/end", cast.case.replace("/staff", ""));
        cast.sao_mai.post(&end, &[]).await.expect("The relation is over");
        cast.lead.get(&cast.case).await.expect("No longer possible");
        app.browser().get(&address).await.expect_status(410);
    }

    async fn who_may_not_propose_is_refused(app: TestApp) {
        let cast = Cast::of(&app).await;
        app.staff("reviewer@staff.example", StaffRole::Reviewer).await;
        app.staff(LIEN, StaffRole::Lead).await;
        let form = format!("{}/transfer", cast.case);
        for (who, may) in [("reviewer@staff.example", StaffRole::Reviewer.may(platform::Permission::TransferCustomers)), (LIEN, true)] {
            let browser = app.browser();
            browser.sign_in_as_staff(who, PASSWORD, "/staff/customers").await;
            let to = cast.to.to_string();
            let sent = browser.post(&form, &[("to", &to), ("words", "Mine"), ("sure", "yes")]).await;
            if who == LIEN || !may {
                sent.expect_status(403);
            }
        }
        let own = cast.from.to_string();
        let sent = cast.lead.post(&form, &[("to", &own), ("words", "Why not"), ("sure", "yes")]).await;
        assert_ne!(sent.status, 200, "to the partner that has it");
        let nobody = cast.customer.to_string();
        let sent = cast.lead.post(&form, &[("to", &nobody), ("words", "Why not")]).await;
        sent.expect_status(422).expect("Choose the new partner");
        let unsaid = cast.lead.post(&form, &[("q", "minh"), ("to", ""), ("words", "")]).await;
        unsaid.expect_status(422).expect("Choose the new partner").expect("Say why");
    }

    async fn programs_propose_and_answer(app: TestApp) {
        let cast = Cast::of(&app).await;
        let scopes = [Scope::CustomersRead, Scope::CustomersWrite];
        let lead = app.program(LEAD, &scopes).await;
        let (sao_mai, binh_minh) = (app.program(SAO_MAI, &scopes).await, app.program(BINH_MINH, &scopes).await);
        let customer = relation(&app, cast.from, LIEN).await.id;
        let body = |to: AccountId, words: &str| json!({ "customer_id": customer, "to": to, "words": words });
        for (sent, pointer) in [
            (body(cast.to, " "), "/words"),
            (body(cast.from, "Why"), "/to"),
            (body(cast.customer, "Why"), "/to"),
        ] {
            assert_eq!(lead.post(BASE, &sent).await.expect(422).body["errors"][0]["pointer"], pointer);
        }
        sao_mai.post(BASE, &body(cast.to, "Why")).await.expect(403);
        let made = lead.post(BASE, &body(cast.to, "Why")).await;
        assert_eq!(made.expect(201).body["state"], "awaiting_customer");
        let place = made.headers["location"].to_str().unwrap().to_owned();
        let again = lead.post(BASE, &body(cast.to, "Why")).await;
        assert_eq!(again.expect(409).body["type"], "urn:portico:problem:transfer-open");
        binh_minh.get(&place).await.expect(404);

        cast.agree_to(&app, "Why").await;
        sao_mai.get(&place).await.expect(404);
        let offered = binh_minh.get(&format!("{BASE}?state=awaiting_partner")).await;
        let offered = &offered.expect(200).body["items"][0];
        assert_eq!((&offered["account_id"], &offered["from"]), (&json!(cast.customer), &Value::Null));
        let accept = format!("{place}/accept");
        binh_minh.post(&accept, &json!({ "name": "" })).await.expect(422);
        let own = binh_minh.post(&accept, &json!({ "name": "Hoa Sen" })).await;
        assert_eq!((&own.expect(200).body["state"], &own.body["partner_id"]), (&json!("active"), &json!(cast.to)));
        // The customer only agreed to be asked about: that it is theirs now is the receiving partner's doing.
        let id = own.body["id"].as_str().unwrap();
        for reader in [&binh_minh, &lead] {
            let events = reader.get(&format!("/api/v1/customers/{id}/timeline")).await;
            let by: Vec<_> = events.expect(200).body.as_array().unwrap().iter()
                .map(|event| (event["kind"].as_str().unwrap(), event["by"].as_str().unwrap()))
                .collect();
            assert_eq!(by, [("customer.received", "partner"), ("customer.activated", "partner")]);
        }
        for late in [accept, format!("{place}/decline")] {
            let answer = binh_minh.post(&late, &json!({ "name": "Hoa Sen" })).await;
            assert!(answer.status == 409 || answer.status == 400, "{late}: {}", answer.status);
        }
        lead.post(&format!("{place}/withdraw"), &json!({})).await.expect(409);
        assert_eq!(lead.get(&place).await.expect(200).body["next_customer_id"], own.body["id"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_at_the_moment_of_an_acceptance_gives_way() {
    let app = TestApp::start_with(On::Postgres, |config| config.database.connections = 8).await;
    let cast = Cast::of(&app).await;
    cast.propose().await;
    cast.agree(&app).await;
    let offer = cast.binh_minh.get(&cast.offer().await).await;
    let held = hold(&app).await;
    let (invited, accepted, ()) = tokio::join!(
        invite(&cast.binh_minh, LIEN, "Liên"),
        async {
            blocked(&app, 1).await;
            let fields = [("name", "Hoa Sen Retail")];
            cast.binh_minh.submit(&offer, "name", &fields).await
        },
        async {
            blocked(&app, 2).await;
            held.commit().await.unwrap();
        },
    );
    invited.expect_status(200);
    accepted.expect("The customer is yours now");
    assert_eq!(cast.partner_of_customer(&app).await, Some(cast.to));
}
