//! Sessions: stored in the database, with a new key at every sign-in, and ended by sign-outs,
//! expiry, deletions, and changes of passwords and permissions.

use crate::support::TestApp;
use crate::support::make::PASSWORD;
use db::{DbError, Tx};
use jiff::SignedDuration;
use serde_json::json;
use tokio::sync::Notify;

#[tokio::test]
async fn the_session_key_changes_at_sign_in_and_sign_out() {
    let app = TestApp::spawn().await;
    let client = app.browser();
    client.open("/login").await;
    assert_eq!(client.cookie(), None, "the form needs no session");
    // Session fixation: the key of a session that someone else began is useless after the sign-in.
    let other = app.signed_in("admin").await.cookie().unwrap();
    client.set_cookie(&other);
    app.sql("UPDATE sessions SET state = '{}', login_id = NULL").await;
    client.sign_in("admin", PASSWORD).await;
    let own = client.cookie().unwrap();
    assert_ne!(other, own);
    let stale = app.browser();
    stale.set_cookie(&other);
    assert_eq!(stale.get("/").await.status, 303, "the old key is invalid");
    client.submit("/", "/logout", &[]).await;
    let stale = app.browser();
    stale.set_cookie(&own);
    assert_eq!(stale.get("/").await.status, 303, "the key of a signed-out session is invalid");
}

#[tokio::test]
async fn a_forged_session_key_is_refused() {
    let app = TestApp::spawn().await;
    let client = app.browser();
    for cookie in ["clientele=1", "clientele=; x=1", "clientele=\"a\"", "clientele=AAAA%3D"] {
        client.set_cookie(cookie);
        assert_eq!(client.get("/").await.status, 303);
        assert_eq!(client.get("/login").await.status, 200);
    }
}

#[tokio::test]
async fn session_cookies_are_restricted_and_the_database_stores_only_digests() {
    let app = TestApp::spawn().await;
    let client = app.browser();
    let response = client.sign_in("admin", PASSWORD).await;
    let cookie = response.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
        "{cookie}"
    );
    let value = client.cookie().unwrap();
    let ids = app.texts("SELECT id FROM sessions").await;
    let [id] = ids.as_slice() else { panic!("one session: {ids:?}") };
    assert!(!value.contains(id));
    assert_eq!(id.len(), 64, "a digest");
    assert!(!response.header("cache-control").contains("public"));
}

#[tokio::test]
async fn sessions_expire_when_idle_and_after_twelve_hours() {
    let app = TestApp::spawn().await;
    let client = app.signed_in("admin").await;
    app.advance_clock(SignedDuration::from_mins(59));
    client.open("/").await;
    app.advance_clock(SignedDuration::from_mins(59));
    client.open("/").await;
    app.advance_clock(SignedDuration::from_mins(62));
    assert_eq!(client.get("/").await.status, 303, "idle for too long");
    let client = app.signed_in("admin").await;
    for _ in 0..23 {
        app.advance_clock(SignedDuration::from_mins(30));
        client.open("/").await;
    }
    app.advance_clock(SignedDuration::from_mins(31));
    assert_eq!(
        client.get("/").await.status,
        303,
        "twelve hours are over, although the session was in use"
    );
}

#[tokio::test]
async fn d39_a_new_password_ends_all_other_sessions() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let (here, other) = (app.signed_in("meier").await, app.signed_in("meier").await);
    let key = here.cookie();
    let typed = [
        ("old_password", PASSWORD),
        ("new_password", "Another-horse-8"),
        ("new_password_confirm", "Another-horse-8"),
    ];
    here.submit_and_follow("/account", "/account/password", &typed).await;
    assert_eq!(other.get("/").await.status, 303);
    assert_eq!(here.get("/").await.status, 200, "the session that changed the password continues");
    assert_ne!(here.cookie(), key, "under a new key");
}

/// Imitates a race: a sign-in verifies the old password, then the password is replaced and all
/// sessions are deleted, and then the new session is written. The test removes the logins of two
/// sessions, so that the replacement does not delete them.
#[tokio::test]
async fn a_session_written_after_a_password_change_is_invalid() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let (racing, acting) = (app.signed_in("admin").await, app.signed_in("admin").await);
    acting.submit("/customers/meier", "/customers/meier/impersonate", &[]).await;
    assert_eq!((racing.get("/").await.status, acting.get("/").await.status), (200, 200));
    app.sql("UPDATE sessions SET login_id = NULL").await;
    let here = app.signed_in("admin").await;
    let typed = [
        ("old_password", PASSWORD),
        ("new_password", "Another-horse-8"),
        ("new_password_confirm", "Another-horse-8"),
    ];
    here.submit_and_follow("/account", "/account/password", &typed).await;
    assert_eq!(app.count("sessions", "login_id IS NULL").await, 2, "the sessions still exist");
    assert_eq!((racing.get("/").await.status, acting.get("/").await.status), (303, 303));
    assert_eq!(here.get("/").await.status, 200);
    assert_eq!(app.count("sessions", "1 = 1").await, 1);
}

#[tokio::test]
async fn a_session_without_a_password_stamp_is_invalid() {
    let app = TestApp::spawn().await;
    let client = app.signed_in("admin").await;
    app.sql("UPDATE sessions SET state = REPLACE(state, '\"stamp\"', '\"other\"')").await;
    assert_eq!(client.get("/").await.status, 303);
}

#[tokio::test]
async fn deleting_ends_sessions() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let client = app.signed_in("meier").await;
    app.delete("admin", "meier", clientele::domain::customer::FileRemoval::Keep).await.unwrap();
    assert_eq!(client.get("/").await.status, 303);
    assert_eq!(app.count("sessions", "login_id IS NOT NULL").await, 0);
}

#[tokio::test]
async fn revoked_permissions_are_gone_at_the_next_request() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let client = app.signed_in("meier").await;
    app.update("admin", "meier", json!({ "gui_access": 0 })).await.unwrap();
    assert_eq!(client.get("/").await.status, 303);
    let admin = app.make_admin("second").await;
    let second = app.signed_in("second").await;
    second.open("/admins").await;
    app.sql(&format!("UPDATE admins SET change_serversettings = FALSE WHERE id = {}", admin.id.0))
        .await;
    assert_eq!(second.get("/admins").await.status, 403, "permissions are read at every request");
}

#[tokio::test]
async fn requests_before_a_sign_in_store_no_session() {
    let app = TestApp::spawn().await;
    for path in ["/login", "/password/forgot", "/nowhere", "/healthz", "/static/none.css"] {
        app.browser().get(path).await;
    }
    assert_eq!(app.count("sessions", "1=1").await, 0);
}

#[tokio::test]
async fn acting_as_a_customer_has_its_own_session_key_and_audit_entry() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    app.sql("UPDATE admins SET language = 'de'").await;
    let admin = app.signed_in("admin").await;
    let before = admin.cookie();
    let response = admin.submit("/customers/meier", "/customers/meier/impersonate", &[]).await;
    let page = admin.follow(&response).await;
    let flash = page.flash();
    assert!(
        flash.contains("Sie arbeiten jetzt im Konto von meier"),
        "message and banner are in the admin's language: {flash}"
    );
    let acting = admin.cookie();
    assert_ne!(before, acting);
    assert!(page.has_form("/impersonate/stop"), "a banner names the acting admin");
    assert_eq!(
        admin.get("/customers").await.status,
        403,
        "acting as a customer gives the customer's permissions only"
    );
    let response = admin.submit("/", "/impersonate/stop", &[]).await;
    assert_eq!(response.location(), "/customers/meier");
    assert_ne!(admin.cookie(), acting);
    assert_eq!(admin.get("/customers").await.status, 200);
    assert_eq!(
        app.count(
            "audit_entries",
            "actor_name = 'admin' AND target_name = 'meier' AND action LIKE '%impersonat%'"
        )
        .await,
        1
    );
}

#[tokio::test]
async fn impersonation_expires_and_the_admin_is_signed_out() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let admin = app.signed_in("admin").await;
    admin.submit("/customers/meier", "/customers/meier/impersonate", &[]).await;
    assert!(admin.open("/").await.flash().contains("signed out after 30 minutes"));
    app.advance_clock(SignedDuration::from_mins(31));
    assert_eq!(admin.get("/customers").await.status, 303);
}

#[tokio::test]
async fn acting_as_a_customer_does_not_extend_a_session() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let admin = app.signed_in("admin").await;
    let stay_active = async |minutes: i64| {
        for _ in 0..minutes / 30 {
            app.advance_clock(SignedDuration::from_mins(30));
            admin.get("/").await;
        }
    };
    stay_active(11 * 60).await;
    admin.submit("/customers/meier", "/customers/meier/impersonate", &[]).await;
    app.advance_clock(SignedDuration::from_mins(10));
    admin.submit("/", "/impersonate/stop", &[]).await;
    stay_active(30).await;
    assert_eq!(admin.get("/customers").await.status, 200);
    admin.submit("/customers/meier", "/customers/meier/impersonate", &[]).await;
    app.advance_clock(SignedDuration::from_mins(19));
    assert_eq!(admin.get("/").await.status, 200, "within the twelve hours");
    app.advance_clock(SignedDuration::from_mins(2));
    assert_eq!(
        admin.get("/").await.status,
        303,
        "twelve hours are over, also while acting as a customer"
    );
}

#[tokio::test]
async fn acting_ends_when_the_admins_password_changes_in_the_same_second() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let (acting, here) = (app.signed_in("admin").await, app.signed_in("admin").await);
    acting.submit("/customers/meier", "/customers/meier/impersonate", &[]).await;
    assert_eq!(acting.get("/").await.status, 200);
    let typed = [
        ("old_password", PASSWORD),
        ("new_password", "Another-horse-8"),
        ("new_password_confirm", "Another-horse-8"),
    ];
    here.submit_and_follow("/account", "/account/password", &typed).await;
    assert_eq!(acting.get("/").await.status, 303);
}

#[tokio::test]
async fn the_return_from_impersonation_is_in_the_admins_language() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    app.sql("UPDATE admins SET language = 'de'").await;
    let admin = app.signed_in("admin").await;
    app.advance_clock(SignedDuration::from_secs(1));
    admin.submit_and_follow("/customers/meier", "/customers/meier/impersonate", &[]).await;
    let page = admin.open("/").await;
    assert_eq!(page.attr("html", "lang").as_deref(), Some("en"), "the page is the customer's");
    assert_eq!(page.attr(".acting", "lang").as_deref(), Some("de"));
    assert_eq!(page.first(".acting span").as_deref(), Some("Sie arbeiten im Konto von meier."));
    assert_eq!(page.first(".acting button").as_deref(), Some("Zurück zu admin"));
}

/// On SQLite, a large import holds the only writer while it writes.
#[tokio::test]
async fn pages_are_read_while_a_long_transaction_writes() {
    let app = TestApp::spawn().await;
    let client = app.signed_in("admin").await;
    let (started, page_read) = (Notify::new(), Notify::new());
    let writes = app.app.db.write(async |_: &Tx| {
        started.notify_one();
        page_read.notified().await;
        Ok::<_, DbError>(())
    });
    let reads = async {
        started.notified().await;
        app.advance_clock(SignedDuration::from_mins(2));
        let page = client.open("/customers").await;
        page_read.notify_one();
        page.status
    };
    let (written, status) = tokio::join!(writes, reads);
    written.unwrap();
    assert_eq!(status, 200);
}
