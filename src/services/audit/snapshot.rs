//! Snapshots for the audit trail: everything that can be edited, nothing that is secret. They are
//! the records of the domain types; a field that is added there is in them.

use domain::admin::Admin;
use domain::customer::Customer;
use domain::plan::Plan;
use domain::resources::Resource;
use serde_json::{Map, Value};

/// What nobody edits.
const NOT_EDITED: [&str; 6] =
    ["customerid", "adminid", "documentroot", "guid", "suspended_by_rank", "suspended_at"];

/// Returns the snapshot of a customer.
#[must_use]
pub fn customer(customer: &Customer) -> Map<String, Value> {
    let mut snapshot = readable(customer.record());
    snapshot.retain(|name, _| !NOT_EDITED.contains(&name.as_str()));
    snapshot
}

/// Returns the snapshot of a hosting plan.
#[must_use]
pub fn plan(plan: &Plan) -> Map<String, Value> {
    readable(plan.record())
}

/// Returns the snapshot of an admin.
#[must_use]
pub fn admin(admin: &Admin) -> Map<String, Value> {
    readable(admin.record())
}

/// No limit has a word.
fn readable(mut record: Map<String, Value>) -> Map<String, Value> {
    for name in Resource::ALL.map(Resource::name).into_iter().chain(["customers", "domains"]) {
        if let Some(limit) = record.get_mut(name).filter(|limit| limit.is_null()) {
            *limit = Value::from("unlimited");
        }
    }
    record
}

/// Only what differs: before and after.
#[must_use]
pub fn difference(
    before: Map<String, Value>,
    mut after: Map<String, Value>,
) -> (Map<String, Value>, Map<String, Value>) {
    let before: Map<String, Value> =
        before.into_iter().filter(|(name, value)| after.get(name) != Some(value)).collect();
    after.retain(|name, _| before.contains_key(name));
    (before, after)
}
