//! Rows of hosting plans.

use domain::plan::Plan;
use domain::quota::Quota;
use domain::resources::{Resource, Services};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// A hosting plan, with the columns of `panel_plans`.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "HostingPlan")]
#[allow(missing_docs, reason = "each is named as in Froxlor's schema")]
pub struct PlanRow {
    pub id: i64,
    /// Id of the owner.
    pub adminid: i64,
    /// Login name of the owner.
    pub adminname: String,
    pub name: String,
    pub description: String,
    /// A string with a JSON object: the limits and services of the plan, in the units of the
    /// parameters (MiB, GiB); unlimited is -1.
    pub value: String,
    /// Time of the last change, in seconds since 1970.
    pub ts: i64,
    /// Number of customers with this plan.
    pub customers: u64,
    /// Version of the row. An update with this number is refused if the plan has changed since.
    pub version: i64,
}

impl PlanRow {
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        Self {
            id: plan.id.0,
            adminid: plan.owner.0,
            adminname: plan.owner_name.clone(),
            name: plan.name.clone(),
            description: plan.description.clone(),
            value: value(&plan.services).to_string(),
            ts: plan.updated_at.as_second(),
            customers: plan.customers,
            version: plan.version,
        }
    }
}

fn value(services: &Services) -> Value {
    let mut members = Map::new();
    for (resource, quota) in services.limits.iter() {
        members.insert(resource.name().to_owned(), in_units(resource, quota));
    }
    for (switch, on) in services.switches() {
        members.insert(switch.name().to_owned(), json!(u8::from(on)));
    }
    members.insert(
        "allowed_phpconfigs".to_owned(),
        services.php_configs.iter().map(|id| id.0).collect(),
    );
    members.into()
}

fn in_units(resource: Resource, quota: Quota) -> Value {
    match quota.in_units(resource.unit().size()) {
        None => json!(-1),
        Some(number) => serde_json::from_str(&number).unwrap_or_else(|_| Value::from(number)),
    }
}
