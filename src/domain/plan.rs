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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::Switch;

    #[test]
    fn the_record_holds_the_editable_fields() {
        let plan = Plan {
            id: PlanId(3),
            owner: AdminId(1),
            owner_name: "admin".to_owned(),
            name: "Basic".to_owned(),
            description: "For beginners".to_owned(),
            services: Services { php: true, ..Services::NONE },
            customers: 5,
            updated_at: Timestamp::UNIX_EPOCH,
            version: 7,
        };
        let record = plan.record();
        assert_eq!(
            (&record["name"], &record["description"]),
            (&"Basic".into(), &"For beginners".into())
        );
        assert_eq!((&record["diskspace"], &record[Switch::Php.name()]), (&0.into(), &true.into()));
        assert_eq!((record.get("id"), record.get("customers")), (None, None));
    }
}
