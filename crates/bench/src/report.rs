//! Figures, their table, and the document made of them.

use std::{fmt::Write as _, fs, path::Path};

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use crate::{
    Name, Result,
    machine::Machine,
    stage::{Database, SlowDisk, Stage},
};

/// One figure, measured once a round.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Figure {
    what: String,
    unit: String,
    samples: Vec<f64>,
    aim: Option<Aim>,
}

/// What a figure should be.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) enum Aim {
    AtLeast(f64),
    AtMost(f64),
}

impl Figure {
    pub(crate) fn new(what: &str, unit: &str, samples: Vec<f64>) -> Self {
        Self {
            what: what.to_owned(),
            unit: unit.to_owned(),
            samples,
            aim: None,
        }
    }

    pub(crate) fn aim(self, aim: Aim) -> Self {
        Self {
            aim: Some(aim),
            ..self
        }
    }

    fn sorted(&self) -> Vec<f64> {
        let mut sorted = self.samples.clone();
        sorted.sort_by(f64::total_cmp);
        sorted
    }

    fn median(&self) -> f64 {
        let sorted = self.sorted();
        let middle = sorted.len() / 2;
        match (sorted.get(middle), sorted.len() % 2) {
            (None, _) => f64::NAN,
            (Some(odd), 1) => *odd,
            (Some(upper), _) => f64::midpoint(sorted[middle - 1], *upper),
        }
    }

    /// Name, median with unit, lowest to highest, aim and whether it is met.
    fn cells(&self) -> [String; 4] {
        let sorted = self.sorted();
        let spread = match &sorted[..] {
            [lowest, .., highest] => format!("{} – {}", number(*lowest), number(*highest)),
            _ => String::new(),
        };
        let median = self.median();
        let aim = self.aim.map(|aim| match aim {
            Aim::AtLeast(least) => (format!("≥ {}", number(least)), median >= least),
            Aim::AtMost(most) => (format!("≤ {}", number(most)), median <= most),
        });
        let aim = aim.map(|(aim, met)| format!("{aim} {}", if met { "✓" } else { "**missed**" }));
        let value = format!("{} {}", number(median), self.unit);
        [
            self.what.clone(),
            value.trim_end().to_owned(),
            spread,
            aim.unwrap_or_default(),
        ]
    }
}

/// The middle one of the samples.
pub(crate) fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Three significant digits, thousands apart.
fn number(value: f64) -> String {
    let whole = match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    };
    let (digits, rest) = whole
        .split_once('.')
        .map_or((&whole[..], ""), |(digits, rest)| (digits, rest));
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if rest.is_empty() {
        grouped
    } else {
        format!("{grouped}.{rest}")
    }
}

/// What a measurement found on one database.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Outcome {
    measurement: String,
    database: Database,
    /// By how much each flush to the disk was held up.
    #[serde(default)]
    slow_disk: Option<SlowDisk>,
    figures: Vec<Figure>,
    at: jiff::Timestamp,
    machine: Machine,
}

impl Outcome {
    pub(crate) fn new(name: Name, stage: &Stage, figures: Vec<Figure>, machine: Machine) -> Self {
        Self {
            measurement: name.key(),
            database: stage.database,
            slow_disk: stage.slow_disk,
            figures,
            at: jiff::Timestamp::now(),
            machine,
        }
    }

    /// A Markdown table.
    pub(crate) fn table(&self) -> String {
        let mut table = format!(
            "| {} | median | lowest – highest | aim |\n| --- | ---: | ---: | --- |\n",
            self.title()
        );
        for figure in &self.figures {
            // Writing to a String cannot fail.
            let _ = writeln!(table, "| {} |", figure.cells().join(" | "));
        }
        table
    }

    /// On what it was measured.
    fn title(&self) -> String {
        let database = self.database.title();
        match self.slow_disk {
            Some(SlowDisk(ms)) => format!("{database}, each flush {ms} ms longer"),
            None => database.to_owned(),
        }
    }

    /// When and of which commit it was measured, of how many rounds.
    fn provenance(&self) -> String {
        let commit = self.machine.lines.iter().find(|(name, _)| name == "Commit");
        let commit = commit.map_or("?", |(_, commit)| commit);
        let rounds = self.figures.iter().map(|figure| figure.samples.len()).max();
        let rounds = match rounds {
            Some(1) => "one round".to_owned(),
            rounds => format!("{} rounds", rounds.unwrap_or_default()),
        };
        format!(
            "{}: {rounds}, commit {commit}, {}.",
            self.title(),
            self.at.strftime("%Y-%m-%d")
        )
    }

    /// Keeps it for [`write`].
    pub(crate) fn keep(&self, work: &Path) -> Result<()> {
        let file = file(&self.measurement, self.database, self.slow_disk.is_some());
        fs::write(work.join(file), serde_json::to_vec_pretty(self)?)?;
        Ok(())
    }

    fn kept(work: &Path, measurement: &str, database: Database, slow_disk: bool) -> Result<Option<Self>> {
        match fs::read(work.join(file(measurement, database, slow_disk))) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

fn file(measurement: &str, database: Database, slow_disk: bool) -> String {
    let database = database.title().to_lowercase();
    let disk = if slow_disk { "-slow-disk" } else { "" };
    format!("{measurement}-{database}{disk}.json")
}

const DOCUMENT: &str = "docs/performance.md";

/// The section of a document under this title, up to the next.
fn section<'a>(document: &'a str, title: &str) -> Option<&'a str> {
    let heading = format!("## {title}\n");
    let from = document.find(&heading)?;
    let rest = &document[from + heading.len()..];
    let length = rest.find("\n## ").map_or(rest.len(), |end| end + 1);
    Some(&document[from..from + heading.len() + length])
}

/// Renders docs/performance.md from all results that are kept. What was measured elsewhere stays as it stands there.
pub(crate) fn write(work: &Path) -> Result<()> {
    let before = fs::read_to_string(DOCUMENT).unwrap_or_default();
    let mut sections = String::new();
    let mut newest: Option<Outcome> = None;
    for name in Name::value_variants() {
        let mut tables = String::new();
        let databases = Database::value_variants().iter();
        for (database, slow_disk) in databases.flat_map(|database| [(*database, false), (*database, true)]) {
            let Some(outcome) = Outcome::kept(work, &name.key(), database, slow_disk)? else {
                continue;
            };
            write!(tables, "{}\n{}\n\n", outcome.table(), outcome.provenance())?;
            if newest.as_ref().is_none_or(|newest| newest.at < outcome.at) {
                newest = Some(outcome);
            }
        }
        let (title, key) = (name.title(), name.key());
        if tables.is_empty() {
            if let Some(kept) = section(&before, title) {
                write!(sections, "{}\n\n", kept.trim_end())?;
            }
        } else {
            write!(
                sections,
                "## {title}\n\n{}\n\n`script/measure {key}`\n\n{tables}",
                name.about()
            )?;
        }
    }
    let newest = newest.ok_or("there are no results to write")?;
    let mut machine = String::from("| | |\n| --- | --- |\n");
    // The commit stands below each table.
    for (name, value) in newest.machine.lines.iter().filter(|(name, _)| name != "Commit") {
        writeln!(machine, "| {name} | {value} |")?;
    }
    let document = format!(
        "# Performance\n\n<!-- Written by script/measure --write; the words are in crates/bench. -->\n\n\
        Every figure is the median of the rounds that are named below it, each interleaved with its reference on the same \
        machine, by `script/measure`. The machine is as of the last of them.\nOther work may have run on the machine at the same time: trust the ratios more than the \
        absolute figures.\n\n{machine}\n{}",
        sections.trim_end()
    );
    fs::write(DOCUMENT, document + "\n")?;
    println!("{DOCUMENT} is written");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Aim, Figure, number, section};

    #[test]
    fn figures_show_three_digits_with_thousands_apart() {
        let shown: Vec<String> = [0.1234, 1.5, 12.34, 999.6, 1_234_567.0].map(number).into();
        assert_eq!(shown, ["0.123", "1.50", "12.3", "1,000", "1,234,567"]);
    }

    #[test]
    fn a_section_ends_where_the_next_begins() {
        let document = "# A\n\n## One\n\n1\n\n## Two\n\n### More\n2\n";
        assert_eq!(section(document, "One"), Some("## One\n\n1\n\n"));
        assert_eq!(section(document, "Two"), Some("## Two\n\n### More\n2\n"));
        assert_eq!(section(document, "Three"), None);
    }

    #[test]
    fn the_median_meets_the_aim_or_misses_it() {
        let figure = Figure::new("a ÷ b", "", vec![0.5, 0.2, 0.3, 0.1]).aim(Aim::AtLeast(0.25));
        assert_eq!(figure.cells(), ["a ÷ b", "0.250", "0.100 – 0.500", "≥ 0.250 ✓"]);
        let figure = Figure::new("start-up", "ms", vec![400.0]).aim(Aim::AtMost(300.0));
        assert_eq!(figure.cells(), ["start-up", "400 ms", "", "≤ 300 **missed**"]);
    }
}
