//! A sample of each letter, for the preview page of staff.

use kernel::{CustomerId, CustomerTransferId, Words};
use platform::{L10n, mail::Preview, secret::Token};

use super::{Facts, Outcome, TransferFacts};
use crate::rules::Condition;

/// Samples of the letters.
pub const PREVIEWS: &[Preview] = &[
    Preview {
        template: "customers-invitation",
        sample: |l, site| super::invitation(l, site, &facts(), &link(), false),
    },
    Preview {
        template: "customers-invitation-again",
        sample: |l, site| super::invitation(l, site, &facts(), &link(), true),
    },
    Preview {
        template: "customers-awaiting-approval",
        sample: |l, site| super::awaiting_approval(l, site, &facts()),
    },
    Preview {
        template: "customers-joined",
        sample: |l, site| super::joined(l, site, &facts()),
    },
    Preview {
        template: "customers-rejected",
        sample: |l, site| super::rejected(l, site, &facts(), &words(l)),
    },
    Preview {
        template: "customers-withdrawn",
        sample: |l, site| super::withdrawn(l, site, &facts()),
    },
    Preview {
        template: "customers-ended",
        sample: |l, site| super::ended(l, site, &facts()),
    },
    Preview {
        template: "customers-confirmed",
        sample: |l, site| super::confirmed(l, site, &facts(), true),
    },
    Preview {
        template: "customers-declined",
        sample: |l, site| super::declined(l, site, &facts(), &[Condition::NoServices, Condition::Prepaid]),
    },
    Preview {
        template: "customers-expired",
        sample: |l, site| super::expired(l, site, &facts()),
    },
    Preview {
        template: "customers-delayed",
        sample: |l, site| super::delayed(l, site, &facts()),
    },
    Preview {
        template: "customers-own-delayed",
        sample: |l, site| super::own_delayed(l, site, &facts()),
    },
    Preview {
        template: "customers-approved",
        sample: |l, site| super::approved(l, site, &facts()),
    },
    Preview {
        template: "customers-refused",
        sample: |l, site| super::refused(l, site, &facts(), &words(l)),
    },
    Preview {
        template: "customers-new-case",
        sample: |l, site| super::new_case(l, site, &facts()),
    },
    Preview {
        template: "customers-reminder",
        sample: |l, site| super::reminder(l, site, &facts()),
    },
    Preview {
        template: "customers-escalation",
        sample: |l, site| super::escalation(l, site, &facts()),
    },
    Preview {
        template: "customers-transfer-ask",
        sample: |l, site| super::ask(l, site, &transfer(l), &link()),
    },
    Preview {
        template: "customers-transfer-offer",
        sample: |l, site| super::offer(l, site, &transfer(l)),
    },
    Preview {
        template: "customers-transfer-done",
        sample: |l, site| super::moved(l, site, &transfer(l)),
    },
    Preview {
        template: "customers-transfer-off",
        sample: |l, site| super::off(l, site, &transfer(l)),
    },
    Preview {
        template: "customers-transfer-left",
        sample: |l, site| super::left(l, site, &transfer(l), "Hoa Sen Retail"),
    },
    Preview {
        template: "customers-transfer-outcome",
        sample: |l, site| super::outcome(l, site, &transfer(l), Outcome::Moved),
    },
];

fn facts() -> Facts {
    Facts {
        id: CustomerId(uuid::Uuid::from_u128(0x019a_b000_0000_7000_8000_0069_1d40_7a2c)),
        partner: "Công ty Cổ phần Sao Mai".to_owned(),
        name: "Hoa Sen Retail".to_owned(),
        email: "lien@hoasen.example".to_owned(),
        // Thursday 10 December 2026, 09:41 in Hanoi.
        until: jiff::Timestamp::constant(1_796_870_460, 0),
        days: 3,
    }
}

fn transfer(l: &L10n) -> TransferFacts {
    let of = facts();
    TransferFacts {
        id: CustomerTransferId(uuid::Uuid::from_u128(0x019a_b000_0000_7000_8000_0069_1d40_7a2d)),
        relation: of.id,
        customer: of.name,
        email: of.email,
        from: of.partner,
        to: "Công ty TNHH Bình Minh".to_owned(),
        until: of.until,
        words: Words::stored(l.t("letter-customers-transfer-sample-words")),
    }
}

fn link() -> Token {
    Token::presented("sample")
}

fn words(l: &L10n) -> Words {
    Words::stored(l.t("letter-customers-sample-words"))
}
