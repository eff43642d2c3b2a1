//! Hosting plans.

use crate::support::TestApp;
use crate::support::form::OFF;
use crate::support::make::with;
use serde_json::{Value, json};

#[tokio::test]
async fn p01_a_plan_is_added_and_shown() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let typed = [
        ("name", "Gold"),
        ("description", "For shops"),
        ("diskspace_ul", "1"),
        ("traffic_ul", "1"),
        ("emails", "15"),
        ("email_imap", "1"),
        ("email_pop3", OFF),
    ];
    let response = admin.submit("/plans/new", "/plans", &typed).await;
    assert_eq!(response.status, 303, "{}", response.said());
    let page = admin.follow(&response).await;
    assert!(page.text.contains("Gold"));
    assert_eq!(
        app.count(
            "plans",
            "name = 'Gold' AND diskspace IS NULL AND emails = 15 AND imap AND NOT pop3"
        )
        .await,
        1
    );
    assert!(admin.open("/plans").await.text.contains("Gold"));
}

#[tokio::test]
async fn p02_invalid_plans_are_refused() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    for (field, value) in [
        ("name", ""),
        ("name", " \u{a0}"),
        ("name", "a<b"),
        ("emails", "-1000"),
        ("diskspace", "x"),
        ("allowed_phpconfigs", "99"),
    ] {
        let typed = [("name", "Gold"), (field, value)];
        let page = admin.submit("/plans/new", "/plans", &typed).await;
        assert_eq!(page.status, 422, "{field}={value}");
        assert_eq!(page.wrong_fields(), [field]);
    }
    assert_eq!(app.count("plans", "1=1").await, 0);
}

#[tokio::test]
async fn p03_p04_p05_p06_p08_accounts_see_their_own_plans() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.customer("meier").await;
    let foreign = app.plan("admin", "Adminplan", &[]).await;
    let own = app.plan("reseller", "Resellerplan", &[]).await;
    let list = app.signed_in("admin").await.open("/plans").await.text;
    assert!(list.contains("Adminplan") && list.contains("Resellerplan"));
    let reseller = app.signed_in("reseller").await;
    let list = reseller.open("/plans").await.text;
    assert!(!list.contains("Adminplan") && list.contains("Resellerplan"));
    for path in [
        format!("/plans/{foreign}.json"),
        format!("/plans/{foreign}/edit"),
        format!("/plans/{foreign}/delete"),
        "/plans/999/edit".to_owned(),
        "/plans/x/edit".to_owned(),
    ] {
        assert_eq!(reseller.get(&path).await.status, 404, "{path}");
    }
    reseller.open(&format!("/plans/{own}/edit")).await;
    let meier = app.signed_in("meier").await;
    for path in [
        "/plans".to_owned(),
        "/plans/new".to_owned(),
        format!("/plans/{own}.json"),
        format!("/plans/{own}/edit"),
    ] {
        assert_eq!(meier.get(&path).await.status, 403, "{path}");
    }
}

#[tokio::test]
async fn p07_a_plan_is_edited_and_its_customers_stay_as_they_are() {
    let app = TestApp::spawn().await;
    let plan = app.plan("admin", "Gold", &[("emails", "15"), ("diskspace", "1572864")]).await;
    app.add("admin", with("meier", json!({ "hosting_plan_id": plan }))).await.unwrap();
    let admin = app.signed_in("admin").await;
    let (edit, action) = (format!("/plans/{plan}/edit"), format!("/plans/{plan}"));
    let page = admin.open(&edit).await;
    assert_eq!(
        (page.value("emails").as_deref(), page.value("diskspace").as_deref()),
        (Some("15"), Some("1.5"))
    );
    let response = admin.submit(&edit, &action, &[("ftps", "20")]).await;
    assert_eq!(response.status, 303, "{}", response.said());
    assert_eq!(
        app.count("plans", "name = 'Gold' AND ftps = 20 AND emails = 15 AND diskspace = 1572864")
            .await,
        1
    );
    assert_eq!(app.count("customers", "ftps = 0 AND emails = 15").await, 1);
}

#[tokio::test]
async fn a_stale_edit_of_a_plan_is_refused() {
    let app = TestApp::spawn().await;
    let plan = app.plan("admin", "Gold", &[]).await;
    let (edit, action) = (format!("/plans/{plan}/edit"), format!("/plans/{plan}"));
    let admin = app.signed_in("admin").await;
    let (one, two) = (
        admin.form(&edit, &action).await.with("emails", "1"),
        admin.form(&edit, &action).await.with("emails", "2"),
    );
    assert_eq!(admin.post(&one).await.status, 303);
    assert_eq!(admin.post(&two).await.status, 409);
    assert_eq!(app.count("plans", "emails = 1").await, 1);
}

#[tokio::test]
async fn p09_deleting_a_plan_leaves_its_customers_without_one() {
    let app = TestApp::spawn().await;
    let plan = app.plan("admin", "Gold", &[("emails", "15")]).await;
    app.add("admin", with("meier", json!({ "hosting_plan_id": plan }))).await.unwrap();
    let path = format!("/plans/{plan}/delete");
    let admin = app.signed_in("admin").await;
    let page = admin.open(&path).await;
    let response = admin.post(&page.form(&path).with("confirm", "Gold")).await;
    assert_eq!(response.status, 303, "{}", response.said());
    let customer = app.get("admin", "meier").await.unwrap();
    assert_eq!(
        (
            customer.profile.plan,
            customer.profile.services.limits[clientele::domain::resources::Resource::Emails]
                .limit()
        ),
        (None, Some(15))
    );
}

#[tokio::test]
async fn the_values_of_a_plan_are_available_as_json() {
    let app = TestApp::spawn().await;
    let plan = app
        .plan(
            "admin",
            "Gold",
            &[("emails", "15"), ("diskspace", "NULL"), ("traffic", "3221225472"), ("imap", "TRUE")],
        )
        .await;
    let response = app.signed_in("admin").await.open(&format!("/plans/{plan}.json")).await;
    let values: Value = serde_json::from_str(&response.text).unwrap();
    let values = &values["values"];
    assert_eq!(values["diskspace"], Value::Null);
    assert_eq!(
        (values["email_imap"].as_bool(), values["email_pop3"].as_bool()),
        (Some(true), Some(false))
    );
    assert_eq!(
        (
            values["emails"].to_string().trim_matches('"'),
            values["traffic"].to_string().trim_matches('"')
        ),
        ("15", "3")
    );
}

#[tokio::test]
async fn a_limit_switched_from_unlimited_is_kept() {
    let app = TestApp::spawn().await;
    let plan = app.plan("admin", "Gold", &[("emails", "NULL")]).await;
    let admin = app.signed_in("admin").await;
    let response = admin
        .submit(
            &format!("/plans/{plan}/edit"),
            &format!("/plans/{plan}"),
            &[("emails_ul", OFF), ("emails", "4")],
        )
        .await;
    assert_eq!(response.status, 303, "{}", response.said());
    assert_eq!(app.count("plans", "emails = 4").await, 1);
}
