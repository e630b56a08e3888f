//! The queue: what awaits a decision, the most urgent first.

use askama::Template;
use axum::{extract::State, response::Response};
use axum_extra::extract::Query;
use jiff::Timestamp;
use kernel::{RegistrationId, StaffId};
use platform::{
    L10n, Permission,
    web::{Fault, Shell, TimeTag, When, page},
};
use serde::Deserialize;

use super::parts::{Names, names, reader};
use crate::{
    desk::Desk,
    rules::{Registration, StateKind},
    store::{self, COUNTED, Count, Cursor, From, Holder, Search},
};

/// Which registrations are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    Waiting,
    Late,
    Asked,
    Settled(StateKind),
    All,
}

/// Whose cases are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    Anybodys,
    Mine,
    Nobodys,
}

impl View {
    const ALL: [Self; 7] = [
        Self::Waiting,
        Self::Late,
        Self::Asked,
        Self::Settled(StateKind::Approved),
        Self::Settled(StateKind::Rejected),
        Self::Settled(StateKind::Withdrawn),
        Self::All,
    ];

    fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Late => "late",
            Self::Asked => "asked",
            Self::Settled(kind) => kind.as_str(),
            Self::All => "all",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Waiting => StateKind::AwaitingApproval.label(),
            Self::Late => "review-view-late",
            Self::Asked => "review-asked",
            Self::Settled(kind) => kind.label(),
            Self::All => "all",
        }
    }

    /// What is not the name of a view shows what is to be done.
    fn named(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|view| view.as_str() == name)
            .unwrap_or(Self::Waiting)
    }
}

impl Whose {
    const ALL: [Self; 3] = [Self::Anybodys, Self::Mine, Self::Nobodys];

    fn as_str(self) -> &'static str {
        match self {
            Self::Anybodys => "",
            Self::Mine => "me",
            Self::Nobodys => "nobody",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Anybodys => "review-whose-anybodys",
            Self::Mine => "review-whose-mine",
            Self::Nobodys => "review-whose-nobodys",
        }
    }

    fn named(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|whose| whose.as_str() == name)
            .unwrap_or(Self::Anybodys)
    }
}

/// The query as it comes. Wrong values are taken as none.
#[derive(Deserialize)]
pub(super) struct QueueQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    who: String,
    /// Behind which place the page begins.
    #[serde(default)]
    after: String,
    /// Before which place it ends.
    #[serde(default)]
    before: String,
}

/// What is looked for.
pub(super) struct Filter {
    text: String,
    view: View,
    whose: Whose,
    from: From,
}

impl std::convert::From<QueueQuery> for Filter {
    fn from(query: QueueQuery) -> Self {
        let from = match (query.after.parse(), query.before.parse()) {
            (Ok(place), _) => From::After(place),
            (_, Ok(place)) => From::Before(place),
            _ => From::Front,
        };
        Self {
            text: query.q.trim().chars().take(200).collect(),
            view: View::named(&query.state),
            whose: Whose::named(&query.who),
            from,
        }
    }
}

impl Filter {
    fn is_set(&self) -> bool {
        !self.text.is_empty() || self.view != View::Waiting || self.whose != Whose::Anybodys
    }

    fn search(&self, reader: StaffId, now: Timestamp) -> Search {
        let waiting = Some(StateKind::AwaitingApproval);
        let (state, asked, due_before) = match self.view {
            View::Waiting => (waiting, false, None),
            View::Late => (waiting, false, Some(now)),
            View::Asked => (waiting, true, None),
            View::Settled(kind) => (Some(kind), false, None),
            View::All => (None, false, None),
        };
        let holder = match self.whose {
            Whose::Anybodys => None,
            Whose::Mine => Some(Holder::Staff(reader)),
            Whose::Nobodys => Some(Holder::Nobody),
        };
        Search {
            state,
            holder,
            asked,
            due_before,
            text: self.text.clone(),
            from: self.from,
            counted: self.is_set(),
            ..Search::default()
        }
    }

    /// Where its text is looked for in every state, where it was looked for in some.
    fn everywhere(&self) -> Option<String> {
        let narrow = self.view != View::All || self.whose != Whose::Anybodys;
        let text: String = encoded(&self.text).collect();
        (narrow && !text.is_empty()).then(|| format!("{}?q={text}&state=all", super::QUEUE))
    }

    /// The address of the page that begins `after` a place, or ends `before` one.
    fn address(&self, way: &str, place: Cursor) -> String {
        let mut query = String::new();
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                query.push(if query.is_empty() { '?' } else { '&' });
                query.push_str(name);
                query.push('=');
                query.extend(encoded(value));
            }
        };
        add("q", &self.text);
        add(
            "state",
            if self.view == View::Waiting {
                ""
            } else {
                self.view.as_str()
            },
        );
        add("who", self.whose.as_str());
        add(way, &place.to_string());
        format!("{}{query}", super::QUEUE)
    }
}

/// Percent-encoded for a query.
fn encoded(value: &str) -> impl Iterator<Item = char> {
    value.bytes().flat_map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => vec![char::from(byte)],
        _ => format!("%{byte:02X}").chars().collect(),
    })
}

/// A registration, as lists show it.
pub(super) struct Row {
    pub(super) id: RegistrationId,
    pub(super) name: String,
    pub(super) reference: String,
    /// While it awaits approval.
    pub(super) time: Option<TimeTag>,
    pub(super) state_tone: &'static str,
    pub(super) state: String,
    pub(super) submitted: When,
    pub(super) reviewer: Option<String>,
}

impl Row {
    pub(super) fn new(l: &L10n, desk: &Desk, names: &Names, of: &Registration) -> Self {
        let now = desk.app().clock().now();
        let kind = of.state.kind();
        let (state_tone, state) = match of.question() {
            Some(_) => ("calm", l.t("review-asked")),
            None => (kind.tone(), l.t(kind.label())),
        };
        Self {
            id: of.id,
            name: of.applicant.legal_name.clone(),
            reference: of.reference(),
            time: of
                .deadline()
                .map(|deadline| TimeTag::new(l, desk.calendar(), now, deadline)),
            state_tone,
            state,
            submitted: When::new(l, of.submitted_at),
            reviewer: of.reviewer.map(|holder| names.of(holder).to_owned()),
        }
    }
}

#[derive(Template)]
#[template(path = "review-queue.html")]
struct QueuePage<'a> {
    shell: &'a Shell,
    filter: &'a Filter,
    views: [View; 7],
    whoses: [Whose; 3],
    rows: Vec<Row>,
    /// How many fit the filter, where one is set.
    count: Option<Count>,
    waiting: u64,
    previous: Option<String>,
    next: Option<String>,
    /// Whether the reader may approve several at once.
    leads: bool,
}

pub(super) async fn queue(
    State(desk): State<Desk>,
    shell: Shell,
    Query(query): Query<QueueQuery>,
) -> Result<Response, Fault> {
    let filter = Filter::from(query);
    let (staff, role) = reader(&shell)?;
    let db = desk.app().db();
    let search = filter.search(staff, desk.app().clock().now());
    let found = store::search(db, &search).await?;
    let waiting = store::waiting_count(db).await?;
    let names = names(&desk).await?;
    page(&QueuePage {
        views: View::ALL,
        whoses: Whose::ALL,
        rows: found
            .registrations
            .iter()
            .map(|of| Row::new(&shell.l, &desk, &names, of))
            .collect(),
        count: found.count,
        waiting,
        previous: found.previous.map(|place| filter.address("before", place)),
        next: found.next.map(|place| filter.address("after", place)),
        leads: role.may(Permission::LeadRegistrations),
        filter: &filter,
        shell: &shell,
    })
}

#[cfg(test)]
mod tests {
    use super::{Filter, From, QueueQuery, View, Whose};

    const PLACE: &str = "1795440000000.019ab00000007000800000000000ab12";

    fn filter(q: &str, state: &str, who: &str, after: &str, before: &str) -> Filter {
        let [q, state, who, after, before] = [q, state, who, after, before].map(str::to_owned);
        let query = QueueQuery {
            q,
            state,
            who,
            after,
            before,
        };
        query.into()
    }

    #[test]
    fn the_queue_opens_with_what_waits() {
        let plain = filter("", "", "", "", "");
        assert_eq!(
            (plain.view, plain.whose, plain.from),
            (View::Waiting, Whose::Anybodys, From::Front)
        );
        assert!(!plain.is_set());
    }

    #[test]
    fn hostile_values_show_the_front() {
        let hostile = filter(" ", "'; DROP TABLE", "<script>", "-1", "1.2");
        assert_eq!(
            (hostile.view, hostile.whose, hostile.from),
            (View::Waiting, Whose::Anybodys, From::Front)
        );
    }

    #[test]
    fn the_filter_goes_along_to_the_next_page() {
        let found = filter("Sao Mai & Co", "late", "me", "", PLACE);
        assert!(matches!(found.from, From::Before(_)));
        assert_eq!(
            found.address("after", PLACE.parse().unwrap()),
            format!("/staff/registrations?q=Sao%20Mai%20%26%20Co&state=late&who=me&after={PLACE}")
        );
    }
}
