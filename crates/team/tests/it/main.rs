//! Who works for an account, through the whole portal, on both databases.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod api;
mod inviting;
mod letters;
mod working;

use testkit::{Browser, Page, TestApp};

const ROOT: &str = "root@saomai.example";
const MINH: &str = "minh@saomai.example";
/// Minh's, chosen behind the link.
const HIS: &str = "seven slow rivers";

/// The root user's browser, of a partner.
async fn root(app: &TestApp) -> Browser {
    app.partner(ROOT, "Sao Mai", "0100109106").await;
    let root = app.browser();
    root.sign_in(ROOT, testkit::PASSWORD, "/team")
        .await
        .expect_status(200);
    root
}

/// Invites Minh, who gets these grants.
async fn invite(root: &Browser, grants: &[&str]) -> Page {
    let mut fields = vec![
        ("name", "Minh"),
        ("email", MINH),
        ("user_name", "minh"),
        ("language", "en"),
    ];
    fields.extend(grants.iter().map(|grant| ("grants", *grant)));
    root.post("/team/new", &fields).await
}

/// Minh, who has joined and signed in.
async fn joined(app: &TestApp, root: &Browser, grants: &[&str]) -> Browser {
    invite(root, grants).await.expect_status(200);
    let link = app.mail_to(MINH).await.link("/join?token=");
    let page = app.browser().get(&link).await;
    app.browser()
        .submit(&page, "password", &[("password", HIS)])
        .await
        .expect("You have joined");
    let minh = app.browser();
    minh.sign_in_as_iam(ROOT, "minh", HIS, "/profile")
        .await
        .expect_status(200);
    minh
}

/// The address of Minh's page.
async fn of_minh(root: &Browser) -> String {
    let team = root.get("/team").await;
    team.links("tbody th a").into_iter().next().unwrap()
}
