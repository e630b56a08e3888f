//! One row of an import file, checked: no I/O.

use csv::ByteRecord;
use kernel::{EmailAddress, EmailError, Language};

use super::{BadRow, ImportError};
use crate::{
    account::{Class, PaymentMode, Standing},
    forms::{self, CompanyForm, MAX_NAME, Mistake},
};

/// All columns.
pub const COLUMNS: [&str; 13] = [
    "email",
    "name",
    "phone",
    "class",
    "legal_name",
    "country",
    "tax_code",
    "payment_mode",
    "language",
    "uses_services",
    "enjoys_discount",
    "in_poc",
    "managed_by_email",
];

/// The longest field that is looked at, in bytes.
pub(super) const MAX_FIELD: usize = 2000;

/// An account to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The root user's address.
    pub email: EmailAddress,
    /// The root user's name.
    pub name: String,
    /// The telephone number; may be empty.
    pub phone: String,
    /// The class.
    pub class: Class,
    /// How it stands with the provider.
    pub standing: Standing,
    /// The root user's language.
    pub language: Language,
    /// The address of the partner whose customer it is.
    pub managed_by: Option<EmailAddress>,
}

/// Which column stands where.
#[derive(Debug)]
pub struct Header {
    /// By position.
    columns: Vec<&'static str>,
}

impl Header {
    /// Reads the first line of a file.
    pub fn read(record: &ByteRecord) -> Result<Self, ImportError> {
        let mut columns = Vec::new();
        for field in record {
            let name = String::from_utf8_lossy(field);
            let known = COLUMNS
                .into_iter()
                .find(|column| *column == name.trim().to_ascii_lowercase());
            let column = known.ok_or_else(|| ImportError::UnknownColumn(name.chars().take(60).collect()))?;
            if columns.contains(&column) {
                return Err(ImportError::RepeatedColumn(column));
            }
            columns.push(column);
        }
        match ["email", "name"]
            .into_iter()
            .find(|needed| !columns.contains(needed))
        {
            Some(missing) => Err(ImportError::NoColumn(missing)),
            None => Ok(Self { columns }),
        }
    }

    /// The account of a row; `language` is for rows that give none.
    pub fn row(&self, record: &ByteRecord, language: Language) -> Result<Row, BadRow> {
        let (found, expected) = (record.len(), self.columns.len());
        if found != expected {
            return Err(BadRow::Fields { found, expected });
        }
        let fields = Fields { header: self, record };
        let email = fields.address("email")?.ok_or(BadRow::Field {
            column: "email",
            mistake: Mistake::Email(EmailError::Empty),
        })?;
        let name = forms::line(fields.text("name")?, MAX_NAME);
        let name = name.map_err(|mistake| BadRow::Field {
            column: "name",
            mistake,
        })?;
        let phone = match fields.text("phone")? {
            "" => String::new(),
            text => forms::phone(text).map_err(|mistake| BadRow::Field {
                column: "phone",
                mistake,
            })?,
        };
        let language = match fields.text("language")? {
            "" => language,
            tag => tag.parse().map_err(|_| value("language", tag, &["en", "vi"]))?,
        };
        let payment_mode = match fields.text("payment_mode")? {
            "" | "prepaid" => PaymentMode::Prepaid,
            "postpaid" => PaymentMode::Postpaid,
            other => return Err(value("payment_mode", other, &["prepaid", "postpaid"])),
        };
        let managed_by = fields.address("managed_by_email")?;
        if managed_by.as_ref() == Some(&email) {
            return Err(BadRow::OwnCustomer);
        }
        Ok(Row {
            class: fields.class()?,
            standing: Standing {
                payment_mode,
                uses_services: fields.flag("uses_services")?,
                enjoys_discount: fields.flag("enjoys_discount")?,
                in_poc: fields.flag("in_poc")?,
            },
            email,
            name,
            phone,
            language,
            managed_by,
        })
    }
}

fn value(column: &'static str, found: &str, allowed: &'static [&'static str]) -> BadRow {
    BadRow::Value {
        column,
        found: found.chars().take(40).collect(),
        allowed,
    }
}

struct Fields<'a> {
    header: &'a Header,
    record: &'a ByteRecord,
}

impl<'a> Fields<'a> {
    /// The trimmed field; empty where the file has no such column.
    fn text(&self, column: &'static str) -> Result<&'a str, BadRow> {
        let at = self.header.columns.iter().position(|name| *name == column);
        let Some(bytes) = at.and_then(|at| self.record.get(at)) else {
            return Ok("");
        };
        if bytes.len() > MAX_FIELD {
            return Err(BadRow::TooLarge { column });
        }
        std::str::from_utf8(bytes)
            .map(str::trim)
            .map_err(|error| BadRow::NotUtf8 { column, error })
    }

    fn address(&self, column: &'static str) -> Result<Option<EmailAddress>, BadRow> {
        match self.text(column)? {
            "" => Ok(None),
            text => match text.parse() {
                Ok(address) => Ok(Some(address)),
                Err(error) => Err(BadRow::Field {
                    column,
                    mistake: Mistake::Email(error),
                }),
            },
        }
    }

    fn flag(&self, column: &'static str) -> Result<bool, BadRow> {
        match self.text(column)?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => Ok(true),
            "" | "false" | "no" | "0" => Ok(false),
            other => Err(value(column, other, &["true", "false"])),
        }
    }

    fn class(&self) -> Result<Class, BadRow> {
        let country = match self.text("country")? {
            "" => "VN",
            code => code,
        };
        let form = CompanyForm {
            legal_name: self.text("legal_name")?.to_owned(),
            country: country.to_owned(),
            tax_code: self.text("tax_code")?.to_owned(),
        };
        match self.text("class")? {
            "" | "individual" => Ok(Class::Individual),
            "enterprise" => form.parse().map(Class::Enterprise).map_err(|mistakes| {
                let (column, mistake) = mistakes.first();
                BadRow::Field { column, mistake }
            }),
            other => Err(value("class", other, &["individual", "enterprise"])),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(header: &str, row: &[u8]) -> Result<Row, BadRow> {
        let header = Header::read(&ByteRecord::from(header.split(',').collect::<Vec<_>>())).unwrap();
        let fields: Vec<&[u8]> = row.split(|byte| *byte == b',').collect();
        header.row(&ByteRecord::from(fields), Language::Vietnamese)
    }

    #[test]
    fn what_is_left_out_has_its_usual_value() {
        let row = read("name,email", b"Lan, Lan@SaoMai.vn ").unwrap();
        assert_eq!(row.email.as_str(), "lan@saomai.vn");
        assert_eq!(
            (row.class, row.standing.payment_mode),
            (Class::Individual, PaymentMode::Prepaid)
        );
        assert_eq!((row.language, row.phone.as_str()), (Language::Vietnamese, ""));
        assert!(
            !row.standing.uses_services
                && !row.standing.enjoys_discount
                && !row.standing.in_poc
                && row.managed_by.is_none()
        );
    }

    #[test]
    fn an_enterprise_is_read_whole() {
        let header = "email,name,class,legal_name,tax_code,payment_mode,language,in_poc,managed_by_email";
        let row = "a@b.vn,Lan,enterprise,Sao Mai,0100109106,postpaid,en,yes,p@q.vn";
        let row = read(header, row.as_bytes()).unwrap();
        assert!(matches!(row.class, Class::Enterprise(company) if company.tax_code.as_str() == "0100109106"));
        assert_eq!(
            (row.standing.payment_mode, row.language),
            (PaymentMode::Postpaid, Language::English)
        );
        assert!(row.standing.in_poc && row.managed_by.is_some());
    }

    #[test]
    fn each_bad_row_says_why() {
        let why = |header: &str, row: &[u8]| read(header, row).unwrap_err().to_string();
        assert_eq!(why("email,name", b"a@b.vn"), "1 fields where the header has 2");
        assert_eq!(why("email,name", b",Lan"), "email: no email address was given");
        assert_eq!(why("email,name", b"a@b.vn,"), "name: is missing");
        assert!(why("email,name", b"a@b.vn,L\xffn").starts_with("name is not UTF-8"));
        assert_eq!(
            why("email,name,class", b"a@b.vn,Lan,king"),
            "class is \"king\"; it may be individual or enterprise"
        );
        assert_eq!(
            why("email,name,class", b"a@b.vn,Lan,enterprise"),
            "legal_name: is missing"
        );
        assert_eq!(
            why("email,name,in_poc", b"a@b.vn,Lan,maybe"),
            "in_poc is \"maybe\"; it may be true or false"
        );
        assert_eq!(
            why("email,name,managed_by_email", b"a@b.vn,Lan,A@b.vn"),
            "managed_by_email is the account's own email"
        );
        let long = [b"a@b.vn,".as_slice(), &b"x".repeat(5000)].concat();
        assert_eq!(why("email,name", &long), "name is longer than 2000 bytes");
    }

    #[test]
    fn a_header_names_known_columns_once() {
        let read = |names: &[&str]| {
            Header::read(&ByteRecord::from(names.to_vec()))
                .unwrap_err()
                .to_string()
        };
        assert_eq!(read(&["email"]), "line 1: the header has no column \"name\"");
        assert_eq!(
            read(&["email", "name", "email"]),
            "line 1: the column \"email\" is there twice"
        );
        assert!(read(&["email", "colour"]).starts_with("line 1: unknown column \"colour\""));
    }

    proptest! {
        #[test]
        fn any_bytes_make_a_row_or_a_reason(fields in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 13)) {
            let header = Header::read(&ByteRecord::from(COLUMNS.to_vec())).unwrap();
            let _ = header.row(&ByteRecord::from(fields), Language::English).map_err(|reason| reason.to_string());
        }
    }
}
