//! PHP configurations that customers may be allowed to use.

mod read;
mod requests;
mod write;

pub use read::{all, customer_count, customer_counts, get, names};
pub use requests::{PhpConfigInput, SavePhpConfig};
pub use write::{delete, save};
