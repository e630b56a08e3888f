//! What was just read need not be read again: values from the database, kept for a second at most.
//!
//! What this process changes is seen at once: [`App::announce`] drops what is kept about the id. What another process
//! changes is seen after [`KEPT_MILLIS`] at the latest. Nothing is decided on kept values: use cases read in their
//! transaction.

use std::{
    hash::Hash,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
};

use uuid::Uuid;

use crate::app::App;

/// How old a kept value may be, in milliseconds.
pub const KEPT_MILLIS: i64 = 1000;

/// How many values a cache keeps; beyond, those that were not asked for lately go.
const CAPACITY: usize = 4096;

/// Values by key, each about things (a person, an account) whose changes are announced.
pub struct Cache<K, V>(quick_cache::sync::Cache<K, Kept<V>>);

struct Kept<V> {
    value: Arc<V>,
    about: Arc<[Uuid]>,
    asked: Asked,
}

impl<V> Clone for Kept<V> {
    fn clone(&self) -> Self {
        Self {
            value: self.value.clone(),
            about: self.about.clone(),
            asked: self.asked,
        }
    }
}

/// The moment before a value was read: changes from then on make it stale.
#[derive(Clone, Copy, Debug)]
struct Asked {
    at: i64,
    turn: u64,
}

impl<K: Hash + Eq + Clone, V> Default for Cache<K, V> {
    fn default() -> Self {
        Self(quick_cache::sync::Cache::new(CAPACITY))
    }
}

impl<K: Hash + Eq + Clone, V> Cache<K, V> {
    /// The value of `key`: as it is kept or, where that is none or stale, as `read` finds it. `about` names the ids
    /// whose announcement makes it stale.
    pub async fn get<E>(
        &self,
        app: &App,
        key: K,
        about: impl FnOnce(&V) -> Vec<Uuid>,
        read: impl AsyncFnOnce() -> Result<Option<V>, E>,
    ) -> Result<Option<Arc<V>>, E> {
        let now = app.clock().now().as_millisecond();
        if let Some(kept) = self.0.get(&key)
            && (0..KEPT_MILLIS).contains(&(now - kept.asked.at))
            && !app.turns().changed_since(&kept.about, kept.asked.turn)
        {
            return Ok(Some(kept.value));
        }
        let asked = Asked {
            at: now,
            turn: app.turns().now(),
        };
        let Some(value) = read().await?.map(Arc::new) else {
            self.0.remove(&key);
            return Ok(None);
        };
        let kept = Kept {
            value: value.clone(),
            about: about(&value).into(),
            asked,
        };
        self.0.insert(key, kept);
        Ok(Some(value))
    }
}

/// Counts announcements, and knows of each id when its last one was. Ids share places: an announcement may make more
/// stale than it is about, never less.
pub(crate) struct Turns {
    count: AtomicU64,
    last: Box<[AtomicU64]>,
}

const PLACES: usize = 4096;

impl Default for Turns {
    fn default() -> Self {
        Self {
            count: AtomicU64::new(0),
            last: std::iter::repeat_with(AtomicU64::default).take(PLACES).collect(),
        }
    }
}

impl Turns {
    fn place(&self, id: Uuid) -> &AtomicU64 {
        // The last bits of a UUIDv7 are random.
        let [.., high, low] = id.into_bytes();
        &self.last[usize::from(u16::from_be_bytes([high, low])) % PLACES]
    }

    pub(crate) fn announce(&self, id: Uuid) {
        let turn = self.count.fetch_add(1, SeqCst) + 1;
        self.place(id).fetch_max(turn, SeqCst);
    }

    fn now(&self) -> u64 {
        self.count.load(SeqCst)
    }

    fn changed_since(&self, ids: &[Uuid], turn: u64) -> bool {
        ids.iter().any(|id| self.place(*id).load(SeqCst) > turn)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::Turns;

    #[test]
    fn an_announcement_concerns_what_was_read_before_it_alone() {
        let (turns, lan, minh) = (Turns::default(), Uuid::from_u128(1), Uuid::from_u128(2));
        let before = turns.now();
        turns.announce(lan);
        assert!(turns.changed_since(&[minh, lan], before));
        assert!(!turns.changed_since(&[minh], before));
        assert!(!turns.changed_since(&[minh, lan], turns.now()));
    }
}
