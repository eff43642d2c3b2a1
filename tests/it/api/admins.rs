//! `Admins.*`: the cases of Froxlor's own tests by their ids (docs/compatibility.md#a1).
//!
//! A deliberate difference: `add` requires a password, because the panel does not email generated
//! passwords to admins.

use crate::support::TestApp;
use crate::support::make::PASSWORD;
use serde_json::{Value, json};

fn reseller() -> Value {
    json!({
        "new_loginname": "reseller", "email": "testreseller@froxlor.example", "name": "Testreseller", "admin_password": PASSWORD,
        "diskspace": -1, "traffic": -1, "customers": 15, "domains": 15, "subdomains": 15, "emails": -1, "email_accounts": 15,
        "email_forwarders": 15, "ftps": 15, "mysqls": 15, "api_allowed": 1,
    })
}

fn reseller_with(name: &str, value: &str) -> Value {
    let mut params = reseller();
    params[name] = json!(value);
    params
}

#[tokio::test]
async fn a01_to_a07_add_and_get() {
    let app = TestApp::spawn().await;
    let admin = app.api("admin").await;
    admin.data("Admins.add", reseller()).await;
    let row = admin.data("Admins.get", json!({ "loginname": "reseller" })).await;
    assert_eq!(
        (&row["loginname"], &row["email"]),
        (&json!("reseller"), &json!("testreseller@froxlor.example"))
    );
    assert_eq!(
        (&row["customers_see_all"], &row["customers"], &row["diskspace"]),
        (&json!(0), &json!(15), &json!(-1024))
    );
    for (params, refusal, id) in [
        (reseller_with("email", "other@froxlor.example"), "400 loginname-exists", "#a2"),
        (reseller_with("new_loginname", "web2"), "400 loginname-uses-prefix", "#a3"),
        (reseller_with("new_loginname", "reslr-"), "400 loginname-invalid", "#a4"),
        (reseller_with("email", "testreseller.froxlor.example"), "400 email-invalid", "#a5"),
    ] {
        assert_eq!(admin.refusal("Admins.add", params).await, refusal, "{id}");
    }
    let other = app.api("reseller").await;
    assert_eq!(other.refusal("Admins.add", reseller()).await, "403 not-allowed", "#a6");
    assert_eq!(
        other.refusal("Admins.unlock", json!({ "loginname": "reseller" })).await,
        "403 not-allowed",
        "#a6"
    );
    assert_eq!(
        other.refusal("Admins.update", json!({ "loginname": "reseller" })).await,
        "403 not-allowed",
        "#a6"
    );
    let reply = admin.call("Admins.get", json!({ "loginname": "nobody" })).await;
    assert_eq!(reply.refusal(), "404 admin-unknown", "#a7");
    assert!(reply.body["message"].as_str().unwrap().contains("nobody"));
    for secret in ["\"password", "data_2fa", "$argon2"] {
        assert!(!row.to_string().contains(secret), "{row}");
    }
}

#[tokio::test]
async fn a08_to_a13_lists() {
    let app = TestApp::spawn().await;
    let admin = app.api("admin").await;
    admin.data("Admins.add", reseller()).await;
    let names = |list: &Value| -> Vec<String> {
        list["list"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["loginname"].as_str().unwrap().to_owned())
            .collect()
    };
    let list = async |params: Value| admin.data("Admins.listing", params).await;
    assert_eq!(list(json!({})).await["count"], 2, "#a8");
    assert_eq!(admin.data("Admins.listingCount", json!({})).await, 2, "#a8");
    assert_eq!(
        names(&list(json!({ "sql_orderby": { "loginname": "DESC" } })).await),
        ["reseller", "admin"],
        "#a9"
    );
    let first = list(json!({ "sql_limit": 1 })).await;
    assert_eq!(
        (names(&first), &first["count"], &first["total"]),
        (vec!["admin".to_owned()], &json!(1), &json!(2)),
        "#a10"
    );
    assert_eq!(
        names(&list(json!({ "sql_limit": 1, "sql_offset": 1 })).await),
        ["reseller"],
        "#a11"
    );
    assert_eq!(
        names(
            &list(json!({ "sql_search": { "loginname": { "value": "adm", "op": null } } })).await
        ),
        ["admin"],
        "#a12"
    );
    assert_eq!(
        names(
            &list(json!({ "sql_search": { "a.customers_see_all": { "op": "=", "value": 0 } } }))
                .await
        ),
        ["reseller"]
    );
    assert_eq!(
        names(&list(json!({ "sql_search": { "customers": { "op": "<>", "value": -1 } } })).await),
        ["reseller"]
    );
    assert_eq!(
        admin.refusal("Admins.listing", json!({ "sql_search": { "password": "x" } })).await,
        "400 search-field-unknown"
    );
    let other = app.api("reseller").await;
    for command in ["Admins.get", "Admins.listing", "Admins.listingCount", "Admins.delete"] {
        assert_eq!(
            other.refusal(command, json!({ "loginname": "admin" })).await,
            "403 not-allowed",
            "#a13 {command}"
        );
    }
}

#[tokio::test]
async fn a14_a18_unlock_and_suspend() {
    let app = TestApp::spawn().await;
    let admin = app.api("admin").await;
    admin.data("Admins.add", reseller()).await;
    app.sql("UPDATE logins SET failed_count = 5 WHERE name_key = 'reseller'").await;
    assert_eq!(
        admin.data("Admins.unlock", json!({ "loginname": "reseller" })).await["loginfail_count"],
        0
    );
    assert_eq!(
        admin.data("Admins.update", json!({ "loginname": "reseller", "deactivated": 1 })).await["deactivated"],
        1
    );
    assert_eq!(
        admin.data("Admins.update", json!({ "id": 2, "deactivated": 0 })).await["deactivated"],
        0
    );
}

#[tokio::test]
async fn a15_a16_a19_delete() {
    let app = TestApp::spawn().await;
    let admin = app.api("admin").await;
    assert_eq!(
        admin.refusal("Admins.delete", json!({ "loginname": "admin" })).await,
        "400 cannot-delete-self",
        "#a15"
    );
    admin.data("Admins.add", reseller()).await;
    assert_eq!(
        admin.data("Admins.delete", json!({ "loginname": "reseller" })).await["loginname"],
        "reseller",
        "#a16"
    );
    app.make_admin("other").await;
    let other = app.api("other").await;
    assert_eq!(
        other.refusal("Admins.delete", json!({ "id": 1 })).await,
        "400 cannot-delete-first-admin",
        "#a19"
    );
}

#[tokio::test]
async fn a17_admins_can_update_their_own_account() {
    let app = TestApp::spawn().await;
    let admin = app.api("admin").await;
    let row = admin
        .data("Admins.update", json!({ "id": 1, "theme": "", "def_language": "Deutsch" }))
        .await;
    assert_eq!((&row["theme"], &row["def_language"]), (&json!("Froxlor"), &json!("de")));
}

/// Limits must not fall below the assigned amounts, and an admin who owns customers cannot be
/// deleted.
#[tokio::test]
async fn limits_below_assigned_amounts_are_refused() {
    let app = TestApp::spawn().await;
    let admin = app.api("admin").await;
    admin.data("Admins.add", reseller()).await;
    let owner = app.api("reseller").await;
    owner
        .data("Customers.add", json!({ "email": "a@customer.example", "company": "A", "ftps": 5 }))
        .await;
    for params in [json!({ "id": 2, "ftps": 4 }), json!({ "id": 2, "customers": 0 })] {
        assert_eq!(admin.refusal("Admins.update", params).await, "406 below-assigned");
    }
    assert_eq!(admin.refusal("Admins.delete", json!({ "id": 2 })).await, "406 admin-has-customers");
    let reply = admin.call("Admins.delete", json!({ "id": 2 })).await;
    assert_eq!(
        reply.body["message"],
        "This admin still owns one customer. Move or delete the customer first."
    );
    assert_eq!(
        admin.refusal("Admins.add", json!({ "new_loginname": "x2" })).await,
        "404 parameter-missing"
    );
}

crate::support::api::same_at_the_compatible_address!(
    a01_to_a07_add_and_get,
    a08_to_a13_lists,
    a14_a18_unlock_and_suspend,
    a15_a16_a19_delete,
    a17_admins_can_update_their_own_account,
    limits_below_assigned_amounts_are_refused,
);
