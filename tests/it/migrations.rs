//! Migrations: applied, reverted and applied again, by several processes at once, and on the schema
//! of a newer version.

use crate::support::TestApp;
use crate::support::database::{self, Engine};
use crate::support::make::with;
use crate::support::program::{Installation, said};
use db::Db;
use sea_orm::ConnectionTrait as _;
use serde_json::json;
use std::path::Path;

/// Returns the number of migration files.
fn migration_count() -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/src");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().starts_with("m2")).count()
}

#[tokio::test]
async fn migrations_can_be_reverted_and_applied_again() {
    let dir = tempfile::tempdir().unwrap();
    let fresh = database::empty(dir.path());
    let db = Db::connect(&fresh.url).await.unwrap();
    assert_eq!(db.pending_migrations().await.unwrap(), migration_count());
    db.migrate().await.unwrap();
    assert_eq!(db.pending_migrations().await.unwrap(), 0);
    db.migrate().await.unwrap();
    database::migrate_down_and_up(&fresh.url).await;
    assert_eq!(db.pending_migrations().await.unwrap(), 0);
    db.close().await;
}

/// Returns the schema as the engine describes it, with a line for each part, such as a column or an
/// index.
async fn schema(app: &TestApp) -> Vec<String> {
    match database::engine() {
        Engine::Sqlite => {
            app.texts(
                "SELECT name || COALESCE(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'seaql_%' ORDER BY name",
            )
            .await
        }
        Engine::Postgres => {
            let mut all = app
                .texts(
                    "SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, collation_name, is_nullable, \
                     column_default) FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1",
                )
                .await;
            all.extend(app.texts("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1").await);
            all.extend(app.texts("SELECT conrelid::regclass || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1").await);
            all
        }
        Engine::Mariadb => {
            let mut all = Vec::new();
            for table in app.texts("SHOW TABLES").await {
                let columns = "column_name || column_type || COALESCE(collation_name, '') || is_nullable || COALESCE(column_default, '')";
                let of = format!("WHERE table_schema = DATABASE() AND table_name = '{table}' ORDER BY 1");
                all.extend(app.texts(&format!("SELECT table_name || {columns} FROM information_schema.columns {of}")).await);
                let keys = "index_name || seq_in_index || column_name || non_unique";
                all.extend(app.texts(&format!("SELECT table_name || {keys} FROM information_schema.statistics {of}")).await);
                let foreign = "constraint_name || delete_rule";
                let of = of.replace("table_schema", "constraint_schema");
                all.extend(app.texts(&format!("SELECT table_name || {foreign} FROM information_schema.referential_constraints {of}")).await);
            }
            all
        }
    }
}

#[tokio::test]
async fn reverting_and_migrating_again_restores_the_schema_without_rows() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let before = schema(&app).await;
    assert_ne!(before, Vec::<String>::new());
    database::migrate_down_and_up(&app.fresh.url).await;
    assert_eq!(schema(&app).await, before);
    assert_eq!(app.count("customers", "1=1").await, 0);
    app.make_admin("admin").await;
    app.customer("meier").await;
}

/// Texts are compared byte by byte on every engine, whatever the server's defaults are: `Z` sorts
/// before `a`, and `ä` differs from `a`.
#[tokio::test]
async fn texts_are_compared_alike_on_every_engine() {
    let app = TestApp::spawn().await;
    let names = ["a", "Z", "ä", "A", "z", "é", "_", "ß", "ss", "😀"];
    for name in names {
        app.sql(&format!(
            "INSERT INTO settings (name, value, updated_at) VALUES ('order.{name}', '{name}', 0)"
        ))
        .await;
    }
    let mut expected = names.to_vec();
    expected.sort_unstable();
    let sorted = app
        .texts("SELECT value FROM settings WHERE SUBSTR(name, 1, 6) = 'order.' ORDER BY value")
        .await;
    assert_eq!(sorted, expected);
    assert_eq!(app.count("settings", "value = 'a'").await, 1);
    let long = "ü".repeat(100_000);
    app.sql(&format!("UPDATE settings SET value = '{long}' WHERE name = 'order.a'")).await;
    assert_eq!(app.text("SELECT value FROM settings WHERE name = 'order.a'").await.unwrap(), long);
}

/// Only a missing extension is a reason to migrate without the search index of PostgreSQL.
#[tokio::test]
async fn a_failed_search_index_fails_the_migration() {
    if database::engine() != Engine::Postgres {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let fresh = database::empty(dir.path());
    let raw = database::raw(&fresh.url).await;
    // An index and a sequence cannot have the same name.
    raw.execute_unprepared("CREATE SEQUENCE ix_customers_search_text").await.unwrap();
    let db = Db::connect(&fresh.url).await.unwrap();
    let error = db.migrate().await.unwrap_err().to_string();
    assert!(error.contains("ix_customers_search_text"), "{error}");
    raw.execute_unprepared("DROP SEQUENCE ix_customers_search_text").await.unwrap();
    db.migrate().await.unwrap();
    assert!(!db::health::lacks_search_index(&db.reader()).await.unwrap());
    db.close().await;
}

#[tokio::test]
async fn doctor_warns_of_a_missing_search_index() {
    if database::engine() != Engine::Postgres {
        return;
    }
    let installation = Installation::new();
    assert!(installation.run(&["demo", "--customers", "1"]).status.success());
    let has_warning = || {
        let output = installation.run(&["doctor"]);
        String::from_utf8_lossy(&output.stdout).contains("CREATE INDEX ix_customers_search_text")
    };
    assert!(!has_warning());
    let raw = installation.raw().await;
    raw.execute_unprepared("DROP INDEX ix_customers_search_text").await.unwrap();
    assert!(has_warning());
}

/// All processes of an installation may start at the same moment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_processes_can_migrate_at_once() {
    let installation = Installation::bare();
    let children: Vec<_> = (0..4).map(|_| installation.start(&["migrate"])).collect();
    let mut reports = Vec::new();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        reports.push(String::from_utf8(output.stdout).unwrap());
    }
    // The processes that waited for the first one have applied nothing.
    reports.sort_unstable();
    let applied = format!("The schema is up to date. Migrations applied: {}.\n", migration_count());
    let none = "The schema was up to date.\n";
    assert_eq!(reports, [applied.as_str(), none, none, none]);
    let later = installation.run(&["migrate"]);
    assert!(String::from_utf8_lossy(&later.stdout).contains("was up to date"));
}

/// While nodes are replaced one by one, old versions start on the new version's schema.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_program_runs_on_a_newer_schema() {
    let installation = Installation::new();
    assert!(installation.run(&["migrate"]).status.success());
    let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29991231_000001_of_a_newer_program', 0)";
    installation.raw().await.execute_unprepared(newer).await.unwrap();
    let program = installation.serve().await;
    let client = program.browser();
    assert_eq!(client.get("/readyz").await.text, "ready");
    assert_eq!(client.sign_in("admin", &program.first_password().unwrap()).await.status, 303);
    assert!(!program.output().contains("WARN"), "{}", program.output());
}

/// A missing earlier migration is applied, even if a newer version has applied later ones.
#[tokio::test]
async fn missing_migrations_are_applied_beside_unknown_ones() {
    let dir = tempfile::tempdir().unwrap();
    let fresh = database::create_test_database(dir.path()).only_once();
    let raw = database::raw(&fresh.url).await;
    for sql in [
        "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29991231_000001_of_a_newer_program', 0)",
        "DELETE FROM seaql_migrations WHERE version LIKE '%_imports'",
        "DROP TABLE imports",
    ] {
        raw.execute_unprepared(sql).await.unwrap();
    }
    let db = Db::connect(&fresh.url).await.unwrap();
    assert_eq!(db.pending_migrations().await.unwrap(), 1);
    db.migrate().await.unwrap();
    assert_eq!(db.pending_migrations().await.unwrap(), 0);
    raw.execute_unprepared("SELECT 1 FROM imports").await.unwrap();
    db.close().await;
}

/// The library's `create_table` and `add_column` would create texts that compare differently on
/// each engine.
#[test]
fn tables_and_columns_are_created_by_the_module_columns_only() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/src");
    let (others, columns): (Vec<_>, Vec<_>) = std::fs::read_dir(folder)
        .unwrap()
        .map(Result::unwrap)
        .partition(|entry| entry.file_name() != "columns.rs");
    assert_eq!(columns.len(), 1);
    for entry in others {
        let code = std::fs::read_to_string(entry.path()).unwrap();
        for call in [".create_table(", ".add_column("] {
            assert!(
                !code.contains(call),
                "{}: use columns::create or columns::add instead of {call})",
                entry.path().display()
            );
        }
    }
}

/// Customers of an earlier version are found by their full names, too.
#[tokio::test]
async fn migrated_customers_are_found_by_their_full_names() {
    let app = TestApp::spawn().await;
    for (login_name, more) in [
        ("meier", json!({ "name": "Meier-Öz", "firstname": "Hans", "custom_notes": "a\nb" })),
        ("single", json!({ "name": "Single" })),
        ("company", json!({ "company": "Hans AG" })),
    ] {
        app.add("admin", with(login_name, more)).await.unwrap();
    }
    let texts = "SELECT search_text FROM customers ORDER BY id";
    let complete = app.texts(texts).await;
    let without_full_name = complete[0].replace("\nmeier-öz, hans\nhans meier-öz", "");
    assert_ne!(without_full_name, complete[0]);
    app.sql(&format!(
        "UPDATE customers SET search_text = '{without_full_name}' WHERE login_name = 'meier'"
    ))
    .await;
    assert!(app.find("admin", "\"meier-öz, hans\"").await.is_empty());
    app.sql("DELETE FROM seaql_migrations WHERE version LIKE 'm20261129_000033%'").await;
    app.app.db.migrate().await.unwrap();
    let after = app.texts(texts).await;
    assert_eq!(
        (&after[0], &after[1..]),
        (&format!("{without_full_name}\nmeier-öz, hans\nhans meier-öz"), &complete[1..])
    );
    for search in ["\"Meier-Öz, Hans\"", "\"hans meier-öz\""] {
        assert_eq!(app.find("admin", search).await, ["meier"], "{search}");
    }
}
