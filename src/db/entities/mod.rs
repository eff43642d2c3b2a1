//! One module for each table, without logic. The modules are private to `db`;
//! [`super::panel_import`] re-exports some models for imports.

#![allow(missing_docs, reason = "columns are described where the schema is: in the migrations")]

pub mod admin;
pub mod admin_mysql_server;
pub mod admin_php_config;
pub mod api_key;
pub mod audit_entry;
pub mod counter;
pub mod customer;
pub mod customer_mysql_server;
pub mod customer_php_config;
pub mod database;
pub mod delivery;
pub mod disk_usage;
pub mod domain_name;
pub mod event;
pub mod ftp_group;
pub mod ftp_user;
pub mod import;
pub mod import_part;
pub mod import_run;
pub mod job;
pub mod kept_form;
pub mod login;
pub mod mail_address;
pub mod mail_template;
pub mod mail_user;
pub mod mysql_account;
pub mod mysql_password;
pub mod mysql_server;
pub mod outage;
pub mod page_template;
pub mod password_reset;
pub mod php_config;
pub mod plan;
pub mod plan_php_config;
pub mod schedule;
pub mod session;
pub mod setting;
mod shared;
pub mod sign_in_source;
pub mod submission;
pub mod throttle;
pub mod traffic_usage;
pub mod webhook;
