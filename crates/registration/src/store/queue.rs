//! The queue of staff: searched, filtered, the most urgent first.
//!
//! Pages begin where the last one ended (a [`Cursor`]), so that a page costs the same wherever it is, and what is
//! submitted or decided meanwhile moves nothing from one page to the next.

use std::fmt::Write;

use jiff::Timestamp;
use kernel::StaffId;
use platform::Db;
use sea_orm::{DbErr, EntityTrait};
use uuid::Uuid;

use super::{
    place::{Cursor, PLACE, SETTLED, STOPPED},
    read,
    rows::registration::{Entity, Model},
    sql::Sql,
    words::{self, Way},
};
use crate::{
    rules::{Registration, StateKind},
    search::Ids,
};

/// How many registrations stand on a page.
pub const PAGE: u64 = 50;

/// How far what was found is counted; beyond, it is "more than".
pub const COUNTED: u64 = 200;

/// What staff look for.
#[derive(Clone, Debug)]
pub struct Search {
    /// In this state only.
    pub state: Option<StateKind>,
    /// Held by.
    pub holder: Option<Holder>,
    /// Only those that wait for an answer to a question.
    pub asked: bool,
    /// Only those that are due before this moment and still wait.
    pub due_before: Option<Timestamp>,
    /// Beginnings of words that all occur in the reference, legal name, tax code or email; diacritics do not matter.
    pub text: String,
    /// Which page.
    pub from: From,
    /// How many a page holds at most.
    pub limit: u64,
    /// Whether to count what is on all pages.
    pub counted: bool,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            state: None,
            holder: None,
            asked: false,
            due_before: None,
            text: String::new(),
            from: From::default(),
            limit: PAGE,
            counted: false,
        }
    }
}

impl Search {
    /// Whether all that have the words are what is looked for.
    fn is_by_text_alone(&self) -> bool {
        self.state.is_none() && self.holder.is_none() && !self.asked && self.due_before.is_none()
    }
}

/// Who holds a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Nobody yet.
    Nobody,
    /// This one.
    Staff(StaffId),
}

/// Where a page begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum From {
    /// At the front.
    #[default]
    Front,
    /// Behind this place.
    After(Cursor),
    /// It ends before this place. Where less than a page stands before it, it is the page at the front.
    Before(Cursor),
}

/// A page of what was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The registrations of the page.
    pub registrations: Vec<Registration>,
    /// Before which the previous page ends.
    pub previous: Option<Cursor>,
    /// Behind which the next page begins.
    pub next: Option<Cursor>,
    /// How many there are on all pages, where that was asked for.
    pub count: Option<Count>,
}

/// How many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Exactly(u64),
    /// More than [`COUNTED`].
    More,
}

impl Count {
    fn of(count: u64) -> Self {
        if count > COUNTED {
            Self::More
        } else {
            Self::Exactly(count)
        }
    }
}

/// Searches. Those that wait come first, by time left; those whose clock is stopped come after them; then the
/// settled ones, the newest first.
pub async fn search(db: &Db, search: &Search) -> Result<Found, DbErr> {
    let way = words::way(db, &search.text, search.state).await?;
    let mut from = search.from;
    loop {
        let mut rows = page(db, search, &way, from).await?;
        let more = u64::try_from(rows.len()).is_ok_and(|found| found > search.limit);
        // Nothing is behind (any more), or too little before: the front is what there is to see.
        if (from != From::Front && rows.is_empty()) || (matches!(from, From::Before(_)) && !more) {
            from = From::Front;
            continue;
        }
        if more {
            rows.pop();
        }
        if matches!(from, From::Before(_)) {
            rows.reverse();
        }
        let (before, behind) = match from {
            From::Front => (false, more),
            From::After(_) => (true, more),
            From::Before(_) => (true, true),
        };
        let count = match search.counted {
            true if before || behind => Some(count(db, search, &way).await?),
            true => Some(Count::Exactly(rows.len() as u64)),
            false => None,
        };
        return Ok(Found {
            previous: rows.first().filter(|_| before).map(Cursor::of),
            next: rows.last().filter(|_| behind).map(Cursor::of),
            registrations: rows.into_iter().map(read).collect::<Result<_, _>>()?,
            count,
        });
    }
}

async fn count(db: &Db, search: &Search, way: &Way) -> Result<Count, DbErr> {
    let most = COUNTED + 1;
    let mut sql = Sql::default();
    let found = match way {
        Way::Nowhere => return Ok(Count::Exactly(0)),
        Way::Few(ids) if search.is_by_text_alone() => return Ok(Count::of(ids.len() as u64)),
        Way::Among(ids, asked) if search.is_by_text_alone() && asked.is_empty() => {
            return Ok(Count::of(ids.len() as u64));
        }
        Way::Among(ids, asked) => {
            let found = along(db, search, ids, asked, From::Front, most).await?;
            return Ok(Count::of(found.len() as u64));
        }
        Way::Few(ids) => few(&mut sql, ids, "1"),
        Way::Walk(asked) => all(&mut sql, asked, "1"),
    };
    let wanted = conditions(&mut sql, search, From::Front);
    sql.text = format!("SELECT COUNT(*) FROM ({found}{wanted} LIMIT {most}) counted");
    Ok(Count::of(sql.number(db).await?))
}

/// How many await approval: few of all, so they are counted.
pub async fn waiting_count(db: &Db) -> Result<u64, DbErr> {
    Sql::of("SELECT COUNT(*) FROM registrations WHERE state = 'awaiting_approval'")
        .number(db)
        .await
}

/// The rows of a page and, if there is one, the next; from behind where the page ends before a place.
async fn page(db: &Db, search: &Search, way: &Way, from: From) -> Result<Vec<Model>, DbErr> {
    let limit = search.limit.saturating_add(1);
    let mut sql = Sql::default();
    match way {
        Way::Nowhere => return Ok(Vec::new()),
        Way::Few(ids) => gather(&mut sql, search, ids, from, limit),
        Way::Among(ids, asked) => {
            let found = along(db, search, ids, asked, from, limit).await?;
            if found.is_empty() {
                return Ok(Vec::new());
            }
            gather(&mut sql, search, &found, from, limit);
        }
        Way::Walk(asked) => {
            let rows = all(&mut sql, asked, "registrations.*");
            let wanted = conditions(&mut sql, search, from);
            let order = order(from);
            sql.text = format!("{rows}{wanted} {order} LIMIT {limit}");
        }
    }
    Entity::find()
        .from_raw_sql(sql.statement(db))
        .all(db.read())
        .await
}

/// Asks for the first of these. Many may be put in order to show some: only those are read whole.
fn gather(sql: &mut Sql, search: &Search, ids: &[Uuid], from: From, limit: u64) {
    let few = few(sql, ids, "id");
    let wanted = conditions(sql, search, from);
    let order = order(from);
    sql.text =
        format!("SELECT * FROM registrations WHERE id IN ({few}{wanted} {order} LIMIT {limit}) {order}");
}

/// How many of the queue are looked through at first, and how many in one look at least and at most.
const STRETCH: usize = 1_000;
const SHORTEST: usize = 100;
const LONGEST: usize = 8_000;

/// How many are looked through next where `found` of those that were `passed` fit: half as many again as should do to find
/// what is `missing`.
fn stretch(passed: usize, found: usize, missing: usize) -> usize {
    let promising = match found {
        0 => 2 * passed,
        found => missing * passed / found * 3 / 2,
    };
    promising.clamp(SHORTEST, LONGEST)
}

/// The first of `ids` along the queue that are looked for and have these words: at least so many, or all.
async fn along(
    db: &Db,
    search: &Search,
    ids: &Ids,
    words: &[String],
    from: From,
    enough: u64,
) -> Result<Vec<Uuid>, DbErr> {
    let enough = usize::try_from(enough).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    let (mut passed, mut length) = (0, STRETCH);
    loop {
        let mut sql = Sql::default();
        let wanted = conditions(&mut sql, search, from);
        let order = order(from);
        let next =
            format!("SELECT id FROM registrations WHERE TRUE{wanted} {order} LIMIT {length} OFFSET {passed}");
        sql.text = format!("SELECT {}", Sql::list(db, &next));
        let mut next = sql.lists(db, 1).await?.swap_remove(0);
        let is_last = next.len() < length;
        next.retain(|id| ids.has(id));
        found.extend(words::having(db, next, words).await?);
        if is_last || found.len() >= enough {
            return Ok(found);
        }
        passed += length;
        length = stretch(passed, found.len(), enough - found.len());
    }
}

/// A query for `columns` of these, up to its first condition.
fn few(sql: &mut Sql, ids: &[Uuid], columns: &str) -> String {
    let few = sql.few(ids);
    format!("{few} SELECT {columns} FROM few CROSS JOIN registrations WHERE id = registration_id")
}

/// A query for `columns` of all that have these words, up to its last condition.
fn all(sql: &mut Sql, words: &[String], columns: &str) -> String {
    let have = sql.have(words, "registrations.id");
    format!("SELECT {columns} FROM registrations WHERE TRUE{have}")
}

/// Conditions, each after an `AND`, that a registration is looked for and stands where the page is.
fn conditions(sql: &mut Sql, search: &Search, from: From) -> String {
    let mut text = String::new();
    // Writing to a String does not fail.
    if let Some(state) = search.state {
        let _ = write!(text, " AND state = {}", sql.bind(state.as_str()));
        if state != StateKind::AwaitingApproval {
            // Nothing new, but for PostgreSQL's planner: it takes most for approved wherever one looks, and so would walk
            // along all that wait, who stand before.
            let _ = write!(text, " AND {PLACE} >= {SETTLED}");
        }
    }
    match search.holder {
        Some(Holder::Nobody) => text += " AND reviewer_id IS NULL",
        Some(Holder::Staff(staff)) => {
            let _ = write!(text, " AND reviewer_id = {}", sql.bind(Uuid::from(staff)));
        }
        None => {}
    }
    if search.asked {
        let _ = write!(text, " AND {PLACE} >= {STOPPED} AND {PLACE} < {SETTLED}");
    }
    if let Some(moment) = search.due_before {
        let _ = write!(text, " AND {PLACE} < {}", sql.bind(moment.as_millisecond()));
    }
    let (cursor, than) = match from {
        From::Front => return text,
        From::After(cursor) => (cursor, ">"),
        From::Before(cursor) => (cursor, "<"),
    };
    // The place alone bounds the range of the index; the id decides among those of one place.
    let (place, id) = (sql.bind(cursor.place), sql.bind(Uuid::from(cursor.id)));
    let _ = write!(
        text,
        " AND {PLACE} {than}= {place} AND ({PLACE} {than} {place} OR id {than} {id})"
    );
    text
}

fn order(from: From) -> String {
    let way = match from {
        From::Front | From::After(_) => "ASC",
        From::Before(_) => "DESC",
    };
    format!("ORDER BY {PLACE} {way}, id {way}")
}

#[cfg(test)]
mod tests {
    use super::stretch;

    #[test]
    fn the_next_look_goes_as_far_as_the_last_promises() {
        assert_eq!(stretch(1_000, 46, 5), 162);
        assert_eq!(stretch(1_000, 1_000, 1), 100, "not too short");
        assert_eq!(stretch(1_000, 0, 51), 2_000, "nothing promises anything");
        assert_eq!(stretch(1_000, 1, 50), 8_000, "not too long");
    }
}
