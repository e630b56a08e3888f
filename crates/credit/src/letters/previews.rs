//! A sample of each letter, for the preview page of staff.

use kernel::Money;
use platform::{L10n, mail::Preview, site::Site};
use uuid::Uuid;

use super::{Moved, Waiting};
use crate::service::reference;

/// Samples of the letters.
pub const PREVIEWS: &[Preview] = &[
    Preview {
        template: "credit-deposit-posted",
        sample: |l, site| super::deposit_posted(l, site, &moved(site, "FT 26330-4471")),
    },
    Preview {
        template: "credit-top-up-sent",
        sample: |l, site| super::top_up_sent(l, site, &moved(site, "Công ty TNHH Bình Minh")),
    },
    Preview {
        template: "credit-top-up-received",
        sample: |l, site| super::top_up_received(l, site, &moved(site, "Công ty Cổ phần Sao Mai")),
    },
    Preview {
        template: "credit-reversed",
        sample: |l, site| {
            let id = Uuid::from_u128(0x019a_b000_0000_7000_8000_0069_1d40_7a2c);
            super::reversed(l, site, &moved(site, &reference(id.into())), &reason(l))
        },
    },
    Preview {
        template: "credit-refunded",
        sample: |l, site| super::refunded(l, site, &moved(site, "2026-10/vserver/7731"), &reason(l)),
    },
    Preview {
        template: "credit-low-balance",
        sample: |l, site| {
            super::low_balance(
                l,
                site,
                money(site, 420_000),
                money(site, 1_000_000),
                Some("Công ty Cổ phần Sao Mai"),
            )
        },
    },
    Preview {
        template: "credit-deposit-waiting",
        sample: |l, site| super::deposit_waiting(l, site, &waiting(site)),
    },
];

fn money(site: &Site, minor: i64) -> Money {
    Money::new(minor, site.currency)
}

fn moved(site: &Site, other: &str) -> Moved {
    Moved {
        amount: money(site, 25_000_000),
        balance: money(site, 140_500_000),
        other: other.to_owned(),
    }
}

fn waiting(site: &Site) -> Waiting {
    Waiting {
        id: Uuid::from_u128(0x019a_b000_0000_7000_8000_0069_1d40_7a2c).into(),
        account: "Công ty Cổ phần Sao Mai".to_owned(),
        amount: money(site, 750_000_000),
        reference: "FT 26330-4471".to_owned(),
        recorded_by: "Trần Thị Lan".to_owned(),
    }
}

fn reason(l: &L10n) -> String {
    l.t("letter-credit-sample-reason")
}
