//! The timeline of an application: what happened, when, what is next and by when.

use jiff::Timestamp;
use kernel::calendar::{BusinessCalendar, BusinessTime, Deadline, TimeLeft};
use platform::{L10n, event::Recorded, i18n::FluentValue};

use crate::{
    event::RegistrationEvent,
    rules::{Registration, State},
};

/// One entry.
#[derive(Debug)]
pub(super) struct Moment {
    /// The class of the list item: a tone, `now` or `next`.
    pub(super) tone: &'static str,
    pub(super) title: String,
    pub(super) when: Option<When>,
    pub(super) text: String,
    pub(super) quote: Option<String>,
    /// Whether the receipt is offered here.
    pub(super) receipt: bool,
}

/// When something happened, or will.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    At(Timestamp),
    By(Timestamp),
    Since(Timestamp),
}

impl Moment {
    fn new(tone: &'static str, title: String) -> Self {
        Self {
            tone,
            title,
            when: None,
            text: String::new(),
            quote: None,
            receipt: false,
        }
    }

    fn at(self, at: Timestamp) -> Self {
        Self {
            when: Some(When::At(at)),
            ..self
        }
    }

    fn by(self, at: Timestamp) -> Self {
        Self {
            when: Some(When::By(at)),
            ..self
        }
    }

    fn since(self, at: Timestamp) -> Self {
        Self {
            when: Some(When::Since(at)),
            ..self
        }
    }

    fn text(self, text: String) -> Self {
        Self { text, ..self }
    }

    fn quote(self, words: &impl ToString) -> Self {
        Self {
            quote: Some(words.to_string()),
            ..self
        }
    }
}

/// The timeline of a registration whose events these are, oldest first.
pub(super) fn of(
    l: &L10n,
    calendar: &BusinessCalendar,
    registration: &Registration,
    events: &[Recorded<RegistrationEvent>],
    now: Timestamp,
) -> Vec<Moment> {
    let mut moments: Vec<Moment> = Vec::new();
    let mut taken = false;
    for recorded in events {
        let first_taken = !taken && matches!(recorded.event, RegistrationEvent::Taken { .. });
        taken |= first_taken;
        moments.extend(happened(l, registration, recorded, first_taken));
    }
    moments.extend(to_come(l, calendar, registration, events, now));
    moments
}

/// What the applicant sees of an event. Who of the staff works on it is theirs, and so are reminders.
fn happened(
    l: &L10n,
    registration: &Registration,
    recorded: &Recorded<RegistrationEvent>,
    first_taken: bool,
) -> Option<Moment> {
    let moment = match &recorded.event {
        RegistrationEvent::Submitted {
            terms_version,
            language,
            ..
        } => {
            let arguments: [(&str, FluentValue<'_>); 3] = [
                ("person", registration.terms.person.as_str().into()),
                ("version", terms_version.as_str().into()),
                ("language", l.language_name(*language).into()),
            ];
            let text = l.with("registration-timeline-submitted-text", arguments);
            Moment {
                receipt: true,
                ..Moment::new("good", l.t("registration-timeline-submitted")).text(text)
            }
        }
        RegistrationEvent::Taken { .. } if first_taken => {
            Moment::new("good", l.t("registration-timeline-taken"))
                .text(l.t("registration-timeline-taken-text"))
        }
        RegistrationEvent::QuestionAsked { words } => {
            Moment::new("info", l.t("registration-timeline-asked")).quote(words)
        }
        RegistrationEvent::QuestionAnswered { words, due } => {
            let moment = Moment::new("good", l.t("registration-timeline-answered")).quote(words);
            if registration.deadline().and_then(Deadline::due) == Some(*due) {
                moment.text(l.t1("registration-timeline-answered-text", "due", l.date_time(*due)))
            } else {
                moment
            }
        }
        RegistrationEvent::DelayTold { due } => Moment::new("bad", l.t("registration-timeline-delayed"))
            .text(l.t1("registration-timeline-delayed-text", "due", l.date_time(*due))),
        RegistrationEvent::Approved => Moment::new("good", l.t("registration-state-approved"))
            .text(l.t("registration-timeline-approved-text")),
        RegistrationEvent::Rejected { reason, words } => {
            Moment::new("bad", l.t("registration-state-rejected"))
                .text(l.t(reason.label()))
                .quote(words)
        }
        RegistrationEvent::Withdrawn => Moment::new("calm", l.t("registration-state-withdrawn"))
            .text(l.t("registration-timeline-withdrawn-text")),
        RegistrationEvent::Taken { .. }
        | RegistrationEvent::Released
        | RegistrationEvent::Reminded { .. }
        | RegistrationEvent::Escalated { .. } => return None,
    };
    Some(moment.at(recorded.at))
}

/// What is going on now, and what comes after it.
fn to_come(
    l: &L10n,
    calendar: &BusinessCalendar,
    registration: &Registration,
    events: &[Recorded<RegistrationEvent>],
    now: Timestamp,
) -> Vec<Moment> {
    let State::AwaitingApproval { deadline, question } = &registration.state else {
        return Vec::new();
    };
    let workspace = Moment::new("next", l.t("registration-timeline-workspace"));
    let decision = Moment::new("next", l.t("registration-timeline-decision"));
    if let Some(question) = question {
        let waiting = Moment::new("now", l.t("registration-timeline-your-answer"))
            .since(question.asked_at)
            .text(l.t("registration-timeline-your-answer-text"));
        let after = match deadline.left(calendar, now) {
            TimeLeft::Left(left) => l.t1(
                "registration-timeline-after-answer",
                "time",
                time_in_full(l, calendar, left),
            ),
            TimeLeft::Late(_) => l.t("registration-timeline-after-answer-late"),
        };
        return vec![waiting, decision.text(after), workspace];
    }
    let current = match registration.reviewer {
        Some(_) => under_review(l, events),
        None => Moment::new("now", l.t("registration-timeline-queue"))
            .text(l.t("registration-timeline-queue-text")),
    };
    let decision = match deadline.due() {
        None => decision,
        Some(due) if !deadline.is_late(now) => decision.by(due).text(l.t1(
            "registration-timeline-decision-text",
            "email",
            registration.applicant.email.as_str(),
        )),
        Some(due) => decision.text(l.t2(
            "registration-timeline-overdue",
            "due",
            l.date_time(due),
            "time",
            time_in_full(l, calendar, deadline.left(calendar, now).time()),
        )),
    };
    vec![current, decision, workspace]
}

/// Somebody of the staff has it, since they took it or were last answered.
fn under_review(l: &L10n, events: &[Recorded<RegistrationEvent>]) -> Moment {
    let moment = Moment::new("now", l.t("registration-timeline-review"))
        .text(l.t("registration-timeline-review-text"));
    let reached = |recorded: &&Recorded<RegistrationEvent>| {
        matches!(
            recorded.event,
            RegistrationEvent::Taken { .. } | RegistrationEvent::QuestionAnswered { .. }
        )
    };
    match events.iter().rfind(reached) {
        Some(recorded) => moment.since(recorded.at),
        None => moment,
    }
}

/// "1 business day 3 hours": to the minute, without the units that are nothing.
pub(crate) fn time_in_full(l: &L10n, calendar: &BusinessCalendar, time: BusinessTime) -> String {
    let parts = calendar.breakdown(time);
    let units = [
        ("registration-time-days", parts.days),
        ("registration-time-hours", parts.hours),
        ("registration-time-minutes", parts.minutes),
    ];
    let some: Vec<String> = units
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| l.t1(key, "count", count))
        .collect();
    if some.is_empty() {
        l.t("registration-time-moment")
    } else {
        some.join(" ")
    }
}
