//! The rows, column by column as the migration describes them.

/// `registrations`.
pub mod registration {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "registrations")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub reference: String,
        pub account_id: Uuid,
        pub state: String,
        pub language: String,
        pub submitted_at: i64,
        pub legal_name: String,
        pub country: String,
        pub tax_code: String,
        pub email: String,
        pub search_key: String,
        pub terms_version: String,
        pub terms_hash: String,
        pub terms_language: String,
        pub terms_at: i64,
        pub terms_origin: Option<String>,
        pub terms_user_id: Uuid,
        pub terms_person: String,
        pub reviewer_id: Option<Uuid>,
        pub deadline: Option<String>,
        pub due_at: Option<i64>,
        pub remind_at: Option<i64>,
        pub question: Option<String>,
        pub reminded_at: Option<i64>,
        pub escalated_at: Option<i64>,
        pub settled_at: Option<i64>,
        pub decided_by: Option<Uuid>,
        pub reason: Option<String>,
        pub words: Option<String>,
        pub private_note: Option<String>,
        pub words_indexed: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// `registration_words`.
pub mod registration_word {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "registration_words")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub registration_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub word: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// `accepted_texts`.
pub mod accepted_text {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "accepted_texts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        pub version: String,
        pub language: String,
        pub body: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
