//! A provider's existing accounts.

use std::{fmt::Write, io::Read};

use accounts::{
    import::{BadRow, Progress, Report, run},
    store::{self, find_root},
};
use platform::actor::{Caller, Capacity};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use testkit::TestApp;

async fn import(app: &TestApp, file: &[u8]) -> Report {
    run(app.app(), Caller::system(), file, |_| {}).await.unwrap()
}

async fn account(app: &TestApp, email: &str) -> Option<accounts::account::Account> {
    let db = app.app().db().read();
    let Capacity::Root { account, .. } = find_root(db, &email.parse().unwrap()).await.unwrap()?.capacity
    else {
        return None;
    };
    store::account(db, account).await.unwrap()
}

const FILE: &str = "\u{feff}email,name,class,legal_name,tax_code,uses_services,managed_by_email\n\
    customer@b.vn,Bình,individual,,,true,partner@saomai.vn\n\
    partner@saomai.vn,Lan,enterprise,\"Công ty Cổ phần \"\"Sao Mai\"\"\",0100109106,false,\n\
    bad@b.vn,Bad,enterprise,Bad Ltd,0100109105,,\n\
    \n\
    customer@b.vn,Again,individual,,,,\n\
    lost@b.vn,Lost,individual,,,,nobody@b.vn\n\
    short@b.vn,Short\n";

/// A file whose disk fails at the end.
struct Broken<'a>(&'a [u8]);

impl Read for Broken<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self.0.read(buffer) {
            Ok(0) => Err(std::io::Error::other("the disk is gone")),
            other => other,
        }
    }
}

testkit::on_both_databases! {
    async fn good_rows_come_in_and_bad_ones_are_named_by_line(app: TestApp) {
        let report = import(&app, FILE.as_bytes()).await;
        let bad: Vec<_> = report.bad.iter().map(|(line, reason)| format!("{line} {reason}")).collect();
        assert_eq!(bad, [
            "4 tax_code: the tenth digit does not match the nine before it; compare the code with your registration certificate",
            "6 the same email as in line 2",
            "7 managed_by_email: there is no account nobody@b.vn",
            "8 2 fields where the header has 7",
        ]);
        assert_eq!((report.created, report.unchanged), (2, 0));
        let (customer, partner) = (account(&app, "customer@b.vn").await.unwrap(), account(&app, "partner@saomai.vn").await.unwrap());
        assert_eq!(customer.managed_by, Some(partner.id));
        assert!(customer.standing.uses_services && !partner.standing.uses_services);
        assert_eq!(partner.display_name(), "Công ty Cổ phần \"Sao Mai\"");
        assert!(account(&app, "lost@b.vn").await.is_none());
    }

    async fn importing_twice_changes_nothing(app: TestApp) {
        let first = import(&app, FILE.as_bytes()).await;
        let changed = FILE.replace("Bình", "Another Name");
        let second = import(&app, changed.as_bytes()).await;
        assert_eq!((second.created, second.unchanged), (0, 2));
        assert_eq!(second.bad, first.bad);
        assert_eq!(account(&app, "customer@b.vn").await.unwrap().root.name, "Bình");
    }

    /// PostgreSQL goes through whole tables for it.
    async fn a_few_accounts_do_not_have_the_tables_looked_at_anew(app: TestApp) {
        import(&app, FILE.as_bytes()).await;
        let db = app.app().db();
        if db.backend() == DbBackend::Postgres {
            let looked = "SELECT count(*) AS n FROM pg_stat_user_tables WHERE last_vacuum IS NOT NULL";
            let row = db.read().query_one_raw(Statement::from_string(DbBackend::Postgres, looked)).await.unwrap().unwrap();
            assert_eq!(row.try_get::<i64>("", "n").unwrap(), 0);
        }
    }

    async fn a_row_that_is_no_text_stops_nothing(app: TestApp) {
        let report = import(&app, b"email,name\na@b.vn,L\xffn\nc@d.vn,Lan\n").await;
        assert_eq!(report.created, 1);
        assert!(matches!(report.bad[..], [(2, BadRow::NotUtf8 { column: "name", .. })]), "{report:?}");
    }

    async fn customers_come_in_before_their_partners_do(app: TestApp) {
        let mut file = "email,name,managed_by_email\n".to_owned();
        for n in 0..1_200 {
            // Every other account is the customer of the one after it.
            let manager = if n % 2 == 1 { String::new() } else { format!("user{}@b.vn", n + 1) };
            writeln!(file, "user{n}@b.vn,User {n},{manager}").unwrap();
        }
        let mut last = Progress { bytes: 0, rows: 0 };
        let report = run(app.app(), Caller::system(), file.as_bytes(), |progress| last = progress).await.unwrap();
        assert_eq!((report.created, report.bad.len()), (1_200, 0));
        assert_eq!(last, Progress { bytes: file.len() as u64, rows: 1_200 });
    }

    async fn a_customer_has_no_customers(app: TestApp) {
        import(&app, b"email,name,managed_by_email\npartner@b.vn,Lan,\nknown@b.vn,An,partner@b.vn\n").await;
        let file = "email,name,managed_by_email\nfirst@b.vn,First,known@b.vn\nthird@b.vn,Third,second@b.vn\n\
            second@b.vn,Second,partner@b.vn\nfourth@b.vn,Fourth,fifth@b.vn\nfifth@b.vn,Fifth,fourth@b.vn\n";
        let report = import(&app, file.as_bytes()).await;
        let bad: Vec<_> = report.bad.iter().map(|(line, reason)| format!("{line} {reason}")).collect();
        assert_eq!(bad, [
            "2 managed_by_email: known@b.vn is a partner's customer itself",
            "3 managed_by_email: second@b.vn is a partner's customer itself",
            "5 managed_by_email: fifth@b.vn is a partner's customer itself",
            "6 managed_by_email: fourth@b.vn is a partner's customer itself",
        ]);
        assert_eq!(report.created, 1);
        assert!(account(&app, "first@b.vn").await.is_none() && account(&app, "second@b.vn").await.is_some());
    }

    async fn an_import_that_was_cut_off_is_finished_by_the_next(app: TestApp) {
        let mut file = "email,name\n".to_owned();
        for n in 0..20_400 {
            writeln!(file, "user{n}@b.vn,User {n}").unwrap();
        }
        let cut = file.len() - 2_000;
        let error = run(app.app(), Caller::system(), Broken(&file.as_bytes()[..cut]), |_| {}).await.unwrap_err().to_string();
        assert!(error.contains("the disk is gone"), "{error}");
        let rest = import(&app, file.as_bytes()).await;
        assert_eq!((rest.created, rest.unchanged, rest.bad.len()), (400, 20_000, 0));
        assert!(account(&app, "user0@b.vn").await.is_some() && account(&app, "user20399@b.vn").await.is_some());
        let again = import(&app, file.as_bytes()).await;
        assert_eq!((again.created, again.unchanged), (0, 20_400));
    }

    async fn a_file_without_the_columns_is_refused(app: TestApp) {
        for (file, reason) in [("", "no column \"email\""), ("name\nLan\n", "no column \"email\""), ("email;name\n", "unknown column")] {
            let error = run(app.app(), Caller::system(), file.as_bytes(), |_| {}).await.unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
