//! What the trail keeps of a customer or an admin: everything that can be edited, nothing that is secret.

use crate::domain::admin::Admin;
use crate::domain::contact::LINES;
use crate::domain::customer::Customer;
use crate::domain::plan::Plan;
use crate::domain::quota::Quota;
use crate::domain::resources::{Limits, Services};
use serde_json::{Map, Value, json};

/// The names of what tells of a suspension.
pub const SUSPENSION: [&str; 4] = ["deactivated", "suspended_by", "suspend_reason", "suspend_reason_show"];

/// A customer.
#[must_use]
pub fn customer(customer: &Customer) -> Map<String, Value> {
    let (profile, suspension) = (&customer.profile, customer.suspension.as_ref());
    let mut map = Map::new();
    map.insert("loginname".into(), json!(customer.login_name.as_str()));
    map.insert("adminname".into(), json!(customer.owner_name));
    map.insert("email".into(), json!(profile.contact.email.as_str()));
    for (name, _) in LINES {
        map.insert(name.into(), json!(profile.contact.line(name)));
    }
    for (name, value) in [
        ("gender", json!(profile.contact.gender.code())),
        ("def_language", json!(profile.language.code())),
        ("theme", json!(profile.theme.code())),
        ("gui_access", json!(profile.gui_access)),
        ("api_allowed", json!(profile.api_allowed)),
        ("shell_allowed", json!(profile.shell_allowed)),
        ("custom_notes", json!(profile.notes)),
        ("custom_notes_show", json!(profile.notes_shown)),
        ("deactivated", json!(customer.suspended)),
        ("suspended_by", json!(suspension.map(|suspension| &suspension.by_name))),
        ("suspend_reason", json!(suspension.map(|suspension| &suspension.reason))),
        ("suspend_reason_show", json!(suspension.map(|suspension| suspension.reason_shown))),
        ("standardsubdomain", json!(customer.standard_subdomain.as_ref().map(|(_, name)| name))),
        ("allowed_mysqlserver", json!(profile.mysql_servers)),
        ("hosting_plan_id", json!(profile.plan)),
    ] {
        map.insert(name.into(), value);
    }
    services(&mut map, &profile.services);
    map
}

/// A hosting plan.
#[must_use]
pub fn plan(plan: &Plan) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("name".into(), json!(plan.name));
    map.insert("description".into(), json!(plan.description));
    services(&mut map, &plan.services);
    map
}

fn services(map: &mut Map<String, Value>, services: &Services) {
    for (name, value) in [
        ("email_imap", json!(services.imap)),
        ("email_pop3", json!(services.pop3)),
        ("phpenabled", json!(services.php)),
        ("perlenabled", json!(services.perl)),
        ("dnsenabled", json!(services.dns)),
        ("logviewenabled", json!(services.log_view)),
        ("allowed_phpconfigs", json!(services.php_configs)),
    ] {
        map.insert(name.into(), value);
    }
    limits(map, &services.limits);
}

/// An admin.
#[must_use]
pub fn admin(admin: &Admin) -> Map<String, Value> {
    let profile = &admin.profile;
    let mut map = Map::new();
    for (name, value) in [
        ("loginname", json!(admin.login_name.as_str())),
        ("name", json!(profile.name)),
        ("email", json!(profile.email.as_str())),
        ("def_language", json!(profile.language.code())),
        ("theme", json!(profile.theme.code())),
        ("gui_access", json!(profile.gui_access)),
        ("api_allowed", json!(profile.api_allowed)),
        ("custom_notes", json!(profile.notes)),
        ("custom_notes_show", json!(profile.notes_shown)),
        ("customers_see_all", json!(profile.customers_see_all)),
        ("change_serversettings", json!(profile.change_serversettings)),
        ("caneditphpsettings", json!(profile.caneditphpsettings)),
        ("allowed_phpconfigs", json!(profile.grants.php_configs.ids(|id| id.0))),
        ("allowed_mysqlserver", json!(profile.grants.mysql_servers.ids(|id| id.0))),
        ("shell_allowed", json!(profile.grants.shell)),
        ("perlenabled", json!(profile.grants.perl)),
        ("deactivated", json!(admin.suspended)),
        ("customers", quota(profile.allowance.customers)),
        ("domains", quota(profile.allowance.domains)),
    ] {
        map.insert(name.into(), value);
    }
    limits(&mut map, &profile.allowance.limits);
    map
}

fn limits(map: &mut Map<String, Value>, limits: &Limits) {
    for (resource, limit) in limits.iter() {
        map.insert(resource.name().into(), quota(limit));
    }
}

fn quota(quota: Quota) -> Value {
    quota.limit().map_or_else(|| json!("unlimited"), Value::from)
}

/// Only what differs: before and after.
#[must_use]
pub fn difference(before: Map<String, Value>, mut after: Map<String, Value>) -> (Map<String, Value>, Map<String, Value>) {
    let before: Map<String, Value> = before.into_iter().filter(|(name, value)| after.get(name) != Some(value)).collect();
    after.retain(|name, _| before.contains_key(name));
    (before, after)
}
