//! Payloads of events. Names are those of the API's rows; sizes are in bytes, and an unlimited
//! quota is null. A payload contains no password, hash, note or key.

use domain::customer::Customer;
use domain::event::{Event, EventName};
use domain::id::AdminId;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// Returns the payload of an event, as JSON.
pub(super) fn of(id: &str, at: Timestamp, event: &Event, customer: &Customer) -> String {
    let mut payload = common_fields(id, at, event.name());
    payload.insert("data".into(), data(customer).into());
    match event {
        Event::Updated(fields) => drop(payload.insert("changed".into(), json!(fields))),
        Event::Moved { from, to } => {
            let admin =
                |(id, name): &(AdminId, String)| json!({ "adminid": id, "loginname": name });
            payload.insert("from".into(), admin(from));
            payload.insert("to".into(), admin(to));
        }
        Event::Deleted { with_files } => {
            payload.insert("with_files".into(), json!(with_files));
        }
        Event::Added | Event::Suspended | Event::Resumed => {}
    }
    Value::from(payload).to_string()
}

/// Returns the payload of a test event, as JSON.
pub(super) fn test(id: &str, at: Timestamp) -> String {
    let mut payload = common_fields(id, at, EventName::Test);
    payload.insert("data".into(), json!({}));
    Value::from(payload).to_string()
}

/// Returns the fields that every payload has.
fn common_fields(id: &str, at: Timestamp, name: EventName) -> Map<String, Value> {
    let mut payload = Map::new();
    payload.insert("id".into(), json!(id));
    payload.insert("type".into(), json!(name.code()));
    payload.insert("at".into(), json!(at.to_string()));
    payload
}

/// Fields of `data` that describe a suspension.
const SUSPENSION: [&str; 6] = [
    "deactivated",
    "suspended_by",
    "suspended_by_rank",
    "suspended_at",
    "suspend_reason",
    "suspend_reason_show",
];

/// Returns the names of the fields in `data` that differ. If the customer was suspended or resumed,
/// omits the fields of the suspension, because both changes are events of their own.
pub(super) fn changed_fields(before: &Customer, after: &Customer) -> Vec<String> {
    let is_switched = before.suspended != after.suspended;
    let before = data(before);
    let has_own_event = |name: &str| is_switched && SUSPENSION.contains(&name);
    let differs = |(name, value): (String, Value)| {
        (before.get(&name) != Some(&value) && !has_own_event(&name)).then_some(name)
    };
    data(after).into_iter().filter_map(differs).collect()
}

/// Fields that payloads omit: notes are for the provider's staff.
const OMITTED: [&str; 2] = ["custom_notes", "custom_notes_show"];
/// Parameters that have another name in the API's rows: parameter, column.
const RENAMED: [(&str, &str); 2] = [("email_imap", "imap"), ("email_pop3", "pop3")];

/// Returns the customer's record under the names of the API's rows.
fn data(customer: &Customer) -> Map<String, Value> {
    let rename = |name: String| match RENAMED.iter().find(|(parameter, _)| *parameter == name) {
        Some((_, column)) => (*column).to_owned(),
        None => name,
    };
    let is_sent = |(name, _): &(String, Value)| !OMITTED.contains(&name.as_str());
    let mut data: Map<String, Value> = customer
        .record()
        .into_iter()
        .filter(is_sent)
        .map(|(name, value)| (rename(name), value))
        .collect();
    data.insert("gender".to_owned(), json!(customer.profile.contact.gender as u8));
    data
}
