//! A transfer in a use case: its locks, what is written, and who is told.

use accounts::account::Account;
use kernel::{AccountId, CustomerTransferId, EventId};
use platform::{L10n, Work, actor::Caller, mail::Letter, secret::Token, site::Site};
use sea_orm::DbErr;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    event::{CustomerEvent, TransferEvent, standing, subject, transfer_standing, transfer_subject},
    letters::{self, Outcome, TransferFacts},
    room::Customers,
    rules::{Customer, EndCause, Transfer, TransferError, TransferState},
    service::{Refused, join, leave, tell_root},
    store::{self, transfers},
};

pub(super) async fn account_locked(work: &Work, id: AccountId) -> Result<Account, Refused> {
    accounts::store::lock_account(work.tx(), id)
        .await?
        .ok_or(Refused::NotFound)
}

/// A transfer in a use case, locked, with those who take part.
pub(super) struct Moving<'a> {
    pub(super) room: &'a Customers,
    pub(super) work: Work,
    pub(super) transfer: Transfer,
    pub(super) account: Account,
    pub(super) from: Account,
    pub(super) to: Account,
    pub(super) relation: Customer,
}

impl<'a> Moving<'a> {
    /// Locks the account, then the relation, then the transfer.
    pub(super) async fn open(
        room: &'a Customers,
        caller: Caller,
        id: CustomerTransferId,
    ) -> Result<Self, Refused> {
        Self::open_with(room, caller, id, None).await
    }

    /// The same, with another account locked, too.
    async fn open_with(
        room: &'a Customers,
        caller: Caller,
        id: CustomerTransferId,
        other: Option<AccountId>,
    ) -> Result<Self, Refused> {
        let work = Work::begin(room.app(), caller).await?;
        let seen = transfers::find(work.tx(), id).await?.ok_or(Refused::NotFound)?;
        let first = other.filter(|other| *other < seen.account);
        if let Some(other) = first {
            account_locked(&work, other).await?;
        }
        let account = account_locked(&work, seen.account).await?;
        if let Some(other) = other.filter(|_| first.is_none()) {
            account_locked(&work, other).await?;
        }
        let relation = store::lock(work.tx(), seen.relation).await?;
        let relation = relation.ok_or(Refused::NotFound)?;
        let transfer = transfers::lock(work.tx(), id).await?.ok_or(Refused::NotFound)?;
        Self::of(room, work, transfer, account, relation).await
    }

    pub(super) async fn open_by_link(
        room: &'a Customers,
        caller: Caller,
        link: &Token,
    ) -> Result<Self, Refused> {
        let found = transfers::by_link(room.app().db().read(), link).await?;
        Self::open(room, caller, found.ok_or(Refused::NotFound)?.id).await
    }

    /// One that was offered to the partner: before the customer agreed, it is not there.
    pub(super) async fn offered_to(
        room: &'a Customers,
        caller: Caller,
        partner: AccountId,
        id: CustomerTransferId,
    ) -> Result<Self, Refused> {
        // The partner's account as when it invites: an invitation to the customer may come meanwhile.
        let moving = Self::open_with(room, caller, id, Some(partner)).await?;
        if moving.transfer.to == partner && moving.transfer.offered_at.is_some() {
            Ok(moving)
        } else {
            Err(Refused::NotFound)
        }
    }

    pub(super) async fn of(
        room: &'a Customers,
        work: Work,
        transfer: Transfer,
        account: Account,
        relation: Customer,
    ) -> Result<Self, Refused> {
        let from = accounts::store::account(work.tx(), transfer.from).await?;
        let to = accounts::store::account(work.tx(), transfer.to).await?;
        Ok(Self {
            from: from.ok_or(Refused::NotFound)?,
            to: to.ok_or(Refused::NotFound)?,
            room,
            work,
            transfer,
            account,
            relation,
        })
    }

    /// Saves where it stands now and writes down how it came.
    pub(super) async fn save(&mut self, next: Transfer, event: &TransferEvent) -> Result<EventId, DbErr> {
        transfers::update(self.work.tx(), &next).await?;
        let before = transfer_standing(&self.transfer);
        self.transfer = next;
        let after = transfer_standing(&self.transfer);
        let about = transfer_subject(&self.transfer, event);
        self.work.record_change(about, event, before, after).await
    }

    /// Saves that nothing comes of it, and tells who should know. The end of the use case.
    pub(super) async fn give_up(mut self, next: Transfer) -> Result<Transfer, Refused> {
        self.close(next).await?;
        self.work.commit().await?;
        Ok(self.transfer)
    }

    pub(super) async fn close(&mut self, next: Transfer) -> Result<(), Refused> {
        use TransferState as S;
        let event = match next.state {
            S::Declined { side, .. } => TransferEvent::Declined { side },
            S::Expired { side, .. } => TransferEvent::Expired { side },
            S::Withdrawn { .. } => TransferEvent::Withdrawn,
            S::Lapsed { .. } => TransferEvent::Lapsed,
            S::AwaitingCustomer { .. } | S::AwaitingPartner { .. } | S::Done { .. } => {
                return Err(TransferError::State(next.state.kind()).into());
            }
        };
        // Whose relation ended is told of that by another letter.
        let stays = self.transfer.offered_at.is_some() && event != TransferEvent::Lapsed;
        let because = self.save(next, &event).await?;
        if stays {
            self.tell_customer(because, &letters::off).await?;
        }
        Ok(self.tell_proposer(because).await?)
    }

    pub(super) async fn end_old(&mut self) -> Result<(), Refused> {
        // The partner that loses the customer is not told to whom.
        let caller = self.work.act_as(Caller::system());
        let cause = EndCause::Transfer;
        let ended = self.relation.clone().end(cause, self.work.now())?;
        store::update(self.work.tx(), &ended, None).await?;
        self.work
            .record_change(
                subject(&ended),
                &CustomerEvent::Ended { cause },
                standing(&self.relation),
                standing(&ended),
            )
            .await?;
        self.relation = ended;
        leave(&mut self.work, self.account.id, &self.from, cause).await?;
        self.work.act_as(caller);
        Ok(())
    }

    pub(super) async fn begin_new(&mut self, received: &Customer) -> Result<(), Refused> {
        store::insert(self.work.tx(), received, None).await?;
        let event = CustomerEvent::Received {
            email: received.email.clone(),
            name: received.name.to_string(),
            role: received.role.to_string(),
        };
        let account = self.account.id;
        self.work
            .record_change(subject(received), &event, Value::Null, standing(received))
            .await?;
        self.work
            .record(subject(received), &CustomerEvent::Activated { account })
            .await?;
        join(&mut self.work, account, &self.to).await?;
        Ok(())
    }

    fn facts(&self) -> TransferFacts {
        TransferFacts {
            id: self.transfer.id,
            relation: self.transfer.relation,
            customer: self.account.display_name().to_owned(),
            email: self.account.root.email.to_string(),
            from: self.from.display_name().to_owned(),
            to: self.to.display_name().to_owned(),
            until: self
                .transfer
                .open()
                .map_or(self.transfer.opened_at, |(_, until)| until),
            words: self.transfer.words.clone(),
        }
    }

    pub(super) async fn tell_customer(&mut self, because: EventId, letter: Wording<'_>) -> Result<(), DbErr> {
        let to = self.account.clone();
        self.tell(because, &to, letter).await
    }

    /// Sends the root user of an account a letter in that one's language.
    pub(super) async fn tell(
        &mut self,
        because: EventId,
        to: &Account,
        letter: Wording<'_>,
    ) -> Result<(), DbErr> {
        let facts = self.facts();
        let letter = |l: &L10n, site: &Site| letter(l, site, &facts);
        tell_root(self.room, &mut self.work, because, to, &letter).await
    }

    /// Tells whoever of the staff proposed it what came of it.
    pub(super) async fn tell_proposer(&mut self, because: EventId) -> Result<(), DbErr> {
        let Some(came) = Outcome::of(&self.transfer.state) else {
            return Ok(());
        };
        let by = Uuid::from(self.transfer.opened_by);
        let Some(person) = accounts::store::find_person(self.work.tx(), by).await? else {
            return Ok(());
        };
        let app = self.room.app();
        let l = app.l10n(person.language);
        let letter = letters::outcome(&l, app.site(), &self.facts(), came);
        let to = letters::to_staff(&person, self.account.id);
        self.work.send(because, &to, &letter)?;
        Ok(())
    }
}

/// How a letter is worded, for a reader.
type Wording<'a> = &'a (dyn Fn(&L10n, &Site, &TransferFacts) -> Letter + Sync);
