//! The load generator: connections that are kept alive, each asking again as soon as it is answered.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use http_body_util::{BodyExt, Full};
use hyper::{Request, StatusCode, body::Bytes, client::conn::http1};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, task::JoinSet};

use crate::Result;

/// A request as it is sent.
pub(crate) type Ask = Request<Full<Bytes>>;

/// What is asked of whom.
pub(crate) struct Load {
    pub(crate) server: SocketAddr,
    /// How many connections ask at once.
    pub(crate) clients: usize,
    /// When they stop; without it, when `next` has nothing more.
    pub(crate) lasting: Option<Duration>,
    /// The status of every answer.
    pub(crate) expected: StatusCode,
}

/// What came of it.
pub(crate) struct Answered {
    /// How many requests were answered as expected; anything else fails the run.
    pub(crate) count: usize,
    pub(crate) took: Duration,
    /// How long each took, ascending.
    latencies: Vec<Duration>,
}

impl Answered {
    /// What was answered in so long, each within its time.
    pub(crate) fn new(took: Duration, mut latencies: Vec<Duration>) -> Self {
        latencies.sort_unstable();
        Self {
            count: latencies.len(),
            took,
            latencies,
        }
    }

    pub(crate) fn per_second(&self) -> f64 {
        count(self.count) / self.took.as_secs_f64()
    }

    /// The time within which the given share (0 to 1) was answered, in milliseconds.
    pub(crate) fn within(&self, share: f64) -> f64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an index within the list"
        )]
        let at = (count(self.latencies.len().saturating_sub(1)) * share) as usize;
        self.latencies
            .get(at)
            .map_or(0.0, |latency| latency.as_secs_f64() * 1000.0)
    }
}

/// A count as a figure.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of a measurement are far below 2^52"
)]
pub(crate) fn count(of: usize) -> f64 {
    of as f64
}

impl Load {
    /// Runs it. `next` gives a client (counted from 0) its next request, or ends it.
    pub(crate) async fn run<N>(&self, next: N) -> Result<Answered>
    where
        N: Fn(usize) -> Option<Ask> + Send + Sync + 'static,
    {
        let next = Arc::new(next);
        let mut connections = Vec::new();
        for _ in 0..self.clients {
            let stream = TcpStream::connect(self.server).await?;
            stream.set_nodelay(true)?;
            let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
            tokio::spawn(connection);
            connections.push(sender);
        }
        let began = Instant::now();
        let end = self.lasting.map(|lasting| began + lasting);
        let mut clients = JoinSet::new();
        for (n, sender) in connections.into_iter().enumerate() {
            let (next, expected) = (next.clone(), self.expected);
            clients.spawn(async move { client(n, sender, end, expected, &*next).await });
        }
        let mut latencies = Vec::new();
        while let Some(done) = clients.join_next().await {
            latencies.extend(done??);
        }
        let took = began.elapsed();
        latencies.sort_unstable();
        Ok(Answered {
            count: latencies.len(),
            took,
            latencies,
        })
    }
}

async fn client(
    n: usize,
    mut sender: http1::SendRequest<Full<Bytes>>,
    end: Option<Instant>,
    expected: StatusCode,
    next: &(dyn Fn(usize) -> Option<Ask> + Send + Sync),
) -> Result<Vec<Duration>> {
    let mut latencies = Vec::new();
    while end.is_none_or(|end| Instant::now() < end) {
        let Some(request) = next(n) else { break };
        sender.ready().await?;
        let asked = Instant::now();
        let response = sender.send_request(request).await?;
        let status = response.status();
        let mut body = response.into_body();
        while let Some(frame) = body.frame().await {
            frame?;
        }
        if status != expected {
            return Err(format!("client {n} was answered {status}, expected {expected}").into());
        }
        latencies.push(asked.elapsed());
    }
    Ok(latencies)
}

/// Asks once, on a connection of its own.
pub(crate) async fn once(server: SocketAddr, request: Ask) -> Result<(StatusCode, Bytes)> {
    let stream = TcpStream::connect(server).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let response = sender.send_request(request).await?;
    let status = response.status();
    Ok((status, response.into_body().collect().await?.to_bytes()))
}
