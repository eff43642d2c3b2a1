//! Hosting plans: a named set of limits and switches.

use super::id::{AdminId, PlanId};
use super::resources::Services;
use jiff::Timestamp;

/// A hosting plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Its id.
    pub id: PlanId,
    /// Whose it is.
    pub owner: AdminId,
    /// That admin's login name.
    pub owner_name: String,
    /// Its name.
    pub name: String,
    /// What it is meant for.
    pub description: String,
    /// What it gives.
    pub services: Services,
    /// How many customers have it.
    pub customers: u64,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Counts the changes.
    pub version: i64,
}
