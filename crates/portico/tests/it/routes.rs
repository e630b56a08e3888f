//! Who may use which route: each is asked by everybody whom its permission excludes.

use platform::{
    StaffRole,
    web::{Need, Route},
};
use testkit::{Browser, On, PASSWORD, TestApp};

/// Everybody there is, with what they are.
async fn everybody(app: &TestApp) -> Vec<(&'static str, Browser)> {
    let account = app
        .enterprise("root@saomai.example", "Sao Mai", "0100109106")
        .await;
    app.iam_user(account, "minh").await;
    for (email, role) in [
        ("reviewer@staff.example", StaffRole::Reviewer),
        ("lead@staff.example", StaffRole::Lead),
        ("auditor@staff.example", StaffRole::Auditor),
    ] {
        app.staff(email, role).await;
    }
    let root = app.browser();
    root.sign_in("root@saomai.example", PASSWORD, "/overview")
        .await
        .expect_status(200);
    let iam = app.browser();
    let page = iam.get("/sign-in?to=/overview").await;
    let form = iam.get(&format!("{}&as=iam", page.url)).await;
    let fields = [
        ("email", "root@saomai.example"),
        ("user_name", "minh"),
        ("password", PASSWORD),
    ];
    iam.submit(&form, "user_name", &fields).await.expect_status(200);
    let mut all = vec![("nobody", app.browser()), ("root", root), ("iam", iam)];
    for (name, email) in [
        ("reviewer", "reviewer@staff.example"),
        ("lead", "lead@staff.example"),
        ("auditor", "auditor@staff.example"),
    ] {
        let browser = app.browser();
        browser
            .sign_in_as_staff(email, PASSWORD, "/staff/registrations")
            .await
            .expect_status(200);
        all.push((name, browser));
    }
    all
}

fn is_allowed(need: Need, who: &str) -> bool {
    let role = match who {
        "reviewer" => Some(StaffRole::Reviewer),
        "lead" => Some(StaffRole::Lead),
        "auditor" => Some(StaffRole::Auditor),
        _ => None,
    };
    match need {
        Need::Nothing => true,
        Need::SignedIn => who != "nobody",
        Need::Account => who == "root" || who == "iam",
        // The IAM user was granted nothing.
        Need::Root | Need::Sees(_) => who == "root",
        Need::AccountOr(permission) => {
            is_allowed(Need::Account, who) || is_allowed(Need::Staff(permission), who)
        }
        Need::Staff(permission) => role.is_some_and(|role| role.may(permission)),
        Need::SeesOr(area, permission) => {
            is_allowed(Need::Sees(area), who) || is_allowed(Need::Staff(permission), who)
        }
        // None of these accounts is a partner.
        Need::PartnerSees(_) | Need::PartnerManages(_) => false,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_refuses_whom_its_permission_excludes() {
    let app = TestApp::start(On::Sqlite).await;
    let all = everybody(&app).await;
    let mut refused = 0;
    // The API looks at no cookie: api.rs asks it as everybody, with tokens.
    let pages = |route: &&Route| !route.path.starts_with("/api/");
    for route in app.installation.routes.iter().filter(pages) {
        let path = route.path.replace("{id}", "01234567-89ab-7def-8123-456789abcdef");
        for (who, browser) in &all {
            if is_allowed(route.need, who) {
                continue;
            }
            let page = if route.method == "GET" {
                browser.get(&path).await
            } else {
                browser.post(&path, &[]).await
            };
            let asked_to_sign_in = page.path() == "/ap/auth" || page.status == 401;
            let fine = if *who == "nobody" {
                asked_to_sign_in
            } else {
                page.status == 403
            };
            assert!(
                fine,
                "{} {path} as {who}: {} at {}",
                route.method, page.status, page.url
            );
            refused += 1;
        }
    }
    assert!(refused > 50, "only {refused} refusals were checked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_another_site_is_refused_and_pages_carry_their_policy() {
    let app = TestApp::start(On::Sqlite).await;
    let client = reqwest::Client::new();
    let crossed = client
        .post(app.url("/language"))
        .header("sec-fetch-site", "cross-site")
        .body("language=vi");
    assert_eq!(crossed.send().await.unwrap().status(), 403);

    let page = app.browser().get("/sign-up").await;
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert_eq!(page.headers["x-content-type-options"], "nosniff");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_said_in_the_readers_language() {
    let app = TestApp::start(On::Sqlite).await;
    let page = app.browser().speaking("vi").get("/nothing-here").await;
    page.expect_status(404)
        .expect("Không tìm thấy trang")
        .expect("support@vngcloud.example");
    let wrong = app.browser().post("/overview", &[]).await;
    wrong.expect_status(405);
}
