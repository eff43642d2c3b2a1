//! Differences between database engines must not be visible. Options of the bundled SQLite.

use crate::support::TestApp;
use crate::support::database::{self, Engine};
use crate::support::make::with;
use db::counters::{Counter, next};
use db::{DbError, Tx};
use serde_json::json;
use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::Barrier;

/// Runs two transactions that update two rows in opposite order. Asserts that one is rerun.
async fn deadlock(app: &TestApp, behind_savepoint: bool) {
    let (met, runs) = (Barrier::new(2), AtomicU32::new(0));
    let transaction = async |first: Counter, second: Counter| {
        let met_already = Cell::new(false);
        app.app
            .db
            .write(async |tx: &Tx| {
                runs.fetch_add(1, Ordering::Relaxed);
                next(tx, first).await?;
                if !met_already.replace(true) {
                    met.wait().await;
                }
                if behind_savepoint {
                    tx.attempt(async |tx| next(tx, second).await).await
                } else {
                    next(tx, second).await
                }
            })
            .await
    };
    let outcome: (Result<i64, DbError>, Result<i64, DbError>) = tokio::join!(
        transaction(Counter::Guid, Counter::AccountNumber),
        transaction(Counter::AccountNumber, Counter::Guid)
    );
    outcome.0.unwrap();
    outcome.1.unwrap();
    assert_eq!(runs.load(Ordering::Relaxed), 3, "one transaction lost and was rerun");
}

/// SQLite has one writer, so it has no deadlocks.
#[tokio::test]
async fn the_victim_of_a_deadlock_is_rerun_from_the_start() {
    if database::engine() == Engine::Sqlite {
        return;
    }
    let app = TestApp::spawn().await;
    let counters = async || {
        app.number("SELECT a.value + b.value FROM counters a, counters b WHERE a.name < b.name")
            .await
    };
    let before = counters().await;
    deadlock(&app, false).await;
    assert_eq!(
        counters().await,
        before + 4,
        "each counted once, also where a transaction ran twice"
    );
    deadlock(&app, true).await;
    assert_eq!(counters().await, before + 8, "changes before the savepoint are not lost");
}

#[tokio::test]
async fn null_sorts_as_the_smallest_value_in_both_directions() {
    let app = TestApp::spawn().await;
    let plan = app.plan("admin", "Gold", &[]).await;
    app.add("admin", with("planned", json!({ "hosting_plan_id": plan }))).await.unwrap();
    app.customer("never").await;
    for (name, at) in [("planned", 2_000), ("admin", 1_000)] {
        let seen = format!("last_sign_in_at = {at}, last_failed_at = {at}, failed_count = 1");
        app.sql(&format!("UPDATE logins SET {seen} WHERE name_key = '{name}'")).await;
    }
    app.make_admin("absent").await;
    let api = app.api("admin").await;
    for column in ["lastlogin_succ", "lastlogin_fail"] {
        for (command, name) in
            [("Customers.listing", ["never", "planned"]), ("Admins.listing", ["absent", "admin"])]
        {
            for (direction, expected) in [("ASC", name), ("DESC", [name[1], name[0]])] {
                let found =
                    api.data(command, json!({ "sql_orderby": { column: direction } })).await;
                let names: Vec<&str> = found["list"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|row| row["loginname"].as_str().unwrap())
                    .collect();
                assert_eq!(names, expected, "{command} {column} {direction}");
            }
        }
    }
    let admin = app.signed_in("admin").await;
    for (direction, expected) in [("asc", ["never", "planned"]), ("desc", ["planned", "never"])] {
        let page = admin.open(&format!("/customers?sort=plan&dir={direction}")).await;
        assert_eq!(page.rows(), expected, "plan {direction}");
    }
}

/// PostgreSQL refuses NUL in texts. A request with a NUL gets an empty result, "not found" or an
/// error of the client.
#[tokio::test]
async fn a_nul_causes_no_internal_error() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let visitor = app.browser();
    assert_eq!(visitor.sign_in("ad\0min", "x\0y").await.status, 422);
    let lost = [("loginname", "me\0ier"), ("email", "a\0@b.example")];
    assert_eq!(
        visitor.submit("/password/forgot", "/password/forgot", &lost).await.status,
        200,
        "the same response as for unknown accounts"
    );
    assert_eq!(visitor.get("/password/reset/%00").await.status, 404);
    let admin = app.signed_in("admin").await;
    let mut failures = Vec::new();
    for (path, status) in [
        ("/customers?q=a%00b", 200),
        ("/customers?q=city:a%00b", 200),
        ("/customers?q=phone:%00", 200),
        ("/customers?language=%00&plan=%00&status=%00&owner=%00&sort=%00", 200),
        ("/customers.csv?q=a%00b", 200),
        ("/admins?q=%00", 200),
        ("/plans?q=%00", 200),
        ("/audit?q=a%00b", 200),
        ("/audit?kind=%00", 200),
        ("/jobs?state=%00", 200),
        ("/customers/a%00b", 404),
        ("/admins/a%00b", 404),
        ("/plans/%00", 404),
        ("/php-configs/%00", 404),
        ("/mail-templates/%00/en", 404),
    ] {
        let found = admin.get(path).await.status;
        if found != status {
            failures.push(format!("{found} at {path}"));
        }
    }
    let api = app.api("admin").await;
    for (command, refusal, params) in [
        ("Customers.get", "404 customer-unknown", json!({ "loginname": "a\0b" })),
        (
            "Customers.listing",
            "200",
            json!({ "sql_search": { "city": "a\0b", "loginname": { "op": "=", "value": "\0" } } }),
        ),
        (
            "Customers.listing",
            "200",
            json!({ "sql_search": { "email": { "op": "in", "value": ["a\0b", "c"] } } }),
        ),
        (
            "Customers.add",
            "400 format-invalid",
            json!({ "new_loginname": "a\0b", "email": "a\0@b.example", "company": "a\0b", "custom_notes": "a\0b" }),
        ),
        (
            "Customers.update",
            "400 format-invalid",
            json!({ "loginname": "meier", "city": "a\0b", "theme": "\0", "def_language": "\0" }),
        ),
        ("HostingPlans.get", "404 plan-unknown", json!({ "planname": "a\0b" })),
        (
            "HostingPlans.add",
            "400 format-invalid",
            json!({ "name": "a\0b", "description": "a\0b" }),
        ),
        ("Admins.get", "404 admin-unknown", json!({ "loginname": "a\0b" })),
        (
            "Admins.add",
            "400 password-too-short",
            json!({ "new_loginname": "a\0b", "email": "a@b.example", "name": "a\0b", "admin_password": "a\0b" }),
        ),
    ] {
        let reply = api.call(command, params).await;
        let found = if reply.status == 200 { "200".to_owned() } else { reply.refusal() };
        if found != refusal {
            failures.push(format!("{command}: {found}"));
        }
    }
    let unknown_key = app.api_as("a\0b", "\0").call("Customers.listing", json!({})).await;
    assert_eq!(failures, Vec::<String>::new());
    assert_eq!(unknown_key.refusal(), "403 credentials-refused");
    for (page, action, field) in [
        ("/plans/new", "/plans", "name"),
        ("/plans/new", "/plans", "description"),
        ("/customers/new", "/customers", "city"),
        ("/customers/new", "/customers", "custom_notes"),
        ("/admins/new", "/admins", "name"),
        ("/php-configs/new", "/php-configs", "php_ini"),
        ("/mysql-servers/new", "/mysql-servers", "host"),
        ("/customers/meier/edit", "/customers/meier", "street"),
        ("/account", "/account/password", "old_password"),
    ] {
        let status = admin.submit(page, action, &[(field, "a\0b")]).await.status;
        assert_eq!(status, 422, "{page} {field}");
    }
}

/// `.cargo/config.toml` explains the options. A build without them would work at half the speed.
#[tokio::test]
async fn the_bundled_sqlite_is_built_for_many_connections() {
    if database::engine() != Engine::Sqlite {
        return;
    }
    let app = TestApp::empty().await;
    let options = app.texts("SELECT compile_options FROM pragma_compile_options").await;
    let has = |name: &str| options.iter().any(|option| option == name);
    assert!(has("ENABLE_QPSG") && has("DEFAULT_MEMSTATUS=0"), "{options:?}");
    assert!(!has("ENABLE_MEMORY_MANAGEMENT") && !has("ENABLE_STAT4"), "{options:?}");
}
