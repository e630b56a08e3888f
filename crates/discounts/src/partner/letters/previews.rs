//! A sample of each letter, for the preview page of staff.

use catalogue::rules::Name;
use jiff::{Timestamp, civil::date};
use kernel::{PartnerDiscountId, Percent, Words};
use platform::mail::Preview;
use uuid::Uuid;

use super::{Beginning, Facts, Line};

/// Samples of the letters.
pub const PREVIEWS: &[Preview] = &[
    Preview {
        template: "partner-discount-under-review",
        sample: |l, site| super::under_review(l, site, &facts(None)),
    },
    Preview {
        template: "partner-discount-approved",
        sample: |l, site| super::approved(l, site, &facts(Some(1250)), false, &beginning(None)),
    },
    Preview {
        template: "partner-discount-changed",
        sample: |l, site| {
            let beginning = Beginning {
                words: Some(Words::stored(l.t("letter-partner-discount-sample-changes"))),
                ..beginning(Some("PD-0A1B-2C3D"))
            };
            super::approved(l, site, &facts(Some(1000)), true, &beginning)
        },
    },
    Preview {
        template: "partner-discount-rejected",
        sample: |l, site| {
            let words = Words::stored(l.t("letter-partner-discount-sample-rejection"));
            super::rejected(l, site, &facts(None), &words)
        },
    },
    Preview {
        template: "partner-discount-activated",
        sample: |l, site| super::activated(l, site, &facts(Some(1250)), date(2026, 12, 1)),
    },
    Preview {
        template: "partner-discount-delayed",
        sample: |l, site| super::delayed(l, site, &facts(None)),
    },
    Preview {
        template: "partner-discount-new-case",
        sample: |l, site| super::new_case(l, site, &facts(None)),
    },
    Preview {
        template: "partner-discount-reminder",
        sample: |l, site| super::reminder(l, site, &facts(None)),
    },
    Preview {
        template: "partner-discount-escalation",
        sample: |l, site| super::escalation(l, site, &facts(None)),
    },
];

fn facts(granted: Option<u16>) -> Facts {
    let id = PartnerDiscountId(Uuid::from_u128(0x019a_b000_0000_7000_8000_0069_1d40_7a2c));
    let percent = |hundredths| Percent::from_hundredths(hundredths).ok();
    let line = |en: &str, vi: &str, asked, granted: Option<u16>| Line {
        name: Name {
            en: en.to_owned(),
            vi: vi.to_owned(),
        },
        asked: percent(asked),
        granted: granted.and_then(percent),
    };
    Facts {
        id,
        reference: kernel::reference("PD", id),
        partner: "Công ty Cổ phần Sao Mai".to_owned(),
        asked_from: date(2026, 12, 1),
        // Thursday 26 November 2026, 09:41 in Hanoi.
        due: Timestamp::constant(1_795_660_860, 0),
        days: 3,
        lines: vec![
            line("Virtual server", "Máy chủ ảo", 1250, granted),
            line("Object storage", "Lưu trữ đối tượng", 800, granted.map(|_| 800)),
        ],
    }
}

fn beginning(replaces: Option<&str>) -> Beginning {
    Beginning {
        from: date(2026, 12, 1),
        at_once: None,
        replaces: replaces.map(str::to_owned),
        words: None,
    }
}
