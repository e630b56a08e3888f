//! The time, handed in.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::{SignedDuration, Timestamp};

/// The clock of one installation. Whatever is decided or written down by time asks it. The system itself is asked only for
/// how long something took and for the times in metrics, which concern the process and not the portal's time.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    /// The system's time plus this many milliseconds (other than 0 in a demo only).
    System(Arc<AtomicI64>),
    /// A time that stands still until it is moved: for tests.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// The system's time.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System(Arc::default()))
    }

    /// A clock that stands at `now` until [`Self::advance`] moves it.
    #[must_use]
    pub fn manual(now: Timestamp) -> Self {
        Self(Source::Manual(Arc::new(AtomicI64::new(now.as_millisecond()))))
    }

    /// The time, to the millisecond, which is what the database keeps.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let millis = match &self.0 {
            Source::System(offset) => Timestamp::now().as_millisecond() + offset.load(Ordering::Relaxed),
            Source::Manual(now) => now.load(Ordering::Relaxed),
        };
        Timestamp::from_millisecond(millis).unwrap_or(Timestamp::MAX)
    }

    /// Moves the clock forward. Backward moves are ignored: events must not precede their causes.
    pub fn advance(&self, by: SignedDuration) {
        let millis = i64::try_from(by.as_millis()).unwrap_or(i64::MAX).max(0);
        let (Source::System(value) | Source::Manual(value)) = &self.0;
        value.fetch_add(millis, Ordering::Relaxed);
    }

    /// Sets a manual clock, also back, as an operator or a time server sets a system's. Another ignores it.
    pub fn set(&self, to: Timestamp) {
        if let Source::Manual(now) = &self.0 {
            now.store(to.as_millisecond(), Ordering::Relaxed);
        }
    }

    /// How far a system clock was moved, in milliseconds.
    #[must_use]
    pub fn offset_millis(&self) -> i64 {
        match &self.0 {
            Source::System(offset) => offset.load(Ordering::Relaxed),
            Source::Manual(_) => 0,
        }
    }
}
