//! Searches and orders as Froxlor reads them (#diff-26, #diff-27, #diff-28).

use crate::support::TestApp;
use crate::support::api::Api;
use crate::support::make::with;
use serde_json::{Value, json};

async fn fixture() -> (TestApp, Api) {
    let app = TestApp::spawn().await;
    app.reseller("res2", &[]).await;
    for (owner, login_name, more) in [
        (
            "admin",
            "shop2",
            json!({ "company": "Nordwind 50% GmbH", "city": "Köln", "diskspace": 5, "customernumber": "A 1" }),
        ),
        (
            "admin",
            "shop10",
            json!({ "company": "Nordwind_Sued", "city": "Berlin", "diskspace": -1, "customernumber": "A 2", "def_language": "de" }),
        ),
        ("res2", "shop1", json!({ "company": "Meier!", "city": "köln", "diskspace": 500 })),
    ] {
        app.add(owner, with(login_name, more)).await.unwrap();
    }
    let api = app.api("admin").await.compatible();
    (app, api)
}

async fn find(api: &Api, search: &Value) -> String {
    let params = json!({ "sql_search": search, "sql_orderby": { "c.loginname": "ASC" } });
    let list = api.data("Customers.listing", params.clone()).await;
    let count = api.data("Customers.listingCount", json!({ "sql_search": search })).await;
    assert_eq!((&list["count"], &list["total"]), (&count, &count), "{params}");
    let names: Vec<&str> = list["list"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["loginname"].as_str().unwrap())
        .collect();
    names.join(" ")
}

#[tokio::test]
async fn wildcards_match_unless_escaped() {
    let (_app, api) = fixture().await;
    for (value, names) in [
        ("nord%gmbh", "shop2"),
        ("Nordwind_", "shop2 shop10"),
        ("ord%d_sued", "shop10"),
        ("%", "shop1 shop2 shop10"),
        ("", "shop1 shop2 shop10"),
        ("50\\%", "shop2"),
        ("d\\_s", "shop10"),
        ("5_\\%", "shop2"),
        ("5\\_%", ""),
        ("meier!", "shop1"),
        ("\\", ""),
        ("'; DROP TABLE customers --", ""),
    ] {
        assert_eq!(find(&api, &json!({ "c.company": value })).await, names, "{value}");
        assert_eq!(
            find(&api, &json!({ "company": { "op": "", "value": value } })).await,
            names,
            "{value}"
        );
    }
    assert_eq!(find(&api, &json!({ "customernumber": "a%1", "city": "k_ln" })).await, "shop2");
    assert_eq!(find(&api, &json!({ "guid": "1%1" })).await, "shop10", "numbers match, too");
    let strict = json!({ "sql_search": { "company": "nord%gmbh" } });
    assert_eq!(
        api.strict().data("Customers.listingCount", strict).await,
        0,
        "in the strict dialect, wildcards are literal"
    );
}

#[tokio::test]
async fn unlimited_is_below_every_number() {
    let (_app, api) = fixture().await;
    for (op, value, names) in [
        (">", json!(100), "shop1 shop2"),
        (">", json!("5120"), "shop1"),
        (">", json!(-1), "shop1 shop2"),
        ("<", json!(5121), "shop2 shop10"),
        ("<", json!(0), "shop10"),
        ("=", json!(-1024), "shop10"),
        ("<>", json!(-1024), "shop1 shop2"),
        ("<>", json!(5120), "shop1 shop10"),
        ("in", json!(["5120", -1024]), "shop2 shop10"),
        ("in", json!({ "1": 512_000 }), "shop1"),
    ] {
        let search = json!({ "c.diskspace": { "op": op, "value": value } });
        assert_eq!(find(&api, &search).await, names, "{search}");
    }
    let strict = api.strict().data(
        "Customers.listingCount",
        json!({ "sql_search": { "c.diskspace": { "op": ">", "value": 100 } } }),
    );
    assert_eq!(strict.await, 3, "in the strict dialect, unlimited is above every number");
}

#[tokio::test]
async fn values_of_every_type_are_read() {
    let (_app, api) = fixture().await;
    for (search, names) in [
        (json!([]), "shop1 shop2 shop10"),
        (json!({}), "shop1 shop2 shop10"),
        (json!({ "deactivated": { "op": "=", "value": false } }), "shop1 shop2 shop10"),
        (json!({ "deactivated": { "op": "=", "value": "" } }), "shop1 shop2 shop10"),
        (json!({ "customerid": { "op": "=", "value": "2" } }), "shop10"),
        (json!({ "customerid": { "op": "=", "value": "2x" } }), "shop10"),
        (json!({ "customerid": { "op": ">", "value": 1.5, "type": "int" } }), "shop1 shop10"),
        (json!({ "def_language": { "op": "=", "value": "Deutsch" } }), "shop10"),
        (
            json!({ "c.loginname": { "op": "In", "value": { "0": "SHOP1", "2": "shop2" } } }),
            "shop1 shop2",
        ),
        (json!({ "c.city": { "op": "=", "value": "KÖLN" } }), "shop1 shop2"),
    ] {
        assert_eq!(find(&api, &search).await, names, "{search}");
    }
    for (search, refusal) in [
        (json!({ "c.password": "x" }), "400 search-field-unknown"),
        (json!({ "city": { "op": ">=", "value": "x" } }), "400 operator-unknown"),
        (json!({ "city": { "op": "in", "value": [] } }), "400 search-value-invalid"),
        (json!({ "city": ["x"] }), "400 search-value-invalid"),
        (json!("city"), "400 search-invalid"),
    ] {
        assert_eq!(
            api.refusal("Customers.listing", json!({ "sql_search": search })).await,
            refusal,
            "{search}"
        );
    }
}

#[tokio::test]
async fn orders_of_every_form_are_read() {
    let (_app, api) = fixture().await;
    let order = async |order: Value| {
        let list = api.data("Customers.listing", json!({ "sql_orderby": order })).await;
        list["list"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["loginname"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    for ascending in [
        json!("ASC"),
        json!("sideways"),
        json!(null),
        json!(1),
        json!(true),
        json!([]),
        json!("; DROP TABLE customers"),
    ] {
        assert_eq!(
            order(json!({ "c.loginname": ascending })).await,
            "shop1 shop2 shop10",
            "{ascending}"
        );
    }
    for descending in ["DESC", "desc", " Desc "] {
        assert_eq!(
            order(json!({ "c.loginname": descending })).await,
            "shop10 shop2 shop1",
            "{descending}"
        );
    }
    for text in [
        json!("c.loginname DESC"),
        json!("a.loginname, c.loginname desc"),
        json!(["c.loginname desc"]),
    ] {
        assert_eq!(order(text.clone()).await, "shop10 shop2 shop1", "{text}");
    }
    assert_eq!(order(json!([])).await, "shop2 shop10 shop1", "by id");
    for unknown in [json!({ "password": "ASC" }), json!("password"), json!({ "1": "ASC" })] {
        assert_eq!(
            api.refusal("Customers.listing", json!({ "sql_orderby": unknown })).await,
            "400 search-field-unknown"
        );
    }
}
