//! Logins of admins and customers.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "logins")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name_key: String,
    pub kind: String,
    pub password_hash: String,
    pub failed_count: i64,
    pub last_failed_at: Option<i64>,
    pub last_sign_in_at: Option<i64>,
    pub password_changed_at: Option<i64>,
    pub password_version: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
