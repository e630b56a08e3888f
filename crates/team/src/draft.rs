//! What was typed or sent, made into typed values; every mistake named with its field.

use accounts::forms::{MAX_NAME, Mistake, line};
use kernel::{EmailAddress, EmailError, Language};
use platform::{Grant, Grants, L10n, web::FieldErrors};

use crate::rules::{MAX_USER_NAME, NewMember, UserName, UserNameError};

/// Whom to invite, as it was typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed<'a> {
    pub(crate) email: &'a str,
    pub(crate) name: &'a str,
    /// Empty: what stands before the @ of the address.
    pub(crate) user_name: &'a str,
    /// Empty: the reader's.
    pub(crate) language: &'a str,
    pub(crate) grants: &'a [String],
}

impl Typed<'_> {
    /// The values.
    pub(crate) fn parse(&self, l: &L10n) -> Result<NewMember, FieldErrors> {
        let mut errors = FieldErrors::default();
        // In the order of the form, which is that of the summary of errors.
        let name = line(self.name, MAX_NAME).map_err(|mistake| match mistake {
            Mistake::Missing => l.t("team-error-name"),
            other => other.tell(l, "name"),
        });
        let name = errors.check("name", name);
        let email = self.email.parse::<EmailAddress>();
        let email = errors.check("email", email.map_err(|error| email_mistake(l, error)));
        let user_name = match (self.user_name.trim(), &email) {
            ("", Some(email)) => UserName::suggested(email).ok_or(UserNameError::Missing).map(Some),
            ("", None) => Ok(None),
            (typed, _) => UserName::parse(typed).map(Some),
        };
        let user_name = user_name.map_err(|error| user_name_mistake(l, error));
        let user_name = errors.check("user_name", user_name).flatten();
        let grants = errors.check("grants", grants(l, self.grants));
        let language = match self.language {
            "" => Ok(l.language()),
            tag => tag.parse::<Language>().map_err(|_| l.t("accounts-error-choice")),
        };
        let language = errors.check("language", language);
        match (email, name, user_name, language, grants) {
            (Some(email), Some(name), Some(user_name), Some(language), Some(grants)) if errors.is_empty() => {
                Ok(NewMember {
                    email,
                    user_name,
                    name,
                    language,
                    grants,
                })
            }
            _ => Err(errors),
        }
    }
}

/// At least one grant: whoever may do nothing need not be invited.
pub(crate) fn grants(l: &L10n, names: &[String]) -> Result<Grants, String> {
    if names.is_empty() {
        return Err(l.t("team-error-grants"));
    }
    names
        .iter()
        .map(|name| name.parse::<Grant>())
        .collect::<Result<Grants, _>>()
        .map_err(|_| l.t("accounts-error-choice"))
}

fn email_mistake(l: &L10n, error: EmailError) -> String {
    match error {
        EmailError::Empty => l.t("team-error-email-missing"),
        EmailError::TooLong => l.say("accounts-error-too-long", "max", 254),
        EmailError::Malformed => l.t("accounts-error-email"),
    }
}

fn user_name_mistake(l: &L10n, error: UserNameError) -> String {
    match error {
        UserNameError::Missing => l.t("team-error-user-name-missing"),
        UserNameError::TooLong => l.say("accounts-error-too-long", "max", MAX_USER_NAME),
        UserNameError::Character => l.t("team-error-user-name"),
    }
}
