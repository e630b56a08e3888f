//! What happened between a partner and a customer, as one of those who take part sees it.

use jiff::Timestamp;
use platform::{Actor, L10n, event::Recorded, web::When};

use crate::{
    event::CustomerEvent,
    rules::{Customer, EndCause, State},
};

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    /// The partner: of staff and of the customer it sees no names.
    Partner,
    Staff,
}

/// One entry.
pub(super) struct Item {
    /// The class of the list item: a tone, or `now`.
    pub(super) tone: &'static str,
    pub(super) title: String,
    pub(super) when: When,
    /// Whether `when` is still to come.
    pub(super) by: bool,
    pub(super) who: Option<String>,
    pub(super) texts: Vec<String>,
    pub(super) words: Option<String>,
}

/// The entries, oldest first, and what is going on now.
pub(super) fn items(
    l: &L10n,
    provider: &str,
    of: &Customer,
    history: &[Recorded<CustomerEvent>],
    reader: Reader,
) -> Vec<Item> {
    let seen =
        |recorded: &&Recorded<CustomerEvent>| reader == Reader::Staff || recorded.event.is_for_partner();
    let mut items: Vec<Item> = history
        .iter()
        .filter(seen)
        .map(|recorded| item(l, provider, of, recorded, reader))
        .collect();
    let now = match of.state {
        State::AwaitingCustomer { .. } => "customers-now-customer",
        _ => "customers-now-approval",
    };
    items.extend(awaited_until(&of.state).map(|until| Item {
        by: true,
        ..new(l, "now", now, until)
    }));
    items
}

/// Until when an answer or a decision is awaited. What an event says of the future holds as long as this is the same.
fn awaited_until(state: &State) -> Option<Timestamp> {
    match state {
        State::AwaitingCustomer { expires_at } => Some(*expires_at),
        State::AwaitingApproval { due, .. } => Some(*due),
        _ => None,
    }
}

fn new(l: &L10n, tone: &'static str, key: &str, at: Timestamp) -> Item {
    Item {
        tone,
        title: l.t(key),
        when: When::new(l, at),
        by: false,
        who: None,
        texts: Vec::new(),
        words: None,
    }
}

fn item(l: &L10n, provider: &str, of: &Customer, recorded: &Recorded<CustomerEvent>, reader: Reader) -> Item {
    use CustomerEvent as E;
    let (tone, key) = match &recorded.event {
        E::Invited { .. } => ("good", "customers-event-invited"),
        E::InvitationResent { .. } => ("", "customers-event-resent"),
        E::Renamed { .. } => ("", "customers-event-renamed"),
        E::Received { .. } => ("good", "customers-event-received"),
        E::Imported { .. } => ("good", "customers-event-imported"),
        E::Confirmed { .. } => ("good", "customers-event-confirmed"),
        E::Activated { .. } => ("good", "customers-event-activated"),
        E::Declined { .. } => ("bad", "customers-event-declined"),
        E::Withdrawn => ("", "customers-event-withdrawn"),
        E::Expired => ("", "customers-event-expired"),
        E::Rejected { .. } => ("bad", "customers-event-rejected"),
        E::Ended { .. } => ("", "customers-event-ended"),
        E::Reminded { .. } => ("", "customers-event-reminded"),
        E::Escalated { .. } => ("bad", "customers-event-escalated"),
        E::DelayTold { .. } => ("bad", "customers-event-delay-told"),
    };
    Item {
        who: who(&recorded.actor, provider, of, reader),
        texts: texts(l, provider, of, &recorded.event, reader),
        words: match &recorded.event {
            E::Rejected { words } => Some(words.to_string()),
            _ => None,
        },
        ..new(l, tone, key, recorded.at)
    }
}

fn who(actor: &Actor, provider: &str, of: &Customer, reader: Reader) -> Option<String> {
    let own = match actor {
        Actor::Root { account, .. } | Actor::Iam { account, .. } => *account == of.partner,
        Actor::Staff { .. } if reader == Reader::Partner => return Some(provider.to_owned()),
        _ => true,
    };
    super::actor_name(actor)
        .filter(|_| own || reader == Reader::Staff)
        .map(str::to_owned)
}

fn texts(l: &L10n, provider: &str, of: &Customer, event: &CustomerEvent, reader: Reader) -> Vec<String> {
    use CustomerEvent as E;
    let until = |key: &str, at: &Timestamp| vec![l.t1(key, "until", l.date_time(*at))];
    match event {
        E::Invited { expires_at, .. } | E::InvitationResent { expires_at }
            if awaited_until(&of.state) == Some(*expires_at) =>
        {
            until("customers-event-expires", expires_at)
        }
        E::Renamed { name, role } => {
            vec![l.t2(
                "customers-event-renamed-text",
                "name",
                name.as_str(),
                "role",
                role.as_str(),
            )]
        }
        E::Confirmed { due: Some(due) } | E::Reminded { due } if awaited_until(&of.state) == Some(*due) => {
            until("customers-event-due", due)
        }
        E::Escalated { due } | E::DelayTold { due } => until("customers-event-was-due", due),
        E::Declined { unmet } if !unmet.is_empty() => unmet
            .iter()
            .map(|condition| {
                let label = l.t1(&condition.label(), "provider", provider);
                l.t1("customers-unmet", "condition", label)
            })
            .collect(),
        E::Ended {
            cause: EndCause::Partner,
        } if reader == Reader::Partner => vec![l.t("customers-ended-you")],
        E::Ended { cause } => vec![l.t(&format!("customers-ended-{}", cause.as_str()))],
        _ => Vec::new(),
    }
}
