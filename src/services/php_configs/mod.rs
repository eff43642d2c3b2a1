//! PHP configurations that customers may be allowed.

mod change;
mod read;
mod write;

pub use crate::db::php_configs::PhpConfig;
pub use change::{PhpConfigInput, parse};
pub use read::{all, customer_counts, customers, get, names};
pub use write::{delete, save};
