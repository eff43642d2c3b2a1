//! Imported customers equal customers who were added alone, and have unusable passwords if none is
//! sent.

use super::import::{confirm, preview};
use crate::support::TestApp;
use crate::support::make::PASSWORD;
use serde_json::Value;

/// Removes the id of an event, which is random.
fn without_event_id(mut text: String) -> String {
    if let Some(at) = text.find("evt_") {
        let end = text[at + 4..]
            .find(|c: char| !c.is_ascii_hexdigit())
            .map_or(text.len(), |length| at + 4 + length);
        text.replace_range(at..end, "");
    }
    text
}

/// Returns the rows of a customer without values that are unique to each customer.
async fn rows_of(app: &TestApp, name: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (table, sql) in [
        ("logins", format!("SELECT * FROM logins WHERE name_key = '{name}'")),
        ("customers", format!("SELECT * FROM customers WHERE login_name = '{name}'")),
        (
            "domains",
            format!(
                "SELECT domains.* FROM domains JOIN customers ON customers.id = customer_id WHERE login_name = '{name}'"
            ),
        ),
        ("ftp_users", format!("SELECT * FROM ftp_users WHERE username = '{name}'")),
        ("ftp_groups", format!("SELECT * FROM ftp_groups WHERE name = '{name}'")),
        (
            "php",
            format!(
                "SELECT php_config_id FROM customer_php_configs JOIN customers ON customers.id = customer_id WHERE login_name = '{name}'"
            ),
        ),
        (
            "mysql",
            format!(
                "SELECT mysql_server_id FROM customer_mysql_servers JOIN customers ON customers.id = customer_id WHERE login_name = '{name}' ORDER BY 1"
            ),
        ),
        (
            "passwords",
            format!(
                "SELECT mysql_passwords.* FROM mysql_passwords JOIN customers ON customers.id = customer_id WHERE login_name = '{name}'"
            ),
        ),
        ("jobs", format!("SELECT * FROM jobs WHERE subject = '{name}' ORDER BY kind")),
        ("audit", format!("SELECT * FROM audit_entries WHERE target_name = '{name}'")),
        ("events", format!("SELECT * FROM events WHERE subject = '{name}'")),
    ] {
        let Value::Array(rows) = app.json(&sql).await else { panic!("{sql}") };
        assert!(!rows.is_empty(), "{table} of {name}");
        for row in rows {
            let Value::Object(columns) = row else { panic!("{table}") };
            for (column, value) in columns {
                let unique = [
                    "id",
                    "login_id",
                    "customer_id",
                    "guid",
                    "uid",
                    "gid",
                    "sealed",
                    "message_id",
                    "password_hash",
                    "target_id",
                ];
                let digits = |text: String| {
                    without_event_id(text)
                        .replace(name, "NAME")
                        .chars()
                        .filter(|c| !c.is_ascii_digit())
                        .collect::<String>()
                };
                let value = if unique.contains(&column.as_str()) {
                    value.is_null().to_string()
                } else {
                    digits(value.to_string())
                };
                found.push((format!("{table}.{column}"), value));
            }
        }
    }
    found
}

#[tokio::test]
async fn an_imported_customer_has_the_rows_of_one_who_was_added_alone() {
    let app = TestApp::spawn().await;
    app.sql("INSERT INTO php_configs (description, \"binary\", php_ini, created_at) VALUES ('PHP', '/usr/bin/php-cgi', '', 0)").await;
    app.sql("INSERT INTO mysql_servers (id, name, host, port, created_at) VALUES (7, 'db7', 'db7', 3306, 0)").await;
    app.sql("UPDATE mysql_servers SET sealed_admin_url = 'x' WHERE id = 7").await;
    app.sql(
        "INSERT INTO webhooks (label, url, secret, events, enabled, created_at, updated_at) VALUES ('w', 'http://127.0.0.1:9/', 'x', 'customer.added', TRUE, 0, 0)",
    )
    .await;
    let php = app.number("SELECT MAX(id) FROM php_configs").await;
    let admin = app.signed_in("admin").await;
    let values = [
        ("email", "someone@example.com"),
        ("name", "Someone"),
        ("firstname", "Ann"),
        ("new_customer_password", "Some-pass-word-1"),
        ("sendpassword", "1"),
        ("store_defaultindex", "1"),
        ("createstdsubdomain", "1"),
        ("custom_notes", "Notes"),
        ("diskspace", "512"),
        ("mysqls", "3"),
        ("phpenabled", "1"),
    ];
    let (ids, php) = ("[0,7]", php.to_string());
    let head: Vec<&str> = values
        .iter()
        .map(|(name, _)| *name)
        .chain(["loginname", "allowed_mysqlserver", "allowed_phpconfigs"])
        .collect();
    let row: Vec<&str> = values.iter().map(|(_, value)| *value).collect();
    let file = format!("{}\n{},imported,\"{ids}\",{php}\n", head.join(","), row.join(","));
    let mut parameters = serde_json::Map::new();
    parameters.extend(values.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))));
    parameters.insert("new_loginname".to_owned(), "lonesome".into());
    parameters.insert("allowed_mysqlserver".to_owned(), ids.into());
    parameters.insert("allowed_phpconfigs".to_owned(), php.as_str().into());
    app.add("admin", Value::Object(parameters)).await.unwrap();
    let shown = preview(&admin, file).await;
    assert_eq!(confirm(&admin, &shown).await.status, 303, "{}", shown.said());
    let mut expected = rows_of(&app, "lonesome").await;
    let mut found = rows_of(&app, "imported").await;
    // The test calls the service without an address; the import comes from a browser.
    for rows in [&mut expected, &mut found] {
        rows.retain(|(column, _)| !["audit.door", "audit.address"].contains(&column.as_str()));
    }
    assert_eq!(found, expected);
    app.sign_in_as("imported", "Some-pass-word-1").await;
    app.sign_in_as("admin", PASSWORD).await;
}

#[tokio::test]
async fn unsent_passwords_are_unusable_and_different() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    confirm(
        &admin,
        &preview(&admin, "email,company,loginname\na@example.com,A,one\nb@example.com,B,two\n")
            .await,
    )
    .await;
    let hashes = app.texts("SELECT password_hash FROM logins WHERE kind = 'customer'").await;
    assert_eq!(hashes.len(), 2);
    assert!(hashes.iter().all(|hash| hash.starts_with("$argon2id$")), "{hashes:?}");
    let sealed = app.texts("SELECT sealed FROM mysql_passwords").await;
    assert_ne!(sealed[0], sealed[1]);
    app.update("admin", "one", serde_json::json!({ "new_customer_password": "Some-pass-word-1" }))
        .await
        .unwrap();
    app.sign_in_as("one", "Some-pass-word-1").await;
    assert_eq!(app.browser().sign_in("two", "Some-pass-word-1").await.status, 422);
}
