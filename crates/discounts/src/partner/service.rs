//! The use cases: each loads, decides by the [`rules`](super::rules), saves, and writes down what happened with the
//! letters that follow from it, in one transaction.
//!
//! Every one of them locks the partner's account first: whatever concerns one partner happens one after the other.

mod partner;
mod staff;

use std::sync::Arc;

use accounts::{account::Account, person::Person};
use catalogue::PriceList;
use kernel::{AccountId, EventId, Language, PartnerDiscountId, ProductId};
use platform::{
    Denied, L10n, Work,
    actor::Caller,
    due::Milestone,
    mail::{Letter, Recipient},
    site::Site,
    web::Fault,
};
use sea_orm::DbErr;

use super::{
    event::{PartnerDiscountEvent, standing, subject},
    letters::{self, Beginning, Facts},
    rules::{AskError, Change, PartnerDiscount, Percents, Standing, State, TransitionError},
    store::{self, DEADLINES, SaveError},
};
use crate::Discounts;

pub use partner::{Request, ask, withdraw};
pub use staff::{approve, reject};

/// Why a request is not taken. Nothing of it happened.
#[derive(Debug, thiserror::Error)]
pub enum AskRefused {
    /// The account is no partner (any more), or the caller is none of its users.
    #[error("only a partner may ask")]
    NotPartner,
    /// Another request of the partner awaits approval: this one, where it is known.
    #[error("another request awaits approval")]
    Waiting(Option<PartnerDiscountId>),
    /// There is no such product.
    #[error("there is no product {0}")]
    NoProduct(ProductId),
    /// The rules do not allow it.
    #[error(transparent)]
    Rule(#[from] AskError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Why a use case was refused. Nothing of it happened.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is no such discount, or it is not the caller's.
    #[error("there is no such discount")]
    NotFound,
    /// It is not the caller's to do.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such product.
    #[error("there is no product {0}")]
    NoProduct(ProductId),
    /// The rules do not allow it; [`TransitionError::key`] says it in words.
    #[error(transparent)]
    Rule(#[from] TransitionError),
    /// Another change came first.
    #[error("another change came first")]
    Overtaken,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl From<SaveError> for Refused {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Overtaken => Self::Overtaken,
            SaveError::Database(error) => Self::Database(error),
        }
    }
}

/// For handlers that do not show a refusal on the page itself.
impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotFound => Self::not_found(),
            Refused::Denied(Denied::Role) => Self::forbidden(),
            Refused::Denied(Denied::OwnAccount) => {
                Self::told(axum::http::StatusCode::FORBIDDEN, "fault-own-account")
            }
            Refused::NoProduct(_) => Self::bad_request(),
            Refused::Rule(TransitionError::Calendar(error)) => Self::internal(error),
            Refused::Rule(_) | Refused::Overtaken => {
                Self::told(axum::http::StatusCode::CONFLICT, "partner-discount-overtaken")
            }
            Refused::Database(error) => error.into(),
        }
    }
}

/// A partner in a use case, its account locked.
struct Case<'a> {
    room: &'a Discounts,
    work: Work,
    partner: Account,
    standing: Standing,
    products: Arc<PriceList>,
}

impl<'a> Case<'a> {
    async fn of_partner(
        room: &'a Discounts,
        caller: Caller,
        partner: AccountId,
    ) -> Result<Option<Self>, DbErr> {
        let products = room.catalogue().prices().await?;
        let work = Work::begin(room.app(), caller).await?;
        let Some(partner) = accounts::store::lock_account(work.tx(), partner).await? else {
            return Ok(None);
        };
        let standing = store::standing(work.tx(), partner.id).await?;
        Ok(Some(Self {
            room,
            work,
            partner,
            standing,
            products,
        }))
    }

    /// The partner of a discount that is to be decided, which awaits approval.
    async fn to_decide(
        room: &'a Discounts,
        caller: Caller,
        id: PartnerDiscountId,
    ) -> Result<(Self, PartnerDiscount), Refused> {
        // Whose it is never changes; where it stands is read under the lock.
        let seen = store::find(room.app().db().read(), id)
            .await?
            .ok_or(Refused::NotFound)?;
        let case = Self::of_partner(room, caller, seen.partner)
            .await?
            .ok_or(Refused::NotFound)?;
        match &case.standing.asked {
            Some(asked) if asked.id == id => {
                let asked = asked.clone();
                Ok((case, asked))
            }
            _ => {
                let settled = store::find(case.work.tx(), id).await?.ok_or(Refused::NotFound)?;
                Err(TransitionError::Settled(settled.state.kind()).into())
            }
        }
    }

    /// Fails on a product that the catalogue does not have.
    fn know(&self, percents: &Percents) -> Result<(), ProductId> {
        let unknown = percents
            .iter()
            .find(|(product, _)| self.products.product(*product).is_none());
        unknown.map_or(Ok(()), |(product, _)| Err(product))
    }

    fn facts(&self, of: &PartnerDiscount) -> Facts {
        Facts::of(
            of,
            &self.partner,
            &self.products,
            self.room.config().business_days.get(),
        )
    }

    /// Saves changes and writes down how they came, each with the letter that follows from it.
    async fn keep(&mut self, changes: &[Change]) -> Result<(), Refused> {
        for change in changes {
            store::save(self.work.tx(), change).await?;
            let (before, after) = (standing(&change.before), standing(&change.after));
            let because = self
                .work
                .record_change(subject(&change.after), &event(change), before, after)
                .await?;
            if let Some(letter) = letter(change, changes) {
                self.tell_partner(because, &change.after, &*letter)?;
            }
        }
        Ok(())
    }

    /// Sends the partner a letter in the language of its root user.
    fn tell_partner(
        &mut self,
        because: EventId,
        about: &PartnerDiscount,
        letter: Wording<'_>,
    ) -> Result<(), DbErr> {
        let l = self.l10n(self.partner.root.language);
        let letter = letter(&l, self.room.app().site(), &self.facts(about));
        let to = Recipient {
            address: self.partner.root.email.clone(),
            account: Some(self.partner.id),
        };
        self.work.send(because, &to, &letter).map(|_| ())
    }

    /// Sends each of the staff a letter in that one's language.
    fn tell_staff(
        &mut self,
        because: EventId,
        about: &PartnerDiscount,
        staff: &[Person],
        letter: Wording<'_>,
    ) -> Result<(), DbErr> {
        let facts = self.facts(about);
        for person in staff {
            let letter = letter(&self.l10n(person.language), self.room.app().site(), &facts);
            let to = Recipient {
                address: person.email.clone(),
                account: Some(self.partner.id),
            };
            self.work.send(because, &to, &letter)?;
        }
        Ok(())
    }

    fn l10n(&self, language: Language) -> L10n {
        self.room.app().l10n(language)
    }
}

/// How a letter is worded, for a reader.
type Wording<'a> = &'a (dyn Fn(&L10n, &Site, &Facts) -> Letter + Send + Sync);

/// What happened, in the past tense.
fn event(change: &Change) -> PartnerDiscountEvent {
    use PartnerDiscountEvent as E;
    let asked = change.after.asked.clone();
    match &change.after.state {
        State::AwaitingApproval { due } => E::Requested {
            reference: change.after.reference(),
            note: change.after.note.clone(),
            due: *due,
            asked,
        },
        State::AwaitingActivation(grant) => E::Approved {
            asked,
            granted: grant.terms.clone(),
            starts_at: grant.starts_at,
            words: grant.words.clone(),
        },
        State::Active(grant) => E::Activated {
            effective_at: grant.starts_at,
            from: grant.terms.from,
        },
        State::Expired { grant, until, by } => E::Expired {
            effective_at: *until,
            replaced_by: *by,
            was_in_force: grant.starts_at < *until,
        },
        State::Rejected { words, .. } => E::Rejected { words: words.clone() },
        State::Withdrawn { .. } => E::Withdrawn,
    }
}

type BoxedWording = Box<dyn Fn(&L10n, &Site, &Facts) -> Letter + Send + Sync>;

/// The letter to the partner that follows from a change, which is one of several made at once.
fn letter(change: &Change, all: &[Change]) -> Option<BoxedWording> {
    match &change.after.state {
        State::AwaitingActivation(grant) => {
            // One that was approved before and had not begun makes room for this one.
            let replaced = all.iter().find(|other| {
                matches!(other.after.state, State::Expired { .. })
                    && matches!(other.before.state, State::AwaitingActivation(_))
            });
            let beginning = Beginning {
                from: grant.terms.from,
                at_once: (grant.starts_at == grant.at).then_some(grant.at),
                replaces: replaced.map(|other| other.after.reference()),
                words: grant.words.clone(),
            };
            let changed = change.after.was_changed();
            Some(Box::new(move |l, site, about| {
                letters::approved(l, site, about, changed, &beginning)
            }))
        }
        // Where it begins with its approval, the letter about that says so.
        State::Active(grant) if grant.starts_at > grant.at => {
            let from = grant.terms.from;
            Some(Box::new(move |l, site, about| {
                letters::activated(l, site, about, from)
            }))
        }
        State::Rejected { words, .. } => {
            let words = words.clone();
            Some(Box::new(move |l, site, about| {
                letters::rejected(l, site, about, &words)
            }))
        }
        _ => None,
    }
}

/// Lets what is due of a partner's begin. Of several processes that try, one does it.
pub(super) async fn begin_due(room: &Discounts, partner: AccountId) -> Result<(), DbErr> {
    let Some(mut case) = Case::of_partner(room, Caller::system(), partner).await? else {
        return Ok(());
    };
    let changes = case
        .standing
        .settle(case.work.now())
        .map_err(|error| DbErr::Custom(error.to_string()))?;
    match case.keep(&changes).await {
        Ok(()) => case.work.commit().await,
        // Another process did it.
        Err(Refused::Overtaken) => Ok(()),
        Err(Refused::Database(error)) => Err(error),
        Err(other) => Err(DbErr::Custom(other.to_string())),
    }
}

/// Acts on a milestone of a discount that awaits approval, unless another process does or did.
pub(super) async fn pass_milestone(
    room: &Discounts,
    id: PartnerDiscountId,
    milestone: Milestone,
) -> Result<(), DbErr> {
    let (mut case, discount) = match Case::to_decide(room, Caller::system(), id).await {
        Ok(found) => found,
        Err(Refused::Database(error)) => return Err(error),
        // Decided meanwhile.
        Err(_) => return Ok(()),
    };
    let Some(due) = discount.due() else { return Ok(()) };
    let reached = DEADLINES.at(milestone, case.work.now());
    if !reached.claim(case.work.tx(), id).await? {
        return Ok(());
    }
    let deciders = letters::deciders(case.work.tx()).await?;
    let about = subject(&discount);
    match milestone {
        Milestone::Reminder => {
            let event = PartnerDiscountEvent::Reminded { due };
            let because = case.work.record(about, &event).await?;
            case.tell_staff(because, &discount, &deciders, &letters::reminder)?;
        }
        Milestone::Missed => {
            let because = case
                .work
                .record(about, &PartnerDiscountEvent::Escalated { due })
                .await?;
            case.tell_staff(because, &discount, &deciders, &letters::escalation)?;
            let because = case
                .work
                .record(about, &PartnerDiscountEvent::DelayTold { due })
                .await?;
            case.tell_partner(because, &discount, &letters::delayed)?;
        }
    }
    case.work.commit().await
}
