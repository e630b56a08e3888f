//! Who may top whom up.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use accounts::account::Account;
use async_trait::async_trait;
use kernel::AccountId;
use ledger::Guard;
use platform::db::Tx;
use sea_orm::DbErr;

/// That the one is the other's customer, and may be topped up by it.
#[derive(Clone, Copy, Debug)]
pub struct Relation {
    pub(super) partner: AccountId,
    pub(super) customer: AccountId,
}

/// Admits top-ups of active customers by their own partners.
#[derive(Clone, Copy, Debug)]
pub struct Managed;

/// A partner and its customer, of whose top-up is told.
#[derive(Clone, Debug)]
pub struct Parties {
    pub(super) partner: Arc<Account>,
    pub(super) customer: Arc<Account>,
    /// As the partner calls the customer.
    pub(super) called: String,
}

/// Why a top-up is not admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The account is no active customer of that partner (any more).
    #[error("the account is no active customer of the partner")]
    NotCustomer,
}

#[async_trait]
impl Guard for Managed {
    type Condition = Relation;
    type Leave = Parties;
    type Refusal = Refusal;

    /// Four queries for the batch. The customers' rows stay locked, so that no relation ends in between.
    async fn admit(&self, tx: &Tx, relations: &[&Relation]) -> Result<Vec<Result<Parties, Refusal>>, DbErr> {
        let customers: BTreeSet<AccountId> = relations.iter().map(|relation| relation.customer).collect();
        let partners = accounts::store::hold_managers(tx, &customers).await?;
        let both = partners
            .iter()
            .flat_map(|(customer, partner)| [*customer, *partner]);
        let accounts = accounts::store::accounts(tx, &both.collect()).await?;
        let found = Found {
            partners,
            accounts: accounts
                .into_iter()
                .map(|(id, account)| (id, Arc::new(account)))
                .collect(),
            names: customers::directory::names(tx, &customers).await?,
        };
        let leave = |relation: &&Relation| found.parties(**relation).ok_or(Refusal::NotCustomer);
        Ok(relations.iter().map(leave).collect())
    }
}

/// What a batch is about.
struct Found {
    /// The customers' partners.
    partners: HashMap<AccountId, AccountId>,
    accounts: HashMap<AccountId, Arc<Account>>,
    /// What customers are called, and by whom.
    names: HashMap<AccountId, (AccountId, String)>,
}

impl Found {
    /// Both, if the one is the other's customer. One that was taken over from the provider's list has no name of the
    /// partner's, but its own.
    fn parties(&self, Relation { partner, customer }: Relation) -> Option<Parties> {
        if self.partners.get(&customer) != Some(&partner) {
            return None;
        }
        let account = self.accounts.get(&customer)?.clone();
        let named = self.names.get(&customer).filter(|(by, _)| *by == partner);
        Some(Parties {
            partner: self.accounts.get(&partner)?.clone(),
            called: named.map_or_else(|| account.display_name().to_owned(), |(_, name)| name.clone()),
            customer: account,
        })
    }
}
