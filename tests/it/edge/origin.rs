//! The panel's own origins, and the messages for forms from another origin, without cookies, or out
//! of date.

use crate::support::TestApp;
use crate::support::make::PASSWORD;
use crate::support::program::Installation;
use jiff::SignedDuration;

#[tokio::test]
async fn host_and_public_url_are_own_origins() {
    let app = TestApp::spawn().await;
    let public = app.app.env.public_url.clone();
    let client = app.signed_in("admin").await;
    let body = client.open("/account").await.form("/account/theme").with("theme", "dark").body();
    let status = async |host: &str, origin: &str| {
        let request = client
            .request("POST", "/account/theme")
            .header("content-type", "application/x-www-form-urlencoded");
        client
            .send(request.header("host", host).header("origin", origin).body(body.clone()))
            .await
            .status
    };
    assert_eq!(status("10.0.0.7:9000", &public).await, 303, "a proxy that hides the host");
    assert_eq!(status("panel.example:443", "https://panel.example").await, 303);
    assert_eq!(status("panel.example", "https://panel.example:443").await, 303);
    assert_eq!(
        status("panel.example:80", "https://panel.example").await,
        303,
        "a proxy that adds its own port"
    );
    assert_eq!(status("panel.example", "https://panel.example:8443").await, 403);
    assert_eq!(status("panel.example", "https://evil.example").await, 403);
    assert_eq!(status("panel.example", "null").await, 403);
}

#[tokio::test]
async fn a_mismatch_is_logged_with_both_values() {
    let installation = Installation::new().with("CLIENTELE_LOG", "warn");
    let program = installation.serve().await;
    let client = program.browser();
    let form = client.form("/login", "/login").await;
    let request = client
        .request("POST", "/login")
        .header("content-type", "application/x-www-form-urlencoded");
    let response =
        client.send(request.header("origin", "https://panel.example").body(form.body())).await;
    assert_eq!(response.status, 403);
    assert!(response.text.contains("was sent from another site"), "{}", response.text);
    let output = program.wait_for_output("another origin").await;
    let line = output
        .lines()
        .find(|line| line.contains("another origin"))
        .unwrap_or_else(|| panic!("{output}"));
    let host = program.base.trim_start_matches("http://");
    for value in ["https://panel.example", host, &format!("public_url={:?}", program.base)] {
        assert!(line.contains(value), "{value} is not in {line}");
    }
}

#[tokio::test]
async fn without_cookies_the_page_explains_and_links_to_a_new_form() {
    let app = TestApp::spawn().await;
    for path in ["/login", "/password/forgot"] {
        let form = app.browser().form(path, path).await;
        let client = app.browser();
        let response = client.post(&form).await;
        assert_eq!(response.status, 403);
        assert!(response.text.contains("allow cookies"), "{}", response.text);
        assert_eq!(response.attr("a.btn", "href").as_deref(), Some(path));
    }
    let client = app.browser();
    client.open("/login").await;
    assert_eq!(client.sign_in("admin", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn an_outdated_form_is_reported_as_such() {
    let app = TestApp::spawn().await;
    let client = app.browser();
    let form =
        client.form("/login", "/login").await.with("loginname", "admin").with("password", PASSWORD);
    app.advance_clock(SignedDuration::from_hours(23));
    assert_eq!(client.post(&form).await.status, 303, "a day is not too long");
    let client = app.browser();
    let form =
        client.form("/login", "/login").await.with("loginname", "admin").with("password", PASSWORD);
    app.advance_clock(SignedDuration::from_hours(25));
    let response = client.post(&form).await;
    assert_eq!(response.status, 403);
    assert!(
        response.text.contains("The form expired, or your browser blocks"),
        "{}",
        response.text
    );
    assert_eq!(client.sign_in("admin", PASSWORD).await.status, 303, "with a fresh form");
}
