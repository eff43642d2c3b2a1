//! Ten thousand customers of three hundred resellers: all data is imported, and every customer who
//! may sign in can do so.

use super::panel::{self, Panel, TODAY, YESTERDAY};
use super::{import, import_and_roll_back};
use crate::support::TestApp;
use crate::support::database::{Engine, engine};
use clientele::domain::account::{Gender, Language, Theme};
use clientele::domain::customer::Customer;
use clientele::domain::id::{MysqlServerId, PhpConfigId};
use clientele::domain::quota::Quota;
use clientele::domain::resources::Resource;
use clientele::services::sign_in::device::DeviceCookies;
use clientele::services::sign_in::{SignIn, sign_in};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

const RESELLERS: u64 = 300;
const CUSTOMERS: u64 = 10_000;

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn ten_thousand_customers_are_imported_completely_and_sign_in_with_their_old_passwords() {
    let start = Instant::now();
    let print_time = |step: &str| println!("{step}: {:.1} s", start.elapsed().as_secs_f32());
    let panel = Panel::filled(RESELLERS, CUSTOMERS).await;
    print_time("panel");
    let app = TestApp::empty().await;
    let before = app.dump().await;
    let dry_run = import_and_roll_back(&app, &panel, true).await;
    assert!(app.dump().await == before, "a dry run writes nothing");
    print_time("dry run");
    let report = import(&app, &panel).await;
    print_time("import");
    assert_eq!(
        (&dry_run.tables, &dry_run.findings, &dry_run.differences),
        (&report.tables, &report.findings, &report.differences)
    );
    assert_eq!(report.differences, [], "every counter of the Froxlor panel is correct");
    assert_complete(&app, &panel).await;
    for n in [1, 2, 3, 4, 6, 40, 50, 77, 97, 999, 5_000, 10_000] {
        assert_same(&app, n).await;
    }
    app.assert_counters().await;
    let after = app.dump().await;
    let second = import(&app, &panel).await;
    assert_eq!(second.new_rows(), 0, "{:?}", second.tables);
    assert!(app.dump().await == after, "a second run changes nothing");
    print_time("second run");
    Box::pin(assert_sign_ins(&app)).await;
    print_time("signed in");
}

/// Asserts that the numbers of rows and the sums are equal.
async fn assert_complete(app: &TestApp, panel: &Panel) {
    for (ours, theirs) in [
        ("admins", "panel_admins"),
        ("customers", "panel_customers"),
        ("plans", "panel_plans"),
        ("domains", "panel_domains"),
        ("ftp_users", "ftp_users"),
        ("ftp_groups", "ftp_groups"),
        ("mail_users", "mail_users"),
        ("mail_addresses", "mail_virtual"),
        (r#""databases""#, "panel_databases"),
        ("api_keys", "api_keys"),
        ("disk_usage", "panel_diskspace"),
        ("traffic_usage", "panel_traffic"),
    ] {
        let expected = panel.number(&format!("SELECT COUNT(*) FROM {theirs}")).await;
        assert_eq!(app.number(&format!("SELECT COUNT(*) FROM {ours}")).await, expected, "{ours}");
    }
    for (ours, theirs) in [
        (
            "SELECT SUM(diskspace) FROM customers",
            "SELECT SUM(diskspace) * 1024 FROM panel_customers WHERE diskspace >= 0",
        ),
        (
            "SELECT COUNT(*) FROM customers WHERE diskspace IS NULL",
            "SELECT COUNT(*) FROM panel_customers WHERE diskspace = -1024",
        ),
        (
            "SELECT SUM(traffic) FROM customers",
            "SELECT SUM(traffic) * 1024 FROM panel_customers WHERE traffic >= 0",
        ),
        (
            "SELECT SUM(email_quota) FROM customers",
            "SELECT SUM(email_quota) * 1048576 FROM panel_customers",
        ),
        (
            "SELECT SUM(diskspace_used) FROM customers",
            "SELECT SUM(diskspace_used) * 1024 FROM panel_customers",
        ),
        (
            "SELECT SUM(traffic_used) FROM customers",
            "SELECT SUM(traffic_used) * 1024 FROM panel_customers",
        ),
        (
            "SELECT SUM(subdomains_used) FROM customers",
            "SELECT SUM(subdomains_used) FROM panel_customers",
        ),
        ("SELECT SUM(ftps_used) FROM customers", "SELECT SUM(ftps_used) FROM panel_customers"),
        (
            "SELECT SUM(email_forwarders_used) FROM customers",
            "SELECT SUM(email_forwarders_used) FROM panel_customers",
        ),
        ("SELECT SUM(customers_used) FROM admins", "SELECT COUNT(*) FROM panel_customers"),
        ("SELECT SUM(domains_used) FROM admins", "SELECT SUM(domains_used) FROM panel_admins"),
        ("SELECT SUM(guid) FROM customers", "SELECT SUM(guid) FROM panel_customers"),
        (
            "SELECT SUM(web + mail + mysql) FROM disk_usage",
            "SELECT SUM(webspace + mail + mysql) * 1024 FROM panel_diskspace",
        ),
        (
            "SELECT SUM(http + ftp + mail) FROM traffic_usage",
            "SELECT SUM(http + ftp_up + ftp_down + mail) * 1024 FROM panel_traffic",
        ),
        (
            "SELECT COUNT(*) FROM domains WHERE is_standard",
            "SELECT COUNT(*) FROM panel_customers WHERE standardsubdomain <> 0",
        ),
    ] {
        assert_eq!(app.number(&as_integer(ours)).await, panel.number(theirs).await, "{ours}");
    }
}

/// Returns the query with its aggregate as an integer. The type has another name on MariaDB.
fn as_integer(sql: &str) -> String {
    let number = if engine() == Engine::Mariadb { "SIGNED" } else { "BIGINT" };
    let (aggregate, from) = sql.trim_start_matches("SELECT ").split_once(" FROM ").unwrap();
    format!("SELECT CAST({aggregate} AS {number}) FROM {from}")
}

/// Asserts that each field of the customer with this number has the same value as before the
/// import.
async fn assert_same(app: &TestApp, n: u64) {
    let login_name = format!("kd{n}");
    let customer: Customer = app.get("admin", &login_name).await.unwrap();
    let id = i64::try_from(n).unwrap();
    let even = n.is_multiple_of(2);
    let one_if_divisible = |divisor: u64| u64::from(n.is_multiple_of(divisor));
    assert_eq!(
        (customer.id.0, customer.login_name.as_str(), customer.guid),
        (id, login_name.as_str(), 10_000 + id)
    );
    let owner = if n.is_multiple_of(40) { 1 } else { 2 + n % RESELLERS };
    assert_eq!(customer.owner.0, i64::try_from(owner).unwrap());
    let contact = &customer.profile.contact;
    let lines = [
        &contact.name,
        &contact.firstname,
        &contact.company,
        &contact.street,
        &contact.zipcode,
        &contact.city,
        &contact.phone,
    ];
    let company = if n.is_multiple_of(3) { "Firma & Söhne" } else { "" };
    assert_eq!(
        lines,
        [&format!("Name {n}"), "Ann", company, "Straße 1", "12345", "Köln", "+49 221 1"]
    );
    assert_eq!(
        (contact.email.as_str(), contact.customer_number.as_str()),
        (&*format!("ann{n}@kunde.example"), &*format!("KD {n}"))
    );
    assert_eq!(
        contact.gender,
        [Gender::None, Gender::Male, Gender::Female][usize::try_from(n % 3).unwrap()]
    );
    let profile = &customer.profile;
    assert_eq!(profile.language, if even { Language::De } else { Language::En });
    assert_eq!(profile.theme, if even { Theme::Dark } else { Theme::System });
    assert_eq!((profile.notes.as_str(), profile.notes_shown), (&*format!("Note *{n}*"), true));
    assert_eq!(
        (profile.gui_access, profile.api_allowed, profile.shell_allowed),
        (!panel::lacks_panel_access(n), true, !even)
    );
    let services = &profile.services;
    assert_eq!(
        (services.imap, services.pop3, services.php, services.perl, services.log_view),
        (!n.is_multiple_of(6), true, true, false, true)
    );
    assert_eq!(
        services.php_configs,
        if even { vec![PhpConfigId(1), PhpConfigId(3)] } else { vec![PhpConfigId(3)] }
    );
    assert_eq!(
        profile.mysql_servers,
        if even { vec![MysqlServerId(0)] } else { vec![MysqlServerId(1), MysqlServerId(2)] }
    );
    let unlimited_if_divisible = |divisor: u64, limit: u64| {
        if n.is_multiple_of(divisor) { Quota::Unlimited } else { Quota::Limited(limit) }
    };
    for (resource, limit, used) in [
        (Resource::Diskspace, unlimited_if_divisible(7, (1_000 + n) << 20), (1_250 + n) << 10),
        (Resource::Traffic, unlimited_if_divisible(11, 10 << 30), 3_007 << 10),
        (Resource::Subdomains, unlimited_if_divisible(13, 10), one_if_divisible(2)),
        (Resource::Emails, Quota::Limited(20), 1),
        (Resource::EmailAccounts, Quota::Limited(5), 1),
        (Resource::EmailForwarders, Quota::Limited(5), one_if_divisible(4)),
        (Resource::EmailQuota, Quota::Limited(500 << 20), 50 << 20),
        (Resource::Ftps, Quota::Limited(3), one_if_divisible(5)),
        (Resource::Mysqls, Quota::Limited(4), n % 2),
    ] {
        assert_eq!(
            (services.limits[resource], customer.used[resource]),
            (limit, used),
            "{login_name} {resource:?}"
        );
    }
    assert_eq!(
        (customer.space.web, customer.space.mail, customer.space.mysql),
        ((1_000 + n) << 10, 200 << 10, 50 << 10)
    );
    assert_eq!(customer.document_root, format!("/var/customers/webs/kd{n}/"));
    let standard = n.is_multiple_of(3).then(|| format!("kd{n}.panel.provider.example"));
    assert_eq!(customer.standard_subdomain.map(|(_, name)| name), standard);
    assert_eq!(customer.suspended, panel::is_suspended(n));
    assert_eq!(
        customer.sign_in.last_success.map(jiff::Timestamp::as_second),
        even.then_some(YESTERDAY)
    );
    assert_records(app, n).await;
}

/// Converts switches to 0 and 1, as MySQL returns them.
fn switches_as_numbers(mut rows: Value) -> Value {
    for value in rows
        .as_array_mut()
        .into_iter()
        .flatten()
        .filter_map(Value::as_object_mut)
        .flat_map(|row| row.values_mut())
    {
        if let Some(on) = value.as_bool() {
            *value = json!(u64::from(on));
        }
    }
    rows
}

/// Asserts that the customer's domains, FTP users and other records were imported.
async fn assert_records(app: &TestApp, n: u64) {
    let rows = async |sql: String| switches_as_numbers(app.json(&sql).await);
    assert_eq!(
        rows(format!(
            "SELECT customer_id, parent_id, name, document_root, is_email_domain, suspended, created_at FROM domains WHERE id = {n}"
        ))
        .await,
        json!([{"customer_id": n, "parent_id": null, "name": format!("kunde{n}.example"), "document_root": format!("/var/customers/webs/kd{n}/"),
                "is_email_domain": 1, "suspended": 0, "created_at": YESTERDAY}])
    );
    let sub = rows(format!(
        "SELECT parent_id, name FROM domains WHERE customer_id = {n} AND parent_id IS NOT NULL"
    ))
    .await;
    let expected = if n.is_multiple_of(2) {
        json!([{"parent_id": n, "name": format!("shop.kunde{n}.example")}])
    } else {
        json!([])
    };
    assert_eq!(sub, expected);
    // FTP users that the suspension had disabled keep their own setting. Another FTP user was
    // disabled by hand.
    let ftp = rows(format!("SELECT username, uid, is_default, login_enabled FROM ftp_users WHERE customer_id = {n} ORDER BY id")).await;
    let mut expected = vec![
        json!({"username": format!("kd{n}"), "uid": 10_000 + n, "is_default": 1, "login_enabled": 1}),
    ];
    if n.is_multiple_of(5) {
        let enabled = u64::from(panel::is_suspended(n));
        expected.push(json!({"username": format!("kd{n}ftp1"), "uid": 10_000 + n, "is_default": 0, "login_enabled": enabled}));
    }
    assert_eq!(ftp, Value::Array(expected));
    let imap = u64::from(!n.is_multiple_of(6));
    assert_eq!(
        rows(format!(
            "SELECT email, quota, receives, imap, pop3 FROM mail_users WHERE customer_id = {n}"
        ))
        .await,
        json!([{"email": format!("info@kunde{n}.example"), "quota": 50 << 20, "receives": 1, "imap": imap, "pop3": 1}])
    );
    let address =
        rows(format!("SELECT email, is_catch_all FROM mail_addresses WHERE customer_id = {n}"))
            .await;
    assert_eq!(
        address,
        json!([{"email": format!("info@kunde{n}.example"), "is_catch_all": u64::from(n.is_multiple_of(9))}])
    );
    let database = rows(format!(
        "SELECT mysql_server_id, name, description FROM \"databases\" WHERE customer_id = {n}"
    ))
    .await;
    let expected =
        json!([{"mysql_server_id": n % 3, "name": format!("kd{n}sql1"), "description": "Shop"}]);
    assert_eq!(database, if n.is_multiple_of(2) { json!([]) } else { expected });
    let members =
        rows(format!("SELECT name, gid, members FROM ftp_groups WHERE customer_id = {n}")).await;
    assert_eq!(
        members,
        json!([{"name": format!("kd{n}"), "gid": 10_000 + n, "members": format!("kd{n},www-data")}])
    );
    if n.is_multiple_of(10) {
        let sql = "SELECT k.allowed_from, k.expires_at FROM api_keys k JOIN customers c ON c.login_id = k.login_id WHERE c.id";
        let from = if n.is_multiple_of(20) { "192.0.2.1, 2001:db8::/32" } else { "" };
        let end = if n.is_multiple_of(30) && !panel::is_suspended(n) {
            json!(TODAY + 86_400)
        } else {
            json!(null)
        };
        assert_eq!(
            rows(format!("{sql} = {n}")).await,
            json!([{"allowed_from": from, "expires_at": end}])
        );
    }
}

/// Signs in as every customer, four at a time, because hashing uses threads of its own. Asserts
/// that exactly the customers who are not suspended and have access to the panel can sign in.
async fn assert_sign_ins(app: &TestApp) {
    let next = AtomicU64::new(1);
    let sign_in_some = || async {
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            if n > CUSTOMERS {
                return;
            }
            let outcome = sign_in(
                &app.app,
                &TestApp::origin(),
                &format!("kd{n}"),
                &panel::password(n).into(),
                &DeviceCookies::default(),
            )
            .await
            .unwrap();
            match outcome {
                SignIn::SignedIn(_) => {
                    assert!(!panel::is_suspended(n) && !panel::lacks_panel_access(n), "{n}");
                }
                SignIn::Suspended => assert!(panel::is_suspended(n), "{n}"),
                SignIn::Refused => {
                    assert!(panel::lacks_panel_access(n) && !panel::is_suspended(n), "{n}");
                }
                SignIn::Throttled => panic!("{n}"),
            }
        }
    };
    tokio::join!(sign_in_some(), sign_in_some(), sign_in_some(), sign_in_some());
    let old =
        app.count("logins", "kind = 'customer' AND password_hash NOT LIKE '$argon2id$%'").await;
    let without_sign_in = (1..=CUSTOMERS)
        .filter(|n| n % 8 != 6 && (panel::is_suspended(*n) || panel::lacks_panel_access(*n)))
        .count();
    assert_eq!(
        old,
        i64::try_from(without_sign_in).unwrap(),
        "every account that signed in has an upgraded hash"
    );
    let wrong = sign_in(
        &app.app,
        &TestApp::origin(),
        "kd7",
        &panel::password(8).into(),
        &DeviceCookies::default(),
    )
    .await
    .unwrap();
    assert_eq!(wrong, SignIn::Refused);
}
