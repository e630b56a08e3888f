//! A sample of each letter, for the preview page of staff.

use kernel::RegistrationId;
use platform::{L10n, mail::Preview};

use super::Facts;
use crate::rules::{RejectionReason, Words, reference};

/// Samples of the letters.
pub const PREVIEWS: &[Preview] = &[
    Preview {
        template: "registration-awaiting-approval",
        sample: |l, site| super::awaiting_approval(l, site, &facts()),
    },
    Preview {
        template: "registration-question",
        sample: |l, site| super::question(l, site, &facts(), &words(l, "question")),
    },
    Preview {
        template: "registration-approved",
        sample: |l, site| super::approved(l, site, &facts()),
    },
    Preview {
        template: "registration-rejected",
        sample: |l, site| {
            super::rejected(
                l,
                site,
                &facts(),
                RejectionReason::DetailsDoNotMatch,
                &words(l, "rejection"),
            )
        },
    },
    Preview {
        template: "registration-delayed",
        sample: |l, site| super::delayed(l, site, &facts()),
    },
    Preview {
        template: "registration-new-case",
        sample: |l, site| super::new_case(l, site, &facts()),
    },
    Preview {
        template: "registration-answered",
        sample: |l, site| super::answered(l, site, &facts(), &words(l, "answer")),
    },
    Preview {
        template: "registration-reminder",
        sample: |l, site| super::reminder(l, site, &facts()),
    },
    Preview {
        template: "registration-escalation",
        sample: |l, site| super::escalation(l, site, &facts()),
    },
];

fn facts() -> Facts {
    let id = RegistrationId(uuid::Uuid::from_u128(0x019a_b000_0000_7000_8000_0069_1d40_7a2c));
    Facts {
        id,
        reference: reference(id),
        company: "Công ty Cổ phần Sao Mai".to_owned(),
        // Thursday 26 November 2026, 09:41 in Hanoi.
        due: jiff::Timestamp::constant(1_795_660_860, 0),
        days: 3,
    }
}

fn words(l: &L10n, which: &str) -> Words {
    Words::stored(l.t(&format!("letter-registration-sample-{which}")))
}
