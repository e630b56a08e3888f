//! The facts that the question of a price is answered from, and the answer for one product.

use std::sync::Arc;

use catalogue::Line;
use jiff::Timestamp;
use kernel::AccountId;
use platform::Partnership;
use sea_orm::DbErr;

use crate::{
    Discounts,
    customer::{rules::CustomerDiscount, store},
    price::{Answer, CustomerTerm, Item, PartnerTerm, price},
};

/// All that takes something off an account's prices, at any time.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// What the account is.
    pub partnership: Partnership,
    /// What the provider takes off for the partner: the account itself, or the one whose customer it is.
    pub partner: Vec<PartnerTerm>,
    /// What the account's partner takes off for it, and what partners before did, each with whose it is.
    granted: Vec<(AccountId, CustomerTerm)>,
}

impl Terms {
    /// What partners take off; of one partner alone where it asks, for what another granted is none of its business.
    #[must_use]
    pub fn granted(&self, by: Option<AccountId>) -> Vec<CustomerTerm> {
        let of =
            |(whose, term): &(AccountId, CustomerTerm)| by.is_none_or(|by| by == *whose).then_some(*term);
        self.granted.iter().filter_map(of).collect()
    }
}

impl Discounts {
    /// What takes something off the prices of an account; nothing where there is no such account. It may be a second
    /// old where another process changed it: for showing, not for deciding.
    pub async fn terms(&self, account: AccountId) -> Result<Option<Arc<Terms>>, DbErr> {
        let about = |terms: &Terms| {
            let partner = match terms.partnership {
                Partnership::CustomerOf(partner) => Some(partner.into()),
                Partnership::Partner | Partnership::None => None,
            };
            partner.into_iter().chain([account.into()]).collect()
        };
        self.kept_terms()
            .get(self.app(), account, about, async || read(self, account).await)
            .await
    }
}

async fn read(room: &Discounts, id: AccountId) -> Result<Option<Terms>, DbErr> {
    let db = room.app().db().read();
    let Some(account) = accounts::store::account(db, id).await? else {
        return Ok(None);
    };
    let (partnership, payer) = match (account.partner_since, account.managed_by) {
        (Some(_), _) => (Partnership::Partner, Some(id)),
        (None, Some(partner)) => (Partnership::CustomerOf(partner), Some(partner)),
        (None, None) => (Partnership::None, None),
    };
    let partner = match payer {
        Some(payer) => crate::partner::store::terms(db, payer).await?,
        None => Vec::new(),
    };
    let all = store::of_customer(db, id, None).await?;
    let term = |discount: &CustomerDiscount| Some((discount.partner, discount.term()?));
    Ok(Some(Terms {
        partnership,
        partner,
        granted: all.iter().filter_map(term).collect(),
    }))
}

/// What a product costs, by these facts.
#[must_use]
pub fn of_line(
    line: &Line,
    partner: &[PartnerTerm],
    customer: &[CustomerTerm],
    at: Timestamp,
) -> Option<Answer> {
    let item = Item {
        product: line.product.id,
        group: line.product.group,
        public: &line.prices,
    };
    price(&item, partner, customer, at)
}
