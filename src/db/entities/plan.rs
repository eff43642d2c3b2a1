//! Hosting plans.

use super::shared::model;
use sea_orm::entity::prelude::*;

model! {
    [limits switches]
    #[sea_orm(table_name = "plans")]
    {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub owner_id: i64,
        pub name: String,
        #[sea_orm(column_type = "Text")]
        pub description: String,
        pub created_at: i64,
        pub updated_at: i64,
        pub version: i64,
    }
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
