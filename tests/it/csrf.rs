//! Cross-site request forgery: every POST route requires the session's token, and no GET route
//! changes data.

use crate::support::TestApp;
use crate::support::routes::{self, Fixture};

#[tokio::test]
async fn every_post_without_the_right_token_is_refused() {
    let app = TestApp::spawn().await;
    let fixture = Fixture::make(&app).await;
    let admin = app.signed_in("admin").await;
    let token = admin.open("/account").await.attr("input[name=csrf_token]", "value").unwrap();
    let other = app
        .signed_in("other")
        .await
        .open("/account")
        .await
        .attr("input[name=csrf_token]", "value")
        .unwrap();
    assert_ne!(token, other);
    let before = stored_data(&app).await;
    for route in routes::forms() {
        let path = fixture.path(&route.path);
        for body in [
            String::new(),
            "csrf_token=".to_owned(),
            "csrf_token=wrong".to_owned(),
            format!("csrf_token={other}"),
            format!("csrf_token={token}x"),
        ] {
            let response = admin.post_raw(&path, format!("{body}&confirm=theirs")).await;
            assert_eq!(response.status, 403, "{path} with {body}");
        }
        let foreign = |name: &'static str, value: &'static str| {
            let request = admin
                .request("POST", &path)
                .header("content-type", "application/x-www-form-urlencoded");
            request.header(name, value).body(format!("csrf_token={token}"))
        };
        for (name, value) in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            assert_eq!(
                admin.send(foreign(name, value)).await.status,
                403,
                "{path} with the right token, but {name}: {value}"
            );
        }
        let text = admin
            .request("POST", &path)
            .header("content-type", "text/plain")
            .body(format!("csrf_token={token}"));
        assert_eq!(admin.send(text).await.status, 403, "{path} as text");
    }
    assert_eq!(stored_data(&app).await, before);
    admin.open("/account").await;
}

/// Forms for people who are not signed in.
const VISITORS: [&str; 4] =
    ["/login", "/password/forgot", "/password/loginname", "/password/reset/{token}"];

#[tokio::test]
async fn without_a_session_no_post_gets_through() {
    let app = TestApp::spawn().await;
    let fixture = Fixture::make(&app).await;
    let before = stored_data(&app).await;
    for route in routes::forms() {
        let path = fixture.path(&route.path);
        let response = app.browser().post_raw(&path, "csrf_token=".to_owned()).await;
        // Only visitors' own forms check a token first; the others find no session.
        if VISITORS.contains(&route.path.as_str()) {
            assert_eq!(response.status, 403, "{path}");
        } else {
            let to = if path == "/logout" { "/login" } else { "/login?ended=1" };
            assert_eq!((response.status, response.location()), (303, to), "{path}");
        }
    }
    assert_eq!(stored_data(&app).await, before);
}

#[tokio::test]
async fn no_get_request_changes_data() {
    let app = TestApp::spawn().await;
    let fixture = Fixture::make(&app).await;
    for actor in ["admin", "viewer", "owner", "theirs"] {
        let client = app.signed_in(actor).await;
        let before = stored_data(&app).await;
        for route in routes::pages() {
            let path = fixture.path(&route.path);
            client.get(&path).await;
            assert_eq!(stored_data(&app).await, before, "{actor} read {path}");
        }
    }
}

#[tokio::test]
async fn the_token_changes_at_sign_in() {
    let app = TestApp::spawn().await;
    let token = |page: &crate::support::Page| page.attr("input[name=csrf_token]", "value").unwrap();
    let client = app.browser();
    let outside = token(&client.open("/login").await);
    client.sign_in("admin", crate::support::make::PASSWORD).await;
    let inside = token(&client.open("/account").await);
    assert_ne!(outside, inside, "the token from before signing in is invalid");
    assert_eq!(inside.len(), 86, "a mask and the masked token: {inside}");
}

/// Returns the main contents of the database, without sessions and throttles.
async fn stored_data(app: &TestApp) -> Vec<String> {
    let mut all = Vec::new();
    for sql in [
        // Refused requests are recorded in any case.
        "SELECT 'audit' || COUNT(*) FROM audit_entries WHERE action NOT LIKE 'request.%'",
        "SELECT 'job' || id || state || run_at FROM jobs ORDER BY id",
        "SELECT login_name || version || suspended || language || theme || owner_id FROM customers ORDER BY id",
        "SELECT login_name || version || suspended || language || theme FROM admins ORDER BY id",
        "SELECT name_key || password_hash || failed_count FROM logins ORDER BY id",
        "SELECT name || version FROM plans ORDER BY id",
        "SELECT name || value FROM settings ORDER BY name",
        "SELECT name || value FROM counters ORDER BY name",
        "SELECT description FROM php_configs ORDER BY id",
        "SELECT name || host FROM mysql_servers ORDER BY id",
        "SELECT 'resets' || COUNT(*) FROM password_resets",
        "SELECT 'keys' || COUNT(*) FROM api_keys",
        "SELECT 'templates' || COUNT(*) FROM mail_templates",
        "SELECT 'imports' || COUNT(*) FROM imports",
        "SELECT 'submissions' || COUNT(*) FROM submissions",
        "SELECT username || password_hash FROM ftp_users ORDER BY id",
        "SELECT name FROM domains ORDER BY id",
    ] {
        all.extend(app.texts(sql).await);
    }
    all
}

/// If two pages that are opened at once each created a token, the form of one of them would be
/// refused.
#[tokio::test]
async fn the_token_of_a_session_is_there_before_its_first_page() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let state = app.text("SELECT state FROM sessions WHERE login_id IS NOT NULL").await.unwrap();
    assert!(state.contains("\"csrf\""), "{state}");
    let pages = [admin.open("/customers/new").await, admin.open("/plans/new").await];
    for form in pages.map(|page| page.form("/logout").value("csrf_token").map(ToOwned::to_owned)) {
        assert_eq!(
            admin
                .post_raw("/account/theme", format!("csrf_token={}&theme=dark", form.unwrap()))
                .await
                .status,
            303
        );
    }
}
