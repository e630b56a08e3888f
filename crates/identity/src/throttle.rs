//! How failed tries slow down. Failures are counted for a login from one address: whoever guesses is slowed, and the
//! owner of the login, who comes from another address, is not locked out. Everything from one address together is
//! counted too, more loosely, since many people share one.

use jiff::{SignedDuration, Timestamp};

/// Failures older than this are forgotten.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// The longest wait.
pub const LONGEST: SignedDuration = SignedDuration::from_mins(15);
/// Failures of a login from one address before there is a wait.
pub const PER_LOGIN: u32 = 5;
/// Failures from one address before there is a wait.
pub const PER_ADDRESS: u32 = 50;

/// Failures within [`WINDOW`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    /// How many.
    pub count: u32,
    /// The last one.
    pub last: Option<Timestamp>,
}

/// How long to wait before the next try; none where it may be made now.
///
/// `login` are the failures of the login from the address since its last success there, `address` all from the address.
#[must_use]
pub fn wait(login: Failures, address: Failures, now: Timestamp) -> Option<SignedDuration> {
    let login = rest(login, PER_LOGIN, now);
    let address = rest(address, PER_ADDRESS, now);
    Some(login.max(address)).filter(SignedDuration::is_positive)
}

/// After `free` failures 32 seconds, doubled by every further one.
fn rest(failures: Failures, free: u32, now: Timestamp) -> SignedDuration {
    let (Some(last), Some(beyond)) = (failures.last, failures.count.checked_sub(free)) else {
        return SignedDuration::ZERO;
    };
    let wait = SignedDuration::from_secs(1 << (beyond + 5).min(20)).min(LONGEST);
    // A clock that went back must not lengthen the wait.
    let since = now.duration_since(last).max(SignedDuration::ZERO);
    wait - since
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};
    use proptest::prelude::*;

    use super::{Failures, LONGEST, wait};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn failures(count: u32, last: i64) -> Failures {
        Failures {
            count,
            last: (count > 0).then(|| at(last)),
        }
    }

    #[test]
    fn four_failures_cost_nothing_and_the_fifth_costs_half_a_minute() {
        assert_eq!(wait(failures(4, 0), failures(4, 0), at(0)), None);
        assert_eq!(
            wait(failures(5, 0), failures(5, 0), at(0)),
            Some(SignedDuration::from_secs(32))
        );
        assert_eq!(
            wait(failures(5, 0), failures(5, 0), at(31)),
            Some(SignedDuration::from_secs(1))
        );
        assert_eq!(wait(failures(5, 0), failures(5, 0), at(32)), None);
        assert_eq!(
            wait(failures(6, 0), failures(6, 0), at(0)),
            Some(SignedDuration::from_secs(64))
        );
    }

    #[test]
    fn an_address_that_many_share_is_slowed_later() {
        assert_eq!(wait(failures(0, 0), failures(49, 0), at(0)), None);
        assert_eq!(
            wait(failures(0, 0), failures(50, 0), at(0)),
            Some(SignedDuration::from_secs(32))
        );
    }

    proptest! {
        #[test]
        fn more_failures_never_wait_less_and_no_wait_is_longer_than_the_longest(
            count in 0_u32..10_000, more in 0_u32..100, address in 0_u32..10_000, passed in 0_i64..2_000,
        ) {
            let less = wait(failures(count, 0), failures(address, 0), at(passed)).unwrap_or_default();
            let longer = wait(failures(count + more, 0), failures(address, 0), at(passed)).unwrap_or_default();
            prop_assert!(less <= longer);
            prop_assert!(longer <= LONGEST);
        }

        #[test]
        fn waiting_helps(count in 0_u32..10_000, address in 0_u32..10_000) {
            let now = at(0);
            let rest = wait(failures(count, 0), failures(address, 0), now).unwrap_or_default();
            prop_assert_eq!(wait(failures(count, 0), failures(address, 0), now + rest), None);
        }
    }
}
