//! What moved, page by page.

use credit::service::{Row, import};
use platform::actor::Caller;
use testkit::Page;

use super::{CLERK, cast, fund, root, staff, vnd};

fn link(page: &Page, rel: &str) -> Option<String> {
    page.attribute(&format!(".pager a[rel={rel}]"), "href")
}

testkit::on_both_databases! {
    async fn newer_leads_to_the_page_before(app: TestApp) {
        let cast = cast(&app).await;
        fund(&app, cast.partner, 100, "FT 1").await;
        let row = |n: u32| Row {
            row: format!("row {n}"),
            account: cast.partner,
            amount: vnd(1),
            period: "2026-11".to_owned(),
            description: format!("Use {n}."),
        };
        let rows: Vec<Row> = (1..=60).map(row).collect();
        import(&app.installation.rooms.credit, Caller::system(), &rows).await.unwrap();
        let (root, clerk) = (root(&app).await, staff(&app, CLERK).await);
        for (reader, path) in [(&root, "/credit".to_owned()), (&clerk, format!("/staff/credit/accounts/{}", cast.partner))] {
            for kind in ["", "usage"] {
                let first = reader.get(&format!("{path}?kind={kind}")).await;
                first.expect("Use 60.").expect("Use 36.");
                assert_eq!(link(&first, "prev"), None);
                let second = reader.get(&link(&first, "next").unwrap()).await;
                let third = reader.get(&link(&second, "next").unwrap()).await;
                third.expect("Use 10.").expect("Use 1.");
                assert_eq!(link(&third, "next"), None);
                let back = reader.get(&link(&third, "prev").unwrap()).await;
                back.expect("Use 35.").expect("Use 11.");
                assert!(!back.says("Use 36.") && !back.says("Use 10."));
                assert_eq!(link(&back, "next"), link(&second, "next"));
                let newest = reader.get(&link(&back, "prev").unwrap()).await;
                newest.expect("Use 60.").expect("Use 36.");
                assert!(!newest.says("Use 35."));
                assert_eq!((link(&newest, "prev"), link(&newest, "next")), (None, link(&first, "next")));
            }
        }
    }
}
