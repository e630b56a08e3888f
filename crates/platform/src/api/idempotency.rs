//! `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07): a request that is sent again is not carried out
//! again; it is answered as it was the first time, for 24 hours.
//!
//! Why it holds through a crash at any moment:
//!
//! 1. The key is claimed in a transaction of its own, before anything else. Of two requests at once one gets it; the
//!    other is told that the first is under way.
//! 2. The use case's transaction marks the claim as done ([`super::unit::Conditions::before_commit`]). Effects and mark are
//!    committed together or not at all, so the mark says exactly whether the effects are there.
//! 3. The answer is kept with the claim. If the process dies between 2 and 3, the mark stands without an answer: who
//!    asks again is told that it was done and that the answer is lost (409), and reads the thing. A request of several
//!    transactions is marked by each: it may have been done in part.
//! 4. If it dies between 1 and 2, nothing happened. The claim lapses after a minute, longer than a request may take
//!    (30 s), and whoever asks again takes it over with a new attempt number. A process that was only asleep cannot
//!    commit any more: its mark names an attempt that is no longer there, and its transaction fails.
//!
//! A request that had no effect (a refusal, a failure) gives its key back: there is nothing that a repetition could do
//! twice. Whether it had one is read from the mark: a commit that failed may have come through, so nobody remembers it.

use std::collections::HashSet;

use async_trait::async_trait;
use aws_lc_rs::digest;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::problem::{ANSWER_LOST, KEY_BUSY, KEY_REUSED, Kind};
use crate::{
    app::App,
    job::{Job, JobError, Rounds},
};

/// How long answers are kept.
const KEPT_MILLIS: i64 = 24 * 3_600_000;
/// After how long a claim without effects may be taken over.
const LAPSES_MILLIS: i64 = 60_000;
/// What answers are encrypted for: some hold a secret that is told only once.
const PURPOSE: &str = "kept answer";

/// The header, as people write it.
pub(crate) const NAME: &str = "Idempotency-Key";
pub(crate) const HEADER: HeaderName = HeaderName::from_static("idempotency-key");
pub(crate) const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "api_requests")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub key_hash: String,
        pub fingerprint: String,
        pub attempt: Uuid,
        pub state: String,
        pub lapses_at: i64,
        pub status: Option<i32>,
        pub headers: Option<String>,
        pub body: Option<String>,
        pub created_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

use row::{Column, Entity};

/// The states of a claim.
mod state {
    /// Claimed; nothing happened yet.
    pub(super) const CLAIMED: &str = "claimed";
    /// The effects are committed.
    pub(super) const DONE: &str = "done";
    /// And the answer is kept.
    pub(super) const ANSWERED: &str = "answered";
}

/// A key that a request has claimed.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    key_hash: String,
    attempt: Uuid,
}

/// What became of a request with a key.
pub(crate) enum Claimed {
    /// It is the first: carry it out.
    First(Claim),
    /// It was answered before: thus.
    Answered(Response),
    /// It is not carried out.
    Refused(Kind),
}

/// The key of a request, if it has one; `Err` where it cannot be one.
pub(crate) fn key(headers: &HeaderMap) -> Result<Option<String>, ()> {
    let Some(value) = headers.get(&HEADER) else {
        return Ok(None);
    };
    let text = value.to_str().map_err(|_| ())?.trim();
    // The draft's form is a quoted string; most callers send the bare key.
    let bare = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or(text);
    let fine = (1..=255).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_graphic());
    if fine { Ok(Some(bare.to_owned())) } else { Err(()) }
}

fn hash(parts: &[&[u8]]) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(&part.len().to_le_bytes());
        context.update(part);
    }
    URL_SAFE_NO_PAD.encode(context.finish())
}

/// Claims `key` of the caller `whose` for a request.
pub(crate) async fn claim(
    app: &App,
    whose: &str,
    key: &str,
    request: &str,
    body: &Bytes,
) -> Result<Claimed, DbErr> {
    let now = app.clock().now().as_millisecond();
    let claim = Claim {
        key_hash: hash(&[whose.as_bytes(), key.as_bytes()]),
        attempt: app.new_id(),
    };
    let fingerprint = hash(&[request.as_bytes(), body]);
    let tx = app.db().begin().await?;
    // An answer that was kept long enough is as good as none.
    Entity::delete_many()
        .filter(Column::KeyHash.eq(claim.key_hash.as_str()))
        .filter(Column::CreatedAt.lt(now - KEPT_MILLIS))
        .exec(&tx)
        .await?;
    if claim.is_first(&tx, &fingerprint, now).await? {
        tx.commit().await?;
        return Ok(Claimed::First(claim));
    }
    let Some(found) = Entity::find_by_id(claim.key_hash.clone()).one(&tx).await? else {
        // Given back this very moment.
        return Ok(Claimed::Refused(KEY_BUSY));
    };
    if found.fingerprint != fingerprint {
        return Ok(Claimed::Refused(KEY_REUSED));
    }
    match found.state.as_str() {
        state::ANSWERED => Ok(Claimed::Answered(replay(app, &found)?)),
        state::DONE if found.lapses_at > now => Ok(Claimed::Refused(KEY_BUSY)),
        state::DONE => Ok(Claimed::Refused(ANSWER_LOST)),
        _ if found.lapses_at > now => Ok(Claimed::Refused(KEY_BUSY)),
        _ => {
            let taken = claim.take_over(&tx, found.attempt, now).await?;
            tx.commit().await?;
            Ok(if taken {
                Claimed::First(claim)
            } else {
                Claimed::Refused(KEY_BUSY)
            })
        }
    }
}

impl Claim {
    /// Caller and key in one word.
    pub(crate) fn name(&self) -> &str {
        &self.key_hash
    }

    /// Writes the claim, unless there is one of that key.
    async fn is_first(&self, tx: &impl ConnectionTrait, fingerprint: &str, now: i64) -> Result<bool, DbErr> {
        let written = Entity::insert(row::ActiveModel {
            key_hash: Set(self.key_hash.clone()),
            fingerprint: Set(fingerprint.to_owned()),
            attempt: Set(self.attempt),
            state: Set(state::CLAIMED.to_owned()),
            lapses_at: Set(now + LAPSES_MILLIS),
            status: Set(None),
            headers: Set(None),
            body: Set(None),
            created_at: Set(now),
        })
        .on_conflict(OnConflict::column(Column::KeyHash).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
        Ok(written == 1)
    }

    /// Takes the place of an attempt that lapsed, unless another did or it was carried out meanwhile.
    async fn take_over(&self, tx: &impl ConnectionTrait, lapsed: Uuid, now: i64) -> Result<bool, DbErr> {
        let taken = Entity::update_many()
            .col_expr(Column::Attempt, Expr::value(self.attempt))
            .col_expr(Column::LapsesAt, Expr::value(now + LAPSES_MILLIS))
            .filter(Column::KeyHash.eq(self.key_hash.as_str()))
            .filter(Column::Attempt.eq(lapsed))
            .filter(Column::State.eq(state::CLAIMED))
            .exec(tx)
            .await?;
        Ok(taken.rows_affected == 1)
    }

    fn mine(&self) -> Condition {
        Condition::all()
            .add(Column::KeyHash.eq(self.key_hash.as_str()))
            .add(Column::Attempt.eq(self.attempt))
    }

    /// Marks the request as carried out, in the transaction of its effects. False where another attempt took over.
    pub(crate) async fn mark(&self, tx: &impl ConnectionTrait) -> Result<bool, DbErr> {
        let marked = Entity::update_many()
            .col_expr(Column::State, Expr::value(state::DONE))
            .filter(self.mine())
            .exec(tx)
            .await?;
        Ok(marked.rows_affected == 1)
    }

    /// Which of these claims are still their requests' own: no other attempt took over, and none can before the end of the
    /// transaction.
    pub(crate) async fn held(tx: &impl ConnectionTrait, claims: &[&Self]) -> Result<HashSet<String>, DbErr> {
        let mine = claims
            .iter()
            .fold(Condition::any(), |any, claim| any.add(claim.mine()));
        let held = Entity::find()
            .filter(mine)
            .order_by_asc(Column::KeyHash)
            .lock_exclusive()
            .all(tx)
            .await?;
        Ok(held.into_iter().map(|row| row.key_hash).collect())
    }

    /// Marks requests whose claims are [`Self::held`] as carried out, in the transaction of their effects.
    pub(crate) async fn mark_held(tx: &impl ConnectionTrait, claims: &[&Self]) -> Result<(), DbErr> {
        Entity::update_many()
            .col_expr(Column::State, Expr::value(state::DONE))
            .filter(Column::KeyHash.is_in(claims.iter().map(|claim| claim.key_hash.as_str())))
            .exec(tx)
            .await
            .map(|_| ())
    }

    /// Whether it is among those that are [`Self::held`].
    pub(crate) fn is_among(&self, held: &HashSet<String>) -> bool {
        held.contains(&self.key_hash)
    }

    /// Keeps the answer of a request that succeeded; gives the key back after any other, unless it was marked.
    pub(crate) async fn settle(&self, app: &App, response: Response) -> Result<Response, DbErr> {
        if response.status().is_success() {
            self.keep(app, response).await
        } else {
            self.give_back(app).await?;
            Ok(response)
        }
    }

    /// Frees the key of a request that had no effect. A commit whose outcome was lost holds the row until it is decided:
    /// what this finds is how it ended.
    async fn give_back(&self, app: &App) -> Result<(), DbErr> {
        let tx = app.db().begin().await?;
        Entity::delete_many()
            .filter(self.mine())
            .filter(Column::State.eq(state::CLAIMED))
            .exec(&tx)
            .await?;
        tx.commit().await
    }

    async fn keep(&self, app: &App, response: Response) -> Result<Response, DbErr> {
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX)
            .await
            .map_err(|error| DbErr::Custom(error.to_string()))?;
        let headers: Vec<(&str, &str)> = parts
            .headers
            .iter()
            .filter(|(name, _)| [header::CONTENT_TYPE, header::LOCATION, header::ETAG].contains(name))
            .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
            .collect();
        let headers = serde_json::to_string(&headers).map_err(|error| DbErr::Custom(error.to_string()))?;
        let tx = app.db().begin().await?;
        Entity::update_many()
            .col_expr(Column::State, Expr::value(state::ANSWERED))
            .col_expr(Column::Status, Expr::value(i32::from(parts.status.as_u16())))
            .col_expr(Column::Headers, Expr::value(headers))
            .col_expr(
                Column::Body,
                Expr::value(app.key().encrypt(PURPOSE, &self.key_hash, &bytes)),
            )
            .filter(self.mine())
            .exec(&tx)
            .await?;
        tx.commit().await?;
        Ok(Response::from_parts(parts, Body::from(bytes)))
    }
}

fn replay(app: &App, row: &row::Model) -> Result<Response, DbErr> {
    let kept = row.body.as_deref().unwrap_or_default();
    let body = app.key().decrypt(PURPOSE, &row.key_hash, kept).ok_or_else(|| {
        DbErr::Custom("a kept answer does not open with this installation's key".to_owned())
    })?;
    let status = row
        .status
        .and_then(|status| u16::try_from(status).ok())
        .and_then(|status| StatusCode::from_u16(status).ok())
        .unwrap_or(StatusCode::OK);
    let mut response = (status, Body::from(body)).into_response();
    response.headers_mut().remove(header::CONTENT_TYPE);
    let kept: Vec<(String, String)> =
        serde_json::from_str(row.headers.as_deref().unwrap_or("[]")).unwrap_or_default();
    for (name, value) in kept {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(&value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
        .headers_mut()
        .insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(response)
}

/// Deletes answers that were kept for a day.
pub struct Tidy {
    app: App,
    rounds: Rounds,
}

impl Tidy {
    /// For an installation.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self {
            app,
            rounds: Rounds::default(),
        }
    }
}

#[async_trait]
impl Job for Tidy {
    fn name(&self) -> &'static str {
        "tidy-api-requests"
    }

    async fn run(&self) -> Result<(), JobError> {
        let now = self.app.clock().now();
        if !self.rounds.is_due(now) {
            return Ok(());
        }
        let tx = self.app.db().begin().await?;
        Entity::delete_many()
            .filter(Column::CreatedAt.lt(now.as_millisecond() - KEPT_MILLIS))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        self.rounds.pass(now);
        Ok(())
    }
}
