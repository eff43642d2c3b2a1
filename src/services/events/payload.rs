//! What receivers read. Names are those of the API's rows; sizes are bytes, no limit is null. There
//! is no password, hash, note or key in it.

use domain::customer::Customer;
use domain::event::{Event, EventName};
use domain::id::AdminId;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// What is told of an event.
pub(super) fn of(id: &str, at: Timestamp, event: &Event, customer: &Customer) -> String {
    let mut told = head(id, at, event.name());
    told.insert("data".into(), data(customer).into());
    match event {
        Event::Updated(fields) => drop(told.insert("changed".into(), json!(fields))),
        Event::Moved { from, to } => {
            let admin =
                |(id, name): &(AdminId, String)| json!({ "adminid": id, "loginname": name });
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
const SUSPENSION: [&str; 6] = [
    "deactivated",
    "suspended_by",
    "suspended_by_rank",
    "suspended_at",
    "suspend_reason",
    "suspend_reason_show",
];

/// Returns the names in `data` whose values differ. What suspending or resuming changes is left
/// out: both are events of their own.
pub(super) fn changed(before: &Customer, after: &Customer) -> Vec<String> {
    let switched = before.suspended != after.suspended;
    let before = data(before);
    let is_told_apart = |name: &str| switched && SUSPENSION.contains(&name);
    let differs = |(name, value): (String, Value)| {
        (before.get(&name) != Some(&value) && !is_told_apart(&name)).then_some(name)
    };
    data(after).into_iter().filter_map(differs).collect()
}

/// Notes are for the provider's own people.
const KEPT_BACK: [&str; 2] = ["custom_notes", "custom_notes_show"];
/// Columns of the API's rows that parameters have another name for.
const RENAMED: [(&str, &str); 2] = [("email_imap", "imap"), ("email_pop3", "pop3")];

/// The record of the customer, under the names of the API's rows.
fn data(customer: &Customer) -> Map<String, Value> {
    let rename = |name: String| match RENAMED.iter().find(|(parameter, _)| *parameter == name) {
        Some((_, column)) => (*column).to_owned(),
        None => name,
    };
    let is_told = |(name, _): &(String, Value)| !KEPT_BACK.contains(&name.as_str());
    let mut data: Map<String, Value> = customer
        .record()
        .into_iter()
        .filter(is_told)
        .map(|(name, value)| (rename(name), value))
        .collect();
    data.insert("gender".to_owned(), json!(customer.profile.contact.gender as u8));
    data
}
