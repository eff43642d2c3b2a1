//! API keys in calls. `api_keys` tests how they are created and revoked.

use crate::support::TestApp;
use crate::support::database::{self, Engine};
use crate::support::make::with;
use clientele::domain::api_key::{AllowedFrom, ApiKeySettings};
use futures_util::FutureExt as _;
use jiff::SignedDuration;
use serde_json::json;

/// All invalid keys get the same response. Keys are case-sensitive on every engine.
#[tokio::test]
async fn calls_without_a_valid_key_are_refused() {
    let app = TestApp::spawn().await;
    let api = app.api("admin").await;
    let bare = api.send(api.bare("POST", "/api").body("{\"command\":\"Customers.listing\"}")).await;
    assert_eq!(bare.refusal(), "401 credentials-missing");
    assert_eq!(bare.header("www-authenticate"), "Basic realm=\"API\"");
    for header in ["Basic", "Basic !!!", "Basic bm9jb2xvbg==", "Bearer abc", "Basic //79", ""] {
        let reply = api.send(api.bare("POST", "/api").header("authorization", header)).await;
        assert_eq!(reply.refusal(), "401 credentials-missing", "{header:?}");
    }
    let mut bodies = Vec::new();
    for (key, secret) in [
        ("nope", "nope"),
        (&*api.key, "nope"),
        (&*api.key.to_uppercase(), &*api.secret),
        ("", ""),
        (&*api.key, ""),
    ] {
        let reply = app.api_as(key, secret).call("Customers.listing", json!({})).await;
        assert_eq!(reply.refusal(), "403 credentials-refused", "{key}:{secret}");
        bodies.push(reply.body.to_string());
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "every refusal is the same");
    let wrong = app.api_as("nope", "nope");
    let broken = wrong.send(wrong.post("/api").body("{not json")).await;
    assert_eq!(
        broken.refusal(),
        "403 credentials-refused",
        "without a key, the error does not tell whether the JSON is valid"
    );
}

#[tokio::test]
async fn expiry_and_address_are_checked() {
    let app = TestApp::spawn().await;
    let until = app.now() + SignedDuration::from_mins(10);
    let short = app
        .api_with("admin", ApiKeySettings { expires_at: Some(until), ..ApiKeySettings::default() })
        .await;
    assert_eq!(short.data("Customers.listingCount", json!({})).await, 0);
    app.advance_clock(SignedDuration::from_mins(10));
    assert_eq!(short.refusal("Customers.listingCount", json!({})).await, "403 credentials-refused");

    let from = |list: &str| ApiKeySettings {
        allowed_from: AllowedFrom::parse(list).unwrap(),
        ..ApiKeySettings::default()
    };
    let here = app.api_with("admin", from("127.0.0.0/8")).await;
    assert_eq!(here.data("Customers.listingCount", json!({})).await, 0);
    let elsewhere = app.api_with("admin", from("192.0.2.1, 2001:db8::/32")).await;
    assert_eq!(
        elsewhere.refusal("Customers.listingCount", json!({})).await,
        "403 credentials-refused"
    );
    let forged = elsewhere
        .post("/api")
        .header("x-forwarded-for", "192.0.2.1")
        .header("forwarded", "for=192.0.2.1");
    let reply = elsewhere.send(forged.body("{\"command\":\"Customers.listingCount\"}")).await;
    assert_eq!(reply.refusal(), "403 credentials-refused", "everyone can send that header");
}

#[tokio::test]
async fn behind_a_trusted_proxy_the_header_counts() {
    let app = TestApp::behind_proxy("127.0.0.0/8, 10.0.0.0/8").await;
    let settings = ApiKeySettings {
        allowed_from: AllowedFrom::parse("192.0.2.1").unwrap(),
        ..ApiKeySettings::default()
    };
    let api = app.api_with("admin", settings).await;
    let status = async |forwarded: &str| {
        let request = api
            .post("/api")
            .header("x-forwarded-for", forwarded)
            .body("{\"command\":\"Customers.listingCount\"}");
        api.send(request).await.status
    };
    assert_eq!(status("192.0.2.1").await, 200);
    assert_eq!(status("203.0.113.9, 192.0.2.1").await, 200);
    assert_eq!(status("192.0.2.1, 10.3.2.1").await, 200, "a proxy behind a proxy");
    assert_eq!(
        status("192.0.2.1, 203.0.113.9").await,
        403,
        "entries before the last untrusted address are the client's own"
    );
    assert_eq!(api.refusal("Customers.listingCount", json!({})).await, "403 credentials-refused");
}

#[tokio::test]
async fn a_key_has_the_access_of_its_owner() {
    let app = TestApp::spawn().await;
    app.reseller("res", &[]).await;
    app.add("res", with("web", json!({ "api_allowed": true }))).await.unwrap();
    let (admin, reseller, customer) =
        (app.api("admin").await, app.api("res").await, app.api("web").await);
    assert_eq!(
        customer.data("Customers.get", json!({ "loginname": "web" })).await["loginname"],
        "web"
    );

    // #c11: a suspended customer is refused like any account. After resuming, the key works again.
    admin.data("Customers.update", json!({ "loginname": "web", "deactivated": 1 })).await;
    assert_eq!(
        customer.refusal("Customers.get", json!({ "loginname": "web" })).await,
        "403 credentials-refused"
    );
    admin.data("Customers.update", json!({ "loginname": "web", "deactivated": 0 })).await;
    customer.data("Customers.get", json!({ "loginname": "web" })).await;
    admin.data("Customers.update", json!({ "loginname": "web", "api_allowed": 0 })).await;
    assert_eq!(
        customer.refusal("Customers.get", json!({ "loginname": "web" })).await,
        "403 credentials-refused"
    );

    admin.data("Admins.update", json!({ "loginname": "res", "deactivated": true })).await;
    assert_eq!(reseller.refusal("Customers.listing", json!({})).await, "406 account-suspended");
    admin
        .data(
            "Admins.update",
            json!({ "loginname": "res", "deactivated": false, "api_allowed": false }),
        )
        .await;
    assert_eq!(reseller.refusal("Customers.listing", json!({})).await, "403 credentials-refused");

    app.set("api.enabled", "0").await;
    assert_eq!(admin.refusal("Customers.listing", json!({})).await, "400 api-disabled");
}

#[tokio::test]
async fn a_read_only_key_changes_nothing() {
    let app = TestApp::spawn().await;
    app.customer("web").await;
    let api = app
        .api_with("admin", ApiKeySettings { read_only: true, ..ApiKeySettings::default() })
        .await;
    for command in
        ["Customers.listing", "Customers.listingCount", "Admins.listing", "Froxlor.listFunctions"]
    {
        assert_eq!(api.call(command, json!({})).await.status, 200, "{command}");
    }
    for command in [
        "Customers.add",
        "Customers.update",
        "Customers.delete",
        "Customers.unlock",
        "Customers.move",
        "Admins.add",
    ] {
        assert_eq!(
            api.refusal(command, json!({ "loginname": "web" })).await,
            "403 key-read-only",
            "{command}"
        );
    }
}

/// A transient error while the key is read is reported like one in the command. Only PostgreSQL
/// lets a test cause one: a view that raises a serialization failure replaces the table.
#[tokio::test]
async fn a_conflict_while_the_key_is_read_is_reported_as_busy() {
    if database::engine() != Engine::Postgres {
        return;
    }
    let app = TestApp::spawn().await;
    let api = app.api("admin").await;
    app.sql(
        "CREATE FUNCTION conflict() RETURNS BOOLEAN LANGUAGE plpgsql AS \
         $$ BEGIN RAISE EXCEPTION 'conflict' USING ERRCODE = '40001'; END $$; \
         ALTER TABLE api_keys RENAME TO stored_api_keys; \
         CREATE VIEW api_keys AS SELECT * FROM stored_api_keys WHERE conflict()",
    )
    .await;
    assert_eq!(api.refusal("Customers.listingCount", json!({})).await, "503 busy");
    // A later test uses the same database.
    app.sql(
        "DROP VIEW api_keys; ALTER TABLE stored_api_keys RENAME TO api_keys; \
         DROP FUNCTION conflict()",
    )
    .await;
    assert_eq!(api.data("Customers.listingCount", json!({})).await, 0);
}

#[tokio::test]
async fn the_last_use_is_recorded_once_a_minute() {
    let app = TestApp::spawn().await;
    let api = app.api("admin").await;
    let used = async || app.number("SELECT last_used_at FROM api_keys").await;
    assert_eq!(used().await, 0);
    // Consume the notification of the setup.
    app.app.job_notify.notify_one();
    app.app.job_notify.notified().await;
    api.data("Customers.listingCount", json!({})).await;
    let first = used().await;
    assert_eq!(first, app.now().as_second());
    assert_eq!(
        app.app.job_notify.notified().now_or_never(),
        None,
        "a call that only reads does not wake the worker"
    );
    app.advance_clock(SignedDuration::from_secs(30));
    api.data("Customers.listingCount", json!({})).await;
    assert_eq!(used().await, first);
    app.advance_clock(SignedDuration::from_secs(30));
    api.data("Customers.listingCount", json!({})).await;
    assert_eq!(used().await, first + 60);
}

crate::support::api::same_at_the_compatible_address!(
    calls_without_a_valid_key_are_refused,
    a_key_has_the_access_of_its_owner,
    a_read_only_key_changes_nothing,
);
