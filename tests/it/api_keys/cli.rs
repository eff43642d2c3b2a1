//! `clientele api-key`.

use crate::support::program::Installation;
use serde_json::Value;
use std::process::Output;

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[track_caller]
fn assert_success(output: &Output) -> String {
    assert!(output.status.success(), "{:?} {}", output.status, stderr(output));
    stdout(output)
}

fn list(installation: &Installation, owner: &str) -> Vec<Value> {
    serde_json::from_str(&assert_success(
        &installation.run(&["api-key", "list", "--for", owner, "--json"]),
    ))
    .unwrap()
}

async fn rows(installation: &Installation, sql: &str) -> Vec<String> {
    use sea_orm::{ConnectionTrait as _, Statement};
    let database = installation.raw().await;
    let rows = database
        .query_all_raw(Statement::from_string(database.get_database_backend(), sql))
        .await
        .unwrap();
    rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect()
}

#[tokio::test]
async fn create_prints_only_key_and_secret_while_the_program_serves() {
    let installation = Installation::new();
    let program = installation.serve().await;
    let created = installation.run(&["api-key", "create", "--for", "admin"]);
    let line = assert_success(&created);
    let (key, secret) = line.strip_suffix('\n').unwrap().split_once(':').unwrap();
    assert!(
        key.len() == 64 && key.chars().all(|c| c.is_ascii_digit() || matches!(c, 'a'..='f')),
        "{key}"
    );
    assert!(
        secret.len() == 43
            && secret.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'),
        "{secret}"
    );
    assert!(!stderr(&created).contains(secret), "the secret is printed once");
    let keys = list(&installation, "admin");
    assert_eq!((keys.len(), keys[0]["key"].as_str()), (1, Some(key)));
    assert_eq!(installation.find_in_database(secret), Vec::<String>::new());
    assert_eq!(
        rows(&installation, "SELECT door FROM audit_entries WHERE action = 'admin.api_key_added'")
            .await,
        ["cli"]
    );
    drop(program);
}

#[test]
fn a_key_that_cannot_be_printed_can_be_revoked() {
    let installation = Installation::new();
    assert_success(&installation.run(&[
        "admin",
        "create",
        "--loginname",
        "boss",
        "--email",
        "boss@example.com",
    ]));
    let lost = installation.run_on_full_disk(&["api-key", "create", "--for", "boss"]);
    assert_eq!(lost.status.code(), Some(1), "{}", stderr(&lost));
    let id = list(&installation, "boss")[0]["id"].to_string();
    let revoke = format!("clientele api-key revoke --for boss {id}:");
    assert!(stderr(&lost).contains(&revoke), "{}", stderr(&lost));
    assert_success(&installation.run(&["api-key", "revoke", "--for", "boss", &id]));
    assert_eq!(list(&installation, "boss"), Vec::<Value>::new());
}

#[test]
fn settings_are_stored_and_listed() {
    let installation = Installation::new();
    assert_success(&installation.run(&[
        "admin",
        "create",
        "--loginname",
        "boss",
        "--email",
        "boss@example.com",
        "--reseller",
    ]));
    let settings = [
        "--label",
        "Shop",
        "--expires",
        "2099-12-31",
        "--allow-from",
        "192.0.2.77/24,2001:db8::1",
        "--read-only",
    ];
    assert_success(
        &installation.run(&[&["api-key", "create", "--for", "BOSS"][..], &settings].concat()),
    );
    let key = &list(&installation, "boss")[0];
    assert_eq!(key["label"], "Shop");
    assert_eq!(key["allowed_from"], "192.0.2.0/24, 2001:db8::1");
    assert_eq!(key["valid_until"], "2099-12-31T23:59:59Z");
    assert_eq!(
        (&key["read_only"], &key["expired"], &key["last_used_at"]),
        (&true.into(), &false.into(), &Value::Null)
    );
    let table = assert_success(&installation.run(&["api-key", "list", "--for", "boss"]));
    for word in [
        "Shop",
        "2099-12-31",
        "192.0.2.0/24",
        "never",
        "read-only",
        &key["key"].as_str().unwrap()[..8],
    ] {
        assert!(table.contains(word), "{word}: {table}");
    }
    assert!(!table.contains(key["key"].as_str().unwrap()));
}

#[test]
fn keys_are_revoked_by_id_and_by_key() {
    let installation = Installation::new();
    for name in ["boss", "other"] {
        assert_success(&installation.run(&[
            "admin",
            "create",
            "--loginname",
            name,
            "--email",
            &format!("{name}@example.com"),
        ]));
    }
    let make = |owner: &str| {
        assert_success(&installation.run(&["api-key", "create", "--for", owner]))
            .split(':')
            .next()
            .unwrap()
            .to_owned()
    };
    let (first, second, others) = (make("boss"), make("boss"), make("other"));
    let id =
        list(&installation, "boss").iter().find(|key| key["key"] == first.as_str()).unwrap()["id"]
            .to_string();
    assert_success(&installation.run(&["api-key", "revoke", "--for", "boss", &id]));
    let foreign = installation.run(&["api-key", "revoke", "--for", "boss", &others]);
    assert_eq!((foreign.status.code(), stdout(&foreign)), (Some(2), String::new()));
    assert_eq!(list(&installation, "boss").len(), 1);
    assert_success(&installation.run(&["api-key", "revoke", "--for", "boss", &second]));
    assert!(list(&installation, "boss").is_empty());
    assert_eq!(
        installation.run(&["api-key", "revoke", "--for", "boss", &second]).status.code(),
        Some(2),
        "it is gone already"
    );
    assert_eq!(list(&installation, "other").len(), 1);
}

#[test]
fn all_invalid_options_are_reported_at_once_and_nothing_is_printed() {
    let installation = Installation::new();
    assert_success(&installation.run(&[
        "admin",
        "create",
        "--loginname",
        "boss",
        "--email",
        "boss@example.com",
    ]));
    let wrong = ["--expires", "2001-01-01", "--allow-from", "10.0.0.0/33", "--label", "a<b"];
    let output = installation.run(&[&["api-key", "create", "--for", "boss"][..], &wrong].concat());
    assert_eq!((output.status.code(), stdout(&output)), (Some(2), String::new()));
    for option in ["--expires:", "--allow-from:", "--label:"] {
        assert!(stderr(&output).contains(option), "{option} {}", stderr(&output));
    }
    for arguments in [
        &["create", "--for", "nobody"][..],
        &["list", "--for", "nobody"],
        &["revoke", "--for", "nobody", "1"],
    ] {
        let output = installation.run(&[&["api-key"][..], arguments].concat());
        assert_eq!(
            (output.status.code(), stdout(&output)),
            (Some(2), String::new()),
            "{arguments:?}"
        );
        assert!(stderr(&output).contains("nobody"), "{}", stderr(&output));
    }
    assert_eq!(installation.run(&["api-key", "create"]).status.code(), Some(2));
    assert!(list(&installation, "boss").is_empty());
}
