//! `HostingPlans.*`: the cases of Froxlor's own tests by their ids (docs/compatibility.md#p1).

use crate::support::TestApp;
use crate::support::api::Api;
use crate::support::make::with;
use serde_json::{Value, json};

async fn fixture() -> (TestApp, Api, Api) {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    let (admin, reseller) = (app.api("admin").await, app.api("reseller").await);
    (app, admin, reseller)
}

fn test_plan() -> Value {
    json!({
        "name": "test", "description": "first test plan", "diskspace": 0, "diskspace_ul": 1, "traffic": -1, "emails": -1,
        "subdomains": 15, "email_accounts": 15, "email_forwarders": 15, "email_imap": 1, "email_pop3": 0, "ftps": 15,
        "mysqls": 15, "phpenabled": 1, "allowed_phpconfigs": [1],
    })
}

fn values(row: &Value) -> Value {
    serde_json::from_str(row["value"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn p01_p03_p04_plans_are_added_and_listed() {
    let (_app, admin, reseller) = fixture().await;
    let row = admin.data("HostingPlans.add", test_plan()).await;
    assert_eq!((&row["name"], &row["adminname"]), (&json!("test"), &json!("admin")));
    let value = values(&row);
    assert_eq!(value["diskspace"], -1);
    assert_eq!((&value["email_accounts"], &value["allowed_phpconfigs"]), (&json!(15), &json!([1])));
    let members = "diskspace traffic subdomains emails email_accounts email_forwarders email_quota email_imap email_pop3 ftps \
        mysqls phpenabled allowed_phpconfigs perlenabled dnsenabled logviewenabled";
    for member in members.split_whitespace() {
        assert!(value.get(member).is_some(), "{member}");
    }
    assert_eq!(admin.data("HostingPlans.listing", json!({})).await["count"], 1);
    assert_eq!(admin.data("HostingPlans.listingCount", json!({})).await, 1);
    assert_eq!(reseller.data("HostingPlans.listing", json!({})).await["count"], 0);
    assert_eq!(reseller.data("HostingPlans.listingCount", json!({})).await, 0);
}

#[tokio::test]
async fn p02_a_plan_requires_a_name() {
    let (_app, admin, _) = fixture().await;
    for params in [json!({}), json!({ "name": null })] {
        let reply = admin.call("HostingPlans.add", params).await;
        assert_eq!(reply.refusal(), "404 parameter-missing");
        assert!(reply.body["message"].as_str().unwrap().contains("HostingPlans.add"));
    }
    assert_eq!(
        admin.refusal("HostingPlans.add", json!({ "name": "  " })).await,
        "406 parameter-empty"
    );
}

/// `self_service` tests #p5.
#[tokio::test]
async fn p06_p07_p08_plans_are_found_by_id_and_by_name() {
    let (_app, admin, reseller) = fixture().await;
    let row = admin.data("HostingPlans.add", test_plan()).await;
    let reply = admin.call("HostingPlans.get", json!({ "id": 999 })).await;
    assert_eq!(reply.refusal(), "404 plan-unknown");
    assert!(reply.body["message"].as_str().unwrap().contains("999"));
    assert_eq!(admin.data("HostingPlans.get", json!({ "id": row["id"] })).await["name"], "test");
    let after = admin
        .data("HostingPlans.update", json!({ "planname": "test", "name": "", "ftps": "20" }))
        .await;
    let (old, new) = (values(&row), values(&after));
    assert_eq!((&after["name"], &new["ftps"]), (&json!("test"), &json!(20)));
    assert_eq!((&new["diskspace"], &new["mysqls"]), (&old["diskspace"], &old["mysqls"]));
    for command in ["HostingPlans.get", "HostingPlans.update", "HostingPlans.delete"] {
        assert_eq!(
            reseller.refusal(command, json!({ "planname": "test" })).await,
            "404 plan-unknown",
            "{command}"
        );
        assert_eq!(admin.refusal(command, json!({})).await, "404 parameter-missing", "{command}");
    }
}

#[tokio::test]
async fn an_empty_name_keeps_the_name_and_an_invisible_name_is_refused() {
    let (_app, admin, _) = fixture().await;
    admin.data("HostingPlans.add", json!({ "name": "Gold" })).await;
    let row = admin
        .data(
            "HostingPlans.update",
            json!({ "planname": "Gold", "name": " ", "description": "dear" }),
        )
        .await;
    assert_eq!((&row["name"], &row["description"]), (&json!("Gold"), &json!("dear")));
    let reply =
        admin.call("HostingPlans.update", json!({ "planname": "Gold", "name": "\u{200b}" })).await;
    assert_eq!((reply.status, reply.fields()), (400, vec!["name: required".to_owned()]));
}

#[tokio::test]
async fn p09_delete() {
    let (_app, admin, _) = fixture().await;
    admin.data("HostingPlans.add", json!({ "name": "test2", "description": "second" })).await;
    assert_eq!(
        admin.data("HostingPlans.delete", json!({ "planname": "test2" })).await["name"],
        "test2"
    );
    assert_eq!(admin.data("HostingPlans.listingCount", json!({})).await, 0);
}

#[tokio::test]
async fn p10_a_plan_sets_the_limits_of_a_new_customer() {
    let (_app, admin, _) = fixture().await;
    let plan = admin.data("HostingPlans.add", test_plan()).await;
    let row = admin
        .data(
            "Customers.add",
            with("test1hp", json!({ "hosting_plan_id": plan["id"], "diskspace": 7 })),
        )
        .await;
    assert_eq!(
        (&row["diskspace"], &row["subdomains"], &row["phpenabled"]),
        (&json!(-1024), &json!(15), &json!(1))
    );
    assert_eq!((&row["allowed_phpconfigs"], &row["hosting_plan_id"]), (&json!("[1]"), &plan["id"]));
    admin.data("Customers.delete", json!({ "loginname": "test1hp" })).await;
}

#[tokio::test]
async fn lists_are_searched_and_ordered() {
    let (_app, admin, _) = fixture().await;
    for name in ["Gold 10", "Gold 2", "Silver"] {
        admin.data("HostingPlans.add", json!({ "name": name })).await;
    }
    let names = |list: &Value| -> Vec<String> {
        list["list"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let list = admin
        .data(
            "HostingPlans.listing",
            json!({ "sql_search": { "p.name": "gold" }, "sql_orderby": { "id": "DESC" } }),
        )
        .await;
    assert_eq!(names(&list), ["Gold 2", "Gold 10"]);
    assert_eq!(
        admin
            .data(
                "HostingPlans.listingCount",
                json!({ "sql_search": { "name": { "op": "<>", "value": "silver" } } })
            )
            .await,
        2
    );
    assert_eq!(
        admin.refusal("HostingPlans.listing", json!({ "sql_search": { "value": "x" } })).await,
        "400 search-field-unknown"
    );
}

crate::support::api::same_at_the_compatible_address!(
    p01_p03_p04_plans_are_added_and_listed,
    p02_a_plan_requires_a_name,
    p06_p07_p08_plans_are_found_by_id_and_by_name,
    p09_delete,
    p10_a_plan_sets_the_limits_of_a_new_customer,
    lists_are_searched_and_ordered,
);
