//! The database schema of Clientele, one file a step.

pub use sea_orm_migration::prelude::*;
