//! `customer_discounts`, column by column as the migration describes them.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_discounts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub partner_id: Uuid,
    pub customer_id: Uuid,
    pub group_id: Option<Uuid>,
    pub product_id: Option<Uuid>,
    pub percent: i32,
    pub first_day: String,
    pub last_day: String,
    pub from_at: i64,
    pub until_at: i64,
    pub granted_at: i64,
    pub withdrawn_at: Option<i64>,
    pub ended_at: Option<i64>,
    pub ended_how: Option<String>,
    pub activated_at: Option<i64>,
    pub expired_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "accounts::store::rows::account::Entity",
        from = "Column::CustomerId",
        to = "accounts::store::rows::account::Column::Id"
    )]
    Customer,
}

impl Related<accounts::store::rows::account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Customer.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
