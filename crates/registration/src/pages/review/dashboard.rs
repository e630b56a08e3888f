//! How the review stands: what waits, how long decisions take, how many became partners.

use askama::Template;
use axum::{extract::State, response::Response};
use jiff::Timestamp;
use platform::{
    L10n,
    queue::{Length, Queue},
    web::{Fault, Shell, business_time, page},
};

use super::{parts::names, queue::Row};
use crate::{
    desk::Desk,
    rules::StateKind,
    stats::Week,
    store::{
        self, Search,
        figures::{DAYS, Figures, WEEKS},
    },
};

/// How many of the most urgent cases are shown.
const URGENT: u64 = 5;

/// A bar of the chart. Widths are in per cent, so that the chart fits every screen; heights are in pixels, so that
/// its words do not scale.
///
/// Drawn here rather than with a chart library: plotters' SVG backend writes fixed colours and fonts into every
/// element and has no classes, so its charts could follow neither the dark scheme nor the brand.
struct Bar {
    x: String,
    width: String,
    middle: String,
    y: usize,
    height: usize,
    label_y: usize,
    week: Week,
}

impl Bar {
    /// When its week begins.
    fn from(&self, l: &L10n) -> String {
        l.date(self.week.monday)
    }
}

/// The line that bars stand on, and the height of the highest, in pixels.
const GROUND: usize = 190;
const HIGHEST: usize = 155;

#[derive(Template)]
#[template(path = "dashboard.html")]
struct DashboardPage<'a> {
    shell: &'a Shell,
    today: String,
    figures: &'a Figures,
    latest: Option<String>,
    median: Option<String>,
    ninetieth: Option<String>,
    days: u8,
    bars: Vec<Bar>,
    chart_in_words: String,
    urgent: Vec<Row>,
    elsewhere: Vec<(Queue, Length)>,
}

pub(super) async fn dashboard(State(desk): State<Desk>, shell: Shell) -> Result<Response, Fault> {
    let now = desk.app().clock().now();
    let figures = Figures::gather(&desk, now).await?;
    let waiting = Search {
        state: Some(StateKind::AwaitingApproval),
        limit: URGENT,
        ..Search::default()
    };
    let urgent = store::search(desk.app().db(), &waiting).await?.registrations;
    let names = names(&desk).await?;
    let elsewhere = elsewhere(&desk, &shell, now).await?;
    let l = &shell.l;
    let time = |time| business_time(l, desk.calendar(), time);
    page(&DashboardPage {
        today: l.day(l.day_of(now)),
        // Less than a minute is said by the number alone.
        latest: figures
            .waiting
            .latest
            .filter(|late| late.as_secs() >= 60)
            .map(time),
        median: figures.median.map(time),
        ninetieth: figures.ninetieth.map(time),
        days: DAYS,
        bars: bars(&figures.approvals),
        chart_in_words: in_words(l, &figures.approvals),
        urgent: urgent.iter().map(|of| Row::new(l, &desk, &names, of)).collect(),
        elsewhere,
        figures: &figures,
        shell: &shell,
    })
}

/// What waits in other rooms that this reader may see.
async fn elsewhere(desk: &Desk, shell: &Shell, now: Timestamp) -> Result<Vec<(Queue, Length)>, Fault> {
    let mut all = Vec::new();
    for queue in desk.queues() {
        if queue.need.is_met_by(shell.visitor.signed_in()) {
            all.push((*queue, queue.length(desk.app().db(), now).await?));
        }
    }
    Ok(all)
}

/// The numbers of the chart in words, for who does not see it.
fn in_words(l: &L10n, weeks: &[Week]) -> String {
    let said: Vec<String> = weeks
        .iter()
        .map(|week| {
            l.t2(
                "review-chart-week",
                "week",
                i64::from(week.number),
                "count",
                week.count,
            )
        })
        .collect();
    l.t2(
        "review-chart-in-words",
        "weeks",
        i64::from(WEEKS),
        "numbers",
        said.join(", "),
    )
}

fn bars(weeks: &[Week]) -> Vec<Bar> {
    let most = weeks
        .iter()
        .map(|week| week.count)
        .max()
        .unwrap_or_default()
        .max(1);
    // In hundredths of a per cent.
    let slot = 10_000 / weeks.len().max(1);
    let width = slot * 7 / 10;
    weeks
        .iter()
        .enumerate()
        .map(|(place, week)| {
            let height = week.count * HIGHEST / most;
            Bar {
                x: percent(place * slot + (slot - width) / 2),
                width: percent(width),
                middle: percent(place * slot + slot / 2),
                y: GROUND - height,
                height,
                label_y: GROUND - height - 6,
                week: *week,
            }
        })
        .collect()
}

fn percent(hundredths: usize) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{GROUND, HIGHEST, bars};
    use crate::stats::Week;

    #[test]
    fn the_highest_bar_is_full_and_none_leaves_the_chart() {
        let weeks: Vec<Week> = (0..12)
            .map(|n| Week {
                monday: date(2026, 9, 7),
                number: 37,
                count: n * n,
            })
            .collect();
        let bars = bars(&weeks);
        assert_eq!((bars[0].height, bars[11].height), (0, HIGHEST));
        assert!(
            bars.iter()
                .all(|bar| bar.y + bar.height == GROUND && bar.label_y > 10)
        );
        assert_eq!((bars[0].x.as_str(), bars[11].x.as_str()), ("1.25%", "92.88%"));
    }

    #[test]
    fn weeks_without_approvals_have_no_bars() {
        assert!(bars(&[]).is_empty());
        let idle = bars(&[Week {
            monday: date(2026, 9, 7),
            number: 37,
            count: 0,
        }]);
        assert_eq!(idle[0].height, 0);
    }
}
