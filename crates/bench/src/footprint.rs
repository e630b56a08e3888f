//! Memory, binary size, start-up.

use std::time::Duration;

use http_body_util::Full;
use hyper::{Request, StatusCode};

use crate::{
    Result,
    load::{Ask, Load, once},
    people,
    report::{Aim, Figure},
    stage::{Site, Stage},
};

pub(crate) const ABOUT: &str = "\
The binary as it is shipped (`--profile dist`) as `portico serve` on an existing database. Start-up is from the start of the process to its first
answer. Memory is what is resident (`VmRSS`): at rest three seconds after the first signed-in page was served; under
load while 64 clients read their status pages; afterwards three seconds later. On PostgreSQL the server's own memory
is not counted; SQLite and its page caches are in the process.";

const CLIENTS: usize = 64;

pub(crate) async fn run(stage: &Stage) -> Result<Vec<Figure>> {
    let site = stage.site().await?;
    let cookies = fill(&site).await?;
    let (mut starts, mut rest, mut load, mut after) = (vec![], vec![], vec![], vec![]);
    for _ in 0..stage.rounds {
        let server = stage.serve(&site).await?;
        starts.push(server.started_in.as_secs_f64() * 1000.0);
        let asks = cookies
            .iter()
            .map(|cookie| ask(&site, cookie))
            .collect::<Result<Vec<Ask>>>()?;
        let first = asks.first().cloned().ok_or("nobody is signed in")?;
        let (status, _) = once(server.address, first).await?;
        if status != StatusCode::OK {
            return Err(format!("the status page was answered {status}").into());
        }
        settle().await;
        rest.push(server.memory()?.0);
        let all = Load {
            server: server.address,
            clients: CLIENTS,
            lasting: Some(stage.lasting),
            expected: StatusCode::OK,
        };
        all.run(move |client| asks.get(client).cloned()).await?;
        load.push(server.memory()?.1);
        settle().await;
        after.push(server.memory()?.0);
        server.stop().await?;
    }
    #[expect(clippy::cast_precision_loss, reason = "a file's size is far below 2^52")]
    let bytes = std::fs::metadata(&stage.product)?.len() as f64 / 1e6;
    Ok(vec![
        Figure::new("start-up", "ms", starts).aim(Aim::AtMost(300.0)),
        Figure::new("memory at rest", "MB", rest).aim(Aim::AtMost(40.0)),
        Figure::new("memory under load, the most", "MB", load),
        Figure::new("memory after the load", "MB", after),
        Figure::new("binary", "MB", vec![bytes]),
    ])
}

async fn fill(site: &Site) -> Result<Vec<String>> {
    let installation = site.open().await?;
    let roots = people::roots(&installation.app, CLIENTS).await?;
    for root in &roots {
        people::apply(&installation.rooms.desk, root).await?;
    }
    installation.app.db().clone().close().await?;
    Ok(roots.into_iter().map(|root| root.cookie).collect())
}

fn ask(site: &Site, cookie: &str) -> Result<Ask> {
    let request = Request::get("/registration")
        .header("host", site.address.to_string())
        .header("cookie", cookie);
    Ok(request.body(Full::default())?)
}

async fn settle() {
    tokio::time::sleep(Duration::from_secs(3)).await;
}
