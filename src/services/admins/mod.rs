//! Commands on admins and resellers. Only a server admin manages them.

mod first;
mod read;

pub use first::{FirstAdmin, create_first};
pub use read::{get, listing, names, plans_of};
