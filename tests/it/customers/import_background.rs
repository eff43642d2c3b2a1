//! Files that take longer than somebody waits for a page: the worker looks at them and adds the customers.

use super::import::{confirm, faults, preview};
use crate::support::make::{PASSWORD, minimal};
use crate::support::{Client, Page, TestApp};
use jiff::SignedDuration;
use serde_json::Value;
use std::fmt::Write as _;

const RESULT: &str = "/customers?sort=created&dir=desc";

fn file(rows: usize) -> String {
    let mut file = String::from("email,company,loginname,emails\n");
    for number in 0..rows {
        writeln!(
            file,
            "kd{number}@example.com,Company {number},{},{}",
            if number % 2 == 0 { format!("kd{number}") } else { String::new() },
            number % 3
        )
        .unwrap();
    }
    file
}

/// Sends a file that is the worker's; gives the address of its page.
async fn send(client: &Client, file: &str) -> String {
    let answer = preview(client, file).await;
    assert_eq!(answer.status, 303, "{}", answer.said());
    assert!(answer.location().starts_with("/customers/import/"), "{}", answer.location());
    answer.location().to_owned()
}

async fn confirm_run(client: &Client, page: &Page, address: &str) -> Page {
    client.post(&page.form(&format!("{address}/confirm"))).await
}

#[tokio::test]
async fn a_large_file_is_looked_at_and_added_in_the_background() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let address = send(&admin, &file(1200)).await;
    let waiting = admin.open(&address).await;
    assert!(waiting.has("[data-progress] progress") && waiting.text.contains("http-equiv=\"refresh\""), "{}", waiting.text);
    assert!(waiting.text.contains("Waiting for the worker") && waiting.text.contains("0 of 1,200 rows"), "{}", waiting.said());
    assert!(app.find_in_database("kd7@example.com").is_empty(), "the file waits sealed");
    assert_eq!(app.worker_run().await, 1);
    let shown = admin.open(&address).await;
    assert_eq!(shown.h1(), "Ready to import");
    assert!(!shown.text.contains("http-equiv=\"refresh\""));
    assert_eq!(shown.all("tr[data-row]").len(), 200);
    assert!(
        shown.text.contains("1,200 customers will be added") || shown.text.contains("1200 customers will be added"),
        "{}",
        shown.said()
    );
    assert_eq!(app.count("customers", "1=1").await, 0);
    assert!(app.find_in_database("kd7@example.com").is_empty(), "and so does what was found");
    let listed = admin.open("/customers/import").await;
    assert!(listed.has(&format!("a[href='{address}']")), "the way back");
    for _ in 0..2 {
        let answer = confirm_run(&admin, &shown, &address).await;
        assert_eq!((answer.status, answer.location()), (303, address.as_str()));
    }
    assert_eq!(app.count("jobs", "kind = 'add_import'").await, 1, "a form that is sent twice adds once");
    assert_eq!(admin.open(&address).await.h1(), "Adding the customers");
    app.worker_run().await;
    let done = admin.open(&address).await;
    assert_eq!(done.h1(), "Imported");
    assert!(done.text.contains("1200 customers were added") || done.text.contains("1,200 customers were added"), "{}", done.said());
    assert!(done.has(&format!("a[href='{}']", RESULT)));
    assert_eq!(app.count("customers", "1=1").await, 1200);
    assert_eq!(app.count("import_parts", "1=1").await, 0, "the file is gone");
    assert_eq!(
        app.count("audit_entries", "action = 'customer.added' AND door = 'web' AND actor_name = 'admin' AND address <> ''").await,
        1200
    );
    app.assert_counters().await;
    let last = app.text("SELECT login_name FROM customers WHERE email = 'kd1199@example.com'").await;
    assert_eq!(last.as_deref(), Some("web600"), "numbered in the order of the file");
    app.pass(SignedDuration::from_hours(8 * 24));
    app.worker().tidy().await.unwrap();
    assert_eq!(app.count("import_runs", "1=1").await, 0);
}

#[tokio::test]
async fn a_file_of_some_hundred_rows_is_seen_at_once_and_added_in_the_background() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let shown = preview(&admin, file(150)).await;
    assert!(shown.text.contains("added in the background"), "{}", shown.said());
    let answer = confirm(&admin, &shown).await;
    let address = answer.location().to_owned();
    assert!(address.starts_with("/customers/import/"), "{address}");
    assert_eq!(confirm(&admin, &shown).await.location(), address, "its twin leads to the same");
    app.worker_run().await;
    assert_eq!(admin.open(&address).await.h1(), "Imported");
    assert_eq!(app.count("customers", "1=1").await, 150);
    app.assert_counters().await;
}

#[tokio::test]
async fn faults_of_a_large_file_are_told_and_nothing_is_added() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[("customers", 1100)]).await;
    app.customer("kd4").await;
    let client = app.signed_in("reseller").await;
    let address = send(&client, &file(1101).replace("kd9@example.com", "nobody")).await;
    app.worker_run().await;
    let shown = client.open(&address).await;
    assert_eq!(shown.h1(), "Rows with faults");
    assert_eq!(faults(&shown, 6), ["loginname This login name is taken."]);
    assert_eq!(faults(&shown, 11).len(), 1, "{:?}", faults(&shown, 11));
    assert!(!shown.has_form(&format!("{address}/confirm")));
    assert_eq!(app.count("customers", "1=1").await, 1);
    assert_eq!(app.count("import_parts", "1=1").await, 0);
    let address = send(&client, &file(1101).replace("kd4,", "kdx4,")).await;
    app.worker_run().await;
    assert!(faults(&client.open(&address).await, 1102)[0].contains("limit of 1100"), "the allowance counts row by row");
}

#[tokio::test]
async fn what_changes_while_the_worker_is_at_it_is_told() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let address = send(&admin, &file(1001)).await;
    app.worker_run().await;
    confirm_run(&admin, &admin.open(&address).await, &address).await;
    app.add("admin", minimal("kd8")).await.unwrap();
    app.worker_run().await;
    let shown = admin.open(&address).await;
    assert_eq!(shown.h1(), "Rows with faults");
    assert_eq!(faults(&shown, 10), ["loginname This login name is taken."]);
    assert_eq!(app.texts("SELECT login_name FROM customers").await, ["kd8"], "all or none");
    app.assert_counters().await;
}

#[tokio::test]
async fn a_run_is_its_owners_and_one_at_a_time() {
    let app = TestApp::spawn().await;
    app.make_admin("second").await;
    let (admin, second) = (app.signed_in("admin").await, app.signed_in("second").await);
    let address = send(&admin, &file(1001)).await;
    assert_eq!(second.get(&address).await.status, 404);
    let again = preview(&admin, file(1001)).await;
    assert_eq!(again.status, 409);
    assert!(again.text.contains("still under way"), "{}", again.said());
    send(&second, &file(1002)).await;
    app.worker_run().await;
    let form = admin.open(&address).await.form(&format!("{address}/confirm"));
    let token = second.open("/account").await.attr("input[name=csrf_token]", "value").unwrap();
    assert_eq!(second.post(&form.clone().with("csrf_token", &token)).await.status, 404);
    app.sql("UPDATE admins SET suspended = TRUE WHERE login_name = 'second'").await;
    assert_eq!(admin.post(&form).await.status, 303);
    app.worker_run().await;
    assert_eq!(app.count("customers", "1=1").await, 1001);
}

#[tokio::test]
async fn who_may_not_add_any_more_adds_nothing() {
    let app = TestApp::spawn().await;
    app.make_admin("second").await;
    let second = app.signed_in("second").await;
    let address = send(&second, &file(1001)).await;
    app.worker_run().await;
    confirm_run(&second, &second.open(&address).await, &address).await;
    app.sql("UPDATE admins SET suspended = TRUE WHERE login_name = 'second'").await;
    app.worker_run().await;
    assert_eq!(app.count("customers", "1=1").await, 0);
    assert_eq!(app.text("SELECT state FROM import_runs").await.as_deref(), Some("refused"));
}

#[tokio::test]
async fn a_job_that_runs_twice_adds_once() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let address = confirm(&admin, &preview(&admin, file(150)).await).await.location().to_owned();
    // A worker that was killed after its commit, before it noted that the job is done.
    app.worker_run().await;
    app.sql("UPDATE jobs SET state = 'waiting', attempts = 1 WHERE kind = 'add_import'").await;
    app.worker_run().await;
    assert_eq!(app.count("customers", "1=1").await, 150);
    assert_eq!(app.count("jobs", "kind = 'add_import' AND state = 'done'").await, 1);
    assert_eq!(admin.open(&address).await.h1(), "Imported");
    // And one that was killed before: the job and its file are there still.
    let address = confirm(&admin, &preview(&admin, file(150).replace("kd", "xd")).await).await.location().to_owned();
    app.sql("UPDATE jobs SET state = 'running', attempts = 1, lease = 'dead', lease_ends_at = 0 WHERE kind = 'add_import' AND state = 'waiting'")
        .await;
    app.worker_run().await;
    assert_eq!(app.count("customers", "1=1").await, 300);
    assert_eq!(admin.open(&address).await.h1(), "Imported");
    app.assert_counters().await;
}

/// The id of an event is a random one.
fn without_event_id(mut text: String) -> String {
    if let Some(at) = text.find("evt_") {
        let end = text[at + 4..].find(|c: char| !c.is_ascii_hexdigit()).map_or(text.len(), |length| at + 4 + length);
        text.replace_range(at..end, "");
    }
    text
}

/// What the rows of a customer hold, without what each has of its own.
async fn rows_of(app: &TestApp, name: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (table, sql) in [
        ("logins", format!("SELECT * FROM logins WHERE name_key = '{name}'")),
        ("customers", format!("SELECT * FROM customers WHERE login_name = '{name}'")),
        ("domains", format!("SELECT domains.* FROM domains JOIN customers ON customers.id = customer_id WHERE login_name = '{name}'")),
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
                let own = ["id", "login_id", "customer_id", "guid", "uid", "gid", "sealed", "message_id", "password_hash", "target_id"];
                let digits =
                    |text: String| without_event_id(text).replace(name, "NAME").chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
                let value = if own.contains(&column.as_str()) { value.is_null().to_string() } else { digits(value.to_string()) };
                found.push((format!("{table}.{column}"), value));
            }
        }
    }
    found
}

#[tokio::test]
async fn who_is_imported_has_the_rows_of_one_who_is_added_alone() {
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
    let head: Vec<&str> = values.iter().map(|(name, _)| *name).chain(["loginname", "allowed_mysqlserver", "allowed_phpconfigs"]).collect();
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
    // The service is called by the test from nowhere, the import by a browser.
    for rows in [&mut expected, &mut found] {
        rows.retain(|(column, _)| !["audit.door", "audit.address"].contains(&column.as_str()));
    }
    assert_eq!(found, expected);
    app.sign_in_as("imported", "Some-pass-word-1").await;
    app.sign_in_as("admin", PASSWORD).await;
}

#[tokio::test]
async fn passwords_that_nobody_is_told_open_nothing_and_are_not_one() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    confirm(&admin, &preview(&admin, "email,company,loginname\na@example.com,A,one\nb@example.com,B,two\n").await).await;
    let hashes = app.texts("SELECT password_hash FROM logins WHERE kind = 'customer'").await;
    assert!(hashes.iter().all(|hash| hash.starts_with("$argon2id$")), "{hashes:?}");
    let sealed = app.texts("SELECT sealed FROM mysql_passwords").await;
    assert_ne!(sealed[0], sealed[1]);
    app.update("admin", "one", serde_json::json!({ "new_customer_password": "Some-pass-word-1" })).await.unwrap();
    app.sign_in_as("one", "Some-pass-word-1").await;
    assert_ne!(app.browser().sign_in("two", "Some-pass-word-1").await.status, 303);
}
