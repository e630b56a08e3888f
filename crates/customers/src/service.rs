//! The use cases: each loads, decides by the [`rules`](crate::rules), saves, and writes down what happened with the letters
//! that follow from it, in one transaction.
//!
//! Whoever makes an account a customer, or none any more, locks that account first and then the relation: so does the
//! approval of its registration as a partner, and so two of them never interleave. Should anything ever write without that
//! lock, the database's own constraints refuse it, which is [`Refused::Overtaken`].

mod invitee;
mod partner;
mod review;
pub mod transfer;

use accounts::account::Account;
use kernel::{AccountId, CustomerId, EmailAddress, EventId};
use platform::{
    Denied, L10n, Subject, Work, actor::Caller, db::is_outage, job::Failure, mail::Letter, site::Site,
    web::Fault,
};
use sea_orm::{DbErr, RuntimeErr, SqlxError};
use serde_json::json;

use crate::{
    event::{CustomerEvent, MembershipEvent, standing, subject},
    letters::{self, Facts},
    room::Customers,
    rules::{Candidate, Customer, Eligibility, EndCause, TransferError, TransitionError},
    store,
};

pub use invitee::{Refusal, confirm, decline};
pub use partner::{
    InviteError, Invitee, end, invite, left_today, not_to_be_invited, rename, resend, withdraw,
};
pub(crate) use review::tell_staff;
pub use review::{approve, decider, reject};

/// Why a use case was refused. Nothing of it happened.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is no such relation, or it is not the caller's.
    #[error("there is no such customer")]
    NotFound,
    /// The partner has an open relation with this address already; of a transfer, that one is open.
    #[error("there is an open one already")]
    Already,
    /// The partner wrote to as many addresses as it may within a day.
    #[error("too many invitations within a day")]
    TooMany,
    /// The account became a partner or another's customer at the same moment.
    #[error("the account became a partner or another's customer at the same moment")]
    Overtaken,
    /// The rules do not allow it.
    #[error(transparent)]
    Rule(#[from] TransitionError),
    /// The rules of transfers do not allow it.
    #[error(transparent)]
    Transfer(#[from] TransferError),
    /// The database failed.
    #[error(transparent)]
    Database(DbErr),
}

impl From<Denied> for Refused {
    fn from(denied: Denied) -> Self {
        Self::Rule(denied.into())
    }
}

impl From<DbErr> for Refused {
    fn from(error: DbErr) -> Self {
        if is_contested(&error) {
            Self::Overtaken
        } else {
            Self::Database(error)
        }
    }
}

impl Failure for Refused {
    fn is_outage(&self) -> bool {
        matches!(self, Self::Database(error) if is_outage(error))
    }
}

/// Whether a constraint refused a row: a partner that would be a customer, or a second partner of one account.
fn is_contested(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return false;
    };
    match &**error {
        SqlxError::Database(error) => error.is_unique_violation() || error.is_check_violation(),
        _ => false,
    }
}

/// For handlers that do not show a refusal on the page itself.
impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        use axum::http::StatusCode;
        match refused {
            Refused::NotFound => Self::not_found(),
            Refused::Rule(TransitionError::Denied(_)) | Refused::Transfer(TransferError::Denied(_)) => {
                Self::forbidden()
            }
            Refused::Rule(TransitionError::Calendar(error)) => Self::internal(error),
            Refused::Rule(TransitionError::TooSoon(_)) => {
                Self::told(StatusCode::CONFLICT, "customers-fault-too-soon")
            }
            Refused::TooMany => Self::told(StatusCode::TOO_MANY_REQUESTS, "customers-fault-too-many"),
            Refused::Already => Self::told(StatusCode::CONFLICT, "customers-fault-already"),
            Refused::Rule(_) | Refused::Transfer(_) | Refused::Overtaken => {
                Self::told(StatusCode::CONFLICT, "customers-fault-overtaken")
            }
            Refused::Database(error) => error.into(),
        }
    }
}

/// What an account satisfies now, seen from one relation.
pub async fn eligibility(
    room: &Customers,
    db: &impl sea_orm::ConnectionTrait,
    account: &Account,
    of: CustomerId,
) -> Result<Eligibility, DbErr> {
    let credit = ledger::store::credit_of(db, account.id, room.app().site().currency).await?;
    let manages_others = accounts::store::manages_others(db, account.id).await?;
    let others = store::of_account(db, account.id).await?;
    let confirmed_elsewhere = others
        .iter()
        .any(|other| other.id != of && other.state.kind().is_open());
    Ok(Eligibility::check(crate::rules::Facts {
        account,
        credit,
        manages_others,
        confirmed_elsewhere,
    }))
}

/// An account that answers an invitation.
async fn candidate(
    room: &Customers,
    db: &impl sea_orm::ConnectionTrait,
    account: &Account,
    of: CustomerId,
) -> Result<Candidate, DbErr> {
    Ok(Candidate {
        account: account.id,
        email: account.root.email.clone(),
        created_at: account.created_at,
        eligibility: eligibility(room, db, account, of).await?,
    })
}

/// A relation in a use case, locked, with its partner.
pub(crate) struct Case<'a> {
    pub(crate) room: &'a Customers,
    pub(crate) work: Work,
    pub(crate) partner: Account,
    pub(crate) customer: Customer,
}

impl<'a> Case<'a> {
    /// Locks the account that the relation names, where it names one, and then the relation.
    pub(crate) async fn open(
        room: &'a Customers,
        caller: Caller,
        id: CustomerId,
    ) -> Result<(Self, Option<Account>), Refused> {
        let work = Work::begin(room.app(), caller).await?;
        let seen = store::find(work.tx(), id).await?.ok_or(Refused::NotFound)?;
        let account = match seen.account() {
            Some(account) => accounts::store::lock_account(work.tx(), account).await?,
            None => None,
        };
        let customer = store::lock(work.tx(), id).await?.ok_or(Refused::NotFound)?;
        if customer.account() != seen.account() {
            // It was confirmed while we waited for the lock.
            return Err(Refused::Overtaken);
        }
        Ok((Self::of(room, work, customer).await?, account))
    }

    /// The same, of a relation that is the partner's.
    async fn own(
        room: &'a Customers,
        caller: Caller,
        partner: AccountId,
        id: CustomerId,
    ) -> Result<(Self, Option<Account>), Refused> {
        match Self::open(room, caller, id).await? {
            (case, account) if case.customer.partner == partner => Ok((case, account)),
            _ => Err(Refused::NotFound),
        }
    }

    async fn of(room: &'a Customers, work: Work, customer: Customer) -> Result<Self, Refused> {
        let partner = accounts::store::account(work.tx(), customer.partner).await?;
        Ok(Self {
            room,
            work,
            partner: partner.ok_or(Refused::NotFound)?,
            customer,
        })
    }

    /// Saves the next state and writes down how it came.
    pub(crate) async fn save(&mut self, next: Customer, event: &CustomerEvent) -> Result<EventId, DbErr> {
        store::update(self.work.tx(), &next, self.room.remind_at(&next)).await?;
        let before = standing(&self.customer);
        self.customer = next;
        let after = standing(&self.customer);
        self.work
            .record_change(subject(&self.customer), event, before, after)
            .await
    }

    /// Makes the account the partner's.
    async fn join(&mut self, account: AccountId) -> Result<EventId, DbErr> {
        let subject = subject(&self.customer);
        self.work
            .record(subject, &CustomerEvent::Activated { account })
            .await?;
        join(&mut self.work, account, &self.partner).await
    }

    fn facts(&self) -> Facts {
        self.room.facts(&self.customer, self.partner.display_name())
    }

    pub(crate) async fn tell_partner(&mut self, because: EventId, letter: Wording<'_>) -> Result<(), DbErr> {
        let to = self.partner.clone();
        self.tell(because, &to, letter).await
    }

    /// Sends the root user of an account a letter in that one's language.
    pub(crate) async fn tell(
        &mut self,
        because: EventId,
        to: &Account,
        letter: Wording<'_>,
    ) -> Result<(), DbErr> {
        let facts = self.facts();
        let letter = |l: &L10n, site: &Site| letter(l, site, &facts);
        tell_root(self.room, &mut self.work, because, to, &letter).await
    }
}

/// Sends the root user of an account a letter in that one's language.
async fn tell_root(
    room: &Customers,
    work: &mut Work,
    because: EventId,
    to: &Account,
    letter: &(dyn Fn(&L10n, &Site) -> Letter + Sync),
) -> Result<(), DbErr> {
    let letter = letter(&room.app().l10n(to.root.language), room.app().site());
    work.send(because, &letters::root_of(to), &letter).map(|_| ())
}

/// How a letter is worded, for a reader.
pub(crate) type Wording<'a> = &'a (dyn Fn(&L10n, &Site, &Facts) -> Letter + Sync);

/// Takes back an invitation of the partner to an address that becomes its customer another way: there is one open
/// relation at most.
pub(crate) async fn give_way(
    work: &mut Work,
    partner: AccountId,
    email: &EmailAddress,
) -> Result<(), Refused> {
    let Some(invited) = store::lock_open_with(work.tx(), partner, email).await? else {
        return Ok(());
    };
    let withdrawn = invited.clone().withdraw(work.now())?;
    store::update(work.tx(), &withdrawn, None).await?;
    let (about, event) = (subject(&withdrawn), CustomerEvent::Withdrawn);
    work.record_change(about, &event, standing(&invited), standing(&withdrawn))
        .await?;
    Ok(())
}

/// Makes a locked account a partner's customer.
async fn join(work: &mut Work, account: AccountId, partner: &Account) -> Result<EventId, DbErr> {
    accounts::store::set_managed_by(work.tx(), account, Some(partner.id)).await?;
    let event = MembershipEvent::JoinedPartner {
        partner: partner.id,
        name: partner.display_name().to_owned(),
    };
    let managed_by = |by: Option<AccountId>| json!({ "managed_by": by });
    work.record_change(
        of_account(account),
        &event,
        managed_by(None),
        managed_by(Some(partner.id)),
    )
    .await
}

/// Makes a locked account nobody's customer.
async fn leave(
    work: &mut Work,
    account: AccountId,
    partner: &Account,
    cause: EndCause,
) -> Result<EventId, DbErr> {
    accounts::store::set_managed_by(work.tx(), account, None).await?;
    let event = MembershipEvent::LeftPartner {
        partner: partner.id,
        name: partner.display_name().to_owned(),
        cause,
    };
    let managed_by = |by: Option<AccountId>| json!({ "managed_by": by });
    work.record_change(
        of_account(account),
        &event,
        managed_by(Some(partner.id)),
        managed_by(None),
    )
    .await
}

fn of_account(account: AccountId) -> Subject {
    Subject {
        kind: "account",
        id: account.into(),
        account: Some(account),
    }
}
