//! Tests of searches, orders and pages.

use super::*;
use domain::contact::ContactColumn;
use domain::query::{Column, Predicate};
use domain::request::Received;
use serde_json::json;

fn read_one(column: &str, value: &Value) -> Result<Predicate, &'static str> {
    read_as(column, value, Dialect::Strict)
}

fn read_as(column: &str, value: &Value, dialect: Dialect) -> Result<Predicate, &'static str> {
    condition::<Column>(column, value, dialect)
        .map(|condition| condition.test)
        .map_err(|error| error.code.as_str())
}

#[test]
fn conditions_are_read_by_operator_and_column_type() {
    for (column, sent, test) in [
        ("c.name", json!("Fo_o%"), Predicate::Contains("Fo_o%".into())),
        ("name", json!({ "op": null, "value": "x" }), Predicate::Contains("x".into())),
        ("C.Company", json!({ "op": "<>", "value": "" }), Predicate::TextIsNot(String::new())),
        (
            "a.loginname",
            json!({ "op": "IN", "value": ["res1", 7] }),
            Predicate::TextIn(vec!["res1".into(), "7".into()]),
        ),
        ("customernumber", json!({ "op": "=", "value": 1337 }), Predicate::TextIs("1337".into())),
        ("theme", json!({ "op": "=", "value": "Froxlor_dark" }), Predicate::TextIs("dark".into())),
        ("c.customerid", json!({ "op": "=", "value": "12" }), Predicate::NumberIs(12)),
        ("c.customerid", json!("1"), Predicate::DigitsContain("1".into(), 1)),
        ("diskspace", json!({ "op": ">", "value": 5 }), Predicate::Above(6 * 1024 - 1)),
        ("diskspace", json!({ "op": "=", "value": -1024 }), Predicate::Unlimited),
        ("traffic", json!({ "op": "<>", "value": -1 }), Predicate::Limited),
        ("traffic", json!({ "op": "<", "value": 0 }), Predicate::Unlimited),
        ("email_quota", json!({ "op": "<", "value": 2 }), Predicate::Below(2 << 20)),
        ("subdomains", json!({ "op": "in", "value": [1, 2] }), Predicate::NumberIn(vec![1, 2])),
        (
            "mysqls",
            json!({ "op": "in", "value": [-1, 2] }),
            Predicate::Any(vec![Predicate::Unlimited, Predicate::NumberIn(vec![2])]),
        ),
        ("deactivated", json!({ "op": "=", "value": true }), Predicate::NumberIs(1)),
        ("deactivated", json!("1"), Predicate::NumberIs(1)),
    ] {
        assert_eq!(read_one(column, &sent), Ok(test), "{column} {sent}");
    }
    assert_eq!(read_one("c.customerid", &json!("")), Ok(Predicate::Always));
}

#[test]
fn unknown_columns_and_invalid_values_are_refused() {
    for (column, sent, code) in [
        ("c.password", json!("x"), "search-field-unknown"),
        ("a.password", json!("x"), "search-field-unknown"),
        ("password_hash", json!("x"), "search-field-unknown"),
        ("data_2fa", json!("x"), "search-field-unknown"),
        ("c.name; DROP TABLE customers", json!("x"), "search-field-unknown"),
        ("_plainsql", json!("1=1"), "search-field-unknown"),
        ("name", json!({ "op": ">=", "value": "x" }), "operator-unknown"),
        ("name", json!({ "op": "like", "value": "x" }), "operator-unknown"),
        ("name", json!({ "op": 5, "value": "x" }), "operator-unknown"),
        ("name", json!({ "op": "in", "value": [] }), "search-value-invalid"),
        ("name", json!({ "op": "in", "value": "x" }), "search-value-invalid"),
        ("name", json!({ "value": { "a": 1 } }), "search-value-invalid"),
        ("name", json!({ "value": "x", "or": 1 }), "search-value-invalid"),
        ("name", json!(["x"]), "search-value-invalid"),
        ("guid", json!({ "op": "=", "value": "1 OR 1=1" }), "search-value-invalid"),
        ("guid", json!({ "op": "<" }), "search-value-invalid"),
    ] {
        assert_eq!(read_one(column, &sent), Err(code), "{column} {sent}");
    }
}

/// Returns limit, offset, order, and the parameters with errors.
fn query(
    values: Map<String, Value>,
    dialect: Dialect,
) -> (u64, u64, Vec<(Column, Direction)>, Vec<String>) {
    let Received { request, mut errors } = Received::<Listing>::new(values);
    let query = read::<Column>(&request, dialect, &mut errors);
    (
        query.limit,
        query.offset,
        query.order,
        errors.iter().map(|(name, _)| name.to_owned()).collect(),
    )
}

#[test]
fn pages_have_a_default_and_a_maximum_size() {
    let read_listing = |sent: Value| {
        let Value::Object(map) = sent else { panic!("an object") };
        query(map, Dialect::Strict)
    };
    assert_eq!(read_listing(json!({})), (100, 0, vec![], vec![]));
    assert_eq!(
        read_listing(json!({ "sql_limit": "5000", "sql_offset": 7 })),
        (1000, 7, vec![], vec![])
    );
    assert_eq!(
        read_listing(json!({ "sql_limit": -1, "sql_offset": "x" })).3,
        ["sql_limit", "sql_offset"]
    );
    let order = read_listing(json!({ "sql_orderby": { "c.name": "desc", "c.loginname": "" } }));
    assert_eq!(
        order.2,
        [
            (Column::Contact(ContactColumn::Name), Direction::Descending),
            (Column::LoginName, Direction::Ascending)
        ]
    );
    assert_eq!(read_listing(json!({ "sql_orderby": { "password": "ASC" } })).3, ["sql_orderby"]);
    assert_eq!(read_listing(json!({ "sql_orderby": { "name": "sideways" } })).3, ["sql_orderby"]);
    assert_eq!(read_listing(json!({ "sql_search": "name" })).3, ["sql_search"]);
    assert_eq!(
        read_listing(json!({ "sql_search": [], "sql_orderby": [] })).3,
        Vec::<String>::new()
    );
}

#[test]
fn compatible_conditions_are_read_as_in_froxlor() {
    for (column, sent, test) in [
        ("c.name", json!("Fo_o%"), Predicate::Matches("Fo_o%".into())),
        ("name", json!({ "value": "x", "op": "", "or": 1 }), Predicate::Matches("x".into())),
        ("diskspace", json!({ "op": ">", "value": 100 }), Predicate::Within(101 << 10, i64::MAX)),
        (
            "diskspace",
            json!({ "op": "<", "value": "100" }),
            Predicate::Any(vec![Predicate::Unlimited, Predicate::Below(100 << 10)]),
        ),
        ("mysqls", json!({ "op": ">", "value": "0" }), Predicate::Within(1, i64::MAX)),
        ("mysqls", json!({ "op": "=", "value": "7x" }), Predicate::NumberIs(7)),
        ("deactivated", json!({ "op": "=", "value": "no" }), Predicate::NumberIs(0)),
        ("diskspace_used", json!({ "op": ">", "value": 5 }), Predicate::Above(6 * 1024 - 1)),
        ("c.customerid", json!("1%3"), Predicate::DigitsMatch("1%3".into(), 1)),
        (
            "customerid",
            json!({ "op": "in", "value": { "0": 1, "2": "3" } }),
            Predicate::NumberIn(vec![1, 3]),
        ),
        ("def_language", json!({ "op": "=", "value": "Deutsch" }), Predicate::TextIs("de".into())),
    ] {
        assert_eq!(read_as(column, &sent, Dialect::Compatible), Ok(test), "{column} {sent}");
    }
    for (column, sent, code) in [
        ("c.password", json!("x"), "search-field-unknown"),
        ("name", json!({ "op": ">=", "value": "x" }), "operator-unknown"),
        ("name", json!({ "op": "in", "value": [] }), "search-value-invalid"),
        ("mysqls", json!({ "op": ">", "value": [1] }), "search-value-invalid"),
    ] {
        assert_eq!(read_as(column, &sent, Dialect::Compatible), Err(code), "{column} {sent}");
    }
}

#[test]
fn compatible_orders_and_pages_are_read_as_in_froxlor() {
    let read_listing = |sent: Value| {
        let Value::Object(map) = sent else { panic!("an object") };
        query(map, Dialect::Compatible)
    };
    assert_eq!(read_listing(json!({ "sql_offset": 7 })), (ALL, 0, vec![], vec![]));
    assert_eq!(
        read_listing(json!({ "sql_limit": 5000, "sql_offset": 7 })),
        (5000, 7, vec![], vec![])
    );
    let by_name = vec![
        (Column::Contact(ContactColumn::Name), Direction::Ascending),
        (Column::LoginName, Direction::Descending),
    ];
    for order in [
        json!({ "c.name": "sideways", "c.loginname": "desc" }),
        json!({ "c.name": 5, "c.loginname": "DESC" }),
        json!({ "c.name": null, "c.loginname": "Desc" }),
        json!("c.name, c.loginname DESC"),
        json!(["c.name asc", "c.loginname desc"]),
    ] {
        assert_eq!(read_listing(json!({ "sql_orderby": order })).2, by_name);
    }
    assert_eq!(read_listing(json!({ "sql_orderby": "password" })).3, ["sql_orderby"]);
    assert_eq!(read_listing(json!({ "sql_orderby": "" })), (ALL, 0, vec![], vec![]));
}
