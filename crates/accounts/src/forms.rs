//! What people typed, made into typed values: no I/O, every mistake named with its field.

use kernel::{
    EmailAddress, EmailError, Language,
    tax_code::{Country, TaxCode, TaxCodeError},
};
use platform::{i18n::L10n, web::FieldErrors};
use serde::Deserialize;

use crate::{
    account::{Class, Enterprise},
    password::{Policy, Weakness},
};

/// The longest name of a person, in characters.
pub const MAX_NAME: usize = 100;
/// The longest legal name, in characters.
pub const MAX_LEGAL_NAME: usize = 200;

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// Nothing was given.
    #[error("is missing")]
    Missing,
    /// More characters than are kept.
    #[error("is longer than {0} characters")]
    TooLong(usize),
    /// Holds control characters, or marks that turn the direction of the text.
    #[error("holds characters that cannot be shown")]
    Unprintable,
    /// No telephone number.
    #[error("is no telephone number with 8 to 15 digits")]
    Phone,
    /// None of the choices.
    #[error("is none of the choices")]
    Choice,
    /// No email address.
    #[error(transparent)]
    Email(#[from] EmailError),
    /// The password is not accepted.
    #[error(transparent)]
    Password(#[from] Weakness),
    /// No tax code.
    #[error(transparent)]
    TaxCode(#[from] TaxCodeError),
}

impl Mistake {
    /// The mistake in the words of a reader; `field` is where it was made.
    #[must_use]
    pub fn tell(&self, l: &L10n, field: &str) -> String {
        match self {
            Self::Missing => l.t(&format!("accounts-error-{}-missing", field.replace('_', "-"))),
            Self::TooLong(max) => l.say("accounts-error-too-long", "max", max),
            Self::Unprintable => l.t("accounts-error-unprintable"),
            Self::Phone => l.t("accounts-error-phone"),
            Self::Choice => l.t("accounts-error-choice"),
            Self::Email(EmailError::Empty) => l.t("accounts-error-email-missing"),
            Self::Email(EmailError::TooLong) => l.say("accounts-error-too-long", "max", 254),
            Self::Email(EmailError::Malformed) => l.t("accounts-error-email"),
            Self::Password(weakness) => tell_weakness(l, *weakness),
            Self::TaxCode(error) => tell_tax_code(l, error),
        }
    }
}

/// Why a password is not accepted, in the words of a reader.
#[must_use]
pub fn tell_weakness(l: &L10n, weakness: Weakness) -> String {
    match weakness {
        Weakness::TooShort(min) => l.say("accounts-password-too-short", "min", min),
        Weakness::TooLong => l.say("accounts-error-too-long", "max", crate::password::MAX_LENGTH),
        Weakness::NotMixed => l.t("accounts-password-not-mixed"),
        Weakness::Guessable => l.t("accounts-password-guessable"),
    }
}

/// Why a text is no tax code, in the words of a reader.
#[must_use]
pub fn tell_tax_code(l: &L10n, error: &TaxCodeError) -> String {
    match error {
        TaxCodeError::Empty => l.t("accounts-error-tax-code-missing"),
        TaxCodeError::Character(c) => l.say("accounts-tax-code-character", "character", c),
        TaxCodeError::WrongLength { digits } => l.say("accounts-tax-code-wrong-length", "digits", digits),
        TaxCodeError::MisplacedHyphen => l.t("accounts-tax-code-misplaced-hyphen"),
        TaxCodeError::WrongCheckDigit => l.t("accounts-tax-code-wrong-check-digit"),
        TaxCodeError::NoSuchBranch => l.t("accounts-tax-code-no-such-branch"),
        TaxCodeError::UnknownBirthplace(start) => {
            l.say("accounts-tax-code-unknown-birthplace", "start", start)
        }
        TaxCodeError::UnknownCentury(digit) => l.say("accounts-tax-code-unknown-century", "digit", digit),
        TaxCodeError::Length(length) => l.say("accounts-tax-code-length", "length", length),
        TaxCodeError::FewDigits(digits) => l.say("accounts-tax-code-few-digits", "digits", digits),
    }
}

/// The mistakes of a form, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistakes(Vec<(&'static str, Mistake)>);

impl Mistakes {
    /// The value, or its mistake noted.
    pub fn check<T>(&mut self, field: &'static str, value: Result<T, impl Into<Mistake>>) -> Option<T> {
        value.map_err(|mistake| self.0.push((field, mistake.into()))).ok()
    }

    /// Notes a mistake.
    pub fn add(&mut self, field: &'static str, mistake: impl Into<Mistake>) {
        self.0.push((field, mistake.into()));
    }

    /// The first, with its field.
    pub(crate) fn first(self) -> (&'static str, Mistake) {
        self.0.into_iter().next().unwrap_or(("", Mistake::Missing))
    }

    /// All, in words, for the page.
    #[must_use]
    pub fn tell(&self, l: &L10n) -> FieldErrors {
        let mut errors = FieldErrors::default();
        for (field, mistake) in &self.0 {
            errors.add(*field, mistake.tell(l, field));
        }
        errors
    }
}

/// The first form: an address, and what is agreed to.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignUpForm {
    /// The address.
    pub email: String,
    /// Ticked: the terms of use.
    pub terms_of_use: String,
    /// Ticked: the handling of personal data.
    pub personal_data: String,
    /// See [`crate::robot`].
    pub ticket: String,
    /// The field that people do not see.
    pub website: String,
}

impl SignUpForm {
    /// The address, if all that must be agreed to is.
    pub fn parse(&self) -> Result<EmailAddress, Mistakes> {
        let mut mistakes = Mistakes::default();
        let email = mistakes.check("email", self.email.parse::<EmailAddress>());
        for (field, tick) in [
            ("terms_of_use", &self.terms_of_use),
            ("personal_data", &self.personal_data),
        ] {
            if tick != "yes" {
                mistakes.add(field, Mistake::Missing);
            }
        }
        match email {
            Some(email) if mistakes.0.is_empty() => Ok(email),
            _ => Err(mistakes),
        }
    }
}

/// The second form: all that an account needs.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct CompleteForm {
    /// The person's name.
    pub name: String,
    /// The password; never shown again.
    pub password: String,
    /// The telephone number.
    pub phone: String,
    /// `individual` or `enterprise`.
    pub class: String,
    /// Of an enterprise.
    #[serde(flatten)]
    pub company: CompanyForm,
}

/// What names a company.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CompanyForm {
    /// The name in the business register.
    pub legal_name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The tax code.
    pub tax_code: String,
}

/// A complete second form.
#[derive(Clone)]
pub struct Completed {
    /// The person's name.
    pub name: String,
    /// The password, to be hashed.
    pub password: String,
    /// The telephone number.
    pub phone: String,
    /// The class.
    pub class: Class,
}

impl CompleteForm {
    /// The values. The password is checked against `policy`, and must not be made of what everybody knows of the
    /// person.
    pub fn parse(&self, policy: &Policy, email: &EmailAddress) -> Result<Completed, Mistakes> {
        let mut mistakes = Mistakes::default();
        let name = mistakes.check("name", line(&self.name, MAX_NAME));
        if self.password.is_empty() {
            mistakes.add("password", Mistake::Missing);
        } else {
            let personal = [email.as_str(), &self.name, &self.company.legal_name];
            mistakes.check("password", policy.check(&self.password, &personal));
        }
        let phone = mistakes.check("phone", phone(&self.phone));
        let class = match self.class.as_str() {
            "individual" => Some(Class::Individual),
            "enterprise" => self.company.parse_into(&mut mistakes).map(Class::Enterprise),
            "" => mistakes.check("class", Err(Mistake::Missing)),
            _ => mistakes.check("class", Err(Mistake::Choice)),
        };
        match (name, phone, class) {
            (Some(name), Some(phone), Some(class)) if mistakes.0.is_empty() => Ok(Completed {
                name,
                password: self.password.clone(),
                phone,
                class,
            }),
            _ => Err(mistakes),
        }
    }
}

impl CompanyForm {
    /// The company.
    pub fn parse(&self) -> Result<Enterprise, Mistakes> {
        let mut mistakes = Mistakes::default();
        self.parse_into(&mut mistakes).ok_or(mistakes)
    }

    fn parse_into(&self, mistakes: &mut Mistakes) -> Option<Enterprise> {
        let legal_name = mistakes.check("legal_name", line(&self.legal_name, MAX_LEGAL_NAME));
        let country = match self.country.trim() {
            "" => Err(Mistake::Missing),
            code => code.parse::<Country>().map_err(|_| Mistake::Choice),
        };
        let country = mistakes.check("country", country)?;
        let tax_code = mistakes.check("tax_code", TaxCode::parse(country, &self.tax_code));
        Some(Enterprise {
            legal_name: legal_name?,
            tax_code: tax_code?,
        })
    }
}

/// The form of one's own data.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    /// The person's name.
    pub name: String,
    /// The account's telephone number; only its root user has the field.
    pub phone: String,
    /// The language of pages and letters.
    pub language: String,
}

/// What is to change of one's own data; what is not named stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The person's name.
    pub name: Option<String>,
    /// The account's telephone number, where the person may change it.
    pub phone: Option<String>,
    /// The language.
    pub language: Option<Language>,
}

impl Profile {
    /// The values of what is named.
    pub fn parse(
        name: Option<&str>,
        phone_number: Option<&str>,
        language: Option<&str>,
    ) -> Result<Self, Mistakes> {
        let mut mistakes = Mistakes::default();
        let tag = |tag: &str| tag.parse::<Language>().map_err(|_| Mistake::Choice);
        let profile = Self {
            name: name.and_then(|name| mistakes.check("name", line(name, MAX_NAME))),
            phone: phone_number.and_then(|number| mistakes.check("phone", phone(number))),
            language: language.and_then(|language| mistakes.check("language", tag(language))),
        };
        if mistakes.0.is_empty() {
            Ok(profile)
        } else {
            Err(mistakes)
        }
    }
}

impl ProfileForm {
    /// The values; `phone` only from whoever may change it.
    pub fn parse(&self, may_change_account: bool) -> Result<Profile, Mistakes> {
        let phone = may_change_account.then_some(&*self.phone);
        Profile::parse(Some(&self.name), phone, Some(&self.language))
    }
}

/// One line of text, made to have single spaces; of at most `max` characters as typed.
pub fn line(text: &str, max: usize) -> Result<String, Mistake> {
    if text.chars().count() > max {
        return Err(Mistake::TooLong(max));
    }
    let text = text.trim();
    if text.chars().any(is_unprintable) {
        return Err(Mistake::Unprintable);
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err(Mistake::Missing);
    }
    Ok(text)
}

/// Control characters, invisible separators, and marks that would turn the text around it.
#[must_use]
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffd}')
}

/// A telephone number as people write it: 8 to 15 digits (ITU-T E.164 has at most 15), perhaps a plus sign before
/// them, and spaces, dots, hyphens and brackets between.
pub fn phone(text: &str) -> Result<String, Mistake> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Mistake::Missing);
    }
    let rest = text.strip_prefix('+').unwrap_or(text);
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '(' | ')');
    let digits = rest.bytes().filter(u8::is_ascii_digit).count();
    if text.len() <= 30 && rest.chars().all(allowed) && (8..=15).contains(&digits) {
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Err(Mistake::Phone)
    }
}

#[cfg(test)]
mod tests;
