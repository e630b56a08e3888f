//! Customer discounts in the reader's words.

use catalogue::PriceList;
use kernel::money::PercentError;
use platform::L10n;

use super::rules::{Mistake, Period, PeriodError, Refused};
use crate::price::Target;

/// What people call a product or a group.
pub(crate) fn name_of(l: &L10n, list: &PriceList, on: Target) -> String {
    let language = l.language();
    match on {
        Target::Product(id) => list
            .product(id)
            .map_or("–", |line| line.product.name.in_language(language))
            .to_owned(),
        Target::Group(id) => {
            let name = list
                .group(id)
                .map_or("–", |group| group.name.in_language(language));
            l.t1("customer-discount-whole-group", "group", name.to_owned())
        }
    }
}

/// "1 December 2026 – 30 November 2027".
pub(super) fn days(l: &L10n, period: Period) -> String {
    if period.first() == period.last() {
        return l.date(period.first());
    }
    l.t2(
        "customer-discount-days",
        "first",
        l.date(period.first()),
        "last",
        l.date(period.last()),
    )
}

/// A mistake of a draft.
pub(super) fn in_words(l: &L10n, mistake: Mistake) -> String {
    match mistake {
        Mistake::TooSoon(date) => l.t1("customer-discount-too-soon", "date", l.date(date)),
        Mistake::Nothing => l.t("customer-discount-nothing"),
        Mistake::Twice(_) => l.t("customer-discount-twice"),
        Mistake::Unknown(_) => l.t("customer-discount-unknown"),
        Mistake::Overlaps(_, period) => l.t1("customer-discount-overlaps", "days", days(l, period)),
    }
}

/// The message that tells why two days make no period.
pub(super) fn period_told(error: PeriodError) -> &'static str {
    match error {
        PeriodError::Backwards => "customer-discount-backwards",
        PeriodError::TooFar => "customer-discount-too-far",
    }
}

/// The message that tells why a text is no percentage.
pub(crate) fn percent_told(error: PercentError) -> &'static str {
    match error {
        PercentError::NotANumber => "customer-discount-percent-no-number",
        PercentError::TooFine => "customer-discount-percent-too-fine",
        PercentError::OutOfRange => "customer-discount-percent-range",
    }
}

/// The messages (`…-title`, `…-text`) that tell why something cannot be done with a discount.
pub(super) fn standing_told(refused: Refused) -> &'static str {
    match refused {
        Refused::Begun => "customer-discount-begun",
        Refused::NotBegun => "customer-discount-not-begun",
        Refused::EndsToday => "customer-discount-ends-today",
        Refused::Over => "customer-discount-over",
    }
}
