//! Passwords, keys, suspensions and settings after an import.

use super::odd::panel;
use super::panel::{Panel, password};
use super::{import, odd};
use crate::support::TestApp;
use clientele::services::froxlor::Kind;
use clientele::services::settings::list;
use clientele::services::sign_in::device::DeviceCookies;
use clientele::services::sign_in::{SignIn, sign_in};
use serde_json::json;

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn invalid_passwords_and_keys_are_reported() {
    let panel = panel(&[
        "UPDATE panel_customers SET password = 'clear text' WHERE customerid = 1",
        "UPDATE panel_customers SET password = '' WHERE customerid = 2",
        "INSERT INTO api_keys (id, adminid, customerid, apikey, secret, allowed_from, valid_until) VALUES \
         (101, 1, 0, 'admins-key', 'admins-secret', '', -1), (102, 1, 3, REPEAT('k', 65), 's', '', -1), (103, 4711, 0, 'k3', 's', '', -1), \
         (104, 1, 3, 'admins-key', 's', '', -1), (105, 1, 3, 'k5', 's', '192.0.2.1, nowhere', 0), (106, 1, 3, 'k6', 's', 'nowhere', -1), \
         (107, 1, 3, 'k7', '', '', -1), (108, 1, 4, 'k8', 's', '', 0)",
        "UPDATE panel_customers SET deactivated = 1 WHERE customerid = 4",
    ])
    .await;
    let app = TestApp::empty().await;
    let report = import(&app, &panel).await;
    assert_eq!(odd(&report, Kind::Password), ["panel_customers 1", "panel_customers 2"]);
    for (name, password) in [("kd1", "clear text"), ("kd2", ""), ("kd1", "!")] {
        assert_eq!(
            sign_in(
                &app.app,
                &TestApp::origin(),
                name,
                &password.into(),
                &DeviceCookies::default()
            )
            .await
            .unwrap(),
            SignIn::Refused
        );
    }
    assert_eq!(odd(&report, Kind::Unusable), ["api_keys 102", "api_keys 107"]);
    assert_eq!(
        (odd(&report, Kind::Orphan), odd(&report, Kind::Duplicate)),
        (vec!["api_keys 103".to_owned()], vec!["api_keys 104".to_owned()])
    );
    assert_eq!(
        (odd(&report, Kind::KeyDisabled), odd(&report, Kind::Suspended)),
        (vec!["api_keys 106".to_owned()], vec!["api_keys 108".to_owned()])
    );
    let keys = app.json("SELECT id, secret_digest, allowed_from, expires_at FROM api_keys WHERE id > 100 AND id <> 106 ORDER BY id").await;
    // Digests from `printf %s admins-secret | sha256sum` and `printf %s s | sha256sum`.
    let (digest_of_admins_secret, digest_of_s) = (
        "9a2084f861f69b179ff444cd2dccde7819ce57abf18ee2e4b29f0620ecf0f347",
        "043a718774c572bd8a25adbeb1bfcd5c0256ae11cecf9f9c3f925d0e52beaf89",
    );
    assert_eq!(
        keys,
        json!([{"id": 101, "secret_digest": digest_of_admins_secret, "allowed_from": "", "expires_at": null},
               {"id": 105, "secret_digest": digest_of_s, "allowed_from": "192.0.2.1", "expires_at": 0},
               {"id": 108, "secret_digest": digest_of_s, "allowed_from": "", "expires_at": null}])
    );
    assert_eq!(app.number("SELECT expires_at FROM api_keys WHERE id = 106").await, 0);
    let text = serde_json::to_string(&report).unwrap();
    for secret in [
        "admins-key",
        "admins-secret",
        "clear text",
        "kkkk",
        "$5$",
        "$6$",
        "$2y$",
        "$argon2",
        "Hidden-in-a-setting",
    ] {
        assert!(!text.contains(secret), "{secret}");
    }
    let dump = format!("{:?}", app.dump().await);
    for secret in ["admins-secret", "clear text", "Clear-text-mail", "Hidden-in-a-setting"] {
        assert!(!dump.contains(secret), "{secret}");
    }
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn services_of_suspended_customers_work_after_resuming() {
    let panel = Panel::filled(2, 50).await;
    let app = TestApp::empty().await;
    let report = import(&app, &panel).await;
    assert_eq!(odd(&report, Kind::Suspended), ["api_keys 50"]);
    app.suspend("admin", "kd50", false).await.unwrap();
    assert!(matches!(
        sign_in(
            &app.app,
            &TestApp::origin(),
            "kd50",
            &password(50).into(),
            &DeviceCookies::default()
        )
        .await
        .unwrap(),
        SignIn::SignedIn(_)
    ));
    assert_eq!(app.count("mail_users", "customer_id = 50 AND receives AND imap AND pop3").await, 1);
    assert_eq!(app.count("ftp_users", "customer_id = 50 AND login_enabled").await, 2);
    assert_eq!(app.count("domains", "customer_id = 50 AND suspended").await, 0);
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn settings_within_bounds_are_imported_and_others_reported() {
    let panel =
        panel(&["UPDATE panel_settings SET value = '99999999' WHERE varname = 'deactivatetime'"])
            .await;
    let app = TestApp::empty().await;
    app.set("sign_in.max_failures", "7").await;
    let report = import(&app, &panel).await;
    let snapshot = app.app.open_view().await.unwrap();
    for (setting, value) in [
        (list::ACCOUNT_PREFIX, "kd"),
        (list::STANDARD_SUBDOMAIN_HOST, "panel.provider.example"),
        (list::DEFAULT_LANGUAGE, "de"),
        (list::MAIL_QUOTA, "100"),
        (list::API_ENABLED, "0"),
        (list::SESSION_IDLE_MINUTES, "30"),
        (list::PHP_CONFIG_REQUIRED, "1"),
        (list::PASSWORD_MIN_LENGTH, "8"),
        (list::MAX_FAILURES, "7"),
        (list::LOCK_SECONDS, "900"),
    ] {
        assert_eq!(snapshot.settings.text(&setting), value, "{}", setting.name);
    }
    let kept: Vec<&str> = report
        .findings
        .iter()
        .filter(|odd| odd.kind == Kind::Setting)
        .map(|odd| odd.detail.as_str())
        .collect();
    assert_eq!(
        kept,
        [
            "password.min_length cannot be \"0\"",
            "sign_in.max_failures is \"7\" and not \"5\"",
            "sign_in.lock_seconds cannot be \"99999999\""
        ]
    );
    assert_eq!(report.settings_left, ["system.mysql_root_password"]);
    assert_eq!(report.tables_left, ["panel_htpasswds"]);
    assert_eq!(report.version, "2.3.4");
}
