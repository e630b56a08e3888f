//! Days that depart from the ordinary week, and Vietnam's.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::load;
use crate::Language;

/// Holidays and worked weekend days by date.
pub type Exceptions = BTreeMap<Date, DayKind>;

/// How a day departs from the ordinary week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// Off, whatever its weekday.
    Holiday(DayName),
    /// Worked, whatever its weekday: in Vietnam, a Saturday in exchange for a day off.
    WorkingDay(DayName),
}

/// What a day is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayName {
    /// In English.
    pub en: String,
    /// In Vietnamese.
    pub vi: String,
}

impl DayKind {
    /// Why the day is off or worked, in that language.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        let (Self::Holiday(name) | Self::WorkingDay(name)) = self;
        match language {
            Language::English => &name.en,
            Language::Vietnamese => &name.vi,
        }
    }
}

/// Vietnam's public holidays, days off in exchange and Saturdays worked for them, 2025 to 2027.
///
/// 2027 is provisional: the government had not announced it when the table was made. The table's first lines
/// name its source; `script/holidays` makes it.
#[must_use]
pub fn vietnam_exceptions() -> Exceptions {
    load::from_csv(include_bytes!("../../data/vn-holidays.csv"))
        .expect("the table is part of the program and a test reads it")
}
