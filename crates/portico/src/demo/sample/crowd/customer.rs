//! Customers of the crowd's partners.

use accounts::{account::Account, events as accounts_events};
use customers::{
    event::{CustomerEvent, MembershipEvent, subject},
    rules::{Customer, FriendlyName, Role, State},
    store,
};
use jiff::{SignedDuration, Timestamp};
use kernel::CustomerId;

use super::{
    Partner,
    case::{Refused, root},
    chance::Chance,
    rows::{Chunk, event_of},
};

/// An invitation that its customer confirmed.
pub(super) struct Relation {
    pub(super) partner: Partner,
    invited_at: Timestamp,
    since: Timestamp,
}

impl Relation {
    /// The partner's with an account that there is since `from`; none where that is too young.
    pub(super) fn begin(
        chance: &mut Chance,
        partner: Partner,
        from: Timestamp,
        now: Timestamp,
    ) -> Option<Self> {
        let (first, last) = (
            from + SignedDuration::from_hours(24),
            now - SignedDuration::from_hours(72),
        );
        (first < last).then(|| {
            let invited_at = chance.between(first, last);
            let since = chance.between(invited_at, invited_at + SignedDuration::from_hours(72));
            Self {
                partner,
                invited_at,
                since,
            }
        })
    }

    /// The relation with that account, and how it came to be.
    pub(super) fn write(self, chance: &mut Chance, of: &Account, chunk: &mut Chunk) -> Result<(), Refused> {
        let called: String = of.display_name().chars().take(FriendlyName::MAX).collect();
        let relation = Customer {
            id: CustomerId(chance.id(self.invited_at)),
            partner: self.partner.account,
            email: of.root.email.clone(),
            name: FriendlyName::parse(&called)?,
            role: Role::default(),
            language: of.root.language,
            invited_at: self.invited_at,
            sent_at: self.invited_at,
            state: State::Active {
                account: of.id,
                since: self.since,
                approved_by: None,
            },
        };
        let invited = CustomerEvent::Invited {
            email: relation.email.clone(),
            name: called,
            role: relation.role.to_string(),
            expires_at: self.invited_at + SignedDuration::from_hours(24 * 14),
        };
        let customer = root(of);
        let about = subject(&relation);
        for (at, actor, event) in [
            (self.invited_at, &self.partner.root, invited),
            (self.since, &customer, CustomerEvent::Confirmed { due: None }),
            (self.since, &customer, CustomerEvent::Activated { account: of.id }),
        ] {
            let id = chance.id(at);
            chunk.events.push(event_of(id, at, about, actor, &event)?);
        }
        let joined = MembershipEvent::JoinedPartner {
            partner: self.partner.account,
            name: self.partner.name,
        };
        let about = accounts_events::subject(of.id);
        let id = chance.id(self.since);
        chunk
            .events
            .push(event_of(id, self.since, about, &customer, &joined)?);
        chunk.customers.push(store::row(&relation, None));
        Ok(())
    }
}
