//! Suspending and resuming customers, which are parts of `Customers.update`, and suspending admins.

use crate::support::TestApp;
use crate::support::make::with;
use clientele::services::ServiceError;
use serde_json::json;

#[tokio::test]
async fn c10_d16_suspending_loses_nothing() {
    let app = TestApp::spawn().await;
    let customer =
        app.add("admin", with("meier", json!({ "email_imap": 1, "email_pop3": 0 }))).await.unwrap();
    let (id, login) = (customer.id.0, customer.login.0);
    let domain = customer.standard_subdomain.as_ref().unwrap().0.0;
    for sql in [
        format!(
            "INSERT INTO mail_users (customer_id, domain_id, email, password_hash, imap, pop3, receives) VALUES ({id}, {domain}, 'a@e', 'x', FALSE, TRUE, FALSE)"
        ),
        format!(
            "INSERT INTO ftp_users (customer_id, username, password_hash, uid, gid, home_dir, shell, login_enabled, description, created_at) VALUES ({id}, 'off', 'x', 1, 1, '/', '', FALSE, '', 0)"
        ),
        format!(
            "INSERT INTO domains (customer_id, name, document_root, suspended, created_at) VALUES ({id}, 'off.example', '/', TRUE, 0)"
        ),
        format!(
            "INSERT INTO api_keys (login_id, api_key, secret_digest, label, allowed_from, created_at, expires_at) VALUES ({login}, 'k', 'x', '', '', 0, 77)"
        ),
    ] {
        app.sql(&sql).await;
    }
    app.sql("UPDATE admins SET domains_used = 1 WHERE login_name = 'admin'").await;
    let stored_values = || async {
        let mut all = Vec::new();
        for sql in [
            "SELECT email || imap || pop3 || receives FROM mail_users ORDER BY email",
            "SELECT username || login_enabled || shell FROM ftp_users ORDER BY username",
            "SELECT name || suspended || is_standard FROM domains ORDER BY name",
            "SELECT api_key || expires_at FROM api_keys ORDER BY api_key",
        ] {
            all.extend(app.texts(sql).await);
        }
        all
    };
    let before =
        (stored_values().await, customer.profile.clone(), customer.standard_subdomain.clone());
    let suspended = app.suspend("admin", "meier", true).await.unwrap();
    assert!(suspended.suspended);
    assert_eq!(
        suspended.standard_subdomain, customer.standard_subdomain,
        "the standard subdomain is kept"
    );
    let resumed = app.suspend("admin", "meier", false).await.unwrap();
    assert!(!resumed.suspended);
    assert_eq!((stored_values().await, resumed.profile, resumed.standard_subdomain), before);
    app.assert_counters().await;
}

#[tokio::test]
async fn d20_enabling_a_service_while_suspended_keeps_the_suspension() {
    let app = TestApp::spawn().await;
    app.add("admin", with("meier", json!({ "email_imap": 0 }))).await.unwrap();
    app.suspend("admin", "meier", true).await.unwrap();
    let customer =
        app.update("admin", "meier", json!({ "email_imap": 1, "email_pop3": 1 })).await.unwrap();
    assert!(customer.suspended);
    assert_eq!(
        app.count("customers", "suspended AND imap").await,
        1,
        "the suspension overrides the switch"
    );
}

#[tokio::test]
async fn c11_a_suspended_customer_is_signed_out_at_the_next_request_and_cannot_sign_in() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let meier = app.signed_in("meier").await;
    meier.open("/").await;
    app.suspend("admin", "meier", true).await.unwrap();
    let next = meier.get("/").await;
    assert_eq!((next.status, next.location()), (303, "/login?ended=1"));
    let again = app.browser().sign_in("meier", crate::support::make::PASSWORD).await;
    assert_eq!(again.status, 422);
    app.suspend("admin", "meier", false).await.unwrap();
    assert_eq!(meier.get("/").await.status, 303, "the old session does not resume");
    app.signed_in("meier").await;
}

#[tokio::test]
async fn the_suspension_is_shown_only_after_the_right_password() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    app.suspend("admin", "meier", true).await.unwrap();
    let wrong = app.browser().sign_in("meier", "Wrong-password-1").await;
    let unknown = app.browser().sign_in("nobody", "Wrong-password-1").await;
    assert_eq!((wrong.status, wrong.alert()), (unknown.status, unknown.alert()));
    let right = app.browser().sign_in("meier", crate::support::make::PASSWORD).await;
    assert_eq!(right.alert(), "This account is suspended. Contact your provider.");
}

#[tokio::test]
async fn c10_buttons_suspend_and_resume() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.customer_of("reseller", "meier").await;
    let reseller = app.signed_in("reseller").await;
    let page =
        reseller.submit_and_follow("/customers/meier", "/customers/meier/suspend", &[]).await;
    assert!(page.has_form("/customers/meier/resume"));
    assert_eq!(page.flash(), "Customer meier was suspended.");
    assert_eq!(reseller.open("/customers?status=suspended").await.rows(), ["meier"]);
    let page = reseller.submit_and_follow("/customers/meier", "/customers/meier/resume", &[]).await;
    assert!(page.has_form("/customers/meier/suspend"));
    assert_eq!(page.flash(), "Customer meier was resumed.");
    assert!(reseller.open("/customers?status=suspended").await.rows().is_empty());
    assert_eq!(
        app.texts("SELECT action FROM audit_entries WHERE target_name = 'meier' ORDER BY id").await,
        ["customer.added", "customer.suspended", "customer.resumed"]
    );
}

#[tokio::test]
async fn a_reseller_can_suspend_only_their_own_customers() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.customer("foreign").await;
    assert!(matches!(
        app.suspend("reseller", "foreign", true).await,
        Err(ServiceError::NotFound(_))
    ));
}

#[tokio::test]
async fn suspending_an_admin_ends_their_session() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    let reseller = app.signed_in("reseller").await;
    reseller.open("/customers").await;
    app.sql("UPDATE admins SET suspended = TRUE WHERE login_name = 'reseller'").await;
    assert_eq!(reseller.get("/customers").await.status, 303);
}

/// A rule that is newer than the customer only affects commands that change the fields of the rule.
#[tokio::test]
async fn suspending_moving_and_unlocking_check_only_changed_fields() {
    let app = TestApp::spawn().await;
    let target = app.reseller("target", &[]).await;
    app.add("admin", with("meier", json!({ "phpenabled": 1, "email_quota": 100, "mysqls": 0 })))
        .await
        .unwrap();
    app.sql("INSERT INTO customer_mysql_servers (customer_id, mysql_server_id) SELECT id, 0 FROM customers").await;
    app.sql("UPDATE customers SET name = '', firstname = 'Nameless', company = ''").await;
    app.set("php.config_required", "1").await;
    app.set("mail.quota_enabled", "0").await;
    let before = app.get("admin", "meier").await.unwrap();
    assert_eq!(before.profile.mysql_servers.len(), 1, "a value that can no longer be assigned");

    let admin = app.signed_in("admin").await;
    let page = admin.submit_and_follow("/customers/meier", "/customers/meier/suspend", &[]).await;
    assert!(page.has_form("/customers/meier/resume"), "{}", page.said());
    let api = app.api("admin").await;
    let resumed =
        api.data("Customers.update", json!({ "loginname": "meier", "deactivated": 0 })).await;
    assert_eq!(resumed["deactivated"], 0);
    api.data(
        "Customers.update",
        json!({ "loginname": "meier", "deactivated": 1, "move_to_admin": target.id.0 }),
    )
    .await;
    admin.submit_and_follow("/customers/meier", "/customers/meier/resume", &[]).await;
    api.data("Customers.unlock", json!({ "loginname": "meier" })).await;
    api.data("Customers.move", json!({ "loginname": "meier", "adminid": before.owner.0 })).await;
    let after = app.get("admin", "meier").await.unwrap();
    assert_eq!(
        (&after.profile, after.owner, after.suspended),
        (&before.profile, before.owner, false),
        "nothing else was changed"
    );

    app.update("admin", "meier", json!({ "city": "Bonn" })).await.unwrap();
    assert_eq!(
        crate::support::make::refused(
            app.update("admin", "meier", json!({ "phpenabled": 0, "firstname": "" })).await
        ),
        ["company: name-or-company-required"],
        "changed fields are checked"
    );
    app.update("admin", "meier", json!({ "phpenabled": 0 })).await.unwrap();
    let again = app.update("admin", "meier", json!({ "phpenabled": 1 })).await;
    assert_eq!(crate::support::make::refused(again), ["allowed_phpconfigs: php-without-config"]);
    app.assert_counters().await;
}
