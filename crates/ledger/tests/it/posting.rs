use std::{convert::Infallible, sync::Arc};

use async_trait::async_trait;
use futures::future::join_all;
use kernel::{AccountId, Currency, Money};
use ledger::{
    Account, Anyone, Guard, Instruction, Key, Ledger, Movement, Order, Outcome, PostError, Poster, Refusal,
    Settings, Wanted,
    poster::Then,
    store::{balance_of, credit_of},
};
use platform::{
    Event, Subject, Work,
    actor::Caller,
    db::Tx,
    event::{self, Kind},
    work::{Behalf, Record},
};
use sea_orm::{ConnectionTrait, DbErr, Statement};
use serde::Serialize;
use testkit::{TestApp, on_both_databases};
use uuid::Uuid;

fn vnd(minor: i64) -> Money {
    Money::new(minor, Currency::VND)
}

fn instruction(movement: Movement, key: &str) -> Instruction {
    Instruction {
        movement,
        key: Key::parse(key).unwrap(),
        reference: "a payment".to_owned(),
    }
}

fn order<C>(instruction: Instruction, condition: C) -> Order<C> {
    Order {
        instruction,
        condition,
        behalf: Behalf::of(Caller::system()),
        then: nothing(),
    }
}

fn nothing() -> Then<()> {
    Box::new(|_, ()| Ok(Vec::new()))
}

fn poster(app: &TestApp) -> Poster<Anyone> {
    Poster::start(app.app().clone(), Anyone, Settings::default())
}

fn account(app: &TestApp) -> AccountId {
    app.app().new_id().into()
}

async fn deposit(poster: &Poster<Anyone>, to: AccountId, amount: i64) {
    let key = to.to_string();
    let deposit = instruction(Movement::deposit(to, vnd(amount)).unwrap(), &key);
    poster.post(order(deposit, ())).await.unwrap();
}

async fn credit(app: &TestApp, account: AccountId) -> i64 {
    let db = app.app().db().read();
    credit_of(db, account, Currency::VND).await.unwrap().minor()
}

/// Refuses what it is told to refuse.
struct Strict;

#[async_trait]
impl Guard for Strict {
    type Condition = bool;
    type Leave = ();
    type Refusal = &'static str;

    async fn admit(&self, _: &Tx, conditions: &[&bool]) -> Result<Vec<Result<(), &'static str>>, DbErr> {
        Ok(conditions
            .iter()
            .map(|fine| fine.then_some(()).ok_or("not yours"))
            .collect())
    }
}

/// Of a kind that is in the catalogue of events.
#[derive(Serialize)]
struct Told;

impl Event for Told {
    const KINDS: &'static [Kind] = &[];

    fn kind(&self) -> &'static str {
        "message.resent"
    }
}

on_both_databases! {
    async fn many_at_once_move_what_each_alone_would(app: TestApp) {
        let poster = poster(&app);
        let (partner, customers) = (account(&app), [account(&app), account(&app)]);
        deposit(&poster, partner, 150).await;
        let posts = (0..200).map(|n| {
            let movement = Movement::top_up(partner, customers[n % 2], vnd(1)).unwrap();
            poster.post(order(instruction(movement, &format!("top-up {n}")), ()))
        });
        let outcomes = join_all(posts).await;
        let posted = outcomes.iter().filter(|outcome| matches!(outcome, Ok(Outcome::Posted(_)))).count();
        let overdrawn = outcomes.iter().filter(|outcome| {
            matches!(outcome, Err(PostError::Refused(Refusal::Overdrawn { balance })) if balance.minor() == 0)
        });
        assert_eq!((posted, overdrawn.count()), (150, 50));
        assert_eq!(credit(&app, partner).await, 0);
        assert_eq!(credit(&app, customers[0]).await + credit(&app, customers[1]).await, 150);
        let db = app.app().db().read();
        assert_eq!(balance_of(db, partner.into(), Currency::VND).await.unwrap(), (vnd(0), 151));
        assert_eq!(balance_of(db, Account::Deposits, Currency::VND).await.unwrap(), (vnd(-150), 1));
    }

    async fn the_same_order_at_once_and_again_is_one_transfer(app: TestApp) {
        // Two posters stand for two processes.
        let posters = [poster(&app), poster(&app)];
        let (partner, customer) = (account(&app), account(&app));
        deposit(&posters[0], partner, 100).await;
        let movement = Movement::top_up(partner, customer, vnd(60)).unwrap();
        let posts = (0..20).map(|n| posters[n % 2].post(order(instruction(movement, "once"), ())));
        let outcomes: Vec<Outcome> = join_all(posts).await.into_iter().map(Result::unwrap).collect();
        let posted = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Posted(_))).count();
        assert_eq!(posted, 1);
        assert!(outcomes.iter().all(|outcome| outcome.receipt() == outcomes[0].receipt()));
        assert_eq!(credit(&app, partner).await, 40);

        let other = Movement::top_up(partner, customer, vnd(1)).unwrap();
        let refused = posters[1].post(order(instruction(other, "once"), ())).await.unwrap_err();
        assert!(matches!(refused, PostError::Refused(Refusal::KeyReused { .. })), "{refused}");
    }

    async fn what_the_guard_refuses_fails_alone_and_a_repetition_is_not_asked_for_leave(app: TestApp) {
        let poster = Poster::start(app.app().clone(), Strict, Settings::default());
        let to = account(&app);
        let deposits = (0..6).map(|n| {
            let movement = Movement::deposit(to, vnd(10)).unwrap();
            poster.post(order(instruction(movement, &n.to_string()), n % 3 != 0))
        });
        let outcomes = join_all(deposits).await;
        for (n, outcome) in outcomes.iter().enumerate() {
            let refused = matches!(outcome, Err(PostError::NotAdmitted("not yours")));
            assert_eq!(refused, n % 3 == 0, "{n}");
        }
        assert_eq!(credit(&app, to).await, 40);
        let again = instruction(Movement::deposit(to, vnd(10)).unwrap(), "1");
        let again = poster.post(order(again, false)).await.unwrap();
        assert!(matches!(again, Outcome::Repeated(_)));
    }

    async fn what_is_not_admitted_opens_no_account(app: TestApp) {
        let poster = Poster::start(app.app().clone(), Strict, Settings::default());
        let (ours, strangers) = (account(&app), account(&app));
        let posts = [(ours, true), (strangers, false)].map(|(to, fine)| {
            let movement = Movement::deposit(to, vnd(10)).unwrap();
            poster.post(order(instruction(movement, &to.to_string()), fine))
        });
        let outcomes = join_all(posts).await;
        assert!(outcomes[0].is_ok() && outcomes[1].is_err());
        let opened = Statement::from_string(app.app().db().backend(), "SELECT id FROM ledger_accounts");
        let opened = app.app().db().read().query_all_raw(opened).await.unwrap();
        let opened: Vec<Uuid> = opened.iter().map(|row| row.try_get("", "id").unwrap()).collect();
        assert!(opened.contains(&ours.into()) && !opened.contains(&strangers.into()), "{opened:?}");
    }

    async fn an_order_that_the_database_does_not_take_fails_alone(app: TestApp) {
        let poster = poster(&app);
        let to = account(&app);
        let deposits = (0..5).map(|n| {
            let mut order = order(instruction(Movement::deposit(to, vnd(1)).unwrap(), &n.to_string()), ());
            if n == 2 {
                order.then = Box::new(|_, ()| Err(DbErr::Custom("a mistake".to_owned())));
            }
            poster.post(order)
        });
        let outcomes = join_all(deposits).await;
        assert!(matches!(outcomes[2], Err(PostError::Database(_))));
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 4);
        assert_eq!(credit(&app, to).await, 4);
    }

    async fn what_follows_from_an_order_is_written_down_with_it(app: TestApp) {
        let poster = poster(&app);
        let to = account(&app);
        let mut order = order(instruction(Movement::deposit(to, vnd(7)).unwrap(), "a"), ());
        order.then = Box::new(move |receipt, ()| {
            let subject = Subject { kind: "transfer", id: receipt.transfer.id.into(), account: Some(to) };
            let after = serde_json::json!({ "balance": receipt.to.balance });
            Ok(vec![Record::new(subject, &Told)?.change(serde_json::Value::Null, after)])
        });
        let receipt = poster.post(order).await.unwrap().into_receipt();
        let told = event::newest(app.app().db(), to).await.unwrap();
        let count = event::count(app.app().db().read(), receipt.transfer.id.into()).await.unwrap();
        assert_eq!((told.is_some(), count), (true, 1));
        app.run_jobs().await;
    }

    async fn a_use_case_posts_what_it_finds_there(app: TestApp) {
        let customer = account(&app);
        deposit(&poster(&app), customer, 30).await;
        let work = Work::begin(app.app(), Caller::system()).await.unwrap();
        let key = Key::parse("row 1").unwrap();
        let wanted = Wanted::default()
            .account(customer, Currency::VND)
            .account(Account::Usage, Currency::VND)
            .key(customer, key.clone());
        let mut ledger = Ledger::open(&work, wanted).await.unwrap();
        let left = ledger.balance(customer, Currency::VND);
        let movement = Movement::usage(customer, left).unwrap();
        ledger.post(&Instruction { movement, key, reference: String::new() }).unwrap();
        assert_eq!(ledger.balance(customer, Currency::VND), vnd(0));
        ledger.save().await.unwrap();
        work.commit().await.unwrap();
        assert_eq!(credit(&app, customer).await, 0);
    }

    async fn a_transfer_is_taken_back_once_also_by_two_at_once(app: TestApp) {
        let posters = [poster(&app), poster(&app)];
        let (partner, customer) = (account(&app), account(&app));
        deposit(&posters[0], partner, 50).await;
        let top_up = instruction(Movement::top_up(partner, customer, vnd(50)).unwrap(), "a");
        let posted = posters[0].post(order(top_up, ())).await.unwrap().into_receipt();
        let reversal = Movement::reversal(&posted.transfer).unwrap();
        let undo = |n: usize| posters[n].post(order(instruction(reversal, &format!("undo {n}")), ()));
        let outcomes = join_all([undo(0), undo(1)]).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        let refused: Vec<&PostError<Infallible>> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
        assert!(matches!(refused[..], [PostError::Refused(Refusal::AlreadyReversed { .. })]), "{refused:?}");
        assert_eq!((credit(&app, partner).await, credit(&app, customer).await), (50, 0));
    }

    async fn nothing_posted_is_changed_or_removed(app: TestApp) {
        deposit(&poster(&app), account(&app), 5).await;
        let db = app.app().db().read();
        for sql in [
            "UPDATE ledger_entries SET amount = amount + 1",
            "DELETE FROM ledger_entries",
            "UPDATE ledger_transfers SET amount = amount + 1",
            "DELETE FROM ledger_transfers",
            "DELETE FROM ledger_accounts",
            "UPDATE ledger_accounts SET balance = -1 WHERE balance > 0",
        ] {
            assert!(db.execute_unprepared(sql).await.is_err(), "{sql}");
        }
    }

    async fn a_full_queue_says_so_and_closing_answers_all_that_were_taken(app: TestApp) {
        let settings = Settings { queue: 4, batch: 2, in_flight: 1 };
        let poster = Poster::start(app.app().clone(), Anyone, settings);
        let to = account(&app);
        let post = |n: i64| {
            let poster = poster.clone();
            async move {
                let movement = Movement::deposit(to, vnd(1)).unwrap();
                poster.post(order(instruction(movement, &n.to_string()), ())).await
            }
        };
        let outcomes = join_all((0..200).map(post)).await;
        let posted = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        let busy = outcomes.iter().filter(|outcome| matches!(outcome, Err(PostError::Busy))).count();
        assert!(posted >= 4 && busy > 0 && posted + busy == 200, "{posted} posted, {busy} busy");

        let last = Arc::new(poster.clone());
        let waiting = tokio::spawn({
            let last = last.clone();
            async move {
                let movement = Movement::deposit(to, vnd(1)).unwrap();
                last.post(order(instruction(movement, "last"), ())).await
            }
        });
        tokio::task::yield_now().await;
        poster.close().await;
        // It came before the end or after it; either way it was told the truth.
        let told = waiting.await.unwrap();
        let kept = credit(&app, to).await;
        assert_eq!(kept, i64::try_from(posted).unwrap() + i64::from(told.is_ok()));
        assert!(matches!(post(999).await, Err(PostError::Stopped)));
    }
}
