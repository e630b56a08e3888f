//! Holidays from iCalendar (RFC 5545): all-day events.

use icalendar::parser::{Component, Property, unfold};
use jiff::civil::Date;
use jiff::{Span, ToSpan, Unit};

use super::super::{DayKind, DayName, Exceptions};
use super::{Days, LoadError, Problem, excerpt, name, text};

/// The largest event that is read, in bytes.
pub(super) const MAX_EVENT_BYTES: usize = 64 * 1024;

/// How deep components may nest: a calendar, an event, an alarm, and some air.
const MAX_DEPTH: usize = 6;

const MAX_EVENT_DAYS: i32 = 366;

/// Reads holidays from an iCalendar file.
///
/// - Each `VEVENT` is one all-day event: `DTSTART` a date; `DTEND` the day after the last, or a `DURATION` in whole
///   days or weeks, or neither for a single day. (`DTEND` equal to `DTSTART`, which some programs write, is one day.)
/// - `SUMMARY` names it; a second one with `LANGUAGE=vi` or `LANGUAGE=en` gives the name in that language.
/// - It is a holiday, or a worked day where `X-PORTICO-KIND` or one of its `CATEGORIES` is `working-day`.
/// - Holidays that share a day are joined. A holiday and a worked day on the same date are an error.
/// - Cancelled events are left out. Recurring ones are an error: their rules are not followed.
pub fn from_ical(bytes: &[u8]) -> Result<Exceptions, LoadError> {
    let mut days = Days::default();
    for (line, event) in events(text(bytes)?)? {
        for (date, kind) in read_event(&event).map_err(|problem| problem.on(line))? {
            let kind = match days.get(date) {
                None => kind,
                Some((known, first)) => {
                    let conflict = Problem::Conflict { date, first: *first };
                    join(known, kind, conflict).map_err(|problem| problem.on(line))?
                }
            };
            days.put(date, kind, line)?;
        }
    }
    Ok(days.finish())
}

/// The text of every event with the line on which it begins.
///
/// The parser is given one event at a time: it recurses and its errors name no line of the file, so nesting is
/// bounded and lines are counted here.
fn events(text: &str) -> Result<Vec<(u64, String)>, LoadError> {
    let mut events = Vec::new();
    let mut open: Vec<(u64, String)> = Vec::new();
    let mut event = String::new();
    for (number, line) in (1..).zip(text.lines()) {
        let (keyword, component) = boundary(line);
        match keyword {
            Keyword::Begin => {
                let calendar = component == "VCALENDAR";
                if open.is_empty() && !calendar {
                    return Err(Problem::NotICalendar.on(number));
                }
                if open.len() >= MAX_DEPTH || (calendar && !open.is_empty()) {
                    return Err(Problem::Nesting(excerpt(line)).on(number));
                }
                open.push((number, component));
            }
            Keyword::Other if open.is_empty() && !line.trim().is_empty() => {
                return Err(Problem::NotICalendar.on(number));
            }
            Keyword::Other | Keyword::End => {}
        }
        let in_event = open.get(1).is_some_and(|(_, name)| name == "VEVENT");
        if in_event {
            event.push_str(line);
            // Of the two line ends that it takes, the parser looks for this one first, as far as the event goes.
            event.push_str("\r\n");
            if event.len() > MAX_EVENT_BYTES {
                return Err(Problem::EventTooLarge.on(open[1].0));
            }
        }
        if let Keyword::End = keyword {
            let (begun, name) = open
                .pop()
                .ok_or_else(|| Problem::Nesting(excerpt(line)).on(number))?;
            if name != boundary(line).1 {
                return Err(Problem::Nesting(excerpt(line)).on(number));
            }
            if in_event && open.len() == 1 {
                events.push((begun, unfold(&std::mem::take(&mut event))));
            }
        }
    }
    match open.pop() {
        Some((begun, name)) => Err(Problem::Unfinished(excerpt(&name)).on(begun)),
        None if text.trim().is_empty() => Err(Problem::NotICalendar.on(1)),
        None => Ok(events),
    }
}

#[derive(Clone, Copy)]
enum Keyword {
    Begin,
    End,
    Other,
}

/// Whether a line begins or ends a component, and which, in upper case. A folded line (it starts with white
/// space) does neither.
fn boundary(line: &str) -> (Keyword, String) {
    let named = |keyword: &str| {
        let (start, name) = line.split_once(':')?;
        start
            .eq_ignore_ascii_case(keyword)
            .then(|| name.trim().to_ascii_uppercase())
    };
    match (named("BEGIN"), named("END")) {
        (Some(name), _) => (Keyword::Begin, name),
        (None, Some(name)) => (Keyword::End, name),
        (None, None) => (Keyword::Other, String::new()),
    }
}

/// The days of an event.
fn read_event(event: &str) -> Result<Vec<(Date, DayKind)>, Problem> {
    let component = Component::try_from(event).map_err(|_| Problem::EventUnreadable)?;
    let event = Event(&component.properties);
    if event
        .value("STATUS")
        .is_some_and(|status| status.trim().eq_ignore_ascii_case("CANCELLED"))
    {
        return Ok(Vec::new());
    }
    let title = event
        .value("SUMMARY")
        .map_or_else(|| "(no SUMMARY)".to_owned(), excerpt);
    for property in ["RRULE", "RDATE", "RECURRENCE-ID"] {
        if event.value(property).is_some() {
            return Err(Problem::Recurring {
                event: title,
                property,
            });
        }
    }
    let kind = event.kind(&title)?;
    let (first, days) = event.days(title)?;
    (0..days)
        .map(|day| {
            let date = first
                .checked_add(day.days())
                .map_err(|_| Problem::Year(first.to_string()))?;
            Ok((date, kind.clone()))
        })
        .collect()
}

/// Two reasons for the same kind of day as one.
fn join(known: &DayKind, new: DayKind, conflict: Problem) -> Result<DayKind, Problem> {
    match (known, new) {
        (DayKind::Holiday(one), DayKind::Holiday(other)) => join_names(one, &other).map(DayKind::Holiday),
        (DayKind::WorkingDay(one), DayKind::WorkingDay(other)) => {
            join_names(one, &other).map(DayKind::WorkingDay)
        }
        _ => Err(conflict),
    }
}

fn join_names(one: &DayName, other: &DayName) -> Result<DayName, Problem> {
    let join = |one: &str, other: &str| {
        if one.split(" / ").any(|part| part == other) {
            Ok(one.to_owned())
        } else {
            name(&format!("{one} / {other}"))
        }
    };
    Ok(DayName {
        en: join(&one.en, &other.en)?,
        vi: join(&one.vi, &other.vi)?,
    })
}

struct Event<'a>(&'a [Property<'a>]);

impl Event<'_> {
    fn all(&self, name: &str) -> impl Iterator<Item = &Property<'_>> {
        self.0
            .iter()
            .filter(move |property| property.name.as_str().eq_ignore_ascii_case(name))
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.all(name).next().map(|property| property.val.as_str())
    }

    fn kind(&self, title: &str) -> Result<DayKind, Problem> {
        let stated = self.value("X-PORTICO-KIND").map(str::trim);
        let works = match stated {
            Some(kind) if kind.eq_ignore_ascii_case("working-day") => true,
            Some(kind) if kind.eq_ignore_ascii_case("holiday") => false,
            Some(kind) => {
                return Err(Problem::EventKind {
                    event: title.to_owned(),
                    value: excerpt(kind),
                });
            }
            None => self
                .all("CATEGORIES")
                .flat_map(|categories| categories.val.as_str().split(','))
                .any(|category| category.trim().eq_ignore_ascii_case("working-day")),
        };
        let names = self.names()?;
        Ok(if works {
            DayKind::WorkingDay(names)
        } else {
            DayKind::Holiday(names)
        })
    }

    /// The names by language; one without a language, or else any, serves the language that has none.
    fn names(&self) -> Result<DayName, Problem> {
        let plain = self.all("SUMMARY").find(|summary| language(summary).is_none());
        let any = plain
            .or_else(|| self.all("SUMMARY").next())
            .ok_or(Problem::NameMissing)?;
        let wanted = |tag: &str| {
            let own = self
                .all("SUMMARY")
                .find(|summary| language(summary).as_deref() == Some(tag));
            name(own.unwrap_or(any).val.as_str())
        };
        Ok(DayName {
            en: wanted("en")?,
            vi: wanted("vi")?,
        })
    }

    /// The first day and how many there are.
    fn days(&self, title: String) -> Result<(Date, i32), Problem> {
        let Some(start) = self.value("DTSTART") else {
            return Err(Problem::NoStart { event: title });
        };
        let Some(first) = basic_date(start) else {
            return Err(Problem::NotAllDay {
                event: title,
                value: excerpt(start),
            });
        };
        let days = match (self.value("DTEND"), self.value("DURATION")) {
            (Some(end), _) => {
                let Some(end) = basic_date(end) else {
                    return Err(Problem::NotAllDay {
                        event: title,
                        value: excerpt(end),
                    });
                };
                let days = first
                    .until((Unit::Day, end))
                    .map_or(i32::MAX, |span| span.get_days());
                if days == 0 { 1 } else { days }
            }
            (None, Some(duration)) => match whole_days(duration) {
                Some(days) => days,
                None => {
                    return Err(Problem::Duration {
                        event: title,
                        value: excerpt(duration),
                    });
                }
            },
            (None, None) => 1,
        };
        match days {
            ..=0 => Err(Problem::EndsEarly { event: title }),
            1..=MAX_EVENT_DAYS => Ok((first, days)),
            _ => Err(Problem::TooLong { event: title }),
        }
    }
}

/// The primary language of a property: `vi` of `LANGUAGE=vi-VN`.
fn language(property: &Property<'_>) -> Option<String> {
    let parameter = property
        .params
        .iter()
        .find(|parameter| parameter.key.as_str().eq_ignore_ascii_case("LANGUAGE"))?;
    let tag = parameter.val.as_ref()?.as_str();
    Some(tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase())
}

/// `20260902`.
fn basic_date(value: &str) -> Option<Date> {
    let value = value.trim();
    let shaped = value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit());
    shaped.then(|| value.parse().ok()).flatten()
}

/// `P3D` or `P1W` in days.
fn whole_days(duration: &str) -> Option<i32> {
    let span: Span = duration.trim().parse().ok()?;
    let (weeks, days) = (span.get_weeks(), span.get_days());
    let only_days = Span::new().weeks(weeks).days(days).fieldwise() == span.fieldwise();
    only_days
        .then(|| weeks.checked_mul(7)?.checked_add(days))
        .flatten()
}

#[cfg(test)]
mod tests;
