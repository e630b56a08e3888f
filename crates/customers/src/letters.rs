//! The emails between partner, customer and staff. Those to the invited address are in the language that the partner chose,
//! all others in the reader's own.

mod previews;
mod transfer;

use accounts::{account::Account, person::Person};
use jiff::Timestamp;
use kernel::{CustomerId, Words};
use platform::{
    L10n,
    i18n::FluentValue,
    mail::{Letter, Recipient},
    secret::Token,
    site::Site,
};

use crate::rules::{Condition, Customer, State};

pub use previews::PREVIEWS;
pub(crate) use transfer::to_staff;
pub use transfer::{Outcome, TransferFacts, ask, left, moved, off, offer, outcome};

/// What the letters tell, apart from how: taken from a [`Customer`], or made up for a preview.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The relation.
    pub id: CustomerId,
    /// The partner's name.
    pub partner: String,
    /// What the partner calls the customer.
    pub name: String,
    /// The invited address.
    pub email: String,
    /// Until when the link works, or by when staff decide.
    pub until: Timestamp,
    /// Within how many business days staff decide.
    pub days: u32,
}

impl Facts {
    /// About a relation. Where no clock runs, `until` is the time of the invitation and no letter tells it.
    #[must_use]
    pub fn of(customer: &Customer, partner: &str, days: u32) -> Self {
        let until = match customer.state {
            State::AwaitingCustomer { expires_at } => expires_at,
            State::AwaitingApproval { due, .. } => due,
            _ => customer.invited_at,
        };
        Self {
            id: customer.id,
            partner: partner.to_owned(),
            name: customer.name.to_string(),
            email: customer.email.to_string(),
            until,
            days,
        }
    }

    fn name_it(&self, l: &L10n) -> Vec<(String, String)> {
        vec![
            (l.t("customers-name"), self.name.clone()),
            (l.t("customers-email"), self.email.clone()),
        ]
    }
}

/// To the invited address: who invites, what it means, and the link. `again` where it is not the first.
#[must_use]
pub fn invitation(l: &L10n, site: &Site, about: &Facts, link: &Token, again: bool) -> Letter {
    let template = if again {
        "customers-invitation-again"
    } else {
        "customers-invitation"
    };
    begin(template, l, site, about)
        .text(say(l, &format!("letter-{template}-lead"), site, about))
        .text(say(l, "letter-customers-invitation-meaning", site, about))
        .button(
            l.t("letter-customers-invitation-button"),
            site.link(&format!("/invitation?token={}", link.expose())),
        )
        .text(say(l, "letter-customers-invitation-next", site, about))
        .secret()
}

/// To the customer: staff decide, since it is new to the provider.
#[must_use]
pub fn awaiting_approval(l: &L10n, site: &Site, about: &Facts) -> Letter {
    to_customer("customers-awaiting-approval", l, site, about)
}

/// To the customer: it is the partner's now.
#[must_use]
pub fn joined(l: &L10n, site: &Site, about: &Facts) -> Letter {
    to_customer("customers-joined", l, site, about)
}

/// To the customer: not approved, and why.
#[must_use]
pub fn rejected(l: &L10n, site: &Site, about: &Facts, words: &Words) -> Letter {
    begin("customers-rejected", l, site, about)
        .text(say(l, "letter-customers-rejected-lead", site, about))
        .quote(words.to_string())
        .text(say(l, "letter-customers-rejected-next", site, about))
        .button(l.t("letter-customers-own-past"), site.link("/partner"))
}

/// To the customer who awaits approval: the partner took the invitation back.
#[must_use]
pub fn withdrawn(l: &L10n, site: &Site, about: &Facts) -> Letter {
    to_former("customers-withdrawn", l, site, about)
}

/// To the customer: the partner ended it.
#[must_use]
pub fn ended(l: &L10n, site: &Site, about: &Facts) -> Letter {
    to_former("customers-ended", l, site, about)
}

/// To the partner: the customer confirmed. `awaits` where staff are to decide first.
#[must_use]
pub fn confirmed(l: &L10n, site: &Site, about: &Facts, awaits: bool) -> Letter {
    let next = if awaits {
        "letter-customers-confirmed-awaits"
    } else {
        "letter-customers-confirmed-active"
    };
    to_partner(
        "customers-confirmed",
        l,
        site,
        about,
        &[say(l, next, site, about)],
    )
}

/// To the partner: declined. `unmet` is what the customer let it know.
#[must_use]
pub fn declined(l: &L10n, site: &Site, about: &Facts, unmet: &[Condition]) -> Letter {
    let mut more = Vec::new();
    if !unmet.is_empty() {
        more.push(l.t("letter-customers-declined-unmet"));
        more.extend(unmet.iter().map(|condition| {
            let provider: [(&str, FluentValue<'_>); 1] = [("provider", site.name.as_str().into())];
            format!("– {}", l.with(&condition.label(), provider))
        }));
    }
    to_partner("customers-declined", l, site, about, &more)
}

/// To the partner: nobody answered in time.
#[must_use]
pub fn expired(l: &L10n, site: &Site, about: &Facts) -> Letter {
    to_partner("customers-expired", l, site, about, &[])
}

/// To the partner: staff's decision takes longer than promised.
#[must_use]
pub fn delayed(l: &L10n, site: &Site, about: &Facts) -> Letter {
    let next = say(l, "letter-customers-delayed-next", site, about);
    to_partner("customers-delayed", l, site, about, &[next])
}

/// To the customer: the same.
#[must_use]
pub fn own_delayed(l: &L10n, site: &Site, about: &Facts) -> Letter {
    to_customer("customers-own-delayed", l, site, about)
}

/// To the partner: staff approved.
#[must_use]
pub fn approved(l: &L10n, site: &Site, about: &Facts) -> Letter {
    to_partner("customers-approved", l, site, about, &[])
}

/// To the partner: staff did not approve, and why.
#[must_use]
pub fn refused(l: &L10n, site: &Site, about: &Facts, words: &Words) -> Letter {
    begin("customers-refused", l, site, about)
        .text(say(l, "letter-customers-refused-lead", site, about))
        .quote(words.to_string())
        .facts(about.name_it(l))
        .button(l.t("letter-customers-see"), partner_link(site, about))
}

/// To staff: a customer awaits approval.
#[must_use]
pub fn new_case(l: &L10n, site: &Site, about: &Facts) -> Letter {
    for_staff("customers-new-case", l, site, about)
}

/// To staff: little time is left.
#[must_use]
pub fn reminder(l: &L10n, site: &Site, about: &Facts) -> Letter {
    for_staff("customers-reminder", l, site, about)
}

/// To the leads: the deadline is missed.
#[must_use]
pub fn escalation(l: &L10n, site: &Site, about: &Facts) -> Letter {
    for_staff("customers-escalation", l, site, about)
}

/// The root user of an account, about itself.
#[must_use]
pub(crate) fn root_of(account: &Account) -> Recipient {
    Recipient {
        address: account.root.email.clone(),
        account: Some(account.id),
    }
}

/// Whoever was invited. It may have no account, so the letter is found at the partner's.
#[must_use]
pub(crate) fn invited(customer: &Customer) -> Recipient {
    Recipient {
        address: customer.email.clone(),
        account: Some(customer.partner),
    }
}

/// One of the staff.
#[must_use]
pub(crate) fn staff(person: &Person, about: &Customer) -> Recipient {
    Recipient {
        address: person.email.clone(),
        account: Some(about.partner),
    }
}

fn to_customer(template: &'static str, l: &L10n, site: &Site, about: &Facts) -> Letter {
    told(template, l, site, about).button(l.t("letter-customers-own"), site.link("/partner"))
}

/// To whoever has no partner now.
fn to_former(template: &'static str, l: &L10n, site: &Site, about: &Facts) -> Letter {
    told(template, l, site, about).button(l.t("letter-customers-own-past"), site.link("/partner"))
}

fn told(template: &'static str, l: &L10n, site: &Site, about: &Facts) -> Letter {
    begin(template, l, site, about)
        .text(say(l, &format!("letter-{template}-lead"), site, about))
        .text(say(l, &format!("letter-{template}-next"), site, about))
}

fn to_partner(template: &'static str, l: &L10n, site: &Site, about: &Facts, more: &[String]) -> Letter {
    let lead = begin(template, l, site, about).text(say(l, &format!("letter-{template}-lead"), site, about));
    more.iter()
        .cloned()
        .fold(lead, Letter::text)
        .facts(about.name_it(l))
        .button(l.t("letter-customers-see"), partner_link(site, about))
}

fn for_staff(template: &'static str, l: &L10n, site: &Site, about: &Facts) -> Letter {
    let mut facts = about.name_it(l);
    facts.push((l.t("customers-partner"), about.partner.clone()));
    facts.push((l.t("customers-decision-by"), l.date_time(about.until)));
    begin(template, l, site, about)
        .text(say(l, &format!("letter-{template}-lead"), site, about))
        .facts(facts)
        .button(
            l.t("letter-customers-case"),
            site.link(&format!("/staff/customers/{}", about.id)),
        )
}

fn partner_link(site: &Site, about: &Facts) -> String {
    site.link(&format!("/customers/{}", about.id))
}

fn begin(template: &'static str, l: &L10n, site: &Site, about: &Facts) -> Letter {
    let subject = say(l, &format!("letter-{template}-subject"), site, about);
    Letter::new(template, l, subject)
}

fn say(l: &L10n, key: &str, site: &Site, about: &Facts) -> String {
    let arguments: [(&str, FluentValue<'_>); 6] = [
        ("provider", site.name.as_str().into()),
        ("partner", about.partner.as_str().into()),
        ("name", about.name.as_str().into()),
        ("email", about.email.as_str().into()),
        ("until", l.date_time(about.until).into()),
        ("days", about.days.into()),
    ];
    l.with(key, arguments)
}
