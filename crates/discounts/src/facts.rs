//! The facts that the question of a price is answered from, and the answer for one product.

use std::sync::Arc;

use catalogue::Line;
use customers::directory::{self, Tenure};
use jiff::Timestamp;
use kernel::AccountId;
use platform::Partnership;
use sea_orm::DbErr;

use crate::{
    Discounts,
    customer::store,
    price::{Answer, CustomerTerm, Item, PartnerTerm, price},
};

/// All that takes something off an account's prices, at any time.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The account.
    account: AccountId,
    /// What the account is now.
    pub partnership: Partnership,
    /// From whom it buys: itself since it is a partner, or the partners whose customer it is and was.
    sellers: Vec<Tenure>,
    /// What the provider takes off for each of these, while the account buys from it.
    pub purchase: Vec<PartnerTerm>,
    /// What each of these takes off for the account, while it buys from it.
    pub granted: Vec<CustomerTerm>,
}

impl Terms {
    /// What the account is or was in the partner programme at a moment.
    #[must_use]
    pub fn partnership_at(&self, at: Timestamp) -> Partnership {
        match self.sellers.iter().find(|seller| seller.holds(at)) {
            Some(seller) if seller.partner == self.account => Partnership::Partner,
            Some(seller) => Partnership::CustomerOf(seller.partner),
            None => Partnership::None,
        }
    }
}

impl Discounts {
    /// What takes something off the prices of an account; nothing where there is no such account. It may be a second
    /// old where another process changed it: for showing, not for deciding.
    pub async fn terms(&self, account: AccountId) -> Result<Option<Arc<Terms>>, DbErr> {
        let about = |terms: &Terms| {
            let sellers = terms.sellers.iter().map(|seller| seller.partner.into());
            sellers.chain([account.into()]).collect()
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
    let mut sellers = directory::tenures_of(db, &account).await?;
    sellers.extend(account.partner_since.map(|since| Tenure {
        partner: id,
        from: since,
        until: None,
    }));
    let (mut purchase, mut granted) = (Vec::new(), Vec::new());
    for seller in &sellers {
        let paid = crate::partner::store::terms(db, seller.partner).await?;
        purchase.extend(paid.into_iter().filter_map(|term| term.within(seller)));
        if seller.partner == id {
            // Nobody grants oneself anything.
            continue;
        }
        let given = store::terms(db, id, seller.partner).await?;
        granted.extend(given.into_iter().filter_map(|term| term.within(seller)));
    }
    Ok(Some(Terms {
        account: id,
        partnership: account.partnership(),
        sellers,
        purchase,
        granted,
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
    price(&item(line), partner, customer, at)
}

/// A product of the list as one whose price is asked for.
#[must_use]
pub fn item(line: &Line) -> Item<'_> {
    Item {
        product: line.product.id,
        group: line.product.group,
        public: &line.prices,
    }
}
