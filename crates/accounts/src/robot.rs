//! The robot check of the sign-up form, without a third party: a honeypot and the time that the form took.
//!
//! Why not proof of work: it needs a script, where this works in every browser and with every screen reader; and it
//! costs an old phone seconds and battery, where a robot's server hardly notices. What is at stake is small, too: a
//! robot that passes makes us send a letter, and how many of those leave is limited by mailbox and by origin
//! ([`crate::Config`]). An account comes to be only from the mailbox.
//!
//! - A field that people do not see (nor screen readers, nor the keyboard) must stay empty. Whoever fills it in gets
//!   the usual answer, and no letter leaves: a robot learns nothing from it.
//! - The form carries a sealed ticket with the time at which it was shown. An answer that comes sooner than a person
//!   could give it is not refused, since a browser may have filled the form in; it is held back until a person could
//!   have given it. So a robot that fetches a form for each answer is as slow as a person. One that sends the same ticket
//!   again and again is not: that would take a list of used tickets, and the limits on letters hold for it all the same. An
//!   old ticket is not taken: the form comes back, filled in, with a fresh one.

use jiff::{SignedDuration, Timestamp};
use platform::secret::Key;

const PURPOSE: &str = "sign-up-form";

/// How long a form may lie open.
pub const OPEN_FOR: SignedDuration = SignedDuration::from_hours(2);

/// What the ticket says about an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Goes on at once.
    Pass,
    /// Goes on after so long.
    HoldBack(SignedDuration),
    /// No ticket of ours, or one too old: the form is shown again.
    Stale,
}

/// A ticket for a form shown now.
#[must_use]
pub fn ticket(key: &Key, now: Timestamp) -> String {
    key.seal(PURPOSE, &now.as_millisecond().to_string())
}

/// Judges the ticket that came back with a form; `floor` is the least time that a person takes.
#[must_use]
pub fn judge(key: &Key, ticket: &str, now: Timestamp, floor: SignedDuration) -> Verdict {
    let shown = key
        .open(PURPOSE, ticket)
        .and_then(|millis| millis.parse().ok())
        .and_then(|millis| Timestamp::from_millisecond(millis).ok());
    let Some(shown) = shown else { return Verdict::Stale };
    let took = now.duration_since(shown);
    if took.is_negative() || took > OPEN_FOR {
        Verdict::Stale
    } else if took < floor {
        Verdict::HoldBack(floor - took)
    } else {
        Verdict::Pass
    }
}

#[cfg(test)]
mod tests {
    use platform::secret::Token;
    use proptest::prelude::*;

    use super::{Key, SignedDuration, Timestamp, Verdict, judge, ticket};

    const FLOOR: SignedDuration = SignedDuration::from_secs(1);

    fn after(millis: i64) -> Verdict {
        let key = Key::new(&Token::presented("key"));
        let shown = Timestamp::from_second(1_800_000_000).unwrap();
        let ticket = ticket(&key, shown);
        judge(&key, &ticket, shown + SignedDuration::from_millis(millis), FLOOR)
    }

    #[test]
    fn a_person_passes_and_a_quick_answer_waits() {
        assert_eq!(after(1_000), Verdict::Pass);
        assert_eq!(after(2 * 3_600_000), Verdict::Pass);
        assert_eq!(after(300), Verdict::HoldBack(SignedDuration::from_millis(700)));
    }

    #[test]
    fn an_old_or_future_form_is_shown_again() {
        assert_eq!(after(2 * 3_600_000 + 1), Verdict::Stale);
        assert_eq!(after(-1), Verdict::Stale);
    }

    proptest! {
        #[test]
        fn no_ticket_but_ours_is_taken(text in "\\PC{0,60}") {
            let key = Key::new(&Token::presented("key"));
            prop_assert_eq!(judge(&key, &text, Timestamp::UNIX_EPOCH, FLOOR), Verdict::Stale);
        }

        #[test]
        fn nobody_waits_longer_than_the_floor(millis in 0_i64..10_000) {
            if let Verdict::HoldBack(time) = after(millis) {
                prop_assert!(time <= FLOOR && millis < 1_000);
            }
        }
    }
}
