//! A server under test: a process of its own, watched through `/proc`.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use http_body_util::Full;
use hyper::{Request, StatusCode};
use tokio::process::{Child, Command};

use crate::{Result, load::once};

/// A running server, killed when it is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    /// From the start of the process to its first answer.
    pub(crate) started_in: Duration,
    child: Child,
}

/// An address that is free now.
pub(crate) fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?)
}

impl Server {
    /// Starts `command`, which listens on `address`, and waits until it answers at `path`.
    pub(crate) async fn start(mut command: Command, address: SocketAddr, path: &str) -> Result<Self> {
        let began = Instant::now();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        loop {
            let request = Request::get(path).header("host", address.to_string());
            let answer = once(address, request.body(Full::default())?).await;
            if answer.is_ok_and(|(status, _)| status == StatusCode::OK) {
                break;
            }
            if let Some(status) = child.try_wait()? {
                return Err(format!("the server ended at once: {status}").into());
            }
            if began.elapsed() > Duration::from_mins(1) {
                return Err("the server did not answer within a minute".into());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(Self {
            address,
            started_in: began.elapsed(),
            child,
        })
    }

    /// Ends it as an operator does, and waits for it.
    pub(crate) async fn stop(mut self) -> Result<()> {
        let id = self.child.id().ok_or("the server is gone already")?.to_string();
        Command::new("kill").args(["-TERM", &id]).status().await?;
        self.child.wait().await?;
        Ok(())
    }

    fn proc(&self, file: &str) -> Result<String> {
        let id = self.child.id().ok_or("the server is gone")?;
        let path = format!("/proc/{id}/{file}");
        Ok(std::fs::read_to_string(Path::new(&path))?)
    }

    /// Processor time used so far, of all threads, in user space and kernel.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        let stat = self.proc("stat")?;
        // After the command's name, which may hold anything: fields 14 and 15 of proc(5), in ticks of 10 ms.
        let (_, fields) = stat.rsplit_once(')').ok_or("an unknown form of /proc/PID/stat")?;
        let mut times = fields.split_whitespace().skip(11);
        let mut next = || -> Result<u64> { Ok(times.next().ok_or("no times in /proc/PID/stat")?.parse()?) };
        Ok(Duration::from_millis((next()? + next()?) * 10))
    }

    /// Resident memory in MB (10^6 bytes): now, and the most so far.
    pub(crate) fn memory(&self) -> Result<(f64, f64)> {
        let status = self.proc("status")?;
        let field = |name: &str| -> Result<f64> {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let kibibytes = line.and_then(|rest| rest.split_whitespace().next());
            let kibibytes: f64 = kibibytes.ok_or("no memory in /proc/PID/status")?.parse()?;
            Ok(kibibytes * 1024.0 / 1e6)
        };
        Ok((field("VmRSS:")?, field("VmHWM:")?))
    }
}
