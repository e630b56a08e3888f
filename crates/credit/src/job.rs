//! What follows from a balance that moved: usage that waited for credit is charged, and an account whose credit runs low
//! is told. Each looks at the state and not at the movement, so it happens once, whatever failed in between.

use std::sync::Mutex;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use kernel::AccountId;
use platform::job::{Job, JobError};

use crate::{Credit, service, store};

/// How often all accounts are looked at, for what another process left undone.
const ROUND: SignedDuration = SignedDuration::from_mins(10);
const PAGE: u64 = 500;

/// Looks at balances that moved.
pub struct FollowUp {
    room: Credit,
    next_round: Mutex<Timestamp>,
}

impl FollowUp {
    pub(crate) fn new(room: Credit) -> Self {
        Self {
            room,
            next_round: Mutex::new(Timestamp::MIN),
        }
    }

    fn is_due(&self, now: Timestamp) -> bool {
        let mut next = self
            .next_round
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let due = *next <= now;
        if due {
            *next = now + ROUND;
        }
        due
    }

    async fn look_at(&self, account: AccountId) -> Result<(), JobError> {
        service::settle(&self.room, account).await?;
        service::look_at(&self.room, account).await?;
        Ok(())
    }

    async fn look_at_all(&self) -> Result<(), JobError> {
        let db = self.room.app().db().read();
        let mut after = None;
        loop {
            let page = store::usage::debtors(db, after, PAGE).await?;
            for account in &page {
                self.look_at(*account).await?;
            }
            match page.last() {
                Some(last) => after = Some(*last),
                None => break,
            }
        }
        for account in store::alerts::changed(db, self.room.low_balance_below()).await? {
            self.look_at(account).await?;
        }
        Ok(())
    }
}

#[async_trait]
impl Job for FollowUp {
    fn name(&self) -> &'static str {
        "credit follow-up"
    }

    async fn run(&self) -> Result<(), JobError> {
        let mut moved = self.room.take_moved();
        while let Some(account) = moved.pop_first() {
            if let Err(error) = self.look_at(account).await {
                moved.insert(account);
                self.room.follow_up(moved);
                return Err(error);
            }
        }
        if self.is_due(self.room.app().clock().now()) {
            self.look_at_all().await?;
        }
        Ok(())
    }

    async fn woken(&self) {
        self.room.moved().await;
    }
}
