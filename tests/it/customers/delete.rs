//! `Customers.delete`: only audit entries remain.

use crate::support::TestApp;
use crate::support::make::with;
use clientele::domain::customer::FileRemoval;
use clientele::services::ServiceError;
use serde_json::json;

/// Adds a customer with rows in most tables that refer to customers. Returns their id.
async fn add_with_records(app: &TestApp, login_name: &str) -> i64 {
    let parameters = json!({ "mysqls": 5, "emails": 5, "sendpassword": 1 });
    let customer = app.add("admin", with(login_name, parameters)).await.unwrap();
    let (id, login) = (customer.id.0, customer.login.0);
    let domain = customer.standard_subdomain.unwrap().0.0;
    for sql in [
        format!(
            "INSERT INTO domains (customer_id, name, document_root, created_at) VALUES ({id}, 'd{id}.example', '/', 0)"
        ),
        format!(
            "INSERT INTO mail_users (customer_id, domain_id, email, password_hash) VALUES ({id}, {domain}, 'u{id}@example.com', 'x')"
        ),
        format!(
            "INSERT INTO mail_addresses (customer_id, domain_id, email, destination) VALUES ({id}, {domain}, 'u{id}@example.com', 'x')"
        ),
        format!(
            "INSERT INTO \"databases\" (customer_id, mysql_server_id, name, description) VALUES ({id}, 0, 'db{id}', '')"
        ),
        format!(
            "INSERT INTO disk_usage (customer_id, measured_at, web, mail, mysql) VALUES ({id}, 1, 1, 1, 1)"
        ),
        format!(
            "INSERT INTO traffic_usage (customer_id, measured_at, http, ftp, mail) VALUES ({id}, 1, 1, 1, 1)"
        ),
        format!(
            "INSERT INTO api_keys (login_id, api_key, secret_digest, label, allowed_from, created_at) VALUES ({login}, 'k{id}', 'x', '', '', 0)"
        ),
        format!(
            "INSERT INTO password_resets (token_digest, login_id, created_at, expires_at) VALUES ('t{id}', {login}, 0, 9)"
        ),
        format!(
            "INSERT INTO sessions (id, login_id, state, created_at, expires_at) VALUES ('s{id}', {login}, '{{}}', 0, 9)"
        ),
        "UPDATE admins SET domains_used = domains_used + 1 WHERE login_name = 'admin'".to_owned(),
    ] {
        app.sql(&sql).await;
    }
    id
}

#[tokio::test]
async fn d12_d13_only_audit_entries_of_the_customer_remain() {
    let app = TestApp::spawn().await;
    let kept = add_with_records(&app, "kept").await;
    let gone = add_with_records(&app, "gone").await;
    app.assert_counters().await;
    let deleted = app.delete("admin", "gone", FileRemoval::Keep).await.unwrap();
    assert_eq!(deleted.login_name.as_str(), "gone", "the row as it was");
    for (table, rows) in [
        ("customers", 1),
        ("domains", 2),
        ("ftp_users", 1),
        ("ftp_groups", 1),
        ("mail_users", 1),
        ("mail_addresses", 1),
        ("\"databases\"", 1),
        ("disk_usage", 1),
        ("traffic_usage", 1),
        ("customer_php_configs", 0),
        ("customer_mysql_servers", 1),
        ("jobs", 2),
    ] {
        let column = if table == "customers" { "id" } else { "customer_id" };
        assert_eq!(app.count(table, &format!("{column} = {gone}")).await, 0, "{table}");
        assert_eq!(
            app.count(table, &format!("{column} = {kept}")).await,
            rows,
            "{table}: the other customer keeps theirs"
        );
    }
    for table in ["api_keys", "sessions", "password_resets"] {
        assert_eq!(
            app.count(table, &format!("login_id = {}", deleted.login.0)).await,
            0,
            "{table}"
        );
        assert_eq!(app.count(table, "1=1").await, 1, "{table}");
    }
    assert_eq!(app.count("logins", "name_key = 'gone'").await, 0);
    assert_eq!(
        app.count(
            "audit_entries",
            "target_name = 'gone' AND action = 'customer.deleted' AND after IS NULL"
        )
        .await,
        1
    );
    app.assert_counters().await;
}

#[tokio::test]
async fn d07_counters_do_not_drift() {
    let app = TestApp::spawn().await;
    for round in 0..3 {
        add_with_records(&app, &format!("name{}", ["a", "b", "c"][round])).await;
        app.delete("admin", &format!("name{}", ["a", "b", "c"][round]), FileRemoval::Keep)
            .await
            .unwrap();
        assert_eq!(
            app.number("SELECT domains_used FROM admins WHERE login_name = 'admin'").await,
            0
        );
        app.assert_counters().await;
    }
}

#[tokio::test]
async fn c16_the_login_name_can_be_reused_and_the_unix_id_cannot() {
    let app = TestApp::spawn().await;
    let first = app.customer("test2").await;
    app.delete("admin", "test2", FileRemoval::Keep).await.unwrap();
    let second = app.customer("test2").await;
    assert_eq!(
        (first.guid, second.guid),
        (10_000, 10_001),
        "files of the first must not belong to the second"
    );
    assert_eq!((first.id.0, second.id.0), (1, 2));
}

#[tokio::test]
async fn c15_a_reseller_cannot_delete_customers_of_others() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.customer("test1").await;
    assert!(matches!(
        app.delete("reseller", "test1", FileRemoval::Keep).await,
        Err(ServiceError::NotFound(_))
    ));
    assert_eq!(app.count("customers", "1=1").await, 1);
}

#[tokio::test]
async fn files_are_removed_by_a_job_and_only_on_request() {
    let app = TestApp::spawn().await;
    app.customer("keeps").await;
    app.customer("loses").await;
    app.delete("admin", "keeps", FileRemoval::Keep).await.unwrap();
    assert_eq!(app.count("jobs", "kind = 'remove_home'").await, 0);
    app.delete("admin", "loses", FileRemoval::Remove).await.unwrap();
    assert_eq!(app.count("jobs", "kind = 'remove_home' AND payload LIKE '%loses%'").await, 1);
    assert_eq!(app.count("audit_entries", "action = 'customer.deleted_with_files'").await, 1);
}

#[tokio::test]
async fn the_page_lists_deleted_data_and_asks_for_the_name() {
    let app = TestApp::spawn().await;
    add_with_records(&app, "meier").await;
    let admin = app.signed_in("admin").await;
    let page = admin.open("/customers/meier/delete").await;
    assert!(page.text.contains("meier.localhost"), "the domains are named");
    for word in ["", "meie", "other", "meier x"] {
        let response = admin
            .submit("/customers/meier/delete", "/customers/meier/delete", &[("confirm", word)])
            .await;
        assert_eq!(response.status, 422, "{word:?}");
        assert_eq!(response.field_error("confirm").as_deref(), Some("Type meier to confirm."));
        assert_eq!(
            response.all("[role=alert] a[href='#confirm']"),
            ["Confirmation: Type meier to confirm."]
        );
    }
    assert_eq!(app.count("customers", "1=1").await, 1);
    let response = admin
        .submit("/customers/meier/delete", "/customers/meier/delete", &[("confirm", "meier")])
        .await;
    let list = admin.follow(&response).await;
    assert!(list.flash().contains("meier"), "{}", list.flash());
    assert!(list.rows().is_empty());
    assert_eq!(admin.get("/customers/meier").await.status, 404);
    assert_eq!(app.count("jobs", "kind = 'remove_home'").await, 0, "the box was not ticked");
}

#[tokio::test]
async fn ticking_the_box_deletes_the_files() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let admin = app.signed_in("admin").await;
    let typed = [("confirm", "meier"), ("delete_userfiles", "1")];
    let response = admin.submit("/customers/meier/delete", "/customers/meier/delete", &typed).await;
    assert_eq!(response.status, 303);
    assert_eq!(app.count("jobs", "kind = 'remove_home'").await, 1);
}
