//! `sql_search`, `sql_orderby`, `sql_limit`, `sql_offset` in the strict dialect
//! (docs/compatibility.md#d45, #d52).

use crate::support::TestApp;
use crate::support::api::Api;
use crate::support::make::with;
use clientele::domain::column::{ColumnType, Columns as _};
use clientele::domain::query::Column;
use serde_json::{Value, json};

/// Adds customers that differ in every searched column.
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
            json!({ "company": "Nordwind_Sued", "city": "Berlin", "diskspace": -1, "customernumber": "A 2" }),
        ),
        (
            "res2",
            "shop1",
            json!({ "company": "Meier", "city": "köln", "diskspace": 500, "deactivated": null }),
        ),
    ] {
        app.add(owner, with(login_name, more)).await.unwrap();
    }
    app.suspend("admin", "shop10", true).await.unwrap();
    let api = app.api("admin").await;
    (app, api)
}

async fn find(api: &Api, params: Value) -> Vec<String> {
    let list = api.data("Customers.listing", params.clone()).await;
    let names: Vec<String> = list["list"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["loginname"].as_str().unwrap().to_owned())
        .collect();
    if let Some(search) = params.get("sql_search") {
        let count = api.data("Customers.listingCount", json!({ "sql_search": search })).await;
        assert_eq!((&list["total"], &list["count"]), (&count, &count), "{params}");
    }
    names
}

#[tokio::test]
async fn every_operator_is_supported() {
    let (_app, api) = fixture().await;
    for (search, names) in [
        (json!({}), "shop1 shop2 shop10"),
        (json!({ "c.company": "nordwind" }), "shop2 shop10"),
        (json!({ "company": "0% g" }), "shop2"),
        (json!({ "company": "d_s" }), "shop10"),
        (json!({ "c.city": "KÖLN" }), "shop1 shop2"),
        (json!({ "c.city": { "op": "=", "value": "köln" } }), "shop1 shop2"),
        (json!({ "c.city": { "op": "<>", "value": "Köln" } }), "shop10"),
        (
            json!({ "c.loginname": { "op": "in", "value": ["SHOP1", "shop10", "nobody"] } }),
            "shop1 shop10",
        ),
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
        let query = json!({ "sql_search": search, "sql_orderby": { "c.loginname": "ASC" } });
        assert_eq!(find(&api, query).await.join(" "), names, "{search}");
    }
}

/// `LOWER` leaves "Ü" unchanged on SQLite and PostgreSQL.
#[tokio::test]
async fn searches_ignore_the_case_of_letters_beyond_a_to_z() {
    let app = TestApp::spawn().await;
    for (login_name, city) in [("lower", "übach"), ("other", "Aachen"), ("upper", "Übach")] {
        app.add("admin", with(login_name, json!({ "city": city }))).await.unwrap();
    }
    app.plan("admin", "Über 5 %", &[]).await;
    app.sql("UPDATE admins SET name = 'Öztürk' WHERE login_name = 'admin'").await;
    let api = app.api("admin").await;
    for (search, names) in [
        (json!("Übach"), "lower upper"),
        (json!("ÜBACH"), "lower upper"),
        (json!({ "op": "=", "value": "Übach" }), "lower upper"),
        (json!({ "op": "in", "value": ["ÜBACH", "Aachen"] }), "lower other upper"),
        (json!({ "op": "<>", "value": "Übach" }), "other"),
    ] {
        let query =
            json!({ "sql_search": { "c.city": search }, "sql_orderby": { "loginname": "ASC" } });
        assert_eq!(find(&api, query.clone()).await.join(" "), names, "{search}");
        let list = api.compatible().data("Customers.listing", query).await;
        assert_eq!(list["list"].as_array().unwrap().len(), names.split(' ').count(), "{search}");
    }
    let plan = api.data("HostingPlans.get", json!({ "planname": "Über 5 %" })).await;
    assert_eq!(plan["name"], "Über 5 %");

    let admin = app.signed_in("admin").await;
    let mut rows = admin.open("/customers?q=city:Übach").await.rows();
    rows.sort();
    assert_eq!(rows, ["lower", "upper"]);
    assert_eq!(admin.open("/customers?q=city=Übach+loginname:u").await.rows(), ["upper"]);
    assert_eq!(admin.open("/plans?q=Über").await.all("tr[data-plan]").len(), 1);
    assert_eq!(admin.open("/admins?q=Özt").await.rows(), ["admin"]);
}

#[tokio::test]
async fn lists_are_ordered_naturally_by_several_columns() {
    let (_app, api) = fixture().await;
    assert_eq!(
        find(&api, json!({ "sql_orderby": { "c.loginname": "desc" } })).await,
        ["shop10", "shop2", "shop1"]
    );
    let by = |order: &str| {
        serde_json::from_str::<Value>(&format!("{{\"sql_orderby\":{order}}}")).unwrap()
    };
    assert_eq!(
        find(&api, by(r#"{"a.loginname":"ASC","c.loginname":"DESC"}"#)).await,
        ["shop10", "shop2", "shop1"]
    );
    assert_eq!(
        find(&api, by(r#"{"c.loginname":"ASC","a.loginname":"DESC"}"#)).await,
        ["shop1", "shop2", "shop10"]
    );
    assert_eq!(
        find(&api, by(r#"{"adminname":"DESC","c.diskspace":"ASC"}"#)).await,
        ["shop1", "shop2", "shop10"],
        "unlimited is the highest value"
    );
    assert_eq!(
        find(&api, by(r#"{"deactivated":"DESC","customerid":"DESC"}"#)).await,
        ["shop10", "shop1", "shop2"]
    );
}

#[tokio::test]
async fn limit_and_offset_select_a_part_of_a_list() {
    let (_app, api) = fixture().await;
    let part = async |limit: Value, offset: Value| {
        let params = json!({ "sql_limit": limit, "sql_offset": offset, "sql_orderby": { "loginname": "ASC" } });
        let list = api.data("Customers.listing", params).await;
        assert_eq!(list["total"], 3);
        list["list"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["loginname"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
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
    let wrong =
        json!({ "show_usages": "perhaps", "sql_limit": "many", "sql_search": { "password": "x" } });
    let reply = api.call("Customers.listing", wrong).await;
    let expected =
        ["show_usages: type-flag", "sql_limit: number-invalid", "sql_search: search-field-unknown"];
    assert_eq!(
        (reply.status, reply.fields()),
        (400, expected.map(str::to_owned).to_vec()),
        "every error in one pass"
    );
}

/// A response has a hundred rows by default, and a thousand at most (#diff-41).
#[tokio::test]
async fn the_length_of_a_list_is_limited() {
    let app = TestApp::spawn().await;
    app.add_demo_customers(1_200).await;
    let api = app.api("admin").await;
    for (params, count) in [
        (json!({}), 100),
        (json!({ "sql_limit": 5000 }), 1000),
        (json!({ "sql_limit": 5000, "sql_offset": 1000 }), 200),
    ] {
        let list = api.data("Customers.listing", params.clone()).await;
        assert_eq!((&list["count"], &list["total"]), (&json!(count), &json!(1200)), "{params}");
        assert_eq!(list["list"].as_array().unwrap().len(), count);
    }
}

/// Searches cannot reveal hashes or keys (#d45).
#[tokio::test]
async fn secrets_cannot_be_searched() {
    let (_app, api) = fixture().await;
    for column in [
        "password",
        "c.password",
        "a.password",
        "data_2fa",
        "c.leprivatekey",
        "password_hash",
        "login_id",
        "search_text",
    ] {
        for params in
            [json!({ "sql_search": { column: "a" } }), json!({ "sql_orderby": { column: "ASC" } })]
        {
            let reply = api.call("Customers.listing", params.clone()).await;
            assert_eq!(reply.refusal(), "400 search-field-unknown", "{params}");
            assert!(reply.body["message"].as_str().unwrap().contains(column), "{}", reply.body);
        }
    }
    for op in [">=", "<=", "!=", "like", "LIKE", "or", "; --"] {
        let reply = api
            .call(
                "Customers.listing",
                json!({ "sql_search": { "name": { "op": op, "value": "x" } } }),
            )
            .await;
        assert_eq!(reply.refusal(), "400 operator-unknown", "{op}");
    }
}

/// A customer without a plan does not match the name of any plan. A condition and its negation
/// together match all customers.
#[tokio::test]
async fn absent_values_compare_like_empty_text_or_zero() {
    let (app, api) = fixture().await;
    let gold = app.plan("admin", "Gold", &[]).await;
    app.update("admin", "shop2", json!({ "hosting_plan_id": gold })).await.unwrap();
    app.sql("UPDATE logins SET last_sign_in_at = 1000 WHERE name_key = 'shop2'").await;
    for (search, names) in [
        (json!({ "plan": { "op": "<>", "value": "gold" } }), "shop1 shop10"),
        (json!({ "plan": { "op": "=", "value": "" } }), "shop1 shop10"),
        (json!({ "plan": { "op": "<>", "value": "" } }), "shop2"),
        (json!({ "plan": { "op": "in", "value": ["", "gold"] } }), "shop1 shop2 shop10"),
        (json!({ "plan": { "op": "<", "value": "z" } }), "shop1 shop2 shop10"),
        (json!({ "plan": "" }), "shop1 shop2 shop10"),
        (json!({ "lastlogin_succ": { "op": "<>", "value": 1000 } }), "shop1 shop10"),
        (json!({ "lastlogin_succ": { "op": "<", "value": 1000 } }), "shop1 shop10"),
        (json!({ "lastlogin_fail": { "op": "<>", "value": 1000 } }), "shop1 shop2 shop10"),
    ] {
        let mut found =
            find(&api, json!({ "sql_search": search, "sql_orderby": { "loginname": "ASC" } }))
                .await;
        found.sort_by_key(|name| name[4..].parse::<u32>().unwrap());
        assert_eq!(found.join(" "), names, "{search}");
    }
    for column in Column::all() {
        let value = match column.kind() {
            ColumnType::Text => json!("gold"),
            ColumnType::Flag => json!(1),
            _ => json!(5120),
        };
        let count = async |op: &str| {
            let search = json!({ column.name(): { "op": op, "value": value } });
            api.data("Customers.listingCount", json!({ "sql_search": search }))
                .await
                .as_u64()
                .unwrap()
        };
        assert_eq!(count("=").await + count("<>").await, 3, "{}", column.name());
    }
    let others = [
        ("HostingPlans", "description"),
        ("Admins", "custom_notes"),
        ("Admins", "lastlogin_succ"),
        ("Admins", "diskspace"),
    ];
    for (module, column) in others {
        let api = api.clone();
        let count = async |op: &str| {
            let search = json!({ column: { "op": op, "value": "7" } });
            let reply =
                api.call(&format!("{module}.listingCount"), json!({ "sql_search": search })).await;
            reply.body["data"].as_u64().unwrap()
        };
        let all = api.call(&format!("{module}.listingCount"), json!({})).await.body["data"]
            .as_u64()
            .unwrap();
        assert_eq!(count("=").await + count("<>").await, all, "{module} {column}");
    }
}

/// A search beyond a bound is refused, and the parameter is named. A search within the bounds
/// succeeds.
#[tokio::test]
async fn a_search_is_bounded() {
    let (_app, api) = fixture().await;
    let numbers = |n: i64| (0..n).collect::<Vec<i64>>();
    let names = |n: i64| numbers(n).iter().map(|n| format!("shop{n}")).collect::<Vec<_>>();
    for (search, expected) in [
        (json!({ "diskspace": { "op": "in", "value": numbers(1000) } }), 0),
        (
            json!({ "diskspace": { "op": "in", "value": numbers(999).iter().chain([&-1]).collect::<Vec<_>>() } }),
            1,
        ),
        (json!({ "traffic_used": { "op": "in", "value": numbers(1000) } }), 3),
        (json!({ "emails": { "op": "in", "value": numbers(1000) } }), 3),
        (json!({ "loginname": { "op": "in", "value": names(1000) } }), 3),
        (json!({ "name": "x".repeat(500) }), 0),
    ] {
        let count = api.call("Customers.listingCount", json!({ "sql_search": search })).await;
        assert_eq!((count.status, &count.body["data"]), (200, &json!(expected)), "{search}");
    }
    let half = json!({ "op": "in", "value": numbers(501) });
    let many: serde_json::Map<String, Value> =
        (0..101_u32).map(|n| (with_capitals("company", n), json!("x"))).collect();
    for (search, code) in [
        (json!({ "diskspace": { "op": "in", "value": numbers(1001) } }), "search-too-many-values"),
        (json!({ "loginname": { "op": "in", "value": names(1001) } }), "search-too-many-values"),
        (json!({ "diskspace": half.clone(), "traffic": half }), "search-too-many-values"),
        (json!({ "name": "x".repeat(501) }), "search-too-long"),
        (json!({ "name": { "op": "=", "value": "x".repeat(50_000) } }), "search-too-long"),
        (json!({ "name": { "op": "in", "value": ["x", "x".repeat(50_000)] } }), "search-too-long"),
        (many.into(), "search-too-many-conditions"),
    ] {
        let reply = api.call("Customers.listing", json!({ "sql_search": search })).await;
        assert_eq!(
            (reply.refusal(), reply.fields()),
            (format!("400 {code}"), vec![format!("sql_search: {code}")])
        );
    }
    let order: serde_json::Map<String, Value> =
        (0..127_u32).map(|n| (with_capitals("company", n), json!("DESC"))).collect();
    assert_eq!(find(&api, json!({ "sql_orderby": order })).await, ["shop10", "shop2", "shop1"]);
}

/// Returns the name with capitals where `n` has a binary 1, the lowest bit first.
fn with_capitals(name: &str, n: u32) -> String {
    name.char_indices()
        .map(|(index, c)| if n >> index & 1 == 1 { c.to_ascii_uppercase() } else { c })
        .collect()
}
