//! A partner moves credit to its customer.

use accounts::account::Account;
use kernel::{AccountId, Money};
use ledger::{
    Instruction, Key, Movement, MovementError, Order, Outcome, PostError, Receipt, Refusal as Unposted,
};
use platform::{
    App, L10n,
    actor::Caller,
    mail::Letter,
    site::Site,
    work::{Behalf, Record},
};
use sea_orm::DbErr;

use super::{
    balance, change,
    managed::{Parties, Refusal, Relation},
    usage::settle,
};
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

/// Moves credit from a partner to its customer, after the partner's own usage that waited for credit. Answered when it is
/// durable; asked again with the same key, it is answered with the same receipt and moves nothing.
pub async fn top_up(room: &Credit, caller: Caller, wanted: TopUp) -> Result<Receipt, TopUpRefused> {
    let TopUp {
        partner,
        customer,
        amount,
        key,
    } = wanted;
    let movement = Movement::top_up(partner, customer, amount)?;
    settle(room, partner).await?;
    let app = room.app().clone();
    let order = Order {
        instruction: Instruction {
            movement,
            key,
            reference: String::new(),
        },
        condition: Relation { partner, customer },
        behalf: Behalf::of(caller),
        then: Box::new(move |receipt, parties| told(&app, parties, receipt)),
    };
    let receipt = match room.top_ups().post(order).await {
        Ok(Outcome::Repeated(receipt)) => return Ok(receipt),
        Ok(Outcome::Posted(receipt)) => receipt,
        Err(error) => return Err(refused(error)),
    };
    room.follow_up([partner, customer]);
    Ok(receipt)
}

/// What is told of a top-up, to either side.
fn told(app: &App, parties: &Parties, receipt: &Receipt) -> Result<Vec<Record>, DbErr> {
    let Parties {
        partner,
        customer,
        called,
    } = parties;
    let (transfer, amount) = (receipt.transfer.id, receipt.transfer.amount);
    let sent = CreditEvent::TopUpSent {
        customer: customer.id,
        amount,
        balance: receipt.from.balance,
        transfer,
    };
    let received = CreditEvent::TopUpReceived {
        partner: partner.id,
        amount,
        balance: receipt.to.balance,
        transfer,
    };
    let by = partner.display_name();
    Ok(vec![
        one_side(app, receipt, partner, called, &sent, letters::top_up_sent)?,
        one_side(app, receipt, customer, by, &received, letters::top_up_received)?,
    ])
}

fn one_side(
    app: &App,
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
    let l = app.l10n(reader.root.language);
    let (before, after) = change(receipt, reader.id);
    Ok(
        Record::new(event::transfer(receipt.transfer.id, reader.id), event)?
            .change(before, after)
            .letter(letters::root(reader), letter(&l, app.site(), &moved)),
    )
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
