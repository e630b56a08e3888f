//! Who of the provider's people may sign in, and as what: each change is an event with before and after.

use accounts::{
    person::Person,
    store::{
        NewStaff, insert_staff,
        link::{self, Purpose},
        rows::staff as row,
    },
};
use kernel::{EmailAddress, Language, StaffId};
use platform::{
    App, StaffRole, Work,
    actor::Caller,
    event::{Kind, Subject},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::store::end_access;

/// What happened to somebody of the staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum StaffEvent {
    /// The person may sign in.
    Added {
        /// Signs in with it.
        email: EmailAddress,
        /// What the person is there to do.
        role: StaffRole,
    },
    /// The person is there to do something else.
    RoleChanged {
        /// What it was.
        from: StaffRole,
        /// What it is since then.
        to: StaffRole,
    },
    /// The person can no longer sign in; all sessions ended.
    Removed {
        /// Signed in with it.
        email: EmailAddress,
    },
}

platform::event_kinds! {
    StaffEvent:
    Added => Kind::staff("staff.added"),
    RoleChanged => Kind::staff("staff.role_changed"),
    Removed => Kind::staff("staff.removed"),
}

/// Why a change of the staff is refused. Nothing of it happened.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// Somebody of the staff has the address.
    #[error("{0} is of the staff already")]
    Known(EmailAddress),
    /// Nobody of the staff has the address.
    #[error("nobody of the staff has the address {0}")]
    Unknown(EmailAddress),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// Adds somebody, who then sets a password by "Forgotten password". Whoever was removed before comes back as the
/// person that they were, without the old password.
pub async fn add(
    app: &App,
    caller: Caller,
    email: EmailAddress,
    name: String,
    role: StaffRole,
    language: Language,
) -> Result<(), StaffError> {
    let mut work = Work::begin(app, caller).await?;
    let after = json!({ "email": email, "name": name, "role": role });
    let event = StaffEvent::Added {
        email: email.clone(),
        role,
    };
    let id = match locked(&work, &email).await? {
        Some(row) if row.removed_at.is_none() => return Err(StaffError::Known(email)),
        Some(row) => {
            let id = row.id;
            let mut back = row.into_active_model();
            back.name = Set(name);
            back.role = Set(role.as_str().to_owned());
            back.removed_at = Set(None);
            back.update(work.tx()).await?;
            // A process of the version before, in a roll-out, leaves tokens and links that would come back with the person.
            end_access(work.tx(), id, work.now()).await?;
            link::call_back(work.tx(), Purpose::PasswordReset, &email, id, work.now()).await?;
            id
        }
        None => {
            let new = NewStaff {
                id: StaffId(work.new_id()),
                email,
                name,
                role,
                language,
                password: None,
            };
            let id = new.id.into();
            insert_staff(work.tx(), new, work.now()).await?;
            id
        }
    };
    work.record_change(subject(id), &event, Value::Null, after)
        .await?;
    Ok(work.commit().await?)
}

/// Gives somebody another role; it holds from the next request on. The same role again changes nothing.
pub async fn change_role(
    app: &App,
    caller: Caller,
    email: EmailAddress,
    to: StaffRole,
) -> Result<(), StaffError> {
    let mut work = Work::begin(app, caller).await?;
    let Some(row) = locked(&work, &email)
        .await?
        .filter(|row| row.removed_at.is_none())
    else {
        return Err(StaffError::Unknown(email));
    };
    let from: StaffRole = row.role.parse().map_err(DbErr::Custom)?;
    if from == to {
        return Ok(work.commit().await?);
    }
    let id = row.id;
    let mut changed = row.into_active_model();
    changed.role = Set(to.as_str().to_owned());
    changed.update(work.tx()).await?;
    let event = StaffEvent::RoleChanged { from, to };
    work.record_change(
        subject(id),
        &event,
        json!({ "role": from }),
        json!({ "role": to }),
    )
    .await?;
    Ok(work.commit().await?)
}

/// Ends somebody's sessions, tokens, password and links to a new one. The row stays, so that what the person decided keeps its name.
pub async fn remove(app: &App, caller: Caller, email: EmailAddress) -> Result<(), StaffError> {
    let mut work = Work::begin(app, caller).await?;
    let Some(row) = locked(&work, &email)
        .await?
        .filter(|row| row.removed_at.is_none())
    else {
        return Err(StaffError::Unknown(email));
    };
    let id = row.id;
    let before = json!({ "email": row.email, "name": row.name, "role": row.role });
    let mut removed = row.into_active_model();
    removed.removed_at = Set(Some(work.now().as_millisecond()));
    // A process of the version before, in a roll-out, knows no `removed_at`.
    removed.password_hash = Set(None);
    removed.update(work.tx()).await?;
    let now = work.now();
    end_access(work.tx(), id, now).await?;
    link::call_back(work.tx(), Purpose::PasswordReset, &email, id, now).await?;
    let event = StaffEvent::Removed { email };
    work.record_change(subject(id), &event, before, Value::Null)
        .await?;
    Ok(work.commit().await?)
}

/// All who may sign in, by name.
pub async fn list(app: &App) -> Result<Vec<Person>, DbErr> {
    accounts::store::all_staff(app.db().read()).await
}

async fn locked(work: &Work, email: &EmailAddress) -> Result<Option<row::Model>, DbErr> {
    row::Entity::find()
        .filter(row::Column::Email.eq(email.as_str()))
        .lock_exclusive()
        .one(work.tx())
        .await
}

fn subject(id: Uuid) -> Subject {
    Subject {
        kind: "staff",
        id,
        account: None,
    }
}
