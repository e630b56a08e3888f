//! Tries to sign in: counted before the password is looked at, so that many at once are not more than one by one.

use accounts::password::PasswordHash;
use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use jiff::{SignedDuration, Timestamp};
use platform::{
    event::time,
    web::{Fault, Shell, network},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::{
    Identity,
    pages::sign_in::Variant,
    session::{address, user_agent},
    store::rows::sign_in,
    throttle::{self, Failures},
};

/// What a person is named by when signing in, for counting failures. Kept as a fingerprint: people type passwords there.
#[derive(Clone, Debug)]
pub(crate) struct Login(String);

impl Login {
    /// As typed into the sign-in page.
    pub(crate) fn of(variant: Variant, email: &str, user_name: &str) -> Self {
        let cut = |text: &str| text.trim().chars().take(254).collect::<String>().to_lowercase();
        Self(match variant {
            Variant::Root => cut(email),
            Variant::Iam => format!("{} {}", cut(email), cut(user_name)),
            Variant::Staff => format!("staff {}", cut(email)),
        })
    }

    /// Somebody signed in who gives the current password once more.
    pub(crate) fn again(person: Uuid) -> Self {
        Self(format!("again {person}"))
    }
}

/// A try that may be made. Left alone, it counts as failed.
#[derive(Debug)]
#[must_use]
pub(crate) struct Attempt(Uuid);

/// Why a try may not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AttemptError {
    /// Too many failed; the next may be made after this time.
    #[error("too many tries failed; the next may be made in {0:#}")]
    Wait(SignedDuration),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Says at the form how long to wait: whole seconds, one at least.
pub(crate) fn wait_told(shell: &Shell, wait: SignedDuration) -> String {
    shell.l.t1("signin-wait", "seconds", seconds(wait))
}

/// The answer with the same wait as `Retry-After`.
pub(crate) fn until(mut answer: Response, wait: SignedDuration) -> Response {
    let value = HeaderValue::from(seconds(wait));
    answer.headers_mut().insert(header::RETRY_AFTER, value);
    answer
}

fn seconds(wait: SignedDuration) -> i64 {
    wait.as_secs().max(1)
}

/// The outcomes, as the table has them.
pub(crate) mod outcome {
    pub(crate) const TRYING: &str = "trying";
    pub(crate) const FAILED: &str = "failed";
    pub(crate) const SUCCEEDED: &str = "succeeded";
    pub(crate) const REFUSED: &str = "refused";
}

impl Attempt {
    /// The password was right.
    pub(crate) async fn succeeded(self, tx: &impl ConnectionTrait, person: Uuid) -> Result<(), DbErr> {
        set_outcome(tx, self.0, Some(person), outcome::SUCCEEDED).await
    }
}

async fn set_outcome(
    tx: &impl ConnectionTrait,
    id: Uuid,
    person: Option<Uuid>,
    outcome: &str,
) -> Result<(), DbErr> {
    sign_in::Entity::update_many()
        .col_expr(sign_in::Column::Outcome, outcome.into())
        .col_expr(sign_in::Column::PersonId, person.into())
        .filter(sign_in::Column::Id.eq(id))
        .exec(tx)
        .await
        .map(|_| ())
}

impl Identity {
    /// Announces a try. It is written down before failures are counted: of tries made at once, each sees the others.
    pub(crate) async fn try_sign_in(
        &self,
        shell: &Shell,
        headers: &HeaderMap,
        login: &Login,
    ) -> Result<Attempt, AttemptError> {
        let now = self.app().clock().now();
        let id = self.app().new_id();
        let login = self.app().key().fingerprint("login", &login.0);
        let address = address(shell);
        let network = shell.origin.map(network).unwrap_or_default();
        let tx = self.app().db().begin().await?;
        sign_in::ActiveModel {
            id: Set(id),
            login: Set(login.clone()),
            person_id: Set(None),
            address: Set(address),
            network: Set(network.clone()),
            user_agent: Set(user_agent(headers)),
            at: Set(now.as_millisecond()),
            outcome: Set(outcome::TRYING.to_owned()),
        }
        .insert(&tx)
        .await?;
        tx.commit().await?;

        let db = self.app().db().read();
        let of_login = failures(db, Some(&login), &network, id, now).await?;
        let of_address = failures(db, None, &network, id, now).await?;
        let Some(wait) = throttle::wait(of_login, of_address, now) else {
            return Ok(Attempt(id));
        };
        let tx = self.app().db().begin().await?;
        set_outcome(&tx, id, None, outcome::REFUSED).await?;
        tx.commit().await?;
        Err(AttemptError::Wait(wait))
    }

    /// Whether the password of a try is the right one. A try that comes when too many others do is none.
    pub(crate) async fn is_right(
        &self,
        attempt: &Attempt,
        password: String,
        hash: Option<PasswordHash>,
    ) -> Result<bool, Fault> {
        let checked = accounts::password::verify(password, hash).await;
        if checked.is_err() {
            let tx = self.app().db().begin().await?;
            set_outcome(&tx, attempt.0, None, outcome::REFUSED).await?;
            tx.commit().await?;
        }
        Ok(checked?)
    }

    /// Writes down how a try ended.
    pub(crate) async fn settle(
        &self,
        attempt: Attempt,
        person: Option<Uuid>,
        right: bool,
    ) -> Result<(), DbErr> {
        let outcome = if right {
            outcome::SUCCEEDED
        } else {
            outcome::FAILED
        };
        let tx = self.app().db().begin().await?;
        set_outcome(&tx, attempt.0, person, outcome).await?;
        tx.commit().await
    }
}

/// The failures from a network within the window, other than the try `but`; of one login only since its last success.
async fn failures(
    db: &impl ConnectionTrait,
    login: Option<&str>,
    network: &str,
    but: Uuid,
    now: Timestamp,
) -> Result<Failures, DbErr> {
    let from = now.as_millisecond() - i64::try_from(throttle::WINDOW.as_millis()).unwrap_or_default();
    let mut query = sign_in::Entity::find()
        .select_only()
        .columns([sign_in::Column::At, sign_in::Column::Outcome])
        .filter(sign_in::Column::Network.eq(network))
        .filter(sign_in::Column::At.gt(from))
        .filter(sign_in::Column::Id.ne(but))
        .filter(sign_in::Column::Outcome.ne(outcome::REFUSED))
        .order_by_desc(sign_in::Column::At)
        .order_by_desc(sign_in::Column::Id)
        .limit(200);
    if let Some(login) = login {
        query = query.filter(sign_in::Column::Login.eq(login));
    } else {
        query = query.filter(sign_in::Column::Outcome.ne(outcome::SUCCEEDED));
    }
    let rows: Vec<(i64, String)> = query.into_tuple().all(db).await?;
    let failed: Vec<i64> = rows
        .into_iter()
        .take_while(|(_, outcome)| outcome != outcome::SUCCEEDED)
        .map(|(at, _)| at)
        .collect();
    Ok(Failures {
        count: u32::try_from(failed.len()).unwrap_or(u32::MAX),
        last: failed.first().map(|at| time(*at)),
    })
}
