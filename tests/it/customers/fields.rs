//! Every field of a customer is in each form, row, search and page that should have it.

use crate::support::TestApp;
use clientele::domain::request::{ParameterDeclaration, ParameterType, Request as _, Visibility};
use clientele::services::customers::AddCustomer;
use serde_json::json;

/// Parameters that a customer's row does not store under their names. The form for changes need not
/// have them.
const NOT_STORED: [&str; 5] = [
    "new_loginname",
    "new_customer_password",
    "sendpassword",
    "createstdsubdomain",
    "store_defaultindex",
];

/// Parameters that customers choose themselves, or that are shown only if the provider allows them.
const NOT_IN_FORMS: [&str; 2] = ["theme", "shell_allowed"];
/// Parameters whose columns have other names in Froxlor.
const RENAMED: [(&str, &str); 2] = [("email_imap", "imap"), ("email_pop3", "pop3")];

/// Parameters without a search condition: lists, and the plan, which is searched by its name.
const NOT_SEARCHED: [&str; 3] = ["allowed_phpconfigs", "allowed_mysqlserver", "hosting_plan_id"];
/// Switches whose labels on the customer's page differ from the form's.
const OTHER_LABELS: [&str; 1] = ["custom_notes_show"];

fn declared() -> Vec<ParameterDeclaration> {
    let shown = |parameter: &&ParameterDeclaration| parameter.visibility != Visibility::Hidden;
    let all: Vec<_> = AddCustomer::parameters().iter().filter(shown).copied().collect();
    for name in NOT_STORED.iter().chain(&NOT_IN_FORMS) {
        assert!(all.iter().any(|known| known.name == *name), "{name} is no parameter: {all:?}");
    }
    all
}

fn parameters() -> Vec<&'static str> {
    declared().into_iter().map(|parameter| parameter.name).collect()
}

/// Returns the stored parameters. A limit and its "unlimited" switch share a column.
fn columns() -> impl Iterator<Item = &'static str> {
    parameters().into_iter().filter(|name| !NOT_STORED.contains(name) && !name.ends_with("_ul"))
}

fn column_name(name: &'static str) -> &'static str {
    RENAMED.iter().find(|(known, _)| *known == name).map_or(name, |(_, to)| *to)
}

#[tokio::test]
async fn every_parameter_has_a_field_in_the_forms() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let admin = app.signed_in("admin").await;
    let (new, edit) =
        (admin.open("/customers/new").await, admin.open("/customers/meier/edit").await);
    let has_field = |page: &crate::support::Page, name: &str| page.has(&format!("[name='{name}']"));
    let in_forms = || parameters().into_iter().filter(|name| !NOT_IN_FORMS.contains(name));
    let missing: Vec<_> = in_forms().filter(|name| !has_field(&new, name)).collect();
    assert_eq!(missing, [""; 0], "no field to add a customer with");
    let stored = in_forms().filter(|name| !NOT_STORED.contains(name));
    let missing: Vec<_> = stored.filter(|name| !has_field(&edit, name)).collect();
    assert_eq!(missing, [""; 0], "no field to change a customer with");
}

#[tokio::test]
async fn every_parameter_has_a_column_in_the_row() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let row = app.api("admin").await.data("Customers.get", json!({ "loginname": "meier" })).await;
    let missing: Vec<_> = columns().filter(|name| row.get(column_name(name)).is_none()).collect();
    assert_eq!(missing, [""; 0], "no column in {row}");
}

#[tokio::test]
async fn every_parameter_can_be_searched() {
    let app = TestApp::spawn().await;
    let api = app.api("admin").await;
    let mut missing = Vec::new();
    for name in columns().filter(|name| !NOT_SEARCHED.contains(name)) {
        let search = json!({ "sql_search": { column_name(name): "1" } });
        if api.call("Customers.listing", search).await.status != 200 {
            missing.push(name);
        }
    }
    assert_eq!(missing, [""; 0], "no column to search");
}

/// Texts are found by their values; switches and limits by the labels of the form.
#[tokio::test]
async fn every_parameter_is_on_the_page_of_the_customer() {
    let app = TestApp::spawn().await;
    let value = |name: &str| match name {
        "email" => "fields@example.org".to_owned(),
        "phone" => "+49 30 901820".to_owned(),
        "fax" => "+49 30 901821".to_owned(),
        "zipcode" => "10178".to_owned(),
        name => format!("A {name}"),
    };
    let texts: Vec<&str> = declared()
        .into_iter()
        .filter(|parameter| {
            parameter.kind == ParameterType::Text && !NOT_STORED.contains(&parameter.name)
        })
        .map(|parameter| parameter.name)
        .filter(|name| *name != "hosting_plan_id")
        .collect();
    let mut sent = json!({ "new_loginname": "meier" });
    for name in &texts {
        sent[*name] = json!(value(name));
    }
    app.api("admin").await.data("Customers.add", sent).await;
    let admin = app.signed_in("admin").await;
    let (edit, show) =
        (admin.open("/customers/meier/edit").await, admin.open("/customers/meier").await);
    let shown = show.first("main").unwrap();
    let missing: Vec<_> = texts.into_iter().filter(|name| !shown.contains(&value(name))).collect();
    assert_eq!(missing, [""; 0], "texts that are not in {shown}");
    let labelled = declared().into_iter().filter(|parameter| {
        let name = parameter.name;
        matches!(parameter.kind, ParameterType::Flag | ParameterType::Limit(_))
            && !name.ends_with("_ul")
            && !NOT_STORED.contains(&name)
            && !NOT_IN_FORMS.contains(&name)
            && !OTHER_LABELS.contains(&name)
    });
    let missing: Vec<_> = labelled
        .map(|parameter| parameter.name)
        .filter(|name| {
            let label = edit.first(&format!("label[for='{name}']")).unwrap();
            !shown.contains(label.trim())
        })
        .collect();
    assert_eq!(missing, [""; 0], "labels that are not in {shown}");
}
