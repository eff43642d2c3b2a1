//! Calls with a customer's own key.

use crate::support::TestApp;
use crate::support::make::with;
use serde_json::json;

/// Unlike in Froxlor (#d53), nothing is ignored silently. A known field that customers must not
/// change gives 403, and the call changes nothing.
#[tokio::test]
async fn forbidden_parameters_of_customers_are_refused() {
    let app = TestApp::spawn().await;
    app.add("admin", with("web", json!({ "api_allowed": true }))).await.unwrap();
    let api = app.api("web").await;
    for (name, value) in [
        ("email", json!("x@example.com")),
        ("diskspace", json!(99)),
        ("diskspace_ul", json!(1)),
        ("deactivated", json!(0)),
        ("api_allowed", json!(1)),
        ("custom_notes_show", json!(1)),
        ("move_to_admin", json!(1)),
        ("hosting_plan_id", json!(1)),
        ("sendpassword", json!(1)),
        ("version", json!(1)),
    ] {
        let reply = api
            .call(
                "Customers.update",
                json!({ "loginname": "web", "def_language": "de", name: value }),
            )
            .await;
        assert_eq!(
            (reply.refusal().as_str(), reply.fields()),
            ("403 field-forbidden", vec![format!("{name}: field-forbidden")])
        );
    }
    assert_eq!(
        api.refusal("Customers.update", json!({ "loginname": "web", "foo": 1 })).await,
        "400 parameter-unknown"
    );
    assert_eq!(
        api.refusal("Customers.update", json!({ "loginname": "admin", "theme": "dark" })).await,
        "401 not-yourself"
    );
    assert_eq!(
        api.data("Customers.get", json!({ "loginname": "web" })).await["def_language"],
        "en",
        "nothing was done"
    );
}

#[tokio::test]
async fn language_theme_and_password() {
    let app = TestApp::spawn().await;
    app.add("admin", with("web", json!({ "api_allowed": true }))).await.unwrap();
    let api = app.api("web").await;
    let row = api
        .data(
            "Customers.update",
            json!({ "loginname": "WEB", "def_language": "de", "theme": "Froxlor_dark" }),
        )
        .await;
    assert_eq!((&row["def_language"], &row["theme"]), (&json!("de"), &json!("Froxlor_dark")));
    let row = api.data("Customers.update", json!({ "loginname": "web", "theme": "" })).await;
    assert_eq!(row["theme"], "Froxlor", "an empty value means the default");
    for (params, refusal) in [
        (json!({ "def_language": "xx" }), "400 language-unknown"),
        (json!({ "theme": "../dark" }), "400 theme-unknown"),
        (json!({ "new_customer_password": "short" }), "400 password-too-short"),
        (json!({ "new_customer_password": ["x"] }), "400 type-text"),
    ] {
        let mut all = params.clone();
        all["loginname"] = json!("web");
        assert_eq!(api.refusal("Customers.update", all).await, refusal, "{params}");
    }
}

#[tokio::test]
async fn customers_cannot_call_commands_of_managers() {
    let app = TestApp::spawn().await;
    app.add("admin", with("web", json!({ "api_allowed": true }))).await.unwrap();
    let api = app.api("web").await;
    for command in [
        "Customers.listing",
        "Customers.listingCount",
        "Customers.add",
        "Customers.delete",
        "Customers.unlock",
        "Customers.move",
        "HostingPlans.listing",
        "HostingPlans.listingCount",
        "HostingPlans.add",
        "HostingPlans.get",
        "HostingPlans.update",
        "HostingPlans.delete",
        "Admins.listing",
        "Admins.listingCount",
        "Admins.add",
        "Admins.get",
        "Admins.update",
        "Admins.delete",
        "Admins.unlock",
    ] {
        // The caller's permission is checked before the parameters.
        assert_eq!(
            api.refusal(command, json!({ "foo": [] })).await,
            "403 not-allowed",
            "{command}"
        );
    }
}

crate::support::api::same_at_the_compatible_address!(customers_cannot_call_commands_of_managers,);
