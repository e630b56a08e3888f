//! The history of a registration, by the rules.

use accounts::account::Account;
use jiff::{SignedDuration, Timestamp};
use kernel::{RegistrationId, calendar::BusinessTime};
use platform::{Actor, StaffMember};
use registration::{
    event::RegistrationEvent,
    rules::{AcceptedTerms, Applicant, NewRegistration, Registration, RejectionReason, Requirements, Words},
};

use super::{Office, chance::Chance};

/// A registration and what happened to it.
pub(super) struct Case {
    pub(super) registration: Registration,
    /// When, by whom, what: in order.
    pub(super) events: Vec<(Timestamp, Actor, RegistrationEvent)>,
    /// When staff were reminded.
    pub(super) reminded_at: Option<Timestamp>,
    /// When the deadline was missed.
    pub(super) escalated_at: Option<Timestamp>,
}

/// Why no case came about: the rules or the calendar refuse.
pub(super) type Refused = Box<dyn std::error::Error + Send + Sync>;

const QUESTIONS: [&str; 3] = [
    "Chi nhánh nào sẽ ký hợp đồng?",
    "Could you send us the certificate of business registration?",
    "Công ty đã có khách hàng nào dùng dịch vụ đám mây chưa?",
];
const ANSWERS: [&str; 2] = ["Trụ sở chính tại Hà Nội.", "It is attached to our profile now."];
const REASONS: [&str; 3] = [
    "The details do not match the business register. Please apply again with the present ones.",
    "Thông tin chưa khớp với đăng ký kinh doanh. Vui lòng đăng ký lại.",
    "Chương trình hiện chưa phù hợp với ngành nghề của công ty.",
];

/// The case of an account. One that `is_new` waits; others were settled, unless there was no time yet.
pub(super) fn make(
    office: &Office<'_>,
    chance: &mut Chance,
    account: &Account,
    is_new: bool,
) -> Result<Case, Refused> {
    let earliest = account.created_at + SignedDuration::from_mins(10);
    let days = |days: i64| SignedDuration::from_hours(24 * days);
    let submitted_at = if is_new {
        // More of today than of the week before.
        let back = chance
            .between(office.now - days(6), office.now)
            .max(chance.between(office.now - days(6), office.now));
        back.max(earliest)
    } else {
        let months = chance.between(
            earliest,
            (earliest + days(90)).min(office.now - days(6)).max(earliest),
        );
        months.max(earliest)
    };
    let mut telling = Telling::submit(office, chance, account, submitted_at.min(office.now))?;
    let staff = chance.pick(&office.staff).cloned();
    let Some(colleague) = staff else {
        return Ok(telling.finish());
    };
    if is_new {
        waiting(&mut telling, chance, &colleague)?;
    } else {
        settled(&mut telling, chance, account, &colleague)?;
    }
    Ok(telling.finish())
}

/// One that waits: one in three is taken, one in ten was asked.
fn waiting(telling: &mut Telling<'_>, chance: &mut Chance, by: &StaffMember) -> Result<(), Refused> {
    if chance.percent(33) {
        let taken = telling.later(chance, 40)?;
        if telling.is_past(taken) {
            telling.take(by, taken)?;
            let asked = telling.later(chance, 10)?;
            if chance.percent(30) && telling.is_past(asked) {
                telling.ask(by, asked, chance.text(&QUESTIONS))?;
            }
        }
    }
    Ok(())
}

/// One that was decided after some working time, one in ten too late; or that was withdrawn.
fn settled(
    telling: &mut Telling<'_>,
    chance: &mut Chance,
    account: &Account,
    by: &StaffMember,
) -> Result<(), Refused> {
    if chance.percent(4) {
        let at = telling.later(chance, 60)?;
        if telling.is_past(at) {
            telling.withdraw(account, at)?;
        }
        return Ok(());
    }
    let taken = telling.later(chance, 40)?;
    if !telling.is_past(taken) {
        return Ok(());
    }
    telling.take(by, taken)?;
    if chance.percent(12) {
        let asked = telling.later(chance, 10)?;
        let answered =
            asked + SignedDuration::from_mins(i64::try_from(60 + chance.below(4000)).unwrap_or_default());
        if telling.is_past(answered) {
            telling.ask(by, asked, chance.text(&QUESTIONS))?;
            telling.answer(account, answered, chance.text(&ANSWERS))?;
        }
    }
    let within = if chance.percent(10) { 160 } else { 50 };
    let decided = telling.later(chance, within)?;
    if telling.is_past(decided) {
        if chance.percent(88) {
            telling.approve(account, by, decided)?;
        } else {
            let reason = chance
                .pick(&RejectionReason::ALL)
                .copied()
                .unwrap_or(RejectionReason::Other);
            telling.reject(by, decided, reason, chance.text(&REASONS))?;
        }
    }
    Ok(())
}

/// A case as it is told.
struct Telling<'a> {
    office: &'a Office<'a>,
    case: Case,
    /// When the last thing happened.
    last: Timestamp,
}

impl<'a> Telling<'a> {
    fn submit(
        office: &'a Office<'a>,
        chance: &mut Chance,
        account: &Account,
        at: Timestamp,
    ) -> Result<Self, Refused> {
        let text = office.desk.terms().current(account.root.language);
        let new = NewRegistration {
            id: RegistrationId(chance.id(at)),
            account: account.id,
            applicant: account.enterprise().map(|company| Applicant {
                legal_name: company.legal_name.clone(),
                tax_code: company.tax_code.clone(),
                email: account.root.email.clone(),
            }),
            language: text.language,
            terms: AcceptedTerms {
                version: text.version.clone(),
                hash: text.hash.clone(),
                language: text.language,
                at,
                origin: None,
                user: account.root.id,
                person: account.root.name.clone(),
            },
        };
        let registration = Registration::submit(
            new,
            &Requirements::check(account),
            office.calendar,
            office.allowance,
        )?;
        let submitted = RegistrationEvent::Submitted {
            reference: registration.reference(),
            language: registration.language,
            terms_version: registration.terms.version.clone(),
            terms_hash: registration.terms.hash.clone(),
            due: due(&registration)?,
        };
        Ok(Self {
            office,
            case: Case {
                registration,
                events: vec![(at, root(account), submitted)],
                reminded_at: None,
                escalated_at: None,
            },
            last: at,
        })
    }

    /// A working moment after the last thing, within so many per cent of the allowance.
    fn later(&self, chance: &mut Chance, percent: u64) -> Result<Timestamp, Refused> {
        let within = self.office.allowance.as_secs() * percent / 100;
        let time = BusinessTime::from_secs(60 + chance.below(within));
        Ok(self.office.calendar.add(self.last, time)?)
    }

    fn is_past(&self, at: Timestamp) -> bool {
        at < self.office.now
    }

    /// What the deadline job did before `until`.
    fn milestones(&mut self, until: Timestamp) {
        let case = &mut self.case;
        let Some(due) = case
            .registration
            .deadline()
            .and_then(kernel::calendar::Deadline::due)
        else {
            return;
        };
        let remind_at = self.office.desk.remind_at(&case.registration);
        let reminds = remind_at.filter(|at| *at < until && *at >= self.last && case.reminded_at.is_none());
        if let Some(at) = reminds {
            case.reminded_at = Some(at);
            case.events
                .push((at, Actor::System, RegistrationEvent::Reminded { due }));
        }
        if due < until && case.escalated_at.is_none() {
            case.escalated_at = Some(due);
            case.events
                .push((due, Actor::System, RegistrationEvent::Escalated { due }));
            case.events
                .push((due, Actor::System, RegistrationEvent::DelayTold { due }));
        }
    }

    fn happens(&mut self, at: Timestamp, actor: Actor, event: RegistrationEvent, next: Registration) {
        self.case.registration = next;
        self.case.events.push((at, actor, event));
        self.last = at;
    }

    fn take(&mut self, by: &StaffMember, at: Timestamp) -> Result<(), Refused> {
        self.milestones(at);
        let next = self.case.registration.clone().take(by)?;
        let event = RegistrationEvent::Taken {
            reviewer: by.id,
            name: by.name.clone(),
        };
        self.happens(at, staff(by), event, next);
        Ok(())
    }

    fn ask(&mut self, by: &StaffMember, at: Timestamp, words: &str) -> Result<(), Refused> {
        self.milestones(at);
        let words = Words::parse(words)?;
        let next = self
            .case
            .registration
            .clone()
            .ask(by, words.clone(), self.office.calendar, at)?;
        self.happens(at, staff(by), RegistrationEvent::QuestionAsked { words }, next);
        Ok(())
    }

    fn answer(&mut self, account: &Account, at: Timestamp, words: &str) -> Result<(), Refused> {
        let next = self.case.registration.clone().answer(self.office.calendar, at)?;
        let event = RegistrationEvent::QuestionAnswered {
            words: Words::parse(words)?,
            due: due(&next)?,
        };
        self.happens(at, root(account), event, next);
        Ok(())
    }

    fn approve(&mut self, account: &Account, by: &StaffMember, at: Timestamp) -> Result<(), Refused> {
        self.milestones(at);
        let next = self
            .case
            .registration
            .clone()
            .approve(by, &Requirements::check(account), at)?;
        self.happens(at, staff(by), RegistrationEvent::Approved, next);
        Ok(())
    }

    fn reject(
        &mut self,
        by: &StaffMember,
        at: Timestamp,
        reason: RejectionReason,
        words: &str,
    ) -> Result<(), Refused> {
        self.milestones(at);
        let words = Words::parse(words)?;
        let next = self
            .case
            .registration
            .clone()
            .reject(by, reason, words.clone(), None, at)?;
        self.happens(at, staff(by), RegistrationEvent::Rejected { reason, words }, next);
        Ok(())
    }

    fn withdraw(&mut self, account: &Account, at: Timestamp) -> Result<(), Refused> {
        self.milestones(at);
        let next = self.case.registration.clone().withdraw(at)?;
        self.happens(at, root(account), RegistrationEvent::Withdrawn, next);
        Ok(())
    }

    fn finish(mut self) -> Case {
        self.milestones(self.office.now);
        self.case
    }
}

fn due(of: &Registration) -> Result<Timestamp, Refused> {
    let due = of.deadline().and_then(kernel::calendar::Deadline::due);
    due.ok_or_else(|| "a running deadline has a due moment".into())
}

/// Who acts for an account.
pub(super) fn root(account: &Account) -> Actor {
    Actor::Root {
        user: account.root.id,
        account: account.id,
        name: account.root.name.clone(),
    }
}

fn staff(by: &StaffMember) -> Actor {
    Actor::Staff {
        staff: by.id,
        name: by.name.clone(),
    }
}
