//! Hosting plans: named sets of limits and services. Managers who see all customers see all plans;
//! other managers see their own.

mod read;
mod requests;
mod write;

pub use read::{get, get_by_name, listing, names, names_of};
pub use requests::{AddPlan, UpdatePlan};
pub use write::{add, delete, update};
