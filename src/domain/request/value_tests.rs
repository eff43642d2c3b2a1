//! Tests of the types of parameters.

use super::*;
use crate::id::{AdminId, PhpConfigId};
use crate::secret::Secret;
use serde_json::json;

#[test]
fn switches_are_read_in_every_spelling() {
    for (value, expected) in [
        (json!(true), true),
        (json!("true"), true),
        (json!(1), true),
        (json!("1"), true),
        (json!(4), true),
        (json!("on"), true),
        (json!(false), false),
        (json!("0"), false),
        (json!(""), false),
        (json!(0), false),
    ] {
        assert_eq!(bool::read(value.clone()), Ok(Some(expected)), "{value}");
    }
    for value in [json!([]), json!({}), json!("perhaps")] {
        assert_eq!(bool::read(value).unwrap_err().code.as_str(), "type-flag");
    }
}

#[test]
fn limits_and_ids_are_read() {
    let limit = |value: Value| {
        LimitParameter::<{ 1 << 20 }>::read(value).map(|amount| amount.map(|amount| amount.0))
    };
    assert_eq!(limit(json!(5)), Ok(Some(Quota::Limited(5 << 20))));
    assert_eq!(limit(json!("0.5")), Ok(Some(Quota::Limited(1 << 19))));
    assert_eq!(limit(json!(1e3)), Ok(Some(Quota::Limited(1000 << 20))));
    assert_eq!((limit(json!(-1)), limit(json!(" "))), (Ok(Some(Quota::Unlimited)), Ok(None)));
    assert_eq!(limit(json!(-2)).unwrap_err().code.as_str(), "number-negative");
    assert_eq!(limit(json!([1])).unwrap_err().code.as_str(), "type-number");
    for (value, expected) in [(json!(3), Some(3)), (json!("0"), None), (json!(""), None)] {
        assert_eq!(AdminId::read(value), Ok(expected.map(AdminId)));
    }
    assert_eq!(Reference::read(json!("")), Ok(Some(Reference(None))));
    for value in [
        json!([2, "1", 2]),
        json!("[2, 1]"),
        json!("1,2"),
        json!({ "0": 1, "4": "2" }),
        json!(["", 1, 2]),
    ] {
        assert_eq!(
            Vec::read(value.clone()),
            Ok(Some(vec![PhpConfigId(1), PhpConfigId(2)])),
            "{value}"
        );
    }
    assert_eq!(Vec::<PhpConfigId>::read(json!("x")).unwrap_err().code.as_str(), "ids-invalid");
    assert_eq!(
        Vec::<PhpConfigId>::read(json!((0..=1000).collect::<Vec<i32>>()))
            .unwrap_err()
            .code
            .as_str(),
        "ids-too-many"
    );
}

#[test]
fn texts_accept_only_their_alphabet() {
    let code = |read: Result<Option<String>, ValidationError>| {
        read.map_or_else(|error| error.code.as_str(), |_| "ok")
    };
    for (value, line, zipcode, phone, number) in [
        ("D-12345 A", "ok", "ok", "format-invalid", "ok"),
        ("12_34", "ok", "format-invalid", "format-invalid", "format-invalid"),
        ("+49 (221) 1234/56", "ok", "format-invalid", "ok", "format-invalid"),
        ("KD 2024-1", "ok", "ok", "format-invalid", "ok"),
        ("A <b>", "format-invalid", "format-invalid", "format-invalid", "format-invalid"),
        ("a\nb", "format-invalid", "format-invalid", "format-invalid", "format-invalid"),
    ] {
        assert_eq!(
            code(Line::read(json!(value)).map(|text| text.map(String::from))),
            line,
            "{value}"
        );
        assert_eq!(
            code(Zipcode::read(json!(value)).map(|text| text.map(String::from))),
            zipcode,
            "{value}"
        );
        assert_eq!(
            code(Phone::read(json!(value)).map(|text| text.map(String::from))),
            phone,
            "{value}"
        );
        assert_eq!(
            code(CustomerNumber::read(json!(value)).map(|text| text.map(String::from))),
            number,
            "{value}"
        );
    }
    assert_eq!(Name::read(json!(" \u{200b}")).unwrap_err().code.as_str(), "required");
    assert_eq!(Line::read(json!(12)), Ok(Some(Line("12".to_owned()))));
    assert_eq!(Line::read(json!("Mu\u{308}ller")), Ok(Some(Line("Müller".to_owned()))));
}

#[test]
fn secrets_are_not_trimmed() {
    assert_eq!(Secret::read(json!(" a ")).unwrap().unwrap().expose(), " a ");
    assert!(Secret::read(json!("")).unwrap().is_none());
    assert_eq!(Secret::read(json!(5)).unwrap_err().code.as_str(), "type-text");
}
