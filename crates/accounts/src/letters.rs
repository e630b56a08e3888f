//! The letters of this room.

use jiff::SignedDuration;
use platform::{
    i18n::L10n,
    mail::{Letter, Preview},
    site::Site,
};

use crate::account::Class;

/// Samples of the letters, for the preview page.
pub const PREVIEWS: &[Preview] = &[
    Preview {
        template: VERIFICATION,
        sample: |l, site| verification(l, site, "sample", SignedDuration::from_hours(24)),
    },
    Preview {
        template: ALREADY_REGISTERED,
        sample: already_registered,
    },
    Preview {
        template: WELCOME,
        sample: |l, site| welcome(l, site, "Trần Thị Lan", "lan@example.com", &Class::Individual),
    },
];

/// The kinds of letters.
pub const LETTERS: [&str; 3] = [VERIFICATION, ALREADY_REGISTERED, WELCOME];

const VERIFICATION: &str = "verification";
const ALREADY_REGISTERED: &str = "already-registered";
const WELCOME: &str = "welcome";

/// The link that proves the mailbox and leads to the second form.
#[must_use]
pub fn verification(l: &L10n, site: &Site, token: &str, life: SignedDuration) -> Letter {
    let provider = site.name.as_str();
    Letter::new(
        VERIFICATION,
        l,
        l.t1("letter-verification-subject", "provider", provider),
    )
    .text(l.t1("letter-verification-lead", "provider", provider))
    .button(
        l.t("letter-verification-button"),
        site.link(&format!("/sign-up/complete?token={token}")),
    )
    .text(l.t1("letter-verification-life", "hours", life.as_hours()))
    .text(l.t("letter-verification-not-you"))
    .secret()
}

/// To the mailbox of an account, when somebody signs up with its address.
#[must_use]
pub fn already_registered(l: &L10n, site: &Site) -> Letter {
    let provider = site.name.as_str();
    Letter::new(
        ALREADY_REGISTERED,
        l,
        l.t1("letter-already-registered-subject", "provider", provider),
    )
    .text(l.t1("letter-already-registered-lead", "provider", provider))
    .button(l.t("sign-in"), site.link("/sign-in?to=/overview"))
    .text(l.t("letter-already-registered-forgotten"))
    .button(l.t("letter-already-registered-reset"), site.link("/forgotten"))
    .text(l.t("letter-verification-not-you"))
}

/// Confirms the new account.
#[must_use]
pub fn welcome(l: &L10n, site: &Site, name: &str, email: &str, class: &Class) -> Letter {
    let provider = site.name.as_str();
    let mut facts = vec![
        (l.t("accounts-email"), email.to_owned()),
        (
            l.t("accounts-class"),
            l.t(&format!("accounts-class-{}", class.as_str())),
        ),
    ];
    if let Class::Enterprise(company) = class {
        facts.push((l.t("accounts-legal-name"), company.legal_name.clone()));
        facts.push((l.t("accounts-tax-code"), company.tax_code.to_string()));
    }
    Letter::new(WELCOME, l, l.t1("letter-welcome-subject", "provider", provider))
        .text(l.t2(
            "letter-welcome-lead",
            "provider",
            provider,
            "name",
            name.to_owned(),
        ))
        .facts(facts)
        .button(l.t("sign-in"), site.link("/sign-in?to=/overview"))
        .text(l.t1("letter-welcome-next", "provider", provider))
}
