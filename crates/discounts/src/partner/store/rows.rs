//! The rows, column by column as the migration describes them.

/// `partner_discounts`.
pub mod discount {
    #![expect(missing_docs, reason = "columns are described in the migration")]
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "partner_discounts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub account_id: Uuid,
        pub state: String,
        pub asked_at: i64,
        pub asked_from: String,
        pub note: Option<String>,
        pub due_at: i64,
        pub remind_at: Option<i64>,
        pub reminded_at: Option<i64>,
        pub escalated_at: Option<i64>,
        pub settled_at: Option<i64>,
        pub decided_by: Option<Uuid>,
        pub words: Option<String>,
        pub granted_from: Option<String>,
        pub starts_at: Option<i64>,
        pub ended_at: Option<i64>,
        pub ended_by: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// `partner_discount_lines`.
pub mod line {
    #![expect(missing_docs, reason = "columns are described in the migration")]
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "partner_discount_lines")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub discount_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub product_id: Uuid,
        pub asked: Option<i32>,
        pub granted: Option<i32>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
