//! The rows, column by column as the migrations describe them.

/// `customers`.
pub mod customer {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "customers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub partner_id: Uuid,
        pub email: String,
        pub name: String,
        pub name_key: Vec<u8>,
        pub search_key: String,
        pub role: String,
        pub language: String,
        pub invited_at: i64,
        pub sent_at: i64,
        pub token_hash: Option<String>,
        pub state: String,
        pub account_id: Option<Uuid>,
        pub expires_at: Option<i64>,
        pub confirmed_at: Option<i64>,
        pub due_at: Option<i64>,
        pub remind_at: Option<i64>,
        pub reminded_at: Option<i64>,
        pub escalated_at: Option<i64>,
        pub active_since: Option<i64>,
        pub decided_by: Option<Uuid>,
        pub settled_at: Option<i64>,
        pub words: Option<String>,
        pub unmet: Option<String>,
        pub cause: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// `customer_transfers`.
pub mod transfer {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "customer_transfers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub relation_id: Uuid,
        pub account_id: Uuid,
        pub from_id: Uuid,
        pub to_id: Uuid,
        pub opened_by: Uuid,
        pub opened_at: i64,
        pub words: String,
        pub token_hash: String,
        pub offered_at: Option<i64>,
        pub state: String,
        pub expires_at: Option<i64>,
        pub settled_at: Option<i64>,
        pub side: Option<String>,
        pub withdrawn_by: Option<Uuid>,
        pub next_id: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
