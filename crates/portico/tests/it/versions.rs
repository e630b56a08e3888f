//! The tag of an answer, and what it stands for.

use axum::http::header::ETAG;
use platform::{Work, actor::Caller, api::versioned, event::Subject, web::Fault};
use registration::event::RegistrationEvent;
use testkit::on_both_databases;

on_both_databases! {
    async fn a_tag_is_never_newer_than_what_it_stands_for(app: TestApp) {
        let (app, id) = (app.app(), app.app().new_id());
        let subject = Subject { kind: "registration", id, account: None };
        // Somebody decides after the thing was read, and before it is answered.
        let read = async {
            let mut work = Work::begin(app, Caller::system()).await.unwrap();
            work.record(subject, &RegistrationEvent::Approved).await.unwrap();
            work.commit().await.unwrap();
            Ok::<_, Fault>("as it was before")
        };
        let stale = versioned(app, id, read).await.unwrap();
        let current = versioned(app, id, async { Ok::<_, Fault>("as it is now") }).await.unwrap();
        assert_eq!((&stale.headers()[ETAG], &current.headers()[ETAG]), (&"\"0\"".parse().unwrap(), &"\"1\"".parse().unwrap()));
    }
}
