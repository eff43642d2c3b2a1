//! Hosting plans: named sets of limits and switches. Whoever sees every customer sees every plan; a reseller his own.

mod read;

pub use read::{get, listing, names, names_of};
