//! Snapshots for the audit log: login names, all editable fields, and no secrets. They are derived
//! from the records of the domain types, so they contain new fields automatically.

use domain::admin::Admin;
use domain::customer::Customer;
use domain::plan::Plan;
use domain::resources::Resource;
use serde_json::{Map, Value};

/// Fields of a customer's record that snapshots omit: ids, paths, and details of a suspension.
const OMITTED: [&str; 6] =
    ["customerid", "adminid", "documentroot", "guid", "suspended_by_rank", "suspended_at"];

/// Returns the snapshot of a customer.
#[must_use]
pub fn customer(customer: &Customer) -> Map<String, Value> {
    let mut snapshot = readable(customer.record());
    snapshot.retain(|name, _| !OMITTED.contains(&name.as_str()));
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

/// Replaces a limit of `null` with the word `unlimited`.
fn readable(mut record: Map<String, Value>) -> Map<String, Value> {
    for name in Resource::ALL.map(Resource::name).into_iter().chain(["customers", "domains"]) {
        if let Some(limit) = record.get_mut(name).filter(|limit| limit.is_null()) {
            *limit = Value::from("unlimited");
        }
    }
    record
}

/// Returns only the fields that differ, before and after.
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
