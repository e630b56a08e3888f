//! Serves an installation until it is told to stop.
//!
//! Stopping in three steps, so that no request is lost: first `/readyz` says no, and every answer asks its client to
//! come back on a new connection; after the grace no connection is taken, save those that the kernel has accepted;
//! then what is under way is finished.

use std::{
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    pin::pin,
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderValue, Request, header},
};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use platform::App;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
};
use tower::{ServiceExt, service_fn};

use crate::installation::{Installation, StartError};

/// How long a connection may be silent. Longer than proxies keep theirs (a minute), so that it is they who close.
const SILENCE: Duration = Duration::from_secs(75);

/// How long what is under way may take to finish: requests and jobs together, and then the top-ups that they left. A request
/// ends after 30 seconds by itself.
const FINISH: Duration = Duration::from_secs(32);

/// Takes the address, before anything that depends on its port.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address)
        .await
        .map_err(|error| StartError::Io(address.to_string(), error))
}

/// Where a browser of this machine finds what listens there: "any address" is none to go to, and a cookie set under
/// another name is not sent along.
#[must_use]
pub fn reachable(address: SocketAddr) -> SocketAddr {
    match address {
        SocketAddr::V4(any) if any.ip().is_unspecified() => (Ipv4Addr::LOCALHOST, any.port()).into(),
        SocketAddr::V6(any) if any.ip().is_unspecified() => (Ipv6Addr::LOCALHOST, any.port()).into(),
        one => one,
    }
}

/// Serves until SIGTERM or Ctrl-C, then still takes requests for as long as `drain`, finishes what is under way,
/// and closes the database.
pub async fn serve(
    installation: Installation,
    listener: TcpListener,
    drain: Duration,
) -> Result<(), StartError> {
    let app = installation.app.clone();
    let mut jobs = installation.start_jobs();
    let upkeep = installation
        .metrics
        .clone()
        .map(|metrics| tokio::spawn(async move { metrics.keep_up().await }));
    let connections = Connections {
        app: app.clone(),
        router: installation.router,
        open: watch::Sender::new(()),
    };
    let stopping = async {
        told_to_stop().await;
        tracing::info!(?drain, "told to stop: draining");
        app.drain();
        tokio::select! {
            () = tokio::time::sleep(drain) => {}
            // Told twice: in a hurry.
            () = told_to_stop() => {}
        }
    };
    connections.take(&listener, stopping).await;
    connections.take_the_rest(listener);
    app.stop();
    tracing::info!(open = connections.open.receiver_count(), "stopping");
    connections.open.send_replace(());
    let until = tokio::time::Instant::now() + FINISH;
    if tokio::time::timeout_at(until, connections.open.closed())
        .await
        .is_err()
    {
        tracing::warn!("some connections did not end in time");
    }
    let finished = async { while jobs.join_next().await.is_some() {} };
    if tokio::time::timeout_at(until, finished).await.is_err() {
        tracing::warn!("a job did not finish in time; what it held is taken up again at the next start");
    }
    if let Some(upkeep) = upkeep {
        upkeep.abort();
    }
    if tokio::time::timeout(FINISH, installation.rooms.close())
        .await
        .is_err()
    {
        tracing::warn!("some top-ups were not posted in time; nobody was told that they were");
    }
    app.db().clone().close().await?;
    tracing::info!("stopped");
    Ok(())
}

struct Connections {
    app: App,
    router: Router,
    /// Each connection holds a receiver: a change tells it to end after the request under way.
    open: watch::Sender<()>,
}

impl Connections {
    /// Takes connections until `enough`.
    async fn take(&self, listener: &TcpListener, enough: impl Future<Output = ()>) {
        let mut enough = pin!(enough);
        loop {
            let accepted = tokio::select! {
                () = &mut enough => return,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, peer)) => self.serve(stream, peer),
                Err(error) => {
                    // Of one connection, or there are too many open files: the next may do better.
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
    }

    /// Takes the connections that the kernel has accepted in our name: their clients may have sent a request.
    fn take_the_rest(&self, listener: TcpListener) {
        let Ok(listener) = listener.into_std() else { return };
        while let Ok((stream, peer)) = listener.accept() {
            let nonblocking = stream.set_nonblocking(true);
            if let Ok(stream) = nonblocking.and_then(|()| TcpStream::from_std(stream)) {
                self.serve(stream, peer);
            }
        }
    }

    fn serve(&self, stream: TcpStream, peer: SocketAddr) {
        // Without it answers may wait for the client's acknowledgements; where it is not to be had, they do.
        let _ = stream.set_nodelay(true);
        let (router, app) = (self.router.clone(), self.app.clone());
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            let (router, app) = (router.clone(), app.clone());
            async move {
                let mut response = router.oneshot(request).await?;
                if app.is_draining() {
                    let close = HeaderValue::from_static("close");
                    response.headers_mut().insert(header::CONNECTION, close);
                }
                Ok::<_, std::convert::Infallible>(response)
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(SILENCE)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let mut ending = self.open.subscribe();
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            let ended = tokio::select! {
                ended = connection.as_mut() => ended,
                _ = ending.changed() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended");
            }
        });
    }
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    let mut terminated = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(signal) => signal,
        Err(error) => {
            tracing::error!(%error, "no handler for SIGTERM");
            return std::future::pending().await;
        }
    };
    tokio::select! {
        _ = interrupted => {}
        _ = terminated.recv() => {}
    }
}

#[cfg(test)]
mod tests {
    use super::reachable;

    #[test]
    fn whoever_listens_everywhere_is_found_at_home() {
        for (listens, found) in [
            ("0.0.0.0:8080", "127.0.0.1:8080"),
            ("[::]:8080", "[::1]:8080"),
            ("192.0.2.7:8080", "192.0.2.7:8080"),
        ] {
            assert_eq!(reachable(listens.parse().unwrap()).to_string(), found);
        }
    }
}
