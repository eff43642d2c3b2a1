//! Files of the machine: who else could have written them, writing them so that they survive a
//! crash, customers' homes, and the executables of the hooks directory.

pub mod durable;
pub mod executable;
pub mod homes;
pub mod trusted;
