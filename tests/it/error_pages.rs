//! Error pages: for every role and in every language, with a heading, advice and a link.

use crate::support::chrome::Chrome as Browser;
use crate::support::make::PASSWORD;
use crate::support::{Page, TestApp};
use actix_web::http::StatusCode;
use clientele::domain::account::Language;
use clientele::web::error;
use clientele::web::nav::Role;
use clientele::web::page::{Chrome, SignedInAccount};

/// Asserts that a response is a page with a heading, a text, and the frame of the account.
#[track_caller]
fn assert_error_page(page: &Page, status: u16, is_signed_in: bool) {
    assert_eq!(page.status, status, "{}", page.said());
    assert!(page.is_html(), "{} {status} is no page: {}", page.path, page.text);
    assert!(
        page.has(&format!("[data-status='{status}']")),
        "{} {status}: {}",
        page.path,
        page.text
    );
    assert_eq!(
        page.has("nav#nav a[href='/']"),
        is_signed_in,
        "{} {status}: the navigation",
        page.path
    );
    let link = if is_signed_in { "main a[href='/']" } else { "main a[href='/login']" };
    assert!(page.has(link), "{} {status}: no link", page.path);
}

#[tokio::test]
async fn an_unknown_address_keeps_the_navigation_and_offers_the_search() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    for (login_name, may_search) in [("admin", true), ("meier", false)] {
        let client = app.signed_in(login_name).await;
        for path in ["/no-such-page", "/customers/nobody/nothing", "/x.html?a=b"] {
            let page = client.get(path).await;
            assert_error_page(&page, 404, true);
            assert_eq!(
                page.has("main form[action='/customers'] [name=q]"),
                may_search,
                "{login_name} {path}"
            );
        }
    }
    let visitor = app.browser();
    let page = visitor.get("/no-such-page").await;
    assert_error_page(&page, 404, false);
    assert_eq!(visitor.cookie(), None, "reading creates no session");
}

#[tokio::test]
async fn every_refusal_is_a_page() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let admin = app.signed_in("admin").await;
    assert_error_page(&app.signed_in("meier").await.get("/settings").await, 403, true);
    assert_error_page(&admin.get("/customers/nobody").await, 404, true);
    for (client, is_signed_in, form) in
        [(&admin, true, "/account/language"), (&app.browser(), false, "/login")]
    {
        assert_error_page(&client.send(client.request("PUT", "/audit")).await, 405, is_signed_in);
        assert_error_page(&client.post_raw(form, "x".repeat(600 * 1024)).await, 413, is_signed_in);
    }
    let forged = admin.post_raw("/account/language", "csrf_token=wrong".to_owned()).await;
    assert_error_page(&forged, 403, true);
    app.suspend("admin", "meier", true).await.unwrap();
    let form = admin.form("/customers/meier", "/customers/meier/resume").await;
    let act = admin.post_raw("/customers/meier/impersonate", form.body()).await;
    assert_error_page(&act, 409, true);
    assert!(act.text.contains("Resume the customer first"), "{}", act.said());
}

#[tokio::test]
async fn a_failing_database_is_reported_in_the_frame_with_a_retry() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    app.sql("ALTER TABLE audit_entries RENAME TO gone").await;
    let page = admin.get("/audit?q=x").await;
    assert_error_page(&page, 500, true);
    assert!(page.has("main a[href='/audit?q=x']"), "a link to try again: {}", page.text);
    app.sql("ALTER TABLE gone RENAME TO audit_entries").await;
    assert_eq!(admin.get("/audit?q=x").await.status, 200);
}

/// Statuses of the framework and of other layers.
#[tokio::test]
async fn every_status_has_a_text_in_every_language() {
    for &lang in Language::ALL {
        let mut titles = std::collections::BTreeSet::new();
        for status in [400, 403, 404, 405, 408, 413, 415, 422, 429, 500, 503] {
            let signed_in = SignedInAccount {
                loginname: "web1".to_owned(),
                name: String::new(),
                role: Role::Customer,
                acting_admin: None,
                acting_lang: clientele::domain::account::Language::default(),
                can_manage_api_keys: false,
            };
            for account in [None, Some(signed_in)] {
                let c = Chrome { lang, account, ..Chrome::default() };
                let response = error::framework_error_page(
                    StatusCode::from_u16(status).unwrap(),
                    Some("/here".to_owned()),
                    c,
                );
                assert_eq!(response.status().as_u16(), status);
                let body = actix_web::body::to_bytes(response.into_body()).await.unwrap();
                let text = String::from_utf8(body.to_vec()).unwrap();
                assert!(!text.contains('⟦'), "{status} in {lang:?}: a text is missing");
                assert!(text.contains(&format!("data-status=\"{status}\"")), "{status}");
                assert_eq!(
                    text.contains("href=\"/here\""),
                    matches!(status, 429 | 500 | 503),
                    "{status}: trying again"
                );
                titles.insert(
                    text.split("<h1>")
                        .nth(1)
                        .and_then(|rest| rest.split('<').next())
                        .unwrap_or_default()
                        .to_owned(),
                );
            }
        }
        assert_eq!(titles.len(), 10, "only 400 and 422 have the same title: {titles:?}");
    }
}

#[tokio::test]
#[ignore = "needs chromium and chromium-driver"]
async fn error_pages_pass_axe_and_do_not_overflow() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let browser = Browser::start(&app).await;
    browser.open("/no-such-page").await;
    browser.check().await;
    browser.sign_in("meier", PASSWORD).await;
    for path in ["/no-such-page", "/settings"] {
        browser.open(path).await;
        browser.check().await;
    }
}
