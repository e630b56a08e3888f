//! Who is removed from the staff and comes back comes back with nothing.

use identity::{MIGRATIONS, staff};
use jiff::SignedDuration;
use kernel::{EmailAddress, Language};
use platform::{StaffRole, actor::Caller, api::Scope};
use testkit::{TestApp, on_both_databases};

const HOA: &str = "hoa@staff.example";
const QUEUE: &str = "/api/v1/registrations";

fn email() -> EmailAddress {
    HOA.parse().unwrap()
}

async fn remove_and_add(app: &TestApp) {
    staff::remove(app.app(), Caller::system(), email()).await.unwrap();
    add(app).await;
}

async fn add(app: &TestApp) {
    let (name, role) = ("Hoa".to_owned(), StaffRole::Reviewer);
    staff::add(
        app.app(),
        Caller::system(),
        email(),
        name,
        role,
        Language::English,
    )
    .await
    .unwrap();
}

on_both_databases! {
    async fn tokens_and_links_of_before_open_nothing_after(app: TestApp) {
        app.staff(HOA, StaffRole::Reviewer).await;
        let program = app.program(HOA, &[Scope::RegistrationsRead]).await;
        program.get(QUEUE).await.expect(200);
        let browser = app.browser();
        let page = browser.get("/forgotten?staff=1").await;
        browser.submit(&page, "email", &[("email", HOA)]).await;
        let link = app.mail_to(HOA).await.link("/reset?token=");
        let page = browser.get(&link).await;
        page.expect_status(200);

        remove_and_add(&app).await;
        program.get(QUEUE).await.expect(401);
        browser.get(&link).await.expect_status(410);
        browser.submit(&page, "password", &[("password", "seven slow rivers")]).await.expect_status(410);
        app.program(HOA, &[Scope::RegistrationsRead]).await.get(QUEUE).await.expect(200);
    }

    async fn a_link_that_an_earlier_version_left_opens_nothing_after(app: TestApp) {
        app.staff(HOA, StaffRole::Reviewer).await;
        let browser = app.browser();
        let page = browser.get("/forgotten?staff=1").await;
        browser.submit(&page, "email", &[("email", HOA)]).await;
        let link = app.mail_to(HOA).await.link("/reset?token=");
        app.tamper("UPDATE staff SET removed_at = 1").await;
        add(&app).await;
        browser.get(&link).await.expect_status(410);
    }

    async fn tokens_that_an_earlier_version_left_end_as_this_one_starts(app: TestApp) {
        app.staff(HOA, StaffRole::Reviewer).await;
        let before = app.program(HOA, &[Scope::RegistrationsRead]).await;
        app.advance(SignedDuration::from_mins(1));
        remove_and_add(&app).await;
        app.advance(SignedDuration::from_mins(1));
        let since = app.program(HOA, &[Scope::RegistrationsRead]).await;

        app.tamper("UPDATE api_tokens SET revoked_at = NULL").await;
        app.tamper("DELETE FROM seaql_migrations WHERE version = '2026113020_tokens_of_removed'").await;
        app.app().db().migrate(&[MIGRATIONS]).await.unwrap();
        before.get(QUEUE).await.expect(401);
        since.get(QUEUE).await.expect(200);
    }
}
