//! What follows from an attempt.

use jiff::{SignedDuration, Timestamp};

/// The delays between attempts, as Standard Webhooks suggests them: together a little over three days.
const BACK_OFF: [SignedDuration; 9] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(5),
    SignedDuration::from_hours(10),
    SignedDuration::from_hours(14),
    SignedDuration::from_hours(20),
    SignedDuration::from_hours(24),
];

/// The longest that an endpoint may ask us to wait.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// With a status, and perhaps a `Retry-After`.
    Status(u16, Option<SignedDuration>),
    /// Without an answer: refused, timed out, not admitted.
    Nothing,
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It arrived.
    Delivered,
    /// Once more, not before.
    Again(Timestamp),
    /// That was the last attempt.
    GiveUp,
    /// The endpoint asked for nothing more (410 Gone).
    Gone,
}

/// What follows from `answer` to the attempt number `tries` (from 1). `jitter` is random, from 0 to 1: it spreads what
/// failed together over a tenth more time.
#[must_use]
pub fn after(answer: Answer, tries: u32, now: Timestamp, jitter: f64) -> Next {
    let asked = match answer {
        Answer::Status(200..=299, _) => return Next::Delivered,
        Answer::Status(410, _) => return Next::Gone,
        Answer::Status(429 | 503, asked) => asked,
        Answer::Status(..) | Answer::Nothing => None,
    };
    let delay = usize::try_from(tries.max(1) - 1)
        .ok()
        .and_then(|index| BACK_OFF.get(index));
    let Some(delay) = delay else { return Next::GiveUp };
    let spread = delay.mul_f64(1.0 + 0.1 * jitter.clamp(0.0, 1.0));
    Next::Again(now + spread.max(asked.unwrap_or_default().min(LONGEST)))
}

/// `Retry-After` (RFC 9110, 10.2.3): seconds, or a date. Nothing where it is neither, or past.
#[must_use]
pub fn retry_after(header: &str, now: Timestamp) -> Option<SignedDuration> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        // Digits that are too many for a number are a long time all the same.
        return Some(header.parse().map_or(LONGEST, SignedDuration::from_secs));
    }
    let date = jiff::fmt::rfc2822::parse(header).ok()?.timestamp();
    Some(date.duration_since(now)).filter(SignedDuration::is_positive)
}
