//! The same use cases as JSON.

use credit::{
    service::{RefundRefused, Refunding, Row, import, refund},
    store::usage,
};
use jiff::SignedDuration;
use kernel::{AccountId, Words};
use ledger::Key;
use platform::{Denied, StaffRole, actor::Caller, api::Scope, event::row};
use reqwest::{Method, header::HeaderValue};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use testkit::{Answer, On, Program, TestApp};

use super::{CLERK, LEAD, PARTNER, balance, caller, cast, fund, vnd};

const SCOPES: [Scope; 2] = [Scope::CreditRead, Scope::CreditWrite];
const CUSTOMER: &str = "buyer@hoasen.example";
const ALERT: &str = "/api/v1/account/credit/alert";
const TOP_UPS: &str = "/api/v1/credit/top-ups";
const DEPOSITS: &str = "/api/v1/credit/deposits";
const USAGE: &str = "/api/v1/credit/usage";

async fn once(program: &Program, path: &str, key: &str, body: &Value) -> Answer {
    let request = program.request(Method::POST, path);
    Answer::of(request.header("idempotency-key", key).json(body)).await
}

/// Whether it is a problem of that kind, about that place.
#[track_caller]
fn refused(answer: &Answer, status: u16, slug: &str, pointer: &str) {
    answer.expect(status);
    assert_eq!(answer.body["type"], format!("urn:portico:problem:{slug}"));
    assert_eq!(answer.body["errors"][0]["pointer"], pointer, "{:#}", answer.body);
}

#[track_caller]
fn refused_whole(answer: &Answer, status: u16, slug: &str) {
    answer.expect(status);
    assert_eq!(answer.body["type"], format!("urn:portico:problem:{slug}"));
}

fn id(answer: &Answer) -> String {
    answer.body["id"].as_str().unwrap().to_owned()
}

testkit::on_both_databases! {
    async fn a_program_tops_up_once_however_often_and_late_it_asks(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 1_000, "FT 1").await;
        let partner = app.program(PARTNER, &SCOPES).await;
        let body = json!({ "customer_id": cast.customer, "amount": 600, "currency": "VND" });
        let unkeyed = partner.post(TOP_UPS, &body).await;
        unkeyed.expect(400);
        assert_eq!(unkeyed.body["errors"][0]["parameter"], "Idempotency-Key");

        let first = once(&partner, TOP_UPS, "a", &body).await;
        first.expect(201);
        assert_eq!((&first.body["from"]["balance"], &first.body["to"]["balance"]), (&json!(400), &json!(600)));
        assert_eq!(once(&partner, TOP_UPS, "a", &body).await.body, first.body);
        let place = first.headers["location"].to_str().unwrap();
        assert_eq!(partner.get(place).await.body, first.body);
        // The answer is forgotten after a day; the movement never is.
        app.advance(SignedDuration::from_hours(25));
        let late = once(&partner, TOP_UPS, "a", &body).await;
        late.expect(201);
        assert_eq!(late.body, first.body);
        app.advance(SignedDuration::from_hours(25));
        let other = json!({ "customer_id": cast.customer, "amount": 1, "currency": "VND" });
        refused_whole(&once(&partner, TOP_UPS, "a", &other).await, 422, "idempotency-key-reused");
        assert_eq!((balance(&app, cast.partner).await, balance(&app, cast.customer).await), (400, 600));
    }

    async fn a_top_up_that_cannot_be_names_the_field_and_moves_nothing(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 1_000, "FT 1").await;
        let partner = app.program(PARTNER, &SCOPES).await;
        let stranger = app.individual("other@example.vn").await;
        let wrong = |field: &str, value: Value| {
            let mut body = json!({ "customer_id": cast.customer, "amount": 1, "currency": "VND" });
            body[field] = value;
            body
        };
        for (field, value, status, slug) in [
            ("amount", json!(0), 422, "invalid"),
            ("amount", json!(-5), 422, "invalid"),
            ("amount", json!(1_000_000_000_000_000_i64), 422, "invalid"),
            ("amount", json!(1e30), 400, "malformed"),
            ("amount", json!(0.5), 400, "malformed"),
            ("amount", json!(1_001), 409, "credit-overdrawn"),
            ("currency", json!("USD"), 422, "invalid"),
            ("customer_id", json!(stranger), 422, "invalid"),
            ("customer_id", json!(app.app().new_id()), 422, "invalid"),
            ("customer_id", json!(cast.partner), 422, "invalid"),
        ] {
            let answer = once(&partner, TOP_UPS, "a", &wrong(field, value)).await;
            refused(&answer, status, slug, &format!("/{field}"));
        }
        let customer = app.program(CUSTOMER, &SCOPES).await;
        once(&customer, TOP_UPS, "a", &wrong("amount", json!(1))).await.expect(403);
        assert_eq!((balance(&app, cast.partner).await, balance(&app, cast.customer).await), (1_000, 0));
    }

    async fn everybody_sees_what_the_pages_show_and_nothing_else_is_there(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 1_000, "FT 1").await;
        let stranger = app.partner("root@other.example", "Khác", "0301482205").await;
        let [partner, customer, staff] = [
            app.program(PARTNER, &SCOPES).await,
            app.program(CUSTOMER, &SCOPES).await,
            app.program(CLERK, &SCOPES).await,
        ];
        let body = json!({ "customer_id": cast.customer, "amount": 400, "currency": "VND" });
        let transfer = once(&partner, TOP_UPS, "a", &body).await;
        let account = |id: &dyn std::fmt::Display, rest: &str| format!("/api/v1/credit/accounts/{id}{rest}");

        let own = partner.get("/api/v1/account/credit").await;
        assert_eq!(own.body, json!({
            "account_id": cast.partner, "balance": 600, "currency": "VND", "outstanding": 0, "low_balance_below": 0,
        }));
        let theirs = partner.get(&account(&cast.customer, "")).await;
        assert_eq!(theirs.body, json!({ "account_id": cast.customer, "balance": 400, "currency": "VND" }));
        let customers = partner.get("/api/v1/credit/customers").await;
        assert_eq!((&customers.body[0]["name"], &customers.body[0]["balance"]), (&json!("Hoa Sen"), &json!(400)));
        for rest in ["/entries", "/statement", "/usage"] {
            partner.get(&account(&cast.customer, rest)).await.expect(404);
            partner.get(&account(&stranger, rest)).await.expect(404);
            customer.get(&account(&cast.partner, rest)).await.expect(404);
            staff.get(&account(&cast.customer, rest)).await.expect(200);
            staff.get(&account(&app.app().new_id(), rest)).await.expect(404);
        }
        for out_of_sight in [account(&cast.partner, ""), account(&stranger, "")] {
            customer.get(&out_of_sight).await.expect(404);
        }
        let place = format!("/api/v1/credit/transfers/{}", id(&transfer));
        let seen = customer.get(&place).await;
        assert_eq!(seen.body["to"]["balance"], 400);
        assert_eq!(seen.body["from"], json!({ "account_id": cast.partner }), "what the partner has is its own");
        app.program("root@other.example", &SCOPES).await.get(&place).await.expect(404);

        let newest = partner.get(&account(&cast.partner, "/entries?limit=1")).await;
        let entry = &newest.body["items"][0];
        assert_eq!((&entry["kind"], &entry["amount"], &entry["balance"]), (&json!("top_up"), &json!(-400), &json!(600)));
        assert_eq!(entry["other"]["name"], "Hoa Sen");
        let next = newest.body["next"].as_str().unwrap();
        let older = partner.get(&account(&cast.partner, &format!("/entries?limit=1&cursor={next}"))).await;
        assert_eq!((&older.body["items"][0]["details"], &older.body["next"]), (&json!("FT 1"), &Value::Null));
        let entries = customer.get(&account(&cast.customer, "/entries?kind=top_up")).await;
        assert_eq!(entries.body["items"][0]["other"]["name"], "Sao Mai");
        assert_eq!(customer.get(&account(&cast.customer, "/entries?kind=usage")).await.body["items"], json!([]));

        let statement = partner.get(&account(&cast.partner, "/statement?from=2026-11-01&to=2026-11-30")).await;
        let told = [&statement.body["opening"], &statement.body["closing"], &statement.body["count"]];
        assert_eq!(told, [&json!(0), &json!(600), &json!(2)]);
        let totals = json!([{ "kind": "deposit", "amount": 1_000 }, { "kind": "top_up", "amount": -400 }]);
        assert_eq!(statement.body["totals"], totals);
        let turned = partner.get(&account(&cast.partner, "/statement?from=2026-11-02&to=2026-11-01")).await;
        turned.expect(422);
        assert_eq!(turned.body["errors"][0]["parameter"], "to");
        let found = staff.get("/api/v1/credit/accounts?q=sao").await;
        assert_eq!((&found.body["items"][0]["account_id"], &found.body["items"][0]["balance"]), (&json!(cast.partner), &json!(600)));
    }

    async fn an_account_sets_below_which_balance_it_is_told(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 1_000, "FT 1").await;
        let partner = app.program(PARTNER, &SCOPES).await;
        let body = |below: Value, currency: &str| json!({ "low_balance_below": below, "currency": currency });
        for (below, currency, pointer) in [
            (json!(-1), "VND", "/low_balance_below"),
            (json!(1_000_000_000_000_000_i64), "VND", "/low_balance_below"),
            (json!(700), "USD", "/currency"),
        ] {
            refused(&partner.put(ALERT, &body(below, currency)).await, 422, "invalid", pointer);
        }
        let set = partner.put(ALERT, &body(json!(700), "VND")).await;
        set.expect(200);
        assert_eq!((&set.body["low_balance_below"], &set.body["balance"]), (&json!(700), &json!(1_000)));
        assert_eq!(partner.get("/api/v1/account/credit").await.body, set.body);
        let top_up = json!({ "customer_id": cast.customer, "amount": 400, "currency": "VND" });
        once(&partner, TOP_UPS, "a", &top_up).await.expect(201);
        app.run_jobs().await;
        assert!(app.mails().await.iter().any(|mail| mail.subject.contains("running low: VND 600")));
        let default = partner.put(ALERT, &body(Value::Null, "VND")).await;
        assert_eq!(default.body["low_balance_below"], json!(0));

        let reads = app.program(PARTNER, &[Scope::CreditRead]).await;
        reads.put(ALERT, &body(json!(1), "VND")).await.expect(403);
        let clerk = app.program(CLERK, &SCOPES).await;
        clerk.put(ALERT, &body(json!(1), "VND")).await.expect(403);
    }

    async fn a_deposit_is_recorded_once_and_confirmed_by_somebody_else(app: TestApp) {
        let cast = cast(&app).await;
        let (clerk, lead) = (app.program(CLERK, &SCOPES).await, app.program(LEAD, &SCOPES).await);
        let body = |account: Value, reference: &str| {
            json!({ "account_id": account, "amount": 500, "currency": "VND", "reference": reference })
        };
        let own = body(json!(cast.partner), "FT-1");
        let recorded = clerk.post(DEPOSITS, &own).await;
        recorded.expect(201);
        assert_eq!(recorded.body["state"], "awaiting_second");
        refused(&clerk.post(DEPOSITS, &body(json!(cast.partner), "ft 1")).await, 409, "deposit-reference-taken", "/reference");
        refused(&clerk.post(DEPOSITS, &body(json!(cast.partner), " ")).await, 422, "invalid", "/reference");
        refused(&clerk.post(DEPOSITS, &body(json!(app.app().new_id()), "FT 2")).await, 422, "invalid", "/account_id");
        refused_whole(&clerk.post(DEPOSITS, &body(json!(cast.customer), "FT 2")).await, 409, "partners-customer");

        let place = format!("{DEPOSITS}/{}", id(&recorded));
        clerk.post(&format!("{place}/confirm"), &json!({})).await.expect(403);
        let stale = lead.request(Method::POST, &format!("{place}/confirm")).header("if-match", "\"7\"");
        refused_whole(&Answer::of(stale).await, 412, "changed");
        assert_eq!(balance(&app, cast.partner).await, 0);
        let confirmed = lead.post(&format!("{place}/confirm"), &json!({})).await;
        confirmed.expect(200);
        assert_eq!(confirmed.body["state"], "posted");
        refused_whole(&lead.post(&format!("{place}/confirm"), &json!({})).await, 409, "deposit-settled");
        assert_eq!(balance(&app, cast.partner).await, 500);

        let second = lead.post(DEPOSITS, &body(json!(cast.partner), "FT 2")).await;
        let place = format!("{DEPOSITS}/{}", id(&second));
        refused_whole(&lead.post(&format!("{place}/confirm"), &json!({})).await, 403, "second-person-needed");
        app.staff("other@provider.example", StaffRole::Lead).await;
        let other = app.program("other@provider.example", &SCOPES).await;
        refused(&other.post(&format!("{place}/reject"), &json!({ "reason": " " })).await, 422, "invalid", "/reason");
        other.post(&format!("{place}/reject"), &json!({ "reason": "Not on the statement." })).await.expect(200);
        let rejected = clerk.get(&format!("{DEPOSITS}?state=rejected&account={}", cast.partner)).await;
        assert_eq!(rejected.body["items"][0]["reason"], "Not on the statement.");
        assert_eq!(clerk.get(&format!("{DEPOSITS}?state=awaiting_second")).await.body["items"], json!([]));
    }

    async fn a_movement_is_taken_back_once_and_only_whole(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 1_000, "FT 1").await;
        let (partner, clerk) = (app.program(PARTNER, &SCOPES).await, app.program(CLERK, &SCOPES).await);
        let body = json!({ "customer_id": cast.customer, "amount": 400, "currency": "VND" });
        let top_up = once(&partner, TOP_UPS, "a", &body).await;
        let entries = clerk.get(&format!("/api/v1/credit/accounts/{}/entries?kind=deposit", cast.partner)).await;
        let deposit = entries.body["items"][0]["transfer_id"].as_str().unwrap();
        let why = json!({ "reason": "The wrong customer." });
        let reverse = |id: &str| format!("/api/v1/credit/transfers/{id}/reverse");
        let lead = app.program(LEAD, &SCOPES).await;
        refused_whole(&clerk.post(&reverse(deposit), &why).await, 403, "second-person-needed");
        refused_whole(&lead.post(&reverse(deposit), &why).await, 409, "credit-overdrawn");
        partner.post(&reverse(&id(&top_up)), &why).await.expect(403);
        let back = clerk.post(&reverse(&id(&top_up)), &why).await;
        back.expect(201);
        assert_eq!(back.body["reverses"], top_up.body["id"]);
        refused_whole(&clerk.post(&reverse(&id(&top_up)), &why).await, 409, "transfer-taken-back");
        refused_whole(&clerk.post(&reverse(&id(&back)), &why).await, 409, "transfer-irreversible");
        assert_eq!((balance(&app, cast.partner).await, balance(&app, cast.customer).await), (1_000, 0));
        let payment = clerk.get(&format!("{DEPOSITS}?account={}", cast.partner)).await.body["items"][0]["id"].clone();
        let payment = format!("{DEPOSITS}/{}", payment.as_str().unwrap());
        let seen = clerk.get(&payment).await.expect(200).headers["etag"].clone();
        lead.post(&reverse(deposit), &why).await.expect(201);
        assert_eq!(balance(&app, cast.partner).await, 0);
        let again = clerk.request(Method::GET, &payment).header("if-none-match", &seen);
        assert_eq!(Answer::of(again).await.expect(200).body["state"], "reversed");
        let version = |tag: &HeaderValue| tag.to_str().unwrap().split('.').next().unwrap().to_owned();
        assert_ne!(version(&clerk.get(&payment).await.headers["etag"]), version(&seen), "an event of its own");
    }

    async fn each_row_of_usage_is_answered_and_given_back_once(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 1_000, "FT 1").await;
        let (lead, clerk) = (app.program(LEAD, &SCOPES).await, app.program(CLERK, &SCOPES).await);
        let row = |id: &str, amount: i64| json!({
            "id": id, "account_id": cast.partner, "amount": amount, "period": "2026-11", "description": "vCPU",
        });
        let outcomes = |answer: &Answer| -> Vec<String> {
            let rows = answer.body["rows"].as_array().unwrap();
            rows.iter().map(|row| row["outcome"].as_str().unwrap().to_owned()).collect()
        };
        let mut unknown = row("d", 1);
        unknown["account_id"] = json!(app.app().new_id());
        let mut two_lines = row("e", 1);
        two_lines["description"] = json!("a\nb");
        let sent = json!({ "currency": "VND", "rows": [row("a", 300), row("b", 0), row("a", 300), row("c", 900), unknown, two_lines] });
        clerk.post(USAGE, &sent).await.expect(403);
        let done = lead.post(USAGE, &sent).await;
        done.expect(200);
        assert_eq!(outcomes(&done), ["new", "refused", "repeated", "new", "refused", "refused"]);
        let again = lead.post(USAGE, &sent).await;
        assert_eq!((&again.body["new"], &again.body["repeated"], &again.body["refused"]), (&json!(0), &json!(3), &json!(3)));
        let differs = lead.post(USAGE, &json!({ "currency": "VND", "rows": [row("a", 301)] })).await;
        assert!(differs.body["rows"][0]["detail"].as_str().unwrap().contains("other content"), "{}", differs.body);
        refused(&lead.post(USAGE, &json!({ "currency": "VND", "rows": [] })).await, 422, "invalid", "/rows");
        refused(&lead.post(USAGE, &json!({ "currency": "USD", "rows": [row("z", 1)] })).await, 422, "invalid", "/currency");
        assert_eq!(balance(&app, cast.partner).await, 0);

        // Of the second row 700 were paid and 200 are outstanding.
        let rows = clerk.get(&format!("/api/v1/credit/accounts/{}/usage", cast.partner)).await;
        let second = &rows.body["items"][0];
        assert_eq!((&second["row"], &second["charged"], &second["outstanding"]), (&json!("c"), &json!(700), &json!(200)));
        let place = format!("{USAGE}/{}", second["id"].as_str().unwrap());
        let refund = format!("{place}/refund");
        let wanted = |amount: i64| json!({ "amount": amount, "currency": "VND", "reason": "Measured twice." });
        refused(&once(&clerk, &refund, "x", &wanted(901)).await, 409, "refund-too-much", "/amount");
        refused(&once(&clerk, &refund, "x", &wanted(0)).await, 422, "invalid", "/amount");
        // What was never paid comes back to nobody: also that is done once.
        let waived = once(&clerk, &refund, "x", &wanted(50)).await;
        assert_eq!((&waived.body["waived"], &waived.body["credited"]), (&json!(50), &json!(0)));
        app.advance(SignedDuration::from_hours(25));
        assert_eq!(once(&clerk, &refund, "x", &wanted(50)).await.body, waived.body);
        refused_whole(&once(&clerk, &refund, "x", &wanted(60)).await, 422, "idempotency-key-reused");
        let done = once(&clerk, &refund, "y", &wanted(850)).await;
        assert_eq!((&done.body["waived"], &done.body["credited"]), (&json!(150), &json!(700)));
        app.advance(SignedDuration::from_hours(25));
        once(&clerk, &refund, "y", &wanted(850)).await.expect(200);
        let left = clerk.get(&place).await;
        assert_eq!((&left.body["outstanding"], &left.body["refunded"]), (&json!(0), &json!(700)));
        assert_eq!(balance(&app, cast.partner).await, 700);
        assert!(app.mail_to(PARTNER).await.text.contains("Measured twice."));
        // The trail says what was left of the row before and after.
        let events = row::Entity::find().filter(row::Column::Kind.eq("credit.usage_refunded"));
        let events = events.order_by_asc(row::Column::Id).all(app.app().db().read()).await.unwrap();
        let read = |side: &Option<String>| serde_json::from_str::<Value>(side.as_deref().unwrap()).unwrap();
        let sides = events.iter().map(|event| (read(&event.before), read(&event.after)));
        let minor = |side: &Value| (side["outstanding"]["minor"].clone(), side["refunded"]["minor"].clone());
        let left: Vec<_> = sides.map(|(before, after)| (minor(&before), minor(&after), after["reason"].clone())).collect();
        assert_eq!(left, [
            ((json!(200), json!(0)), (json!(150), json!(0)), json!("Measured twice.")),
            ((json!(150), json!(0)), (json!(0), json!(700)), json!("Measured twice.")),
        ]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn up_to_the_limit_a_deposit_needs_one_person() {
    let app = TestApp::start_with(On::Sqlite, |config| {
        config.credit.four_eyes_above = 1_000.try_into().unwrap();
    })
    .await;
    let cast = cast(&app).await;
    let clerk = app.program(CLERK, &SCOPES).await;
    for (amount, state) in [(1_000, "posted"), (1_001, "awaiting_second")] {
        let body = json!({
            "account_id": cast.partner, "amount": amount, "currency": "VND", "reference": format!("FT {amount}"),
        });
        assert_eq!(clerk.post(DEPOSITS, &body).await.body["state"], state);
    }
    assert_eq!(balance(&app, cast.partner).await, 1_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_of_the_staff_moves_credit_of_an_account_of_their_own() {
    let app = TestApp::start(On::Sqlite).await;
    let cast = cast(&app).await;
    let mine = app
        .partner("me@provider.example", "Me and Co", "0301482205")
        .await;
    let mut of_mine = row("a", mine);
    of_mine.amount = vnd(10);
    let room = &app.installation.rooms.credit;
    import(room, Caller::system(), &[of_mine, row("b", cast.partner)])
        .await
        .unwrap();
    app.staff("me@provider.example", StaffRole::Lead).await;
    let me = caller(&app, "me@provider.example").await;
    for (account, allowed) in [(mine, false), (cast.partner, true)] {
        let found = usage::of_account(app.app().db().read(), account, None, 1)
            .await
            .unwrap();
        let wanted = Refunding {
            usage: found[0].id,
            amount: vnd(1),
            reason: Words::parse("For me.").unwrap(),
            key: Key::from(app.app().new_id()),
        };
        let done = refund(room, me.clone(), wanted).await;
        let own = matches!(done, Err(RefundRefused::Denied(Denied::OwnAccount)));
        assert_eq!((done.is_ok(), own), (allowed, !allowed), "{done:?}");
    }
}

fn row(id: &str, account: AccountId) -> Row {
    Row {
        row: id.to_owned(),
        account,
        amount: vnd(20),
        period: "2026-11".to_owned(),
        description: "vCPU".to_owned(),
    }
}
