//! The tables, and what their rows mean.

use kernel::{Currency, Money};
use platform::{db::corrupt, event::time};
use sea_orm::{ActiveValue::Set, DbErr};
use uuid::Uuid;

use crate::rules::{Account, Key, Kind, Receipt, Standing, Transfer};

/// Ledger accounts.
pub mod account {
    #![expect(missing_docs, reason = "columns are described in the migration")]
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ledger_accounts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub currency: String,
        pub balance: i64,
        pub entries: i64,
        pub latest_at: i64,
        pub opened_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Transfers.
pub mod transfer {
    #![expect(missing_docs, reason = "columns are described in the migration")]
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ledger_transfers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub at: i64,
        pub kind: String,
        pub from_id: Uuid,
        pub to_id: Uuid,
        pub currency: String,
        pub amount: i64,
        pub from_number: i64,
        pub to_number: i64,
        pub idempotency_key: String,
        pub reference: String,
        pub reverses: Option<Uuid>,
        pub actor: String,
        pub origin: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Entries.
pub mod entry {
    #![expect(missing_docs, reason = "columns are described in the migration")]
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ledger_entries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub currency: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        pub at: i64,
        pub transfer_id: Uuid,
        pub amount: i64,
        pub balance_after: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A currency as it was stored.
pub(crate) fn currency(code: &str) -> Result<Currency, DbErr> {
    code.parse()
        .map_err(|error: kernel::money::UnknownCurrency| DbErr::Custom(error.to_string()))
}

impl transfer::Model {
    /// The transfer of a row.
    pub fn transfer(self) -> Result<Transfer, DbErr> {
        let unreadable = |what: &str| corrupt("transfer", self.id, what);
        Ok(Transfer {
            id: self.id.into(),
            at: time(self.at),
            kind: Kind::named(&self.kind).ok_or_else(|| unreadable(&self.kind))?,
            from: self.from_id.into(),
            to: self.to_id.into(),
            amount: Money::new(self.amount, currency(&self.currency)?),
            actor: serde_json::from_str(&self.actor).map_err(|error| unreadable(&error.to_string()))?,
            key: Key::stored(self.idempotency_key),
            reference: self.reference,
            reverses: self.reverses.map(Into::into),
            origin: self.origin,
        })
    }

    /// The row of a transfer that was just posted.
    pub(crate) fn posted(receipt: &Receipt) -> Result<transfer::ActiveModel, DbErr> {
        let transfer = &receipt.transfer;
        let actor =
            serde_json::to_string(&transfer.actor).map_err(|error| DbErr::Custom(error.to_string()))?;
        Ok(transfer::ActiveModel {
            id: Set(transfer.id.into()),
            at: Set(transfer.at.as_millisecond()),
            kind: Set(transfer.kind.as_str().to_owned()),
            from_id: Set(transfer.from.id()),
            to_id: Set(transfer.to.id()),
            currency: Set(transfer.amount.currency().code().to_owned()),
            amount: Set(transfer.amount.minor()),
            from_number: Set(receipt.from.number),
            to_number: Set(receipt.to.number),
            idempotency_key: Set(transfer.key.as_str().to_owned()),
            reference: Set(transfer.reference.clone()),
            reverses: Set(transfer.reverses.map(Uuid::from)),
            actor: Set(actor),
            origin: Set(transfer.origin.clone()),
        })
    }
}

impl entry::Model {
    /// What the entry says of its account.
    pub(crate) fn standing(&self) -> Result<Standing, DbErr> {
        let currency = currency(&self.currency)?;
        Ok(Standing {
            account: Account::from(self.account_id),
            number: self.number,
            before: Money::new(self.balance_after.wrapping_sub(self.amount), currency),
            balance: Money::new(self.balance_after, currency),
        })
    }

    /// The two rows of a transfer that was just posted.
    pub(crate) fn posted(receipt: &Receipt) -> [entry::ActiveModel; 2] {
        let transfer = &receipt.transfer;
        let row = |standing: &Standing, amount: i64| entry::ActiveModel {
            account_id: Set(standing.account.id()),
            currency: Set(transfer.amount.currency().code().to_owned()),
            number: Set(standing.number),
            at: Set(transfer.at.as_millisecond()),
            transfer_id: Set(transfer.id.into()),
            amount: Set(amount),
            balance_after: Set(standing.balance.minor()),
        };
        let amount = transfer.amount.minor();
        [row(&receipt.from, -amount), row(&receipt.to, amount)]
    }
}
