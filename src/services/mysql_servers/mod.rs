//! MySQL servers that customers may be allowed; the one numbered 0 is always there.

mod read;

pub use crate::db::mysql_servers::MysqlServer;
pub use read::all;
