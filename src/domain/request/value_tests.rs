//! Tests of the types of parameters.

use super::*;
use crate::account::{Gender, Language};
use crate::email::Email;
use crate::id::{AdminId, PhpConfigId, PlanId};
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
    assert_eq!(limit(json!(1e-6)), Ok(Some(Quota::Limited(1))), "without an exponent");
    assert_eq!(limit(json!(1e30)).unwrap_err().code.as_str(), "number-too-large");
    let exact = 9_007_199_254_740_993_u64; // 2^53 + 1, which no float represents
    assert_eq!(
        LimitParameter::<1>::read(json!(exact)),
        Ok(Some(LimitParameter(Quota::Limited(exact))))
    );
    assert_eq!((limit(json!(-1)), limit(json!(" "))), (Ok(Some(Quota::Unlimited)), Ok(None)));
    assert_eq!(limit(json!(-2)).unwrap_err().code.as_str(), "number-negative");
    assert_eq!(limit(json!([1])).unwrap_err().code.as_str(), "type-number");
    for (value, expected) in [(json!(3), Some(3)), (json!("0"), None), (json!(""), None)] {
        assert_eq!(AdminId::read(value), Ok(expected.map(AdminId)));
    }
    assert_eq!(Reference::read(json!("")), Ok(Some(Reference(None))));
    assert_eq!(Reference::read(json!("5")), Ok(Some(Reference(Some(PlanId(5))))));
    assert_eq!(AdminId::read(json!(-1)).unwrap_err().code.as_str(), "number-negative");
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
    assert_eq!(Vec::read(json!(3)), Ok(Some(vec![PhpConfigId(3)])));
    assert_eq!(Vec::<PhpConfigId>::read(json!(" ")), Ok(Some(vec![])));
    for value in
        [json!("x"), json!("[x]"), json!([[1]]), json!({ "a": 1 }), json!(1.5), json!(true)]
    {
        let error = Vec::<PhpConfigId>::read(value.clone()).unwrap_err();
        assert_eq!(error.code.as_str(), "ids-invalid", "{value}");
    }
    let many = |n: i32| Vec::<PhpConfigId>::read(json!((0..n).collect::<Vec<i32>>()));
    assert_eq!(many(1000).map(|ids| ids.map(|ids| ids.len())), Ok(Some(1000)));
    assert_eq!(many(1001), Err(ValidationError::new(ErrorCode::IdsTooMany).with("max", 1000_u64)));
}

#[test]
fn whole_numbers_are_read() {
    for (value, expected) in [
        (json!(12), Ok(Some(12))),
        (json!(" -12 "), Ok(Some(-12))),
        (json!(0), Ok(Some(0))),
        (json!(" "), Ok(None)),
        (json!(1.5), Err("number-invalid")),
        (json!("1.5"), Err("number-invalid")),
        (json!(true), Err("type-number")),
    ] {
        let read = i64::read(value.clone()).map_err(|error| error.code.as_str());
        assert_eq!(read, expected, "{value}");
    }
}

#[test]
fn an_empty_text_is_refused_or_has_a_meaning() {
    fn read<T: Parameter>(text: &str) -> Result<Option<T>, &'static str> {
        T::read(json!(text)).map_err(|error| error.code.as_str())
    }
    assert_eq!(read::<Email>(" \u{200b}"), Err("required"));
    assert_eq!(read::<Email>("lee"), Err("email-invalid"));
    let email = read::<Email>(" lee@acme.example ").unwrap();
    assert_eq!(email.as_ref().map(Email::as_str), Some("lee@acme.example"));

    assert_eq!(read::<Gender>(" "), Ok(Some(Gender::None)));
    assert_eq!(read::<Gender>(" 2 "), Ok(Some(Gender::Female)));
    assert_eq!(read::<Gender>("x"), Err("gender-unknown"));

    assert_eq!(read::<NewName>(" "), Ok(None));
    assert_eq!(read::<NewName>("\u{200b}"), Err("required"));
    let name = read::<NewName>(" Lee ").unwrap();
    assert_eq!(name.map(String::from).as_deref(), Some("Lee"));

    assert_eq!(read::<Language>(""), Ok(None));
    assert_eq!(read::<Language>("de"), Ok(Some(Language::De)));
}

#[test]
fn only_valid_values_replace_stored_ones() {
    let error = ValidationError::new(ErrorCode::TypeNumber);
    for (sent, value, is_sent, noted) in [
        (Sent::from(5_i64), Some(5), true, false),
        (Sent::Absent, None, false, false),
        (Sent::Invalid(Box::new(error)), None, true, true),
    ] {
        let mut stored = 7_i64;
        sent.set(&mut stored);
        assert_eq!(stored, value.unwrap_or(7), "{sent:?}");
        let mut errors = FieldErrors::default();
        sent.note("adminid", &mut errors);
        assert_eq!((sent.is_sent(), errors.has("adminid")), (is_sent, noted), "{sent:?}");
        assert_eq!((sent.as_ref(), sent.or_default()), (value.as_ref(), value.unwrap_or(0)));
        assert_eq!(sent.value(), value);
    }
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
