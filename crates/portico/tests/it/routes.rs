//! Who may use which route: each is asked by everybody whom its permission excludes.

use platform::{
    Area, Grant, StaffRole,
    event::Audience,
    web::{Need, Route},
};
use testkit::{Browser, On, PASSWORD, Page, TestApp};

/// What somebody is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Is {
    Nobody,
    /// The root user of a company that is a partner, or is none.
    Root {
        partner: bool,
    },
    /// An IAM user of such a company, with what was granted.
    Iam {
        partner: bool,
        may: &'static [Grant],
    },
    Staff(StaffRole),
}

pub(crate) const PLAIN: &str = "root@saomai.example";
pub(crate) const PARTNER: &str = "root@partner.example";

/// IAM users of the partner, and of the company that is none; each with what was granted.
pub(crate) const IAM: [(&str, &str, &[Grant]); 7] = [
    (PLAIN, "nothing", &[]),
    (PLAIN, "all", &[Grant::Customers, Grant::Credit, Grant::Discounts]),
    (PARTNER, "nothing", &[]),
    (PARTNER, "customers", &[Grant::Customers]),
    (PARTNER, "credit", &[Grant::Credit]),
    (PARTNER, "discounts", &[Grant::Discounts]),
    (PARTNER, "read-only", &[Grant::ReadOnly]),
];

/// A company that is no partner, and one that is; each with IAM users.
pub(crate) async fn companies(app: &TestApp) {
    let plain = app.enterprise(PLAIN, "Sao Mai", "0100109106").await;
    let partner = app.partner(PARTNER, "Bình Minh", "0101248141").await;
    for (root, name, may) in IAM {
        let account = if root == PARTNER { partner } else { plain };
        app.iam_user_who(account, name, may).await;
    }
}

/// Everybody there is.
async fn everybody(app: &TestApp) -> Vec<(Is, Browser)> {
    companies(app).await;
    let mut all = vec![(Is::Nobody, app.browser())];
    for (email, partner) in [(PLAIN, false), (PARTNER, true)] {
        let browser = app.browser();
        browser
            .sign_in(email, PASSWORD, "/overview")
            .await
            .expect_status(200);
        all.push((Is::Root { partner }, browser));
    }
    for (root, name, may) in IAM {
        let browser = app.browser();
        browser
            .sign_in_as_iam(root, name, PASSWORD, "/overview")
            .await
            .expect_status(200);
        let partner = root == PARTNER;
        all.push((Is::Iam { partner, may }, browser));
    }
    for role in StaffRole::ALL {
        let email = format!("{}@staff.example", role.as_str());
        app.staff(&email, role).await;
        let browser = app.browser();
        browser
            .sign_in_as_staff(&email, PASSWORD, "/staff/registrations")
            .await
            .expect_status(200);
        all.push((Is::Staff(role), browser));
    }
    all
}

/// Who may use a route, said once more and without the code that decides it.
pub(crate) fn is_allowed(need: Need, who: Is) -> bool {
    let (root, iam) = (matches!(who, Is::Root { .. }), matches!(who, Is::Iam { .. }));
    let partner = matches!(who, Is::Root { partner: true } | Is::Iam { partner: true, .. });
    let granted = |grants: &[Grant]| matches!(who, Is::Iam { may, .. } if may.iter().any(|grant| grants.contains(grant)));
    let own = |area: Area| match area {
        Area::Customers => Grant::Customers,
        Area::Credit => Grant::Credit,
        Area::Discounts => Grant::Discounts,
    };
    let staff = |permission| matches!(who, Is::Staff(role) if role.may(permission));
    let sees = |area| root || granted(&[own(area), Grant::ReadOnly]);
    match need {
        Need::Nothing => true,
        Need::SignedIn => !matches!(who, Is::Nobody),
        Need::Account => root || iam,
        Need::Root => root,
        Need::AccountOr(permission) => root || iam || staff(permission),
        Need::Staff(permission) => staff(permission),
        Need::Sees(area) => sees(area),
        Need::SeesOr(area, permission) => sees(area) || staff(permission),
        Need::Manages(area) => root || granted(&[own(area)]),
        Need::PartnerSees(area) => partner && sees(area),
        Need::PartnerManages(area) => partner && (root || granted(&[own(area)])),
    }
}

/// A path, with something that is not there in the place of each parameter.
pub(crate) fn path_of(route: &Route) -> String {
    let parts = route.path.split('/').map(|part| {
        if part.starts_with('{') {
            "01234567-89ab-7def-8123-456789abcdef"
        } else {
            part
        }
    });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_refuses_whom_its_permission_excludes() {
    let app = TestApp::start(On::Sqlite).await;
    let all = everybody(&app).await;
    let mut refused = 0;
    // The API looks at no cookie: api.rs asks it as everybody, with tokens.
    let pages = |route: &&Route| !route.path.starts_with("/api/");
    for route in app.installation.routes.iter().filter(pages) {
        let path = path_of(route);
        for (who, browser) in &all {
            if is_allowed(route.need, *who) {
                continue;
            }
            let page = if route.method == "GET" {
                browser.get(&path).await
            } else {
                browser.post(&path, &[]).await
            };
            let asked_to_sign_in = page.path() == "/ap/auth" || page.status == 401;
            let fine = match who {
                Is::Nobody => asked_to_sign_in,
                _ => page.status == 403,
            };
            assert!(
                fine,
                "{} {path} as {who:?}: {} at {}",
                route.method, page.status, page.url
            );
            expect_a_way_on(route.need, *who, &page);
            refused += 1;
        }
    }
    assert!(refused > 50, "only {refused} refusals were checked");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_in_because_of_a_form_goes_on_at_a_page() {
    let app = TestApp::start(On::Sqlite).await;
    let client = reqwest::Client::new();
    let id = "01234567-89ab-7def-8123-456789abcdef";
    let account = format!("/staff/credit/accounts/{id}");
    let cases = [
        // Where the form was shown again with what is wrong in it, the address is that of the form.
        (format!("{account}/deposit"), account.clone()),
        (
            format!("{account}/statement?from=2026-11-01"),
            format!("{account}/statement?from=2026-11-01"),
        ),
        ("/registration/answer".to_owned(), "/registration".to_owned()),
    ];
    for (from, to) in cases {
        let post = client
            .post(app.url(&format!("{account}/deposit")))
            .header("referer", app.url(&from));
        let answer = post.send().await.unwrap();
        assert_eq!(answer.status(), 401);
        let to = url::form_urlencoded::byte_serialize(to.as_bytes()).collect::<String>();
        let body = answer.text().await.unwrap();
        assert!(
            body.contains(&format!("href=\"/staff/sign-in?to={to}\"")),
            "{from}: {body}"
        );
    }
}

/// Whom an account's own page is not for is told why, and what to do about it.
fn expect_a_way_on(need: Need, who: Is, page: &Page) {
    let (words, link) = match (need, who) {
        (
            Need::PartnerSees(_) | Need::PartnerManages(_),
            Is::Root { partner: false } | Is::Iam { partner: false, .. },
        ) => ("is not a partner of VNG Cloud yet", "/registration"),
        (
            Need::Sees(_)
            | Need::SeesOr(..)
            | Need::Manages(_)
            | Need::PartnerSees(_)
            | Need::PartnerManages(_),
            Is::Iam { .. },
        ) => ("was not granted", "/profile"),
        (Need::Root, Is::Iam { .. }) => ("Only the root user", "/profile"),
        _ => return,
    };
    page.expect(words);
    assert!(page.has(&format!("main a[href='{link}']")), "{}", page.text());
}

/// Whoever may only look changes nothing: no route that changes something asks for no more than a look.
#[tokio::test(flavor = "multi_thread")]
async fn looking_at_an_area_opens_no_route_that_changes_it() {
    let app = TestApp::start(On::Sqlite).await;
    let opened: Vec<_> = app
        .installation
        .routes
        .iter()
        .filter(|route| route.method != "GET")
        .filter(|route| {
            matches!(
                route.need,
                Need::Sees(_) | Need::SeesOr(..) | Need::PartnerSees(_)
            )
        })
        .collect();
    assert!(opened.is_empty(), "{opened:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_page_and_the_navigation_offer_what_the_reader_may_open() {
    let app = TestApp::start(On::Sqlite).await;
    let all = everybody(&app).await;
    for (who, browser) in &all {
        if matches!(who, Is::Nobody | Is::Staff(_)) {
            continue;
        }
        let page = browser.get("/overview").await;
        let (offered, entries) = (page.links(".rooms a"), page.links("nav a"));
        assert_eq!(
            offered.contains(&"/team".to_owned()),
            matches!(who, Is::Root { .. }),
            "{who:?}"
        );
        assert!(
            offered.iter().all(|link| entries.contains(link)),
            "{who:?}: {offered:?}"
        );
        for link in entries {
            assert_eq!(browser.get(&link).await.status, 200, "{link} as {who:?}");
        }
    }
}

/// `/api/v1/events` tells IAM users what happened: of an area, only those who may look at it.
#[test]
fn what_happens_in_an_area_is_told_to_those_who_may_look_at_it() {
    let area = |kind: &str| match kind.split('.').next() {
        Some("customer") => Some(Area::Customers),
        Some("credit") => Some(Area::Credit),
        Some("partner_discount" | "customer_discount") => Some(Area::Discounts),
        _ => None,
    };
    let told_to_all: Vec<_> = portico::rooms::events()
        .into_iter()
        .filter(|kind| {
            area(kind.name)
                .is_some_and(|area| ![Audience::Area(area), Audience::Staff].contains(&kind.audience))
        })
        .collect();
    assert!(told_to_all.is_empty(), "{told_to_all:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_form_of_ours_is_taken_from_another_site() {
    let app = TestApp::start(On::Sqlite).await;
    // What other sites' programs and pages are meant to send.
    let open = |path: &str| path.starts_with("/api/") || matches!(path, "/token" | "/userinfo" | "/logout");
    let client = reqwest::Client::new();
    let mut checked = 0;
    for route in &app.installation.routes {
        if route.method != "POST" || open(route.path) {
            continue;
        }
        let crossed = client
            .post(app.url(&path_of(route)))
            .header("sec-fetch-site", "cross-site")
            .form(&[("a", "b")]);
        assert_eq!(crossed.send().await.unwrap().status(), 403, "{}", route.path);
        checked += 1;
    }
    assert!(checked > 30, "only {checked} forms were checked");
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
