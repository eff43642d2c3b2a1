//! Irregular data does not stop an import. The report names the table and id of each such row.

use super::panel::Panel;
use super::{import, odd};
use crate::support::TestApp;
use crate::support::form::Form;
use clientele::domain::account::{Language, Theme};
use clientele::domain::id::MysqlServerId;
use clientele::domain::quota::Quota;
use clientele::domain::resources::Resource;
use clientele::services::froxlor::Kind;
use clientele::services::sign_in::device::DeviceCookies;
use clientele::services::sign_in::{SignIn, sign_in};
use serde_json::json;

/// Returns a panel with twenty customers of two resellers, changed by these statements.
pub async fn panel(statements: &[&str]) -> Panel {
    let panel = Panel::filled(2, 20).await;
    for sql in statements {
        panel.sql(sql).await;
    }
    panel
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn negative_limits_mean_unlimited_only_in_some_columns() {
    let panel = panel(&[
        "UPDATE panel_customers SET diskspace = -1, traffic = -1, mysqls = -50, emails = -1024 WHERE customerid = 1",
        "UPDATE panel_customers SET diskspace = -2048, traffic = -1024, email_quota = -1, ftps = -1 WHERE customerid = 2",
        "UPDATE panel_customers SET diskspace = 9000000000000000, mysqls_used = -3 WHERE customerid = 3",
        "UPDATE panel_admins SET diskspace = 2147483647, customers = -2, domains = 0 WHERE adminid = 2",
    ])
    .await;
    let app = TestApp::empty().await;
    let report = import(&app, &panel).await;
    let limits = async |name: &str| app.get("admin", name).await.unwrap().profile.services.limits;
    let one = limits("kd1").await;
    assert_eq!(
        (one[Resource::Diskspace], one[Resource::Traffic]),
        (Quota::Unlimited, Quota::Unlimited)
    );
    assert_eq!((one[Resource::Mysqls], one[Resource::Emails]), (Quota::NONE, Quota::NONE));
    let two = limits("kd2").await;
    assert_eq!((two[Resource::Diskspace], two[Resource::Traffic]), (Quota::NONE, Quota::NONE));
    assert_eq!(
        (two[Resource::EmailQuota], two[Resource::Ftps]),
        (Quota::Unlimited, Quota::Unlimited)
    );
    assert_eq!(limits("kd3").await[Resource::Diskspace], Quota::Limited(1 << 53));
    let twice = |name: &str| [name.to_owned(), name.to_owned()];
    let numbers = [
        ["panel_admins 2".to_owned()].as_slice(),
        &twice("panel_customers 1"),
        &twice("panel_customers 2"),
    ]
    .concat();
    assert_eq!(odd(&report, Kind::Number), numbers);
    assert_eq!(odd(&report, Kind::Large), ["panel_customers 3"]);
    assert_eq!(odd(&report, Kind::Clipped), ["panel_admins 2"]);
    assert_eq!(odd(&report, Kind::LimitExceeded), ["panel_admins 2"; 3]);
    let difference =
        report.differences.iter().find(|d| d.id == 3 && d.column == "mysqls_used").unwrap();
    assert_eq!((difference.stored, difference.counted), (-3, 1));
    app.assert_counters().await;
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn wrong_counters_are_reported_and_recounted() {
    let panel = panel(&[
        "UPDATE panel_customers SET emails_used = 77, diskspace_used = 1 WHERE customerid = 5",
        "UPDATE panel_admins SET customers_used = 99, domains_used = -4 WHERE adminid = 3",
    ])
    .await;
    let app = TestApp::empty().await;
    let report = import(&app, &panel).await;
    let differences: Vec<_> = report
        .differences
        .iter()
        .map(|d| (d.table, d.id, d.column.as_str(), d.stored, d.counted))
        .collect();
    assert_eq!(
        differences,
        [
            ("panel_customers", 5, "diskspace_used", 1_024, 1_255 << 10),
            ("panel_customers", 5, "emails_used", 77, 1),
            ("panel_admins", 3, "customers_used", 99, 10),
            ("panel_admins", 3, "domains_used", -4, 10),
        ]
    );
    app.assert_counters().await;
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn every_account_gets_a_unique_unix_id_and_an_existing_owner() {
    let panel = panel(&[
        "UPDATE panel_customers SET guid = 10001 WHERE customerid IN (2, 3)",
        "UPDATE panel_customers SET guid = 0 WHERE customerid = 4",
        "UPDATE panel_customers SET guid = 2147483647 WHERE customerid = 8",
        "UPDATE panel_customers SET adminid = 4711 WHERE customerid = 5",
        "UPDATE panel_plans SET adminid = 4711 WHERE id = 2",
        "UPDATE ftp_users SET uid = 0 WHERE id = 6",
        "UPDATE ftp_users SET homedir = 'relative', shell = 'none' WHERE id = 9",
        "DELETE FROM ftp_users WHERE id IN (7, 10)",
        "DELETE FROM ftp_groups WHERE id = 7",
    ])
    .await;
    let app = TestApp::empty().await;
    let report = import(&app, &panel).await;
    assert_eq!(
        app.texts("SELECT guid || '' FROM customers WHERE id < 6 ORDER BY id").await,
        ["10001", "30001", "30002", "30003", "10005"]
    );
    let guids = ["panel_customers 2", "panel_customers 3", "panel_customers 4"];
    assert_eq!(odd(&report, Kind::Guid)[..3], guids);
    assert!(odd(&report, Kind::Guid).contains(&"ftp_users 6".to_owned()));
    assert_eq!(app.number("SELECT uid FROM ftp_users WHERE id = 6").await, 10_006);
    let replaced: Vec<_> = report
        .findings
        .iter()
        .filter(|odd| (odd.table, odd.id) == ("ftp_users", 9))
        .map(|odd| (odd.kind, odd.detail.clone()))
        .collect();
    assert_eq!(
        replaced,
        [
            (Kind::Home, "\"relative\" is now empty".to_owned()),
            (Kind::Text, "shell \"none\" is now /bin/false".to_owned()),
        ]
    );
    assert_eq!(odd(&report, Kind::Owner), ["panel_plans 2", "panel_customers 5"]);
    assert_eq!(app.number("SELECT owner_id FROM customers WHERE id = 5").await, 1);
    assert_eq!(
        (odd(&report, Kind::NoFtp), odd(&report, Kind::DefaultFtp)),
        (vec!["panel_customers 7".to_owned()], vec!["panel_customers 10".to_owned()])
    );
    assert_eq!(
        app.text("SELECT username FROM ftp_users WHERE customer_id = 10 AND is_default")
            .await
            .as_deref(),
        Some("kd10ftp1")
    );
    assert_eq!(app.number("SELECT guid FROM customers WHERE id = 8").await, 2_147_483_647);
    // New numbers follow the imported ones, except for one near the largest possible number.
    app.set("customer.account_prefix", "kd").await;
    let added =
        app.add("admin", json!({ "email": "new@kunde.example", "company": "New" })).await.unwrap();
    assert_eq!((added.login_name.as_str(), added.guid, added.id.0), ("kd40001", 30_004, 21));
    app.assert_counters().await;
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn login_names_become_unique() {
    let panel = panel(&[
        "ALTER TABLE panel_customers MODIFY loginname varchar(50) CHARACTER SET utf8 COLLATE utf8_bin NOT NULL",
        "UPDATE panel_customers SET loginname = 'KD1' WHERE customerid = 2",
        "UPDATE panel_customers SET loginname = 'admin' WHERE customerid = 3",
        "UPDATE panel_customers SET loginname = 'new' WHERE customerid = 4",
        "UPDATE panel_customers SET loginname = '../<b>Ärger' WHERE customerid = 5",
        "UPDATE panel_customers SET loginname = 'x' WHERE customerid = 12",
        "UPDATE panel_customers SET loginname = 'kd12' WHERE customerid = 6",
    ])
    .await;
    let app = TestApp::empty().await;
    let report = import(&app, &panel).await;
    let names = app.texts("SELECT login_name FROM customers WHERE id < 7 ORDER BY id").await;
    assert_eq!(
        names,
        ["kd1", "KD110", "admin2", "user4", "brger", "kd12"],
        "kd12 to kd19 belong to other customers"
    );
    assert_eq!(
        odd(&report, Kind::LoginName),
        ["panel_customers 2", "panel_customers 3", "panel_customers 4", "panel_customers 5"]
    );
    let outcome = sign_in(
        &app.app,
        &TestApp::origin(),
        "user4",
        &"Old-secret-4".into(),
        &DeviceCookies::default(),
    )
    .await
    .unwrap();
    assert!(matches!(outcome, SignIn::SignedIn(_)));
    let before = app.dump().await;
    import(&app, &panel).await;
    assert!(app.dump().await == before, "the same names are generated again");
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn imported_texts_are_valid_in_pages_and_forms() {
    let panel = panel(&[
        "UPDATE panel_customers SET def_language = 'Klingon', theme = 'Sparkle' WHERE customerid = 1",
        "UPDATE panel_customers SET def_language = 'English', theme = 'Froxlor_dark', phone = '0221.12 ext 3', zipcode = 'ab-12' WHERE customerid = 2",
        "UPDATE panel_customers SET name = '<script>x', company = 'A\\nB', city = 'K\\0x' WHERE customerid = 3",
        "UPDATE panel_customers SET name = '', company = '', firstname = '', email = 'nobody' WHERE customerid = 4",
        "UPDATE panel_customers SET email = '' WHERE customerid = 5",
        "UPDATE panel_customers SET email = 'ann@müller.example', custom_notes = 'a\\r\\nb' WHERE customerid = 6",
        "UPDATE panel_customers SET documentroot = '/var/../etc' WHERE customerid = 7",
        "UPDATE panel_customers SET gender = 9, lastlogin_succ = 4000000000 WHERE customerid = 8",
        "UPDATE panel_admins SET email = 'DESK2@provider.example', ip = '[\"1\"]', type_2fa = 2 WHERE adminid = 3",
    ])
    .await;
    let app = TestApp::empty().await;
    let report = import(&app, &panel).await;
    let get = async |n: u64| app.get("admin", &format!("kd{n}")).await.unwrap();
    let one = get(1).await.profile;
    assert_eq!(
        (one.language, one.theme),
        (Language::De, Theme::System),
        "the default language of the import, and the default theme of this panel"
    );
    assert_eq!(
        (odd(&report, Kind::Language), odd(&report, Kind::Theme)),
        (vec!["panel_customers 1".to_owned()], vec!["panel_customers 1".to_owned()])
    );
    let two = get(2).await.profile;
    assert_eq!((two.language, two.theme), (Language::En, Theme::Dark));
    assert_eq!(
        (two.contact.phone.as_str(), two.contact.zipcode.as_str()),
        ("0221.12 ext 3", "AB-12")
    );
    let three = get(3).await.profile.contact;
    assert_eq!(
        (three.name.as_str(), three.company.as_str(), three.city.as_str()),
        ("script x", "A B", "K x")
    );
    let four = get(4).await.profile.contact;
    assert_eq!((four.company.as_str(), four.email.as_str()), ("kd4", "nobody"));
    assert_eq!(get(5).await.profile.contact.email.as_str(), "kd5@unknown.invalid");
    let six = get(6).await.profile;
    assert_eq!(
        (six.contact.email.as_str(), six.notes.as_str()),
        ("ann@xn--mller-kva.example", "a\nb")
    );
    assert_eq!(get(7).await.document_root, format!("{}/", app.home("kd7").display()));
    assert_eq!(get(8).await.sign_in.last_success, Some(app.now()));
    assert_eq!(odd(&report, Kind::Email), ["panel_customers 4"]);
    assert_eq!(odd(&report, Kind::EmailReplaced), ["panel_admins 3", "panel_customers 5"]);
    assert_eq!(
        (odd(&report, Kind::AddressRule), odd(&report, Kind::SecondFactor)),
        (vec!["panel_admins 3".to_owned()], vec!["panel_admins 3".to_owned()])
    );
    assert_forms_can_be_saved(&app, &[1, 2, 3, 5, 6, 7, 8]).await;
}

/// Asserts that each customer's form can be saved unchanged.
async fn assert_forms_can_be_saved(app: &TestApp, numbers: &[u64]) {
    let browser = app.sign_in_as("admin", "Old-secret-2").await;
    for n in numbers {
        let form: Form =
            browser.form(&format!("/customers/kd{n}/edit"), &format!("/customers/kd{n}")).await;
        let response = browser.post(&form).await;
        assert_eq!(response.status, 303, "kd{n}: {}", response.text);
    }
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn lists_are_read_in_every_format() {
    let panel = panel(&[
        "UPDATE panel_customers SET allowed_mysqlserver = '{\"1\":2}', allowed_phpconfigs = '' WHERE customerid = 1",
        "UPDATE panel_customers SET allowed_mysqlserver = '', allowed_phpconfigs = '[1,\"3\",77]' WHERE customerid = 2",
        "UPDATE panel_customers SET allowed_mysqlserver = '', mysqls = 0 WHERE customerid = 3",
        "UPDATE panel_customers SET allowed_mysqlserver = 'a:1:{i:0;i:1;}', allowed_phpconfigs = '[1,\"x\"]' WHERE customerid = 4",
        "UPDATE panel_plans SET value = '' WHERE id = 1",
        "UPDATE panel_plans SET name = '' WHERE id = 2",
        "ALTER TABLE panel_customers DROP COLUMN gui_access, DROP COLUMN shell_allowed",
    ])
    .await;
    let app = TestApp::empty().await;
    let report = import(&app, &panel).await;
    let servers =
        async |n: u64| app.get("admin", &format!("kd{n}")).await.unwrap().profile.mysql_servers;
    assert_eq!(
        (servers(1).await, servers(2).await),
        (vec![MysqlServerId(2)], vec![MysqlServerId(0)])
    );
    assert_eq!((servers(3).await, servers(4).await), (vec![], vec![MysqlServerId(0)]));
    let php = app.get("admin", "kd2").await.unwrap().profile.services.php_configs;
    assert_eq!(php.iter().map(|id| id.0).collect::<Vec<_>>(), [1, 3, 77]);
    assert_eq!(
        odd(&report, Kind::Json),
        ["panel_plans 1", "panel_customers 4", "panel_customers 4"]
    );
    let mut placeholders = odd(&report, Kind::Placeholder);
    placeholders.sort_unstable();
    assert_eq!(
        placeholders,
        ["mysql_servers 1", "mysql_servers 2", "panel_phpconfigs 77", "panel_phpconfigs 9"]
    );
    assert_eq!(
        app.texts("SELECT description FROM php_configs ORDER BY id").await,
        ["System default", "PHP 8.4", "PHP configuration 9", "PHP configuration 77"]
    );
    assert_eq!(app.text("SELECT name FROM plans WHERE id = 2").await.as_deref(), Some("Plan 2"));
    let plan = app.json("SELECT diskspace, traffic, subdomains, emails, email_quota, mysqls FROM plans WHERE id = 3").await;
    assert_eq!(
        plan,
        json!([{"diskspace": 500 << 20, "traffic": null, "subdomains": 3, "emails": null, "email_quota": 10 << 20, "mysqls": 1}])
    );
    assert_eq!(app.count("plans", "id = 3 AND imap AND NOT pop3 AND php_enabled").await, 1);
    let profile = app.get("admin", "kd1").await.unwrap().profile;
    assert!(
        profile.gui_access && !profile.shell_allowed,
        "columns that the panel does not have get their defaults"
    );
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn orphans_and_duplicates_are_skipped() {
    let panel = panel(&[
        "UPDATE panel_domains SET customerid = 999 WHERE id = 1",
        "UPDATE panel_domains SET domain = 'KUNDE2.example' WHERE id = 3",
        "UPDATE panel_domains SET aliasdomain = 2 WHERE id = 4",
        "UPDATE panel_domains SET parentdomainid = 5 WHERE id = 20006",
        "UPDATE panel_domains SET domain = 'a b' WHERE id = 5",
        "UPDATE panel_domains SET registration_date = '0000-00-00', add_date = 0 WHERE id = 6",
        "UPDATE panel_customers SET standardsubdomain = 40003 WHERE customerid = 9",
        "UPDATE mail_users SET customerid = 0 WHERE id = 7",
        "UPDATE mail_virtual SET email_full = 'info@kunde7.example' WHERE id = 8",
        "UPDATE mail_virtual SET email_full = 'no address' WHERE id = 9",
        "UPDATE panel_databases SET customerid = 999 WHERE id = 11",
        "INSERT INTO panel_diskspace (id, customerid, stamp, webspace) VALUES (901, 12, 0, 1), (902, 999, 1, 1)",
        "INSERT INTO panel_traffic (id, customerid, stamp, http) VALUES (903, 20, 1772364600, 1)",
    ])
    .await;
    let app = TestApp::empty().await;
    let report = import(&app, &panel).await;
    let orphans = odd(&report, Kind::Orphan);
    let expected = [
        "panel_domains 1",
        "mail_users 1",
        "mail_users 3",
        "mail_users 5",
        "mail_users 7",
        "mail_virtual 1",
        "mail_virtual 3",
        "mail_virtual 5",
        "panel_databases 11",
        "panel_diskspace 902",
    ];
    assert_eq!(orphans, expected);
    assert_eq!(
        odd(&report, Kind::Duplicate),
        ["panel_domains 3", "mail_virtual 8", "panel_traffic 903"]
    );
    assert_eq!(odd(&report, Kind::Unusable), ["panel_domains 5", "panel_diskspace 901"]);
    assert_eq!(
        (odd(&report, Kind::Alias), odd(&report, Kind::Parent)),
        (vec!["panel_domains 4".to_owned()], vec!["panel_domains 20006".to_owned()])
    );
    assert_eq!(odd(&report, Kind::Standard), ["panel_customers 9"]);
    assert_eq!(odd(&report, Kind::Email), ["mail_virtual 9"]);
    let skipped: u64 = report.tables.values().map(|counts| counts.skipped).sum();
    assert_eq!(skipped, 15 + u64::try_from(odd(&report, Kind::Setting).len()).unwrap());
    app.assert_counters().await;
    let before = app.dump().await;
    import(&app, &panel).await;
    assert!(app.dump().await == before);
}
