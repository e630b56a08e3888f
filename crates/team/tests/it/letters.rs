//! The letters as their readers get them.

use kernel::Language;
use testkit::{On, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn the_letters_read_well_in_both_languages() {
    let app = TestApp::start(On::Sqlite).await;
    let mut all = String::new();
    for preview in team::PREVIEWS {
        for language in Language::ALL {
            let letter = (preview.sample)(&app.app().l10n(language), app.app().site());
            let text = letter.render(app.app().site()).unwrap().text;
            // The address of a test's portal is another each time.
            let text = text.replace(&app.url(""), "https://portal.example");
            all.extend([format!(
                "=== {} ({})\n{}\n\n{text}\n",
                preview.template,
                language.tag(),
                letter.subject
            )]);
        }
    }
    insta::assert_snapshot!(all);
}
