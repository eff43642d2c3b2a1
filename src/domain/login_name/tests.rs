//! Login names: allowed characters, lengths, numbered and reserved names.

use super::*;

fn rules() -> LoginNameRules {
    LoginNameRules { prefix: "web".to_owned(), max: 61, unix_names: true }
}

fn code(text: &str) -> &'static str {
    LoginName::parse_customer(text, &rules(), 0)
        .map_or_else(|error| error.code.as_str(), |_| "fine")
}

#[test]
fn invalid_login_names_are_refused() {
    for (name, expected) in [
        ("meier", "fine"),
        ("UpperCase", "fine"),
        ("webshop", "fine"),
        ("web", "fine"),
        (" ab ", "fine"),
        ("x", "loginname-format"),
        ("é", "loginname-format"),
        ("1abc", "loginname-format"),
        ("-abc", "loginname-format"),
        ("_abc", "loginname-format"),
        ("ab cd", "loginname-format"),
        ("müller", "loginname-format"),
        ("a\nb", "loginname-format"),
        ("web77", "loginname-uses-prefix"),
        ("WEB7", "loginname-uses-prefix"),
        ("root", "loginname-reserved"),
        ("Root", "loginname-reserved"),
        ("admin", "loginname-reserved"),
        ("froxlor", "loginname-reserved"),
        ("new", "loginname-reserved"),
        ("Import", "loginname-reserved"),
        ("user-", "loginname-invalid"),
        ("abc_", "loginname-invalid"),
        ("ab--cd", "loginname-invalid"),
        ("a-b", "loginname-invalid"),
    ] {
        assert_eq!(code(name), expected, "{name:?}");
    }
    assert_eq!(code(&"x".repeat(61)), "fine");
    assert_eq!(
        LoginName::parse_customer(&"x".repeat(62), &rules(), 0).unwrap_err(),
        ValidationError::new(ErrorCode::LoginnameTooLong).with("max", 61_u64)
    );
}

#[test]
fn forbidden_characters_are_named() {
    for (name, shown) in [
        ("müller", "ü"),
        ("mu\u{308}ller", "ü"),
        ("ab cd", "space"),
        ("é1", "é"),
        ("a.b", "."),
        ("a\u{200b}b", "U+200B"),
        ("a\0b", "U+0000"),
        ("a\tb", "U+0009"),
        ("a-b", "-"),
        ("ab😀", "😀"),
    ] {
        let error = LoginName::parse_customer(name, &rules(), 0).unwrap_err();
        assert_eq!(error.args, [("character", shown.into())], "{name:?}");
        assert!(error.text_key().ends_with("-character"));
    }
    for allowed_inside in ["1abc", "-abc", "_abc"] {
        let error = LoginName::parse_customer(allowed_inside, &rules(), 0).unwrap_err();
        assert_eq!(error, ValidationError::new(ErrorCode::LoginnameFormat), "{allowed_inside}");
    }
}

#[test]
fn hyphens_are_allowed_if_the_provider_allows_them() {
    let rules = LoginNameRules { unix_names: false, ..rules() };
    for name in ["a-b_c", "a__b", "a-_-b", "a1"] {
        assert_eq!(LoginName::parse_customer(name, &rules, 0).unwrap().to_string(), name);
    }
    for name in ["a--b", "ab-", "ab_"] {
        assert_eq!(
            LoginName::parse_customer(name, &rules, 0),
            Err(ValidationError::new(ErrorCode::LoginnameInvalid)),
            "{name}"
        );
    }
    let error = LoginName::parse_customer("a.b", &rules, 0).unwrap_err();
    assert_eq!(error.text_key(), "fault-loginname-format-character-hyphen");
    assert_eq!(error.args, [("character", ".".into())]);
    assert_eq!(
        LoginName::parse_customer(&"x".repeat(62), &rules, 0).unwrap_err().code.as_str(),
        "loginname-too-long"
    );
}

#[test]
fn admins_can_have_reserved_names() {
    assert_eq!(LoginName::parse_admin("admin", &rules()).unwrap().as_str(), "admin");
    assert_eq!(
        LoginName::parse_admin("web2", &rules()).unwrap_err().code.as_str(),
        "loginname-uses-prefix"
    );
}

#[test]
fn only_assigned_numbered_names_can_be_chosen() {
    for (name, expected) in [
        ("web7", "fine"),
        ("web1", "fine"),
        ("web8", "loginname-uses-prefix"),
        ("web0", "loginname-uses-prefix"),
        ("web07", "loginname-uses-prefix"),
        ("web+7", "loginname-format"),
        ("WEB7", "loginname-uses-prefix"),
        ("web7a", "loginname-uses-prefix"),
    ] {
        assert_eq!(
            LoginName::parse_customer(name, &rules(), 7)
                .map_or_else(|error| error.code.as_str(), |_| "fine"),
            expected,
            "{name}"
        );
    }
}

#[test]
fn numbered_names_follow_the_same_rules() {
    let invalid = || ValidationError::new(ErrorCode::LoginnameInvalid);
    for (prefix, max, expected) in [
        ("web", 6, Ok("web123")),
        ("web", 5, Err(ValidationError::new(ErrorCode::LoginnameTooLong).with("max", 5_u64))),
        ("w-", 61, Ok("w-123")),
        ("w--", 61, Err(invalid())),
        ("_", 61, Err(invalid())),
        ("", 61, Err(invalid())),
        ("w.", 61, Err(invalid().variant("character-hyphen").with("character", "."))),
    ] {
        let rules = LoginNameRules { prefix: prefix.to_owned(), max, unix_names: false };
        let name = LoginName::numbered(123, &rules);
        assert_eq!(name.as_ref().map(LoginName::as_str), expected.as_ref().copied(), "{prefix}");
    }
}

#[test]
fn without_a_prefix_no_name_counts_as_numbered() {
    let rules = LoginNameRules { prefix: String::new(), ..rules() };
    for (name, expected) in [("web7", Ok("web7")), ("7", Err(ErrorCode::LoginnameFormat))] {
        let parsed = LoginName::parse_customer(name, &rules, 9);
        assert_eq!(parsed.as_ref().map(LoginName::as_str).map_err(|error| error.code), expected);
    }
}

#[test]
fn names_are_looked_up_without_case_and_in_composed_form() {
    for (typed, expected) in
        [(" Meier ", "meier"), ("MU\u{308}LLER", "müller"), ("a\0b", "a\u{fffd}b"), ("", "")]
    {
        assert_eq!(key(typed), expected, "{typed:?}");
    }
    assert_eq!(LoginName::stored("Meier".to_owned()).key(), "meier");
}
