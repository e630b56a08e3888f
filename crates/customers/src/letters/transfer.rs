//! The emails about a transfer from partner to partner.

use accounts::person::Person;
use jiff::Timestamp;
use kernel::{AccountId, CustomerId, CustomerTransferId, Words};
use platform::{
    L10n,
    i18n::FluentValue,
    mail::{Letter, Recipient},
    secret::Token,
    site::Site,
};

use crate::rules::{Side, TransferState};

/// What the letters tell, apart from how.
#[derive(Clone, Debug)]
pub struct TransferFacts {
    /// The transfer.
    pub id: CustomerTransferId,
    /// The relation that it would end.
    pub relation: CustomerId,
    /// The customer's own name.
    pub customer: String,
    /// The customer's address.
    pub email: String,
    /// The partner whose customer it is.
    pub from: String,
    /// The partner whose customer it would be.
    pub to: String,
    /// Until when whoever is asked may answer; where nobody is, no letter tells it.
    pub until: Timestamp,
    /// Why, in words of staff.
    pub words: Words,
}

/// To the customer: what is proposed and why, what it means, and the link.
#[must_use]
pub fn ask(l: &L10n, site: &Site, about: &TransferFacts, link: &Token) -> Letter {
    begin("customers-transfer-ask", l, site, about)
        .text(say(l, "letter-customers-transfer-ask-lead", site, about))
        .quote(about.words.to_string())
        .text(say(l, "letter-customers-transfer-ask-meaning", site, about))
        .button(
            l.t("letter-customers-transfer-ask-button"),
            site.link(&format!("/transfer?token={}", link.expose())),
        )
        .text(say(l, "letter-customers-transfer-ask-next", site, about))
        .secret()
}

/// To the receiving partner: the customer agreed.
#[must_use]
pub fn offer(l: &L10n, site: &Site, about: &TransferFacts) -> Letter {
    begin("customers-transfer-offer", l, site, about)
        .text(say(l, "letter-customers-transfer-offer-lead", site, about))
        .quote(about.words.to_string())
        .text(say(l, "letter-customers-transfer-offer-next", site, about))
        .button(
            l.t("letter-customers-transfer-offer-button"),
            site.link(&format!("/customers/transfers/{}", about.id)),
        )
}

/// To the customer: it is the receiving partner's now.
#[must_use]
pub fn moved(l: &L10n, site: &Site, about: &TransferFacts) -> Letter {
    to_customer("customers-transfer-done", l, site, about)
}

/// To the customer that agreed: it stays where it is.
#[must_use]
pub fn off(l: &L10n, site: &Site, about: &TransferFacts) -> Letter {
    to_customer("customers-transfer-off", l, site, about)
}

/// To the partner that had the customer, which it calls `name`. Where the customer went is not its to know.
#[must_use]
pub fn left(l: &L10n, site: &Site, about: &TransferFacts, name: &str) -> Letter {
    let about = TransferFacts {
        customer: name.to_owned(),
        ..about.clone()
    };
    begin("customers-transfer-left", l, site, &about)
        .text(say(l, "letter-customers-transfer-left-lead", site, &about))
        .text(say(l, "letter-customers-transfer-left-next", site, &about))
        .facts(vec![
            (l.t("customers-name"), about.customer.clone()),
            (l.t("customers-email"), about.email.clone()),
        ])
        .button(
            l.t("letter-customers-see"),
            site.link(&format!("/customers/{}", about.relation)),
        )
}

/// What came of a proposal, where whoever proposed it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Both agreed.
    Moved,
    /// One of the two declined.
    Declined(Side),
    /// One of the two did not answer.
    Expired(Side),
    /// The relation ended in another way.
    Lapsed,
}

impl Outcome {
    /// Of a transfer that stands so. Nothing while it is open, or where staff took it back.
    #[must_use]
    pub fn of(state: &TransferState) -> Option<Self> {
        match state {
            TransferState::Done { .. } => Some(Self::Moved),
            TransferState::Declined { side, .. } => Some(Self::Declined(*side)),
            TransferState::Expired { side, .. } => Some(Self::Expired(*side)),
            TransferState::Lapsed { .. } => Some(Self::Lapsed),
            TransferState::AwaitingCustomer { .. }
            | TransferState::AwaitingPartner { .. }
            | TransferState::Withdrawn { .. } => None,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Moved => "done",
            Self::Declined(Side::Customer) => "declined-customer",
            Self::Declined(Side::Partner) => "declined-partner",
            Self::Expired(Side::Customer) => "expired-customer",
            Self::Expired(Side::Partner) => "expired-partner",
            Self::Lapsed => "lapsed",
        }
    }
}

/// To whoever of the staff proposed it: what came of it.
#[must_use]
pub fn outcome(l: &L10n, site: &Site, about: &TransferFacts, came: Outcome) -> Letter {
    let key = format!("letter-customers-transfer-outcome-{}", came.key());
    begin("customers-transfer-outcome", l, site, about)
        .text(say(l, &key, site, about))
        .facts(vec![
            (l.t("customers-name"), about.customer.clone()),
            (l.t("customers-email"), about.email.clone()),
            (l.t("customers-transfer-from"), about.from.clone()),
            (l.t("customers-transfer-to"), about.to.clone()),
        ])
        .button(
            l.t("letter-customers-case"),
            site.link(&format!("/staff/customers/{}", about.relation)),
        )
}

/// One of the staff, about a customer's account.
#[must_use]
pub(crate) fn to_staff(person: &Person, account: AccountId) -> Recipient {
    Recipient {
        address: person.email.clone(),
        account: Some(account),
    }
}

fn to_customer(template: &'static str, l: &L10n, site: &Site, about: &TransferFacts) -> Letter {
    begin(template, l, site, about)
        .text(say(l, &format!("letter-{template}-lead"), site, about))
        .text(say(l, &format!("letter-{template}-next"), site, about))
        .button(l.t("letter-customers-own"), site.link("/partner"))
}

fn begin(template: &'static str, l: &L10n, site: &Site, about: &TransferFacts) -> Letter {
    let subject = say(l, &format!("letter-{template}-subject"), site, about);
    Letter::new(template, l, subject)
}

fn say(l: &L10n, key: &str, site: &Site, about: &TransferFacts) -> String {
    let arguments: [(&str, FluentValue<'_>); 6] = [
        ("provider", site.name.as_str().into()),
        ("customer", about.customer.as_str().into()),
        ("email", about.email.as_str().into()),
        ("from", about.from.as_str().into()),
        ("to", about.to.as_str().into()),
        ("until", l.date_time(about.until).into()),
    ];
    l.with(key, arguments)
}
