//! The sample data of a large provider.

use std::collections::HashMap;

use accounts::store::rows::account;
use customers::event::CustomerEvent;
use kernel::RegistrationId;
use platform::{StaffRole, event::history};
use portico::demo::{Size, fill};
use registration::{
    event::RegistrationEvent,
    rules::{Registration, StateKind},
    store::{self, From, Search},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use testkit::{PASSWORD, TestApp, on_both_databases};

const SIZE: Size = Size {
    accounts: 600,
    registrations: 300,
};

async fn made(app: &TestApp) {
    fill(&app.installation, Some(SIZE), |_| {}).await.unwrap();
}

async fn all(app: &TestApp) -> Vec<Registration> {
    let (mut all, mut from) = (Vec::new(), From::Front);
    loop {
        let search = Search {
            from,
            ..Search::default()
        };
        let found = store::search(app.app().db(), &search).await.unwrap();
        all.extend(found.registrations);
        match found.next {
            Some(place) => from = From::After(place),
            None => return all,
        }
    }
}

async fn kinds(app: &TestApp, id: RegistrationId) -> Vec<&'static str> {
    let events = history::<RegistrationEvent>(app.app().db().read(), id)
        .await
        .unwrap();
    assert!(events.is_sorted_by_key(|recorded| recorded.at), "in order");
    events
        .iter()
        .map(|recorded| platform::Event::kind(&recorded.event))
        .collect()
}

on_both_databases! {
    async fn its_cases_are_such_as_the_use_cases_leave_them(app: TestApp) {
        made(&app).await;
        let all = all(&app).await;
        assert!(all.len() >= 300, "{}", all.len());
        let mut states: HashMap<StateKind, usize> = HashMap::new();
        for registration in &all {
            let state = registration.state.kind();
            *states.entry(state).or_default() += 1;
            let kinds = kinds(&app, registration.id).await;
            assert_eq!(kinds[0], "registration.submitted");
            let decided = kinds.iter().filter(|kind| matches!(**kind, "registration.approved" | "registration.rejected" | "registration.withdrawn"));
            assert_eq!(decided.count(), usize::from(state != StateKind::AwaitingApproval), "{kinds:?}");
            let asked = kinds.iter().filter(|kind| **kind == "registration.question_asked").count();
            let answered = kinds.iter().filter(|kind| **kind == "registration.question_answered").count();
            assert_eq!(asked - answered, usize::from(registration.question().is_some()), "{kinds:?}");
        }
        assert!(states[&StateKind::Approved] > 200 && states[&StateKind::Rejected] > 10, "{states:?}");
        assert!((6..40).contains(&states[&StateKind::AwaitingApproval]), "{states:?}");
        assert!(!store::index_some(app.app().db()).await.unwrap(), "all are found by their words");
    }

    async fn its_managed_accounts_are_their_partners_customers(app: TestApp) {
        made(&app).await;
        let db = app.app().db().read();
        let managed = account::Entity::find().filter(account::Column::ManagedBy.is_not_null()).all(db).await.unwrap();
        assert!(managed.len() > 5, "the sample's own and some of the crowd: {}", managed.len());
        for account in managed {
            let (id, partner) = (account.id.into(), account.managed_by.unwrap().into());
            let relation = customers::store::active_with(db, partner, id).await.unwrap().unwrap();
            let events = history::<CustomerEvent>(db, relation.id).await.unwrap();
            assert!(events.iter().any(|recorded| recorded.event == CustomerEvent::Activated { account: id }));
        }
    }

    async fn staff_and_the_named_people_work_in_it(app: TestApp) {
        made(&app).await;
        app.staff("lead@staff.example", StaffRole::Lead).await;
        let browser = app.browser();
        browser.sign_in_as_staff("lead@staff.example", PASSWORD, "/staff/registrations").await.expect_status(200);
        browser.get("/staff/dashboard").await.expect_status(200);
        let page = browser.get("/staff/registrations?state=approved&q=cong+ty").await;
        page.expect_status(200).expect("Công ty");
        for case in all(&app).await.iter().step_by(40) {
            browser.get(&format!("/staff/registrations/{}", case.id)).await.expect_status(200).expect("Submitted");
        }
        browser.get("/staff/registrations?state=all&q=bien+dong").await.expect("Biển Đông Technology JSC");
    }

    async fn it_is_made_once_into_an_empty_database(app: TestApp) {
        made(&app).await;
        let before = all(&app).await.len();
        made(&app).await;
        fill(&app.installation, None, |_| {}).await.unwrap();
        assert_eq!(all(&app).await.len(), before);
        let other = Size { accounts: 7, registrations: 7 };
        let refused = fill(&app.installation, Some(other), |_| {}).await.unwrap_err().to_string();
        assert!(refused.contains("600 accounts, 300 registrations") && refused.contains("--data"), "{refused}");
    }

    async fn it_is_not_made_beside_real_accounts(app: TestApp) {
        app.individual("an@real.example").await;
        let refused = fill(&app.installation, Some(SIZE), |_| {}).await.unwrap_err().to_string();
        assert!(refused.contains("accounts that are no sample"), "{refused}");
    }

    async fn the_same_size_makes_the_same_crowd(app: TestApp) {
        made(&app).await;
        let other = TestApp::start(testkit::On::Sqlite).await;
        made(&other).await;
        let mut names = [Vec::new(), Vec::new()];
        for (names, app) in names.iter_mut().zip([&app, &other]) {
            names.extend(all(app).await.into_iter().map(|of| (of.applicant.legal_name, of.applicant.tax_code)));
            names.sort();
        }
        assert_eq!(names[0], names[1]);
    }
}
