//! Domains, subdomains and standard subdomains.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "domains")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub customer_id: i64,
    pub parent_id: Option<i64>,
    pub name: String,
    pub is_standard: bool,
    pub document_root: String,
    pub php_enabled: bool,
    pub open_basedir: bool,
    pub is_email_domain: bool,
    pub suspended: bool,
    pub created_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
