//! `Customers.update` by a manager.

use crate::support::TestApp;
use crate::support::make::{PASSWORD, refused, with};
use clientele::domain::quota::Quota;
use clientele::domain::resources::Resource;
use clientele::services::ServiceError;
use serde_json::json;

#[tokio::test]
async fn absent_parameters_keep_values_and_empty_ones_clear_them() {
    let app = TestApp::spawn().await;
    let parameters = json!({ "name": "Meier", "phone": "123", "city": "Köln", "emails": 5, "def_language": "de", "theme": "dark" });
    app.add("admin", with("meier", parameters)).await.unwrap();
    let customer =
        app.update("admin", "meier", json!({ "phone": "", "street": "Weg 1" })).await.unwrap();
    let contact = &customer.profile.contact;
    assert_eq!(
        (contact.phone.as_str(), contact.city.as_str(), contact.street.as_str()),
        ("", "Köln", "Weg 1")
    );
    assert_eq!(customer.profile.services.limits[Resource::Emails], Quota::Limited(5));
    let customer = app
        .update("admin", "meier", json!({ "def_language": "", "theme": "", "emails": "" }))
        .await
        .unwrap();
    assert_eq!((customer.profile.language.code(), customer.profile.theme.code()), ("de", "dark"));
    assert_eq!(customer.profile.services.limits[Resource::Emails], Quota::Limited(5));
}

#[tokio::test]
async fn updates_are_checked_like_additions() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    for (field, value, code) in [
        ("email", json!(""), "required"),
        ("email", json!("nobody"), "email-invalid"),
        ("email", json!("admin@provider.example"), "email-of-admin"),
        ("company", json!(""), "name-or-company-required"),
        ("company", json!("a<b"), "format-invalid"),
        ("gender", json!(5), "gender-unknown"),
        ("def_language", json!("../x"), "language-unknown"),
        ("theme", json!("Neon"), "theme-unknown"),
        ("allowed_phpconfigs", json!([42]), "id-unknown"),
        ("new_customer_password", json!("short"), "password-too-short"),
        ("new_loginname", json!("other"), "parameter-unknown"),
        ("store_defaultindex", json!(1), "parameter-unknown"),
    ] {
        let found = refused(app.update("admin", "meier", json!({ field: value })).await);
        assert_eq!(found, [format!("{field}: {code}")], "{value}");
    }
    assert_eq!(app.get("admin", "meier").await.unwrap().version, 1, "nothing was changed");
}

#[tokio::test]
async fn d10_fractions_are_kept_when_other_fields_change() {
    let app = TestApp::spawn().await;
    app.add("admin", with("meier", json!({ "diskspace": "1.5", "traffic": "0.333" })))
        .await
        .unwrap();
    let before = app.get("admin", "meier").await.unwrap().profile.services.limits;
    assert_eq!(before[Resource::Diskspace], Quota::Limited((1 << 20) + (1 << 19)));
    let admin = app.signed_in("admin").await;
    let response =
        admin.submit("/customers/meier/edit", "/customers/meier", &[("city", "Bonn")]).await;
    assert_eq!(response.status, 303, "{}", response.alert());
    let after = app.get("admin", "meier").await.unwrap();
    assert_eq!(
        (after.profile.contact.city.as_str(), after.profile.services.limits),
        ("Bonn", before)
    );
}

#[tokio::test]
async fn an_untouched_form_changes_nothing() {
    let app = TestApp::spawn().await;
    let everything = json!({
        "name": "O'Neil & \"Söhne\"", "firstname": "Zoë", "custom_notes": "one\ntwo\n\n  three", "diskspace_ul": 1, "emails": 3, "mysqls": 2,
        "email_imap": 1, "phpenabled": 1, "logviewenabled": 1, "custom_notes_show": 1, "gender": 1, "zipcode": "D-1", "shell_allowed": 1,
    });
    app.add("admin", with("meier", everything)).await.unwrap();
    let before = app.get("admin", "meier").await.unwrap();
    let admin = app.signed_in("admin").await;
    let response = admin.submit("/customers/meier/edit", "/customers/meier", &[]).await;
    assert_eq!(response.status, 303, "{}", response.alert());
    let after = app.get("admin", "meier").await.unwrap();
    assert_eq!(after.profile, before.profile);
    assert_eq!(after.version, before.version);
}

#[tokio::test]
async fn d18_a_standard_subdomain_uses_no_quota_of_any_account() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[("domains", 0)]).await;
    app.add("reseller", with("meier", json!({ "createstdsubdomain": 0 }))).await.unwrap();
    app.limit("admin", &[("domains", 0)]).await;
    let customer = app.update("admin", "meier", json!({ "createstdsubdomain": 1 })).await.unwrap();
    assert_eq!(customer.standard_subdomain.unwrap().1, "meier.localhost");
    assert_eq!(app.number("SELECT MAX(domains_used) FROM admins").await, 0);
    let customer = app.update("admin", "meier", json!({ "createstdsubdomain": 0 })).await.unwrap();
    assert!(customer.standard_subdomain.is_none());
    app.assert_counters().await;
}

#[tokio::test]
async fn d25_servers_are_assigned_and_removed_with_databases() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let servers = |customer: &clientele::domain::customer::Customer| {
        customer.profile.mysql_servers.iter().map(|id| id.0).collect::<Vec<_>>()
    };
    let customer = app.update("admin", "meier", json!({ "mysqls": 2 })).await.unwrap();
    assert_eq!(servers(&customer), [0], "0 to n: the default server");
    let customer = app.update("admin", "meier", json!({ "mysqls": 0 })).await.unwrap();
    assert!(servers(&customer).is_empty(), "n to 0: none");
    app.sql("INSERT INTO mysql_servers (id, name, host, port, created_at) VALUES (1, 'second', 'db2', 3306, 0)").await;
    let customer = app
        .update("admin", "meier", json!({ "mysqls": 1, "allowed_mysqlserver": [1] }))
        .await
        .unwrap();
    assert_eq!(servers(&customer), [1]);
}

#[tokio::test]
async fn a_server_that_holds_the_customers_databases_cannot_be_removed() {
    let app = TestApp::spawn().await;
    let customer = app.add("admin", with("meier", json!({ "mysqls": 2 }))).await.unwrap();
    app.sql("INSERT INTO mysql_servers (id, name, host, port, created_at) VALUES (1, 'second', 'db2', 3306, 0)").await;
    app.sql(&format!("INSERT INTO \"databases\" (customer_id, mysql_server_id, name, description) VALUES ({}, 0, 'd', '')", customer.id.0))
        .await;
    let found = refused(app.update("admin", "meier", json!({ "allowed_mysqlserver": [1] })).await);
    assert_eq!(found, ["allowed_mysqlserver: mysql-server-in-use"]);
    app.update("admin", "meier", json!({ "allowed_mysqlserver": [0, 1] })).await.unwrap();
}

#[tokio::test]
async fn shells_are_reset_when_they_are_no_longer_allowed() {
    let app = TestApp::spawn().await;
    app.add("admin", with("meier", json!({ "shell_allowed": 1 }))).await.unwrap();
    app.sql("UPDATE ftp_users SET shell = '/bin/bash'").await;
    app.update("admin", "meier", json!({ "city": "Bonn" })).await.unwrap();
    assert_eq!(app.count("ftp_users", "shell = '/bin/bash'").await, 1);
    app.update("admin", "meier", json!({ "shell_allowed": 0 })).await.unwrap();
    assert_eq!(app.count("ftp_users", "shell = '/bin/false'").await, 1);
}

#[tokio::test]
async fn d39_d57_a_new_password_ends_sessions_and_is_emailed_on_request() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let session = app.signed_in("meier").await;
    let ftp = app.text("SELECT password_hash FROM ftp_users").await;
    app.update(
        "admin",
        "meier",
        json!({ "new_customer_password": "Another-horse-8", "sendpassword": 1 }),
    )
    .await
    .unwrap();
    assert_eq!(session.get("/").await.status, 303, "the customer must sign in again");
    assert_eq!(app.browser().sign_in("meier", PASSWORD).await.status, 422);
    app.sign_in_as("meier", "Another-horse-8").await;
    assert_eq!(app.count("jobs", "kind = 'send_new_password' AND sealed IS NOT NULL").await, 1);
    assert_eq!(
        app.text("SELECT password_hash FROM ftp_users").await,
        ftp,
        "only the panel's password changes"
    );
    assert_eq!(app.count("audit_entries", "action = 'customer.password_set'").await, 1);
}

#[tokio::test]
async fn a_reseller_can_update_only_their_own_customers() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.customer("foreign").await;
    let outcome = app.update("reseller", "foreign", json!({ "city": "Bonn" })).await;
    assert!(matches!(outcome, Err(ServiceError::NotFound(_))));
}

#[tokio::test]
async fn the_audit_log_has_old_and_new_values() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    app.update("admin", "meier", json!({ "city": "Bonn", "emails": 4 })).await.unwrap();
    let before = app
        .text("SELECT \"before\" FROM audit_entries WHERE action = 'customer.updated'")
        .await
        .unwrap();
    let after = app
        .text("SELECT after FROM audit_entries WHERE action = 'customer.updated'")
        .await
        .unwrap();
    assert!(
        after.contains("Bonn") && !before.contains("Bonn") && !after.contains("meier Ltd"),
        "{before} {after}"
    );
    app.update("admin", "meier", json!({ "city": "Bonn" })).await.unwrap();
    assert_eq!(
        app.count("audit_entries", "action = 'customer.updated'").await,
        1,
        "an update without changes adds no audit entry"
    );
}

#[tokio::test]
async fn a_moved_customer_keeps_a_plan_that_the_owner_cannot_see() {
    let app = TestApp::spawn().await;
    let target = app.reseller("target", &[]).await;
    let plan = app.plan("admin", "Gold", &[("emails", "3")]).await;
    app.add("admin", with("meier", json!({ "hosting_plan_id": plan }))).await.unwrap();
    app.move_to("admin", "meier", target.id).await.unwrap();
    let customer = app
        .update("target", "meier", json!({ "hosting_plan_id": plan, "city": "Bonn" }))
        .await
        .unwrap();
    assert_eq!(customer.profile.plan.map(|id| id.0), Some(plan));
    let customer = app.update("target", "meier", json!({ "hosting_plan_id": 0 })).await.unwrap();
    assert_eq!(customer.profile.plan, None);
    assert_eq!(
        refused(app.update("target", "meier", json!({ "hosting_plan_id": plan })).await),
        ["hosting_plan_id: plan-unknown"]
    );
}

#[tokio::test]
async fn the_form_shows_stored_values_and_saves_typed_ones() {
    let app = TestApp::spawn().await;
    app.add("admin", with("meier", json!({ "name": "Meier", "emails_ul": 1, "ftps": 2 })))
        .await
        .unwrap();
    let admin = app.signed_in("admin").await;
    let page = admin.open("/customers/meier/edit").await;
    assert_eq!(page.value("name").as_deref(), Some("Meier"));
    assert_eq!(page.value("emails_ul").as_deref(), Some("1"));
    assert_eq!(page.value("ftps").as_deref(), Some("2"));
    assert_eq!(page.value("ftps_ul"), None);
    assert_eq!(page.value("new_customer_password").as_deref(), Some(""));
    let typed = [
        ("name", "Müller"),
        ("emails_ul", crate::support::form::OFF),
        ("emails", "7"),
        ("ftps_ul", "1"),
    ];
    let page = admin.submit_and_follow("/customers/meier/edit", "/customers/meier", &typed).await;
    assert_eq!(page.flash(), "Changes to customer meier were saved.");
    let customer = app.get("admin", "meier").await.unwrap();
    let limits = &customer.profile.services.limits;
    assert_eq!(customer.profile.contact.name, "Müller");
    assert_eq!(
        (limits[Resource::Emails], limits[Resource::Ftps]),
        (Quota::Limited(7), Quota::Unlimited)
    );
}

#[tokio::test]
async fn a_form_with_errors_keeps_the_typed_values() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let admin = app.signed_in("admin").await;
    let typed = [
        ("email", "nobody"),
        ("zipcode", "é"),
        ("city", "Bonn"),
        ("new_customer_password", "Secret-typed-9"),
    ];
    let page = admin.submit("/customers/meier/edit", "/customers/meier", &typed).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.wrong_fields(), ["email", "zipcode"]);
    assert_eq!(page.value("email").as_deref(), Some("nobody"));
    assert_eq!(page.value("city").as_deref(), Some("Bonn"));
    assert!(!page.text.contains("Secret-typed-9"), "a response contains no password");
    assert!(page.has("[role=alert] a[href='#email']"), "{}", page.alert());
    assert_eq!(page.attr("#email", "aria-invalid").as_deref(), Some("true"));
}
