//! Calls that were observed on a running Froxlor 2.3.4, replayed in order (reference: api-envelope.md 8). `observed.jsonl` has
//! the calls, the statuses, and of rows what differs from the first one.

use crate::support::TestApp;
use crate::support::api::Reply;
use serde_json::{Map, Value, json};

/// Where we differ on purpose: the call, what we answer, and the defect or the rule of the design that is the reason.
const REFUSED_HERE: [(u64, &str, &str); 18] = [
    (18, "400 command-unknown", "D48"),
    (19, "400 command-unknown", "D48"),
    (20, "400 params-invalid", "D48"),
    (21, "400 params-invalid", "design 1: wrong types"),
    (23, "405 method-not-allowed", "design 1: POST"),
    (24, "405 method-not-allowed", "design 1: POST"),
    (25, "405 method-not-allowed", "design 1: POST"),
    (74, "400 number-negative", "D1"),
    (75, "400 number-invalid", "design 1: wrong types"),
    (77, "400 type-text", "D48"),
    (78, "400 type-text", "D48"),
    (81, "400 type-number", "design 1: wrong types"),
    (82, "400 gender-unknown", "D24"),
    (84, "400 format-invalid", "D47"),
    (89, "400 text-too-long", "D21"),
    (95, "400 language-unknown", "D24"),
    (98, "400 ids-invalid", "D24"),
    (100, "400 id-unknown", "D24, D11"),
];
/// The same for calls with parameters that nobody knows.
const UNKNOWN_PARAMETERS: u64 = 96;
/// A last name is enough here (D60).
const NAME_IS_ENOUGH: u64 = 31;

/// Columns of rows that are not what was observed.
fn row_here(seq: u64) -> Value {
    match seq {
        76 => json!({ "imap": 1, "pop3": 1 }),                           // D54
        85 => json!({ "name": "O'Neil \\ \"Q\"", "firstname": "B\\n" }), // D47
        86 => json!({ "name": "Smile 😀 Inc" }),                         // D21
        _ => json!({}),
    }
}

#[tokio::test]
async fn every_observed_call() {
    let app = TestApp::spawn().await;
    for (name, value) in [
        ("mail.quota_enabled", "0"),
        ("php.config_required", "1"),
        ("password.min_length", "1"),
        ("customer.standard_subdomain_host", "panel.example.org"),
    ] {
        app.set(name, value).await;
    }
    app.sql("UPDATE admins SET email = 'admin@panel.example.org', email_key = 'admin@panel.example.org'").await;
    app.reseller("res1", &[]).await;
    let mut first_row = Map::new();
    let calls = include_str!("observed.jsonl").lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut seen = 0;
    for call in calls {
        let seq = call["seq"].as_u64().unwrap();
        settings(&app, &call).await;
        let reply = replay(&app, &call).await;
        let title = format!("{seq} {}: {}", call["name"].as_str().unwrap(), reply.body);
        if first_row.is_empty() && call.get("row").is_some() {
            first_row = call["row"].as_object().unwrap().clone();
        }
        check(&call, &reply, &first_row, &title);
        seen += 1;
    }
    assert_eq!(seen, 100);
    app.assert_counters().await;
}

fn check(call: &Value, reply: &Reply, first_row: &Map<String, Value>, title: &str) {
    let seq = call["seq"].as_u64().unwrap();
    if let Some((_, refusal, _)) = REFUSED_HERE.iter().find(|(here, ..)| *here == seq) {
        assert_eq!(reply.refusal(), *refusal, "{title}");
    } else if seq == UNKNOWN_PARAMETERS {
        assert_eq!(reply.refusal(), "400 parameter-unknown", "{title}");
        assert_eq!(reply.fields().len(), 3, "{title}");
    } else if seq == NAME_IS_ENOUGH {
        assert_eq!(reply.status, 200, "{title}");
    } else {
        assert_eq!(u64::from(reply.status), call["status"].as_u64().unwrap(), "{title}");
        if let Some(row) = call.get("row") {
            same_row(call, row, first_row, &reply.body["data"], title);
        }
        if let Some(data) = call.get("data") {
            let seen = &reply.body["data"];
            assert_eq!(data.get("count").unwrap_or(data), seen.get("count").unwrap_or(seen), "{title}");
        }
    }
}

/// Every observed column; generated names are numbered on, which of them was taken does not matter.
fn same_row(call: &Value, row: &Value, first_row: &Map<String, Value>, seen: &Value, title: &str) {
    let mut expected = first_row.clone();
    expected.extend(row.as_object().unwrap().clone());
    expected.extend(row_here(call["seq"].as_u64().unwrap()).as_object().unwrap().clone());
    let typed = call["request"]["params"]["new_loginname"].as_str().is_some_and(|name| !name.trim().is_empty());
    for (column, value) in expected {
        if column == "loginname" && !typed {
            assert!(seen[&column].as_str().unwrap().starts_with("web"), "{title}");
        } else {
            assert_eq!(seen[&column], value, "{column} of {title}");
        }
    }
}

/// What the observer had set before a call.
async fn settings(app: &TestApp, call: &Value) {
    for sql in call.get("setup_sql").and_then(Value::as_array).into_iter().flatten() {
        let sql = sql.as_str().unwrap();
        if sql.contains("password_min_length") {
            app.set("password.min_length", "8").await;
        } else {
            assert!(sql.contains("password_special_char_required"), "{sql}");
            app.set("password.special_required", "1").await;
        }
    }
    // He put it back before he went on.
    if call["seq"] == 71 {
        app.set("password.special_required", "0").await;
    }
}

async fn replay(app: &TestApp, call: &Value) -> Reply {
    let request = &call["request"];
    let api = match (call["as"].as_str().unwrap(), call.get("auth")) {
        ("admin", _) => app.api("admin").await,
        (_, Some(auth)) => app.api_as(auth[0].as_str().unwrap(), auth[1].as_str().unwrap()),
        _ => app.api_as("", ""),
    };
    let body = match request.get("raw") {
        Some(raw) => raw.as_str().unwrap().to_owned(),
        None if request["command"].is_null() => String::new(),
        None => json!({ "command": request["command"], "params": request.get("params") }).to_string(),
    };
    let method = request.get("method").and_then(Value::as_str).unwrap_or("POST");
    let path = request.get("path").and_then(Value::as_str).unwrap_or("/api.php");
    let bare = call["as"] == "none" && call.get("auth").is_none();
    let request = if bare { api.bare(method, path) } else { api.request(method, path) };
    api.send(request.body(body)).await
}
