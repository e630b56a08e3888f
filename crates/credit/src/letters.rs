//! The emails about credit: to root users in their own language, to staff in each one's own.

mod previews;

use accounts::{account::Account, person::Person};
use kernel::{AccountId, DepositId, Money};
use platform::{
    L10n,
    i18n::FluentValue,
    mail::{Letter, Recipient},
    site::Site,
};

pub use previews::PREVIEWS;

/// What a letter tells of a movement.
#[derive(Clone, Debug)]
pub struct Moved {
    /// How much.
    pub amount: Money,
    /// The reader's balance after it.
    pub balance: Money,
    /// The other side's name; the payment's reference for a deposit, billing's row for a refund, the number of what was
    /// taken back for a reversal.
    pub other: String,
}

/// What a letter tells of a deposit that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Which.
    pub id: DepositId,
    /// Whose.
    pub account: String,
    /// How much.
    pub amount: Money,
    /// The payment's reference.
    pub reference: String,
    /// Who recorded it.
    pub recorded_by: String,
}

/// The root user of an account.
#[must_use]
pub(crate) fn root(account: &Account) -> Recipient {
    Recipient {
        address: account.root.email.clone(),
        account: Some(account.id),
    }
}

/// One of the staff, as the recipient of a letter about an account.
#[must_use]
pub(crate) fn staff(person: &Person, about: AccountId) -> Recipient {
    Recipient {
        address: person.email.clone(),
        account: Some(about),
    }
}

/// To an account: its payment is in its balance.
#[must_use]
pub fn deposit_posted(l: &L10n, site: &Site, moved: &Moved) -> Letter {
    begin("credit-deposit-posted", l, site, moved)
        .facts(moved.facts(l, "credit-reference"))
        .button(l.t("letter-credit-see"), site.link("/credit"))
}

/// To a partner: it topped a customer up.
#[must_use]
pub fn top_up_sent(l: &L10n, site: &Site, moved: &Moved) -> Letter {
    begin("credit-top-up-sent", l, site, moved)
        .facts(moved.facts(l, "credit-customer"))
        .text(say(l, "letter-credit-top-up-sent-next", site, moved))
        .button(l.t("letter-credit-see"), site.link("/credit"))
}

/// To a customer: its partner topped it up.
#[must_use]
pub fn top_up_received(l: &L10n, site: &Site, moved: &Moved) -> Letter {
    begin("credit-top-up-received", l, site, moved)
        .facts(moved.facts(l, "credit-partner"))
        .button(l.t("letter-credit-see"), site.link("/credit"))
}

/// To each account concerned: staff took a movement back.
#[must_use]
pub fn reversed(l: &L10n, site: &Site, moved: &Moved, reason: &str) -> Letter {
    begin("credit-reversed", l, site, moved)
        .quote(reason.to_owned())
        .facts(moved.facts(l, "credit-taken-back"))
        .button(l.t("letter-credit-see"), site.link("/credit"))
}

/// To an account: usage was refunded.
#[must_use]
pub fn refunded(l: &L10n, site: &Site, moved: &Moved, reason: &str) -> Letter {
    begin("credit-refunded", l, site, moved)
        .quote(reason.to_owned())
        .facts(moved.facts(l, "credit-usage-row"))
        .button(l.t("letter-credit-see"), site.link("/credit"))
}

/// To an account: its balance fell below the threshold. `partner` is who tops it up, where it is a partner's customer.
#[must_use]
pub fn low_balance(l: &L10n, site: &Site, balance: Money, threshold: Money, partner: Option<&str>) -> Letter {
    let moved = Moved {
        amount: threshold,
        balance,
        other: partner.unwrap_or_default().to_owned(),
    };
    let next = if partner.is_some() {
        "letter-credit-low-balance-partner"
    } else {
        "letter-credit-low-balance-next"
    };
    begin("credit-low-balance", l, site, &moved)
        .facts(vec![
            (l.t("credit-balance"), l.money(balance)),
            (l.t("credit-threshold"), l.money(threshold)),
        ])
        .text(say(l, next, site, &moved))
        .button(l.t("letter-credit-see"), site.link("/credit"))
}

/// To staff who may confirm: a deposit waits for a second person.
#[must_use]
pub fn deposit_waiting(l: &L10n, site: &Site, waiting: &Waiting) -> Letter {
    let arguments: [(&str, FluentValue<'_>); 3] = [
        ("account", waiting.account.as_str().into()),
        ("amount", l.money(waiting.amount).into()),
        ("name", waiting.recorded_by.as_str().into()),
    ];
    let say = |key: &str| l.with(key, arguments.clone());
    Letter::new(
        "credit-deposit-waiting",
        l,
        say("letter-credit-deposit-waiting-subject"),
    )
    .text(say("letter-credit-deposit-waiting-lead"))
    .facts(vec![
        (l.t("credit-account"), waiting.account.clone()),
        (l.t("credit-amount"), l.money(waiting.amount)),
        (l.t("credit-reference"), waiting.reference.clone()),
    ])
    .button(
        l.t("letter-credit-deposit-waiting-button"),
        site.link(&format!("/staff/credit/deposits/{}", waiting.id)),
    )
}

impl Moved {
    fn facts(&self, l: &L10n, other: &str) -> Vec<(String, String)> {
        vec![
            (l.t("credit-amount"), l.money(self.amount)),
            (l.t(other), self.other.clone()),
            (l.t("credit-balance-after"), l.money(self.balance)),
        ]
    }
}

fn begin(template: &'static str, l: &L10n, site: &Site, moved: &Moved) -> Letter {
    Letter::new(
        template,
        l,
        say(l, &format!("letter-{template}-subject"), site, moved),
    )
    .text(say(l, &format!("letter-{template}-lead"), site, moved))
}

fn say(l: &L10n, key: &str, site: &Site, moved: &Moved) -> String {
    let arguments: [(&str, FluentValue<'_>); 4] = [
        ("provider", site.name.as_str().into()),
        ("amount", l.money(moved.amount).into()),
        ("balance", l.money(moved.balance).into()),
        ("other", moved.other.as_str().into()),
    ];
    l.with(key, arguments)
}
