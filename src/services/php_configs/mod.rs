//! PHP configurations that customers may be allowed.

mod requests;
mod read;
mod write;

pub use crate::db::php_configs::PhpConfig;
pub use requests::{PhpConfigInput, SavePhpConfig};
pub use read::{all, customer_counts, customers, get, names};
pub use write::{delete, save};
