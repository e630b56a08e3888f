//! Messages in the reader's language (Fluent), and dates and times as it writes them.

use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

mod countries;

pub use fluent_bundle::FluentValue;
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use jiff::{Timestamp, civil, tz::TimeZone};
use kernel::{Currency, Language, Money, Percent, money::MoneyError};

use crate::actor::Grants;

/// The messages of one room, in Fluent syntax.
#[derive(Clone, Copy, Debug)]
pub struct Messages {
    /// The room, to name it in errors.
    pub room: &'static str,
    /// English.
    pub english: &'static str,
    /// Vietnamese.
    pub vietnamese: &'static str,
}

type Bundle = FluentBundle<FluentResource>;

/// All messages in all languages. Each language is parsed on first use: it takes a few milliseconds and 1.5 MB, and many
/// installations use only one.
pub struct Catalog {
    rooms: &'static [Messages],
    english: OnceLock<Bundle>,
    vietnamese: OnceLock<Bundle>,
}

/// A message file that cannot be read, or an id given twice.
#[derive(Debug, thiserror::Error)]
#[error("messages of {room} in {language:?}: {reason}")]
pub struct BadMessages {
    room: &'static str,
    language: Language,
    reason: String,
}

impl Catalog {
    /// The messages of all rooms.
    #[must_use]
    pub fn new(rooms: &'static [Messages]) -> Self {
        Self {
            rooms,
            english: OnceLock::new(),
            vietnamese: OnceLock::new(),
        }
    }

    /// Reads all languages anew, for a test: messages are part of the program, and what is wrong with them is only logged
    /// by the one that serves.
    pub fn check(&self) -> Result<(), BadMessages> {
        let wrong = Language::ALL.map(|language| read(self.rooms, language).1);
        wrong.into_iter().flatten().next().map_or(Ok(()), Err)
    }

    fn of(&self, language: Language) -> &Bundle {
        let bundle = match language {
            Language::English => &self.english,
            Language::Vietnamese => &self.vietnamese,
        };
        bundle.get_or_init(|| {
            let (bundle, wrong) = read(self.rooms, language);
            for bad in wrong {
                tracing::error!(%bad, "messages are left out");
            }
            bundle
        })
    }

    fn format<'a>(
        &'a self,
        language: Language,
        key: &str,
        arguments: Option<&'a FluentArgs<'_>>,
    ) -> Cow<'a, str> {
        let bundle = self.of(language);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, ?language, "no such message");
            return key.to_owned().into();
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, arguments, &mut errors);
        if !errors.is_empty() {
            tracing::error!(key, ?language, ?errors, "a message lacks an argument");
        }
        text
    }
}

/// Reads a language, and what of it cannot be read.
fn read(rooms: &[Messages], language: Language) -> (Bundle, Vec<BadMessages>) {
    let tag = match language {
        Language::English => unic_langid::langid!("en"),
        Language::Vietnamese => unic_langid::langid!("vi"),
    };
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolation marks are invisible characters that would end up in plain-text emails and tests.
    bundle.set_use_isolating(false);
    let mut wrong = Vec::new();
    for room in rooms {
        let mut bad = |reason: String| {
            wrong.push(BadMessages {
                room: room.room,
                language,
                reason,
            });
        };
        let source = match language {
            Language::English => room.english,
            Language::Vietnamese => room.vietnamese,
        };
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(rest, errors)| {
            bad(format!("{errors:?}"));
            rest
        });
        if let Err(errors) = bundle.add_resource(resource) {
            bad(format!("{errors:?}"));
        }
    }
    (bundle, wrong)
}

/// The messages, dates and times of one reader. Cheap to clone.
#[derive(Clone)]
pub struct L10n {
    catalog: Arc<Catalog>,
    language: Language,
    zone: TimeZone,
}

impl std::fmt::Debug for L10n {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "L10n({})", self.language.tag())
    }
}

impl L10n {
    /// For a reader of `language`; times are shown in `zone`.
    #[must_use]
    pub fn new(catalog: Arc<Catalog>, language: Language, zone: TimeZone) -> Self {
        Self {
            catalog,
            language,
            zone,
        }
    }

    /// The reader's language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The same for another language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Self {
        Self {
            language,
            ..self.clone()
        }
    }

    /// Whether there is such a message.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.catalog.of(self.language).has_message(key)
    }

    /// What the reader calls a language, inside a sentence.
    #[must_use]
    pub fn language_name(&self, of: Language) -> String {
        self.t(&format!("language-{}", of.tag()))
    }

    /// A message without arguments.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.plain(key).into_owned()
    }

    fn plain(&self, key: &str) -> Cow<'_, str> {
        self.catalog.format(self.language, key, None)
    }

    /// A message with one argument.
    #[must_use]
    pub fn t1<'a>(&self, key: &str, name: &'a str, value: impl Into<FluentValue<'a>>) -> String {
        self.with(key, [(name, value.into())])
    }

    /// A message with one argument, given as anything that prints: for templates.
    #[must_use]
    pub fn say(&self, key: &str, name: &str, value: impl std::fmt::Display) -> String {
        self.with(key, [(name, value.to_string().into())])
    }

    /// A message with two arguments.
    #[must_use]
    pub fn t2<'a>(
        &self,
        key: &str,
        name: &'a str,
        value: impl Into<FluentValue<'a>>,
        other: &'a str,
        second: impl Into<FluentValue<'a>>,
    ) -> String {
        self.with(key, [(name, value.into()), (other, second.into())])
    }

    /// A message with arguments.
    #[must_use]
    pub fn with<'a>(
        &self,
        key: &str,
        arguments: impl IntoIterator<Item = (&'a str, FluentValue<'a>)>,
    ) -> String {
        let arguments: FluentArgs<'a> = arguments.into_iter().collect();
        self.catalog
            .format(self.language, key, Some(&arguments))
            .into_owned()
    }

    /// What an IAM user was granted, with commas between them.
    #[must_use]
    pub fn grants(&self, grants: Grants) -> String {
        let words: Vec<String> = grants.iter().map(|grant| self.t(&grant.label())).collect();
        if words.is_empty() {
            self.t("grant-none")
        } else {
            words.join(", ")
        }
    }

    /// "Thursday 26 November 2026, 10:00 (GMT+7)", in the provider's zone.
    #[must_use]
    pub fn date_time(&self, at: Timestamp) -> String {
        let local = at.to_zoned(self.zone.clone());
        let time = [
            (
                "time",
                format!("{:02}:{:02}", local.hour(), local.minute()).into(),
            ),
            ("zone", zone_name(&local).into()),
        ];
        self.with("date-time", self.parts(local.date()).into_iter().chain(time))
    }

    /// "26 Nov 2026, 10:00": for tables.
    #[must_use]
    pub fn short_date_time(&self, at: Timestamp) -> String {
        let local = at.to_zoned(self.zone.clone());
        let date = self.date(local.date());
        format!("{date}, {:02}:{:02}", local.hour(), local.minute())
    }

    /// "26 November 2026" or "26/11/2026".
    #[must_use]
    pub fn date(&self, date: civil::Date) -> String {
        self.with("date", self.parts(date))
    }

    /// The date with its day of the week.
    #[must_use]
    pub fn long_date(&self, date: civil::Date) -> String {
        self.with("weekday-date", self.parts(date))
    }

    /// What the messages of dates are made of.
    fn parts(&self, date: civil::Date) -> [(&'static str, FluentValue<'_>); 4] {
        let weekday = date.weekday().to_monday_one_offset();
        [
            ("weekday", self.plain(&format!("weekday-{weekday}")).into()),
            ("day", date.day().to_string().into()),
            ("month", self.plain(&format!("month-{}", date.month())).into()),
            ("year", date.year().to_string().into()),
        ]
    }

    /// The date, in the provider's zone, of a moment.
    #[must_use]
    pub fn day_of(&self, at: Timestamp) -> civil::Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// When a date begins in the provider's zone; nothing where the date is beyond all time.
    #[must_use]
    pub fn midnight(&self, date: civil::Date) -> Option<Timestamp> {
        let begins = date.to_zoned(self.zone.clone()).ok()?;
        Some(begins.timestamp())
    }

    /// The date with its day of the week where it stands alone, with a capital letter in front: "Thứ Ba, 1/12/2026".
    #[must_use]
    pub fn day(&self, date: civil::Date) -> String {
        capital(&self.long_date(date))
    }

    /// What an amount changed by, with its sign in front: "+VND 1,000,000" or "−1.000.000 VND". So nobody has to tell
    /// colours apart.
    #[must_use]
    pub fn change(&self, money: Money) -> String {
        let sign = match money.minor() {
            ..0 => "−",
            0 => "",
            _ => "+",
        };
        let amount = self.money(Money::new(money.minor().saturating_abs(), money.currency()));
        format!("{sign}{amount}")
    }

    /// "VND 1,000,000" or "1.000.000 VND".
    #[must_use]
    pub fn money(&self, money: Money) -> String {
        // A minus stands in front of it all, and never between the currency and its number.
        if money.minor() < 0 {
            return self.change(money);
        }
        self.t2(
            "money",
            "amount",
            self.number_of(money),
            "currency",
            money.currency().code(),
        )
    }

    /// The number of an amount without its currency, as it is written and as [`Self::read_money`] takes it back.
    #[must_use]
    pub fn number_of(&self, money: Money) -> String {
        let (group, decimal) = self.separators();
        money.written(group, decimal)
    }

    /// An amount as the reader writes it. In a currency without decimals either separator may stand between thousands.
    pub fn read_money(&self, text: &str, currency: Currency) -> Result<Money, MoneyError> {
        Money::parse(text, currency, self.separators().1)
    }

    /// "12.5%" or "12,5%", without decimals that are zero.
    #[must_use]
    pub fn percent(&self, percent: Percent) -> String {
        format!("{}%", self.number_of_percent(percent))
    }

    /// The same without the sign, as a field is filled in with it and as it is taken back.
    #[must_use]
    pub fn number_of_percent(&self, percent: Percent) -> String {
        let text = percent.to_string();
        let bare = text.trim_end_matches('0').trim_end_matches('.');
        bare.replace('.', &self.separators().1.to_string())
    }

    /// Between thousands, and before decimals.
    fn separators(&self) -> (char, char) {
        match self.language {
            Language::English => (',', '.'),
            Language::Vietnamese => ('.', ','),
        }
    }
}

/// With a capital letter in front, as a word of a sentence that stands alone.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next();
    first
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(rest)
        .collect()
}

fn zone_name(local: &jiff::Zoned) -> String {
    let minutes = local.offset().seconds() / 60;
    let (hours, rest) = (minutes / 60, minutes.abs() % 60);
    if rest == 0 {
        format!("GMT{hours:+}")
    } else {
        format!("GMT{hours:+}:{rest:02}")
    }
}
