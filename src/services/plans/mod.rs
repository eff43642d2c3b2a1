//! Hosting plans: named sets of limits and switches. Whoever sees every customer sees every plan; a reseller his own.

mod change;
mod read;
mod write;

pub use change::{PlanPatch, parse_new, parse_update};
pub use read::{get, get_by_name, listing, names, names_of};
pub use write::{add, delete, update};
