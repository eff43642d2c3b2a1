//! Mails in the words of the admin whose customers get them.

mod change;
mod get;

pub use change::{reset, save};
pub use get::{get, own, worded};
