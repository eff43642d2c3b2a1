//! Email templates of admins and resellers, for the emails to their customers.

mod change;
mod get;

pub use change::{reset, save};
pub use get::{customized_templates, find_custom, get};
