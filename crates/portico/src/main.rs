//! Portico: a self-hosted partner portal for cloud providers.

use clap::Parser;
use portico::cli::Cli;

// Requests are many small allocations: with the system's allocator they take half as long again (`script/measure price`).
// Version 2 without huge pages gives memory back as readily as that one does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
