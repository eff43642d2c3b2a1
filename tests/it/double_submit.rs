//! A form that creates a record and is sent twice creates it once.

use crate::support::form::Form;
use crate::support::{Client, TestApp};

async fn customer_form(client: &Client) -> Form {
    client
        .form("/customers/new", "/customers")
        .await
        .with("email", "neu@example.com")
        .with("company", "Neu GmbH")
}

#[tokio::test]
async fn the_second_request_is_redirected_to_the_first_result() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let form = customer_form(&admin).await;
    let (first, second) = (admin.post(&form).await, admin.post(&form).await);
    assert_eq!((first.status, first.location()), (303, "/customers/web1"), "{}", first.said());
    assert_eq!((second.status, second.location()), (303, "/customers/web1"), "{}", second.said());
    assert_eq!(app.count("customers", "1=1").await, 1);
}

#[tokio::test]
async fn ten_simultaneous_requests_add_one_customer() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let form = customer_form(&admin).await.with("new_loginname", "neu");
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let (admin, form) = (admin.clone(), form.clone());
        tasks.spawn(async move {
            let response = admin.post(&form).await;
            (response.status, response.location().to_owned())
        });
    }
    for response in tasks.join_all().await {
        assert_eq!(response, (303, "/customers/neu".to_owned()));
    }
    assert_eq!(app.count("customers", "1=1").await, 1);
    app.assert_counters().await;
}

#[tokio::test]
async fn a_form_that_failed_can_be_sent_again() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let page = admin.post(&customer_form(&admin).await.with("email", "nobody")).await;
    assert_eq!(page.status, 422);
    let response = admin.post(&page.form("/customers").with("email", "neu@example.com")).await;
    assert_eq!(response.status, 303, "{}", response.said());
}

#[tokio::test]
async fn a_repeated_form_creates_one_admin_or_plan() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let new_admin = admin.form("/admins/new", "/admins").await;
    let new_admin = [
        ("new_loginname", "seller"),
        ("email", "s@example.com"),
        ("name", "Seller"),
        ("admin_password", crate::support::make::PASSWORD),
    ]
    .iter()
    .fold(new_admin, |form, (name, value)| form.with(name, value));
    let new_plan = admin.form("/plans/new", "/plans").await.with("name", "Gold");
    for form in [new_admin, new_plan] {
        let (first, second) = (admin.post(&form).await, admin.post(&form).await);
        assert_eq!(first.status, 303, "{}", first.said());
        assert_eq!(
            (second.status, second.location()),
            (303, first.location()),
            "{}",
            second.said()
        );
    }
    assert_eq!((app.count("admins", "1=1").await, app.count("plans", "1=1").await), (2, 1));
}
