//! Typed texts are stored in Unicode's composed form (NFC), whichever entry point receives them,
//! and searches find both forms.

use crate::support::database::{Engine, engine};
use crate::support::make::{PASSWORD, with};
use crate::support::{Client, TestApp};
use serde_json::json;
use unicode_normalization::UnicodeNormalization as _;

/// Words in the decomposed form, as in file names of a Mac.
const DECOMPOSED: &str = "mu\u{308}nchen n\u{303}";
const COMPOSED: &str = "münchen ñ";

/// Returns the columns that contain a text that is not in composed form, as `table.column`.
async fn decomposed_columns(app: &TestApp) -> Vec<String> {
    let columns = [
        ("customers", "name firstname company street city email notes search_text name_sort"),
        ("admins", "name email notes"),
        ("plans", "name description"),
        ("php_configs", "description php_ini"),
        ("mysql_servers", "name"),
        ("webhooks", "label"),
        ("api_keys", "label"),
        ("settings", "value"),
        ("mail_templates", "subject body"),
        ("page_templates", "body"),
        ("audit_entries", "before after target_name"),
    ];
    let mut found = Vec::new();
    for (table, names) in columns {
        for column in names.split(' ') {
            let quoted = if engine() == Engine::Mariadb {
                format!("`{column}`")
            } else {
                format!("\"{column}\"")
            };
            let texts = app.texts(&format!("SELECT COALESCE({quoted}, '') FROM {table}")).await;
            assert!(!texts.is_empty(), "{table} is empty: the test covers nothing there");
            if texts.iter().any(|text| text.nfc().ne(text.chars())) {
                found.push(format!("{table}.{column}"));
            }
        }
    }
    found
}

/// Submits the forms of admins, PHP configurations, MySQL servers, webhooks, settings, templates and
/// API keys.
async fn submit_records_of_the_installation(admin: &Client) {
    let fields = [
        ("new_loginname", "seller"),
        ("admin_password", PASSWORD),
        ("name", DECOMPOSED),
        ("email", "o\u{308}@example.com"),
    ];
    admin
        .submit_and_follow(
            "/admins/new",
            "/admins",
            &[&fields[..], &[("custom_notes", DECOMPOSED), ("current_password", PASSWORD)]]
                .concat(),
        )
        .await;
    let php =
        [("description", DECOMPOSED), ("binary", "/usr/bin/php-cgi"), ("php_ini", DECOMPOSED)];
    admin.submit_and_follow("/php-configs/new", "/php-configs", &php).await;
    admin
        .submit_and_follow(
            "/mysql-servers/new",
            "/mysql-servers",
            &[("name", DECOMPOSED), ("host", "localhost")],
        )
        .await;
    admin
        .submit(
            "/webhooks/new",
            "/webhooks",
            &[("label", DECOMPOSED), ("url", "https://example.com/")],
        )
        .await;
    admin
        .submit_and_follow(
            "/settings",
            "/settings",
            &[("provider.name", DECOMPOSED), ("provider.contact", DECOMPOSED)],
        )
        .await;
    let body = format!("{DECOMPOSED} {{USERNAME}} {{PASSWORD}}");
    let template = "/mail-templates/welcome/en";
    admin.submit_and_follow(template, template, &[("subject", DECOMPOSED), ("body", &body)]).await;
    admin.submit_and_follow("/default-index", "/default-index", &[("body", DECOMPOSED)]).await;
    let key = [("label", DECOMPOSED), ("current_password", PASSWORD)];
    admin.submit("/account/api-keys/new", "/account/api-keys", &key).await;
}

#[tokio::test]
async fn typed_texts_are_stored_composed() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let email = "u\u{308}mit@example.com";
    let lines = [
        ("name", DECOMPOSED),
        ("firstname", DECOMPOSED),
        ("company", DECOMPOSED),
        ("street", DECOMPOSED),
        ("city", DECOMPOSED),
        ("custom_notes", DECOMPOSED),
    ];
    let form: Vec<_> = lines
        .into_iter()
        .chain([("email", email), ("new_loginname", "form"), ("new_customer_password", PASSWORD)])
        .collect();
    admin.submit_and_follow("/customers/new", "/customers", &form).await;
    let lines = json!({ "name": DECOMPOSED, "firstname": DECOMPOSED, "company": DECOMPOSED, "street": DECOMPOSED, "city": DECOMPOSED, "custom_notes": DECOMPOSED });
    let api = app.api("admin").await;
    api.data("Customers.add", with("viaapi", lines)).await;
    api.data(
        "Customers.update",
        json!({ "loginname": "viaapi", "city": DECOMPOSED, "email": email }),
    )
    .await;

    admin
        .submit_and_follow(
            "/plans/new",
            "/plans",
            &[("name", DECOMPOSED), ("description", DECOMPOSED)],
        )
        .await;
    api.data(
        "HostingPlans.add",
        json!({ "name": format!("{DECOMPOSED} 2"), "description": DECOMPOSED }),
    )
    .await;
    let csv = format!(
        "email,name,firstname,company,city,plan,loginname\nx@example.com,{DECOMPOSED},{DECOMPOSED},{DECOMPOSED},{DECOMPOSED},{DECOMPOSED},viacsv\n"
    );
    let form = admin.form("/customers/import", "/customers/import").await;
    let confirm = admin.upload(&form, csv.as_bytes()).await.form("/customers/import/confirm");
    assert_eq!(
        admin.post(&confirm).await.status,
        303,
        "a plan is found by its name in either form"
    );

    submit_records_of_the_installation(&admin).await;
    assert_eq!(decomposed_columns(&app).await, Vec::<String>::new());
    assert_eq!(app.count("api_keys", &format!("label = '{COMPOSED}'")).await, 1);

    for word in [DECOMPOSED, COMPOSED] {
        assert_eq!(app.find("admin", word).await.len(), 3, "{word}");
        assert_eq!(app.find("admin", &format!("city:\"{word}\"")).await.len(), 3);
        for search in [
            json!({ "city": word }),
            json!({ "city": { "op": "=", "value": word } }),
            json!({ "city": { "op": "in", "value": [word] } }),
        ] {
            assert_eq!(
                api.data("Customers.listingCount", json!({ "sql_search": search })).await,
                3,
                "{search}"
            );
        }
        assert_eq!(
            api.data("HostingPlans.listingCount", json!({ "sql_search": { "name": word } })).await,
            2
        );
        let word = word.replace(' ', "+");
        assert_eq!(admin.open(&format!("/plans?q={word}")).await.all("tr[data-plan]").len(), 2);
        assert_eq!(admin.open(&format!("/admins?q={word}")).await.rows(), ["seller"]);
        assert!(admin.open(&format!("/audit?q={word}")).await.text.contains(COMPOSED));
    }
}
