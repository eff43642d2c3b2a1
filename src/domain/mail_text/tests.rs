//! Emails of the provider: variables, errors and rendering.

use super::*;
use proptest::prelude::*;

#[test]
fn variables_are_replaced_once() {
    let text = EmailTemplate::parse(
        MailKind::Welcome,
        "Hello {NAME}",
        "{USERNAME} / {PASSWORD}\n\n{ not this } {x} {}",
    )
    .unwrap();
    let filled = text.render(|name| format!("<{name}{{PASSWORD}}>"));
    assert_eq!(filled.subject, "Hello <NAME{PASSWORD}>");
    assert_eq!(filled.body, "<USERNAME{PASSWORD}> / <PASSWORD{PASSWORD}>\n\n{ not this } {x} {}");
}

#[test]
fn missing_and_unknown_variables_are_named() {
    let errors =
        EmailTemplate::parse(MailKind::Welcome, "{PASSWORD}", "{USERNAME} {HOURS}").unwrap_err();
    let listed: Vec<_> = errors
        .iter()
        .flat_map(|(field, list)| {
            list.iter().map(move |error| (field, error.code.as_str(), error.args[0].1.clone()))
        })
        .collect();
    assert_eq!(
        listed,
        [
            ("body", "variable-unknown", "HOURS".into()),
            ("body", "variable-missing", "PASSWORD".into()),
            ("subject", "variable-unknown", "PASSWORD".into())
        ]
    );
    assert!(EmailTemplate::parse(MailKind::PasswordChanged, "x", "  ").unwrap_err().has("body"));
    assert!(
        EmailTemplate::parse(MailKind::PasswordChanged, "a\r\nBcc: x@y.example", "x")
            .unwrap_err()
            .has("subject")
    );
}

proptest! {
    #[test]
    fn parts_add_up_to_the_text(text in "[{}A-Z_a ü]*") {
        prop_assert_eq!(fill(&text, &|name| format!("{{{name}}}")), text);
    }
}

#[test]
fn every_kind_has_a_code_and_accepts_its_variables() {
    let person = "USERNAME PASSWORD LINK FIRSTNAME NAME COMPANY CUSTOMER_NO";
    for (kind, code, variables, required) in [
        (
            MailKind::Welcome,
            "welcome",
            format!("{person} DOMAINNAME PROVIDER"),
            "USERNAME PASSWORD",
        ),
        (MailKind::NewPassword, "new_password", format!("{person} PROVIDER"), "USERNAME PASSWORD"),
        (
            MailKind::PasswordReset,
            "password_reset",
            "USERNAME LINK DURATION HOURS PROVIDER".to_owned(),
            "LINK",
        ),
        (MailKind::PasswordChanged, "password_changed", "USERNAME LINK PROVIDER".to_owned(), ""),
    ] {
        assert_eq!((kind.code(), MailKind::parse(code)), (code, Some(kind)));
        assert_eq!(kind.variables().join(" "), variables);
        assert_eq!(kind.required().join(" "), required);
    }
    for code in ["", "Welcome", "password-reset"] {
        assert_eq!(MailKind::parse(code), None, "{code:?}");
    }
}

#[test]
fn each_field_has_its_own_errors() {
    let errors = |kind, subject: &str, body: &str| {
        EmailTemplate::parse(kind, subject, body).map_or_else(
            |errors| {
                let list = errors.iter().flat_map(|(field, list)| {
                    list.iter().map(move |error| format!("{field} {}", error.code))
                });
                list.collect::<Vec<_>>().join(", ")
            },
            |text| format!("{} | {}", text.subject, text.body),
        )
    };
    let long = (&*"s".repeat(200), &*"b".repeat(10_000));
    for (kind, subject, body, expected) in [
        (MailKind::PasswordChanged, " a ", " b\r\nc ", "a | b\nc"),
        (MailKind::PasswordChanged, long.0, long.1, &format!("{} | {}", long.0, long.1)),
        (
            MailKind::PasswordChanged,
            &format!("{}s", long.0),
            &format!("{}b", long.1),
            "body text-too-long, subject text-too-long",
        ),
        (MailKind::PasswordChanged, "", " ", "body required, subject required"),
        (MailKind::PasswordChanged, "a\nb", "a\0b", "body format-invalid, subject format-invalid"),
        (MailKind::PasswordReset, "a", "", "body required, body variable-missing"),
        (MailKind::PasswordReset, "a", "LINK", "body variable-missing"),
        (MailKind::PasswordReset, "{LINK}", "{LINK}", "subject variable-unknown"),
        (MailKind::PasswordReset, "{USERNAME}", "{LINK}", "{USERNAME} | {LINK}"),
        (MailKind::PasswordReset, "{NAME}", "{LINK}", "subject variable-unknown"),
        (MailKind::NewPassword, "{PASSWORD}", "{USERNAME} {PASSWORD}", "subject variable-unknown"),
    ] {
        assert_eq!(errors(kind, subject, body), expected, "{subject} / {body}");
    }
}

#[test]
fn only_capitals_in_braces_are_variables() {
    for (text, filled) in [
        ("{A}", "<A>"),
        ("{A_B}{C}", "<A_B><C>"),
        ("ü {a} {AB} x", "ü {a} <AB> x"),
        ("ü{{ABC}}", "ü{<ABC>}"),
        ("{ABC {D}", "{ABC <D>"),
        ("{ABCD", "{ABCD"),
        ("{A1} {} {_}", "{A1} {} <_>"),
        ("{ÄB}", "{ÄB}"),
        ("", ""),
    ] {
        assert_eq!(fill(text, &|name| format!("<{name}>")), filled);
    }
}
