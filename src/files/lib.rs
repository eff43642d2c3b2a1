//! Files of this machine: trusted paths, durable writes, customers' home directories, and the
//! executables of the hooks directory.

pub mod durable;
pub mod executable;
pub mod homes;
pub mod trusted;
