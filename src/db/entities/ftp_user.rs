//! FTP users.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ftp_users")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub customer_id: i64,
    pub username: String,
    pub password_hash: String,
    pub uid: i64,
    pub gid: i64,
    pub home_dir: String,
    pub shell: String,
    pub login_enabled: bool,
    pub is_default: bool,
    pub description: String,
    pub created_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
