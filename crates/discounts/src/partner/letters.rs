//! The emails about partner discounts. Those to the partner are in the language of its root user, those to staff in each
//! one's own.

mod previews;

use accounts::{account::Account, person::Person, store::staff_who};
use catalogue::{PriceList, rules::Name};
use jiff::{Timestamp, civil::Date};
use kernel::{PartnerDiscountId, Percent, Words};
use platform::{L10n, Permission, i18n::FluentValue, mail::Letter, site::Site};
use sea_orm::{ConnectionTrait, DbErr};

use super::rules::{PartnerDiscount, differences};

pub use previews::PREVIEWS;

/// What the letters tell, apart from how: taken from a [`PartnerDiscount`], or made up for a preview.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The discount.
    pub id: PartnerDiscountId,
    /// What people call it by.
    pub reference: String,
    /// Whose it is.
    pub partner: String,
    /// The date that was asked for.
    pub asked_from: Date,
    /// By when staff decide, or should have.
    pub due: Timestamp,
    /// Within how many business days staff decide.
    pub days: u32,
    /// What was asked for and granted, by product.
    pub lines: Vec<Line>,
}

/// One product.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is called.
    pub name: Name,
    /// What was asked for.
    pub asked: Option<Percent>,
    /// What was granted.
    pub granted: Option<Percent>,
}

impl Facts {
    /// About a discount. Where nothing is to be decided, `due` is the time of the request and no letter tells it.
    #[must_use]
    pub fn of(discount: &PartnerDiscount, partner: &Account, products: &PriceList, days: u32) -> Self {
        let granted = discount.grant().map(|grant| &grant.terms.percents);
        let all = differences(Some(&discount.asked.percents), granted);
        let lines = products.lines().iter().filter_map(|line| {
            let found = all.iter().find(|found| found.product == line.product.id)?;
            Some(Line {
                name: line.product.name.clone(),
                asked: found.one,
                granted: found.other,
            })
        });
        Self {
            id: discount.id,
            reference: discount.reference(),
            partner: partner.display_name().to_owned(),
            asked_from: discount.asked.from,
            due: discount.due().unwrap_or(discount.asked_at),
            days,
            lines: lines.collect(),
        }
    }

    fn name_it(&self, l: &L10n) -> Vec<(String, String)> {
        vec![(l.t("partner-discount-reference"), self.reference.clone())]
    }

    /// What is asked for, from when.
    fn asked(&self, l: &L10n) -> Vec<(String, String)> {
        let mut facts = self.name_it(l);
        facts.push((
            l.t("partner-discount-effective-date"),
            l.long_date(self.asked_from),
        ));
        facts.extend(self.lines.iter().map(|line| {
            let name = line.name.in_language(l.language()).to_owned();
            (name, share(l, line.asked))
        }));
        facts
    }

    fn asked_with_due(&self, l: &L10n) -> Vec<(String, String)> {
        let mut facts = vec![
            (l.t("partner-discount-partner"), self.partner.clone()),
            (l.t("partner-discount-decision-by"), l.date_time(self.due)),
        ];
        facts.splice(0..0, self.name_it(l));
        facts.extend(self.asked(l).into_iter().skip(1));
        facts
    }

    /// What is granted, from when; beside it what was asked for, where that is something else.
    fn granted(&self, l: &L10n, from: Date) -> Vec<(String, String)> {
        let beside = |granted: String, asked: String| {
            if granted == asked {
                granted
            } else {
                l.t2(
                    "partner-discount-granted-instead",
                    "granted",
                    granted,
                    "asked",
                    asked,
                )
            }
        };
        let mut facts = self.name_it(l);
        let date = beside(l.long_date(from), l.long_date(self.asked_from));
        facts.push((l.t("partner-discount-effective-date"), date));
        facts.extend(self.lines.iter().map(|line| {
            let name = line.name.in_language(l.language()).to_owned();
            (name, beside(share(l, line.granted), share(l, line.asked)))
        }));
        facts
    }
}

/// A percentage, or that there is none.
fn share(l: &L10n, percent: Option<Percent>) -> String {
    percent.map_or_else(
        || l.t("partner-discount-no-percent"),
        |percent| l.percent(percent),
    )
}

/// To the partner: the request is being reviewed.
#[must_use]
pub fn under_review(l: &L10n, site: &Site, about: &Facts) -> Letter {
    begin("partner-discount-under-review", l, site, about)
        .text(say(l, "letter-partner-discount-under-review-lead", site, about))
        .facts(about.asked(l))
        .text(say(l, "letter-partner-discount-under-review-next", site, about))
        .button(l.t("letter-partner-discount-see"), link(site, about))
}

/// When a granted discount begins, and what it takes the place of.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// Its date.
    pub from: Date,
    /// The moment of the approval, where it begins with it.
    pub at_once: Option<Timestamp>,
    /// What people call the one by that had been approved before and had not begun.
    pub replaces: Option<String>,
    /// Why it differs from what was asked for.
    pub words: Option<Words>,
}

/// To the partner: granted, perhaps something else than was asked for.
#[must_use]
pub fn approved(l: &L10n, site: &Site, about: &Facts, changed: bool, beginning: &Beginning) -> Letter {
    let template = if changed {
        "partner-discount-changed"
    } else {
        "partner-discount-approved"
    };
    let mut letter = begin(template, l, site, about)
        .text(say(l, &format!("letter-{template}-lead"), site, about))
        .facts(about.granted(l, beginning.from));
    if let Some(words) = &beginning.words {
        letter = letter
            .text(l.t("letter-partner-discount-changed-why"))
            .quote(words.to_string());
    }
    letter = letter.text(match beginning.at_once {
        Some(at) => l.t1("letter-partner-discount-at-once", "at", l.date_time(at)),
        None => l.t1(
            "letter-partner-discount-begins",
            "date",
            l.long_date(beginning.from),
        ),
    });
    if let Some(reference) = &beginning.replaces {
        letter = letter.text(l.t1(
            "letter-partner-discount-replaces",
            "reference",
            reference.as_str(),
        ));
    }
    letter.button(l.t("letter-partner-discount-see"), link(site, about))
}

/// To the partner: declined, and why.
#[must_use]
pub fn rejected(l: &L10n, site: &Site, about: &Facts, words: &Words) -> Letter {
    begin("partner-discount-rejected", l, site, about)
        .text(say(l, "letter-partner-discount-rejected-lead", site, about))
        .quote(words.to_string())
        .text(say(l, "letter-partner-discount-rejected-next", site, about))
        .button(l.t("letter-partner-discount-see"), link(site, about))
        .facts(about.asked(l))
}

/// To the partner: in force from today on.
#[must_use]
pub fn activated(l: &L10n, site: &Site, about: &Facts, from: Date) -> Letter {
    let mut facts = about.name_it(l);
    facts.push((l.t("partner-discount-effective-date"), l.long_date(from)));
    let granted = about.lines.iter().filter(|line| line.granted.is_some());
    facts.extend(granted.map(|line| {
        let name = line.name.in_language(l.language()).to_owned();
        (name, share(l, line.granted))
    }));
    begin("partner-discount-activated", l, site, about)
        .text(say(l, "letter-partner-discount-activated-lead", site, about))
        .facts(facts)
        .button(l.t("letter-partner-discount-see"), link(site, about))
}

/// To the partner: it takes longer than promised.
#[must_use]
pub fn delayed(l: &L10n, site: &Site, about: &Facts) -> Letter {
    begin("partner-discount-delayed", l, site, about)
        .text(say(l, "letter-partner-discount-delayed-lead", site, about))
        .text(say(l, "letter-partner-discount-delayed-next", site, about))
        .facts(about.asked(l))
        .button(l.t("letter-partner-discount-see"), link(site, about))
}

/// To staff: a new request.
#[must_use]
pub fn new_case(l: &L10n, site: &Site, about: &Facts) -> Letter {
    to_staff("partner-discount-new-case", l, site, about)
}

/// To staff: little time is left.
#[must_use]
pub fn reminder(l: &L10n, site: &Site, about: &Facts) -> Letter {
    to_staff("partner-discount-reminder", l, site, about)
}

/// To staff: the deadline is missed.
#[must_use]
pub fn escalation(l: &L10n, site: &Site, about: &Facts) -> Letter {
    to_staff("partner-discount-escalation", l, site, about)
}

fn to_staff(template: &'static str, l: &L10n, site: &Site, about: &Facts) -> Letter {
    let case = site.link(&format!("/staff/discounts/{}", about.id));
    begin(template, l, site, about)
        .text(say(l, &format!("letter-{template}-lead"), site, about))
        .facts(about.asked_with_due(l))
        .button(l.t("letter-partner-discount-case"), case)
}

fn link(site: &Site, about: &Facts) -> String {
    site.link(&format!("/discounts/{}", about.id))
}

fn begin(template: &'static str, l: &L10n, site: &Site, about: &Facts) -> Letter {
    Letter::new(
        template,
        l,
        say(l, &format!("letter-{template}-subject"), site, about),
    )
}

fn say(l: &L10n, key: &str, site: &Site, about: &Facts) -> String {
    let arguments: [(&str, FluentValue<'_>); 5] = [
        ("provider", site.name.as_str().into()),
        ("reference", about.reference.as_str().into()),
        ("partner", about.partner.as_str().into()),
        ("due", l.date_time(about.due).into()),
        ("days", about.days.into()),
    ];
    l.with(key, arguments)
}

/// All of the staff who decide.
pub(crate) async fn deciders(db: &impl ConnectionTrait) -> Result<Vec<Person>, DbErr> {
    staff_who(db, Permission::DecideDiscounts).await
}
