//! Hosting plans: named sets of limits and switches.

use super::id::{AdminId, PlanId};
use super::record::record;
use super::resources::Services;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

/// A hosting plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub id: PlanId,
    pub owner: AdminId,
    /// The owner's login name.
    pub owner_name: String,
    pub name: String,
    pub description: String,
    /// Limits and switches.
    pub services: Services,
    /// Number of customers who have the plan.
    pub customers: u64,
    pub updated_at: Timestamp,
    /// Incremented by each change, to detect conflicting edits.
    pub version: i64,
}

/// The record that [`Plan::record`] returns.
#[derive(Serialize)]
struct Record<'a> {
    name: &'a str,
    description: &'a str,
    #[serde(flatten)]
    services: &'a Services,
}

impl Plan {
    /// Returns the editable fields of the plan, by parameter name. Sizes are in bytes; no limit is
    /// null.
    #[must_use]
    pub fn record(&self) -> Map<String, Value> {
        record(&Record {
            name: &self.name,
            description: &self.description,
            services: &self.services,
        })
    }
}
