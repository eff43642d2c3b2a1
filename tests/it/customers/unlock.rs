//! `Customers.unlock`.

use crate::support::TestApp;
use clientele::services::ServiceError;

#[tokio::test]
async fn c17_unlocking_clears_failed_sign_ins() {
    let app = TestApp::spawn().await;
    let customer = app.customer("meier").await;
    app.sql(&format!(
        "UPDATE logins SET failed_count = 15, last_failed_at = {} WHERE name_key = 'meier'",
        app.now().as_second()
    ))
    .await;
    let before = app.get("admin", "meier").await.unwrap();
    assert!(before.sign_in.locked && before.sign_in.failures == 15);
    let after = app.unlock("admin", "meier").await.unwrap();
    assert!(!after.sign_in.locked && after.sign_in.failures == 0);
    assert_eq!(
        app.number(&format!("SELECT failed_count FROM logins WHERE id = {}", customer.login.0))
            .await,
        0
    );
    assert_eq!(
        app.count("audit_entries", "action = 'customer.unlocked' AND target_name = 'meier'").await,
        1
    );
}

#[tokio::test]
async fn a_customer_without_a_lock_can_be_unlocked() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    assert_eq!(app.unlock("admin", "meier").await.unwrap().sign_in.failures, 0);
}

#[tokio::test]
async fn a_reseller_can_unlock_only_their_own_customers() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.customer_of("reseller", "own").await;
    app.customer("foreign").await;
    app.unlock("reseller", "own").await.unwrap();
    assert!(matches!(app.unlock("reseller", "foreign").await, Err(ServiceError::NotFound(_))));
}

#[tokio::test]
async fn the_lock_is_shown_to_admins_who_can_unlock() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    for _ in 0..10 {
        assert_eq!(app.browser().sign_in("meier", "Wrong-password-1").await.status, 422);
    }
    let refused = app.browser().sign_in("meier", crate::support::make::PASSWORD).await;
    assert_eq!(refused.status, 422, "locked even for the right password");
    let admin = app.signed_in("admin").await;
    assert_eq!(admin.open("/customers?status=locked").await.rows(), ["meier"]);
    assert!(admin.open("/customers/meier").await.has_form("/customers/meier/unlock"));
    let page = admin.submit_and_follow("/customers/meier", "/customers/meier/unlock", &[]).await;
    assert_eq!(page.flash(), "Customer meier can sign in again.");
    assert!(admin.open("/customers?status=locked").await.rows().is_empty());
    app.signed_in("meier").await;
}
