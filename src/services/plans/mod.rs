//! Hosting plans: named sets of limits and switches. Whoever sees every customer sees every plan; a
//! reseller his own.

mod read;
mod requests;
mod write;

pub use read::{get, get_by_name, listing, names, names_of};
pub use requests::{AddPlan, UpdatePlan};
pub use write::{add, delete, update};
