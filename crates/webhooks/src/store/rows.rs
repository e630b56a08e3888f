//! The rows, column by column.

#![expect(missing_docs, reason = "columns are described in the migration")]

/// Endpoints.
pub mod endpoint {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "webhook_endpoints")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub account_id: Option<Uuid>,
        pub url: String,
        pub description: String,
        pub kinds: Option<String>,
        pub secret: String,
        pub old_secret: Option<String>,
        pub old_secret_until: Option<i64>,
        pub disabled: Option<String>,
        pub disabled_at: Option<i64>,
        pub failing_since: Option<i64>,
        pub delivered_at: Option<i64>,
        pub version: i64,
        pub created_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Deliveries.
pub mod delivery {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "webhook_deliveries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub endpoint_id: Uuid,
        pub event_id: Uuid,
        pub seq: i64,
        pub kind: String,
        pub payload: String,
        pub state: String,
        pub attempts: i32,
        pub tries: i32,
        pub due_at: i64,
        pub status: Option<i32>,
        pub error: Option<String>,
        pub took: Option<i64>,
        pub created_at: i64,
        pub settled_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Attempts.
pub mod attempt {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "webhook_attempts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub delivery_id: Uuid,
        pub at: i64,
        pub signature: String,
        pub status: Option<i32>,
        pub error: Option<String>,
        pub excerpt: Option<String>,
        pub took: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
