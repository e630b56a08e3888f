//! A partner moves credit to its customer.

use std::collections::HashMap;

use accounts::{account::Account, store::rows::account};
use async_trait::async_trait;
use kernel::{AccountId, Money};
use ledger::{
    Guard, Instruction, Key, Movement, MovementError, Order, Outcome, PostError, Receipt, Refusal as Unposted,
};
use platform::{
    App, L10n,
    actor::Caller,
    db::Tx,
    mail::Letter,
    site::Site,
    work::{Behalf, Record},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::LockType,
};
use uuid::Uuid;

use super::{balance, change};
use crate::{
    Credit,
    event::{self, CreditEvent},
    letters::{self, Moved},
};

/// What is to move.
#[derive(Clone, Debug)]
pub struct TopUp {
    /// Out of whose balance.
    pub partner: AccountId,
    /// Into whose.
    pub customer: AccountId,
    /// How much.
    pub amount: Money,
    /// The same key is the same top-up: it moves once.
    pub key: Key,
}

/// That the one is the other's customer, and may be topped up by it.
#[derive(Clone, Copy, Debug)]
pub struct Relation {
    partner: AccountId,
    customer: AccountId,
}

/// Admits top-ups of active customers by their own partners.
#[derive(Clone, Copy, Debug)]
pub struct Managed;

/// Why a top-up is not admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The account is no active customer of that partner (any more).
    #[error("the account is no active customer of the partner")]
    NotCustomer,
}

/// Why nothing moved.
#[derive(Debug, thiserror::Error)]
pub enum TopUpRefused {
    /// The account is no active customer of the partner (any more).
    #[error(transparent)]
    NotAdmitted(#[from] Refusal),
    /// The amount cannot be moved at all.
    #[error(transparent)]
    Amount(#[from] MovementError),
    /// The balance does not cover it.
    #[error("the balance is {0}")]
    Overdrawn(Money),
    /// The key was used for another top-up.
    #[error("the key was used for another top-up")]
    KeyReused,
    /// Too many wait, or the service stops: the same request again is safe.
    #[error("not now")]
    Busy,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

#[async_trait]
impl Guard for Managed {
    type Condition = Relation;
    type Refusal = Refusal;

    /// One query for the batch. The customers' rows stay locked, so that no relation ends in between.
    async fn admit(&self, tx: &Tx, relations: &[&Relation]) -> Result<Vec<Result<(), Refusal>>, DbErr> {
        let customers = relations.iter().map(|relation| Uuid::from(relation.customer));
        let mut found = account::Entity::find()
            .select_only()
            .columns([account::Column::Id, account::Column::ManagedBy])
            .filter(account::Column::Id.is_in(customers))
            .order_by_asc(account::Column::Id);
        if tx.get_database_backend() == DbBackend::Postgres {
            found = found.lock(LockType::Share);
        }
        let rows: Vec<(Uuid, Option<Uuid>)> = found.into_tuple().all(tx).await?;
        let partners: HashMap<Uuid, Option<Uuid>> = rows.into_iter().collect();
        let answer = |relation: &&Relation| {
            let partner = partners.get(&Uuid::from(relation.customer)).copied().flatten();
            if partner == Some(relation.partner.into()) {
                Ok(())
            } else {
                Err(Refusal::NotCustomer)
            }
        };
        Ok(relations.iter().map(answer).collect())
    }
}

/// Moves credit from a partner to its customer. Answered when it is durable; asked again with the same key, it is answered
/// with the same receipt and moves nothing.
pub async fn top_up(room: &Credit, caller: Caller, wanted: TopUp) -> Result<Receipt, TopUpRefused> {
    let TopUp {
        partner,
        customer,
        amount,
        key,
    } = wanted;
    let movement = Movement::top_up(partner, customer, amount)?;
    let story = Story::of(room.app(), partner, customer).await?;
    let order = Order {
        instruction: Instruction {
            movement,
            key,
            reference: String::new(),
        },
        condition: Relation { partner, customer },
        behalf: Behalf::of(caller),
        then: Box::new(move |receipt| story.told(receipt)),
    };
    let receipt = match room.top_ups().post(order).await {
        Ok(Outcome::Repeated(receipt)) => return Ok(receipt),
        Ok(Outcome::Posted(receipt)) => receipt,
        Err(error) => return Err(refused(error)),
    };
    room.follow_up([partner, customer]);
    Ok(receipt)
}

/// What is told of a top-up, and to whom: known before it is posted.
struct Story {
    app: App,
    partner: Account,
    customer: Account,
    /// As the partner calls the customer.
    called: String,
}

impl Story {
    async fn of(app: &App, partner: AccountId, customer: AccountId) -> Result<Self, TopUpRefused> {
        let db = app.db().read();
        let called = customers::directory::customer(db, partner, customer).await?;
        let partner = accounts::store::account(db, partner).await?;
        let customer = accounts::store::account(db, customer).await?;
        let (Some(partner), Some(customer)) = (partner, customer) else {
            return Err(Refusal::NotCustomer.into());
        };
        Ok(Self {
            app: app.clone(),
            called: called.map_or_else(|| customer.display_name().to_owned(), |known| known.name),
            partner,
            customer,
        })
    }

    fn told(&self, receipt: &Receipt) -> Result<Vec<Record>, DbErr> {
        let (transfer, amount) = (receipt.transfer.id, receipt.transfer.amount);
        let sent = CreditEvent::TopUpSent {
            customer: self.customer.id,
            amount,
            balance: receipt.from.balance,
            transfer,
        };
        let received = CreditEvent::TopUpReceived {
            partner: self.partner.id,
            amount,
            balance: receipt.to.balance,
            transfer,
        };
        let partner = self.partner.display_name();
        Ok(vec![
            self.one_side(receipt, &self.partner, &self.called, &sent, letters::top_up_sent)?,
            self.one_side(
                receipt,
                &self.customer,
                partner,
                &received,
                letters::top_up_received,
            )?,
        ])
    }

    fn one_side(
        &self,
        receipt: &Receipt,
        reader: &Account,
        other: &str,
        event: &CreditEvent,
        letter: fn(&L10n, &Site, &Moved) -> Letter,
    ) -> Result<Record, DbErr> {
        let moved = Moved {
            amount: receipt.transfer.amount,
            balance: balance(receipt, reader.id),
            other: other.to_owned(),
        };
        let l = self.app.l10n(reader.root.language);
        let (before, after) = change(receipt, reader.id);
        Ok(
            Record::new(event::transfer(receipt.transfer.id, reader.id), event)?
                .change(before, after)
                .letter(letters::root(reader), letter(&l, self.app.site(), &moved)),
        )
    }
}

fn refused(error: PostError<Refusal>) -> TopUpRefused {
    match error {
        PostError::NotAdmitted(refusal) => refusal.into(),
        PostError::Refused(Unposted::Overdrawn { balance }) => TopUpRefused::Overdrawn(balance),
        PostError::Refused(Unposted::KeyReused { .. }) => TopUpRefused::KeyReused,
        PostError::Refused(other) => TopUpRefused::Database(DbErr::Custom(other.to_string())),
        PostError::Busy | PostError::Stopped => TopUpRefused::Busy,
        PostError::Condition => TopUpRefused::Database(DbErr::RecordNotUpdated),
        PostError::Database(error) => TopUpRefused::Database(error),
    }
}
