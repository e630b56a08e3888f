//! Inviting many from a file.

use customers::import::{MOST_BYTES, MOST_ROWS};
use jiff::SignedDuration;
use testkit::{Browser, Page};

use crate::people::{SAO_MAI, invite, relation, sao_mai, signed_in};

const FILE: &str = "Email,Name,Role\n\
    lien@hoasen.example,Hoa Sen,\n\
    an@anphat.example,An Phát,reseller\n\
    LIEN@hoasen.example,Hoa Sen,\n\
    known@biennui.example,Biển Núi,\n\
    nobody,,\n";

async fn preview(browser: &Browser, file: &[u8]) -> Page {
    let form = browser.get("/customers/import").await;
    browser.submit_file(&form, "file", file).await
}

fn many(rows: usize) -> String {
    (0..rows).fold("email,name\n".to_owned(), |file, n| {
        file + &format!("c{n}@a.example,Customer {n}\n")
    })
}

testkit::on_both_databases! {
    async fn the_preview_says_what_will_happen_and_only_the_yes_does_it(app: TestApp) {
        let (partner, browser) = sao_mai(&app).await;
        // One of the two has an account; nothing on the page tells which.
        app.individual("lien@hoasen.example").await;
        invite(&browser, "known@biennui.example", "Biển").await.expect_status(200);
        app.run_jobs().await;
        let before = app.mails().await.len();

        let page = preview(&browser, FILE.as_bytes()).await;
        page.expect_status(200)
            .expect("2 will be invited. 3 rows are left out; they say why.")
            .expect("2 lien@hoasen.example Hoa Sen partner Will be invited")
            .expect("3 an@anphat.example An Phát reseller Will be invited")
            .expect("4 LIEN@hoasen.example Hoa Sen Left out The same address stands in row 2")
            .expect("5 known@biennui.example Biển Núi Left out You have invited this address already")
            .expect("6 nobody Left out Enter an email address like")
            .expect("Enter a name");
        app.run_jobs().await;
        assert_eq!(app.mails().await.len(), before, "nobody was written to");

        let list = browser.submit(&page, "order", &[]).await;
        list.expect_status(200).expect("Hoa Sen").expect("An Phát");
        app.run_jobs().await;
        assert_eq!(app.mails().await.len(), before + 2);
        let letter = app.mail_to("an@anphat.example").await;
        assert_eq!(letter.subject, "Sao Mai invites you to become its customer at VNG Cloud");
        assert_eq!(relation(&app, partner, "an@anphat.example").await.role.to_string(), "reseller");

        // Sent twice, as from a page left open.
        let again = browser.submit(&page, "order", &[]).await;
        again.expect_status(422)
            .expect("Nobody was invited: meanwhile some rows have changed.")
            .expect("Nobody will be invited. 2 rows are left out");
        assert!(!again.has("input[name='order']"));
        app.run_jobs().await;
        assert_eq!(app.mails().await.len(), before + 2, "and nobody twice");
    }

    async fn who_was_written_to_a_moment_ago_is_left_out(app: TestApp) {
        let (partner, browser) = sao_mai(&app).await;
        let page = preview(&browser, FILE.as_bytes()).await;
        invite(&browser, "lien@hoasen.example", "Hoa Sen").await.expect_status(200);
        let id = relation(&app, partner, "lien@hoasen.example").await.id;
        browser.post(&format!("/customers/{id}/withdraw"), &[]).await.expect("is withdrawn");

        let late = browser.submit(&page, "order", &[]).await;
        late.expect_status(422)
            .expect("Nobody was invited: meanwhile some rows have changed.")
            .expect("2 lien@hoasen.example Hoa Sen partner Left out An email to this address went out a moment ago");
        browser.submit(&late, "order", &[]).await.expect_status(200).expect("An Phát");
        app.advance(SignedDuration::from_mins(10));
        preview(&browser, FILE.as_bytes()).await.expect("2 lien@hoasen.example Hoa Sen partner Will be invited");
    }

    async fn only_who_was_shown_a_preview_confirms_it_unchanged_and_in_time(app: TestApp) {
        let (_, browser) = sao_mai(&app).await;
        let page = preview(&browser, FILE.as_bytes()).await;
        let order = page.attribute("input[name='order']", "value").unwrap();
        let refused = async |browser: &Browser, order: &str| {
            let page = browser.post("/customers/import/confirm", &[("order", order)]).await;
            page.expect_status(409).expect("This preview is too old");
        };

        app.partner("root@other.example", "Other", "0100233583").await;
        let other = signed_in(&app, "root@other.example", "/customers").await;
        refused(&other, &order).await;
        refused(&browser, &format!("{order}x")).await;
        refused(&browser, "").await;
        app.advance(SignedDuration::from_hours(12));
        let browser = signed_in(&app, SAO_MAI, "/customers").await;
        refused(&browser, &order).await;
        app.run_jobs().await;
        assert!(app.mails().await.is_empty());
    }

    async fn a_file_that_cannot_be_used_is_named_and_a_large_one_is_not_read(app: TestApp) {
        let (_, browser) = sao_mai(&app).await;
        let says = async |file: &[u8], words: &str| {
            let page = preview(&browser, file).await;
            page.expect_status(422).expect(words);
            assert!(page.has("#file[aria-invalid]"));
        };
        let form = browser.get("/customers/import").await;
        browser.submit_file_called(&form, "file", "", b"").await.expect_status(422).expect("Choose a file.");
        says(b"", "This file is empty.").await;
        says(b"\x89PNG\r\n", "This file cannot be read").await;
        says(b"email\na@a.example\n", "no column with the heading “name”").await;
        says(b"email,name\n", "no rows below the headings").await;
        says(many(MOST_ROWS + 1).as_bytes(), "more than 500 rows").await;
        preview(&browser, &vec![b' '; MOST_BYTES + 1]).await.expect_status(413);
        preview(&browser, &vec![b' '; MOST_BYTES + 128 * 1024]).await.expect_status(413);
    }

    async fn the_empty_file_to_begin_with_is_read_back_in_both_languages(app: TestApp) {
        let (_, browser) = sao_mai(&app).await;
        for (language, said) in [("en", "One will be invited"), ("vi", "1 khách hàng sẽ được mời")] {
            browser.post("/language", &[("language", language), ("back", "/customers/import")]).await;
            let empty = browser.get("/customers/import/template.csv").await;
            assert_eq!(empty.headers["content-type"], "text/csv; charset=utf-8");
            let filled = format!("{}lien@hoasen.example,Hoa Sen,\r\n", empty.body);
            preview(&browser, filled.as_bytes()).await.expect_status(200).expect(said);
        }
    }

    async fn as_many_as_a_day_allows_go_out_at_once_and_no_more(app: TestApp) {
        let (partner, browser) = sao_mai(&app).await;
        invite(&browser, "lien@hoasen.example", "Hoa Sen").await.expect_status(200);
        let page = preview(&browser, many(500).as_bytes()).await;
        page.expect_status(422)
            .expect("The file has 500 to invite, and only 499 more may be invited within 24 hours.")
            .expect("Nothing can be sent until it has at most 499.");
        assert!(!page.says("will be invited") && !page.says("Will be invited"), "none of them will");
        assert!(!page.has("input[name='order']"));
        let page = preview(&browser, many(499).as_bytes()).await;
        browser.submit(&page, "order", &[]).await.expect_status(200);
        let invited = customers::store::sent_within_day(app.app().db().read(), partner, app.now()).await;
        assert_eq!(invited.unwrap(), 500);
    }
}
