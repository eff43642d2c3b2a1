//! Sources of sign-ins to an account, with their failed attempts.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_sources")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub login_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    pub failures: i64,
    pub locks: i64,
    pub last_failed_at: Option<i64>,
    pub last_success_at: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
