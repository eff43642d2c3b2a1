//! MySQL servers that customers may be allowed; the one numbered 0 is always there.

mod change;
mod probe;
mod read;
mod write;

pub use crate::db::mysql_servers::MysqlServer;
pub use change::{AdminChange, MysqlServerInput, parse};
pub use probe::probe;
pub use read::{all, customer_counts, customers, get, names};
pub use write::{DEFAULT, delete, save};
