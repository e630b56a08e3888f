//! Whoever can write the database changes the ledger: `verify` names the place.

use futures::future::join_all;
use kernel::{AccountId, Currency, Money};
use ledger::{
    Account, Anyone, Instruction, Key, Movement, Order, Poster, Receipt, Settings,
    verify::{self, Fault, Findings},
};
use platform::{actor::Caller, work::Behalf};
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};
use testkit::{TestApp, on_both_databases};
use uuid::Uuid;

fn vnd(minor: i64) -> Money {
    Money::new(minor, Currency::VND)
}

async fn post(poster: &Poster<Anyone>, movement: Movement, key: &str) -> Receipt {
    let order = Order {
        instruction: Instruction {
            movement,
            key: Key::parse(key).unwrap(),
            reference: String::new(),
        },
        condition: (),
        behalf: Behalf::of(Caller::system()),
        then: Box::new(|_, ()| Ok(Vec::new())),
    };
    poster.post(order).await.unwrap().into_receipt()
}

/// A ledger in which everything has happened, and what the tests take hold of.
struct Moved {
    partner: AccountId,
    customer: AccountId,
    /// Of the first top-up: the partner's entry 2, the customer's entry 1 or later.
    top_up: Receipt,
}

/// A deposit, ten top-ups at once, usage of one, and one taken back: 13 transfers between 4 accounts.
async fn moved(app: &TestApp) -> Moved {
    let poster = Poster::start(app.app().clone(), Anyone, Settings::default());
    let (partner, customer) = (app.app().new_id().into(), app.app().new_id().into());
    post(&poster, Movement::deposit(partner, vnd(1000)).unwrap(), "deposit").await;
    let top_ups = (0..10).map(|n| {
        let poster = poster.clone();
        async move {
            let movement = Movement::top_up(partner, customer, vnd(10)).unwrap();
            post(&poster, movement, &format!("top-up {n}")).await
        }
    });
    let top_ups = join_all(top_ups).await;
    post(&poster, Movement::usage(customer, vnd(15)).unwrap(), "usage").await;
    let undone = Movement::reversal(&top_ups[9].transfer).unwrap();
    post(&poster, undone, "undo").await;
    let top_up = top_ups.into_iter().next().unwrap();
    Moved {
        partner,
        customer,
        top_up,
    }
}

/// What keeps honest mistakes out would keep the tampering out.
async fn unlock(app: &TestApp) {
    let db = app.app().db().read();
    let sql: &[&str] = match db.get_database_backend() {
        DbBackend::Postgres => &[
            "ALTER TABLE ledger_transfers DISABLE TRIGGER USER",
            "ALTER TABLE ledger_entries DISABLE TRIGGER USER",
            "ALTER TABLE ledger_accounts DISABLE TRIGGER USER",
        ],
        _ => &[
            "DROP TRIGGER ledger_transfers_update",
            "DROP TRIGGER ledger_transfers_delete",
            "DROP TRIGGER ledger_entries_update",
            "DROP TRIGGER ledger_entries_delete",
            "DROP TRIGGER ledger_accounts_delete",
        ],
    };
    for sql in sql {
        db.execute_unprepared(sql).await.unwrap();
    }
}

/// Changes one row, or says that it did not.
async fn tamper(app: &TestApp, sql: &str, values: Vec<Value>) {
    let db = app.app().db().read();
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let changed = db.execute_raw(statement).await.unwrap().rows_affected();
    assert_eq!(changed, 1, "{sql}");
}

async fn verified(app: &TestApp) -> Findings {
    verify::run(app.app().db()).await.unwrap()
}

/// The names of what is found, in the order of the walk.
async fn found(app: &TestApp) -> Vec<String> {
    let findings = verified(app).await;
    assert_eq!(findings.found, findings.faults.len() as u64);
    let name = |fault: &Fault| format!("{fault:?}").split_whitespace().next().unwrap().to_owned();
    findings.faults.iter().map(name).collect()
}

fn id(account: impl Into<Account>) -> Value {
    account.into().id().into()
}

on_both_databases! {
    async fn what_moved_by_the_rules_holds(app: TestApp) {
        let empty = verified(&app).await;
        assert_eq!((empty.holds(), empty.accounts, empty.entries, empty.transfers), (true, 0, 0, 0));
        moved(&app).await;
        let findings = verified(&app).await;
        assert!(findings.holds(), "{:?}", findings.faults);
        assert_eq!((findings.accounts, findings.entries, findings.transfers), (4, 26, 13));
    }

    async fn more_than_a_page_of_entries_is_walked_whole(app: TestApp) {
        let poster = Poster::start(app.app().clone(), Anyone, Settings::default());
        let partner: AccountId = app.app().new_id().into();
        let deposits = (0..1001).map(|n| {
            let poster = poster.clone();
            async move { post(&poster, Movement::deposit(partner, vnd(1)).unwrap(), &n.to_string()).await }
        });
        join_all(deposits).await;
        let findings = verified(&app).await;
        assert!(findings.holds(), "{:?}", findings.faults);
        assert_eq!((findings.entries, findings.transfers), (2002, 1001));
        unlock(&app).await;
        let sql = "DELETE FROM ledger_entries WHERE account_id = $1 AND number = 1001";
        tamper(&app, sql, vec![id(partner)]).await;
        assert_eq!(found(&app).await, ["Miscounted", "Elsewhere", "NoEntry"]);
    }

    async fn a_changed_balance_is_found(app: TestApp) {
        let moved = moved(&app).await;
        let sql = "UPDATE ledger_accounts SET balance = balance + 1 WHERE id = $1";
        tamper(&app, sql, vec![id(moved.customer)]).await;
        assert_eq!(found(&app).await, ["Elsewhere", "Unbalanced"]);
    }

    async fn a_changed_count_is_found(app: TestApp) {
        let moved = moved(&app).await;
        let sql = "UPDATE ledger_accounts SET entries = entries + 1 WHERE id = $1";
        tamper(&app, sql, vec![id(moved.customer)]).await;
        assert_eq!(found(&app).await, ["Miscounted"]);
    }

    async fn a_removed_account_is_found(app: TestApp) {
        let moved = moved(&app).await;
        unlock(&app).await;
        tamper(&app, "DELETE FROM ledger_accounts WHERE id = $1", vec![id(moved.customer)]).await;
        assert_eq!(found(&app).await, ["Unbalanced", "NoAccount"]);
    }

    async fn a_changed_entry_is_found(app: TestApp) {
        let moved = moved(&app).await;
        unlock(&app).await;
        let sql = "UPDATE ledger_entries SET amount = amount - 1 WHERE account_id = $1 AND number = 2";
        tamper(&app, sql, vec![id(moved.partner)]).await;
        assert_eq!(found(&app).await, ["DoesNotFollow", "Contradicts"]);
    }

    async fn a_removed_entry_is_found(app: TestApp) {
        let moved = moved(&app).await;
        unlock(&app).await;
        let sql = "DELETE FROM ledger_entries WHERE account_id = $1 AND number = 2";
        tamper(&app, sql, vec![id(moved.partner)]).await;
        assert_eq!(found(&app).await, ["Gap", "DoesNotFollow", "NoEntry"]);
    }

    async fn an_entry_moved_in_time_is_found(app: TestApp) {
        let moved = moved(&app).await;
        unlock(&app).await;
        let sql = "UPDATE ledger_entries SET at = at - 1000 WHERE account_id = $1 AND number = 2";
        tamper(&app, sql, vec![id(moved.partner)]).await;
        assert_eq!(found(&app).await, ["BackInTime", "Contradicts"]);
    }

    async fn a_changed_transfer_is_found(app: TestApp) {
        let moved = moved(&app).await;
        unlock(&app).await;
        let transfer = Uuid::from(moved.top_up.transfer.id);
        let sql = "UPDATE ledger_transfers SET amount = amount + 1 WHERE id = $1";
        tamper(&app, sql, vec![transfer.into()]).await;
        assert_eq!(found(&app).await, ["Contradicts", "Contradicts"]);
    }

    async fn a_removed_transfer_is_found(app: TestApp) {
        let moved = moved(&app).await;
        unlock(&app).await;
        let transfer = Uuid::from(moved.top_up.transfer.id);
        tamper(&app, "DELETE FROM ledger_transfers WHERE id = $1", vec![transfer.into()]).await;
        assert_eq!(found(&app).await, ["NoTransfer", "NoTransfer"]);
    }

    async fn an_invented_entry_is_found_where_all_else_was_made_to_fit(app: TestApp) {
        let moved = moved(&app).await;
        let transfer = Uuid::from(moved.top_up.transfer.id);
        let sql = "INSERT INTO ledger_entries (account_id, currency, number, at, transfer_id, amount, balance_after) \
            SELECT id, currency, entries + 1, latest_at, $1, 5, balance + 5 FROM ledger_accounts WHERE id = $2";
        tamper(&app, sql, vec![transfer.into(), id(moved.customer)]).await;
        let sql = "UPDATE ledger_accounts SET balance = balance + 5, entries = entries + 1 WHERE id = $1";
        tamper(&app, sql, vec![id(moved.customer)]).await;
        assert_eq!(found(&app).await, ["Unbalanced", "Contradicts"]);
    }

    async fn a_credit_below_zero_is_found(app: TestApp) {
        let moved = moved(&app).await;
        unlock(&app).await;
        let sql = "UPDATE ledger_entries SET balance_after = -1 WHERE account_id = $1 AND number = 2";
        tamper(&app, sql, vec![id(moved.partner)]).await;
        assert_eq!(found(&app).await, ["DoesNotFollow", "BelowZero", "DoesNotFollow"]);
    }
}
