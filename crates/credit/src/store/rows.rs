//! The rows, column by column as the migration describes them.

/// `credit_deposits`.
pub(super) mod deposit {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "credit_deposits")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub account_id: Uuid,
        pub amount: i64,
        pub currency: String,
        pub reference: String,
        pub reference_key: String,
        pub note: Option<String>,
        pub state: String,
        pub recorded_by: Uuid,
        pub recorded_at: i64,
        pub settled_by: Option<Uuid>,
        pub settled_at: Option<i64>,
        pub reason: Option<String>,
        pub transfer_id: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// `credit_usage`.
pub(super) mod usage {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "credit_usage")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub row_id: String,
        pub account_id: Uuid,
        pub amount: i64,
        pub currency: String,
        pub period: String,
        pub description: String,
        pub charged: i64,
        pub outstanding: i64,
        pub refunded: i64,
        pub imported_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// `credit_refunds`.
pub(super) mod refund {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "credit_refunds")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub order_key: String,
        pub usage_id: Uuid,
        pub credited: i64,
        pub waived: i64,
        pub currency: String,
        pub refunded_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// `credit_alerts`.
pub(super) mod alert {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "credit_alerts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: Uuid,
        pub id: Uuid,
        pub threshold: Option<i64>,
        pub told: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
