//! `Customers.get`, and the page of a customer.

use crate::support::Page;
use crate::support::TestApp;
use crate::support::make::with;
use clientele::services::ServiceError;
use serde_json::json;

#[tokio::test]
async fn c08_an_unknown_customer_is_not_found() {
    let app = TestApp::spawn().await;
    assert!(matches!(app.get("admin", "nobody").await, Err(ServiceError::NotFound(_))));
    assert_eq!(app.signed_in("admin").await.get("/customers/nobody").await.status, 404);
}

#[tokio::test]
async fn c09_a_customer_out_of_scope_is_not_found() {
    let app = TestApp::spawn().await;
    app.reseller("one", &[]).await;
    app.reseller("two", &[]).await;
    let meier = app.customer_of("one", "meier").await;
    let other = app.customer_of("two", "other").await;
    assert_eq!(app.get("one", "meier").await.unwrap().id, meier.id);
    assert!(matches!(app.get("two", "meier").await, Err(ServiceError::NotFound(_))));
    assert!(
        matches!(app.get("other", "meier").await, Err(ServiceError::NotFound(_))),
        "a customer sees only their own account"
    );
    assert_eq!(app.get("other", "other").await.unwrap().id, other.id);
    let two = app.signed_in("two").await;
    let (foreign, unknown) =
        (two.get("/customers/meier").await, two.get("/customers/nobody").await);
    assert_eq!((foreign.status, unknown.status), (404, 404));
    let comparable = |page: &Page, name: &str| {
        let token = page.attr("input[name=csrf_token]", "value").unwrap();
        page.text.replace(&token, "").replace(name, "…")
    };
    assert_eq!(
        comparable(&foreign, "meier"),
        comparable(&unknown, "nobody"),
        "the response does not reveal that the customer exists"
    );
}

#[tokio::test]
async fn the_page_shows_contact_data_and_no_secret() {
    let app = TestApp::spawn().await;
    app.add("admin", with("meier", json!({ "name": "O'Neil & Söhne", "city": "Köln", "custom_notes": "pays late", "emails_ul": 1 })))
        .await
        .unwrap();
    let page = app.signed_in("admin").await.open("/customers/meier").await;
    assert_eq!(page.h1(), "O'Neil & Söhne Active");
    for text in [
        "meier",
        "O'Neil & Söhne",
        "meier Ltd",
        "Köln",
        "pays late",
        "meier@customer.example",
        "10000",
    ] {
        assert!(
            page.html().root_element().text().collect::<String>().contains(text),
            "{text} is not shown"
        );
    }
    for hash in ["$argon2", "$6$"] {
        assert!(!page.text.contains(hash));
    }
}

#[tokio::test]
async fn a_name_is_found_whatever_its_case() {
    let app = TestApp::spawn().await;
    app.customer("Meier").await;
    let page = app.signed_in("admin").await.open("/customers/mEIER").await;
    assert!(page.has_form("/customers/Meier/suspend"), "{}", page.said());
}

#[tokio::test]
async fn c07_a_customer_sees_notes_only_if_they_are_marked_as_visible() {
    let app = TestApp::spawn().await;
    app.add("admin", with("hidden", json!({ "custom_notes": "pays late" }))).await.unwrap();
    app.add(
        "admin",
        with("shown", json!({ "custom_notes": "your server moves", "custom_notes_show": 1 })),
    )
    .await
    .unwrap();
    assert!(!app.signed_in("hidden").await.open("/").await.text.contains("pays late"));
    assert!(app.signed_in("shown").await.open("/").await.text.contains("your server moves"));
}

#[tokio::test]
async fn the_dashboard_counts_the_domains_that_it_names() {
    let app = TestApp::spawn().await;
    let customer = app.customer("meier").await;
    for name in ["a.example", "b.example", "c.example"] {
        let id = customer.id.0;
        app.sql(&format!("INSERT INTO domains (customer_id, name, document_root, created_at) VALUES ({id}, '{name}', '/', 0)")).await;
    }
    let page = app.signed_in("meier").await.open("/").await;
    assert!(page.text.contains("a.example, b.example, c.example"), "{}", page.text);
    let facts = page.all("dl.facts dd");
    let counted = facts.iter().find(|fact| fact.contains("a.example")).unwrap();
    assert!(counted.starts_with('3') && !counted.contains("meier."), "{counted}");
}
