//! Portico: a self-hosted partner portal for cloud providers.

use std::{process::ExitCode, time::Duration};

use clap::Parser;
use portico::{cli::Cli, installation::StartError};
use tokio::runtime::Builder;

// Requests are many small allocations: with the system's allocator they take half as long again (`script/measure price`).
// Version 2 without huge pages gives memory back as readily as that one does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long a thread for what blocks (files, passwords) is kept without work: each holds a tenth of a megabyte.
const IDLE: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = Builder::new_multi_thread()
        .enable_all()
        .thread_keep_alive(IDLE)
        .build()
        .map_err(|error| StartError::Io("the runtime".to_owned(), error));
    match runtime.and_then(|runtime| runtime.block_on(Box::pin(cli.run()))) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("portico: {error}");
            ExitCode::FAILURE
        }
    }
}
