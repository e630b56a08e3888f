//! What a partner does: invite, invite again, rename, withdraw, end.

use std::collections::HashSet;

use accounts::account::Account;
use jiff::Timestamp;
use kernel::{AccountId, CustomerId, EmailAddress, Language};
use platform::{Work, actor::Caller, secret::Token};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::Value;

use super::{Case, Refused, leave};
use crate::{
    event::{CustomerEvent, standing, subject},
    letters,
    room::Customers,
    rules::{Customer, EndCause, FriendlyName, NewCustomer, Role, TransitionError},
    store,
};

/// One that a partner invites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitee {
    /// To which address.
    pub email: EmailAddress,
    /// What the partner calls it.
    pub name: FriendlyName,
    /// What it is to the partner.
    pub role: Role,
}

/// Why nobody was invited.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// The caller's account is no partner.
    #[error("only a partner invites customers")]
    NotPartner,
    /// The partner has open relations with these addresses already, or they stand there twice.
    #[error("some are invited already")]
    Already(Vec<EmailAddress>),
    /// The partner wrote to these addresses a moment ago, whatever became of it.
    #[error("some were invited a moment ago")]
    TooSoon(Vec<EmailAddress>),
    /// A partner cannot be its own customer.
    #[error("the address is the partner's own")]
    Own(EmailAddress),
    /// So many may still be invited within the day.
    #[error("only {0} more may be invited today")]
    TooMany(u64),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl InviteError {
    /// The addresses that it is about, and the message that says why.
    pub(crate) fn named(&self) -> Option<(&[EmailAddress], &'static str)> {
        match self {
            Self::Already(emails) => Some((emails, "customers-error-already")),
            Self::TooSoon(emails) => Some((emails, "customers-error-too-soon")),
            Self::Own(email) => Some((std::slice::from_ref(email), "customers-error-own")),
            Self::NotPartner | Self::TooMany(_) | Self::Database(_) => None,
        }
    }
}

/// Invites several, all of them or nobody. Whose the addresses are is not looked up: the answer is the same whether an
/// account exists, and what it is.
pub async fn invite(
    room: &Customers,
    caller: Caller,
    invitees: &[Invitee],
    language: Language,
) -> Result<Vec<Customer>, InviteError> {
    let mut work = begin(room, caller).await?;
    let emails: Vec<EmailAddress> = invitees.iter().map(|invitee| invitee.email.clone()).collect();
    let now = work.work.now();
    let reasons = in_the_way(room, work.work.tx(), &work.partner, &emails, now).await?;
    if let Some(why) = reasons.into_iter().next() {
        return Err(why);
    }
    let invited = work.invite(invitees, language).await?;
    work.work.commit().await?;
    Ok(invited)
}

/// Which of these addresses the caller's account cannot invite, and why, as far as it is known without inviting: told with
/// the other mistakes of a form. Those that stand there twice are the form's to tell.
pub async fn not_to_be_invited(
    room: &Customers,
    caller: &Caller,
    emails: impl Iterator<Item = &EmailAddress>,
) -> Result<Vec<InviteError>, DbErr> {
    let db = room.app().db().read();
    let partner = match caller.actor.account() {
        Some(id) => accounts::store::account(db, id).await?,
        None => None,
    };
    let Some(partner) = partner else {
        return Ok(vec![InviteError::NotPartner]);
    };
    let emails: Vec<EmailAddress> = emails.collect::<HashSet<_>>().into_iter().cloned().collect();
    in_the_way(room, db, &partner, &emails, room.app().clock().now()).await
}

/// All that keeps a partner from inviting these addresses; of each address one thing.
async fn in_the_way(
    room: &Customers,
    db: &impl ConnectionTrait,
    partner: &Account,
    emails: &[EmailAddress],
    now: Timestamp,
) -> Result<Vec<InviteError>, DbErr> {
    let mut found = Vec::new();
    let own = &partner.root.email;
    if emails.contains(own) {
        found.push(InviteError::Own(own.clone()));
    }
    let mut already = store::open_among(db, partner.id, emails).await?;
    let mut seen = HashSet::new();
    already.extend(emails.iter().filter(|email| !seen.insert(*email)).cloned());
    let mut lately = store::last_sent(db, partner.id, emails, now - room.config().resend_gap()).await?;
    lately.retain(|email, _| !already.contains(email));
    if !already.is_empty() {
        found.push(InviteError::Already(already));
    }
    if !lately.is_empty() {
        found.push(InviteError::TooSoon(lately.into_keys().collect()));
    }
    Ok(found)
}

/// How many invitations a partner may still send within the day.
pub async fn left_today(
    room: &Customers,
    db: &impl ConnectionTrait,
    partner: AccountId,
    now: Timestamp,
) -> Result<u64, DbErr> {
    let sent = store::sent_within_day(db, partner, now).await?;
    Ok(u64::from(room.config().invitations_per_day).saturating_sub(sent))
}

/// A partner that invites, its account locked: what it does happens one after the other.
struct Inviting<'a> {
    room: &'a Customers,
    work: Work,
    partner: Account,
}

async fn begin(room: &Customers, caller: Caller) -> Result<Inviting<'_>, InviteError> {
    let account = caller.actor.account().ok_or(InviteError::NotPartner)?;
    let work = Work::begin(room.app(), caller).await?;
    let partner = accounts::store::lock_account(work.tx(), account)
        .await?
        .filter(|account| account.partner_since.is_some())
        .ok_or(InviteError::NotPartner)?;
    Ok(Inviting { room, work, partner })
}

impl Inviting<'_> {
    /// Invites addresses that nothing stands in the way of.
    async fn invite(
        &mut self,
        invitees: &[Invitee],
        language: Language,
    ) -> Result<Vec<Customer>, InviteError> {
        let left = left_today(self.room, self.work.tx(), self.partner.id, self.work.now()).await?;
        if u64::try_from(invitees.len()).is_ok_and(|wanted| wanted > left) {
            return Err(InviteError::TooMany(left));
        }
        let mut invited = Vec::with_capacity(invitees.len());
        for invitee in invitees {
            invited.push(self.invite_one(invitee, language).await?);
        }
        Ok(invited)
    }

    async fn invite_one(&mut self, invitee: &Invitee, language: Language) -> Result<Customer, DbErr> {
        let new = NewCustomer {
            id: self.work.new_id().into(),
            partner: self.partner.id,
            email: invitee.email.clone(),
            name: invitee.name.clone(),
            role: invitee.role.clone(),
            language,
        };
        let life = self.room.config().invitation_days.duration();
        let customer = Customer::invite(new, self.work.now(), life);
        let link = Token::random();
        store::insert(self.work.tx(), &customer, Some(&link)).await?;
        let event = CustomerEvent::Invited {
            email: customer.email.clone(),
            name: customer.name.to_string(),
            role: customer.role.to_string(),
            expires_at: self.work.now() + life,
        };
        let because = self
            .work
            .record_change(subject(&customer), &event, Value::Null, standing(&customer))
            .await?;
        let l = self.room.app().l10n(language);
        let facts = self.room.facts(&customer, self.partner.display_name());
        let letter = letters::invitation(&l, self.room.app().site(), &facts, &link, false);
        self.work.send(because, &letters::invited(&customer), &letter)?;
        Ok(customer)
    }
}

/// Invites again, with another link: the one before stops working.
pub async fn resend(
    room: &Customers,
    caller: Caller,
    partner: AccountId,
    id: CustomerId,
) -> Result<Customer, Refused> {
    let work = Work::begin(room.app(), caller).await?;
    // The partner is locked as when it invites: another open relation with the address may come meanwhile.
    accounts::store::lock_account(work.tx(), partner)
        .await?
        .ok_or(Refused::NotFound)?;
    let customer = store::lock(work.tx(), id)
        .await?
        .filter(|customer| customer.partner == partner)
        .ok_or(Refused::NotFound)?;
    let mut case = Case::of(room, work, customer).await?;
    let (life, gap) = (
        room.config().invitation_days.duration(),
        room.config().resend_gap(),
    );
    let now = case.work.now();
    let next = case.customer.clone().resend(now, life, gap)?;
    let emails = [case.customer.email.clone()];
    if !case.customer.state.kind().is_open()
        && !store::open_among(case.work.tx(), partner, &emails)
            .await?
            .is_empty()
    {
        return Err(Refused::Already);
    }
    // Another relation with the address may be newer, and over already.
    let lately = store::last_sent(case.work.tx(), partner, &emails, now - gap).await?;
    if let Some(sent) = lately.into_values().max() {
        return Err(TransitionError::TooSoon(sent + gap).into());
    }
    if left_today(room, case.work.tx(), partner, now).await? == 0 {
        return Err(Refused::TooMany);
    }
    let link = Token::random();
    store::set_link(case.work.tx(), id, &link).await?;
    let event = CustomerEvent::InvitationResent {
        expires_at: now + life,
    };
    let because = case.save(next, &event).await?;
    let l = room.app().l10n(case.customer.language);
    let letter = letters::invitation(&l, room.app().site(), &case.facts(), &link, true);
    let to = letters::invited(&case.customer);
    case.work.send(because, &to, &letter)?;
    case.work.commit().await?;
    Ok(case.customer)
}

/// Calls a customer otherwise. The same again changes nothing.
pub async fn rename(
    room: &Customers,
    caller: Caller,
    partner: AccountId,
    id: CustomerId,
    name: FriendlyName,
    role: Role,
) -> Result<Customer, Refused> {
    let (mut case, _) = Case::own(room, caller, partner, id).await?;
    let next = case.customer.clone().rename(name, role)?;
    if next == case.customer {
        return Ok(next);
    }
    let event = CustomerEvent::Renamed {
        name: next.name.to_string(),
        role: next.role.to_string(),
    };
    case.save(next, &event).await?;
    case.work.commit().await?;
    Ok(case.customer)
}

/// Takes an invitation back. Whoever confirmed it and awaits approval is told.
pub async fn withdraw(
    room: &Customers,
    caller: Caller,
    partner: AccountId,
    id: CustomerId,
) -> Result<Customer, Refused> {
    let (mut case, account) = Case::own(room, caller, partner, id).await?;
    let next = case.customer.clone().withdraw(case.work.now())?;
    let because = case.save(next, &CustomerEvent::Withdrawn).await?;
    if let Some(account) = account {
        case.tell(because, &account, &letters::withdrawn).await?;
    }
    case.work.commit().await?;
    Ok(case.customer)
}

/// Ends the relation: the account is nobody's customer. Its credit stays its own. An open transfer of it lapses.
pub async fn end(
    room: &Customers,
    caller: Caller,
    partner: AccountId,
    id: CustomerId,
) -> Result<Customer, Refused> {
    let (mut case, account) = Case::own(room, caller, partner, id).await?;
    let why = EndCause::Partner;
    let next = case.customer.clone().end(why, case.work.now())?;
    let account = account.ok_or(Refused::NotFound)?;
    case.save(next, &CustomerEvent::Ended { cause: why }).await?;
    let because = leave(&mut case.work, account.id, &case.partner, why).await?;
    case.tell(because, &account, &letters::ended).await?;
    let work = super::transfer::lapse(room, case.work, &account, &case.customer).await?;
    work.commit().await?;
    Ok(case.customer)
}
