//! What time brings: invitations expire; staff are reminded of who awaits approval and told when the deadline is missed. Each
//! happens once for a relation, however many processes look.

use accounts::{account::Account, store::staff_who};
use async_trait::async_trait;
use jiff::Timestamp;
use kernel::CustomerId;
use platform::{
    Permission,
    actor::Caller,
    due::Milestone,
    job::{Job, JobError, Several},
};
use sea_orm::DbErr;

use crate::{
    event::{CustomerEvent, subject},
    letters,
    room::Customers,
    service::{Case, Refused, tell_staff, transfer},
    store::{self, DEADLINES, transfers},
};

/// Looks at what expires and what is due.
pub(crate) struct Deadlines(pub(crate) Customers);

impl Deadlines {
    /// One relation, unless somebody was first.
    async fn open(&self, id: CustomerId) -> Result<Option<(Case<'_>, Option<Account>)>, Refused> {
        match Case::open(&self.0, Caller::system(), id).await {
            Ok(opened) => Ok(Some(opened)),
            Err(Refused::NotFound | Refused::Overtaken) => Ok(None),
            Err(refused) => Err(refused),
        }
    }

    /// Lets an invitation expire, unless another process does or did: its state says so.
    async fn expire(&self, id: CustomerId) -> Result<(), Refused> {
        let Some((mut case, _)) = self.open(id).await? else {
            return Ok(());
        };
        let Ok(next) = case.customer.clone().expire(case.work.now()) else {
            return Ok(());
        };
        let because = case.save(next, &CustomerEvent::Expired).await?;
        case.tell_partner(because, &letters::expired).await?;
        Ok(case.work.commit().await?)
    }

    /// Acts on one relation that has reached a milestone, unless another process does or did.
    async fn act(&self, id: CustomerId, milestone: Milestone) -> Result<(), Refused> {
        let Some((mut case, account)) = self.open(id).await? else {
            return Ok(());
        };
        // The claim looks at the row again, under the lock: it may have been decided since.
        let reached = DEADLINES.at(milestone, case.work.now());
        if !reached.claim(case.work.tx(), id).await? {
            return Ok(());
        }
        let Some(due) = case.customer.deadline().and_then(kernel::calendar::Deadline::due) else {
            return Ok(());
        };
        match milestone {
            Milestone::Reminder => remind(&mut case, due).await?,
            Milestone::Missed => tell_of_delay(&mut case, account.as_ref(), due).await?,
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
        let app = self.0.app();
        let expired = store::expired(app.db(), app.clock().now()).await?;
        several.each(expired, |id| self.expire(id)).await;
        let act = |id, milestone| self.act(id, milestone);
        DEADLINES.each(app, &mut several, act).await?;
        let expired = transfers::expired(app.db(), app.clock().now()).await?;
        several.each(expired, |id| transfer::expire(&self.0, id)).await;
        several.done()
    }
}
