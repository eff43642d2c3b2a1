//! API keys: addresses, expiry and notation.

use super::*;

fn from(text: &str) -> AllowedFrom {
    AllowedFrom::parse(text).unwrap()
}

fn admits(list: &str, address: &str) -> bool {
    from(list).admits(Some(address.parse().unwrap()))
}

#[test]
fn ipv4_and_ipv6_networks_are_matched() {
    assert!(admits("", "192.0.2.1"));
    assert!(admits("192.0.2.1", "192.0.2.1") && !admits("192.0.2.1", "192.0.2.2"));
    assert!(admits("10.0.0.0/8\n192.0.2.0/24", "192.0.2.77") && !admits("10.0.0.0/8", "11.0.0.1"));
    assert!(admits("2001:db8::/32", "2001:db8:1::5") && !admits("2001:db8::/32", "2001:db9::1"));
    assert!(admits("192.0.2.1", "::ffff:192.0.2.1"), "an IPv4 caller of an IPv6 socket");
    assert!(!from("10.0.0.1").admits(None) && from("").admits(None));
}

#[test]
fn ipv4_mapped_networks_are_ipv4_networks() {
    assert_eq!(
        from("::ffff:10.1.2.3/104 ::ffff:192.0.2.1 ::ffff:192.0.2.2/128").to_string(),
        "10.0.0.0/8, 192.0.2.1, 192.0.2.2"
    );
    assert!(admits("::ffff:10.0.0.0/104", "10.9.9.9"));
    assert!(admits("::ffff:10.0.0.0/104", "::ffff:10.9.9.9"));
    assert!(!admits("::ffff:10.0.0.0/104", "11.0.0.1"));
    assert!(admits("::ffff:0.0.0.0/96", "192.0.2.1"));
    assert_eq!(from("::/0").to_string(), "::/0", "every IPv6 address, but no IPv4 address");
}

#[test]
fn lists_are_written_short_and_without_duplicates() {
    assert_eq!(from("10.1.2.3/8, 192.0.2.1 192.0.2.1/32").to_string(), "10.0.0.0/8, 192.0.2.1");
    assert_eq!(from(&from("2001:db8:0:0::1,::1").to_string()), from("::1 2001:db8::1"));
}

#[test]
fn invalid_addresses_are_named() {
    assert_eq!(
        AllowedFrom::parse("10.0.0.1, nowhere").unwrap_err(),
        ValidationError::new(ErrorCode::NetworkInvalid).with("word", "nowhere")
    );
    assert_eq!(
        AllowedFrom::parse("10.0.0.0/33").unwrap_err(),
        ValidationError::new(ErrorCode::NetworkInvalid).with("word", "10.0.0.0/33")
    );
    assert_eq!(
        AllowedFrom::parse(&"10.0.0.1 10.0.0.2 ".repeat(60)).unwrap().to_string(),
        "10.0.0.1, 10.0.0.2"
    );
    assert!(!AllowedFrom::stored("broken").admits(Some("192.0.2.1".parse().unwrap())));
}

#[test]
fn a_date_counts_to_its_end_and_a_time_to_the_second() {
    let end =
        |text: &str| ApiKeySettings::parse_expiry(text).map(|end| end.map(|end| end.to_string()));
    assert_eq!(end(""), Ok(None));
    assert_eq!(end("2027-12-31"), Ok(Some("2027-12-31T23:59:59Z".to_owned())));
    assert_eq!(end("2027-12-31T18:00:00.7+02:00"), Ok(Some("2027-12-31T16:00:00Z".to_owned())));
    for text in [
        "2027-02-30",
        "31.12.2027",
        "20271231",
        "2027-12-31T18:00",
        "tomorrow",
        "2027-12-3",
        "99999-12-31",
    ] {
        assert_eq!(end(text), Err(ValidationError::new(ErrorCode::DateInvalid)), "{text}");
    }
    for text in ["", "2027-12-31", "2027-12-31T16:00:00Z"] {
        assert_eq!(
            ApiKeySettings {
                expires_at: ApiKeySettings::parse_expiry(text).unwrap(),
                ..ApiKeySettings::default()
            }
            .expiry_text(),
            text
        );
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn key(name: &str, allowed_from: &str, expires_at: Option<&str>) -> ApiKey {
    ApiKey {
        id: ApiKeyId(1),
        login: LoginId(2),
        key: name.to_owned(),
        created_at: Timestamp::UNIX_EPOCH,
        last_used_at: None,
        settings: ApiKeySettings {
            allowed_from: from(allowed_from),
            expires_at: expires_at.map(at),
            ..ApiKeySettings::default()
        },
    }
}

#[test]
fn a_key_admits_only_listed_addresses_until_it_expires() {
    let end = Some("2027-12-31T16:00:00Z");
    for (expires_at, now, address, has_expired, admitted) in [
        (end, "2027-12-31T15:59:59Z", "192.0.2.1", false, true),
        (end, "2027-12-31T15:59:59Z", "192.0.2.2", false, false),
        (end, "2027-12-31T16:00:00Z", "192.0.2.1", true, false),
        (end, "2027-12-31T16:00:01Z", "192.0.2.1", true, false),
        (None, "2999-01-01T00:00:00Z", "192.0.2.1", false, true),
        (None, "2999-01-01T00:00:00Z", "192.0.2.2", false, false),
    ] {
        let key = key("k", "192.0.2.1", expires_at);
        let result =
            (key.has_expired(at(now)), key.admits(Some(address.parse().unwrap()), at(now)));
        assert_eq!(result, (has_expired, admitted), "{expires_at:?} {now} {address}");
    }
}

#[test]
fn a_key_is_recognized_by_its_first_characters() {
    for (name, short) in
        [("abcdefghij", "abcdefgh"), ("abcdefgh", "abcdefgh"), ("abc", "abc"), ("", "")]
    {
        assert_eq!(key(name, "", None).short(), short);
    }
}

#[test]
fn lists_are_read_with_every_separator_and_at_most_50_networks() {
    let expected = AllowedFrom(["10.0.0.1/32", "10.0.0.2/32"].map(|n| n.parse().unwrap()).into());
    for text in [
        "10.0.0.1,10.0.0.2",
        "10.0.0.2;10.0.0.1",
        " 10.0.0.1\t\r\n10.0.0.2\u{a0}",
        "10.0.0.1,; 10.0.0.2",
    ] {
        assert_eq!(AllowedFrom::read(Value::from(text)), Ok(Some(expected.clone())), "{text:?}");
    }
    let list = |count: u8| (1..=count).map(|n| format!("10.0.0.{n}")).collect::<Vec<_>>().join(" ");
    assert_eq!(from(&list(49)).0.len(), 49);
    assert_eq!(from(&list(50)).0.len(), 50);
    assert_eq!(
        AllowedFrom::read(Value::from(list(51))),
        Err(ValidationError::new(ErrorCode::NetworksTooMany).with("max", 50_u64))
    );
    assert_eq!(AllowedFrom::read(Value::from(vec![1])).unwrap_err().code, ErrorCode::TypeText);
}
