//! Queries on admins and resellers, and the counters of the quota that they have assigned.
//!
//! Functions fail with the errors of the database, unless their doc comments say otherwise.

mod columns;
mod counters;
mod grants;
mod read;
mod write;

pub use counters::{Taking, book_beyond, release, reserve};
pub use grants::{hold, mysql_servers_in_use, php_configs_in_use, switches_in_use};
pub use read::{
    SelfFacts, any, email_used, emails_used, find, find_by_login_name, first_operator, list, named,
    names, other_server_admin, self_facts, with_email,
};
pub(super) use write::columns as written_columns;
pub use write::{NewRow, handed_out_unlimited, insert, remove, set_theme_and_language, update};
