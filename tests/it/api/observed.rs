//! Calls that were observed on a running Froxlor 2.3.4, replayed in order in both dialects.
//! `observed.jsonl` contains the calls, the statuses, and the columns of rows that differ from the
//! first row. Anchors are those of docs/compatibility.md.

use crate::support::TestApp;
use crate::support::api::{Api, Reply};
use serde_json::{Map, Value, json};

/// A call whose response differs from Froxlor's. `SAME` marks a dialect that responds like Froxlor.
struct Difference {
    seq: u64,
    /// Response at `/api`: a status, with or without a code.
    strict: &'static str,
    /// Response at `/api.php`: a status, with or without a code.
    compatible: &'static str,
    /// Anchor of the reason in docs/compatibility.md.
    anchor: &'static str,
}

const SAME: &str = "";

const fn both(seq: u64, response: &'static str, anchor: &'static str) -> Difference {
    Difference { seq, strict: response, compatible: response, anchor }
}

const fn strict(seq: u64, response: &'static str, anchor: &'static str) -> Difference {
    Difference { seq, strict: response, compatible: SAME, anchor }
}

const DIFFERENCES: [Difference; 22] = [
    both(18, "400 command-unknown", "#d48"),
    both(19, "400 command-unknown", "#d48"),
    both(20, "400 params-invalid", "#d48"),
    strict(21, "400 params-invalid", "#diff-3"),
    both(23, "405 method-not-allowed", "#diff-1"),
    both(24, "405 method-not-allowed", "#diff-1"),
    both(25, "405 method-not-allowed", "#diff-1"),
    both(31, "200", "#d60"),
    both(67, "400 password-too-short", "#diff-33"),
    both(74, "400 number-negative", "#d1"),
    strict(75, "400 number-not-whole", "#diff-14"),
    both(77, "400 type-text", "#d48"),
    both(78, "400 type-text", "#d48"),
    both(81, "400 type-number", "#diff-14"),
    strict(82, "400 gender-unknown", "#diff-17"),
    both(84, "400 format-invalid", "#d47"),
    both(89, "400 text-too-long", "#d21"),
    both(93, "200", "#diff-21"),
    strict(95, "400 language-unknown", "#diff-18"),
    strict(96, "400 parameter-unknown", "#diff-7"),
    both(98, "400 ids-invalid", "#d24"),
    both(100, "400 id-unknown", "#d24"),
];

/// Returns the columns that differ from the observed row, and the anchor of the reason.
fn different_columns(seq: u64) -> (Value, &'static str) {
    match seq {
        76 => (json!({ "imap": 1, "pop3": 1 }), "#d54"),
        85 => (json!({ "name": "O'Neil \\ \"Q\"", "firstname": "B\\n" }), "#d47"),
        86 => (json!({ "name": "Smile 😀 Inc" }), "#d21"),
        95 => (json!({ "def_language": "en" }), "#diff-18"),
        _ => (json!({}), ""),
    }
}

#[tokio::test]
async fn observed_calls_are_replayed_at_the_strict_address() {
    replay_all("/api", |difference| difference.strict).await;
}

#[tokio::test]
async fn observed_calls_are_replayed_at_the_compatible_address() {
    replay_all("/api.php", |difference| difference.compatible).await;
}

/// Replays every call on a new app.
async fn replay_all(path: &str, expected: fn(&Difference) -> &'static str) {
    let app = TestApp::spawn().await;
    for (name, value) in [
        ("mail.quota_enabled", "0"),
        ("php.config_required", "1"),
        ("password.alpha_lower", "1"),
        ("password.alpha_upper", "1"),
        ("customer.standard_subdomain_host", "panel.example.org"),
    ] {
        app.set(name, value).await;
    }
    app.sql("UPDATE admins SET email = 'admin@panel.example.org', email_key = 'admin@panel.example.org'").await;
    app.reseller("res1", &[]).await;
    let mut first_row = Map::new();
    let calls = include_str!("observed.jsonl")
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut calls_made = 0;
    for call in calls {
        let seq = call["seq"].as_u64().unwrap();
        apply_settings(&app, &call).await;
        let reply = replay(&app, &call, path).await;
        let title = format!("{path} {seq} {}: {}", call["name"].as_str().unwrap(), reply.body);
        if first_row.is_empty() && call.get("row").is_some() {
            first_row = call["row"].as_object().unwrap().clone();
        }
        let difference = DIFFERENCES.iter().find(|difference| difference.seq == seq);
        match difference.map_or(SAME, expected) {
            SAME => assert_same(&call, &reply, &first_row, &title),
            "200" => assert_eq!(reply.status, 200, "{title}"),
            refusal => assert_eq!(
                reply.refusal(),
                refusal,
                "{title} ({})",
                difference.map_or("", |difference| difference.anchor)
            ),
        }
        calls_made += 1;
    }
    assert_eq!(calls_made, 100);
    app.assert_counters().await;
}

/// Asserts that a response equals the observed one.
fn assert_same(call: &Value, reply: &Reply, first_row: &Map<String, Value>, title: &str) {
    assert_eq!(u64::from(reply.status), call["status"].as_u64().unwrap(), "{title}");
    if let Some(row) = call.get("row") {
        assert_same_row(call, row, first_row, &reply.body["data"], title);
    }
    if let Some(data) = call.get("data") {
        let seen = &reply.body["data"];
        assert_eq!(data.get("count").unwrap_or(data), seen.get("count").unwrap_or(seen), "{title}");
    }
}

/// Asserts that a row has the observed columns. Of a generated login name, only the prefix is
/// compared.
fn assert_same_row(
    call: &Value,
    row: &Value,
    first_row: &Map<String, Value>,
    seen: &Value,
    title: &str,
) {
    let mut expected = first_row.clone();
    expected.extend(row.as_object().unwrap().clone());
    let (different, anchor) = different_columns(call["seq"].as_u64().unwrap());
    expected.extend(different.as_object().unwrap().clone());
    let typed = call["request"]["params"]["new_loginname"]
        .as_str()
        .is_some_and(|name| !name.trim().is_empty());
    for (column, value) in expected {
        if column == "loginname" && !typed {
            assert!(seen[&column].as_str().unwrap().starts_with("web"), "{title}");
        } else {
            assert_eq!(seen[&column], value, "{column} of {title} {anchor}");
        }
    }
}

/// Applies the settings that the observer had set before a call.
async fn apply_settings(app: &TestApp, call: &Value) {
    for sql in call.get("setup_sql").and_then(Value::as_array).into_iter().flatten() {
        let sql = sql.as_str().unwrap();
        if sql.contains("password_min_length") {
            app.set("password.min_length", "8").await;
        } else {
            assert!(sql.contains("password_special_char_required"), "{sql}");
            app.set("password.special_required", "1").await;
        }
    }
    // The observer restored this setting before the next call.
    if call["seq"] == 71 {
        app.set("password.special_required", "0").await;
    }
}

async fn replay(app: &TestApp, call: &Value, path: &str) -> Reply {
    let request = &call["request"];
    let api: Api = match (call["as"].as_str().unwrap(), call.get("auth")) {
        ("admin", _) => app.api("admin").await,
        (_, Some(auth)) => app.api_as(auth[0].as_str().unwrap(), auth[1].as_str().unwrap()),
        _ => app.api_as("", ""),
    };
    let body = match request.get("raw") {
        Some(raw) => raw.as_str().unwrap().to_owned(),
        None if request["command"].is_null() => String::new(),
        None => {
            json!({ "command": request["command"], "params": request.get("params") }).to_string()
        }
    };
    let method = request.get("method").and_then(Value::as_str).unwrap_or("POST");
    let observed = request.get("path").and_then(Value::as_str).unwrap_or("/api.php");
    let address = observed.replacen("/api.php", path, 1);
    let bare = call["as"] == "none" && call.get("auth").is_none();
    let request = if bare { api.bare(method, &address) } else { api.request(method, &address) };
    api.send(request.body(body)).await
}
