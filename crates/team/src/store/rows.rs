//! The rows, column by column as the migration describes them.
#![expect(
    unreachable_pub,
    reason = "the derived entities need public items, the rows are for this room alone"
)]

/// `team_invitations`.
pub(crate) mod invitation {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "team_invitations")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub account_id: Uuid,
        pub email: String,
        pub user_name: String,
        pub name: String,
        pub language: String,
        pub grants: String,
        pub invited_at: i64,
        pub sent_at: i64,
        pub expires_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
