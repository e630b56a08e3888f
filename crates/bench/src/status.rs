//! The signed-in status page against a bare handler.

use std::{net::SocketAddr, time::Duration};

use http_body_util::Full;
use hyper::{Request, StatusCode};
use tokio::process::Command;

use crate::{
    Result,
    load::{Ask, Load, count, once},
    people,
    process::{Server, free_address},
    report::{Aim, Figure},
    stage::Stage,
};

pub(crate) const ABOUT: &str = "\
`GET /registration` of accounts whose registration awaits approval, each with its session cookie, against an axum
handler that returns a constant page of the same size: two processes on the same machine, the same server and
runtime, 32 connections that are kept alive, 64 accounts in turn, answers uncompressed on both sides. The generator shares the
cores with the server, so the ratio of requests/s flatters the slower side; the ratio of processor time spent per
request in the server's process does not. What a page costs is spread thin over system calls, allocation, the line of the
access log, messages and the template: a profile shows nothing single that could be left out to reach the aim.";

const CLIENTS: usize = 32;
const ACCOUNTS: usize = 64;

pub(crate) async fn run(stage: &Stage) -> Result<Vec<Figure>> {
    let site = stage.site().await?;
    let installation = site.open().await?;
    let roots = people::roots(&installation.app, ACCOUNTS).await?;
    for root in &roots {
        people::apply(&installation.rooms.desk, root).await?;
    }
    installation.app.db().clone().close().await?;
    let cookies: Vec<String> = roots.into_iter().map(|root| root.cookie).collect();

    let product = stage.serve(&site).await?;
    let first = ask(product.address, cookies.first().map(String::as_str))?;
    let (status, page) = once(product.address, first).await?;
    if status != StatusCode::OK || !String::from_utf8_lossy(&page).contains("Awaiting approval") {
        return Err(format!("the status page was answered {status}:\n{page:?}").into());
    }
    let bare = bare(page.len()).await?;

    let mut figures = Rounds::default();
    // The first seconds of both are not counted: connections of the database, allocations, branch prediction.
    for lasting in std::iter::once(Duration::from_secs(1)).chain(vec![stage.lasting; stage.rounds]) {
        let reference = measure(&bare, lasting, Vec::new()).await?;
        let measured = measure(&product, lasting, cookies.clone()).await?;
        figures.0.push((reference, measured));
    }
    figures.0.remove(0);
    let (_, most) = product.memory()?;
    product.stop().await?;
    let mut rows = figures.rows();
    rows.push(Figure::new("page", "bytes", vec![count(page.len())]));
    rows.push(Figure::new("resident memory, the most", "MB", vec![most]));
    Ok(rows)
}

async fn bare(bytes: usize) -> Result<Server> {
    let address = free_address()?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args([
        "bare",
        "--bytes",
        &bytes.to_string(),
        "--port",
        &address.port().to_string(),
    ]);
    Server::start(command, address, "/").await
}

fn ask(server: SocketAddr, cookie: Option<&str>) -> Result<Ask> {
    let mut request = Request::get("/registration")
        .header("host", server.to_string())
        .header("accept", "text/html")
        .header("accept-language", "en");
    if let Some(cookie) = cookie {
        request = request.header("cookie", cookie);
    }
    Ok(request.body(Full::default())?)
}

struct Measured {
    per_second: f64,
    /// Processor time of the server per request, in microseconds.
    cpu: f64,
    /// 99 % were answered within this many milliseconds.
    p99: f64,
}

/// Each client takes the accounts in turn.
async fn measure(server: &Server, lasting: Duration, cookies: Vec<String>) -> Result<Measured> {
    let load = Load {
        server: server.address,
        clients: CLIENTS,
        lasting: Some(lasting),
        expected: StatusCode::OK,
    };
    let asks: Vec<Ask> = if cookies.is_empty() {
        // The same request, with a cookie as long as the product's.
        let cookie = format!("session={}", "x".repeat(43));
        vec![ask(server.address, Some(&cookie))?]
    } else {
        let asks = cookies.iter().map(|cookie| ask(server.address, Some(cookie)));
        asks.collect::<Result<_>>()?
    };
    let turn = std::sync::atomic::AtomicUsize::new(0);
    let before = server.cpu()?;
    let answered = load
        .run(move |_| {
            let turn = turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            asks.get(turn % asks.len()).cloned()
        })
        .await?;
    let cpu = server.cpu()?.saturating_sub(before);
    Ok(Measured {
        per_second: answered.per_second(),
        cpu: cpu.as_secs_f64() * 1e6 / count(answered.count.max(1)),
        p99: answered.within(0.99),
    })
}

/// Reference and product, round by round.
#[derive(Default)]
struct Rounds(Vec<(Measured, Measured)>);

impl Rounds {
    fn rows(&self) -> Vec<Figure> {
        let all = |of: &dyn Fn(&(Measured, Measured)) -> f64| self.0.iter().map(of).collect::<Vec<f64>>();
        vec![
            Figure::new("bare handler", "requests/s", all(&|(bare, _)| bare.per_second)),
            Figure::new("status page", "requests/s", all(&|(_, page)| page.per_second)),
            Figure::new(
                "**status page ÷ bare handler**, requests/s",
                "",
                all(&|(bare, page)| page.per_second / bare.per_second),
            )
            .aim(Aim::AtLeast(0.25)),
            Figure::new(
                "bare handler, processor time",
                "µs/request",
                all(&|(bare, _)| bare.cpu),
            ),
            Figure::new(
                "status page, processor time",
                "µs/request",
                all(&|(_, page)| page.cpu),
            ),
            Figure::new(
                "bare handler ÷ status page, processor time",
                "",
                all(&|(bare, page)| bare.cpu / page.cpu),
            ),
            Figure::new("bare handler, 99 % within", "ms", all(&|(bare, _)| bare.p99)),
            Figure::new("status page, 99 % within", "ms", all(&|(_, page)| page.p99)),
        ]
    }
}
