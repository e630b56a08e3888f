//! What time brings: invitations expire; staff are reminded of who awaits approval and told when the deadline is missed. Each
//! happens once for a relation, however many processes look.

use accounts::{account::Account, store::staff_who};
use async_trait::async_trait;
use jiff::Timestamp;
use kernel::CustomerId;
use platform::{
    Permission,
    actor::Caller,
    job::{Job, JobError, Several},
};
use sea_orm::DbErr;

use crate::{
    event::{CustomerEvent, subject},
    letters,
    room::Customers,
    service::{Case, Refused, tell_staff, transfer},
    store::{self, Milestone, transfers},
};

/// Looks at what expires and what is due.
pub(crate) struct Deadlines(pub(crate) Customers);

impl Deadlines {
    /// Acts on one relation that has reached a milestone, unless another process does or did.
    async fn act(&self, id: CustomerId, milestone: Milestone) -> Result<(), Refused> {
        let (mut case, account) = match Case::open(&self.0, Caller::system(), id).await {
            Ok(opened) => opened,
            // Somebody was first.
            Err(Refused::NotFound | Refused::Overtaken) => return Ok(()),
            Err(refused) => return Err(refused),
        };
        let now = case.work.now();
        if milestone == Milestone::Expiry {
            let Ok(next) = case.customer.clone().expire(now) else {
                return Ok(());
            };
            let because = case.save(next, &CustomerEvent::Expired).await?;
            case.tell_partner(because, &letters::expired).await?;
            return Ok(case.work.commit().await?);
        }
        // The claim looks at the row again, under the lock: it may have been decided since.
        if !store::claim(case.work.tx(), id, milestone, now).await? {
            return Ok(());
        }
        let Some(due) = case.customer.deadline().and_then(kernel::calendar::Deadline::due) else {
            return Ok(());
        };
        match milestone {
            Milestone::Reminder => remind(&mut case, due).await?,
            _ => tell_of_delay(&mut case, account.as_ref(), due).await?,
        }
        Ok(case.work.commit().await?)
    }
}

/// Reminds staff that little time is left.
async fn remind(case: &mut Case<'_>, due: Timestamp) -> Result<(), DbErr> {
    let because = case
        .work
        .record(subject(&case.customer), &CustomerEvent::Reminded { due })
        .await?;
    let to = staff_who(case.work.tx(), Permission::DecideCustomers).await?;
    tell_staff(case, because, &to, &letters::reminder).await
}

/// Tells the leads that the deadline is missed, and partner and customer that it takes longer.
async fn tell_of_delay(case: &mut Case<'_>, account: Option<&Account>, due: Timestamp) -> Result<(), DbErr> {
    let about = subject(&case.customer);
    let because = case.work.record(about, &CustomerEvent::Escalated { due }).await?;
    // Who leads may transfer customers; where nobody does, all who decide are told.
    let mut to = staff_who(case.work.tx(), Permission::TransferCustomers).await?;
    if to.is_empty() {
        to = staff_who(case.work.tx(), Permission::DecideCustomers).await?;
    }
    tell_staff(case, because, &to, &letters::escalation).await?;
    let because = case.work.record(about, &CustomerEvent::DelayTold { due }).await?;
    case.tell_partner(because, &letters::delayed).await?;
    match account {
        Some(account) => case.tell(because, account, &letters::own_delayed).await,
        None => Ok(()),
    }
}

#[async_trait]
impl Job for Deadlines {
    fn name(&self) -> &'static str {
        "customers' deadlines"
    }

    async fn run(&self) -> Result<(), JobError> {
        let mut several = Several::of(self.name());
        for milestone in [Milestone::Expiry, Milestone::Reminder, Milestone::Missed] {
            let now = self.0.app().clock().now();
            let reached = store::reached(self.0.app().db(), milestone, now).await?;
            several.each(reached, |id| self.act(id, milestone)).await;
        }
        let now = self.0.app().clock().now();
        let expired = transfers::expired(self.0.app().db(), now).await?;
        several.each(expired, |id| transfer::expire(&self.0, id)).await;
        several.done()
    }
}
