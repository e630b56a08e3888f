//! What the provider grants the partner, and what the partner grants its customers.

use ::discounts::{
    customer::{
        rules::{Draft, Line, Period},
        service as customer_discounts,
    },
    partner::{
        rules::{Instead, PartnerDiscount, Percents, Terms, earliest},
        service::{self, Request},
    },
    price::Target,
};
use jiff::ToSpan;
use kernel::Percent;
use platform::actor::Caller;

use super::{
    super::{
        people::{Applicant, CUSTOMER, words},
        room,
    },
    Trade,
    customers::FOODS,
};
use crate::installation::StartError;

/// The price list of the sample.
const CATALOGUE: &str = include_str!("../../../../catalogue.sample.toml");

type Lines<'a> = &'a [(&'a str, &'a str)];

const FIRST: Lines<'_> = &[("vcpu", "5"), ("memory", "5"), ("block-ssd", "3")];
const SECOND: Lines<'_> = &[
    ("vcpu", "12.5"),
    ("memory", "12.5"),
    ("block-ssd", "8"),
    ("egress", "10"),
];
const SECOND_GRANTED: Lines<'_> = &[
    ("vcpu", "10"),
    ("memory", "10"),
    ("block-ssd", "8"),
    ("egress", "5"),
];
const THIRD: Lines<'_> = &[
    ("vcpu", "15"),
    ("memory", "15"),
    ("block-ssd", "10"),
    ("egress", "10"),
    ("gpu-l40s", "7.25"),
];

impl Trade<'_> {
    pub(super) async fn fill_catalogue(&self) -> Result<(), StartError> {
        let catalogue = &self.seed.installation.rooms.catalogue;
        let site = catalogue.app().site();
        let wanted = ::catalogue::file::read(
            "catalogue.sample.toml",
            CATALOGUE,
            &site.time_zone.0,
            site.currency,
        )?;
        ::catalogue::service::apply(catalogue, Caller::system(), wanted)
            .await
            .map_err(|error| room(&error))?;
        Ok(())
    }

    /// Granted as asked, and by now expired.
    pub(super) async fn ask_first_discount(&self) -> Result<(), StartError> {
        let asked = self
            .ask(
                FIRST,
                0,
                "Our first customers are coming from an on-premises data centre.",
            )
            .await?;
        self.seed.advance_hours(21);
        self.approve_discount(&asked, None).await
    }

    /// Granted with a change, and in force.
    pub(super) async fn ask_second_discount(&self) -> Result<(), StartError> {
        // The first began meanwhile.
        self.run_jobs("partner discount activation").await?;
        let asked = self
            .ask(SECOND, 2, "Volume has doubled since the summer.")
            .await?;
        self.seed.advance_hours(30);
        let why = "For virtual servers the programme ends at this percentage; we look at it again in spring.";
        self.approve_discount(&asked, Some((SECOND_GRANTED, why))).await
    }

    /// Granted, and to begin in some days.
    pub(super) async fn ask_third_discount(&self) -> Result<(), StartError> {
        self.run_jobs("partner discount activation").await?;
        let asked = self
            .ask(
                THIRD,
                12,
                "With the GPU servers that Gạo Việt will need next month.",
            )
            .await?;
        self.seed.advance_hours(26);
        self.approve_discount(&asked, None).await
    }

    /// Another partner's first, which waits for a decision.
    pub(in super::super) async fn another_asks(&self, other: &Applicant) -> Result<(), StartError> {
        self.ask_as(
            other,
            FIRST,
            3,
            "We move the web shops of two chains of stores this winter.",
        )
        .await
        .map(|_| ())
    }

    /// Asks for a discount from so many days after the earliest date.
    async fn ask(&self, lines: Lines<'_>, later: i64, note: &str) -> Result<PartnerDiscount, StartError> {
        self.ask_as(&self.partner, lines, later, note).await
    }

    async fn ask_as(
        &self,
        partner: &Applicant,
        lines: Lines<'_>,
        later: i64,
        note: &str,
    ) -> Result<PartnerDiscount, StartError> {
        let discounts = &self.seed.installation.rooms.discounts;
        let first = self.first_date()?;
        let from = first.checked_add(later.days()).map_err(|error| room(&error))?;
        let terms = Terms {
            percents: self.percents(lines).await?,
            from,
        };
        let request = Request {
            terms,
            note: Some(words(note)?),
        };
        service::ask(discounts, partner.caller(), request)
            .await
            .map_err(|error| room(&error))
    }

    /// One customer gets something off a whole group now, and more off one product later on; another gets more than the
    /// partner pays itself.
    pub(super) async fn grant_customers(&self) -> Result<(), StartError> {
        self.grant(
            CUSTOMER.0,
            Target::Group(self.group("compute").await?),
            "5",
            0,
            120,
        )
        .await?;
        let vcpu = self.product("vcpu").await?;
        self.grant(CUSTOMER.0, Target::Product(vcpu), "8", 45, 90).await?;
        let egress = self.product("egress").await?;
        self.grant(FOODS.0, Target::Product(egress), "7.5", 2, 30).await
    }

    /// Grants a discount from so many days after the earliest date, for so many days.
    async fn grant(
        &self,
        email: &str,
        on: Target,
        percent: &str,
        later: i64,
        days: i64,
    ) -> Result<(), StartError> {
        let discounts = &self.seed.installation.rooms.discounts;
        let first = self
            .first_date()?
            .checked_add(later.days())
            .map_err(|error| room(&error))?;
        let last = first.checked_add(days.days()).map_err(|error| room(&error))?;
        let draft = Draft {
            period: Period::new(first, last).map_err(|error| room(&error))?,
            lines: vec![Line {
                on,
                percent: percent.parse::<Percent>().map_err(|error| room(&error))?,
            }],
        };
        let customer = self.customer(email).await?;
        let partner = self.partner.account;
        customer_discounts::grant(discounts, self.partner.caller(), partner, customer, &draft, true)
            .await
            .map_err(|error| room(&error))?;
        Ok(())
    }

    /// The first date that a discount may begin on.
    fn first_date(&self) -> Result<jiff::civil::Date, StartError> {
        let discounts = &self.seed.installation.rooms.discounts;
        let now = discounts.app().clock().now();
        earliest(discounts.calendar(), discounts.config().days_ahead.get(), now).map_err(|error| room(&error))
    }

    async fn group(&self, code: &str) -> Result<kernel::GroupId, StartError> {
        let list = self.seed.installation.rooms.catalogue.prices().await?;
        let found = list.groups().iter().find(|group| group.code.as_str() == code);
        found
            .map(|group| group.id)
            .ok_or_else(|| room(&format!("the sample's catalogue has no group {code}")))
    }

    async fn product(&self, code: &str) -> Result<kernel::ProductId, StartError> {
        let list = self.seed.installation.rooms.catalogue.prices().await?;
        let code = code.parse::<::catalogue::Code>().map_err(|error| room(&error))?;
        list.by_code(&code)
            .map(|line| line.product.id)
            .ok_or_else(|| room(&format!("the sample's catalogue has no {code}")))
    }

    async fn approve_discount(
        &self,
        asked: &PartnerDiscount,
        changed: Option<(Lines<'_>, &str)>,
    ) -> Result<(), StartError> {
        let discounts = &self.seed.installation.rooms.discounts;
        let changed = match changed {
            Some((lines, why)) => Some(Instead {
                terms: Terms {
                    percents: self.percents(lines).await?,
                    from: asked.asked.from,
                },
                words: Some(words(why)?),
            }),
            None => None,
        };
        service::approve(discounts, self.lead.clone(), asked.id, changed)
            .await
            .map_err(|error| room(&error))?;
        Ok(())
    }

    async fn percents(&self, lines: Lines<'_>) -> Result<Percents, StartError> {
        let mut all = Vec::with_capacity(lines.len());
        for (code, percent) in lines {
            let percent = percent.parse::<Percent>().map_err(|error| room(&error))?;
            all.push((self.product(code).await?, percent));
        }
        Percents::new(all).map_err(|error| room(&error))
    }
}
