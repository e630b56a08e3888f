//! PostgreSQL's own benchmark on the same server.

use std::{path::PathBuf, time::Duration};

use tokio::process::Command;

use crate::{Result, stage::Stage};

/// How many of its 100,000 accounts there are.
const SCALE: &str = "50";

/// Its built-in TPC-B-like transaction, in a database of its own.
pub(crate) struct PgBench {
    program: PathBuf,
    database: String,
}

impl PgBench {
    pub(crate) async fn new(stage: &Stage) -> Result<Self> {
        let bench = Self {
            program: program()?,
            database: stage.new_postgres_database().await?,
        };
        bench.run(&["--initialize", "--quiet", "--scale", SCALE]).await?;
        Ok(bench)
    }

    /// Transactions a second by 32 clients or by 128, whichever are more.
    pub(crate) async fn per_second(&self, lasting: Duration) -> Result<f64> {
        let seconds = lasting.as_secs().max(1).to_string();
        let mut best = 0.0_f64;
        for clients in ["32", "128"] {
            let said = self
                .run(&[
                    "--client",
                    clients,
                    "--jobs",
                    "2",
                    "--no-vacuum",
                    "--time",
                    &seconds,
                ])
                .await?;
            let of_line = |line: &str| {
                let figure = line.strip_prefix("tps = ")?.split_whitespace().next()?;
                figure.parse::<f64>().ok()
            };
            let measured = said.lines().find_map(of_line);
            best = best.max(measured.ok_or_else(|| format!("pgbench said no tps:\n{said}"))?);
        }
        Ok(best)
    }

    /// Removes its database.
    pub(crate) async fn remove(self, stage: &Stage) -> Result<()> {
        stage.drop_postgres_database(&self.database).await
    }

    async fn run(&self, arguments: &[&str]) -> Result<String> {
        let output = Command::new(&self.program)
            .args(arguments)
            .arg(&self.database)
            .output()
            .await?;
        if !output.status.success() {
            return Err(format!("pgbench: {}", String::from_utf8_lossy(&output.stderr)).into());
        }
        Ok(String::from_utf8(output.stdout)?)
    }
}

/// Beside the newest server's programs, where Debian keeps them; else wherever the shell finds it.
fn program() -> Result<PathBuf> {
    let Ok(versions) = std::fs::read_dir("/usr/lib/postgresql") else {
        return Ok("pgbench".into());
    };
    let mut newest: Option<(u32, PathBuf)> = None;
    for version in versions {
        let folder = version?;
        let number = folder.file_name().to_string_lossy().parse().unwrap_or(0);
        let program = folder.path().join("bin/pgbench");
        if program.exists() && newest.as_ref().is_none_or(|(than, _)| *than < number) {
            newest = Some((number, program));
        }
    }
    Ok(newest.map_or_else(|| "pgbench".into(), |(_, program)| program))
}
