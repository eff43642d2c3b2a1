//! `Customers.add`: chosen and generated login names.

use crate::support::TestApp;
use crate::support::make::{refused, with};
use serde_json::json;

/// Returns the error of a login name that must be refused.
async fn refusal(app: &TestApp, login_name: &str) -> String {
    let errors = refused(
        app.add("admin", with(login_name, json!({ "email": "a@example.com", "company": "Ltd" })))
            .await,
    );
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors[0].strip_prefix("new_loginname: ").unwrap_or(&errors[0]).to_owned()
}

/// Returns parameters without a login name.
fn without_login_name() -> serde_json::Value {
    json!({ "email": "a@example.com", "company": "Ltd" })
}

#[tokio::test]
async fn c22_c24_c25_c26_d22_d23_invalid_and_existing_names_are_refused() {
    let app = TestApp::spawn().await;
    app.customer("test1").await;
    app.reseller("seller", &[]).await;
    for (name, expected) in [
        ("web1", "loginname-uses-prefix"),
        ("WEB1", "loginname-uses-prefix"),
        ("web1abc", "loginname-uses-prefix"),
        ("test1", "loginname-exists"),
        ("TEST1", "loginname-exists"),
        ("seller", "loginname-exists"),
        ("Seller", "loginname-exists"),
        ("user-", "loginname-invalid"),
        ("us-er", "loginname-invalid"),
        ("us--er", "loginname-invalid"),
        ("u", "loginname-format"),
        ("1user", "loginname-format"),
        ("us er", "loginname-format"),
        ("us/er", "loginname-format"),
        ("us\ner", "loginname-format"),
        ("../etc", "loginname-format"),
        ("müller", "loginname-format"),
        ("root", "loginname-reserved"),
        ("Root", "loginname-reserved"),
        ("froxlor", "loginname-reserved"),
        ("daemon", "loginname-system-account"),
        ("Daemon", "loginname-system-account"),
    ] {
        assert_eq!(refusal(&app, name).await, expected, "{name:?}");
    }
    assert_eq!(refusal(&app, &"x".repeat(62)).await, "loginname-too-long");
    app.customer(&"x".repeat(61)).await;
}

#[tokio::test]
async fn d22_the_maximum_length_also_applies_with_hyphens_allowed() {
    let app = TestApp::spawn().await;
    app.set("customer.unix_names", "0").await;
    app.set("customer.loginname_max", "10").await;
    app.customer("a-b_c").await;
    app.customer("abcdefghij").await;
    assert_eq!(refusal(&app, "abcdefghijk").await, "loginname-too-long");
    assert_eq!(refusal(&app, "a--b").await, "loginname-invalid");
    assert_eq!(refusal(&app, "ab-").await, "loginname-invalid");
}

#[tokio::test]
async fn c23_without_a_name_the_next_number_is_used() {
    let app = TestApp::spawn().await;
    let first = app
        .add("admin", json!({ "email": "a@example.com", "company": "Ltd", "new_loginname": "", "perlenabled": 2, "dnsenabled": 4 }))
        .await
        .unwrap();
    assert_eq!(first.login_name.as_str(), "web1");
    assert!(first.profile.services.perl && first.profile.services.dns);
    assert_eq!(app.add("admin", without_login_name()).await.unwrap().login_name.as_str(), "web2");
    app.set("customer.account_prefix", "kd").await;
    assert_eq!(app.add("admin", without_login_name()).await.unwrap().login_name.as_str(), "kd3");
}

#[tokio::test]
async fn d15_numbers_skip_existing_names() {
    let app = TestApp::spawn().await;
    app.set("customer.account_prefix", "kd").await;
    for existing in ["web1", "web2"] {
        app.customer(existing).await;
    }
    app.make_admin("web3").await;
    std::fs::create_dir(app.home("web4")).unwrap();
    app.set("customer.account_prefix", "web").await;
    assert_eq!(app.add("admin", without_login_name()).await.unwrap().login_name.as_str(), "web5");
}

#[tokio::test]
async fn d14_no_two_customers_share_a_unix_user() {
    let app = TestApp::spawn().await;
    let first = app.customer("one").await;
    let second = app.customer("two").await;
    assert_eq!((first.guid, second.guid), (10_000, 10_001));
    let inserted = app.app.db.write(async |tx| {
        db::logins::insert(tx, "three", db::logins::LoginKind::Customer, "x", app.now()).await
    });
    let login = inserted.await.unwrap_or_else(|error: db::DbError| panic!("{error}"));
    let duplicate = db::customers::NewCustomerRow {
        login,
        login_name: &clientele::domain::login_name::LoginName::stored("three".to_owned()),
        owner: first.owner,
        profile: &first.profile,
        guid: first.guid,
        document_root: "/three/",
    };
    let outcome =
        app.app.db.write(async |tx| db::customers::insert(tx, &duplicate, app.now()).await).await;
    assert!(
        matches!(outcome, Err(db::DbError::UniqueViolation(_))),
        "the database itself refuses: {outcome:?}"
    );
}

#[tokio::test]
async fn d23_names_are_unique_whatever_their_case() {
    let app = TestApp::spawn().await;
    let customer = app.customer("MeIer").await;
    assert_eq!(customer.login_name.as_str(), "MeIer", "the name is kept as it was typed");
    assert_eq!(app.get("admin", "meier").await.unwrap().id, customer.id);
    assert_eq!(refusal(&app, "meier").await, "loginname-exists");
}
