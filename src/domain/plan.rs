//! Hosting plans: a named set of limits and switches.

use super::id::{AdminId, PlanId};
use super::record::record;
use super::resources::Services;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

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

/// What [`Plan::record`] returns.
#[derive(Serialize)]
struct Record<'a> {
    name: &'a str,
    description: &'a str,
    #[serde(flatten)]
    services: &'a Services,
}

impl Plan {
    /// Returns what can be edited of the plan, by parameter name. Sizes are bytes, no limit is
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
