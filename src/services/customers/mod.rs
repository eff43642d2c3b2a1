//! Customers. These are the commands of the API; suspending and resuming are parts of updating.
//!
//! | command | permission |
//! |---|---|
//! | [`listing()`], [`listing_count`] | a manager, within their scope |
//! | [`get()`] | a manager, within their scope; a customer, for themselves |
//! | [`add()`] | a manager, within their quota |
//! | [`update()`] | a manager, within scope and owner's quota; a customer: [`update_self()`] |
//! | [`suspend()`], [`resume`], [`unlock`], [`delete()`] | a manager, within their scope |
//! | [`move_to`] | a server admin, within the quota of the new owner |
//!
//! Every function that uses the database can also fail with the errors of the database.

mod access;
mod add;
mod check;
mod delete;
mod export;
mod get;
mod grants;
mod impact;
pub mod import;
mod listing;
mod r#move;
mod move_targets;
mod new_customer;
mod overview;
mod owner_quota;
mod owners;
mod page;
mod requests;
mod status_counts;
mod suspend;
mod suspension;
mod update;
mod update_self;

pub use access::{impersonate, unlock};
pub use add::{add, default_mail_quota, prepare};
pub use delete::delete;
pub use export::{export_rows, header_row};
pub(crate) use get::find_by_login_name;
pub use get::{find, find_with_owner, get, home_belongs_to_customer, login_names};
pub use grants::grants_of;
pub(crate) use grants::missing_grant_errors;
pub use impact::{DeletionImpact, deletion_impact};
pub use listing::{find_by_ids, ids, listing, listing_count};
pub use r#move::move_to;
pub use move_targets::{MoveTarget, move_targets};
pub use new_customer::NewCustomer;
pub use overview::{Overview, domain_counts, overview};
pub use owner_quota::update_warnings;
pub use owners::{find_owner, owners};
pub use page::{ListPage, PageRequest, page};
pub use requests::{AddCustomer, PlanChoice, SuspendCustomer, UpdateCustomer};
pub use status_counts::StatusCounts;
pub use suspend::{resume, suspend};
pub use update::{Edit, prepare_edit, update};
pub use update_self::{SelfChange, update_self};
