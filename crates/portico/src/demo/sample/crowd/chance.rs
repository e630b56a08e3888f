//! What is left to chance: seeded, so that the same seed makes the same.

use jiff::{SignedDuration, Timestamp};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use uuid::{Builder, Uuid};

pub(super) struct Chance {
    source: StdRng,
    /// The moment of the last id, and how many ids it has.
    last: (i64, u16),
}

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            source: StdRng::seed_from_u64(seed),
            last: (0, 0),
        }
    }

    /// Below `bound`; 0 where that is 0.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.source.random_range(0..bound.max(1))
    }

    pub(super) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let place = usize::try_from(self.below(of.len() as u64)).unwrap_or_default();
        of.get(place)
    }

    /// One of some texts; none of nothing is the empty one.
    pub(super) fn text(&mut self, of: &[&'static str]) -> &'static str {
        self.pick(of).copied().unwrap_or_default()
    }

    /// A moment between the two.
    pub(super) fn between(&mut self, from: Timestamp, to: Timestamp) -> Timestamp {
        let span = to.duration_since(from).as_secs();
        let at = self.below(u64::try_from(span).unwrap_or_default());
        from + SignedDuration::from_secs(i64::try_from(at).unwrap_or_default())
    }

    /// A `UUIDv7` of that moment. Those of one moment ascend.
    pub(super) fn id(&mut self, at: Timestamp) -> Uuid {
        let millis = at.as_millisecond();
        self.last = match self.last {
            (last, count) if last == millis => (last, count.wrapping_add(1)),
            _ => (millis, 0),
        };
        let mut random = [0; 10];
        self.source.fill(&mut random);
        random[..2].copy_from_slice(&self.last.1.to_be_bytes());
        Builder::from_unix_timestamp_millis(u64::try_from(millis).unwrap_or_default(), &random).into_uuid()
    }
}
