//! Staff look for accounts.

use accounts::{
    account::{Class, PaymentMode},
    store::{NewAccount, insert},
};
use kernel::{AccountId, Language};
use platform::{StaffRole, api::Scope};
use testkit::TestApp;

use super::{CLERK, staff};

/// A person's account, under the person's own name.
async fn person(app: &TestApp, email: &str, name: &str) -> AccountId {
    let new = NewAccount {
        id: app.app().new_id().into(),
        root: app.app().new_id().into(),
        class: Class::Individual,
        phone: "+84 28 1234 5678".to_owned(),
        payment_mode: PaymentMode::Prepaid,
        email: email.parse().unwrap(),
        name: name.to_owned(),
        language: Language::Vietnamese,
        password: None,
        email_verified_at: None,
        created_at: app.now(),
    };
    let tx = app.app().db().begin().await.unwrap();
    insert(&tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    new.id
}

testkit::on_both_databases! {
    async fn a_name_is_found_in_any_case_and_without_its_diacritics(app: TestApp) {
        app.staff(CLERK, StaffRole::Reviewer).await;
        let company = app.enterprise("root@sodo.example", "CÔNG TY ĐẤT VIỆT [Số 1] 100%", "0100109106").await;
        let woman = person(&app, "an@example.vn", "Đặng Thị Ẩn").await;
        let clerk = staff(&app, CLERK).await;
        let program = app.program(CLERK, &[Scope::CreditRead]).await;
        for (text, found) in [
            ("đất", vec![company]),
            ("DAT", vec![company]),
            ("ĐẤT VIỆT", vec![company]),
            ("dat viet [so 1] 100%", vec![company]),
            ("thị ẩn", vec![woman]),
            ("ẨN", vec![woman]),
            ("DANG thi", vec![woman]),
            ("root@SODO", vec![company]),
            ("[DAT]", vec![]),
            ("d*t", vec![]),
            ("d_t", vec![]),
            ("d.t", vec![]),
            ("^", vec![]),
            ("]", vec![company]),
            ("\\", vec![]),
            (&"o".repeat(5_000), vec![]),
        ] {
            let page = clerk.get(&format!("/staff/credit?q={}", text.replace('%', "%25"))).await;
            page.expect_status(200);
            let expected: Vec<String> = found.iter().map(|id| format!("/staff/credit/accounts/{id}")).collect();
            assert_eq!(page.links("tbody th a"), expected, "{text}");
        }
        let found = program.get("/api/v1/credit/accounts?q=DAT%20viet").await;
        assert_eq!(found.body["items"][0]["account_id"], serde_json::json!(company));
    }
}
