//! Tests of the conversion rules, one row at a time.

use super::report::{Kind, Notes};
use super::{keys, login_names, plans_and_servers, settings, texts, values};
use db::froxlor::{Row, tables};
use domain::account::Language;
use domain::quota::Quota;
use domain::resources::Resource;
use jiff::Timestamp;
use std::collections::BTreeMap;

fn row(values: &[(&'static str, &str)]) -> Row {
    Row::from_values(&tables::CUSTOMERS, 7, values)
}

/// Returns the result of a rule, and the kinds of its notes.
fn noted<T>(rule: impl FnOnce(&mut Notes) -> T) -> (T, Vec<Kind>) {
    let mut notes = Notes::default();
    let value = rule(&mut notes);
    (value, notes.0.into_iter().map(|(kind, _)| kind).collect())
}

#[test]
fn limits_become_bytes_or_counts() {
    for (resource, stored, quota, kinds) in [
        (Resource::Diskspace, "1024", Quota::Limited(1 << 20), vec![]),
        (Resource::Diskspace, "-1024", Quota::Unlimited, vec![]),
        (Resource::Diskspace, "-1", Quota::Unlimited, vec![]),
        (Resource::Diskspace, "-1048576", Quota::NONE, vec![Kind::Number]),
        (Resource::Traffic, "-1048576", Quota::Unlimited, vec![]),
        (Resource::Traffic, "1048576", Quota::Limited(1 << 30), vec![]),
        (Resource::Traffic, "-1024", Quota::NONE, vec![Kind::Number]),
        (Resource::EmailQuota, "5", Quota::Limited(5 << 20), vec![]),
        (Resource::EmailQuota, "-1024", Quota::NONE, vec![Kind::Number]),
        (Resource::Mysqls, "-1", Quota::Unlimited, vec![]),
        (Resource::Mysqls, "-50", Quota::NONE, vec![Kind::Number]),
        (Resource::Mysqls, "", Quota::NONE, vec![Kind::Number]),
        (
            Resource::Diskspace,
            "99999999999999999999999",
            Quota::Limited(values::MAX_AMOUNT),
            vec![Kind::Large],
        ),
    ] {
        let row = row(&[(resource.name(), stored)]);
        assert_eq!(
            noted(|notes| values::quota(&row, resource, notes)),
            (quota, kinds),
            "{resource:?} {stored}"
        );
    }
    assert_eq!(
        noted(|notes| values::quota(&row(&[]), Resource::Ftps, notes)),
        (Quota::NONE, vec![]),
        "a missing column"
    );
}

#[test]
fn lists_of_ids_are_read() {
    for (text, ids, is_complete) in [
        ("", vec![], true),
        ("[]", vec![], true),
        ("null", vec![], true),
        ("[3,\"1\",1]", vec![1, 3], true),
        ("{\"1\":2}", vec![2], true),
        ("\"[0,1]\"", vec![0, 1], true),
        ("5", vec![5], true),
        ("[1,-2,\"x\",[2]]", vec![1], false),
        ("a:1:{i:0;i:1;}", vec![], false),
    ] {
        let kinds = if is_complete { vec![] } else { vec![Kind::Json] };
        assert_eq!(noted(|notes| values::ids("allowed", text, notes)), (ids, kinds), "{text}");
    }
}

#[test]
fn times_are_read() {
    let now = Timestamp::from_second(1_000_000).unwrap();
    for (text, seconds, kinds) in [
        ("0", None, vec![]),
        ("", None, vec![]),
        ("17", Some(17), vec![]),
        ("2000000", Some(1_000_000), vec![]),
        ("-5", None, vec![Kind::Time]),
        ("9223372036854775807", None, vec![Kind::Time]),
    ] {
        let row = row(&[("lastlogin_succ", text)]);
        let (time, noted) = noted(|notes| values::time(&row, "lastlogin_succ", now, notes));
        assert_eq!((time.map(Timestamp::as_second), noted), (seconds, kinds), "{text}");
    }
}

#[test]
fn plans_are_read() {
    let json = "{\"diskspace\":\"1.5\",\"traffic\":2,\"subdomains\":-1,\"emails\":-7,\"email_imap\":\"1\",\"phpenabled\":true,\
                \"perlenabled\":\"0\",\"allowed_phpconfigs\":\"[2,1]\"}";
    let (plan, kinds) = noted(|notes| plans_and_servers::plan_services(json, 100, notes));
    for (resource, quota) in [
        (Resource::Diskspace, Quota::Limited(3 << 19)),
        (Resource::Traffic, Quota::Limited(2 << 30)),
        (Resource::Subdomains, Quota::Unlimited),
        (Resource::Emails, Quota::NONE),
        (Resource::EmailQuota, Quota::Limited(100)),
        (Resource::Mysqls, Quota::NONE),
    ] {
        assert_eq!(plan.limits[resource], quota, "{resource:?}");
    }
    assert_eq!((plan.imap, plan.pop3, plan.php, plan.perl), (true, false, true, false));
    assert_eq!(plan.php_configs.iter().map(|id| id.0).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(kinds, [Kind::Number]);
    for broken in ["", "[]", "{", "\"x\""] {
        assert_eq!(
            noted(|notes| plans_and_servers::plan_services(broken, 0, notes)).1,
            [Kind::Json],
            "{broken}"
        );
    }
}

#[test]
fn login_names_become_usable() {
    for (name, kept) in [
        ("kd1", "kd1"),
        ("a-b_c.d", "a-b_c.d"),
        ("..x", "x"),
        ("../etc", "etc"),
        ("New", "user7"),
        ("ÄÖ", "user7"),
        ("", "user7"),
        ("a b<c>", "abc"),
    ] {
        assert_eq!(login_names::make_usable(name, 7), kept, "{name}");
    }
    assert_eq!(login_names::make_usable(&"x".repeat(80), 7).len(), 56);
}

#[test]
fn texts_are_corrected_for_forms() {
    for (column, text, kept) in [
        ("name", "O'Neil & \"Q\"", "O'Neil & \"Q\""),
        ("name", "a\tb\0\0c", "a b c"),
        ("name", "x\u{202e}y", "x y"),
        ("zipcode", "d-12345", "D-12345"),
        ("zipcode", "12_34", "12 34"),
        ("phone", "0221 / 12 (ext. 3)", "0221 / 12 (ext. 3)"),
        ("phone", "0221_12", "0221 12"),
        ("customernumber", "KD/7", "KD 7"),
    ] {
        let row = row(&[(column, text)]);
        let (got, kinds) = noted(|notes| texts::contact_line(&row, column, notes));
        assert_eq!((got.as_str(), kinds.is_empty()), (kept, text == kept), "{column} {text:?}");
    }
    let (long, kinds) = noted(|notes| texts::line("name", &"ü".repeat(300), 255, notes));
    assert_eq!((long.chars().count(), kinds), (255, vec![Kind::Text]));
    assert_eq!(
        noted(|notes| texts::multiline("notes", "a\r\nb\u{7}c", notes)),
        ("a\nb c".to_owned(), vec![Kind::Text])
    );
}

#[test]
fn emails_paths_and_hosts_are_checked() {
    for (text, kept, kinds) in [
        ("Ann@Example.COM", "Ann@example.com", vec![]),
        ("root@localhost", "root@localhost", vec![Kind::Email]),
        ("", "kd1@unknown.invalid", vec![Kind::EmailReplaced]),
        ("a@b.example\r\nBcc: x", "kd1@unknown.invalid", vec![Kind::EmailReplaced]),
    ] {
        let (email, noted) = noted(|notes| texts::email(text, "KD1", notes));
        assert_eq!((email.as_str(), noted), (kept, kinds), "{text}");
    }
    for (text, kept) in [
        ("/var/webs/kd1/", true),
        ("", false),
        ("webs", false),
        ("/a/../b", false),
        ("/a\nb", false),
    ] {
        assert_eq!(texts::path(text).is_some(), kept, "{text:?}");
    }
    for (text, kept) in [
        ("Kunde.example", Some("kunde.example")),
        ("müller.example", Some("xn--mller-kva.example")),
        ("a b", None),
        ("", None),
    ] {
        assert_eq!(texts::domain_name(text).as_deref(), kept, "{text}");
    }
}

#[test]
fn keys_never_allow_more_addresses_than_before() {
    for (text, kept, is_no_wider) in [
        ("", "", true),
        ("192.0.2.1,10.1.2.3/8", "10.0.0.0/8, 192.0.2.1", true),
        ("192.0.2.1, nowhere", "192.0.2.1", true),
        ("nowhere", "", false),
    ] {
        let (got, _) = noted(|notes| keys::allowed_from(text, notes));
        assert_eq!(got, (kept.to_owned(), is_no_wider), "{text}");
    }
}

#[test]
fn only_known_hashes_are_kept() {
    let hash = |text: &str| {
        noted(|notes| values::password_hash(&row(&[("password", text)]), notes).expose().to_owned())
    };
    let bcrypt = "$2y$04$abcdefghijklmnopqrstuuWHagVnvJ.N9lG/E4IADoS03cVWhioVy";
    assert_eq!(hash(bcrypt), (bcrypt.to_owned(), vec![]));
    assert_eq!(
        hash("my password"),
        ("!".to_owned(), vec![Kind::Password]),
        "a password in clear text is not kept"
    );
    assert_eq!(format!("{:?}", row(&[("password", "my password")])), "Row(panel_customers 7)");
}

#[test]
fn languages_are_read() {
    for (text, language, kinds) in [
        ("de", Language::De, vec![]),
        ("English", Language::En, vec![]),
        ("Deutsch", Language::De, vec![]),
        ("", Language::De, vec![]),
        ("fr", Language::De, vec![Kind::Language]),
    ] {
        let row = row(&[("def_language", text)]);
        assert_eq!(
            noted(|notes| values::language(&row, Language::De, notes)),
            (language, kinds),
            "{text}"
        );
    }
}

#[test]
fn settings_are_translated() {
    let translated = |values: &[(&str, &str)]| {
        let map: BTreeMap<String, (i64, String)> = values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (1, (*value).to_owned())))
            .collect();
        settings::translate(&map)
            .into_iter()
            .map(|(setting, _, value)| format!("{}={value}", setting.name))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        translated(&[("system.hostname", "h.example"), ("system.stdsubdomain", "s.example")]),
        ["customer.standard_subdomain_host=s.example"]
    );
    assert_eq!(
        translated(&[("system.hostname", "h.example"), ("system.stdsubdomain", "")]),
        ["customer.standard_subdomain_host=h.example"]
    );
    assert_eq!(translated(&[("session.sessiontimeout", "601")]), ["session.idle_minutes=11"]);
    assert_eq!(
        translated(&[("phpfpm.enabled", "0"), ("system.mod_fcgid", "1")]),
        ["php.config_required=1"]
    );
    assert_eq!(
        translated(&[("panel.default_theme", "Froxlor_dark")]),
        ["panel.default_theme=dark"]
    );
    assert_eq!(translated(&[("panel.standardlanguage", "Deutsch")]), ["panel.default_language=de"]);
}
