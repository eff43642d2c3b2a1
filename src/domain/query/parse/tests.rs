//! Parsing of searches.

use super::*;
use crate::contact::ContactColumn;
use crate::query::LimitOf;
use crate::resources::Resource;
use proptest::prelude::*;

/// Returns the only error of a search.
fn error(line: &str, language: Option<Language>) -> ValidationError {
    let mut errors = parse_search(line, language).unwrap_err();
    assert_eq!(errors.len(), 1, "{line}: {errors:?}");
    errors.remove(0)
}

#[test]
fn words_and_conditions_are_parsed() {
    let filter = parse_search(
        r#"Meier city:köln diskspace>1.5 deactivated=1 "two words" name:"van Gogh""#,
        None,
    )
    .unwrap();
    assert_eq!(filter.words, ["meier", "two words"]);
    assert_eq!(
        filter.conditions,
        [
            Condition {
                column: Column::Contact(ContactColumn::City),
                test: Predicate::Contains("köln".into())
            },
            Condition {
                column: Column::Limit(LimitOf(Resource::Diskspace)),
                test: Predicate::Above(1_572_864)
            },
            Condition { column: Column::Suspended, test: Predicate::NumberIs(1) },
            Condition {
                column: Column::Contact(ContactColumn::Name),
                test: Predicate::Contains("van Gogh".into())
            },
        ]
    );
}

#[test]
fn limits_dates_and_quotes_are_parsed() {
    assert_eq!(
        parse_search("traffic:unlimited", None).unwrap().conditions[0].test,
        Predicate::Unlimited
    );
    assert_eq!(
        parse_search("lastlogin<1970-01-02", None).unwrap().conditions[0].test,
        Predicate::Below(86400)
    );
    assert_eq!(
        parse_search("diskspace>2GB", None).unwrap().conditions[0].test,
        Predicate::Above(2_000_000_000)
    );
    assert_eq!(
        parse_search("disk<\"1,5 GiB\"", None).unwrap().conditions[0].test,
        Predicate::Below(3 << 29)
    );
    assert_eq!(error("disk>2.048", None).code.as_str(), "number-ambiguous");
    assert_eq!(
        parse_search("diskspace>2.048", Some(Language::De)).unwrap().conditions[0].test,
        Predicate::Above(2048 << 20)
    );
    assert_eq!(error("diskspace>2.048", Some(Language::En)).code.as_str(), "number-ambiguous");
    assert_eq!(
        parse_search("traffic:unbegrenzt", None).unwrap().conditions[0].test,
        Predicate::Unlimited
    );
    assert_eq!(error("emails>2.5", None).code.as_str(), "search-value-invalid");
    assert_eq!(parse_search(r#""a:b""#, None).unwrap().words, ["a:b"]);
    assert_eq!(
        parse_search(r#"unclosed "quote here"#, None).unwrap().words,
        ["unclosed", "quote here"]
    );
}

#[test]
fn operators_compare_by_the_type_of_the_column() {
    for (search, test) in [
        ("city:Köln", Predicate::Contains("Köln".into())),
        ("city=Köln", Predicate::TextIs("Köln".into())),
        ("city<Köln", Predicate::TextBelow("Köln".into())),
        ("city>Köln", Predicate::TextAbove("Köln".into())),
        ("traffic:5", Predicate::NumberIs(5 << 30)),
        ("traffic=5", Predicate::NumberIs(5 << 30)),
        ("traffic<5", Predicate::Below(5 << 30)),
        ("traffic>5", Predicate::Above(5 << 30)),
        ("traffic=UNLIMITED", Predicate::Unlimited),
        ("traffic:-1", Predicate::Unlimited),
        ("customerid=12", Predicate::NumberIs(12)),
        ("guid>-3", Predicate::Above(-3)),
        ("lastlogin=1970-01-02", Predicate::NumberIs(86_400)),
        ("lastlogin>86399", Predicate::Above(86_399)),
    ] {
        assert_eq!(parse_search(search, None).unwrap().conditions[0].test, test, "{search}");
    }
    for (values, flag) in [(["1", "True", "yes", "JA"], 1), (["0", "False", "no", "NEIN"], 0)] {
        for value in values {
            let search = format!("suspended:{value}");
            let conditions = parse_search(&search, None).unwrap().conditions;
            assert_eq!(conditions[0].test, Predicate::NumberIs(flag), "{search}");
        }
    }
    for search in
        ["traffic>unlimited", "disk:unlimited", "suspended:2", "customerid:x", "lastlogin<x"]
    {
        assert_eq!(error(search, None).code.as_str(), "search-value-invalid", "{search}");
    }
}

#[test]
fn columns_have_short_names_and_prefixes() {
    for (names, column) in [
        (&["login", "loginname", "c.LoginName"][..], "loginname"),
        (&["owner", "reseller", "Admin", "adminname", "a.loginname"], "adminname"),
        (&["adminid", "a.adminid"], "adminid"),
        (&["language", "lang", "def_language"], "def_language"),
        (&["disk", "diskspace_used"], "diskspace_used"),
        (&["notes", "custom_notes"], "custom_notes"),
        (&["number", "customernumber"], "customernumber"),
        (&["zip", "c.zipcode"], "zipcode"),
        (&["suspended", "deactivated"], "deactivated"),
        (&["lastlogin", "lastlogin_succ"], "lastlogin_succ"),
    ] {
        for name in names {
            let conditions = parse_search(&format!("{name}=1"), None).unwrap().conditions;
            assert_eq!(conditions[0].column.name(), column, "{name}");
        }
    }
}

#[test]
fn only_a_bare_operator_after_a_name_begins_a_condition() {
    for (search, word) in [
        (":x", ":x"),
        ("=", "="),
        ("e-mail:x", "e-mail:x"),
        ("köln:x", "köln:x"),
        (r#"name":x""#, "name:x"),
        (r#""x,""#, "x,"),
        ("x,;", "x"),
    ] {
        let filter = parse_search(search, None).unwrap();
        assert_eq!((filter.words, filter.conditions), (vec![word.to_owned()], vec![]), "{search}");
    }
    assert_eq!(parse_search(r#" , ; "" "#, None), Ok(Filter::default()));
}

#[test]
fn names_are_found_as_the_list_shows_them() {
    assert_eq!(parse_search("Meier, Hans", None).unwrap().words, ["meier", "hans"]);
    assert_eq!(parse_search(r#""Meier, Hans" , x,"#, None).unwrap().words, ["meier, hans", "x"]);
    assert_eq!(parse_search("Mu\u{308}ller", None).unwrap().words, ["müller"]);
}

#[test]
fn a_search_is_bounded() {
    let words = |n: usize| (0..n).map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
    assert_eq!(parse_search(&words(30), None).unwrap().words.len(), 30);
    assert_eq!(
        error(&words(31), None),
        ValidationError::new(ErrorCode::SearchTooManyWords).with("max", 30_u64)
    );
    // Conditions and errors count like words.
    let too_many = |line: &str| error(line, None).code == ErrorCode::SearchTooManyWords;
    assert!(parse_search(&format!("{} zip:1 zip:2", words(28)), None).is_ok());
    assert!(too_many(&format!("{} zip:1 zip:2", words(29))));
    assert!(too_many(&format!("{} zip:1 unknown:2", words(29))));
    assert!(!too_many(&format!("{} zip:1 unknown:2", words(28))));
    assert_eq!(parse_search(&"a ".repeat(250), None).unwrap().words, ["a"]);
    assert_eq!(parse_search(&"ü".repeat(500), None).unwrap().words, ["ü".repeat(500)]);
    assert_eq!(
        error(&"ü".repeat(501), None),
        ValidationError::new(ErrorCode::SearchTooLong).with("max", 500_u64)
    );
}

#[test]
fn errors_name_the_word() {
    assert_eq!(
        error("password:x", None),
        ValidationError::new(ErrorCode::SearchFieldUnknown).with("word", "password")
    );
    assert_eq!(
        error("x diskspace>many", None),
        ValidationError::new(ErrorCode::SearchValueInvalid).with("word", "diskspace>many")
    );
    let errors = parse_search("password:x diskspace>many disk>1.000", None).unwrap_err();
    let codes: Vec<_> = errors.iter().map(|error| error.code.as_str()).collect();
    assert_eq!(codes, ["search-field-unknown", "search-value-invalid", "number-ambiguous"]);
}

proptest! {
    #[test]
    fn no_input_causes_a_panic(line in "\\PC*") {
        let _ = parse_search(&line, None);
    }
}
