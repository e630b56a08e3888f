//! Every letter as its reader gets it: a file each, in both languages, for people to read in a review.

use std::collections::BTreeSet;

use kernel::Language;
use portico::rooms::PREVIEWS;
use testkit::{On, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn every_letter_reads_well_in_both_languages() {
    let app = TestApp::start(On::Sqlite).await;
    let site = app.app().site();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/letters");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut known = BTreeSet::new();
    for preview in PREVIEWS.concat() {
        assert!(known.insert(preview.template), "{} twice", preview.template);
        let texts = Language::ALL.map(|language| {
            let letter = (preview.sample)(&app.app().l10n(language), site);
            assert_eq!(letter.template, preview.template);
            let text = letter.render(site).unwrap().text;
            format!("[{}] {}\n\n{text}", language.tag(), letter.subject)
        });
        // The address of a test's portal is another each time.
        let texts = texts.join("\n").replace(&app.url(""), "https://portal.example");
        settings.bind(|| insta::assert_snapshot!(preview.template, texts));
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/snapshots/letters");
    for file in std::fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let template = name.trim_end_matches(".snap");
        assert!(known.contains(template), "{template} is a letter of the past");
    }
}
