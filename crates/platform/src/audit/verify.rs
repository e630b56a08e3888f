//! Walks the chain from the first event to the last, and says where it does not hold.

use std::{collections::BTreeMap, fmt};

use jiff::{SignedDuration, Timestamp};
use kernel::EventId;
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};

use super::{
    chain::{Seal, actor_id},
    sealer::head,
};
use crate::{
    app::{App, put_setting, setting},
    db::Db,
    event::{row, time},
};

/// Rows read at a time.
const PAGE: u64 = 1000;
/// Findings that are kept; further ones are counted.
const KEPT: usize = 100;
/// For how long an event may wait for its seal before it is worth a word.
const SOON: SignedDuration = SignedDuration::from_mins(1);

/// The newest seal at some time: to be kept where whoever can write the database cannot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The place of the newest sealed event; 0 where there was none.
    pub seq: i64,
    /// Its seal.
    #[serde(with = "as_text")]
    pub seal: Seal,
    /// When this was noted.
    pub time: Timestamp,
}

mod as_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use super::Seal;

    pub(super) fn serialize<S: Serializer>(seal: &Seal, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(seal)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Seal, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// A place where the chain does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// What stands here is not what was sealed: the row was changed, or another stands in its place.
    Changed { seq: i64, id: EventId },
    /// The row stood at another place when it was sealed.
    Moved { seq: i64, id: EventId, from: i64 },
    /// There are no events at these places.
    Missing { from: i64, to: i64 },
    /// A row more than the chain has.
    Extra { seq: i64, id: EventId },
    /// The row is found under somebody who did not act, or not under who did.
    Misfiled { seq: i64, id: EventId },
    /// The chain ends before a checkpoint that was taken of it: the events from `from` on were removed.
    CutOff { from: i64, checkpoint: i64 },
    /// The chain holds in itself, but is not the one that the checkpoint was taken of: it was written anew.
    Rewritten { checkpoint: i64 },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { seq, id } => write!(f, "{seq}: the event does not match its seal ({id})"),
            Self::Moved { seq, id, from } => {
                write!(f, "{seq}: the event stood at {from} when it was sealed ({id})")
            }
            Self::Missing { from, to } if from == to => write!(f, "{from}: the event is missing"),
            Self::Missing { from, to } => write!(f, "{from} to {to}: the events are missing"),
            Self::Extra { seq, id } => write!(f, "{seq}: an event too many stands here ({id})"),
            Self::Misfiled { seq, id } => write!(f, "{seq}: the event is not filed under who acted ({id})"),
            Self::CutOff { from, checkpoint } => write!(
                f,
                "{from}: the trail ends before the checkpoint at {checkpoint}; what came after was removed"
            ),
            Self::Rewritten { checkpoint } => {
                write!(
                    f,
                    "{checkpoint}: this is not the trail that the checkpoint was taken of"
                )
            }
        }
    }
}

/// Verifies rows as they come, in bounded memory.
#[derive(Debug)]
pub struct Verifier {
    seq: i64,
    seal: Seal,
    /// Each row is looked at against the seals before it: the last places that did not hold, to recognise a moved row.
    broken: Vec<(i64, Seal)>,
    checkpoints: BTreeMap<i64, Vec<Seal>>,
    /// The first ones.
    pub findings: Vec<Finding>,
    /// How many there are.
    pub found: u64,
}

impl Verifier {
    /// Begins before the first event.
    #[must_use]
    pub fn new(checkpoints: &[Checkpoint]) -> Self {
        let mut by_seq: BTreeMap<i64, Vec<Seal>> = BTreeMap::new();
        for checkpoint in checkpoints {
            by_seq.entry(checkpoint.seq).or_default().push(checkpoint.seal);
        }
        // Before the first event there is nothing to compare.
        by_seq.remove(&0);
        Self {
            seq: 0,
            seal: Seal::START,
            broken: Vec::new(),
            checkpoints: by_seq,
            findings: Vec::new(),
            found: 0,
        }
    }

    fn find(&mut self, finding: Finding) {
        self.found += 1;
        if self.findings.len() < KEPT {
            self.findings.push(finding);
        }
    }

    /// The next row by `seq`. Rows without one are not part of the chain.
    pub fn see(&mut self, row: &row::Model) {
        let Some(seq) = row.seq else { return };
        let id = EventId(row.id);
        if seq <= self.seq {
            return self.find(Finding::Extra { seq, id });
        }
        let stored: Option<Seal> = row.seal.as_deref().and_then(|seal| seal.parse().ok());
        let follows = seq == self.seq + 1;
        if !follows {
            let (from, to) = (self.seq + 1, seq - 1);
            self.find(Finding::Missing { from, to });
            // What the missing checkpoints say cannot be compared; that they are missing is said.
            self.checkpoints = self.checkpoints.split_off(&seq);
        }
        let due = self.seal.next(seq, row);
        if follows && stored != Some(due) {
            let was_at = |(at, before): &&(i64, Seal)| Some(before.next(*at, row)) == stored;
            let finding = match self.broken.iter().rev().take(8).find(was_at) {
                Some((from, _)) => Finding::Moved { seq, id, from: *from },
                None => Finding::Changed { seq, id },
            };
            self.broken.push((seq, self.seal));
            if self.broken.len() > 16 {
                self.broken.drain(..8);
            }
            self.find(finding);
        } else if row.actor_id != actor_id(&row.actor) {
            // No seal covers it: it was filled in with the seal.
            self.find(Finding::Misfiled { seq, id });
        }
        // Goes on from the seal that stands there, so that one change is one finding.
        self.seal = stored.unwrap_or(due);
        self.seq = seq;
        let checkpoints = self.checkpoints.remove(&seq).unwrap_or_default();
        if checkpoints.iter().any(|seal| *seal != self.seal) {
            self.find(Finding::Rewritten { checkpoint: seq });
        }
    }

    /// There are no more rows.
    pub fn finish(&mut self) {
        if let Some((checkpoint, _)) = self.checkpoints.pop_last() {
            let from = self.seq + 1;
            self.find(Finding::CutOff { from, checkpoint });
        }
    }

    /// The place of the last row seen.
    #[must_use]
    pub fn seq(&self) -> i64 {
        self.seq
    }
}

/// What a walk over the whole trail found.
#[derive(Debug)]
pub struct Outcome {
    /// The rows, all seen.
    pub verifier: Verifier,
    /// How many events have waited for their seal longer than they should, and since when: no sealer runs.
    pub waiting: Option<(u64, Timestamp)>,
}

impl Outcome {
    /// Whether the trail is what was written.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.verifier.found == 0
    }
}

/// The newest seal now.
pub async fn checkpoint(db: &Db, now: Timestamp) -> Result<Checkpoint, DbErr> {
    let (seq, seal) = head(db.read()).await?;
    Ok(Checkpoint { seq, seal, time: now })
}

/// Whether the trail holds the event of a checkpoint, with its seal. The events before it are not looked at.
pub async fn holds(db: &Db, checkpoint: &Checkpoint) -> Result<bool, DbErr> {
    if checkpoint.seq == 0 {
        return Ok(true);
    }
    let event = row::Entity::find()
        .filter(row::Column::Seq.eq(checkpoint.seq))
        .one(db.read())
        .await?;
    Ok(event.and_then(|event| event.seal) == Some(checkpoint.seal.to_string()))
}

/// Reads all events, a page at a time. `progress` hears how far it is: the place reached, and the newest.
pub async fn run(
    app: &App,
    checkpoints: &[Checkpoint],
    mut progress: impl FnMut(i64, i64),
) -> Result<Outcome, DbErr> {
    let db = app.db().read();
    let newest: Option<Option<i64>> = row::Entity::find()
        .filter(row::Column::Seq.is_not_null())
        .select_only()
        .column_as(row::Column::Seq.max(), "newest")
        .into_tuple()
        .one(db)
        .await?;
    let newest = newest.flatten().unwrap_or_default();
    let mut verifier = Verifier::new(checkpoints);
    let mut last: Option<row::Model> = None;
    loop {
        let mut page = row::Entity::find()
            .filter(row::Column::Seq.is_not_null())
            .order_by_asc(row::Column::Seq)
            .order_by_asc(row::Column::Id)
            .limit(PAGE);
        if let Some((seq, id)) = last.as_ref().and_then(|row| Some((row.seq?, row.id))) {
            let same = Condition::all()
                .add(row::Column::Seq.eq(seq))
                .add(row::Column::Id.gt(id));
            page = page
                .filter(row::Column::Seq.gte(seq))
                .filter(Condition::any().add(row::Column::Seq.gt(seq)).add(same));
        }
        let rows = page.all(db).await?;
        for row in &rows {
            verifier.see(row);
        }
        progress(verifier.seq(), newest);
        match rows.into_iter().next_back() {
            Some(row) => last = Some(row),
            None => break,
        }
    }
    verifier.finish();
    Ok(Outcome {
        verifier,
        waiting: waiting(app.db(), app.clock().now()).await?,
    })
}

/// What a walk found, as it is kept for the pages of staff.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Noted {
    /// When it walked.
    pub at: Timestamp,
    /// Up to which place.
    pub seq: i64,
    /// How many findings there were.
    pub found: u64,
}

const NOTE: &str = "audit.verified";

/// Keeps what was found, for [`noted`].
pub async fn note(app: &App, outcome: &Outcome) -> Result<(), DbErr> {
    let note = Noted {
        at: app.clock().now(),
        seq: outcome.verifier.seq(),
        found: outcome.verifier.found,
    };
    let text = serde_json::to_string(&note).map_err(|error| DbErr::Custom(error.to_string()))?;
    put_setting(app.db(), NOTE, text).await
}

/// What the last walk found; nothing where there was none.
pub async fn noted(app: &App) -> Result<Option<Noted>, DbErr> {
    let text = setting(app.db(), NOTE).await?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

async fn waiting(db: &Db, now: Timestamp) -> Result<Option<(u64, Timestamp)>, DbErr> {
    let late = row::Entity::find()
        .filter(row::Column::Seq.is_null())
        .filter(row::Column::At.lt((now - SOON).as_millisecond()));
    let oldest = late.clone().order_by_asc(row::Column::Id).one(db.read()).await?;
    let Some(oldest) = oldest else { return Ok(None) };
    Ok(Some((late.count(db.read()).await?, time(oldest.at))))
}

#[cfg(test)]
mod tests;
