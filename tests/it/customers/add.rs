//! `Customers.add`: validation, and the records that it writes.

use crate::support::TestApp;
use crate::support::make::{PASSWORD, minimal, refused, with};
use clientele::domain::quota::Quota;
use clientele::domain::resources::Resource;
use serde_json::{Value, json};

#[tokio::test]
async fn c01_every_parameter_is_stored() {
    let app = TestApp::spawn().await;
    app.sql("INSERT INTO php_configs (id, description, \"binary\", php_ini, created_at) VALUES (7, 'PHP', '/usr/bin/php', '', 0)").await;
    let everything = json!({
        "new_loginname": "test1", "email": "Team@Example.COM", "name": "Test", "firstname": "Team", "company": "Kleine Firma",
        "street": "Hauptstr. 1", "zipcode": "D-50667", "city": "Köln", "phone": "+49 (221) 12/34", "fax": "0221-99", "gender": 2,
        "customernumber": 1337, "def_language": "de", "theme": "dark", "gui_access": 0, "api_allowed": 0, "shell_allowed": 1,
        "custom_notes": "first\r\nsecond", "custom_notes_show": 1, "new_customer_password": PASSWORD, "createstdsubdomain": 1,
        "diskspace": 0, "diskspace_ul": 1, "traffic": -1, "emails": -1, "subdomains": 15, "email_accounts": 15, "email_forwarders": 15,
        "email_quota": 250, "ftps": 15, "mysqls": 15, "email_imap": 1, "email_pop3": 1, "phpenabled": 1, "perlenabled": 2,
        "dnsenabled": 4, "logviewenabled": true, "allowed_phpconfigs": [7], "allowed_mysqlserver": [0],
    });
    let customer = app.add("admin", everything).await.unwrap();
    let profile = &customer.profile;
    let contact = &profile.contact;
    assert_eq!(customer.login_name.as_str(), "test1");
    assert_eq!(contact.email.as_str(), "Team@example.com");
    let record = customer.record();
    let lines = [
        "name",
        "firstname",
        "company",
        "street",
        "zipcode",
        "city",
        "phone",
        "fax",
        "customernumber",
    ]
    .map(|name| &record[name]);
    assert_eq!(
        lines,
        [
            "Test",
            "Team",
            "Kleine Firma",
            "Hauptstr. 1",
            "D-50667",
            "Köln",
            "+49 (221) 12/34",
            "0221-99",
            "1337"
        ]
    );
    assert_eq!(
        (contact.gender.code(), profile.language.code(), profile.theme.code()),
        ("2", "de", "dark")
    );
    assert_eq!(
        (profile.gui_access, profile.api_allowed, profile.shell_allowed, profile.notes_shown),
        (false, false, true, true)
    );
    assert_eq!(profile.notes, "first\nsecond");
    let limits = &profile.services.limits;
    for unlimited in [Resource::Diskspace, Resource::Traffic, Resource::Emails] {
        assert_eq!(limits[unlimited], Quota::Unlimited, "{unlimited:?}");
    }
    for fifteen in [
        Resource::Subdomains,
        Resource::EmailAccounts,
        Resource::EmailForwarders,
        Resource::Ftps,
        Resource::Mysqls,
    ] {
        assert_eq!(limits[fifteen], Quota::Limited(15), "{fifteen:?}");
    }
    assert_eq!(limits[Resource::EmailQuota], Quota::Limited(250 << 20));
    let services = &profile.services;
    assert_eq!(
        [
            services.imap,
            services.pop3,
            services.php,
            services.perl,
            services.dns,
            services.log_view
        ],
        [true; 6]
    );
    assert_eq!((services.php_configs[0].0, profile.mysql_servers[0].0), (7, 0));
    assert_eq!(customer.standard_subdomain.unwrap().1, "test1.localhost");
}

#[tokio::test]
async fn a_new_customer_gets_a_default_ftp_user_with_its_group() {
    let app = TestApp::spawn().await;
    let customer = app.customer("meier").await;
    assert_eq!(customer.document_root, format!("{}/", app.home("meier").display()));
    let condition = format!(
        "customer_id = {} AND username = 'meier' AND uid = {guid} AND gid = {guid} AND home_dir = '{}' AND shell = '/bin/false' \
         AND login_enabled AND is_default AND description <> ''",
        customer.id.0,
        customer.document_root,
        guid = customer.guid
    );
    assert_eq!(app.count("ftp_users", &condition).await, 1);
    assert_eq!(
        app.count(
            "ftp_groups",
            &format!("name = 'meier' AND gid = {} AND members LIKE '%meier%'", customer.guid)
        )
        .await,
        1
    );
    let hash =
        app.text("SELECT password_hash FROM ftp_users WHERE username = 'meier'").await.unwrap();
    assert!(hash.starts_with("$6$"), "crypt(3) SHA-512 for FTP: {hash}");
    assert!(app.app.env.hasher.verify(&PASSWORD.into(), Some(&hash)).await.ok);
    let hash = app.text("SELECT password_hash FROM logins WHERE name_key = 'meier'").await.unwrap();
    assert!(hash.starts_with("$argon2id$"), "argon2id for the panel: {hash}");
    assert_eq!(customer.used[Resource::Ftps], 0, "the default FTP user is not counted");
}

#[tokio::test]
async fn c27_the_default_ftp_user_uses_no_quota() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[("ftps", 0), ("customers", 1)]).await;
    app.customer_of("reseller", "testftpx").await;
    assert_eq!(app.count("ftp_users", "username = 'testftpx'").await, 1);
    app.delete("reseller", "testftpx", clientele::domain::customer::FileRemoval::Keep)
        .await
        .unwrap();
    assert_eq!(app.count("ftp_users", "1=1").await, 0);
    app.assert_counters().await;
}

#[tokio::test]
async fn jobs_for_the_home_directory_and_the_welcome_email_are_enqueued() {
    let app = TestApp::spawn().await;
    app.add("admin", with("meier", json!({ "sendpassword": 1, "store_defaultindex": 1 })))
        .await
        .unwrap();
    assert_eq!(
        app.texts("SELECT kind FROM jobs ORDER BY kind").await,
        ["create_home", "send_welcome"]
    );
    let payload = app.text("SELECT payload FROM jobs WHERE kind = 'create_home'").await.unwrap();
    assert!(payload.contains("\"default_index\":true"), "{payload}");
    app.add("admin", minimal("other")).await.unwrap();
    assert_eq!(app.count("jobs", "kind = 'send_welcome'").await, 1, "no email unless requested");
    assert_eq!(
        app.count("jobs", "kind = 'create_home' AND payload LIKE '%\"default_index\":false%'")
            .await,
        1
    );
}

#[tokio::test]
async fn the_audit_log_names_the_admin_and_the_new_customer() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let condition = "action = 'customer.added' AND actor_name = 'admin' AND target_name = 'meier' AND \"before\" IS NULL";
    assert_eq!(app.count("audit_entries", condition).await, 1);
    let after =
        app.text("SELECT after FROM audit_entries WHERE action = 'customer.added'").await.unwrap();
    assert!(
        after.contains("meier Ltd") && !after.contains("argon2") && !after.contains(PASSWORD),
        "{after}"
    );
}

/// Tries to add a customer with additional parameters. Returns the validation errors.
async fn validation_errors(app: &TestApp, more: Value) -> Vec<String> {
    let result = refused(app.add("admin", with("meier", more)).await);
    assert_eq!(app.count("customers", "1=1").await, 0);
    result
}

#[tokio::test]
async fn c02_c03_a_valid_email_address_is_required() {
    let app = TestApp::spawn().await;
    for (email, code) in [
        (json!(" "), "required"),
        (json!(""), "required"),
        (json!("\u{a0}\u{200b}"), "required"),
        (json!("team"), "email-invalid"),
        (json!("team@"), "email-invalid"),
        (json!("team@example"), "email-invalid"),
        (json!("te am@example.com"), "email-invalid"),
        (json!("a@example.com\r\nBcc: b@example.com"), "email-invalid"),
        (json!(["a@example.com"]), "type-text"),
    ] {
        assert_eq!(
            validation_errors(&app, json!({ "email": email })).await,
            [format!("email: {code}")],
            "{email}"
        );
    }
    let Value::Object(mut without) = minimal("meier") else { unreachable!() };
    without.remove("email");
    assert_eq!(refused(app.add("admin", without.into()).await), ["email: required"]);
}

#[tokio::test]
async fn an_international_address_is_stored_in_ascii() {
    let app = TestApp::spawn().await;
    let customer =
        app.add("admin", with("meier", json!({ "email": "Jürgen@Müller.example" }))).await.unwrap();
    assert_eq!(customer.profile.contact.email.as_str(), "Jürgen@xn--mller-kva.example");
    assert_eq!(customer.profile.contact.email.to_unicode(), "Jürgen@müller.example");
}

#[tokio::test]
async fn d26_no_customer_gets_the_email_address_of_an_admin() {
    let app = TestApp::spawn().await;
    assert_eq!(
        validation_errors(&app, json!({ "email": "ADMIN@Provider.Example" })).await,
        ["email: email-of-admin"]
    );
    app.add("admin", with("one", json!({ "email": "shared@example.com" }))).await.unwrap();
    app.add("admin", with("two", json!({ "email": "Shared@example.com" })))
        .await
        .expect("two customers may share an address");
}

#[tokio::test]
async fn d60_a_name_alone_is_enough_and_so_is_a_company() {
    let app = TestApp::spawn().await;
    for (login_name, name, firstname, company) in [
        ("one", "Meier", "", ""),
        ("two", "Meier", "Anna", ""),
        ("three", "", "", "Ltd"),
        ("four", "", "Anna", "Ltd"),
    ] {
        let names = json!({ "name": name, "firstname": firstname, "company": company });
        app.add("admin", with(login_name, names.clone()))
            .await
            .unwrap_or_else(|error| panic!("{names}: {error}"));
    }
}

#[tokio::test]
async fn a_name_or_company_is_required() {
    let app = TestApp::spawn().await;
    for blank in ["", "  ", "\u{a0}", "\u{200b}", "\t"] {
        let names = json!({ "name": blank, "firstname": blank, "company": blank });
        assert_eq!(
            validation_errors(&app, names).await,
            ["company: name-or-company-required"],
            "{blank:?}"
        );
    }
    let first_name_only = json!({ "firstname": "Anna", "company": "" });
    assert_eq!(validation_errors(&app, first_name_only).await, ["name: name-or-company-required"]);
}

#[tokio::test]
async fn each_field_has_its_permitted_characters() {
    let app = TestApp::spawn().await;
    for (field, value) in [
        ("name", "a<b"),
        ("firstname", "a>b"),
        ("company", "a\nb"),
        ("street", "a\0b"),
        ("city", "a\rb"),
        ("city", "a\u{202e}b"),
        ("name", "a\u{2028}b"),
        ("zipcode", "ab"),
        ("zipcode", "12_3"),
        ("phone", "12a"),
        ("fax", "1_2"),
        ("customernumber", "A/1"),
        ("custom_notes", "a\0b"),
    ] {
        assert_eq!(
            validation_errors(&app, json!({ field: value })).await,
            [format!("{field}: format-invalid")],
            "{value:?}"
        );
    }
}

#[tokio::test]
async fn d21_long_texts_are_refused_not_truncated() {
    let app = TestApp::spawn().await;
    for (field, max) in [
        ("name", 255),
        ("company", 255),
        ("city", 255),
        ("zipcode", 25),
        ("phone", 50),
        ("customernumber", 100),
    ] {
        let fits = "1".repeat(max);
        assert_eq!(
            validation_errors(&app, json!({ field: format!("{fits}1") })).await,
            [format!("{field}: text-too-long")]
        );
        let customer = app.add("admin", with("meier", json!({ field: fits }))).await.unwrap();
        assert_eq!(customer.record()[field], fits);
        app.delete("admin", "meier", clientele::domain::customer::FileRemoval::Keep).await.unwrap();
    }
    let notes = "😀".repeat(20_000);
    let customer = app.add("admin", with("meier", json!({ "custom_notes": notes }))).await.unwrap();
    assert_eq!(customer.profile.notes, notes, "20,000 characters of four bytes each");
}

#[tokio::test]
async fn d24_invalid_choices_are_refused() {
    let app = TestApp::spawn().await;
    for (field, value, code) in [
        ("def_language", json!("../../etc/passwd"), "language-unknown"),
        ("def_language", json!("xx"), "language-unknown"),
        ("def_language", json!("DE\0"), "language-unknown"),
        ("theme", json!("Neon"), "theme-unknown"),
        ("gender", json!(3), "gender-unknown"),
        ("gender", json!(-1), "gender-unknown"),
        ("allowed_phpconfigs", json!([99]), "id-unknown"),
        ("allowed_phpconfigs", json!("x"), "ids-invalid"),
        ("hosting_plan_id", json!(99), "plan-unknown"),
        ("email_imap", json!("perhaps"), "type-flag"),
        ("foo", json!(1), "parameter-unknown"),
    ] {
        assert_eq!(
            validation_errors(&app, json!({ field: value })).await,
            [format!("{field}: {code}")],
            "{value}"
        );
    }
    let servers = json!({ "mysqls": 1, "allowed_mysqlserver": [0, 99] });
    assert_eq!(validation_errors(&app, servers).await, ["allowed_mysqlserver: id-unknown"]);
}

#[tokio::test]
async fn php_requires_a_configuration_if_the_settings_say_so() {
    let app = TestApp::spawn().await;
    app.set("php.config_required", "1").await;
    assert_eq!(
        validation_errors(&app, json!({ "phpenabled": 1 })).await,
        ["allowed_phpconfigs: php-without-config"]
    );
    app.add("admin", with("meier", json!({ "phpenabled": 1, "allowed_phpconfigs": [1] })))
        .await
        .unwrap();
}

#[tokio::test]
async fn passwords_follow_the_policy() {
    let app = TestApp::spawn().await;
    assert_eq!(
        validation_errors(&app, json!({ "new_customer_password": "12345678" })).await,
        ["new_customer_password: password-common"]
    );
    app.set("password.alpha_lower", "1").await;
    app.set("password.alpha_upper", "1").await;
    for (password, codes) in [
        ("Ab1", vec!["password-too-short"]),
        ("abcdefgh", vec!["password-needs-upper"]),
        ("ABCDEFGH", vec!["password-needs-lower"]),
        ("12345678", vec!["password-needs-lower", "password-needs-upper"]),
        ("Abcdefgh\tx", vec!["password-control-character"]),
    ] {
        let expected: Vec<String> =
            codes.iter().map(|code| format!("new_customer_password: {code}")).collect();
        assert_eq!(
            validation_errors(&app, json!({ "new_customer_password": password })).await,
            expected,
            "{password:?}"
        );
    }
    let named = json!({ "new_loginname": "Meierschmidt", "new_customer_password": "MeierSchmidt" });
    assert_eq!(
        validation_errors(&app, named).await,
        ["new_customer_password: password-is-loginname"]
    );
    app.set("password.numeric", "1").await;
    app.set("password.special_required", "1").await;
    assert_eq!(
        validation_errors(&app, json!({ "new_customer_password": "Abcdefgh" })).await,
        [
            "new_customer_password: password-needs-digit",
            "new_customer_password: password-needs-special"
        ]
    );
}

#[tokio::test]
async fn all_validation_errors_are_reported_at_once() {
    let app = TestApp::spawn().await;
    let all = json!({
        "new_loginname": "x", "email": "nobody", "company": "a<b", "zipcode": "é", "phone": "call me", "gender": 9,
        "diskspace": -5, "emails": "many", "def_language": "xx",
    });
    let mut found = refused(app.add("admin", all).await);
    found.sort();
    let fields: Vec<&str> = found.iter().map(|error| error.split(':').next().unwrap()).collect();
    for field in
        ["company", "def_language", "diskspace", "email", "emails", "gender", "phone", "zipcode"]
    {
        assert!(fields.contains(&field), "{field} is not among {found:?}");
    }
}

#[tokio::test]
async fn d11_a_late_error_rolls_everything_back() {
    let app = TestApp::spawn().await;
    let other = app.customer("other").await;
    let tables =
        ["customers", "logins", "ftp_users", "ftp_groups", "domains", "jobs", "audit_entries"];
    let mut before = Vec::new();
    for table in tables {
        before.push(app.count(table, "1=1").await);
    }
    // The name of the standard subdomain exists already, which is only detected after the
    // customer's row was written.
    app.sql(&format!(
        "INSERT INTO domains (customer_id, name, document_root, created_at) VALUES ({}, 'meier.localhost', '/', 0)",
        other.id.0
    ))
    .await;
    before[4] += 1;
    let found = refused(app.add("admin", with("meier", json!({ "createstdsubdomain": 1 }))).await);
    assert_eq!(
        found,
        ["createstdsubdomain: domain-exists"],
        "#d17: the failure is reported, not only logged"
    );
    for (table, before) in tables.into_iter().zip(before) {
        assert_eq!(app.count(table, "1=1").await, before, "{table}");
    }
    assert_eq!(app.number("SELECT customers_used FROM admins WHERE login_name = 'admin'").await, 1);
    app.add("admin", with("meier", json!({ "createstdsubdomain": 0 }))).await.unwrap();
}

#[tokio::test]
async fn an_existing_home_directory_is_not_taken_over() {
    let app = TestApp::spawn().await;
    std::fs::create_dir(app.home("meier")).unwrap();
    assert_eq!(validation_errors(&app, json!({})).await, ["new_loginname: home-exists"]);
    std::os::unix::fs::symlink("/nowhere", app.home("other")).unwrap();
    assert_eq!(refused(app.add("admin", minimal("other")).await), ["new_loginname: home-exists"]);
    std::fs::create_dir(app.home("web1")).unwrap();
    std::fs::create_dir(app.home("web3")).unwrap();
    for expected in ["web2", "web4", "web5"] {
        let added =
            app.add("admin", json!({ "email": "a@example.com", "company": "A" })).await.unwrap();
        assert_eq!(
            added.login_name.as_str(),
            expected,
            "a number with an existing home is skipped"
        );
    }
}
