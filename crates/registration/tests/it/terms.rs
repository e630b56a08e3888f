//! The terms, to read and to print.

use std::fs;

use testkit::{On, TestApp};

use crate::people::{apply, open, sao_mai};

testkit::on_both_databases! {
    async fn anybody_reads_the_terms_in_both_languages(app: TestApp) {
        let browser = app.browser();
        let page = browser.get("/registration/terms").await;
        page.expect_status(200).expect("12. Law and disputes").expect("Contents");
        assert!(page.has("button[data-print]") && page.has("article[lang=en] #s12"));
        let page = browser.get("/registration/terms?language=vi&version=2026-11-01").await;
        page.expect("12. Luật áp dụng và giải quyết tranh chấp");
        assert!(page.has("article[lang=vi]"));
        browser.get("/registration/terms?version=1999").await.expect_status(404);
    }
}

#[tokio::test]
async fn the_newest_folder_is_in_force_and_what_was_accepted_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    for (version, text) in [
        ("2026-01", "# Old terms\n\n## 1. Old"),
        ("2026-02", "# New terms\n\n<i>1</i>\n"),
    ] {
        fs::create_dir(folder.path().join(version)).unwrap();
        for language in ["en", "vi"] {
            fs::write(folder.path().join(version).join(format!("{language}.md")), text).unwrap();
        }
    }
    let terms = Some(folder.path().to_owned());
    let app = TestApp::start_with(On::Sqlite, |config| config.registration.terms = terms).await;
    let account = sao_mai(&app).await;
    let (browser, page) = open(&app, "/registration").await;
    page.expect("New terms").expect("<i>1</i>");
    browser
        .get("/registration/terms?version=2026-01")
        .await
        .expect("Old terms");
    let registration = apply(&app, account).await;
    drop(folder);
    let receipt = browser
        .get(&format!("/registration/receipt?id={}", registration.id))
        .await;
    assert!(
        receipt.body.ends_with("# New terms\n\n<i>1</i>\n"),
        "{}",
        receipt.body
    );
}
