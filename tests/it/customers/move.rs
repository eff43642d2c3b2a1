//! `Customers.move`, and moving by `Customers.update`.

use crate::support::TestApp;
use crate::support::make::{refused, with};
use clientele::services::ServiceError;
use serde_json::json;

#[tokio::test]
async fn c19_only_server_admins_can_move_customers() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.make_admin("viewer").await;
    app.sql("UPDATE admins SET change_serversettings = FALSE WHERE login_name = 'viewer'").await;
    for login_name in ["reseller", "viewer"] {
        assert!(app.manager(login_name).await.as_server_admin().is_none());
    }
    let customer = app.customer_of("reseller", "meier").await;
    for login_name in ["reseller", "viewer"] {
        let client = app.signed_in(login_name).await;
        assert_eq!(client.get("/customers/meier/move").await.status, 403, "{login_name}");
    }
    assert_eq!(app.get("admin", "meier").await.unwrap().owner, customer.owner);
}

#[tokio::test]
async fn c20_the_current_owner_is_refused_as_target() {
    let app = TestApp::spawn().await;
    let customer = app.customer("meier").await;
    let outcome = app.move_to("admin", "meier", customer.owner).await;
    assert!(
        matches!(&outcome, Err(ServiceError::Refused(error)) if error.code.as_str() == "move-same-owner"),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn unknown_and_suspended_targets_are_refused() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    assert!(matches!(
        app.move_to("admin", "meier", clientele::domain::id::AdminId(999)).await,
        Err(ServiceError::NotFound(_))
    ));
    let reseller = app.reseller("reseller", &[]).await;
    app.sql("UPDATE admins SET suspended = TRUE WHERE login_name = 'reseller'").await;
    let outcome = app.move_to("admin", "meier", reseller.id).await;
    assert!(
        matches!(&outcome, Err(ServiceError::Refused(error)) if error.code.as_str() == "move-target-suspended"),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn c21_d30_all_records_of_the_customer_move() {
    let app = TestApp::spawn().await;
    let old = app.reseller("old", &[]).await;
    let new = app.reseller("next", &[]).await;
    let customer = app.add("old", with("meier", json!({ "emails": 7 }))).await.unwrap();
    let (id, login) = (customer.id.0, customer.login.0);
    app.sql(&format!("INSERT INTO domains (customer_id, name, document_root, created_at) VALUES ({id}, 'meier.example', '/', 0)")).await;
    app.sql("UPDATE admins SET domains_used = 1 WHERE login_name = 'old'").await;
    app.sql(&format!(
        "INSERT INTO api_keys (login_id, api_key, secret_digest, label, allowed_from, created_at) VALUES ({login}, 'k', 'x', '', '', 0)"
    ))
    .await;
    let moved = app.move_to("admin", "meier", new.id).await.unwrap();
    assert_eq!((moved.owner, moved.owner_name.as_str()), (new.id, "next"));
    assert_eq!(app.get("next", "meier").await.unwrap().id, customer.id);
    assert!(matches!(app.get("old", "meier").await, Err(ServiceError::NotFound(_))));
    assert_eq!(app.count("api_keys", &format!("login_id = {login}")).await, 1);
    let used = |name: &str| {
        format!(
            "SELECT customers_used * 100 + domains_used * 10 + emails_used FROM admins WHERE login_name = '{name}'"
        )
    };
    assert_eq!((app.number(&used("old")).await, app.number(&used("next")).await), (0, 117));
    app.assert_counters().await;
    let entries = format!(
        "action = 'customer.moved' AND \"before\" LIKE '%old%' AND after LIKE '%next%' AND former_owner_id = {} AND owner_id = {}",
        old.id.0, new.id.0
    );
    assert_eq!(app.count("audit_entries", &entries).await, 1);
    for login_name in ["old", "next", "admin"] {
        let actions = app.signed_in(login_name).await.open("/audit").await.all("th.cell-record");
        assert_eq!(
            actions.iter().filter(|action| *action == "Customer moved").count(),
            1,
            "{login_name} sees the entry once"
        );
    }
}

#[tokio::test]
async fn the_targets_limit_for_domains_applies() {
    let app = TestApp::spawn().await;
    let target = app.reseller("reseller", &[("domains", 0)]).await;
    let customer = app.customer("meier").await;
    app.move_to("admin", "meier", target.id).await.expect("the standard subdomain does not count");
    let other = app.customer("other").await;
    app.sql(&format!("INSERT INTO domains (customer_id, name, document_root, created_at) VALUES ({}, 'o.example', '/', 0)", other.id.0))
        .await;
    app.sql("UPDATE admins SET domains_used = 1 WHERE login_name = 'admin'").await;
    let outcome = app.move_to("admin", "other", target.id).await;
    assert!(
        matches!(&outcome, Err(ServiceError::Exhausted(error)) if error.code.as_str() == "domains-exhausted"),
        "{outcome:?}"
    );
    assert_ne!(customer.id, other.id);
}

#[tokio::test]
async fn d19_without_the_permission_to_move_nothing_changes() {
    let app = TestApp::spawn().await;
    let reseller = app.reseller("reseller", &[]).await;
    let target = app.reseller("target", &[]).await;
    app.customer_of("reseller", "meier").await;
    let outcome = app
        .update("reseller", "meier", json!({ "company": "Changed", "move_to_admin": target.id.0 }))
        .await;
    assert!(matches!(outcome, Err(ServiceError::Forbidden)), "{outcome:?}");
    let customer = app.get("admin", "meier").await.unwrap();
    assert_eq!(
        (customer.profile.contact.company.as_str(), customer.owner),
        ("meier Ltd", reseller.id)
    );
}

#[tokio::test]
async fn update_and_move_are_one_transaction() {
    let app = TestApp::spawn().await;
    let target = app.reseller("target", &[("emails", 1)]).await;
    app.customer("meier").await;
    let too_many = json!({ "company": "Changed", "emails": 2, "move_to_admin": target.id.0 });
    assert_eq!(
        refused(app.update("admin", "meier", too_many).await),
        ["emails: allocation-exceeded"]
    );
    assert_eq!(app.get("admin", "meier").await.unwrap().profile.contact.company, "meier Ltd");
    let moved = app
        .update(
            "admin",
            "meier",
            json!({ "company": "Changed", "emails": 1, "move_to_admin": target.id.0 }),
        )
        .await
        .unwrap();
    assert_eq!((moved.owner, moved.profile.contact.company.as_str()), (target.id, "Changed"));
    app.assert_counters().await;
}

#[tokio::test]
async fn unlimited_resources_are_one_reason() {
    let app = TestApp::spawn().await;
    let full = app.reseller("full", &[("emails", 5), ("ftps", 5), ("subdomains", 0)]).await;
    let unlimited = json!({ "emails": -1, "ftps": -1, "subdomains": 3 });
    app.add("admin", with("meier", unlimited)).await.unwrap();
    let admin = app.signed_in("admin").await;
    let path = "/customers/meier/move";
    let expected = [
        "Unlimited for the customer, but limited for this admin: Email addresses, Additional FTP users",
        "Subdomains: This exceeds the owner’s remaining quota. Remaining: 0",
    ];
    let reasons = admin.open(path).await.all(".reasons li");
    assert_eq!(reasons.iter().map(|reason| reason.trim()).collect::<Vec<_>>(), expected);
    let response = admin.submit(path, path, &[("adminid", &full.id.0.to_string())]).await;
    assert_eq!(response.status, 422);
    for text in expected {
        assert!(response.alert().contains(text), "{}", response.alert());
    }
}

#[tokio::test]
async fn the_page_moves_customers_and_reports_refusals() {
    let app = TestApp::spawn().await;
    let full = app.reseller("full", &[("customers", 0)]).await;
    let target = app.reseller("target", &[]).await;
    app.customer("meier").await;
    let admin = app.signed_in("admin").await;
    let path = "/customers/meier/move";
    let response = admin.submit(path, path, &[("adminid", &full.id.0.to_string())]).await;
    assert_eq!(response.status, 422, "{}", response.said());
    assert_eq!(admin.submit(path, path, &[("adminid", "")]).await.status, 422);
    assert_eq!(admin.submit(path, path, &[("adminid", "999")]).await.status, 422);
    let page = admin.submit_and_follow(path, path, &[("adminid", &target.id.0.to_string())]).await;
    assert_eq!(page.flash(), "Customer meier was moved to target.");
}
