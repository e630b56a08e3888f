//! Serves an installation until it is told to stop.

use std::{net::SocketAddr, time::Duration};

use tokio::net::TcpListener;

use crate::installation::{Installation, StartError};

/// Takes the address, before anything that depends on its port.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address)
        .await
        .map_err(|error| StartError::Io(address.to_string(), error))
}

/// Serves until SIGTERM or Ctrl-C: then no new connections are taken, requests under way are finished, and jobs
/// finish their step.
pub async fn serve(installation: Installation, listener: TcpListener) -> Result<(), StartError> {
    let mut jobs = installation.start_jobs();
    let app = installation.app.clone();
    let service = installation
        .router
        .into_make_service_with_connect_info::<SocketAddr>();
    let stopping = app.clone();
    let served = axum::serve(listener, service).with_graceful_shutdown(async move {
        told_to_stop().await;
        tracing::info!("stopping");
        stopping.stop();
    });
    served
        .await
        .map_err(|error| StartError::Io("the server".to_owned(), error))?;
    let finished = async { while jobs.join_next().await.is_some() {} };
    if tokio::time::timeout(Duration::from_secs(10), finished)
        .await
        .is_err()
    {
        tracing::warn!("a job did not finish in time; what it held is taken up again at the next start");
    }
    app.db().clone().close().await?;
    Ok(())
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
