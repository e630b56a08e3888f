//! The queue: pages that begin where the last one ended, and search by words.

use jiff::SignedDuration;
use kernel::RegistrationId;
use platform::{StaffRole, bulk::Bulk};
use registration::{
    rules::{Registration, StateKind},
    search,
    store::{self, Count, Cursor, From, Search},
};
use sea_orm::ConnectionTrait;
use testkit::{PASSWORD, TestApp, on_both_databases};

use crate::people::{REVIEWER, apply, ask, reject, staff, take};

/// Applies for a company of this name; its address is `a@DOMAIN.example`.
async fn company(app: &TestApp, domain: &str, legal_name: &str, tax_code: &str) -> RegistrationId {
    let account = app
        .enterprise(&format!("a@{domain}.example"), legal_name, tax_code)
        .await;
    apply(app, account).await.id
}

/// So many companies, an hour between each and the next.
async fn companies(app: &TestApp, count: usize) -> Vec<RegistrationId> {
    let mut ids = Vec::new();
    for n in 0..count {
        ids.push(company(app, &format!("d{n}"), &format!("Company N{n}"), "0100109106").await);
        app.advance(SignedDuration::from_hours(1));
    }
    ids
}

fn pages_of(limit: u64) -> Search {
    Search {
        limit,
        ..Search::default()
    }
}

async fn page(
    app: &TestApp,
    search: &Search,
    from: From,
) -> (Vec<RegistrationId>, Option<Cursor>, Option<Cursor>) {
    let search = Search {
        from,
        ..search.clone()
    };
    let found = store::search(app.app().db(), &search).await.unwrap();
    let ids = found.registrations.iter().map(|of| of.id).collect();
    (ids, found.previous, found.next)
}

/// All that a search finds, page by page from the front.
async fn walk(app: &TestApp, search: &Search) -> Vec<RegistrationId> {
    let (mut all, _, mut next) = page(app, search, From::Front).await;
    while let Some(place) = next {
        let (ids, _, following) = page(app, search, From::After(place)).await;
        assert!(!ids.is_empty(), "a page that is led to has something on it");
        all.extend(ids);
        next = following;
    }
    all
}

async fn found(app: &TestApp, text: &str) -> Vec<RegistrationId> {
    let search = Search {
        text: text.to_owned(),
        ..Search::default()
    };
    let ids = walk(app, &search).await;
    let counted = Search {
        counted: true,
        limit: 1,
        ..search
    };
    let count = store::search(app.app().db(), &counted).await.unwrap().count;
    assert_eq!(count, Some(Count::Exactly(ids.len() as u64)), "{text}");
    ids
}

/// As many more that differ from this one by nothing but their ids; all of them, in the order of the queue.
async fn alike(app: &TestApp, id: RegistrationId, count: usize) -> Vec<RegistrationId> {
    let db = app.app().db();
    let one = store::find(db.read(), id).await.unwrap().unwrap();
    let more: Vec<Registration> = (0..count)
        .map(|_| Registration {
            id: RegistrationId(app.app().new_id()),
            ..one.clone()
        })
        .collect();
    let mut bulk = Bulk::begin(db).await.unwrap();
    let rows = more.iter().map(|of| store::row(of, None).unwrap()).collect();
    bulk.insert(rows).await.unwrap();
    bulk.insert(more.iter().flat_map(store::word_rows).collect())
        .await
        .unwrap();
    bulk.commit().await.unwrap();
    let mut all: Vec<_> = more.iter().map(|of| of.id).chain([id]).collect();
    all.sort_unstable_by_key(|id| id.0);
    all
}

on_both_databases! {
    async fn pages_lead_through_the_whole_queue_and_back(app: TestApp) {
        staff(&app).await;
        let ids = companies(&app, 8).await;
        ask(&app, ids[1], "Which branch?").await;
        for id in [ids[4], ids[2]] {
            take(&app, id).await;
            reject(&app, id).await;
            app.advance(SignedDuration::from_hours(1));
        }
        // By time left; then who is asked; then who was decided last.
        let expected = [0, 3, 5, 6, 7, 1, 2, 4].map(|n: usize| ids[n]);
        assert_eq!(walk(&app, &pages_of(50)).await, expected);
        for limit in 1..=4 {
            assert_eq!(walk(&app, &pages_of(limit)).await, expected, "pages of {limit}");
        }

        let three = pages_of(3);
        let (_, none, next) = page(&app, &three, From::Front).await;
        assert_eq!(none, None);
        let (second, _, next) = page(&app, &three, From::After(next.unwrap())).await;
        let (third, previous, none) = page(&app, &three, From::After(next.unwrap())).await;
        assert_eq!((&third[..], none), (&expected[6..], None));
        let (again, previous, _) = page(&app, &three, From::Before(previous.unwrap())).await;
        assert_eq!(again, second);
        let (front, none, next) = page(&app, &three, From::Before(previous.unwrap())).await;
        assert_eq!((&front[..], none, next.is_some()), (&expected[..3], None, true));
    }

    async fn what_happens_meanwhile_shows_nothing_twice_and_hides_nothing(app: TestApp) {
        staff(&app).await;
        let ids = companies(&app, 9).await;
        let waiting = Search { state: Some(StateKind::AwaitingApproval), ..pages_of(3) };
        let (first, _, next) = page(&app, &waiting, From::Front).await;
        assert_eq!(first, ids[..3]);
        // Two of the first page are decided and two more come: counted pages would now skip two.
        for id in [ids[0], ids[2]] {
            take(&app, id).await;
            reject(&app, id).await;
        }
        company(&app, "new1", "New One", "0100109106").await;
        let (second, _, next) = page(&app, &waiting, From::After(next.unwrap())).await;
        assert_eq!(second, ids[3..6]);
        // The one that the page ended with is decided too: its place still says where to go on.
        take(&app, ids[5]).await;
        reject(&app, ids[5]).await;
        let (third, previous, _) = page(&app, &waiting, From::After(next.unwrap())).await;
        assert_eq!(third, ids[6..9]);
        // Back again: what is left before it fills less than two pages.
        let (back, previous, _) = page(&app, &waiting, From::Before(previous.unwrap())).await;
        assert_eq!((back, previous), (vec![ids[1], ids[3], ids[4]], None));
        // A place behind which nothing is left shows the front.
        let settled = Search { state: Some(StateKind::Rejected), ..pages_of(3) };
        let last: Cursor = "9999999999999999.019ab00000007000800000000000ab12".parse().unwrap();
        assert_eq!(page(&app, &settled, From::After(last)).await.0.len(), 3);
    }

    async fn words_are_found_without_diacritics_by_their_beginnings_in_any_order(app: TestApp) {
        let viet = company(&app, "daiviet", "Công ty Cổ phần Đại Việt", "0100109106").await;
        let branch = company(&app, "hanoi", "Chi nhánh Đại Việt", "0100109106-001").await;
        let other = company(&app, "saomai", "SAO MAI Co., Ltd.", "0100686209").await;
        for text in ["Đại Việt", "dai viet", "DAI VIET", "viet dai", "đại  vi", "cong ty dai viet", "co phan daiviet.example"] {
            assert!(found(&app, text).await.contains(&viet), "{text}");
        }
        assert_eq!(found(&app, "dai viet").await, [viet, branch]);
        assert_eq!(found(&app, "cong dai").await, [viet]);
        assert_eq!(found(&app, "0100109106").await, [viet, branch]);
        for text in ["0100109106-001", "0100109106001", "nhanh 0100"] {
            assert_eq!(found(&app, text).await, [branch], "{text}");
        }
        assert_eq!(found(&app, "a@saomai.example").await, [other]);
        assert_eq!(found(&app, &registration::rules::reference(other)).await, [other]);
        assert_eq!(found(&app, "example").await.len(), 3);
        for text in ["iet", "dai mai", "%", "_", "'", "\\"] {
            assert!(found(&app, text).await.is_empty(), "{text}");
        }
    }

    async fn registrations_of_a_version_before_are_found_once_the_job_has_run(app: TestApp) {
        let old = company(&app, "daiviet", "Đại Việt", "0100109106").await;
        let tx = app.app().db().begin().await.unwrap();
        // As the version before writes it.
        for statement in ["DELETE FROM registration_words", "UPDATE registrations SET words_indexed = FALSE"] {
            tx.execute_unprepared(statement).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert!(found(&app, "dai viet").await.is_empty());
        let (one, two) = tokio::join!(app.run_jobs(), app.run_jobs());
        assert_eq!((one, two), ((), ()));
        assert_eq!(found(&app, "dai viet").await, [old]);
        assert!(!store::index_some(app.app().db()).await.unwrap(), "nothing is left to do");
    }

    async fn what_many_have_is_found_along_the_queue(app: TestApp) {
        staff(&app).await;
        let settled = company(&app, "saomai", "Công ty Sao Mai", "0100109106").await;
        take(&app, settled).await;
        reject(&app, settled).await;
        let waits = company(&app, "saoviet", "Công ty Sao Mai Việt", "0100686209").await;
        let alike = alike(&app, settled, search::FEW + 50).await;
        for text in ["sao mai", "công ty sao", "sao mai saomai.example"] {
            let search = Search { text: text.to_owned(), ..pages_of(400) };
            let found: Vec<_> = walk(&app, &search).await.into_iter().filter(|id| *id != waits).collect();
            assert_eq!(found, alike, "{text}");
        }
        let count = async |text: &str, state| {
            let search = Search { text: text.to_owned(), state, counted: true, ..pages_of(1) };
            store::search(app.app().db(), &search).await.unwrap().count
        };
        assert_eq!(count("sao mai", None).await, Some(Count::More));
        assert_eq!(count("sao mai", Some(StateKind::Rejected)).await, Some(Count::More));
        assert_eq!(count("sao mai cong", Some(StateKind::Rejected)).await, Some(Count::More));
        assert_eq!(count("sao mai", Some(StateKind::AwaitingApproval)).await, Some(Count::Exactly(1)));
        assert_eq!(count("sao mai", Some(StateKind::Withdrawn)).await, Some(Count::Exactly(0)));
        assert_eq!(count("saoviet", Some(StateKind::Rejected)).await, Some(Count::Exactly(0)));
        assert_eq!(count("sao mai viet", None).await, Some(Count::Exactly(1)));
    }

    async fn whoever_finds_nothing_searches_all_statuses(app: TestApp) {
        staff(&app).await;
        let id = company(&app, "saomai", "Sao Mai", "0100109106").await;
        reject(&app, id).await;
        let browser = app.browser();
        browser.sign_in_as_staff(REVIEWER, PASSWORD, "/staff/registrations").await;
        let narrow = browser.get("/staff/registrations?q=sao+mai&who=me").await;
        narrow.expect("Only “Awaiting approval” was searched.");
        let wide = browser.get(&narrow.attribute(".empty a", "href").unwrap()).await;
        assert!(wide.has("#q[value='sao mai']") && wide.has("option[value=all][selected]"));
        wide.expect("Sao Mai").expect("Rejected");
        let none = browser.get("/staff/registrations?q=nobody&state=all").await;
        assert!(!none.has(".empty a"), "{}", none.text());
    }

    async fn the_page_leads_on_and_back_with_its_filter(app: TestApp) {
        companies(&app, 53).await;
        app.staff("lead@staff.example", StaffRole::Lead).await;
        let browser = app.browser();
        let front = browser.sign_in_as_staff("lead@staff.example", PASSWORD, "/staff/registrations").await;
        front.expect("53 await a decision");
        assert!(front.has("a[rel=next]") && !front.has("a[rel=prev]"));
        let front = browser.get("/staff/registrations?q=company&who=nobody").await;
        front.expect("53 found.").expect("Company N0");
        let next = front.attribute("a[rel=next]", "href").unwrap();
        assert!(next.contains("q=company&who=nobody&after="), "{next}");
        let second = browser.get(&next).await;
        second.expect("53 found.").expect("Company N52");
        assert!(!second.has("a[rel=next]") && !second.body.contains("Company N49"));
        let back = browser.get(&second.attribute("a[rel=prev]", "href").unwrap()).await;
        back.expect("Company N0").expect("Company N49");
        assert!(!back.has("a[rel=prev]"));
        browser.get("/staff/registrations?after=nonsense").await.expect("Company N0");
    }
}
