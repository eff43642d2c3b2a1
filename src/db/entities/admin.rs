//! Admins and resellers.

use super::shared::model;
use sea_orm::entity::prelude::*;

model! {
    [limits usage]
    #[sea_orm(table_name = "admins")]
    {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub login_id: i64,
        pub login_name: String,
        pub login_sort: String,
        pub name: String,
        pub email: String,
        pub email_key: String,
        pub language: String,
        pub theme: String,
        pub gui_access: bool,
        pub api_allowed: bool,
        pub suspended: bool,
        #[sea_orm(column_type = "Text")]
        pub notes: String,
        pub notes_shown: bool,
        pub customers_see_all: bool,
        pub change_serversettings: bool,
        pub caneditphpsettings: bool,
        pub all_php_configs: bool,
        pub all_mysql_servers: bool,
        pub shell_allowed: bool,
        pub perl_enabled: bool,
        pub customers: Option<i64>,
        pub customers_used: i64,
        pub domains: Option<i64>,
        pub domains_used: i64,
        pub created_at: i64,
        pub updated_at: i64,
        pub version: i64,
    }
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
