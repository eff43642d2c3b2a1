//! The OpenAPI document: its examples are real responses, and every response matches its schema.

use crate::support::TestApp;
use crate::support::make::PASSWORD;
use clientele::api::commands::COMMANDS;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::Path;

const UPDATE: &str = "CLIENTELE_UPDATE_SNAPSHOTS";

/// Returns a call of every command, in an order in which each succeeds. Fixed names and the tests'
/// fixed clock keep the examples equal between runs.
fn calls() -> Vec<(&'static str, Value)> {
    let reseller = json!({
        "new_loginname": "res1", "name": "Example Reseller", "email": "reseller@provider.example", "admin_password": PASSWORD,
        "customers": 10, "domains": 10, "diskspace": 10240, "traffic": -1, "emails": 100, "email_accounts": 100, "ftps": 20, "mysqls": 20,
    });
    let customer = json!({
        "new_loginname": "example", "email": "jo@customer.example", "firstname": "Jo", "name": "Example", "company": "Example Ltd", "gender": 1,
        "zipcode": "12345", "city": "Exampletown", "phone": "+49 30 123", "diskspace": 1024, "traffic": 5, "emails": 10,
        "email_accounts": 5, "ftps": 1, "mysqls": 1, "email_imap": true, "phpenabled": true, "allowed_phpconfigs": [1], "sendpassword": true,
    });
    vec![
        ("Froxlor.listFunctions", json!({ "module": "Customers", "function": "unlock" })),
        ("Froxlor.generatePassword", json!({ "length": 16 })),
        ("Admins.add", reseller),
        ("Admins.get", json!({ "loginname": "res1" })),
        ("Admins.update", json!({ "loginname": "res1", "customers": 20 })),
        ("Admins.unlock", json!({ "loginname": "res1" })),
        (
            "Admins.listing",
            json!({ "sql_search": { "loginname": { "op": "=", "value": "res1" } } }),
        ),
        ("Admins.listingCount", json!({})),
        (
            "HostingPlans.add",
            json!({ "name": "Small", "description": "For a start", "diskspace": 1024, "traffic": 10, "emails": 10 }),
        ),
        ("HostingPlans.get", json!({ "planname": "Small" })),
        ("HostingPlans.update", json!({ "id": 1, "mysqls": 2 })),
        ("HostingPlans.listing", json!({ "sql_orderby": { "name": "ASC" } })),
        ("HostingPlans.listingCount", json!({})),
        ("HostingPlans.delete", json!({ "id": 1 })),
        ("Customers.add", customer),
        ("Customers.get", json!({ "loginname": "example", "show_usages": true })),
        (
            "Customers.update",
            json!({ "loginname": "example", "city": "Othertown", "traffic_ul": true }),
        ),
        ("Customers.unlock", json!({ "id": 1 })),
        (
            "Customers.listing",
            json!({ "sql_search": { "city": "town" }, "sql_orderby": { "loginname": "ASC" }, "sql_limit": 10 }),
        ),
        (
            "Customers.listingCount",
            json!({ "sql_search": { "diskspace": { "op": ">", "value": 5120 } } }),
        ),
        ("Customers.move", json!({ "loginname": "example", "adminid": 2 })),
        ("Customers.delete", json!({ "loginname": "example", "delete_userfiles": false })),
        ("Admins.delete", json!({ "loginname": "res1" })),
    ]
}

#[tokio::test]
async fn examples_are_real_responses() {
    let app = TestApp::spawn().await;
    let api = app.api("admin").await;
    let mut examples = Map::new();
    for (command, params) in calls() {
        let reply = api.call(command, params.clone()).await;
        assert_eq!(reply.status, 200, "{command}: {}", reply.body);
        let mut data = reply.body["data"].clone();
        replace_test_paths(&mut data, &app);
        if command == "Froxlor.generatePassword" {
            data = "hT7mWpq4ZgKdX9sB".into();
        }
        examples.insert(command.to_owned(), json!({ "params": params, "data": data }));
    }
    let called: BTreeSet<&str> = examples.keys().map(String::as_str).collect();
    assert_eq!(called, COMMANDS.iter().map(|spec| spec.name).collect());
    let actual = format!("{:#}\n", Value::from(examples));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api/examples.json");
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&file, &actual).unwrap();
    }
    let stored = std::fs::read_to_string(&file).unwrap();
    for (line, (now, before)) in actual.lines().zip(stored.lines()).enumerate() {
        assert_eq!(
            now,
            before,
            "line {} of src/api/examples.json; if the change is intended, run with {UPDATE}=1",
            line + 1
        );
    }
    assert_eq!(actual, stored, "if the change is intended, run with {UPDATE}=1");
}

/// Replaces paths in the test's directory.
fn replace_test_paths(data: &mut Value, app: &TestApp) {
    let homes = app.home("").display().to_string();
    match data {
        Value::Array(list) => list.iter_mut().for_each(|value| replace_test_paths(value, app)),
        Value::Object(map) => map.values_mut().for_each(|value| replace_test_paths(value, app)),
        Value::String(text) if text.starts_with(homes.trim_end_matches('/')) => {
            *text = text.replace(homes.trim_end_matches('/'), "/srv/homes");
        }
        _ => {}
    }
}

#[tokio::test]
async fn document_and_page_describe_every_command() {
    let app = TestApp::spawn().await;
    let api = app.api_as("", "");
    let response = api.bare("GET", "/api/openapi.json").send().await.unwrap();
    assert_eq!(response.status(), 200);
    let document: Value = response.json().await.unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    for spec in COMMANDS {
        let operation = &document["paths"][format!("/api/{}", spec.name)]["post"];
        let content = &operation["responses"]["200"]["content"]["application/json"];
        assert!(content["example"]["data"] != Value::Null, "{} has no example", spec.name);
    }
    let text = document.to_string();
    let parts = text.split("\"$ref\":\"#").skip(1);
    let pointers: BTreeSet<&str> = parts.map(|part| part.split('"').next().unwrap()).collect();
    assert!(pointers.contains("/components/schemas/Error"), "{pointers:?}");
    for pointer in pointers {
        assert!(document.pointer(pointer).is_some(), "{pointer} does not exist");
    }
    let page = app.browser().open("/api/docs").await;
    assert!(
        page.text.contains("/api.php") && page.text.contains("X-Clientele-Ignored"),
        "the differences of /api.php are described"
    );
    assert!(document["info"]["description"].as_str().unwrap().contains("X-Clientele-Ignored"));
    for spec in COMMANDS {
        assert!(page.text.contains(spec.name), "{}", spec.name);
    }
    assert!(page.text.contains("Exampletown"), "examples are shown");
}

/// Parameters and response of every command, and an error, match the document.
#[tokio::test]
async fn responses_match_their_schemas() {
    let app = TestApp::spawn().await;
    let api = app.api("admin").await;
    let document = clientele::api::openapi::document();
    for (command, params) in calls() {
        let reply = api.call(command, params.clone()).await;
        assert_eq!(reply.status, 200, "{command}: {}", reply.body);
        assert_matches_schema(
            &document,
            command,
            "responses/200/content/application~1json/schema",
            &reply.body,
        );
        assert_matches_schema(
            &document,
            command,
            "requestBody/content/application~1json/schema",
            &params,
        );
    }
    let error = api.call("Customers.add", json!({ "email": "x" })).await.body;
    let validator = jsonschema::validator_for(
        &json!({ "$ref": "#/components/schemas/Error", "components": document["components"] }),
    )
    .unwrap();
    assert!(validator.is_valid(&error), "{error}");
}

fn assert_matches_schema(document: &Value, command: &str, place: &str, value: &Value) {
    let schema = document.pointer(&format!("/paths/~1api~1{command}/post/{place}")).unwrap();
    let mut full_schema = schema.clone();
    full_schema["components"] = document["components"].clone();
    let validator = jsonschema::validator_for(&full_schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{command} {place}: {errors:?}");
}
