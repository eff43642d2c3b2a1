//! Hosts, administration URLs and database names.

use super::*;

#[test]
fn host_lists_are_parsed() {
    let list = |text: &str| {
        AccessHost::parse_list(text)
            .map(|hosts| AccessHost::list(&hosts))
            .map_err(|error| error.code.as_str())
    };
    assert_eq!(list(""), Ok("localhost".to_owned()));
    assert_eq!(
        list("Web1.Example.com, 192.0.2.%\n2001:db8::1 web1.example.com"),
        Ok("192.0.2.%, 2001:db8::1, web1.example.com".to_owned())
    );
    assert_eq!(list("192.0.2.0/255.255.255.0"), Ok("192.0.2.0/255.255.255.0".to_owned()));
    for bad in ["a'b", "a\\b", "a`", "ü", "a\0", "-x", "a@b", "\"", "a;b'"] {
        assert_eq!(list(bad), Err("access-host-invalid"), "{bad:?}");
    }
    let many = |count| (10..10 + count).map(|n| format!("h{n}")).collect::<Vec<_>>().join(", ");
    for count in [19, 20] {
        assert_eq!(list(&many(count)), Ok(many(count)));
    }
    assert_eq!(
        AccessHost::parse_list(&many(21)),
        Err(ValidationError::new(ErrorCode::AccessHostsTooMany).with("max", 20_u64))
    );
}

#[test]
fn hosts_have_1_to_60_characters() {
    for (text, good) in [
        (String::new(), false),
        ("h".to_owned(), true),
        ("h".repeat(60), true),
        ("h".repeat(61), false),
    ] {
        let expected = if good {
            Ok(AccessHost(text.clone()))
        } else {
            Err(ValidationError::new(ErrorCode::AccessHostInvalid).with("host", &text))
        };
        assert_eq!(AccessHost::parse(&text), expected);
    }
    assert_eq!(AccessHost::parse("%_-.:/A").unwrap().as_str(), "%_-.:/a");
}

#[test]
fn admin_urls_are_validated_and_never_shown() {
    let of_length = |length: usize| format!("mysql://a:{}@c", "b".repeat(length - 12));
    for good in [
        "mysql://root:pw@db.example:3306",
        "mysql://root@localhost/",
        "mysql://a:b%40@[::1]:3307?ssl-mode=REQUIRED",
        "mysql://a:b@c?ssl-mode=verify_ca&ssl-ca=/etc/ca.pem",
        "mysql://a:<b>@c",
        &of_length(1000),
    ] {
        let url = AdminUrl::parse(good).unwrap();
        assert_eq!(url.secret().expose(), good);
        assert_eq!(format!("{url:?}"), "AdminUrl(…)");
    }
    for bad in [
        "",
        "mysql://host",
        "postgres://a:b@c",
        "mysql://a:b@c/mysql",
        "mysql://a:b@c?socket=/x",
        "mysql:///x",
        "a b",
        "mysql://a@c#x",
        "mysql://a@c?ssl-mode=x",
        "mysql://a@c?ssl-ca=x",
        "mysql://a@c?ssl-ca=/x&other=1",
        "mysql://a@c\n",
        &of_length(1001),
    ] {
        assert_eq!(AdminUrl::parse(bad).unwrap_err().code.as_str(), "admin-url-invalid", "{bad}");
    }
}

#[test]
fn a_blank_admin_url_is_none() {
    for (sent, expected) in [
        (" mysql://a:b@c ", Ok(Some("mysql://a:b@c"))),
        ("", Ok(None)),
        (" \u{a0}", Ok(None)),
        ("c", Err(ErrorCode::AdminUrlInvalid)),
    ] {
        let read = AdminUrl::read(sent.into()).map_err(|error| error.code);
        let exposed = read.as_ref().map(|url| url.as_ref().map(|url| url.secret().expose()));
        assert_eq!(exposed, expected.as_ref().map(|url| *url), "{sent:?}");
    }
    assert_eq!(AdminUrl::read(Value::from(1)).unwrap_err().code, ErrorCode::TypeText);
}

#[test]
fn system_schemas_are_refused() {
    for bad in [
        "",
        "mysql",
        "MySQL",
        "sys",
        "information_schema",
        "performance_schema",
        "a`b",
        "a\0",
        "a/b",
        "a.b",
        "a\\",
        &"x".repeat(65),
    ] {
        assert_eq!(DatabaseName::parse(bad), None, "{bad:?}");
    }
    for good in ["web1sql1", "shop_2", "mysql1", "Größe%", "x'y", "x", &"ü".repeat(64)] {
        assert_eq!(DatabaseName::parse(good).unwrap().as_str(), good);
    }
}
