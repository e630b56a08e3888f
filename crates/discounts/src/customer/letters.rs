//! The emails to a customer about what its partner grants it, in the customer's own language.

use catalogue::PriceList;
use jiff::civil::Date;
use kernel::Percent;
use platform::{
    L10n,
    i18n::FluentValue,
    mail::{Letter, Preview},
    site::Site,
};

use super::{
    rules::{CustomerDiscount, Period},
    words::name_of,
};

/// What the letters tell, apart from how.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The partner's name.
    pub partner: String,
    /// On which days.
    pub period: Period,
    /// What is taken off what, as the reader names it.
    pub lines: Vec<(String, Percent)>,
}

impl Facts {
    /// About discounts of the same days.
    #[must_use]
    pub fn of<'a>(
        l: &L10n,
        partner: &str,
        list: &PriceList,
        period: Period,
        discounts: impl IntoIterator<Item = &'a CustomerDiscount>,
    ) -> Self {
        let lines = discounts
            .into_iter()
            .map(|discount| (name_of(l, list, discount.on), discount.percent));
        Self {
            partner: partner.to_owned(),
            period,
            lines: lines.collect(),
        }
    }

    fn lines(&self, l: &L10n) -> Vec<(String, String)> {
        let percent = |(name, percent): &(String, Percent)| (name.clone(), l.percent(*percent));
        self.lines.iter().map(percent).collect()
    }
}

/// Something is granted.
#[must_use]
pub fn granted(l: &L10n, site: &Site, about: &Facts) -> Letter {
    letter("customer-discount-granted", l, site, about)
}

/// It was taken back before it began.
#[must_use]
pub fn withdrawn(l: &L10n, site: &Site, about: &Facts) -> Letter {
    letter("customer-discount-withdrawn", l, site, about)
}

/// It ends earlier than agreed.
#[must_use]
pub fn ended(l: &L10n, site: &Site, about: &Facts) -> Letter {
    letter("customer-discount-ended", l, site, about)
}

fn letter(template: &'static str, l: &L10n, site: &Site, about: &Facts) -> Letter {
    let say = |key: &str| {
        let arguments: [(&str, FluentValue<'_>); 4] = [
            ("provider", site.name.as_str().into()),
            ("partner", about.partner.as_str().into()),
            ("first", l.date(about.period.first()).into()),
            ("last", l.date(about.period.last()).into()),
        ];
        l.with(key, arguments)
    };
    Letter::new(template, l, say(&format!("letter-{template}-subject")))
        .text(say(&format!("letter-{template}-lead")))
        .facts(about.lines(l))
        .button(l.t("letter-customer-discount-button"), site.link("/prices"))
}

/// Samples of the letters.
pub const PREVIEWS: &[Preview] = &[
    Preview {
        template: "customer-discount-granted",
        sample: |l, site| granted(l, site, &made_up(l)),
    },
    Preview {
        template: "customer-discount-withdrawn",
        sample: |l, site| withdrawn(l, site, &made_up(l)),
    },
    Preview {
        template: "customer-discount-ended",
        sample: |l, site| ended(l, site, &made_up(l)),
    },
];

fn made_up(l: &L10n) -> Facts {
    let day = Date::constant;
    let period = Period::new(day(2026, 12, 1), day(2027, 11, 30));
    Facts {
        partner: l.t("customer-discount-sample-partner"),
        period: period.expect("a year has days"),
        lines: vec![
            (
                l.t("customer-discount-sample-product"),
                Percent::from_hundredths(1250).unwrap_or_default(),
            ),
            (
                l.t("customer-discount-sample-other"),
                Percent::from_hundredths(500).unwrap_or_default(),
            ),
        ],
    }
}
