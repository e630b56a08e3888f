//! What happened to a discount, for its partner and for staff.

use jiff::Timestamp;
use platform::{Actor, L10n, event, event::Recorded, web::When};
use sea_orm::DbErr;

use super::view::day;
use crate::{
    Discounts,
    partner::{
        event::PartnerDiscountEvent,
        rules::{PartnerDiscount, State, StateKind, Terms},
    },
};

/// For whom it is told. A partner does not see who of the staff did something, nor reminders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum For {
    Partner,
    Staff,
}

/// Something that happened, or will.
pub(super) struct Item {
    /// The class of the list item: a tone, `now` or `next`; empty for an ordinary one.
    pub(super) tone: &'static str,
    pub(super) title: String,
    pub(super) when: Option<When>,
    pub(super) who: Option<String>,
    pub(super) text: Option<String>,
    pub(super) words: Option<String>,
}

/// The items, oldest first; then what is to come.
pub(super) async fn items(
    l: &L10n,
    room: &Discounts,
    of: &PartnerDiscount,
    reader: For,
) -> Result<Vec<Item>, DbErr> {
    let history = event::history::<PartnerDiscountEvent>(room.app().db().read(), of.id).await?;
    let happened = history
        .into_iter()
        .filter_map(|recorded| item(l, of, recorded, reader));
    Ok(happened.chain(to_come(l, of)).collect())
}

fn item(
    l: &L10n,
    of: &PartnerDiscount,
    recorded: Recorded<PartnerDiscountEvent>,
    reader: For,
) -> Option<Item> {
    if reader == For::Partner && !recorded.event.is_for_partner() {
        return None;
    }
    let (tone, key) = title(&recorded.event);
    Some(Item {
        tone,
        title: l.t(key),
        when: Some(When::new(l, recorded.at)),
        who: who(l, recorded.actor, reader),
        text: text(l, of, &recorded.event),
        words: words(recorded.event),
    })
}

fn title(event: &PartnerDiscountEvent) -> (&'static str, &'static str) {
    use PartnerDiscountEvent as E;
    match event {
        E::Requested { .. } => ("good", "partner-discount-event-requested"),
        E::Approved { asked, granted, .. } if asked == granted => ("good", "partner-discount-event-approved"),
        E::Approved { .. } => ("good", "partner-discount-event-changed"),
        E::Rejected { .. } => ("bad", "partner-discount-event-rejected"),
        E::Withdrawn => ("calm", "partner-discount-event-withdrawn"),
        E::Activated { .. } => ("good", "partner-discount-event-activated"),
        E::Expired { was_in_force, .. } => {
            let key = if *was_in_force {
                "partner-discount-event-expired"
            } else {
                "partner-discount-event-replaced"
            };
            ("calm", key)
        }
        E::DelayTold { .. } => ("bad", "partner-discount-event-delay-told"),
        E::Reminded { .. } => ("", "partner-discount-event-reminded"),
        E::Escalated { .. } => ("bad", "partner-discount-event-escalated"),
    }
}

fn text(l: &L10n, of: &PartnerDiscount, event: &PartnerDiscountEvent) -> Option<String> {
    use PartnerDiscountEvent as E;
    let moment = |key: &str, at: &Timestamp| Some(l.t1(key, "at", l.date_time(*at)));
    let from = |terms: &Terms| day(l, terms.from);
    match event {
        // Said of the future, so only as long as it is awaited.
        E::Requested { due, .. } | E::Reminded { due } => match of.state {
            State::AwaitingApproval { .. } => moment("partner-discount-event-decision-by", due),
            _ => None,
        },
        E::Approved { asked, granted, .. } if asked.from == granted.from => {
            Some(l.t1("partner-discount-event-from", "date", from(granted)))
        }
        E::Approved { asked, granted, .. } => Some(l.t2(
            "partner-discount-event-from-instead",
            "date",
            from(granted),
            "asked",
            from(asked),
        )),
        E::Activated { effective_at, .. } => moment("partner-discount-event-since", effective_at),
        E::Expired {
            effective_at,
            replaced_by,
            ..
        } => Some(l.t2(
            "partner-discount-event-replaced-by",
            "at",
            l.date_time(*effective_at),
            "reference",
            kernel::reference("PD", *replaced_by),
        )),
        E::Escalated { due } | E::DelayTold { due } => moment("partner-discount-event-was-due", due),
        E::Rejected { .. } | E::Withdrawn => None,
    }
}

fn words(event: PartnerDiscountEvent) -> Option<String> {
    use PartnerDiscountEvent as E;
    match event {
        E::Requested { note, .. } => note.map(|note| note.to_string()),
        E::Approved { words, .. } => words.map(|words| words.to_string()),
        E::Rejected { words } => Some(words.to_string()),
        _ => None,
    }
}

fn who(l: &L10n, actor: Actor, reader: For) -> Option<String> {
    match actor {
        Actor::Root { name, .. } | Actor::Iam { name, .. } => Some(name),
        Actor::Staff { name, .. } => (reader == For::Staff).then_some(name),
        Actor::System => (reader == For::Staff).then(|| l.t("partner-discount-by-itself")),
        Actor::Operator { .. } | Actor::Visitor => None,
    }
}

/// What is awaited, and what follows from it.
fn to_come(l: &L10n, of: &PartnerDiscount) -> Vec<Item> {
    let item = |tone, key, text: Option<String>| Item {
        tone,
        title: l.t(key),
        when: None,
        who: None,
        text,
        words: None,
    };
    let begins = |from| Some(l.t1("partner-discount-event-from", "date", day(l, from)));
    match of.state.kind() {
        StateKind::AwaitingApproval => vec![
            item("now", "partner-discount-next-decision", None),
            item("next", "partner-discount-next-begins", begins(of.asked.from)),
        ],
        StateKind::AwaitingActivation => {
            let from = of.grant().map_or(of.asked.from, |grant| grant.terms.from);
            vec![item("now", "partner-discount-next-begins", begins(from))]
        }
        StateKind::Active | StateKind::Expired | StateKind::Rejected | StateKind::Withdrawn => Vec::new(),
    }
}
