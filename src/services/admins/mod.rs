//! Commands on admins and resellers.

mod first;

pub use first::{FirstAdmin, create_first};
