//! Who takes part in these tests.

use kernel::{AccountId, RegistrationId};
use platform::{
    StaffRole,
    actor::{Actor, Caller, Capacity},
};
use registration::{
    rules::{Registration, Words},
    service::{self, Acceptance, Submission, SubmitRefused},
    store,
};
use testkit::{Browser, PASSWORD, Page, TestApp};

pub(crate) const LAN: &str = "lan@saomai.vn";
pub(crate) const REVIEWER: &str = "reviewer@provider.example";
pub(crate) const LEAD: &str = "lead@provider.example";

/// Sao Mai's account: nothing stands between it and applying.
pub(crate) async fn sao_mai(app: &TestApp) -> AccountId {
    app.enterprise(LAN, "Công ty Cổ phần Sao Mai", "0100109106").await
}

/// A reviewer and a lead.
pub(crate) async fn staff(app: &TestApp) {
    app.staff(REVIEWER, StaffRole::Reviewer).await;
    app.staff(LEAD, StaffRole::Lead).await;
}

/// One of the staff, as the caller of a use case.
pub(crate) async fn caller(app: &TestApp, email: &str) -> Caller {
    let address = email.parse().unwrap();
    let person = accounts::store::find_staff(app.app().db().read(), &address)
        .await
        .unwrap()
        .unwrap();
    let Capacity::Staff { staff, .. } = person.capacity else {
        panic!("{email} is no staff")
    };
    Caller {
        actor: Actor::Staff {
            staff,
            name: person.name,
        },
        origin: None,
    }
}

/// The root user of an account, as the caller of a use case.
pub(crate) async fn root(app: &TestApp, account: AccountId) -> Caller {
    let account = accounts::store::account(app.app().db().read(), account)
        .await
        .unwrap()
        .unwrap();
    let actor = Actor::Root {
        user: account.root.id,
        account: account.id,
        name: account.root.name,
    };
    Caller {
        actor,
        origin: Some("192.0.2.7".parse().unwrap()),
    }
}

/// The tick under the current terms, in English.
pub(crate) fn acceptance(app: &TestApp) -> Acceptance {
    let text = app
        .installation
        .rooms
        .desk
        .terms()
        .current(kernel::Language::English);
    Acceptance {
        version: text.version.clone(),
        hash: text.hash.clone(),
        language: text.language,
    }
}

pub(crate) async fn try_apply(app: &TestApp, account: AccountId) -> Result<Submission, SubmitRefused> {
    let caller = root(app, account).await;
    service::submit(&app.installation.rooms.desk, caller, account, &acceptance(app)).await
}

/// Applies by the use case.
pub(crate) async fn apply(app: &TestApp, account: AccountId) -> Registration {
    match try_apply(app, account).await.unwrap() {
        Submission::Taken(registration) => registration,
        Submission::Already(registration) => panic!("there is {registration:?} already"),
    }
}

/// The reviewer takes the case.
pub(crate) async fn take(app: &TestApp, id: RegistrationId) {
    service::take(&app.installation.rooms.desk, caller(app, REVIEWER).await, id)
        .await
        .unwrap();
}

/// The reviewer takes the case and asks.
pub(crate) async fn ask(app: &TestApp, id: RegistrationId, question: &str) {
    take(app, id).await;
    let caller = caller(app, REVIEWER).await;
    service::ask(&app.installation.rooms.desk, caller, id, words(question))
        .await
        .unwrap();
}

/// The lead rejects.
pub(crate) async fn reject(app: &TestApp, id: RegistrationId) -> Registration {
    let reason = registration::rules::RejectionReason::DetailsDoNotMatch;
    let note = Some(words("Seen before: be careful."));
    let caller = caller(app, LEAD).await;
    service::reject(
        &app.installation.rooms.desk,
        caller,
        id,
        reason,
        words("The name differs."),
        note,
    )
    .await
    .unwrap()
}

pub(crate) async fn all(app: &TestApp, account: AccountId) -> Vec<Registration> {
    store::of_account(app.app().db().read(), account).await.unwrap()
}

pub(crate) fn words(text: &str) -> Words {
    Words::parse(text).unwrap()
}

/// Signs Sao Mai's root user in and opens a page.
pub(crate) async fn open(app: &TestApp, path: &str) -> (Browser, Page) {
    let browser = app.browser();
    let page = browser.sign_in(LAN, PASSWORD, path).await;
    page.expect_status(200);
    (browser, page)
}

/// Signs an IAM user of Sao Mai in and opens a page.
pub(crate) async fn open_as_iam(app: &TestApp, user_name: &str, path: &str) -> (Browser, Page) {
    let browser = app.browser();
    let page = browser.get(&format!("/sign-in?to={path}")).await;
    let other = page.attribute(".or ~ a.btn", "href").unwrap();
    let page = browser.get(&other).await;
    let fields = [("email", LAN), ("user_name", user_name), ("password", PASSWORD)];
    let page = browser.submit(&page, "user_name", &fields).await;
    page.expect_status(200);
    (browser, page)
}
