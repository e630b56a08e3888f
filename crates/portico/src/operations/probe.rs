//! `portico probe`: asks a process on this machine whether it is ready, for images that hold nothing else that could.

use std::{net::SocketAddr, process::ExitCode, time::Duration};

/// As long as `/readyz` itself waits for the database, and a little more.
const PATIENCE: Duration = Duration::from_secs(3);

/// Says what `/readyz` says, and fails where that does.
pub(crate) async fn run(address: SocketAddr) -> ExitCode {
    match ask(address).await {
        Ok((ready, text)) => {
            print!("{text}");
            if ready {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(error) => {
            eprintln!("portico: nobody answers at {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn ask(address: SocketAddr) -> reqwest::Result<(bool, String)> {
    // A proxy of the environment does not know this machine's own addresses.
    let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build()?;
    let answer = client.get(format!("http://{address}/readyz")).send().await?;
    Ok((answer.status().is_success(), answer.text().await?))
}
