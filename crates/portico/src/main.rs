//! Portico: a self-hosted partner portal for cloud providers.

use clap::Parser;
use portico::cli::Cli;

#[tokio::main]
async fn main() -> std::process::ExitCode {
    match Box::pin(Cli::parse().run()).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("portico: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}
