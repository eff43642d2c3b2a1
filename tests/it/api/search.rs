//! `sql_search`, `sql_orderby`, `sql_limit`, `sql_offset` at the strict address (docs/compatibility.md#d45, #d52).

use crate::support::TestApp;
use crate::support::api::Api;
use crate::support::make::with;
use serde_json::{Value, json};

/// Customers that differ in everything that is asked for below.
async fn fixture() -> (TestApp, Api) {
    let app = TestApp::spawn().await;
    app.reseller("res2", &[]).await;
    for (owner, login_name, more) in [
        ("admin", "shop2", json!({ "company": "Nordwind 50% GmbH", "city": "Köln", "diskspace": 5, "customernumber": "A 1" })),
        ("admin", "shop10", json!({ "company": "Nordwind_Sued", "city": "Berlin", "diskspace": -1, "customernumber": "A 2" })),
        ("res2", "shop1", json!({ "company": "Meier", "city": "köln", "diskspace": 500, "deactivated": null })),
    ] {
        app.add(owner, with(login_name, more)).await.unwrap();
    }
    app.suspend("admin", "shop10", true).await.unwrap();
    let api = app.api("admin").await;
    (app, api)
}

async fn found(api: &Api, params: Value) -> Vec<String> {
    let list = api.data("Customers.listing", params.clone()).await;
    let names: Vec<String> = list["list"].as_array().unwrap().iter().map(|row| row["loginname"].as_str().unwrap().to_owned()).collect();
    if let Some(search) = params.get("sql_search") {
        let count = api.data("Customers.listingCount", json!({ "sql_search": search })).await;
        assert_eq!((&list["total"], &list["count"]), (&count, &count), "{params}");
    }
    names
}

#[tokio::test]
async fn every_operator() {
    let (_app, api) = fixture().await;
    for (search, names) in [
        (json!({}), "shop1 shop2 shop10"),
        (json!({ "c.company": "nordwind" }), "shop2 shop10"),
        (json!({ "company": "0% g" }), "shop2"),
        (json!({ "company": "d_s" }), "shop10"),
        (json!({ "c.city": "KÖLN" }), "shop1 shop2"),
        (json!({ "c.city": { "op": "=", "value": "köln" } }), "shop1 shop2"),
        (json!({ "c.city": { "op": "<>", "value": "Köln" } }), "shop10"),
        (json!({ "c.loginname": { "op": "in", "value": ["SHOP1", "shop10", "nobody"] } }), "shop1 shop10"),
        (json!({ "a.loginname": "res2" }), "shop1"),
        (json!({ "adminname": { "op": "=", "value": "admin" } }), "shop2 shop10"),
        (json!({ "c.adminid": { "op": ">", "value": 1 } }), "shop1"),
        (json!({ "a.adminid": 1 }), "shop2 shop10"),
        (json!({ "c.diskspace": { "op": ">", "value": 5120 } }), "shop1 shop10"),
        (json!({ "c.diskspace": { "op": "<", "value": 5121 } }), "shop2"),
        (json!({ "c.diskspace": { "op": "=", "value": "5120" } }), "shop2"),
        (json!({ "c.diskspace": { "op": "=", "value": -1024 } }), "shop10"),
        (json!({ "c.diskspace": { "op": "<>", "value": -1 } }), "shop1 shop2"),
        (json!({ "c.diskspace": { "op": "<>", "value": 5120 } }), "shop1 shop10"),
        (json!({ "c.diskspace": { "op": "in", "value": [-1, 5120] } }), "shop2 shop10"),
        (json!({ "c.diskspace": "512" }), "shop1 shop2"),
        (json!({ "deactivated": { "op": "=", "value": 1 } }), "shop10"),
        (json!({ "deactivated": { "op": "<", "value": 1 } }), "shop1 shop2"),
        (json!({ "deactivated": "0" }), "shop1 shop2"),
        (json!({ "customerid": { "op": "in", "value": [1, "3"] } }), "shop1 shop2"),
        (json!({ "guid": "1000" }), "shop1 shop2 shop10"),
        (json!({ "lastlogin_succ": { "op": "=", "value": 0 } }), "shop1 shop2 shop10"),
        (json!({ "customernumber": "a", "c.city": "berlin" }), "shop10"),
        (json!({ "c.loginname": { "op": "<", "value": "shop10" } }), "shop1"),
        (json!({ "c.company": { "op": "=", "value": "' OR 1=1 --" } }), ""),
    ] {
        let asked = json!({ "sql_search": search, "sql_orderby": { "c.loginname": "ASC" } });
        assert_eq!(found(&api, asked).await.join(" "), names, "{search}");
    }
}

#[tokio::test]
async fn natural_order_and_several_columns() {
    let (_app, api) = fixture().await;
    assert_eq!(found(&api, json!({ "sql_orderby": { "c.loginname": "desc" } })).await, ["shop10", "shop2", "shop1"]);
    let by = |order: &str| serde_json::from_str::<Value>(&format!("{{\"sql_orderby\":{order}}}")).unwrap();
    assert_eq!(found(&api, by(r#"{"a.loginname":"ASC","c.loginname":"DESC"}"#)).await, ["shop10", "shop2", "shop1"]);
    assert_eq!(found(&api, by(r#"{"c.loginname":"ASC","a.loginname":"DESC"}"#)).await, ["shop1", "shop2", "shop10"]);
    assert_eq!(found(&api, by(r#"{"adminname":"DESC","c.diskspace":"ASC"}"#)).await, ["shop1", "shop2", "shop10"], "no limit is most");
    assert_eq!(found(&api, by(r#"{"deactivated":"DESC","customerid":"DESC"}"#)).await, ["shop10", "shop1", "shop2"]);
}

#[tokio::test]
async fn parts_of_a_list() {
    let (_app, api) = fixture().await;
    let part = async |limit: Value, offset: Value| {
        let params = json!({ "sql_limit": limit, "sql_offset": offset, "sql_orderby": { "loginname": "ASC" } });
        let list = api.data("Customers.listing", params).await;
        assert_eq!(list["total"], 3);
        list["list"].as_array().unwrap().iter().map(|row| row["loginname"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(part(json!(2), json!(0)).await, ["shop1", "shop2"]);
    assert_eq!(part(json!("2"), json!("2")).await, ["shop10"]);
    assert_eq!(part(json!(0), json!(1)).await, ["shop2", "shop10"]);
    assert_eq!(part(json!(5), json!(99)).await, Vec::<String>::new());
    for (params, field) in [
        (json!({ "sql_limit": -1 }), "sql_limit"),
        (json!({ "sql_limit": 1.5 }), "sql_limit"),
        (json!({ "sql_offset": "many" }), "sql_offset"),
        (json!({ "sql_search": "name" }), "sql_search"),
        (json!({ "sql_orderby": [["name", "ASC"]] }), "sql_orderby"),
    ] {
        let reply = api.call("Customers.listing", params.clone()).await;
        assert_eq!(reply.status, 400, "{params}");
        assert!(reply.fields()[0].starts_with(field), "{params}: {:?}", reply.fields());
    }
}

/// A hundred rows unless asked otherwise, a thousand at most (#diff-41).
#[tokio::test]
async fn no_answer_is_without_bounds() {
    let app = TestApp::spawn().await;
    app.invent(1_200).await;
    let api = app.api("admin").await;
    for (params, count) in [(json!({}), 100), (json!({ "sql_limit": 5000 }), 1000), (json!({ "sql_limit": 5000, "sql_offset": 1000 }), 200)]
    {
        let list = api.data("Customers.listing", params.clone()).await;
        assert_eq!((&list["count"], &list["total"]), (&json!(count), &json!(1200)), "{params}");
        assert_eq!(list["list"].as_array().unwrap().len(), count);
    }
}

/// Neither a hash nor a key can be guessed by asking (#d45).
#[tokio::test]
async fn secrets_cannot_be_asked_for() {
    let (_app, api) = fixture().await;
    for column in ["password", "c.password", "a.password", "data_2fa", "c.leprivatekey", "password_hash", "login_id", "search_text"] {
        for params in [json!({ "sql_search": { column: "a" } }), json!({ "sql_orderby": { column: "ASC" } })] {
            let reply = api.call("Customers.listing", params.clone()).await;
            assert_eq!(reply.refusal(), "400 search-field-unknown", "{params}");
            assert!(reply.body["message"].as_str().unwrap().contains(column), "{}", reply.body);
        }
    }
    for op in [">=", "<=", "!=", "like", "LIKE", "or", "; --"] {
        let reply = api.call("Customers.listing", json!({ "sql_search": { "name": { "op": op, "value": "x" } } })).await;
        assert_eq!(reply.refusal(), "400 operator-unknown", "{op}");
    }
}
