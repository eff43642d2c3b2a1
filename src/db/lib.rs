//! The database layer. Apart from tests, only this crate and the migrations depend on sea-orm.
//!
//! Functions that read take a [`Reader`], functions that write take a [`Tx`], which is a `Reader`
//! too. Each module holds the queries of one noun, with domain types as arguments and results.
//! Functions that change a customer take a `Customer` that a scoped read returned.
//!
//! Every function can fail with the errors of the database ([`DbError`]). A section "Errors" names
//! only those that mean more to the caller.

pub mod admins;
pub mod api_keys;
pub mod audit;
pub mod backup;
pub mod bulk;
mod cache;
pub mod connect;
pub mod counters;
pub mod customers;
pub mod deliveries;
pub mod disk_usage;
pub mod domains;
mod entities;
mod error;
pub mod froxlor;
pub mod ftp;
pub mod ftp_file;
pub mod health;
pub mod import_runs;
pub mod imports;
pub mod jobs;
pub mod kept_forms;
mod links;
pub mod logins;
pub mod mail_templates;
pub mod mysql_accounts;
pub mod mysql_admin;
pub mod mysql_servers;
pub mod mysql_tls;
pub mod outages;
pub mod page_templates;
pub mod panel_import;
pub mod password_resets;
pub mod php_configs;
pub mod plans;
pub mod postgres_tls;
mod query;
mod reader;
pub mod schedules;
mod schema;
pub mod sessions;
pub mod settings;
pub mod sign_in_sources;
mod snapshot;
mod statements;
pub mod submissions;
pub mod throttles;
mod values;
pub mod webhooks;

pub use cache::Key;
pub use connect::Db;
pub use error::{DbError, Transient};
pub use reader::{Reader, Tx};
pub use statements::Statements;
