//! A field of a customer is everywhere where people and programs look for it.

use crate::support::TestApp;
use clientele::domain::request::{Request as _, Visibility};
use clientele::services::customers::AddCustomer;
use serde_json::json;

/// What is only said once, when a customer is added.
const ONCE: [&str; 5] = [
    "new_loginname",
    "new_customer_password",
    "sendpassword",
    "createstdsubdomain",
    "store_defaultindex",
];

/// What customers choose for themselves, and what is shown only where the provider allows it.
const NOT_IN_FORMS: [&str; 2] = ["theme", "shell_allowed"];
/// Parameters whose columns Froxlor calls otherwise.
const RENAMED: [(&str, &str); 2] = [("email_imap", "imap"), ("email_pop3", "pop3")];

fn parameters() -> Vec<&'static str> {
    let declared = AddCustomer::parameters().iter();
    let shown = declared.filter(|parameter| parameter.visibility != Visibility::Hidden);
    let names: Vec<&str> = shown.map(|parameter| parameter.name).collect();
    for name in ONCE.iter().chain(&NOT_IN_FORMS) {
        assert!(names.contains(name), "{name} is no parameter: {names:?}");
    }
    names
}

#[tokio::test]
async fn every_parameter_has_a_field_in_the_forms() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let admin = app.signed_in("admin").await;
    let (new, edit) =
        (admin.open("/customers/new").await, admin.open("/customers/meier/edit").await);
    let is_there = |page: &crate::support::Page, name: &str| page.has(&format!("[name='{name}']"));
    let in_forms = || parameters().into_iter().filter(|name| !NOT_IN_FORMS.contains(name));
    let missing: Vec<_> = in_forms().filter(|name| !is_there(&new, name)).collect();
    assert_eq!(missing, [""; 0], "no field to add a customer with");
    let lasting = in_forms().filter(|name| !ONCE.contains(name));
    let missing: Vec<_> = lasting.filter(|name| !is_there(&edit, name)).collect();
    assert_eq!(missing, [""; 0], "no field to change a customer with");
}

#[tokio::test]
async fn every_parameter_has_a_column_in_the_row() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let row = app.api("admin").await.data("Customers.get", json!({ "loginname": "meier" })).await;
    let lasting = parameters().into_iter().filter(|name| !ONCE.contains(name));
    // The row has one column for a limit and its "unlimited" switch.
    let columns = lasting.filter(|name| !name.ends_with("_ul"));
    let renamed = |name: &'static str| {
        RENAMED.iter().find(|(known, _)| *known == name).map_or(name, |(_, to)| *to)
    };
    let missing: Vec<_> = columns.filter(|name| row.get(renamed(name)).is_none()).collect();
    assert_eq!(missing, [""; 0], "no column in {row}");
}
