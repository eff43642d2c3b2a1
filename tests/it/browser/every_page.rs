//! axe finds no violation on any page of an admin, in both themes, on wide and narrow screens.

use crate::support::TestApp;
use crate::support::chrome::Chrome;
use crate::support::make::{PASSWORD, with};
use crate::support::routes::{self, Fixture};
use serde_json::json;

/// Parts of paths that are skipped: their responses are not pages, or are pages for visitors.
const SKIPPED: [&str; 8] =
    ["/static/", ".json", ".csv", "/healthz", "/readyz", "/metrics", "/password/", "/login"];

async fn check_every_page(app: &TestApp, login_name: &str) {
    let mut fixture = Fixture::make(app).await;
    fixture.own_key_of(app, login_name).await;
    for number in 0..25 {
        app.add("owner", with(&format!("kd{number}"), json!({ "emails": 5, "name": "Müller", "city": "Köln", "company": "A long company name that needs some room GmbH & Co. KG" }))).await.unwrap();
    }
    app.suspend("admin", "kd3", true).await.unwrap();
    app.sql(&format!(
        "UPDATE logins SET failed_count = 12, last_failed_at = {} WHERE name_key = 'kd4'",
        app.now().as_second()
    ))
    .await;
    app.sql("UPDATE jobs SET state = 'failed', attempts = 9, last_error = 'connection refused' WHERE subject = 'kd5'").await;
    app.sql("UPDATE customers SET emails_used = 4, diskspace_used = 1000 WHERE login_name IN ('theirs', 'kd1')").await;
    // German words are longer; the journeys use the English pages.
    app.sql("UPDATE admins SET language = 'de'").await;
    let browser = Chrome::start(app).await;
    browser.sign_in(login_name, PASSWORD).await;
    let mut checked = 0;
    for route in routes::pages() {
        if SKIPPED.iter().any(|part| route.path.contains(part)) {
            continue;
        }
        browser.open(&fixture.path(&route.path)).await;
        browser.check().await;
        checked += 1;
    }
    assert_eq!(checked, 49, "pages");
    // The page with a new key is only shown as the response to a form.
    browser.open("/account/api-keys/new").await;
    browser.fill("label", "Shop").await;
    browser.fill("current_password", PASSWORD).await;
    browser.submit("/account/api-keys").await;
    assert_eq!(browser.text("#new-key").await.len(), 64, "{}", browser.text("main").await);
    browser.check().await;
}

#[tokio::test]
#[ignore = "needs chromium and chromium-driver"]
async fn every_page_of_an_admin_passes_axe() {
    check_every_page(&TestApp::spawn().await, "admin").await;
}
