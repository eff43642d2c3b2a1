//! What receivers read. Names are those of the API's rows; sizes are bytes, no limit is null. There is no password, hash, note
//! or key in it.

use crate::domain::actor::Rank;
use crate::domain::contact::LINES;
use crate::domain::customer::Customer;
use crate::domain::event::{Event, EventName};
use crate::domain::id::AdminId;
use crate::domain::resources::Services;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// What is told of an event.
pub(super) fn of(id: &str, at: Timestamp, event: &Event, customer: &Customer) -> String {
    let mut told = head(id, at, event.name());
    told.insert("data".into(), data(customer).into());
    match event {
        Event::Updated(fields) => drop(told.insert("changed".into(), json!(fields))),
        Event::Moved { from, to } => {
            let admin = |(id, name): &(AdminId, String)| json!({ "adminid": id, "loginname": name });
            told.insert("from".into(), admin(from));
            told.insert("to".into(), admin(to));
        }
        Event::Deleted { with_files } => drop(told.insert("with_files".into(), json!(with_files))),
        Event::Added | Event::Suspended | Event::Resumed => {}
    }
    Value::from(told).to_string()
}

/// What is told when somebody tries a receiver.
pub(super) fn test(id: &str, at: Timestamp) -> String {
    let mut told = head(id, at, EventName::Test);
    told.insert("data".into(), json!({}));
    Value::from(told).to_string()
}

fn head(id: &str, at: Timestamp, name: EventName) -> Map<String, Value> {
    let mut told = Map::new();
    told.insert("id".into(), json!(id));
    told.insert("type".into(), json!(name.code()));
    told.insert("at".into(), json!(at.to_string()));
    told
}

/// The names of a suspension in `data`.
const SUSPENSION: [&str; 6] = ["deactivated", "suspended_by", "suspended_by_rank", "suspended_at", "suspend_reason", "suspend_reason_show"];

/// Returns the names in `data` whose values differ. What suspending or resuming changes is left out: both are events of their own.
pub(super) fn changed(before: &Customer, after: &Customer) -> Vec<String> {
    let switched = before.suspended != after.suspended;
    let before = data(before);
    let is_told_apart = |name: &str| switched && SUSPENSION.contains(&name);
    let differs = |(name, value): (String, Value)| (before.get(&name) != Some(&value) && !is_told_apart(&name)).then_some(name);
    data(after).into_iter().filter_map(differs).collect()
}

fn data(customer: &Customer) -> Map<String, Value> {
    let (profile, suspension) = (&customer.profile, customer.suspension.as_ref());
    let mut data = Map::new();
    for (name, value) in [
        ("customerid", json!(customer.id)),
        ("loginname", json!(customer.login_name.as_str())),
        ("adminid", json!(customer.owner)),
        ("adminname", json!(customer.owner_name)),
        ("email", json!(profile.contact.email.as_str())),
    ] {
        data.insert(name.into(), value);
    }
    for (name, _) in LINES {
        data.insert(name.into(), json!(profile.contact.line(name)));
    }
    for (name, value) in [
        ("gender", json!(profile.contact.gender.code().parse().unwrap_or(0_u8))),
        ("def_language", json!(profile.language.code())),
        ("theme", json!(profile.theme.code())),
        ("documentroot", json!(customer.document_root)),
        ("guid", json!(customer.guid)),
        ("standardsubdomain", json!(customer.standard_subdomain.as_ref().map(|(_, name)| name))),
        ("deactivated", json!(customer.suspended)),
        ("suspended_by", json!(suspension.map(|suspension| &suspension.by_name))),
        ("suspended_by_rank", json!(suspension.and_then(|suspension| suspension.rank).map(Rank::code))),
        ("suspended_at", json!(suspension.and_then(|suspension| suspension.at).map(|at| at.to_string()))),
        ("suspend_reason", json!(suspension.map(|suspension| &suspension.reason))),
        ("suspend_reason_show", json!(suspension.map(|suspension| suspension.reason_shown))),
        ("hosting_plan_id", json!(profile.plan)),
        ("allowed_mysqlserver", json!(profile.mysql_servers)),
        ("gui_access", json!(profile.gui_access)),
        ("api_allowed", json!(profile.api_allowed)),
        ("shell_allowed", json!(profile.shell_allowed)),
    ] {
        data.insert(name.into(), value);
    }
    given(&mut data, &profile.services);
    data
}

fn given(data: &mut Map<String, Value>, services: &Services) {
    for (name, value) in [
        ("allowed_phpconfigs", json!(services.php_configs)),
        ("imap", json!(services.imap)),
        ("pop3", json!(services.pop3)),
        ("phpenabled", json!(services.php)),
        ("perlenabled", json!(services.perl)),
        ("dnsenabled", json!(services.dns)),
        ("logviewenabled", json!(services.log_view)),
    ] {
        data.insert(name.into(), value);
    }
    for (resource, limit) in services.limits.iter() {
        data.insert(resource.name().into(), json!(limit.limit()));
    }
}
