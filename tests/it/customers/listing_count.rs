//! `Customers.listingCount`: the totals of the list.

use crate::support::TestApp;
use crate::support::make::with;
use clientele::domain::query::{Filter, Status, parse_search};
use clientele::services::customers::listing_count;
use serde_json::json;

async fn count(app: &TestApp, by: &str, filter: &Filter) -> u64 {
    let by = app.manager(by).await;
    let snapshot = app.app.open_view().await.unwrap();
    listing_count(snapshot.view(), &by, filter).await.unwrap()
}

#[tokio::test]
async fn c04_c05_counts_follow_scope_and_filter() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.customer("one").await;
    app.add("admin", with("two", json!({ "city": "Bonn" }))).await.unwrap();
    app.customer_of("reseller", "three").await;
    let everything = Filter::default();
    assert_eq!(
        (count(&app, "admin", &everything).await, count(&app, "reseller", &everything).await),
        (3, 1)
    );
    let bonn = parse_search("city:bonn", None).unwrap();
    assert_eq!(count(&app, "admin", &bonn).await, 1);
    let locked = Filter { status: Some(Status::Locked), ..Filter::default() };
    assert_eq!(count(&app, "admin", &locked).await, 0);
    app.sql(&format!(
        "UPDATE logins SET failed_count = 10, last_failed_at = {} WHERE name_key = 'one'",
        app.now().as_second()
    ))
    .await;
    assert_eq!(count(&app, "admin", &locked).await, 1);
}
