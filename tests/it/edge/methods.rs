//! Methods that a path does not have: 405 with the methods that it has.

use crate::support::routes::{self, Fixture, Route};
use crate::support::{Client, Page, TestApp};
use actix_web::dev::ResourceDef;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const METHODS: [&str; 6] = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"];

/// Returns whether a path matches a route.
fn matches(route: &Route, path: &str) -> bool {
    ResourceDef::new(route.pattern.as_str()).is_match(path)
}

async fn send_form(client: &Client, method: &str, path: &str) -> Page {
    // The panel keeps a form whose session has ended, but not one for a path that accepts none.
    let request =
        client.request(method, path).header("content-type", "application/x-www-form-urlencoded");
    client.send(request.body("name=value")).await
}

#[tokio::test]
async fn every_path_names_its_methods() {
    let app = TestApp::spawn().await;
    let fixture = Fixture::make(&app).await;
    let routes = routes::all();
    for (client, caller) in [
        (app.signed_in("admin").await, "admin"),
        (app.signed_in("theirs").await, "customer"),
        (app.browser(), "nobody"),
    ] {
        for route in routes.iter().filter(|route| !route.path.starts_with("/api")) {
            let path = fixture.path(&route.path);
            let known: Vec<&str> = routes
                .iter()
                .filter(|other| matches(other, &path))
                .map(|other| other.method.as_str())
                .collect();
            for method in METHODS.into_iter().filter(|method| !known.contains(method)) {
                let page = send_form(&client, method, &path).await;
                assert_eq!(page.status, 405, "{caller}: {method} {path}: {}", page.said());
                assert!(
                    page.is_html() && page.has("[data-status='405']"),
                    "{caller}: {method} {path}: {}",
                    page.text
                );
                let with_head = known.iter().flat_map(|method| match *method {
                    "GET" => &["GET", "HEAD"][..],
                    _ => &["POST"],
                });
                let expected: BTreeSet<&str> = with_head.copied().collect();
                let allowed: BTreeSet<&str> = page.header("allow").split(", ").collect();
                assert_eq!(allowed, expected, "{caller}: {method} {path}");
            }
        }
        assert_eq!(send_form(&client, "PUT", "/no-such-page").await.status, 404, "{caller}");
    }
}

#[tokio::test]
async fn below_api_responses_are_json() {
    let app = TestApp::spawn().await;
    for (path, methods, code) in [
        ("/api", "POST", "method-not-allowed"),
        ("/api.php", "POST", "method-not-allowed"),
        ("/api/Customers.get", "POST", "method-not-allowed"),
        ("/api/openapi.json", "GET, HEAD", "only-to-look-at"),
        ("/api/docs", "GET, HEAD, POST", "method-not-allowed"),
    ] {
        let page = send_form(&app.browser(), "PUT", path).await;
        assert_eq!(
            (page.status, page.header("allow"), page.header("content-type")),
            (405, methods, "application/json"),
            "{path}"
        );
        let body: Value = serde_json::from_str(&page.text).unwrap();
        assert_eq!(body["error"], json!(code), "{path}");
    }
    for path in ["/api.php/nowhere", "/api/no/where"] {
        let page = send_form(&app.browser(), "POST", path).await;
        assert_eq!((page.status, page.header("content-type")), (404, "application/json"), "{path}");
        let body: Value = serde_json::from_str(&page.text).unwrap();
        assert_eq!(body["error"], json!("route-unknown"), "{path}");
    }
}
