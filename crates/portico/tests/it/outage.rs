//! The database goes away under load and comes back: nobody is told a lie, nothing needs a restart.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use kernel::AccountId;
use platform::{event, mail::outbox};
use registration::store::rows::registration;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use testkit::{Browser, On, PASSWORD, Page, TestApp, eventually};
use uuid::Uuid;

use crate::crash::{free_port, write_config};

/// A PostgreSQL server of this test's own.
pub(crate) struct Cluster(String);

impl Cluster {
    pub(crate) fn start() -> (Self, String) {
        let cluster = Self(format!("outage-{}", std::process::id()));
        let url = cluster.script("start");
        (cluster, url)
    }

    pub(crate) fn script(&self, command: &str) -> String {
        let output = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../script/postgres"))
            .args([command, &self.0])
            .stderr(Stdio::inherit())
            .output()
            .expect("script/postgres runs");
        assert!(output.status.success(), "script/postgres {command}");
        String::from_utf8(output.stdout).expect("text").trim().to_owned()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.script("stop");
    }
}

/// Accounts that may apply, each with its browser at the form.
async fn applicants(app: &TestApp, count: usize) -> Vec<AccountId> {
    let mut accounts = Vec::new();
    for n in 0..count {
        let email = format!("root{n}@example.vn");
        accounts.push(
            app.enterprise(&email, &format!("Company {n}"), "0100109106")
                .await,
        );
    }
    accounts
}

async fn at_the_form(url: &str, n: usize) -> (Browser, Page) {
    let browser = Browser::new(url);
    let page = browser
        .sign_in(&format!("root{n}@example.vn"), PASSWORD, "/registration")
        .await;
    assert!(page.has("[name=agree]"), "{}", page.text());
    (browser, page)
}

/// Whether the form was taken; anything else than that or "come back later" fails the test.
async fn is_taken(browser: &Browser, page: &Page) -> bool {
    let answer = browser.submit(page, "agree", &[("agree", "yes")]).await;
    if answer.status == 503 {
        assert!(answer.headers.contains_key("retry-after"), "come back when?");
        assert!(answer.says("try again"), "{}", answer.text());
        return false;
    }
    answer.expect_status(200);
    assert!(answer.says("Awaiting approval"), "{}", answer.text());
    true
}

/// Sends the form until it is taken, counting the answers to come back later.
async fn insist(browser: Browser, page: Page, put_off: Arc<AtomicUsize>) {
    while !is_taken(&browser, &page).await {
        put_off.fetch_add(1, Ordering::Relaxed);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_postgres_is_away_everybody_is_told_when_to_come_back_and_then_all_goes_on() {
    let (cluster, url) = Cluster::start();
    let app = TestApp::start_with(On::Sqlite, |config| config.database.url = Some(url)).await;
    let accounts = applicants(&app, 12).await;
    let _jobs = app.installation.start_jobs();
    let mut ready = Vec::new();
    for n in 0..accounts.len() {
        ready.push(at_the_form(&app.url(""), n).await);
    }
    let put_off = Arc::new(AtomicUsize::new(0));
    let mut submits = tokio::task::JoinSet::new();
    let later = ready.split_off(6);
    for (browser, page) in ready {
        submits.spawn(insist(browser, page, put_off.clone()));
    }
    submits.join_next().await.expect("one").expect("taken");
    cluster.script("pause");
    for (browser, page) in later {
        submits.spawn(insist(browser, page, put_off.clone()));
    }
    eventually(async || (put_off.load(Ordering::Relaxed) >= 6).then_some(())).await;

    cluster.script("resume");
    while let Some(taken) = submits.join_next().await {
        taken.expect("taken");
    }
    let db = app.app().db().read();
    for account in accounts {
        let account = Uuid::from(account);
        let registrations = registration::Entity::find().filter(registration::Column::AccountId.eq(account));
        assert_eq!(registrations.all(db).await.expect("rows").len(), 1, "{account}");
        let events = event::row::Entity::find()
            .filter(event::row::Column::AccountId.eq(account))
            .filter(event::row::Column::Kind.eq("registration.submitted"));
        assert_eq!(events.all(db).await.expect("rows").len(), 1, "{account}");
        // The jobs found back by themselves.
        eventually(async || {
            let messages = outbox::row::Entity::find()
                .filter(outbox::row::Column::AccountId.eq(account))
                .filter(outbox::row::Column::Template.eq("registration-awaiting-approval"));
            let messages = messages.all(db).await.expect("rows");
            assert_eq!(messages.len(), 1, "{account}");
            (messages[0].state == "sent").then_some(())
        })
        .await;
    }
}

/// The binary with its data on a disk of some megabytes, which only it sees mounted.
struct OnSmallDisk {
    child: Child,
    disk: std::path::PathBuf,
}

impl Drop for OnSmallDisk {
    fn drop(&mut self) {
        // Already gone is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl OnSmallDisk {
    async fn start(data: &Path, mount_point: &Path, port: u16) -> Self {
        let script = "mount -t tmpfs -o size=24m none \"$2\" && cp -r \"$1/.\" \"$2\" \
                      && exec \"$3\" serve --config \"$2/portico.toml\" --data \"$2\" --listen \"$4\"";
        let child = Command::new("unshare")
            .args(["--map-root-user", "--mount", "sh", "-c", script, "sh"])
            .args([data, mount_point])
            .args([env!("CARGO_BIN_EXE_portico"), &format!("127.0.0.1:{port}")])
            .stderr(Stdio::null())
            .spawn()
            .expect("util-linux is there");
        // Its view of the mount point.
        let disk = Path::new("/proc").join(child.id().to_string()).join("root");
        let disk = disk.join(mount_point.strip_prefix("/").expect("an absolute path"));
        eventually(async || {
            reqwest::get(format!("http://127.0.0.1:{port}/healthz"))
                .await
                .ok()
        })
        .await;
        Self { child, disk }
    }

    fn filler(&self) -> std::path::PathBuf {
        self.disk.join("filler")
    }

    fn fill(&self) {
        use std::io::Write;
        let mut filler = std::fs::File::create(self.filler()).expect("a file");
        let block = [0_u8; 4096];
        while filler.write_all(&block).is_ok() {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_takes_nothing_in_part_and_space_is_enough_to_go_on() {
    let app = TestApp::start(On::Sqlite).await;
    let count = applicants(&app, 8).await.len();
    app.app().db().clone().close().await.expect("closed");
    let port = free_port();
    let url = format!("http://127.0.0.1:{port}");
    write_config(app.data(), &url);
    let mount_point = tempfile::tempdir().expect("a folder");
    let server = OnSmallDisk::start(app.data(), mount_point.path(), port).await;
    let mut ready = Vec::new();
    for n in 0..count {
        ready.push(at_the_form(&url, n).await);
    }

    server.fill();
    for (browser, page) in &ready {
        assert!(!is_taken(browser, page).await, "where was it written to?");
        // Reading goes on, and shows that nothing was taken.
        let form = browser.get("/registration").await;
        assert!(form.has("[name=agree]"), "{}", form.text());
    }
    std::fs::remove_file(server.filler()).expect("removed");
    let submits = ready
        .into_iter()
        .map(|(browser, page)| tokio::spawn(insist(browser, page, Arc::default())));
    for taken in submits.collect::<Vec<_>>() {
        taken.await.expect("taken");
    }
}
