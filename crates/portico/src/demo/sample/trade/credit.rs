//! Its credit: payments, top-ups, usage.

use ::credit::{
    rules::Reference,
    service::{self, Recorded, Refunding, Row, TopUp},
    store::usage,
};
use kernel::{AccountId, DepositId, Money};
use ledger::Key;

use super::{
    super::{
        people::{CUSTOMER, words},
        room,
    },
    Trade,
    customers::FOODS,
};
use crate::installation::StartError;

impl Trade<'_> {
    /// A payment above the limit, so that a second person confirmed it, and what the partner did with it.
    pub(super) async fn receive_first_credit(&self) -> Result<(), StartError> {
        let waiting = self.record(180_000_000, "FT26283041177").await?;
        self.seed.advance_hours(2);
        service::confirm(&self.seed.installation.rooms.credit, self.lead.clone(), waiting)
            .await
            .map_err(|error| room(&error))?;
        self.seed.advance_hours(5);
        self.top_up(CUSTOMER.0, 24_000_000).await?;
        self.top_up(FOODS.0, 60_000_000).await?;
        service::set_alert(
            &self.seed.installation.rooms.credit,
            self.partner.caller(),
            self.partner.account,
            Some(self.money(20_000_000)),
        )
        .await
        .map_err(|error| room(&error))
    }

    /// What billing reported of a month.
    pub(super) async fn use_some(&self) -> Result<(), StartError> {
        let mut rows = Vec::new();
        for (email, short, lines) in [
            (
                CUSTOMER.0,
                "hs",
                [("vCPU", 7_412_400), ("Block storage, SSD", 2_080_000)],
            ),
            (
                FOODS.0,
                "gv",
                [("vCPU", 21_190_500), ("Outgoing traffic", 4_930_000)],
            ),
        ] {
            let account = self.customer(email).await?;
            for (number, (description, amount)) in lines.into_iter().enumerate() {
                rows.push(Row {
                    row: format!("{}-{short}-{number}", self.period),
                    account,
                    amount: self.money(amount),
                    period: self.period.clone(),
                    description: description.to_owned(),
                });
            }
        }
        service::import(&self.seed.installation.rooms.credit, self.lead.clone(), &rows).await?;
        Ok(())
    }

    /// Billing counted traffic twice: staff give it back.
    pub(super) async fn refund_one(&self) -> Result<(), StartError> {
        let credit = &self.seed.installation.rooms.credit;
        let row = format!("{}-gv-1", self.period);
        let found = usage::by_row(credit.app().db().read(), &[&row]).await?;
        let used = found
            .get(&row)
            .ok_or_else(|| room(&format!("billing did not report {row}")))?;
        let wanted = Refunding {
            usage: used.id,
            amount: self.money(1_230_000),
            reason: words("Lưu lượng ngày 14 bị tính hai lần.")?,
            key: Key::from(credit.app().new_id()),
        };
        service::refund(credit, self.lead.clone(), wanted)
            .await
            .map_err(|error| room(&error))?;
        Ok(())
    }

    /// A small payment, in the balance at once; and one that still waits for a second person.
    pub(super) async fn receive_more_credit(&self) -> Result<(), StartError> {
        self.record(15_000_000, "FT26320990023").await?;
        self.seed.advance_hours(20);
        self.top_up(CUSTOMER.0, 12_500_000).await?;
        self.record(95_000_000, "FT26321004518").await?;
        Ok(())
    }

    async fn record(&self, amount: i64, reference: &str) -> Result<DepositId, StartError> {
        let credit = &self.seed.installation.rooms.credit;
        let new = Recorded {
            id: credit.app().new_id().into(),
            account: self.partner.account,
            amount: self.money(amount),
            reference: Reference::parse(reference).map_err(|error| room(&error))?,
            note: None,
        };
        let deposit = service::record(credit, self.reviewer.clone(), new)
            .await
            .map_err(|error| room(&error))?;
        Ok(deposit.id)
    }

    async fn top_up(&self, email: &str, amount: i64) -> Result<(), StartError> {
        let credit = &self.seed.installation.rooms.credit;
        let wanted = TopUp {
            partner: self.partner.account,
            customer: self.customer(email).await?,
            amount: self.money(amount),
            key: Key::from(credit.app().new_id()),
        };
        service::top_up(credit, self.partner.caller(), wanted)
            .await
            .map_err(|error| room(&error))?;
        Ok(())
    }

    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.seed.installation.rooms.credit.currency())
    }

    /// The account of an active customer.
    pub(super) async fn customer(&self, email: &str) -> Result<AccountId, StartError> {
        let db = self.seed.installation.app.db().read();
        let active = ::customers::directory::active(db, self.partner.account).await?;
        active
            .iter()
            .find(|customer| customer.email.as_str() == email)
            .map(|customer| customer.account)
            .ok_or_else(|| room(&format!("{email} is no active customer of the sample's partner")))
    }
}
