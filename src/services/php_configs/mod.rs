//! PHP configurations that customers may be allowed.

mod read;

pub use crate::db::php_configs::PhpConfig;
pub use read::all;
