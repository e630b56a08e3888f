//! The signed-in status page against a bare handler.

use std::net::SocketAddr;

use http_body_util::Full;
use hyper::{Request, StatusCode};

use crate::{
    Result,
    beside::{Rounds, bare},
    load::{Ask, count, once},
    people,
    report::Figure,
    stage::Stage,
};

pub(crate) const ABOUT: &str = "\
`GET /registration` of accounts whose registration awaits approval, each with its session cookie, against an axum
handler that returns a constant page of the same size: two processes on the same machine, the same server and
runtime, 32 connections that are kept alive, 64 accounts in turn, answers uncompressed on both sides. The generator shares the
cores with the server, so the ratio of requests/s flatters the slower side; the ratio of processor time spent per
request in the server's process does not. What a page costs is spread thin over system calls, allocation, the line of the
access log, messages and the template.";

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

    // The same request, with a cookie as long as the product's.
    let reference = ask(bare.address, Some(&format!("session={}", "x".repeat(43))))?;
    let asks = cookies.iter().map(|cookie| ask(product.address, Some(cookie)));
    let asks = asks.collect::<Result<_>>()?;
    let rounds = Rounds::run(stage, (&bare, reference), (&product, asks)).await?;
    let (_, most) = product.memory()?;
    product.stop().await?;
    let mut rows = rounds.rows("status page", 0.25);
    rows.push(Figure::new("page", "bytes", vec![count(page.len())]));
    rows.push(Figure::new("resident memory, the most", "MB", vec![most]));
    Ok(rows)
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
