//! What follows from a balance that moved: usage that waited for credit is charged, and an account whose credit runs low
//! is told. Each looks at the state and not at the movement, so it happens once, whatever failed in between.

use std::collections::BTreeSet;

use async_trait::async_trait;
use kernel::AccountId;
use platform::{
    db::is_outage,
    job::{Job, JobError, Rounds},
};
use sea_orm::DbErr;

use crate::{Credit, service, store};

const PAGE: u64 = 500;

/// Looks at balances that moved.
pub struct FollowUp {
    room: Credit,
    /// Of looking at all accounts, for what another process left undone.
    rounds: Rounds,
}

/// Accounts that could not be looked at.
#[derive(Default)]
struct Left {
    accounts: BTreeSet<AccountId>,
    /// Why the first could not.
    error: Option<DbErr>,
    /// Nobody can be while the database is away.
    is_away: bool,
}

impl FollowUp {
    pub(crate) fn new(room: Credit) -> Self {
        Self {
            room,
            rounds: Rounds::default(),
        }
    }

    async fn look_at(&self, account: AccountId) -> Result<(), DbErr> {
        service::settle(&self.room, account).await?;
        service::look_at(&self.room, account).await
    }

    /// Looks at each; one that fails keeps no other waiting.
    async fn look_at_each(&self, accounts: impl IntoIterator<Item = AccountId>, left: &mut Left) {
        for account in accounts {
            if left.is_away {
                left.accounts.insert(account);
            } else if let Err(error) = self.look_at(account).await {
                left.accounts.insert(account);
                left.is_away = is_outage(&error);
                left.error.get_or_insert(error);
            }
        }
    }

    async fn look_at_all(&self, left: &mut Left) -> Result<(), DbErr> {
        let db = self.room.app().db().read();
        let mut after = None;
        loop {
            let page = store::usage::debtors(db, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = Some(*last);
            self.look_at_each(page, left).await;
        }
        let changed = store::alerts::changed(db, self.room.low_balance_below()).await?;
        self.look_at_each(changed, left).await;
        Ok(())
    }
}

#[async_trait]
impl Job for FollowUp {
    fn name(&self) -> &'static str {
        "credit follow-up"
    }

    async fn run(&self) -> Result<(), JobError> {
        let mut left = Left::default();
        self.look_at_each(self.room.take_moved(), &mut left).await;
        let now = self.room.app().clock().now();
        let round = if self.rounds.is_due(now) {
            let looked = self.look_at_all(&mut left).await;
            // One that broke off is no round: what another process left undone would wait for the next.
            if looked.is_ok() {
                self.rounds.pass(now);
            }
            looked
        } else {
            Ok(())
        };
        let Some(error) = left.error else {
            return Ok(round?);
        };
        self.room.follow_up(left.accounts);
        Err(error.into())
    }

    async fn woken(&self) {
        self.room.moved().await;
    }
}
