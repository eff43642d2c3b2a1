//! MySQL servers.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mysql_servers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub name: String,
    pub host: String,
    pub port: i32,
    pub created_at: i64,
    #[sea_orm(column_type = "Text", nullable)]
    pub sealed_admin_url: Option<String>,
    pub access_hosts: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
