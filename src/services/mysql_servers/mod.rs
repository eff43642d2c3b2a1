//! MySQL servers that customers may be allowed to use. The server with id 0 always exists.

mod connect;
mod probe;
mod read;
mod requests;
mod write;

pub(crate) use connect::connect;
pub use connect::{DatabaseSizes, RemoteError, database_sizes, find_unreachable};
pub use probe::probe;
pub use read::{all, customer_count, customer_counts, get, names};
pub use requests::{AdminUrlChange, MysqlServerInput, SaveMysqlServer};
pub use write::{DEFAULT, delete, save};
