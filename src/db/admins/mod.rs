//! Queries on admins and resellers, and the counters of the quota that they have assigned.
//!
//! Functions fail with the errors of the database, unless their doc comments say otherwise.

mod columns;
mod counters;
mod grants;
mod read;
mod signed_in;
mod write;

pub use counters::{Reservation, release, reserve, reserve_unchecked};
pub use grants::{lock_row, mysql_servers_in_use, php_configs_in_use, switches_in_use};
pub use read::{
    any_exists, find, find_by_login_name, find_id_and_name, has_other_server_admin, is_email_used,
    list, logins_with_email, names, oldest_server_admin, used_email_keys,
};
pub use signed_in::{SignedInAdmin, find_signed_in};
pub(super) use write::columns as written_columns;
pub use write::{
    NewAdminRow, has_assigned_unlimited, insert, remove, set_theme_and_language, update,
};
