use super::*;
use std::collections::HashMap;
use std::os::unix::fs::PermissionsExt as _;

fn load(toml: Option<&str>, env: &[(&str, &str)]) -> Result<Settings, Vec<Mistake>> {
    let env: HashMap<&str, &str> = env.iter().copied().collect();
    Settings::load(toml, |name| env.get(name).map(|value| (*value).to_owned()))
}

fn mistakes(toml: Option<&str>, env: &[(&str, &str)]) -> Vec<String> {
    load(toml, env).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn every_setting_has_a_default() {
    let settings = load(None, &[]).unwrap();
    assert_eq!(settings.database_url.to_string(), "sqlite://./data/clientele.db");
    assert_eq!(settings.database_url.kind(), DatabaseKind::Sqlite);
    assert_eq!(
        [&settings.homes_dir, &settings.hooks_dir],
        [Path::new("./data/homes"), Path::new("./data/hooks")]
    );
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(settings.mail_from, parse_mailbox("Clientele <noreply@localhost>").unwrap());
    assert_eq!(
        settings.public_url("127.0.0.1:4711".parse().unwrap()).to_string(),
        "http://127.0.0.1:4711"
    );
    assert_eq!(
        settings.public_url("0.0.0.0:80".parse().unwrap()).page("/login"),
        "http://localhost/login"
    );
    assert_eq!((settings.log.as_str(), settings.log_format), ("info", LogFormat::Pretty));
    assert!(
        matches!(settings.secret_key, KeySource::Generated(path) if path == Path::new("./data/secret.key"))
    );
    assert!(settings.smtp_url.is_none() && settings.metrics_token.is_none());
    assert!(!settings.trusted_proxies.contains("127.0.0.1".parse().unwrap()));
}

#[test]
fn the_environment_takes_precedence_over_the_file() {
    let toml = "data_dir = '/srv/clientele'\nlisten = '[::1]:80'\ntrusted_proxies = ['10.0.0.0/8', '::1']\nlog = 'warn'";
    let settings =
        load(Some(toml), &[("CLIENTELE_LISTEN", "localhost:0"), ("CLIENTELE_LOG", "  ")]).unwrap();
    assert_eq!(settings.listen.to_string(), "localhost:0");
    assert_eq!(settings.log.as_str(), "warn", "an empty variable counts as unset");
    assert_eq!(settings.database_url.expose(), "sqlite:///srv/clientele/clientele.db");
    assert_eq!(settings.outbox_dir(), PathBuf::from("/srv/clientele/outbox"));
    for (address, trusted) in
        [("10.1.2.3", true), ("::ffff:10.1.2.3", true), ("::1", true), ("11.0.0.1", false)]
    {
        assert_eq!(
            settings.trusted_proxies.contains(address.parse().unwrap()),
            trusted,
            "{address}"
        );
    }
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let toml = "listen = 'here'\nlisen = 'x'\nlog_format = ['a', 1]\nhomes_dir = true";
    let env = [
        ("CLIENTELE_DATABASE_URL", "oracle://scott:tiger@host/db"),
        ("CLIENTELE_PUBLIC_URL", "https://panel.example/path"),
        ("CLIENTELE_SMTP_URL", "mail.example"),
        ("CLIENTELE_MAIL_FROM", "me"),
        ("CLIENTELE_SECRET_KEY", "tiger"),
        ("CLIENTELE_LOG", "clientele=loud"),
        ("CLIENTELE_TRUSTED_PROXIES", "10.0.0.0/99"),
        ("CLIENTELE_METRICS_TOKEN", "tiger"),
    ];
    let found = mistakes(Some(toml), &env);
    let keys: Vec<&str> = found
        .iter()
        .map(|line| line.trim_start_matches("clientele.toml: ").split(' ').next().unwrap())
        .collect();
    for key in ["listen", "lisen", "log_format", "homes_dir"]
        .into_iter()
        .chain(env.iter().map(|(name, _)| *name))
    {
        assert_eq!(keys.iter().filter(|found| **found == key).count(), 1, "{key} in {found:#?}");
    }
    assert_eq!(keys.len(), 12);
    assert!(!found.concat().contains("tiger"), "no value is repeated: {found:#?}");
}

#[test]
fn syntax_errors_are_reported_with_their_line() {
    let found = mistakes(Some("log = 'info'\nsecret_key = tiger!\n"), &[]);
    assert_eq!(found.len(), 1);
    assert!(
        found[0].starts_with("clientele.toml: line 2 cannot be read")
            && !found[0].contains("tiger"),
        "{found:?}"
    );
}

#[test]
fn the_secret_key_has_one_source() {
    let key = "k".repeat(32);
    let env =
        [("CLIENTELE_SECRET_KEY", key.as_str()), ("CLIENTELE_SECRET_KEY_FILE", "/run/secrets/key")];
    assert_eq!(
        mistakes(None, &env),
        ["CLIENTELE_SECRET_KEY_FILE is set in addition to secret_key; set only one of them"]
    );
    assert!(matches!(load(None, &env[..1]).unwrap().secret_key, KeySource::Given(_)));
    assert!(matches!(load(None, &env[1..]).unwrap().secret_key, KeySource::File(_)));
}

#[test]
fn passwords_are_not_shown() {
    let env = [
        (
            "CLIENTELE_DATABASE_URL",
            "postgres://clientele:tiger@db.example:5433/clientele?password=tiger",
        ),
        ("CLIENTELE_SMTP_URL", "smtp://me:tiger@mail.example:587?tls=required"),
        ("CLIENTELE_SECRET_KEY", "tigertigertigertigertigertigertiger"),
        ("CLIENTELE_METRICS_TOKEN", "tigertigertigertiger"),
    ];
    let settings = load(None, &env).unwrap();
    assert!(!format!("{settings:?}").contains("tiger"));
    assert_eq!(
        settings.database_url.to_string(),
        "postgres://clientele:***@db.example:5433/clientele"
    );
    assert!(settings.database_url.expose().ends_with("?password=tiger"));
    assert_eq!(settings.smtp_url.unwrap().to_string(), "smtp://me:***@mail.example:587");
}

#[test]
fn addresses_and_urls_are_validated() {
    for bad in [
        "",
        "8080",
        ":8080",
        "host",
        "host:",
        "host:65536",
        "999.1.1.1:80",
        "a b:80",
        "http://x:80",
    ] {
        assert!(bad.parse::<ListenAddr>().is_err(), "{bad}");
    }
    for bad in [
        "sqlite:",
        "sqlite://",
        "postgres://",
        "postgres://host",
        "mysql:///db",
        "mariadb://h/d",
        "x",
        "",
    ] {
        assert!(bad.parse::<DatabaseUrl>().is_err(), "{bad}");
    }
    for good in ["sqlite::memory:", "sqlite://x.db", "postgresql://u@h/d", "mysql://u:p@h:3306/d"] {
        assert!(good.parse::<DatabaseUrl>().is_ok(), "{good}");
    }
    for bad in [
        "panel.example",
        "ftp://panel.example",
        "https://a:b@panel.example",
        "https://panel.example/?x",
        "https://",
    ] {
        assert!(bad.parse::<PublicUrl>().is_err(), "{bad}");
    }
    let url: PublicUrl = "https://Panel.Example:8443/".parse().unwrap();
    assert_eq!(
        (url.to_string().as_str(), url.is_https(), url.host()),
        ("https://panel.example:8443", true, "panel.example")
    );
    assert_eq!(
        DatabaseUrl::sqlite(Path::new("/a?b%c#d.db")).expose(),
        "sqlite:///a%3Fb%25c%23d.db"
    );
}

#[test]
fn the_url_of_a_mail_server_selects_its_use_of_tls() {
    for (url, tls) in [
        ("smtp://127.0.0.1:25", SmtpTls::None),
        ("smtp://mail.example", SmtpTls::None),
        ("smtp://me:pw@localhost:587", SmtpTls::None),
        ("smtp://me:pw@mail.example?tls=none", SmtpTls::None),
        ("smtp://mail.example?tls=opportunistic", SmtpTls::Opportunistic),
        ("smtp://me:pw@mail.example:587?tls=required", SmtpTls::Required),
        ("smtps://me:pw@mail.example", SmtpTls::Implicit),
        ("smtps://me:pw@mail.example?tls=required", SmtpTls::Implicit),
    ] {
        assert_eq!(url.parse::<SmtpUrl>().unwrap().tls(), tls, "{url}");
    }
    let refused = |url: &str| url.parse::<SmtpUrl>().unwrap_err();
    assert!(refused("smtp://me:pw@mail.example:587").contains("password unencrypted"));
    assert!(refused("smtp://mail.example?tls=always").contains("unknown value of tls"));
    assert!(refused("smtps://mail.example?tls=none").contains("always encrypted"));
    for bad in [
        "smtp://mail.example?verify=no",
        "smtp://me@mail.example?tls=required",
        "http://mail.example",
        "smtp://",
    ] {
        assert!(refused(bad).contains("must have the form"), "{bad}");
    }
    let shown =
        "smtp://me:tiger@mail.example?tls=required".parse::<SmtpUrl>().unwrap().description();
    assert_eq!(
        shown,
        "smtp://me:***@mail.example, STARTTLS is required; the certificate is verified"
    );
}

#[test]
fn others_cannot_list_the_directories() {
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().join("deep/data");
    let settings = load(None, &[("CLIENTELE_DATA_DIR", data_dir.to_str().unwrap())]).unwrap();
    settings.create_dirs().unwrap();
    settings.create_dirs().unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(
        (mode(&data_dir), mode(&settings.outbox_dir()), mode(&settings.homes_dir)),
        (0o700, 0o700, 0o711)
    );
}

#[test]
fn the_client_is_the_last_address_that_is_not_a_trusted_proxy() {
    let proxies: TrustedProxies = "10.0.0.0/8, ::1".parse().unwrap();
    let client = |hops: &[&str]| {
        let hops: Vec<_> = hops.iter().map(|text| text.parse().ok()).collect();
        proxies.client("::ffff:10.0.0.1".parse().unwrap(), &hops).to_string()
    };
    assert_eq!(client(&["198.51.100.7"]), "198.51.100.7");
    assert_eq!(client(&[]), "10.0.0.1");
    assert_eq!(client(&["203.0.113.5", "198.51.100.7", "10.9.9.9"]), "198.51.100.7");
    assert_eq!(client(&["203.0.113.5", "nonsense"]), "10.0.0.1");
    assert_eq!(client(&["203.0.113.5", "nonsense", "10.9.9.9"]), "10.9.9.9");
    assert_eq!(client(&["10.9.9.9", "::1"]), "10.9.9.9", "all are proxies");
}

/// A proxy that reaches an IPv6 socket over IPv4 has such an address.
#[test]
fn networks_of_ipv4_mapped_addresses_are_ipv4_networks() {
    let proxies: TrustedProxies = "::ffff:10.0.0.0/104, ::ffff:192.0.2.1".parse().unwrap();
    for (address, trusted) in [
        ("10.1.2.3", true),
        ("::ffff:10.1.2.3", true),
        ("192.0.2.1", true),
        ("192.0.2.2", false),
        ("11.0.0.1", false),
    ] {
        assert_eq!(proxies.contains(address.parse().unwrap()), trusted, "{address}");
    }
}

#[test]
fn forwarded_headers_are_parsed_ignoring_case() {
    let header = |text: &str| {
        load(None, &[("CLIENTELE_FORWARDED_HEADER", text)])
            .map(|settings| settings.trusted_proxies.header())
    };
    assert_eq!(header("Forwarded").unwrap(), ForwardedHeader::Forwarded);
    assert_eq!(header("x-forwarded-for").unwrap(), ForwardedHeader::XForwardedFor);
    assert_eq!(load(None, &[]).unwrap().trusted_proxies.header(), ForwardedHeader::Any);
    assert!(header("x-real-ip").is_err());
}

#[test]
fn a_collector_needs_the_feature_otlp() {
    let set = [("CLIENTELE_OTLP_URL", "http://127.0.0.1:4318"), ("CLIENTELE_LOG_FORMAT", "xml")];
    let outcome = load(None, &set[..1]);
    #[cfg(feature = "otlp")]
    assert_eq!(outcome.unwrap().otlp_url.unwrap().traces_url(), "http://127.0.0.1:4318/v1/traces");
    #[cfg(not(feature = "otlp"))]
    {
        let message =
            "CLIENTELE_OTLP_URL cannot be used: this program was built without the feature `otlp`";
        assert_eq!(outcome.unwrap_err()[0].to_string(), message);
        assert_eq!(mistakes(None, &set).len(), 2, "it is reported with the others");
    }
    assert!(mistakes(None, &set[1..])[0].starts_with("CLIENTELE_LOG_FORMAT "));
}
