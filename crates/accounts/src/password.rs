//! Passwords: what is accepted, and how they are kept.
//!
//! The policy follows NIST SP 800-63B and OWASP ASVS 5 (6.2): length counts, composition rules are the provider's
//! choice, and what everybody tries first is refused: by parts that are taken out, not by a list of the 3000 most common
//! (6.2.4), of which few are as long as the policy asks for. What looks the same is the same password, however a keyboard
//! composes it (NFKC): "ầ" is one character or three.

use std::{
    sync::{Arc, LazyLock},
    thread::available_parallelism,
    time::Duration,
};

use argon2::{Argon2, Params, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash as Phc};
use platform::web::Fault;
use serde::Deserialize;
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};
use unicode_normalization::UnicodeNormalization;

/// The `[accounts.password]` section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// The least number of characters.
    pub min_length: usize,
    /// Whether a lower-case letter, an upper-case letter and a digit are asked for.
    pub mixed: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            min_length: 12,
            mixed: false,
        }
    }
}

/// Longer ones are refused: hashing them costs time, and nobody types them.
pub const MAX_LENGTH: usize = 128;

/// Why a password is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    /// Fewer characters than the policy asks for.
    #[error("at least {0} characters are needed")]
    TooShort(usize),
    /// More than [`MAX_LENGTH`] characters.
    #[error("at most {MAX_LENGTH} characters are allowed")]
    TooLong,
    /// Lacks a lower-case letter, an upper-case letter or a digit.
    #[error("a lower-case letter, an upper-case letter and a digit are needed")]
    NotMixed,
    /// Among those that are tried first, or made from the person's own name or address.
    #[error("it is too easy to guess")]
    Guessable,
}

/// What attackers try first; a longer one that only repeats or extends these is refused with them.
const COMMON: [&str; 24] = [
    "password",
    "passw0rd",
    "matkhau",
    "qwerty",
    "qwertyuiop",
    "asdfgh",
    "abc123",
    "abcdef",
    "123456",
    "1234567890",
    "111111",
    "000000",
    "iloveyou",
    "letmein",
    "welcome",
    "admin",
    "administrator",
    "changeme",
    "secret",
    "monkey",
    "dragon",
    "football",
    "anhyeuem",
    "vietnam",
];

impl Policy {
    /// Checks a password; `personal` are texts that it must not be made of (name, address, company).
    pub fn check(&self, password: &str, personal: &[&str]) -> Result<(), Weakness> {
        let password = &normalized(password);
        let length = password.chars().count();
        if length < self.min_length {
            return Err(Weakness::TooShort(self.min_length));
        }
        if length > MAX_LENGTH {
            return Err(Weakness::TooLong);
        }
        let has = |test: fn(char) -> bool| password.chars().any(test);
        if self.mixed && !(has(char::is_lowercase) && has(char::is_uppercase) && has(char::is_numeric)) {
            return Err(Weakness::NotMixed);
        }
        if is_guessable(password, personal) {
            Err(Weakness::Guessable)
        } else {
            Ok(())
        }
    }
}

/// Whether little is left of a password once the well-known parts are taken out.
fn is_guessable(password: &str, personal: &[&str]) -> bool {
    let personal: Vec<String> = personal.iter().map(|text| text.to_lowercase()).collect();
    let words = personal
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let mut parts: Vec<&str> = COMMON
        .into_iter()
        .chain(personal.iter().map(String::as_str))
        .chain(words)
        .collect();
    parts.retain(|part| part.chars().count() >= 4);
    // The longest first: taking out a part of it would leave the rest standing.
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    let rest = parts
        .iter()
        .fold(password.to_lowercase(), |rest, part| rest.replace(part, ""));
    let mut different: Vec<char> = rest.chars().collect();
    different.sort_unstable();
    different.dedup();
    different.len() < 5
}

/// A hashed password, in PHC string format. Its `Debug` is a placeholder.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

impl PasswordHash {
    /// As the database kept it.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// As the database keeps it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Hashes a password: Argon2id with 19 MiB, 2 passes, 1 lane (OWASP password storage). Takes tens of
    /// milliseconds, on a thread of its own.
    pub async fn of(password: String) -> Result<Self, HashError> {
        let hash = move || {
            hasher()
                .hash_password(normalized(&password).as_bytes())
                .map(|hash| Self(hash.to_string()))
        };
        WORKSHOP
            .run(hash)
            .await?
            .map_err(|error| HashError::Failed(error.to_string()))
    }
}

/// Why a password was not hashed, or not compared with a hash.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// So many others are that it would have waited for too long.
    #[error("too many passwords are hashed at once")]
    Busy,
    /// Out of memory or randomness.
    #[error("a password could not be hashed: {0}")]
    Failed(String),
}

impl From<HashError> for Fault {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::busy(),
            HashError::Failed(_) => Self::internal(error),
        }
    }
}

/// Where passwords are hashed: a core and 19 MiB each, so no more at once than there are cores. Whoever sends passwords
/// by the hundred costs others time, and not the process its memory.
struct Workshop {
    places: Arc<Semaphore>,
    patience: Duration,
}

static WORKSHOP: LazyLock<Workshop> = LazyLock::new(|| {
    Workshop::new(
        available_parallelism().map_or(1, usize::from),
        Duration::from_secs(5),
    )
});

impl Workshop {
    fn new(places: usize, patience: Duration) -> Self {
        Self {
            places: Arc::new(Semaphore::new(places)),
            patience,
        }
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HashError> {
        let place = timeout(self.patience, self.places.clone().acquire_owned())
            .await
            .map_err(|_| HashError::Busy)?
            .map_err(|error| HashError::Failed(error.to_string()))?;
        let worked = spawn_blocking(move || {
            // Given back when the work is done, also when nobody waits for it any more.
            let _place = place;
            work()
        });
        worked.await.map_err(|error| HashError::Failed(error.to_string()))
    }
}

fn hasher() -> Argon2<'static> {
    static PARAMS: LazyLock<Params> = LazyLock::new(|| {
        Params::new(19 * 1024, 2, 1, None).expect("these are within the bounds that argon2 documents")
    });
    Argon2::new(
        argon2::Algorithm::Argon2id,
        argon2::Version::V0x13,
        PARAMS.clone(),
    )
}

fn normalized(password: &str) -> String {
    password.nfkc().collect()
}

/// Whether a password is right. Takes the same time where there is no such person (`None`).
pub async fn verify(password: String, against: Option<PasswordHash>) -> Result<bool, HashError> {
    static NOBODYS: LazyLock<String> = LazyLock::new(|| {
        hasher()
            .hash_password(b"nobody's password")
            .map(|hash| hash.to_string())
            .unwrap_or_default()
    });
    let compare = move || {
        let known = against.is_some();
        let text = against.map_or_else(|| NOBODYS.clone(), |hash| hash.0);
        let right = Phc::new(&text).is_ok_and(|hash| {
            let fits = |password: &str| hasher().verify_password(password.as_bytes(), &hash).is_ok();
            let composed = normalized(&password);
            // Versions before hashed what was typed as it came.
            fits(&composed) || composed != password && fits(&password)
        });
        known && right
    };
    WORKSHOP.run(compare).await
}

#[cfg(test)]
mod tests {
    use super::{
        Duration, Fault, HashError, PasswordHash, PasswordHasher, Policy, Weakness, Workshop, hasher, verify,
    };

    #[test]
    fn what_everybody_tries_first_is_refused() {
        let policy = Policy::default();
        for bad in [
            "password123456",
            "111111111111",
            "qwertyuiop1234",
            "lantran@saomai.vn",
            "SaoMaiSaoMai1",
        ] {
            let found = policy.check(bad, &["lantran@saomai.vn", "Sao Mai", "saomai"]);
            assert_eq!(found, Err(Weakness::Guessable), "{bad}");
        }
        assert_eq!(policy.check("three green boats", &["lan@saomai.vn"]), Ok(()));
        assert_eq!(policy.check("short", &[]), Err(Weakness::TooShort(12)));
        assert_eq!(policy.check(&"ab1".repeat(100), &[]), Err(Weakness::TooLong));
        let strict = Policy {
            mixed: true,
            ..Policy::default()
        };
        assert_eq!(strict.check("three green boats", &[]), Err(Weakness::NotMixed));
    }

    #[tokio::test]
    async fn only_the_right_password_opens() {
        let hash = PasswordHash::of("three green boats".to_owned()).await.unwrap();
        assert!(!hash.as_str().contains("boats"));
        assert!(
            verify("three green boats".to_owned(), Some(hash.clone()))
                .await
                .unwrap()
        );
        assert!(!verify("three green boat".to_owned(), Some(hash)).await.unwrap());
        assert!(!verify("nobody's password".to_owned(), None).await.unwrap());
    }

    #[tokio::test]
    async fn what_looks_the_same_opens_and_so_does_what_was_hashed_as_it_came() {
        let (composed, decomposed) = (
            "b\u{e0}i th\u{1a1} m\u{f9}a thu",
            "ba\u{300}i tho\u{31b} mu\u{300}a thu",
        );
        for (set, typed) in [(composed, decomposed), (decomposed, composed)] {
            let hash = PasswordHash::of(set.to_owned()).await.unwrap();
            assert!(verify(typed.to_owned(), Some(hash)).await.unwrap());
        }
        let before = hasher().hash_password(decomposed.as_bytes()).unwrap().to_string();
        let before = PasswordHash::stored(before);
        assert!(verify(decomposed.to_owned(), Some(before)).await.unwrap());
    }

    #[tokio::test]
    async fn who_finds_all_places_taken_waits_and_is_told_in_the_end() {
        let workshop = Workshop::new(1, Duration::from_millis(20));
        let (done, wait) = std::sync::mpsc::channel::<()>();
        let first = workshop.run(move || wait.recv().is_ok());
        let second = async {
            let refused = workshop.run(|| ()).await.unwrap_err();
            assert!(matches!(refused, HashError::Busy), "{refused}");
            assert_eq!(Fault::from(refused).status(), 503);
            done.send(()).unwrap();
        };
        assert!(tokio::join!(first, second).0.unwrap());
        workshop.run(|| ()).await.unwrap();
    }

    #[tokio::test]
    async fn a_place_is_taken_until_the_work_is_done_even_if_nobody_waits() {
        let workshop = Workshop::new(1, Duration::from_millis(20));
        let (done, wait) = std::sync::mpsc::channel::<()>();
        let dropped = workshop.run(move || wait.recv().is_ok());
        tokio::time::timeout(Duration::from_millis(20), dropped)
            .await
            .unwrap_err();
        assert!(matches!(workshop.run(|| ()).await, Err(HashError::Busy)));
        done.send(()).unwrap();
        while workshop.run(|| ()).await.is_err() {}
    }
}
