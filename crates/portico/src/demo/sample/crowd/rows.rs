//! What the crowd is in the tables.

use accounts::{
    account::{Account, Class},
    events::{self, AccountEvent, Company},
    store::rows::{account as account_row, user},
};
use customers::store::rows::customer as customer_row;
use jiff::{SignedDuration, Timestamp};
use kernel::EventId;
use platform::{
    Actor, Event, Subject,
    actor::Caller,
    event::row as event_row,
    mail::{
        Recipient,
        outbox::{self, row as message_row},
    },
    work::Record,
};
use registration::{
    event::{RegistrationEvent, subject},
    letters::{self, Facts},
    store::{
        self as cases,
        rows::{registration as registration_row, registration_word as word_row},
    },
};
use sea_orm::{ActiveValue::Set, DbErr};
use uuid::Uuid;

use super::{Office, case::Case, case::Refused, chance::Chance, person};

/// Letters of so many days are kept; older ones were tidied away, as it were.
const LETTER_DAYS: i64 = 30;

/// Rows to write.
#[derive(Default)]
pub(super) struct Chunk {
    pub(super) accounts: Vec<account_row::ActiveModel>,
    pub(super) users: Vec<user::ActiveModel>,
    pub(super) events: Vec<event_row::ActiveModel>,
    pub(super) registrations: Vec<registration_row::ActiveModel>,
    pub(super) words: Vec<word_row::ActiveModel>,
    pub(super) messages: Vec<message_row::ActiveModel>,
    pub(super) customers: Vec<customer_row::ActiveModel>,
}

/// An account, its users and how it came to be: three of ten were imported, one of ten has further users.
pub(super) fn account(chance: &mut Chance, of: &Account, chunk: &mut Chunk) -> Result<(), Refused> {
    chunk.accounts.push(accounts::store::row(of));
    chunk.users.push(accounts::store::root_row(of));
    if chance.percent(10) {
        for number in 0..=chance.below(3) {
            chunk.users.push(iam(chance, of, number));
        }
    }
    let company = match &of.class {
        Class::Enterprise(company) => Some(Company::from(company)),
        Class::Individual => None,
    };
    let email = of.root.email.clone();
    let (actor, event) = if chance.percent(30) {
        (Actor::System, AccountEvent::Imported { email, company })
    } else {
        (Actor::Visitor, AccountEvent::Created { email, company })
    };
    let row = event_of(
        chance.id(of.created_at),
        of.created_at,
        events::subject(of.id),
        &actor,
        &event,
    )?;
    chunk.events.push(row);
    Ok(())
}

fn iam(chance: &mut Chance, of: &Account, number: u64) -> user::ActiveModel {
    let at = of.created_at + SignedDuration::from_hours(1);
    user::ActiveModel {
        id: Set(chance.id(at)),
        account_id: Set(of.id.into()),
        kind: Set("iam".to_owned()),
        email: Set(format!("team{number}@{}", of.root.email.domain())),
        email_domain: Set(of.root.email.domain().to_owned()),
        user_name: Set(Some(format!("team{number}"))),
        name: Set(person::name(chance)),
        password_hash: Set(None),
        language: Set(of.root.language.tag().to_owned()),
        email_verified_at: Set(None),
        created_at: Set(at.as_millisecond()),
        grants: Set(String::new()),
    }
}

/// A registration, its words, its events and, of late, its letters.
pub(super) fn case(
    office: &Office<'_>,
    chance: &mut Chance,
    account: &Account,
    case: &Case,
    chunk: &mut Chunk,
) -> Result<(), Refused> {
    let registration = &case.registration;
    let mut row = cases::row(registration, office.desk.remind_at(registration))?;
    row.reminded_at = Set(case.reminded_at.map(Timestamp::as_millisecond));
    row.escalated_at = Set(case.escalated_at.map(Timestamp::as_millisecond));
    chunk.registrations.push(row);
    chunk.words.extend(cases::word_rows(registration));
    let about = subject(registration);
    for (at, actor, event) in &case.events {
        let id = chance.id(*at);
        chunk.events.push(event_of(id, *at, about, actor, event)?);
        let is_late = *at > office.now - SignedDuration::from_hours(24 * LETTER_DAYS);
        if let Some(letter) = letter_because(office, case, event).filter(|_| is_late) {
            chunk.messages.push(message(chance, account, id, *at, &letter)?);
        }
    }
    Ok(())
}

/// The row of something that happened.
pub(super) fn event_of(
    id: Uuid,
    at: Timestamp,
    about: Subject,
    actor: &Actor,
    event: &impl Event,
) -> Result<event_row::ActiveModel, DbErr> {
    let caller = Caller {
        actor: actor.clone(),
        origin: None,
    };
    Record::new(about, event)?.row(EventId(id), &caller, at)
}

/// The applicant's letter that follows from an event.
fn letter_because(
    office: &Office<'_>,
    case: &Case,
    event: &RegistrationEvent,
) -> Option<platform::mail::Letter> {
    let (app, of) = (office.desk.app(), &case.registration);
    let l = app.l10n(of.language);
    let about = Facts::of(of, office.desk.config().business_days.get());
    match event {
        RegistrationEvent::Submitted { due, .. } => {
            let about = Facts { due: *due, ..about };
            Some(letters::awaiting_approval(&l, app.site(), &about))
        }
        RegistrationEvent::Approved => Some(letters::approved(&l, app.site(), &about)),
        RegistrationEvent::Rejected { reason, words } => {
            Some(letters::rejected(&l, app.site(), &about, *reason, words))
        }
        _ => None,
    }
}

/// A letter that was sent.
fn message(
    chance: &mut Chance,
    account: &Account,
    because: Uuid,
    at: Timestamp,
    letter: &platform::mail::Letter,
) -> Result<message_row::ActiveModel, Refused> {
    let to = Recipient {
        address: account.root.email.clone(),
        account: Some(account.id),
    };
    Ok(message_row::ActiveModel {
        state: Set(outbox::State::Sent.as_str().to_owned()),
        attempts: Set(1),
        settled_at: Set(Some((at + SignedDuration::from_secs(2)).as_millisecond())),
        ..outbox::queued(chance.id(at), EventId(because), &to, letter, at)?
    })
}
