//! On what it was measured.

use std::{fs, process::Command};

use serde::{Deserialize, Serialize};

/// The machine and the versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Machine {
    pub(crate) lines: Vec<(String, String)>,
}

pub(crate) fn describe() -> Machine {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let lines = [
        ("Processor", format!("{} ({cores} cores)", processor())),
        ("Memory", memory()),
        ("Disk", disk()),
        ("Kernel", word(Command::new("uname").arg("-sr"))),
        ("Compiler", word(Command::new("rustc").arg("--version"))),
        (
            "Commit",
            word(Command::new("git").args(["describe", "--always", "--dirty"])),
        ),
        ("Load before the run", load()),
    ];
    Machine {
        lines: lines
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    }
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn processor() -> String {
    field("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned())
}

fn memory() -> String {
    let kibibytes = field("/proc/meminfo", "MemTotal")
        .and_then(|text| text.split_whitespace().next()?.parse::<u64>().ok())
        .unwrap_or_default();
    format!("{} GB", kibibytes * 1024 / 1_000_000_000)
}

/// The device and file system that the results lie on.
fn disk() -> String {
    let found = word(Command::new("df").args(["--output=source,fstype", "."]));
    let mut words = found.split_whitespace().skip(2);
    let (device, kind) = (words.next().unwrap_or("?"), words.next().unwrap_or("?"));
    format!("{device}, {kind}")
}

fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let one = text.split_whitespace().next().unwrap_or("?");
    format!("{one} (1 minute)")
}

fn word(command: &mut Command) -> String {
    let output = command.output().ok();
    output
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
        .unwrap_or_default()
}
