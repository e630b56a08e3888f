//! The business of the sample's partner: its team, its customers, what the provider grants it and what it grants them.
//! Told in chapters, each so many days ago, through the same use cases as in the portal.

mod credit;
mod customers;
mod discounts;
mod team;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use platform::{
    actor::{Actor, Caller},
    mail::outbox,
    secret::Token,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{
    people::{Applicant, Seed},
    room,
};
use crate::installation::StartError;

/// Who follows a link without having signed in.
const VISITOR: Caller = Caller {
    actor: Actor::Visitor,
    origin: None,
};

/// How many days ago usage is reported.
const USAGE: i64 = 30;

/// What happens, and how many days ago.
const CHAPTERS: [(i64, Chapter); 15] = [
    (57, Chapter::Catalogue),
    (56, Chapter::Team),
    (55, Chapter::FirstDiscount),
    (53, Chapter::FirstCustomers),
    (47, Chapter::FirstCredit),
    (45, Chapter::NewCustomer),
    (38, Chapter::OneLeaves),
    (34, Chapter::SecondDiscount),
    (USAGE, Chapter::Usage),
    (28, Chapter::Refund),
    (26, Chapter::CustomerDiscounts),
    (9, Chapter::MoreCredit),
    (6, Chapter::ThirdDiscount),
    (2, Chapter::Transfer),
    (1, Chapter::Yesterday),
];

#[derive(Clone, Copy)]
enum Chapter {
    Catalogue,
    Team,
    FirstDiscount,
    FirstCustomers,
    FirstCredit,
    NewCustomer,
    OneLeaves,
    SecondDiscount,
    Usage,
    Refund,
    CustomerDiscounts,
    MoreCredit,
    ThirdDiscount,
    Transfer,
    Yesterday,
}

/// The partner's story, as far as it was told.
pub(super) struct Trade<'a> {
    seed: &'a Seed<'a>,
    partner: Applicant,
    reviewer: Caller,
    lead: Caller,
    /// The month that usage is reported for, as `YYYY-MM`: the one before it is.
    period: String,
    told: usize,
}

impl<'a> Trade<'a> {
    pub(super) fn begin(seed: &'a Seed<'a>, partner: Applicant, reviewer: Caller, lead: Caller) -> Self {
        Self {
            seed,
            partner,
            reviewer,
            lead,
            period: month_before(Timestamp::now() - SignedDuration::from_hours(24 * USAGE)),
            told: 0,
        }
    }

    /// Tells what happened more than so many days ago and is not told yet.
    pub(super) async fn until(&mut self, days: i64) -> Result<(), StartError> {
        while let Some((ago, chapter)) = CHAPTERS.get(self.told).filter(|(ago, _)| *ago > days) {
            self.seed
                .advance_to(Timestamp::now() - SignedDuration::from_hours(24 * ago));
            self.tell(*chapter).await?;
            self.told += 1;
        }
        Ok(())
    }

    async fn tell(&self, chapter: Chapter) -> Result<(), StartError> {
        match chapter {
            Chapter::Catalogue => self.fill_catalogue().await,
            Chapter::Team => self.invite_colleagues().await,
            Chapter::FirstDiscount => self.ask_first_discount().await,
            Chapter::FirstCustomers => self.invite_first_customers().await,
            Chapter::FirstCredit => self.receive_first_credit().await,
            Chapter::NewCustomer => self.welcome_newcomer().await,
            Chapter::OneLeaves => self.part_with_one().await,
            Chapter::SecondDiscount => self.ask_second_discount().await,
            Chapter::Usage => self.use_some().await,
            Chapter::Refund => self.refund_one().await,
            Chapter::CustomerDiscounts => self.grant_customers().await,
            Chapter::MoreCredit => self.receive_more_credit().await,
            Chapter::ThirdDiscount => self.ask_third_discount().await,
            Chapter::Transfer => self.propose_transfer().await,
            Chapter::Yesterday => self.invite_newest_customers().await,
        }
    }

    /// The token of the link in the newest letter to an address, where its reader would find it.
    async fn link(&self, to: &str, path: &str) -> Result<Token, StartError> {
        let app = &self.seed.installation.app;
        let db = app.db().read();
        let letters = outbox::row::Entity::find()
            .filter(outbox::row::Column::Recipient.contains(to))
            .order_by_desc(outbox::row::Column::Id)
            .all(db)
            .await?;
        let start = format!("{path}?token=");
        let token = letters.iter().find_map(|letter| {
            let body = outbox::laid_out(app, letter).ok()??;
            let (_, rest) = body.text.split_once(&start)?;
            rest.split_whitespace().next().map(Token::presented)
        });
        token.ok_or_else(|| room(&format!("no letter to {to} has a link to {path}")))
    }

    /// Lets what is due happen: a discount begins, a deadline passes.
    async fn run_jobs(&self, name: &str) -> Result<(), StartError> {
        for job in &self.seed.installation.jobs {
            if job.name() == name {
                job.run().await.map_err(|error| room(&error))?;
            }
        }
        Ok(())
    }
}

/// The month before the one of this moment, as `YYYY-MM`.
fn month_before(at: Timestamp) -> String {
    let first = at.to_zoned(TimeZone::UTC).date().first_of_month();
    // The calendar begins long before.
    let before = first.yesterday().unwrap_or(first);
    before.strftime("%Y-%m").to_string()
}
