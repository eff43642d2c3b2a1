//! Lists without bounds: all rows, streamed while they are read (#diff-29).

use crate::support::TestApp;
use crate::support::make::with;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn names(list: &Value) -> Vec<String> {
    list["list"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["loginname"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn unbounded_lists_contain_every_row_once() {
    let app = TestApp::spawn().await;
    app.add_demo_customers(1_300).await;
    let strict = app.api("admin").await;
    let api = strict.compatible();
    let mut expected = Vec::new();
    for offset in (0..1_300).step_by(500) {
        let page = json!({ "sql_limit": 500, "sql_offset": offset, "sql_orderby": { "customerid": "ASC" } });
        expected.extend(names(&strict.data("Customers.listing", page).await));
    }
    for params in [
        json!({}),
        json!([]),
        json!({ "sql_limit": -1 }),
        json!({ "sql_limit": "0" }),
        json!({ "sql_limit": "all" }),
        json!({ "sql_offset": 5 }),
        json!({ "sql_limit": 100_000, "sql_offset": -5 }),
    ] {
        let list = api.data("Customers.listing", params.clone()).await;
        assert_eq!(names(&list), expected, "{params}");
        assert_eq!((&list["count"], &list["total"]), (&json!(1300), &json!(1300)), "{params}");
    }
    let list = api
        .data(
            "Customers.listing",
            json!({ "sql_limit": 1100, "sql_offset": 150, "show_usages": 1 }),
        )
        .await;
    assert_eq!(names(&list), expected[150..1250]);
    assert_eq!((&list["count"], &list["total"]), (&json!(1100), &json!(1300)));
    assert!(
        list["list"]
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["mailspace_used"].is_u64() && row["domains"].is_u64())
    );
    let list =
        api.data("Customers.listing", json!({ "sql_limit": "10", "sql_offset": "1295", "sql_orderby": { "c.customerid": "ASC" } })).await;
    assert_eq!(names(&list), expected[1295..]);
    let backwards =
        api.data("Customers.listing", json!({ "sql_orderby": { "customerid": "DESC" } })).await;
    assert_eq!(names(&backwards), expected.iter().rev().cloned().collect::<Vec<_>>());
    // The rows equal those of the bounded list.
    let rows = api.data("Customers.listing", json!({})).await;
    let first = strict
        .data(
            "Customers.listing",
            json!({ "sql_limit": 3, "sql_orderby": { "customerid": "ASC" } }),
        )
        .await;
    assert_eq!(rows["list"].as_array().unwrap()[..3], first["list"].as_array().unwrap()[..]);
}

/// A reseller's list contains their own customers only, whatever its length.
#[tokio::test]
async fn resellers_list_their_own_customers_only() {
    let app = TestApp::spawn().await;
    app.reseller("res", &[]).await;
    app.add_demo_customers(1_100).await;
    app.customer_of("res", "their1").await;
    let list = app.api("res").await.compatible().data("Customers.listing", json!({})).await;
    assert_eq!(
        (names(&list), &list["count"], &list["total"]),
        (vec!["their1".to_owned()], &json!(1), &json!(1))
    );
    let list = app
        .api("admin")
        .await
        .compatible()
        .data("Customers.listing", json!({ "sql_search": { "a.loginname": "res" } }))
        .await;
    assert!(names(&list).contains(&"their1".to_owned()));
    let customer = app.customer_self("their1").await;
    assert_eq!(customer.login_name(), "their1");
}

/// A customer who is deleted while a client reads is neither listed nor counted, and no customer is
/// listed twice.
#[tokio::test]
async fn a_list_stays_consistent_while_customers_are_deleted() {
    let app = TestApp::spawn().await;
    app.add_demo_customers(6_000).await;
    let api = app.api("admin").await.compatible();
    let call = json!({ "command": "Customers.listing", "params": {} }).to_string();
    let mut response = api.post("/api.php").body(call).send().await.unwrap();
    assert_eq!((response.status().as_u16(), response.headers().get("content-length")), (200, None));
    assert_eq!(response.headers()["transfer-encoding"], "chunked");
    let mut text = response.chunk().await.unwrap().unwrap().to_vec();
    let last: Vec<i64> = vec![
        app.number("SELECT MAX(id) FROM customers").await,
        app.number("SELECT MAX(id) - 1 FROM customers").await,
    ];
    for id in &last {
        assert_eq!(api.call("Customers.delete", json!({ "id": id })).await.status, 200);
    }
    while let Some(chunk) = response.chunk().await.unwrap() {
        text.extend(chunk);
    }
    let body: Value = serde_json::from_slice(&text).unwrap();
    let rows = body["data"]["list"].as_array().unwrap();
    let ids: BTreeSet<i64> = rows.iter().map(|row| row["customerid"].as_i64().unwrap()).collect();
    assert_eq!(ids.len(), rows.len(), "each once");
    assert!(
        last.iter().all(|id| !ids.contains(id)),
        "the rows were read before the client wanted them"
    );
    assert_eq!((&body["data"]["count"], &body["data"]["total"]), (&json!(5_998), &json!(5_998)));
}

/// A streamed response is compressed on request.
#[tokio::test]
async fn streamed_lists_are_compressed_on_request() {
    let app = TestApp::spawn().await;
    app.add_demo_customers(1_200).await;
    let api = app.api("admin").await.compatible();
    let call = json!({ "command": "Customers.listing" }).to_string();
    let response =
        api.post("/api.php").header("accept-encoding", "gzip").body(call).send().await.unwrap();
    assert_eq!(
        (response.status().as_u16(), response.headers()["content-encoding"].to_str().unwrap()),
        (200, "gzip")
    );
    let compressed = response.bytes().await.unwrap();
    assert!(
        compressed.starts_with(&[0x1f, 0x8b]) && compressed.len() < 400_000,
        "{} bytes",
        compressed.len()
    );
}

#[tokio::test]
async fn lists_of_admins_and_plans_are_unbounded() {
    let app = TestApp::spawn().await;
    let strict = app.api("admin").await;
    let rows: Vec<String> =
        (0..150).map(|n| format!("({n} + 1000, 1, 'plan {n}', '', 0, 0)")).collect();
    app.sql(&format!(
        "INSERT INTO plans (id, owner_id, name, description, created_at, updated_at) VALUES {}",
        rows.join(", ")
    ))
    .await;
    for params in [json!({}), json!({ "sql_limit": 0 }), json!({ "sql_limit": 5000 })] {
        let list = strict.compatible().data("HostingPlans.listing", params).await;
        assert_eq!((&list["count"], &list["total"]), (&json!(150), &json!(150)));
    }
    assert_eq!(strict.data("HostingPlans.listing", json!({})).await["count"], 100);
    assert_eq!(
        strict.compatible().data("Admins.listing", json!({ "sql_limit": "-1" })).await["count"],
        1
    );
    app.add("admin", with("web", json!({ "api_allowed": true }))).await.unwrap();
    assert_eq!(
        app.api("web")
            .await
            .compatible()
            .refusal("Customers.listing", json!({ "sql_limit": -1 }))
            .await,
        "403 not-allowed"
    );
}
