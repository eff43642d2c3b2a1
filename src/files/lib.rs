//! Files of the machine: who else could have written them, and writing them so that they survive a
//! crash.

pub mod durable;
pub mod trusted;
