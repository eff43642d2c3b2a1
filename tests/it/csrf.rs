//! Cross-site request forgery: every POST route requires the session's token, and no GET route
//! changes data.

use crate::support::make::PASSWORD;
use crate::support::routes::{self, Fixture};
use crate::support::{Page, TestApp};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::BTreeMap;

#[tokio::test]
async fn every_post_without_the_right_token_is_refused() {
    let app = TestApp::spawn().await;
    let fixture = Fixture::make(&app).await;
    let admin = app.signed_in("admin").await;
    let token = token_of(&admin.open("/account").await);
    let other = token_of(&app.signed_in("other").await.open("/account").await);
    let same = token_of(&admin.open("/account").await);
    assert_eq!(unmask(&token), unmask(&same), "all pages of a session have the same token");
    assert_ne!(unmask(&token), unmask(&other), "each session has its own token");
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
    assert_unchanged(&app, &before, "refused forms").await;
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
    assert_unchanged(&app, &before, "forms without a session").await;
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
            assert_unchanged(&app, &before, &format!("{actor} read {path}")).await;
        }
    }
}

#[tokio::test]
async fn the_token_changes_at_sign_in() {
    let app = TestApp::spawn().await;
    let client = app.browser();
    let outside = token_of(&client.open("/login").await);
    let again = token_of(&client.open("/login").await);
    assert_eq!(unmask(&outside), unmask(&again), "a visitor keeps their token");
    client.sign_in("admin", PASSWORD).await;
    let inside = token_of(&client.open("/account").await);
    assert_ne!(unmask(&outside), unmask(&inside), "the token changes");
    let stale = client.post_raw("/account/theme", format!("csrf_token={outside}&theme=dark")).await;
    assert_eq!(stale.status, 403, "the token from before the sign-in is invalid");
    assert_eq!(inside.len(), 86, "a mask and the masked token: {inside}");
}

/// Removes the mask of a token, which differs on every page: the first half of the bytes is the
/// mask of the second half.
fn unmask(token: &str) -> Vec<u8> {
    let bytes = URL_SAFE_NO_PAD.decode(token).unwrap();
    let (mask, masked) = bytes.split_at(bytes.len() / 2);
    mask.iter().zip(masked).map(|(pad, byte)| pad ^ byte).collect()
}

/// Returns the masked token of a page.
fn token_of(page: &Page) -> String {
    page.attr("input[name=csrf_token]", "value").unwrap()
}

/// Rows by table.
type Rows = BTreeMap<String, Vec<String>>;

/// Returns the contents of the database, without sessions, counts of attempts, and audit entries of
/// refused requests, which are recorded in any case.
async fn stored_data(app: &TestApp) -> Rows {
    let mut rows = app.dump().await;
    for table in ["webhooks", "import_runs", "mail_users", "customers"] {
        assert!(rows.contains_key(table), "{table} is not compared");
    }
    let entries = rows.get_mut("audit_entries").unwrap();
    entries.retain(|entry| !entry.contains("\"action\":\"request."));
    rows
}

/// Asserts that the contents of the database are the same as before.
async fn assert_unchanged(app: &TestApp, before: &Rows, context: &str) {
    let after = stored_data(app).await;
    assert!(before.keys().eq(after.keys()), "{context}: other tables");
    for (table, rows) in &after {
        assert_eq!(rows, &before[table], "{context}: {table}");
    }
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
