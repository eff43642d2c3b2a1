//! Customers.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customers")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub login_id: i64,
    pub owner_id: i64,
    pub plan_id: Option<i64>,
    pub login_name: String,
    pub login_sort: String,
    pub name_sort: String,
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
    pub name: String,
    pub firstname: String,
    pub company: String,
    pub street: String,
    pub zipcode: String,
    pub city: String,
    pub phone: String,
    pub fax: String,
    pub gender: i16,
    pub customer_number: String,
    pub email: String,
    pub email_key: String,
    pub language: String,
    pub theme: String,
    pub gui_access: bool,
    pub api_allowed: bool,
    pub shell_allowed: bool,
    pub suspended: bool,
    pub suspended_by_id: Option<i64>,
    pub suspended_by_name: String,
    pub suspended_by_rank: Option<String>,
    pub suspended_at: Option<i64>,
    pub suspend_reason: String,
    pub suspend_reason_shown: bool,
    #[sea_orm(column_type = "Text")]
    pub notes: String,
    pub notes_shown: bool,
    pub web_used: i64,
    pub mail_used: i64,
    pub mysql_used: i64,
    pub guid: i64,
    pub document_root: String,
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
    pub diskspace_used: i64,
    pub traffic_used: i64,
    pub subdomains_used: i64,
    pub emails_used: i64,
    pub email_accounts_used: i64,
    pub email_forwarders_used: i64,
    pub email_quota_used: i64,
    pub ftps_used: i64,
    pub mysqls_used: i64,
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
