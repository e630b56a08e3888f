//! Requests to the product beside the same to a bare handler, round by round.

use std::{
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    time::Duration,
};

use hyper::StatusCode;
use tokio::process::Command;

use crate::{
    Result,
    load::{Ask, Load, count},
    process::{Server, free_address},
    report::{Aim, Figure},
    stage::Stage,
};

const CLIENTS: usize = 32;

/// A server that answers everything with a constant page of so many bytes.
pub(crate) async fn bare(bytes: usize) -> Result<Server> {
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

struct Measured {
    per_second: f64,
    /// Processor time of the server per request, in microseconds.
    cpu: f64,
    /// 99 % were answered within this many milliseconds.
    p99: f64,
}

/// Each client takes the requests in turn.
async fn measure(server: &Server, lasting: Duration, asks: Vec<Ask>) -> Result<Measured> {
    let load = Load {
        server: server.address,
        clients: CLIENTS,
        lasting: Some(lasting),
        expected: StatusCode::OK,
    };
    let turn = AtomicUsize::new(0);
    let before = server.cpu()?;
    let answered = load
        .run(move |_| {
            let turn = turn.fetch_add(1, Relaxed);
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
pub(crate) struct Rounds(Vec<(Measured, Measured)>);

impl Rounds {
    /// Sends `reference` to the bare handler and `asks` to the product, in turn.
    pub(crate) async fn run(
        stage: &Stage,
        (bare, reference): (&Server, Ask),
        (product, asks): (&Server, Vec<Ask>),
    ) -> Result<Self> {
        let mut rounds = Vec::with_capacity(stage.rounds + 1);
        // The first seconds of both are not counted: connections of the database, allocations, branch prediction.
        for lasting in std::iter::once(Duration::from_secs(1)).chain(vec![stage.lasting; stage.rounds]) {
            let reference = measure(bare, lasting, vec![reference.clone()]).await?;
            let measured = measure(product, lasting, asks.clone()).await?;
            rounds.push((reference, measured));
        }
        rounds.remove(0);
        Ok(Self(rounds))
    }

    /// The figures of what the product answers, called `what`; `share` of the bare handler's requests/s is aimed at.
    pub(crate) fn rows(&self, what: &str, share: f64) -> Vec<Figure> {
        let all = |of: &dyn Fn(&(Measured, Measured)) -> f64| self.0.iter().map(of).collect::<Vec<f64>>();
        vec![
            Figure::new("bare handler", "requests/s", all(&|(bare, _)| bare.per_second)),
            Figure::new(what, "requests/s", all(&|(_, page)| page.per_second)),
            Figure::new(
                &format!("**{what} ÷ bare handler**, requests/s"),
                "",
                all(&|(bare, page)| page.per_second / bare.per_second),
            )
            .aim(Aim::AtLeast(share)),
            Figure::new(
                "bare handler, processor time",
                "µs/request",
                all(&|(bare, _)| bare.cpu),
            ),
            Figure::new(
                &format!("{what}, processor time"),
                "µs/request",
                all(&|(_, page)| page.cpu),
            ),
            Figure::new(
                &format!("bare handler ÷ {what}, processor time"),
                "",
                all(&|(bare, page)| bare.cpu / page.cpu),
            ),
            Figure::new("bare handler, 99 % within", "ms", all(&|(bare, _)| bare.p99)),
            Figure::new(&format!("{what}, 99 % within"), "ms", all(&|(_, page)| page.p99)),
        ]
    }
}
