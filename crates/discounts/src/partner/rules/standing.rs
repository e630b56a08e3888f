//! What a partner has under way: one that awaits approval, one that awaits activation and one in force, at most.

use jiff::Timestamp;
use kernel::{StaffId, calendar::BusinessCalendar};

use super::{Grant, Instead, PartnerDiscount, Percents, State, TransitionError};

/// The discounts of one partner that are not over. There is no room for two of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Awaits approval.
    pub asked: Option<PartnerDiscount>,
    /// Awaits activation.
    pub approved: Option<PartnerDiscount>,
    /// In force.
    pub active: Option<PartnerDiscount>,
}

/// What became of one discount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// As it was.
    pub before: PartnerDiscount,
    /// As it is.
    pub after: PartnerDiscount,
}

impl Standing {
    /// Out of a partner's discounts; those that are over are left out.
    #[must_use]
    pub fn of(all: impl IntoIterator<Item = PartnerDiscount>) -> Self {
        let mut standing = Self::default();
        for discount in all {
            let place = match discount.state {
                State::AwaitingApproval { .. } => &mut standing.asked,
                State::AwaitingActivation(_) => &mut standing.approved,
                State::Active(_) => &mut standing.active,
                State::Expired { .. } | State::Rejected { .. } | State::Withdrawn { .. } => continue,
            };
            *place = Some(discount);
        }
        standing
    }

    /// Whether these would change anything. Where one is approved and has not begun they do, whatever they are: they
    /// take its place.
    #[must_use]
    pub fn is_changed_by(&self, percents: &Percents) -> bool {
        let in_force = self.active.as_ref().and_then(PartnerDiscount::grant);
        self.approved.is_some() || in_force.is_none_or(|grant| grant.terms.percents != *percents)
    }

    /// The one that was approved and has not begun: whatever is approved before it does takes its place.
    #[must_use]
    pub fn to_begin(&self, now: Timestamp) -> Option<(&PartnerDiscount, &Grant)> {
        let approved = self.approved.as_ref()?;
        let grant = approved.grant().filter(|grant| now < grant.starts_at)?;
        Some((approved, grant))
    }

    /// Lets what is due begin: the one in force before ends at the very moment when the next one begins, however much
    /// later somebody looks. The changes are in the order in which they can be saved: room is made first.
    pub fn settle(&mut self, now: Timestamp) -> Result<Vec<Change>, TransitionError> {
        let due =
            |discount: &mut PartnerDiscount| discount.grant().is_some_and(|grant| grant.starts_at <= now);
        let Some(next) = self.approved.take_if(due) else {
            return Ok(Vec::new());
        };
        let mut changes = Vec::new();
        if let (Some(active), Some(grant)) = (self.active.take(), next.grant()) {
            changes.push(Change {
                before: active.clone(),
                after: active.give_way(next.id, grant.starts_at)?,
            });
        }
        let active = next.clone().activate()?;
        self.active = Some(active.clone());
        changes.push(Change {
            before: next,
            after: active,
        });
        Ok(changes)
    }

    /// Approves what was asked for. It takes the place of one that was approved before and has not begun: the newest
    /// decision counts. Where it is late, it begins at once.
    pub fn approve(
        &mut self,
        by: StaffId,
        instead: Option<Instead>,
        calendar: &BusinessCalendar,
        now: Timestamp,
    ) -> Result<Vec<Change>, TransitionError> {
        let mut changes = self.settle(now)?;
        let Some(asked) = self.asked.take() else {
            return Ok(changes);
        };
        let approved = match asked.clone().approve(by, instead, calendar, now) {
            Ok(approved) => approved,
            Err(error) => {
                self.asked = Some(asked);
                return Err(error);
            }
        };
        if let Some(earlier) = self.approved.take() {
            changes.push(Change {
                before: earlier.clone(),
                after: earlier.give_way(approved.id, now)?,
            });
        }
        self.approved = Some(approved.clone());
        changes.push(Change {
            before: asked,
            after: approved,
        });
        changes.extend(self.settle(now)?);
        Ok(changes)
    }
}
