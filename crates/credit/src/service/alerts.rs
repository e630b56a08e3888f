//! Telling an account that its credit runs low.

use kernel::{AccountId, Money};
use ledger::store::credit_of;
use platform::{Work, actor::Caller, web::Fault};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::{Value, json};

use crate::{
    Credit,
    event::{self, CreditEvent},
    letters,
    rules::Alert,
    store::alerts::{self, Kept},
};

/// Why an account's threshold was not set.
#[derive(Debug, thiserror::Error)]
pub enum AlertRefused {
    /// There is no such account.
    #[error("there is no such account")]
    NotFound,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl From<AlertRefused> for Fault {
    fn from(refused: AlertRefused) -> Self {
        match refused {
            AlertRefused::NotFound => Self::not_found(),
            AlertRefused::Database(error) => error.into(),
        }
    }
}

/// What an account set itself, and the alert that follows from it.
pub async fn alert_of(
    room: &Credit,
    db: &impl ConnectionTrait,
    account: AccountId,
) -> Result<(Option<Money>, Alert), DbErr> {
    let kept = alerts::find(db, account, room.currency()).await?;
    let default = room.low_balance_below();
    let alert = kept.map_or(
        Alert {
            threshold: default,
            told: false,
        },
        |kept| kept.alert(default),
    );
    Ok((kept.and_then(|kept| kept.own), alert))
}

/// Sets below which balance an account is told; none: the provider's default.
pub async fn set_alert(
    room: &Credit,
    caller: Caller,
    account: AccountId,
    own: Option<Money>,
) -> Result<(), AlertRefused> {
    let mut work = Work::begin(room.app(), caller).await?;
    accounts::store::lock_account(work.tx(), account)
        .await?
        .ok_or(AlertRefused::NotFound)?;
    let before = alerts::find(work.tx(), account, room.currency()).await?;
    let balance = credit_of(work.tx(), account, room.currency()).await?;
    let alert = Alert::set(own.unwrap_or(room.low_balance_below()), balance);
    let kept = Kept {
        id: before.map_or_else(|| work.new_id(), |kept| kept.id),
        own,
        told: alert.told,
    };
    alerts::put(work.tx(), account, &kept).await?;
    let standing = |own: Option<Money>| json!({ "threshold": own });
    work.record_change(
        event::alert(kept.id, account),
        &CreditEvent::AlertSet { threshold: own },
        before.map_or(Value::Null, |kept| standing(kept.own)),
        standing(own),
    )
    .await?;
    work.commit().await?;
    Ok(())
}

/// Tells an account that its credit is low, if it fell below its threshold since it was last looked at.
pub async fn look_at(room: &Credit, account: AccountId) -> Result<(), DbErr> {
    let db = room.app().db().read();
    let (_, alert) = alert_of(room, db, account).await?;
    let balance = credit_of(db, account, room.currency()).await?;
    // Most movements change nothing here, and need no transaction.
    if alert.at(balance).0 == alert {
        return Ok(());
    }
    let mut work = Work::begin(room.app(), Caller::system()).await?;
    let Some(whose) = accounts::store::lock_account(work.tx(), account).await? else {
        return Ok(());
    };
    let (own, alert) = alert_of(room, work.tx(), account).await?;
    let kept = alerts::find(work.tx(), account, room.currency()).await?;
    let balance = credit_of(work.tx(), account, room.currency()).await?;
    let (next, tell) = alert.at(balance);
    let id = kept.map_or_else(|| work.new_id(), |kept| kept.id);
    let told = next.told;
    alerts::put(work.tx(), account, &Kept { id, own, told }).await?;
    if tell {
        let threshold = next.threshold;
        let because = work
            .record(
                event::alert(id, account),
                &CreditEvent::LowBalance { balance, threshold },
            )
            .await?;
        let partner = match whose.managed_by {
            Some(partner) => accounts::store::account(work.tx(), partner).await?,
            None => None,
        };
        let partner = partner.as_ref().map(accounts::account::Account::display_name);
        let l = room.app().l10n(whose.root.language);
        let letter = letters::low_balance(&l, room.app().site(), balance, threshold, partner);
        work.send(because, &letters::root(&whose), &letter)?;
    }
    work.commit().await
}
