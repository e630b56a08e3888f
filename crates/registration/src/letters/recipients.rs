//! To whom the letters go.

use accounts::{account::Account, person::Person, store::staff_who};
use kernel::StaffId;
use platform::{Permission, actor::Capacity, mail::Recipient};
use sea_orm::{ConnectionTrait, DbErr};

use crate::rules::Registration;

/// The root user of the account.
#[must_use]
pub(crate) fn applicant(account: &Account) -> Recipient {
    Recipient {
        address: account.root.email.clone(),
        account: Some(account.id),
    }
}

/// All of the staff who decide.
pub(crate) async fn deciders(db: &impl ConnectionTrait) -> Result<Vec<Person>, DbErr> {
    staff_who(db, Permission::DecideRegistrations).await
}

/// The leads or, where there is none, all who decide.
pub(crate) async fn leads(db: &impl ConnectionTrait) -> Result<Vec<Person>, DbErr> {
    let leads = staff_who(db, Permission::LeadRegistrations).await?;
    if leads.is_empty() {
        deciders(db).await
    } else {
        Ok(leads)
    }
}

/// Who holds the case or, where nobody (still there) does, all who decide.
pub(crate) async fn holder_or_deciders(
    db: &impl ConnectionTrait,
    registration: &Registration,
) -> Result<Vec<Person>, DbErr> {
    let deciders = deciders(db).await?;
    let holder = registration
        .reviewer
        .and_then(|id| deciders.iter().find(|person| staff_id(person) == Some(id)));
    match holder {
        Some(holder) => Ok(vec![holder.clone()]),
        None => Ok(deciders),
    }
}

/// One of the staff, as the recipient of a letter about the registration.
pub(crate) fn staff(person: &Person, about: &Registration) -> Recipient {
    Recipient {
        address: person.email.clone(),
        account: Some(about.account),
    }
}

fn staff_id(person: &Person) -> Option<StaffId> {
    match person.capacity {
        Capacity::Staff { staff, .. } => Some(staff),
        _ => None,
    }
}
