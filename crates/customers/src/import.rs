//! Many customers from a file, as a spreadsheet saves it: CSV or Excel's own format (`.xlsx`, the first sheet).
//!
//! The first row that is not empty is the header. Columns may stand in any order and be named in English or Vietnamese;
//! others are passed over. A file comes from outside: how much of it is read and unpacked is limited.
//!
//! | column | needed | value |
//! | --- | --- | --- |
//! | `email`, `thư điện tử` | yes | the address that is invited |
//! | `name`, `tên` | yes | what the partner calls the customer |
//! | `role`, `vai trò` | | what the customer is to the partner |

mod sheet;
mod table;

use std::collections::HashMap;

use kernel::{EmailAddress, EmailError};

use crate::{
    rules::{FriendlyName, NameError, Role},
    service::Invitee,
};

/// The most bytes of a file.
pub const MOST_BYTES: usize = 1024 * 1024;

/// The most rows below the header.
pub const MOST_ROWS: usize = 500;

/// A row as it stands in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 1 for the header.
    pub number: usize,
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The role.
    pub role: String,
}

/// Why nothing of a file can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is neither CSV in UTF-8 nor a spreadsheet, or is damaged.
    #[error("the file cannot be read")]
    Unreadable,
    /// The header lacks a column that is needed.
    #[error("the header has no column {0:?}")]
    NoColumn(Column),
    /// There are no rows below the header.
    #[error("there are no rows")]
    Empty,
    /// There are more rows than [`MOST_ROWS`].
    #[error("there are more than {MOST_ROWS} rows")]
    TooMany,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The address.
    Email,
    /// The name.
    Name,
    /// The role.
    Role,
}

impl Column {
    /// The column of this heading, whatever its case and diacritics.
    fn called(heading: &str) -> Option<Self> {
        Some(match registration::search::fold(heading.trim()).as_str() {
            "email" | "e-mail" | "thu dien tu" | "dia chi email" => Self::Email,
            "name" | "friendly name" | "ten" | "ten goi" => Self::Name,
            "role" | "vai tro" => Self::Role,
            _ => return None,
        })
    }
}

/// The rows of a file below its header; empty ones are left out.
pub fn read(file: &[u8]) -> Result<Vec<Line>, FileError> {
    // What a zip archive, and so a spreadsheet, begins with.
    let rows = if file.starts_with(b"PK\x03\x04") {
        sheet::rows(file)?
    } else {
        table::rows(file)?
    };
    lines(rows)
}

/// A row of cells with its number.
type Cells = (usize, Vec<String>);

fn lines(rows: Vec<Cells>) -> Result<Vec<Line>, FileError> {
    let mut rows = rows
        .into_iter()
        .filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    let (_, header) = rows.next().ok_or(FileError::Empty)?;
    let mut places = HashMap::new();
    for (place, heading) in header.iter().enumerate() {
        if let Some(column) = Column::called(heading) {
            places.entry(column).or_insert(place);
        }
    }
    for needed in [Column::Email, Column::Name] {
        if !places.contains_key(&needed) {
            return Err(FileError::NoColumn(needed));
        }
    }
    let line = |(number, cells): Cells| {
        let cell = |column| {
            let place = places.get(&column);
            let cell = place.and_then(|place| cells.get(*place));
            cell.map(|cell| cell.trim().to_owned()).unwrap_or_default()
        };
        Line {
            number,
            email: cell(Column::Email),
            name: cell(Column::Name),
            role: cell(Column::Role),
        }
    };
    let lines: Vec<Line> = rows.map(line).collect();
    match lines.len() {
        0 => Err(FileError::Empty),
        n if n > MOST_ROWS => Err(FileError::TooMany),
        _ => Ok(lines),
    }
}

/// What would become of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Planned {
    /// It is invited.
    Invite(Invitee),
    /// The partner has an open relation with the address.
    Already,
    /// The partner wrote to the address a moment ago.
    TooSoon,
    /// It has these mistakes.
    Wrong(Vec<Mistake>),
}

/// A mistake in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// Of the address.
    #[error("{0}")]
    Email(EmailError),
    /// Of the name.
    #[error("name: {0}")]
    Name(NameError),
    /// Of the role.
    #[error("role: {0}")]
    Role(NameError),
    /// The address is the partner's own.
    #[error("the address is the partner's own")]
    Own,
    /// The address stands in an earlier row, of this number.
    #[error("the same address stands in row {0}")]
    Twice(usize),
}

/// What would become of each row, for a partner of this address (where it is known). `otherwise` says what becomes of an
/// address that is not to be invited, from the partner's own relations.
/// Nothing else is known of an address here: whether somebody has it is not for the partner to learn.
#[must_use]
pub fn plan(
    lines: &[Line],
    own: Option<&EmailAddress>,
    otherwise: impl Fn(&EmailAddress) -> Option<Planned>,
) -> Vec<Planned> {
    let mut first: HashMap<EmailAddress, usize> = HashMap::new();
    let mut planned = Vec::with_capacity(lines.len());
    for line in lines {
        let mut mistakes = Vec::new();
        let email = line.email.parse::<EmailAddress>();
        let email = email.map_err(|error| mistakes.push(Mistake::Email(error))).ok();
        let name = FriendlyName::parse(&line.name);
        let name = name.map_err(|error| mistakes.push(Mistake::Name(error))).ok();
        let role = Role::parse(&line.role);
        let role = role.map_err(|error| mistakes.push(Mistake::Role(error))).ok();
        if let Some(email) = &email {
            if Some(email) == own {
                mistakes.push(Mistake::Own);
            }
            match first.get(email) {
                Some(number) => mistakes.push(Mistake::Twice(*number)),
                None => {
                    first.insert(email.clone(), line.number);
                }
            }
        }
        planned.push(match (email, name, role) {
            (Some(email), Some(name), Some(role)) if mistakes.is_empty() => {
                otherwise(&email).unwrap_or(Planned::Invite(Invitee { email, name, role }))
            }
            _ => Planned::Wrong(mistakes),
        });
    }
    planned
}

/// The addresses of rows that have one.
#[must_use]
pub fn emails(lines: &[Line]) -> Vec<EmailAddress> {
    lines.iter().filter_map(|line| line.email.parse().ok()).collect()
}

#[cfg(test)]
mod tests;
