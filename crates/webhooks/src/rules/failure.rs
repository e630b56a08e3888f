//! Why no answer came, as it is recorded and as people are told.

/// Why no answer came. What the system said of it is recorded behind it, in its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It took too long.
    TimedOut,
    /// Nobody took the connection, it could not be made secure, or the name leads where webhooks may not reach.
    CannotConnect,
    /// The connection broke off.
    NoAnswer,
    /// The address itself is one that webhooks may not reach, or no longer.
    OutOfReach,
}

impl Failure {
    const ALL: [Self; 4] = [
        Self::TimedOut,
        Self::CannotConnect,
        Self::NoAnswer,
        Self::OutOfReach,
    ];

    /// As it is recorded, logged and told by the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TimedOut => "timed out",
            Self::CannotConnect => "cannot connect",
            Self::NoAnswer => "no answer",
            // As `BadTarget::Private` says it.
            Self::OutOfReach => "in a private network",
        }
    }

    /// The message that says it.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::TimedOut => "webhooks-failure-timed-out",
            Self::CannotConnect => "webhooks-failure-cannot-connect",
            Self::NoAnswer => "webhooks-failure-no-answer",
            Self::OutOfReach => "webhooks-failure-out-of-reach",
        }
    }

    /// What was recorded: the failure, and what stands behind it.
    #[must_use]
    pub fn read(recorded: &str) -> Option<(Self, &str)> {
        Self::ALL
            .into_iter()
            .find_map(|failure| Some((failure, recorded.strip_prefix(failure.as_str())?)))
    }
}
