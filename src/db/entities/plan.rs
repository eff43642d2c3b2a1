//! Hosting plans.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plans")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub owner_id: i64,
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub description: String,
    pub created_at: i64,
    pub updated_at: i64,
    pub version: i64,
    pub diskspace: Option<i64>,
    pub traffic: Option<i64>,
    pub subdomains: Option<i64>,
    pub emails: Option<i64>,
    pub email_accounts: Option<i64>,
    pub email_forwarders: Option<i64>,
    pub email_quota: Option<i64>,
    pub ftps: Option<i64>,
    pub mysqls: Option<i64>,
    pub imap: bool,
    pub pop3: bool,
    pub php_enabled: bool,
    pub perl_enabled: bool,
    pub dns_enabled: bool,
    pub log_view_enabled: bool,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
