//! The emails about a registration. Those to the applicant are in the language that it chose, those to staff in
//! each one's own.

mod previews;
mod recipients;

use jiff::Timestamp;
use kernel::RegistrationId;
use platform::{L10n, i18n::FluentValue, mail::Letter, site::Site};

use crate::rules::{Registration, RejectionReason, Words};

pub use previews::PREVIEWS;
pub(crate) use recipients::{applicant, deciders, holder_or_deciders, leads, staff};

/// What the letters tell, apart from how: taken from a [`Registration`], or made up for a preview.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The registration.
    pub id: RegistrationId,
    /// What people call it by.
    pub reference: String,
    /// The legal name.
    pub company: String,
    /// By when staff decide, or should have.
    pub due: Timestamp,
    /// Within how many business days staff decide.
    pub days: u32,
}

impl Facts {
    /// About a registration. Where no clock runs, `due` is the time of the submission and no letter tells it.
    #[must_use]
    pub fn of(registration: &Registration, days: u32) -> Self {
        Self {
            id: registration.id,
            reference: registration.reference(),
            company: registration.applicant.legal_name.clone(),
            due: registration
                .deadline()
                .and_then(kernel::calendar::Deadline::due)
                .unwrap_or(registration.submitted_at),
            days,
        }
    }

    fn name_it(&self, l: &L10n) -> Vec<(String, String)> {
        vec![
            (l.t("registration-reference"), self.reference.clone()),
            (l.t("registration-company"), self.company.clone()),
        ]
    }

    fn name_it_with_due(&self, l: &L10n) -> Vec<(String, String)> {
        let mut facts = self.name_it(l);
        facts.push((l.t("registration-decision-by"), l.date_time(self.due)));
        facts
    }
}

/// To the applicant: the request was received.
#[must_use]
pub fn awaiting_approval(l: &L10n, site: &Site, about: &Facts) -> Letter {
    begin("registration-awaiting-approval", l, site, about)
        .text(say(l, "letter-registration-awaiting-approval-lead", site, about))
        .facts(about.name_it_with_due(l))
        .text(say(l, "letter-registration-awaiting-approval-next", site, about))
        .button(l.t("letter-registration-see"), site.link("/registration"))
}

/// To the applicant: staff ask something.
#[must_use]
pub fn question(l: &L10n, site: &Site, about: &Facts, words: &Words) -> Letter {
    begin("registration-question", l, site, about)
        .text(say(l, "letter-registration-question-lead", site, about))
        .quote(words.to_string())
        .text(say(l, "letter-registration-question-next", site, about))
        .button(
            l.t("letter-registration-question-button"),
            site.link("/registration"),
        )
        .facts(about.name_it(l))
}

/// To the applicant: a partner now.
#[must_use]
pub fn approved(l: &L10n, site: &Site, about: &Facts) -> Letter {
    begin("registration-approved", l, site, about)
        .text(say(l, "letter-registration-approved-lead", site, about))
        .facts(about.name_it(l))
        .text(say(l, "letter-registration-approved-next", site, about))
        .button(l.t("letter-registration-approved-button"), site.link("/overview"))
}

/// To the applicant: declined, and why.
#[must_use]
pub fn rejected(l: &L10n, site: &Site, about: &Facts, reason: RejectionReason, words: &Words) -> Letter {
    begin("registration-rejected", l, site, about)
        .text(say(l, "letter-registration-rejected-lead", site, about))
        .text(l.t(reason.label()))
        .quote(words.to_string())
        .text(say(l, "letter-registration-rejected-next", site, about))
        .button(l.t("letter-registration-see"), site.link("/registration"))
        .facts(about.name_it(l))
}

/// To the applicant: it takes longer than promised.
#[must_use]
pub fn delayed(l: &L10n, site: &Site, about: &Facts) -> Letter {
    begin("registration-delayed", l, site, about)
        .text(say(l, "letter-registration-delayed-lead", site, about))
        .text(say(l, "letter-registration-delayed-next", site, about))
        .facts(about.name_it(l))
        .button(l.t("letter-registration-see"), site.link("/registration"))
}

/// To staff: a new case.
#[must_use]
pub fn new_case(l: &L10n, site: &Site, about: &Facts) -> Letter {
    to_staff("registration-new-case", l, site, about)
}

/// To whoever of the staff holds the case: the applicant answered.
#[must_use]
pub fn answered(l: &L10n, site: &Site, about: &Facts, words: &Words) -> Letter {
    begin("registration-answered", l, site, about)
        .text(say(l, "letter-registration-answered-lead", site, about))
        .quote(words.to_string())
        .facts(about.name_it_with_due(l))
        .button(l.t("letter-registration-case"), case_link(site, about))
}

/// To staff: little time is left.
#[must_use]
pub fn reminder(l: &L10n, site: &Site, about: &Facts) -> Letter {
    to_staff("registration-reminder", l, site, about)
}

/// To the leads: the deadline is missed.
#[must_use]
pub fn escalation(l: &L10n, site: &Site, about: &Facts) -> Letter {
    to_staff("registration-escalation", l, site, about)
}

fn to_staff(template: &'static str, l: &L10n, site: &Site, about: &Facts) -> Letter {
    begin(template, l, site, about)
        .text(say(l, &format!("letter-{template}-lead"), site, about))
        .facts(about.name_it_with_due(l))
        .button(l.t("letter-registration-case"), case_link(site, about))
}

fn case_link(site: &Site, about: &Facts) -> String {
    site.link(&format!("/staff/registrations/{}", about.id))
}

fn begin(template: &'static str, l: &L10n, site: &Site, about: &Facts) -> Letter {
    Letter::new(
        template,
        l,
        say(l, &format!("letter-{template}-subject"), site, about),
    )
}

fn say(l: &L10n, key: &str, site: &Site, about: &Facts) -> String {
    let arguments: [(&str, FluentValue<'_>); 5] = [
        ("provider", site.name.as_str().into()),
        ("reference", about.reference.as_str().into()),
        ("company", about.company.as_str().into()),
        ("due", l.date_time(about.due).into()),
        ("days", about.days.into()),
    ];
    l.with(key, arguments)
}
