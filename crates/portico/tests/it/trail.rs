//! The audit trail as staff read it.

use std::sync::Arc;

use jiff::tz::TimeZone;
use kernel::Language;
use platform::{
    StaffRole,
    i18n::{Catalog, L10n},
};
use sea_orm::EntityTrait;
use testkit::{Browser, PASSWORD, TestApp, on_both_databases};

use crate::audit::old_event;

async fn auditor(app: &TestApp) -> Browser {
    app.staff("mai@staff.example", StaffRole::Auditor).await;
    let mai = app.browser();
    mai.sign_in_as_staff("mai@staff.example", PASSWORD, "/staff/audit")
        .await
        .expect_status(200);
    mai
}

/// An application of Sao Mai that a lead approved. The path of the case.
async fn approved(app: &TestApp) -> String {
    app.enterprise("lan@saomai.example", "Sao Mai", "0100109106")
        .await;
    app.enterprise("an@other.example", "Other", "0100109106").await;
    app.staff("hoa@staff.example", StaffRole::Lead).await;
    let lan = app.browser();
    let page = lan.sign_in("lan@saomai.example", PASSWORD, "/registration").await;
    lan.submit(&page, "agree", &[("agree", "yes")])
        .await
        .expect_status(200);
    let hoa = app.browser();
    let queue = hoa
        .sign_in_as_staff("hoa@staff.example", PASSWORD, "/staff/registrations")
        .await;
    let case = hoa.get(&queue.attribute("th a", "href").unwrap()).await;
    let case = case.path().to_owned();
    for step in ["take", "approve"] {
        hoa.post(&format!("{case}/{step}"), &[]).await.expect_status(200);
    }
    app.run_jobs().await;
    case
}

on_both_databases! {
    async fn an_auditor_finds_a_decision_by_what_who_whom_and_when(app: TestApp) {
        let case = approved(&app).await;
        let mai = auditor(&app).await;
        let id = case.rsplit('/').next().unwrap();
        let reference = registration::rules::reference(id.parse().unwrap());
        for (count, found) in [
            (1, "kind=registration.approved".to_owned()),
            (3, "about=lan@saomai.example".to_owned()),
            (3, "about=sao  MAI".to_owned()),
            (3, "about=sao".to_owned()),
            (3, format!("about={id}")),
            (3, format!("about={}", reference.to_lowercase())),
            (2, "who=hoa@staff.example".to_owned()),
            (3, "from=2026-11-23&to=2026-11-23".to_owned()),
            (1, "kind=registration.taken&about=lan@saomai.example&who=hoa@staff.example&from=2026-11-23".to_owned()),
        ] {
            let page = mai.get(&format!("/staff/audit?{found}")).await;
            assert_eq!(page.expect_status(200).links("tbody th a").len(), count, "{found}: {}", page.text());
        }
        for nothing in [
            "kind=registration.rejected",
            "kind=' OR 1=1 --",
            "about=an@other.example",
            "about=Hoa Sen",
            "about=...",
            "about=nobody@saomai.example",
            "who=lan@saomai.example&kind=registration.approved",
            "to=2026-11-22",
            "from=2026-11-24",
        ] {
            mai.get(&format!("/staff/audit?{nothing}")).await.expect_status(200).expect("No event fits this search");
        }
        // What is no date is none.
        mai.get("/staff/audit?from=yesterday").await.expect("Registration approved");

        let page = mai.get("/staff/audit?kind=registration.approved").await;
        let one = mai.get(&page.attribute("tbody th a", "href").unwrap()).await;
        one.expect_status(200).expect("Awaiting approval").expect("Approved").expect("127.0.0.1").expect("Sao Mai");
        assert!(one.has(&format!("a[href='{case}']")));
        mai.post("/language", &[("language", "vi"), ("back", "/staff/audit")])
            .await
            .expect("Phê duyệt hồ sơ")
            .expect("Đã niêm phong đến sự kiện số 3");
    }

    async fn who_never_applied_is_found_by_the_beginning_of_the_name(app: TestApp) {
        app.enterprise("an@hoangha.example", "Hoàng Hà JSC", "0100109106").await;
        let an = app.browser();
        let profile = an.sign_in("an@hoangha.example", PASSWORD, "/profile").await;
        let typed = [("name", "An"), ("phone", "+84 24 3825 1234")];
        an.submit(&profile, "phone", &typed).await.expect_status(200).expect("Your details were saved.");
        app.run_jobs().await;
        let mai = auditor(&app).await;
        for (found, name) in [(1, "Hoàng Hà"), (1, "hoàng hà jsc"), (0, "Hoàng Hà JSC Sài Gòn"), (0, "Hà JSC")] {
            let page = mai.get(&format!("/staff/audit?kind=account.profile_changed&about={name}")).await;
            assert_eq!(page.expect_status(200).links("tbody th a").len(), found, "{name}: {}", page.text());
        }
    }

    async fn what_an_event_holds_is_told_in_words(app: TestApp) {
        portico::demo::fill(&app.installation, None, |_| {}).await.unwrap();
        let mai = auditor(&app).await;
        mai.post("/language", &[("language", "vi"), ("back", "/staff/audit")]).await.expect_status(200);
        let mut told = std::collections::BTreeMap::new();
        for event in platform::event::row::Entity::find().all(app.app().db().read()).await.unwrap() {
            told.entry(event.kind).or_insert(event.id);
        }
        assert!(told.len() > 20, "{told:?}");
        for (kind, id) in told {
            let page = mai.get(&format!("/staff/audit/{id}")).await;
            assert!(!page.has("tbody th code"), "{kind}: a field without a name:\n{}", page.text());
            let raw = |text: &str| page.text().split_whitespace().any(|word| word == text);
            for code in ["awaiting_customer", "awaiting_second", "posted", "invited", "active", "withdrawn", "VND750"] {
                assert!(!raw(code), "{kind}: {code} is no word:\n{}", page.text());
            }
            assert!(!page.text().contains("{\""), "{kind}: raw JSON:\n{}", page.text());
        }
    }

    async fn days_the_wrong_way_round_are_told(app: TestApp) {
        let mai = auditor(&app).await;
        let page = mai.get("/staff/audit?from=2026-11-24&to=2026-11-23").await;
        page.expect("The last day lies before the first.");
        assert!(page.has("#to[aria-invalid=true]"));
    }

    async fn a_long_trail_is_read_page_by_page_and_back(app: TestApp) {
        let mai = auditor(&app).await;
        // All at the same moment, as an import writes them.
        for _ in 0..120 {
            old_event(&app, "account").await;
        }
        let mut page = mai.get("/staff/audit?kind=account.created").await;
        let first = page.attribute("tbody th a", "href").unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for expected in [50, 50, 20] {
            let ids = page.links("tbody th a");
            assert_eq!(ids.len(), expected);
            seen.extend(ids);
            if let Some(older) = page.attribute("a[rel=next]", "href") {
                page = mai.get(&older).await;
            }
        }
        assert_eq!(seen.len(), 120);
        for _ in 0..2 {
            page = mai.get(&page.attribute("a[rel=prev]", "href").unwrap()).await;
        }
        assert_eq!(page.attribute("tbody th a", "href").unwrap(), first);
        assert!(!page.has("a[rel=prev]"));
    }

    async fn what_was_found_is_taken_away_as_a_file_and_that_is_an_event(app: TestApp) {
        approved(&app).await;
        let mai = auditor(&app).await;
        let search = [("about", "lan@saomai.example"), ("format", "csv")];
        let file = mai.post("/staff/audit/export", &search).await;
        file.expect_status(200);
        assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
        let lines: Vec<&str> = file.body.split("\r\n").collect();
        assert!(lines[0].starts_with("seq,id,at,kind,"), "{}", lines[0]);
        assert!(lines[1].contains("registration.approved") && lines[1].contains("hoa"), "{}", lines[1]);
        assert!(!file.body.contains("an@other.example"));

        let file = mai.post("/staff/audit/export", &[("kind", "registration.approved"), ("format", "jsonl")]).await;
        let line: serde_json::Value = serde_json::from_str(file.body.trim()).unwrap();
        assert_eq!(line["after"]["state"], "approved");
        assert!(line["seal"].as_str().unwrap().starts_with("1:"));

        let exports = mai.get("/staff/audit?kind=audit.exported").await;
        assert_eq!(exports.links("tbody th a").len(), 2);
        assert_eq!(mai.post("/staff/audit/export", &[("format", "exe")]).await.status, 400);
    }

    async fn a_whole_trail_is_exported_in_pieces(app: TestApp) {
        let mai = auditor(&app).await;
        let rows = (0..2500).map(|_| {
            let (id, subject) = (app.app().new_id(), app.app().new_id());
            platform::event::row::ActiveModel {
                id: sea_orm::ActiveValue::Set(id),
                at: sea_orm::ActiveValue::Set(app.now().as_millisecond()),
                kind: sea_orm::ActiveValue::Set("account.imported".to_owned()),
                subject: sea_orm::ActiveValue::Set("account".to_owned()),
                subject_id: sea_orm::ActiveValue::Set(subject),
                account_id: sea_orm::ActiveValue::Set(None),
                actor: sea_orm::ActiveValue::Set(r#"{"who":"system"}"#.to_owned()),
                origin: sea_orm::ActiveValue::Set(None),
                data: sea_orm::ActiveValue::Set("{}".to_owned()),
                ..Default::default()
            }
        });
        let tx = app.app().db().begin().await.unwrap();
        platform::event::row::Entity::insert_many(rows).exec_without_returning(&tx).await.unwrap();
        tx.commit().await.unwrap();
        let file = mai.post("/staff/audit/export", &[("kind", "account.imported"), ("format", "csv")]).await;
        let ids: std::collections::BTreeSet<&str> =
            file.body.split("\r\n").skip(1).filter_map(|line| line.split(',').nth(1)).collect();
        assert_eq!(ids.len(), 2500);
    }
}

#[test]
fn every_kind_of_event_has_a_name_in_both_languages() {
    let catalog = Arc::new(Catalog::new(portico::rooms::MESSAGES));
    let languages = Language::ALL.map(|language| L10n::new(catalog.clone(), language, TimeZone::UTC));
    let is_named = |kind: &str| {
        let key = format!("audit-kind-{}", kind.replace(['.', '_'], "-"));
        languages.iter().all(|l| l.has(&key))
    };
    let unnamed: Vec<_> = portico::rooms::events()
        .into_iter()
        .filter(|kind| !is_named(kind.name))
        .collect();
    assert!(
        unnamed.is_empty(),
        "audit.en.ftl and audit.vi.ftl lack {unnamed:?}"
    );
}
