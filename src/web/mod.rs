//! The HTML door.

pub mod assets;
pub mod flash;
pub mod form;
pub mod format;
pub mod nav;
pub mod page;
pub mod table;

#[cfg(test)]
mod templates;
