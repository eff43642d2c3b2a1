//! A row that is sent back unchanged is accepted and changes nothing (#diff-9).

use crate::support::TestApp;
use crate::support::api::Api;
use crate::support::make::{minimal, with};
use serde_json::{Map, Value, json};

/// Adds various customers, some of which the current rules would refuse.
async fn fixture() -> (TestApp, Api) {
    let app = TestApp::spawn().await;
    app.plan("admin", "Starter", &[("diskspace", "1073741824")]).await;
    for params in [
        minimal("plain"),
        with(
            "unlimited",
            json!({ "diskspace": -1, "traffic": -1, "mysqls": -1, "emails": -1, "ftps": -1, "subdomains": -1 }),
        ),
        with(
            "limited",
            json!({ "diskspace": 1.5, "traffic": 3, "mysqls": 2, "email_quota": 7, "createstdsubdomain": 1 }),
        ),
        with(
            "planned",
            json!({ "hosting_plan_id": 1, "def_language": "de", "theme": "dark", "gender": 2 }),
        ),
        with(
            "php",
            json!({ "phpenabled": 1, "allowed_phpconfigs": [1], "custom_notes": "a\nb", "custom_notes_show": 1 }),
        ),
        with("nameless", json!({})),
        with("older", json!({ "phpenabled": 1 })),
    ] {
        app.add("admin", params).await.unwrap();
    }
    app.sql("UPDATE customers SET name = '', firstname = '', company = '' WHERE login_name = 'nameless'").await;
    app.sql("UPDATE customers SET zipcode = 'ab_12', phone = 'call me', customer_number = 'A/1', fax = 'n/a' WHERE login_name = 'older'")
        .await;
    app.suspend("admin", "limited", true).await.unwrap();
    app.reseller("reseller", &[("diskspace", 1 << 40)]).await;
    let api = app.api("admin").await.compatible();
    (app, api)
}

/// Returns a row with all values as texts, and null for empty values, as clients keep rows in
/// forms.
fn as_texts(row: &Value) -> Value {
    let text = |value: &Value| match value {
        Value::String(text) if text.is_empty() => Value::Null,
        Value::Number(number) => number.to_string().into(),
        other => other.clone(),
    };
    row.as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| (name.clone(), text(value)))
        .collect::<Map<_, _>>()
        .into()
}

/// Sends whole rows back, and then each column alone with the reference to its row. Asserts that no
/// call changes the row.
async fn assert_rows_can_be_sent_back(api: &Api, module: &str, key: &str, param: &str) {
    let (listing, update) = (format!("{module}.listing"), format!("{module}.update"));
    let list = api.call(&listing, json!({})).await.body["data"]["list"].clone();
    for row in list.as_array().unwrap() {
        for sent in [row.clone(), as_texts(row)] {
            let mut sent = sent;
            sent[param] = row[key].clone();
            let reply = api.call(&update, sent.clone()).await;
            assert_eq!((reply.status, &reply.body["data"]), (200, row), "{sent}");
        }
        for (column, value) in row.as_object().unwrap() {
            let params = Value::from(Map::from_iter([
                (param.to_owned(), row[key].clone()),
                (column.clone(), value.clone()),
            ]));
            // Without other columns, Froxlor reads a number of KiB as MiB or GiB.
            if ["diskspace", "traffic"].contains(&column.as_str()) && value.as_i64().unwrap() > 0 {
                continue;
            }
            let reply = api.call(&update, params.clone()).await;
            assert_eq!(reply.status, 200, "{params}: {}", reply.body);
            let mut now = reply.body["data"].clone();
            // Any change would have increased the version.
            assert_eq!(now["version"], row["version"], "{column} changed the row");
            now["version"] = row["version"].clone();
            assert_eq!(now, *row, "{column}");
        }
    }
}

#[tokio::test]
async fn rows_of_customers_can_be_sent_back() {
    let (app, api) = fixture().await;
    app.set("php.config_required", "1").await;
    let before = app.count("audit_entries", "action = 'customer.updated'").await;
    assert_rows_can_be_sent_back(&api, "Customers", "loginname", "loginname").await;
    assert_eq!(
        app.count("audit_entries", "action = 'customer.updated'").await,
        before,
        "nothing was changed"
    );
    app.assert_counters().await;
}

#[tokio::test]
async fn rows_of_admins_and_plans_can_be_sent_back() {
    let (_app, api) = fixture().await;
    assert_rows_can_be_sent_back(&api, "Admins", "loginname", "loginname").await;
    assert_rows_can_be_sent_back(&api, "HostingPlans", "name", "planname").await;
}

/// A row with changed values changes those values only, however old the row is.
#[tokio::test]
async fn changed_values_of_a_row_change_those_values_only() {
    let (app, api) = fixture().await;
    let mut row =
        api.data("Customers.get", json!({ "loginname": "limited", "show_usages": 1 })).await;
    let before = row.clone();
    row["city"] = json!("Bonn");
    row["diskspace"] = json!(2048);
    let after = api.data("Customers.update", row.clone()).await;
    assert_eq!(
        (&after["city"], &after["diskspace"], &after["traffic"]),
        (&json!("Bonn"), &json!(2_097_152), &before["traffic"])
    );
    row["city"] = json!("Köln");
    row["diskspace"] = json!(-1024);
    let after = api.data("Customers.update", row).await;
    assert_eq!((&after["city"], &after["diskspace"]), (&json!("Köln"), &json!(-1024)));
    // Without other columns, the same number is MiB.
    let after =
        api.data("Customers.update", json!({ "loginname": "limited", "diskspace": 1536 })).await;
    assert_eq!(after["diskspace"], 1_572_864);
    // Without other columns, the version is checked as in the strict dialect: it must be the
    // current one.
    assert_eq!(
        api.refusal(
            "Customers.update",
            json!({ "loginname": "limited", "city": "Ulm", "version": 1 })
        )
        .await,
        "409 changed-meanwhile"
    );
    app.assert_counters().await;
}

#[tokio::test]
async fn a_customer_without_a_name_can_be_updated() {
    let (_app, api) = fixture().await;
    for params in [
        json!({ "city": "Bonn" }),
        json!({ "city": "Ulm", "name": "", "company": "" }),
        json!({ "deactivated": 1 }),
    ] {
        let mut all = params.clone();
        all["loginname"] = json!("nameless");
        assert_eq!(api.call("Customers.update", all).await.status, 200, "{params}");
    }
    let emptied = json!({ "loginname": "plain", "company": "" });
    assert_eq!(
        api.refusal("Customers.update", emptied).await,
        "406 parameter-empty",
        "an existing name cannot be removed"
    );
}

/// Customers also send back their own row. A column that they must not change is refused if it
/// differs (#d53).
#[tokio::test]
async fn customers_can_send_back_their_own_row() {
    let app = TestApp::spawn().await;
    app.add("admin", with("web", json!({ "api_allowed": true, "diskspace": 5, "mysqls": 1 })))
        .await
        .unwrap();
    let api = app.api("web").await.compatible();
    let mut row = api.data("Customers.get", json!({ "loginname": "web" })).await;
    assert_eq!(api.data("Customers.update", row.clone()).await, row);
    row["def_language"] = json!("Deutsch");
    row["theme"] = json!("");
    assert_eq!(api.data("Customers.update", row.clone()).await["def_language"], "de");
    row["email"] = json!("other@example.com");
    let reply = api.call("Customers.update", row).await;
    assert_eq!(
        (reply.refusal().as_str(), reply.fields()),
        ("403 field-forbidden", vec!["email: field-forbidden".to_owned()])
    );
    assert_eq!(
        api.refusal("Customers.update", json!({ "id": 1, "diskspace": 5120 })).await,
        "403 field-forbidden",
        "without other columns, it is a new limit"
    );
}
