//! Who is whose customer, as other rooms ask.

use customers::directory;

testkit::on_both_databases! {
    async fn a_partners_customers_are_called_as_it_calls_them(app: TestApp) {
        let partner = app.partner("root@saomai.example", "Sao Mai", "0100109106").await;
        let other = app.partner("root@other.example", "Khác", "0301482205").await;
        let hoa = app.customer(&partner, "hoa@hoasen.example", "Hoa Sen").await;
        let an = app.customer(partner, "an@anphat.example", "An Phát").await;
        let theirs = app.customer(other, "x@x.example", "Theirs").await;
        let db = app.app().db().read();
        let names: Vec<String> =
            directory::active(db, partner).await.unwrap().into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["An Phát", "Hoa Sen"]);
        let found = directory::customer(db, partner, an).await.unwrap().unwrap();
        assert_eq!((found.name.as_str(), found.email.as_str()), ("An Phát", "an@anphat.example"));
        assert!(directory::customer(db, partner, theirs).await.unwrap().is_none());
        assert_eq!(directory::partner_of(db, hoa).await.unwrap(), Some(partner));
        assert_eq!(directory::partner_of(db, partner).await.unwrap(), None);
    }
}
