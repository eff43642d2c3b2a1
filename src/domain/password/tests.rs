//! Rules for passwords, and generated passwords.

use super::*;
use crate::random::{OsRandom, SeededRandom};
use proptest::prelude::*;

fn codes(policy: &PasswordPolicy, password: &str, login: Option<&str>) -> Vec<&'static str> {
    policy
        .check(&password.into(), Person::with_login_name(login))
        .iter()
        .map(|error| error.code().as_str())
        .collect()
}

#[test]
fn every_broken_rule_is_named() {
    let strict = PasswordPolicy {
        alpha_lower: true,
        alpha_upper: true,
        numeric: true,
        special_required: true,
        ..PasswordPolicy::default()
    };
    let all = [
        "password-too-short",
        "password-needs-lower",
        "password-needs-upper",
        "password-needs-digit",
        "password-needs-special",
    ];
    assert_eq!(codes(&strict, "", None), all);
    assert_eq!(codes(&strict, "Abcdef1§", None), [""; 0]);
    assert_eq!(codes(&strict, "Abcdef12", None), ["password-needs-special"]);
}

#[test]
fn minimum_counts_characters_and_maximum_counts_bytes() {
    let policy = PasswordPolicy::default();
    assert_eq!(codes(&policy, "äöüäöü7", None), ["password-too-short"]);
    assert_eq!(codes(&policy, "äöüÄÖÜß7", None), [""; 0]);
    assert_eq!(codes(&policy, &"äöüßé".repeat(100), None), [""; 0]);
    assert_eq!(codes(&policy, &format!("{}x", "äöüßé".repeat(100)), None), ["password-too-long"]);
    assert_eq!(policy.check(&"x".into(), Person::default())[0].args(), [("min", 8_u64.into())]);
}

#[test]
fn errors_name_the_limits_and_the_accepted_characters() {
    for (error, code, args) in [
        (PasswordError::TooShort { min: 8 }, "password-too-short", vec![("min", 8_u64.into())]),
        (PasswordError::TooLong { max: 1000 }, "password-too-long", vec![("max", 1000_u64.into())]),
        (
            PasswordError::NeedsSpecial { chars: "!?".to_owned() },
            "password-needs-special",
            vec![("chars", "!?".into())],
        ),
        (PasswordError::NeedsDigit, "password-needs-digit", vec![]),
    ] {
        let error = ValidationError::from(error);
        assert_eq!((error.code.as_str(), error.args), (code, args));
    }
}

#[test]
fn special_characters_that_look_like_others_are_generated_only_if_there_are_no_others() {
    let generated = |special_chars: &str| {
        let policy = PasswordPolicy {
            special_required: true,
            special_chars: special_chars.to_owned(),
            ..PasswordPolicy::default()
        };
        let password = policy.generate(&SeededRandom::new(3)).expose().to_owned();
        password.chars().filter(|c| !c.is_ascii_alphanumeric()).collect::<String>()
    };
    let (mixed, alike) = (generated("|?`'"), generated("|"));
    assert!(!mixed.is_empty() && mixed.chars().all(|c| c == '?'), "{mixed}");
    assert!(!alike.is_empty() && alike.chars().all(|c| c == '|'), "{alike}");
}

#[test]
fn control_characters_are_refused() {
    for bad in
        ["Abcdefgh\r\nrole=admin", "Abcdefg\0", "Abcdefg\tx", "Abcdefg\u{7f}", "Abcdefg\u{85}"]
    {
        assert_eq!(
            codes(&PasswordPolicy::default(), bad, None),
            ["password-control-character"],
            "{bad:?}"
        );
    }
}

#[test]
fn the_login_name_is_refused_as_password() {
    let policy = PasswordPolicy::default();
    assert_eq!(codes(&policy, "WebKunde1", Some("webkunde1")), ["password-is-loginname"]);
    assert_eq!(codes(&policy, "WebKunde12", Some("webkunde1")), ["password-common"]);
    assert_eq!(codes(&policy, "WebKunde12", None), [""; 0]);
    assert_eq!(codes(&policy, "", Some("")), ["password-too-short"], "an empty name is none");
}

#[test]
fn common_passwords_are_refused() {
    let policy =
        PasswordPolicy { provider: "Example Hosting".to_owned(), ..PasswordPolicy::default() };
    let person = Person { login: Some("web1"), email: Some("joerg.muster@acme.example") };
    for common in
        ["Password1!", "Examplehosting1", "joerg.muster", "Joerg.muster@acme.example", "acme2026"]
    {
        assert_eq!(policy.check(&common.into(), person), [PasswordError::Common], "{common}");
    }
}

#[test]
fn the_minimum_length_is_at_least_eight() {
    let policy = PasswordPolicy { min_length: 1, ..PasswordPolicy::default() };
    assert_eq!(codes(&policy, "x7-Qz", None), ["password-too-short"]);
}

#[test]
fn an_untypable_special_character_is_not_required() {
    let policy = PasswordPolicy {
        special_required: true,
        special_chars: "\n".into(),
        ..PasswordPolicy::default()
    };
    assert_eq!(codes(&policy, "Correct-horse-7", None), [""; 0]);
    assert_eq!(codes(&policy, policy.generate(&OsRandom).expose(), None), [""; 0]);
}

fn policies() -> impl Strategy<Value = PasswordPolicy> {
    (0_usize..300, any::<[bool; 4]>(), ".{0,12}").prop_map(
        |(min_length, [alpha_lower, alpha_upper, numeric, special_required], special_chars)| {
            PasswordPolicy {
                min_length,
                alpha_lower,
                alpha_upper,
                numeric,
                special_required,
                special_chars,
                provider: "Example Hosting".to_owned(),
            }
        },
    )
}

proptest! {
    #[test]
    fn a_generated_password_follows_its_policy(policy in policies(), seed: u64) {
        let password = policy.generate(&SeededRandom::new(seed));
        prop_assert_eq!(policy.check(&password, Person::default()), vec![]);
        prop_assert_eq!(password.expose().chars().count(), policy.min_length().max(14));
    }

    #[test]
    fn a_generated_password_has_no_ambiguous_characters(seed: u64) {
        let password = PasswordPolicy::default().generate(&SeededRandom::new(seed));
        prop_assert!(password.expose().chars().all(|c| c.is_ascii_alphanumeric() && !"lo1IO0".contains(c)));
    }

    #[test]
    fn generated_passwords_differ(policy in policies(), seed: u64) {
        let source = SeededRandom::new(seed);
        let (one, other) = (policy.generate(&source), policy.generate(&source));
        prop_assert!(!one.constant_time_eq(&other));
    }

    #[test]
    fn a_check_never_panics(policy in policies(), password: String, login: Option<String>) {
        let _ = policy.check(&Secret::new(password), Person::with_login_name(login.as_deref()));
    }
}
