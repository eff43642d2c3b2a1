//! Usage of customers: measured by the worker, stored daily, shown to the accounts that may see it.

use crate::support::TestApp;
use crate::support::make::with;
use clientele::domain::customer::FileRemoval;
use clientele::services::jobs::{self, Job};
use clientele::services::{Command, ServiceError};
use jiff::SignedDuration;
use serde_json::json;
use std::os::unix::fs::MetadataExt as _;

/// Measures all customers, like the worker does once a day.
async fn measure(app: &TestApp) {
    let origin = TestApp::origin();
    let written = app.app.change(&origin, async |cmd: Command<'_>| {
        jobs::enqueue(cmd, &Job::MeasureUsage, "", None).await?;
        Ok::<_, ServiceError>(())
    });
    written.await.unwrap();
    app.worker_run().await;
    assert_eq!(app.count("jobs", "kind = 'measure_usage' AND state <> 'done'").await, 0);
}

/// Writes a file and syncs it, so that the file system allocates its blocks.
fn fill(app: &TestApp, login_name: &str, file: &str, bytes: usize) {
    let path = app.home(login_name).join(file);
    std::fs::write(&path, vec![b'x'; bytes]).unwrap();
    std::fs::File::open(path).unwrap().sync_all().unwrap();
}

/// Returns the disk space of a home and of these files in it, according to the file system.
fn space(app: &TestApp, login_name: &str, files: &[&str]) -> i64 {
    let home = app.home(login_name);
    let blocks = |path: &std::path::Path| std::fs::symlink_metadata(path).unwrap().blocks();
    let sum = blocks(&home) + files.iter().map(|file| blocks(&home.join(file))).sum::<u64>();
    i64::try_from(sum * 512).unwrap()
}

async fn used(app: &TestApp, login_name: &str, column: &str) -> i64 {
    app.number(&format!("SELECT {column} FROM customers WHERE login_name = '{login_name}'")).await
}

#[tokio::test]
async fn a_measurement_updates_the_row_of_the_day_and_the_usage_of_the_customer() {
    let app = TestApp::spawn().await;
    for name in ["meier", "mueller"] {
        app.add("admin", with(name, json!({ "diskspace": 1 }))).await.unwrap();
    }
    app.worker_run().await;
    app.sql("UPDATE customers SET mail_used = 1000, version = 5 WHERE login_name = 'meier'").await;
    fill(&app, "meier", "big", 900_000);
    measure(&app).await;
    let web = used(&app, "meier", "web_used").await;
    assert_eq!(web, space(&app, "meier", &["big"]));
    assert_eq!(used(&app, "meier", "diskspace_used").await, web + 1000);
    assert_eq!(
        used(&app, "meier", "version").await,
        5,
        "an admin who edits the customer gets no conflict"
    );
    assert_eq!(used(&app, "mueller", "web_used").await, space(&app, "mueller", &[]));
    assert_eq!(app.count("disk_usage", "1=1").await, 2);
    // A second measurement on the same day replaces the day's row.
    fill(&app, "meier", "more", 500_000);
    measure(&app).await;
    assert_eq!(used(&app, "meier", "web_used").await, space(&app, "meier", &["big", "more"]));
    assert_eq!(app.count("disk_usage", "1=1").await, 2);
    app.advance_clock(SignedDuration::from_hours(24));
    measure(&app).await;
    assert_eq!(app.count("disk_usage", "1=1").await, 4);
    app.assert_counters().await;
}

#[tokio::test]
async fn a_bad_home_or_a_deleted_customer_does_not_stop_the_measurement() {
    let app = TestApp::spawn().await;
    for name in ["aaa", "bad", "gone", "lost", "zzz"] {
        app.customer(name).await;
    }
    app.worker_run().await;
    std::fs::remove_dir_all(app.home("lost")).unwrap();
    app.sql("UPDATE customers SET web_used = 88 WHERE login_name = 'lost'").await;
    std::fs::remove_dir_all(app.home("bad")).unwrap();
    std::os::unix::fs::symlink("/", app.home("bad")).unwrap();
    app.sql("UPDATE customers SET web_used = 77 WHERE login_name = 'bad'").await;
    fill(&app, "zzz", "big", 300_000);
    app.delete("admin", "gone", FileRemoval::Keep).await.unwrap();
    measure(&app).await;
    assert_eq!(
        used(&app, "zzz", "web_used").await,
        space(&app, "zzz", &["big"]),
        "the customers after that one are measured"
    );
    assert_eq!(used(&app, "bad", "web_used").await, 77, "unmeasurable usage is unchanged");
    assert_eq!(
        used(&app, "lost", "web_used").await,
        88,
        "usage of a missing home is unchanged, because its disk may be unmounted"
    );
    assert_eq!(app.count("disk_usage", "1=1").await, 2);
}

#[tokio::test]
async fn a_customer_deleted_while_measured_is_left_out() {
    let app = TestApp::spawn().await;
    let (kept, gone) = (app.customer("kept").await, app.customer("gone").await);
    app.delete("admin", "gone", FileRemoval::Keep).await.unwrap();
    let found = [kept.id, gone.id].map(|customer| clientele::domain::usage::Measurement {
        customer,
        web: Some(5),
        mysql: None,
    });
    let now = app.now();
    let stored =
        app.app.db.write(async |tx| db::disk_usage::store(tx, &found, now, now).await).await;
    assert_eq!(stored.unwrap_or_else(|error: db::DbError| panic!("{error}")), 1);
    assert_eq!(
        (used(&app, "kept", "web_used").await, app.count("disk_usage", "1=1").await),
        (5, 1)
    );
}

#[tokio::test]
async fn old_measurements_are_deleted() {
    let app = TestApp::spawn().await;
    let id = app.customer("meier").await.id;
    app.worker_run().await;
    let now = app.now().as_second();
    for days in [399, 401, 1000] {
        let at = now - days * 86_400;
        app.sql(&format!("INSERT INTO disk_usage (customer_id, measured_at, web, mail, mysql) VALUES ({id}, {at}, 1, 2, 3)")).await;
    }
    measure(&app).await;
    assert_eq!(app.count("disk_usage", "1=1").await, 2);
}

#[tokio::test]
async fn admin_and_customer_see_the_history_as_chart_and_table() {
    let app = TestApp::spawn().await;
    let id = app.add("admin", with("meier", json!({ "diskspace": 100 }))).await.unwrap().id;
    let (admin, meier) = (app.signed_in("admin").await, app.signed_in("meier").await);
    let page = admin.open("/customers/meier").await;
    assert!(page.text.contains("No measurements yet"), "an empty history says so");
    assert!(!meier.open("/").await.text.contains("<svg viewBox=\"0 0 600"));
    let now = app.now().as_second();
    for day in 0..100_i64 {
        let at = now - day * 86_400;
        // Measured and imported values can be larger than any disk.
        let web = if day == 50 { i64::MAX } else { 1_048_576 * (100 - day) };
        app.sql(&format!("INSERT INTO disk_usage (customer_id, measured_at, web, mail, mysql) VALUES ({id}, {at}, {web}, 5, {day})")).await;
    }
    for page in [admin.open("/customers/meier").await, meier.open("/").await] {
        assert!(
            page.text.contains("<svg viewBox=\"0 0 600 120\"")
                && page.text.contains("role=\"img\" aria-label=\"Usage from ")
        );
        assert!(
            page.text.contains("<details class=\"usage-history-table\"")
                && page.text.contains("100\u{a0}MiB")
        );
        assert!(
            !page.text.contains("style=")
                && !page.text.contains("NaN")
                && !page.text.contains("inf\"")
        );
    }
}

#[tokio::test]
async fn a_file_system_without_quotas_says_so_and_the_home_is_there() {
    let app = TestApp::spawn().await;
    app.add("admin", with("before", json!({ "diskspace": 5 }))).await.unwrap();
    assert_eq!(app.count("jobs", "kind = 'set_home_quota'").await, 0, "off unless turned on");
    app.set("homes.project_quota", "1").await;
    app.add("admin", with("meier", json!({ "diskspace": 5 }))).await.unwrap();
    app.worker_run().await;
    assert!(app.home("meier").is_dir());
    // Whatever the test's file system supports, it has no project with this number.
    let error = app
        .text("SELECT last_error FROM jobs WHERE kind = 'set_home_quota' AND state = 'failed'")
        .await
        .unwrap();
    assert!(error.contains("chattr") || error.contains("setquota"), "{error}");
    app.update("admin", "meier", json!({ "diskspace": 6 })).await.unwrap();
    assert_eq!(
        app.count("jobs", "kind = 'set_home_quota' AND state = 'waiting'").await,
        1,
        "a new limit replaces the waiting job"
    );
    app.update("admin", "meier", json!({ "company": "Other" })).await.unwrap();
    assert_eq!(app.count("jobs", "kind = 'set_home_quota'").await, 1);
}

#[tokio::test]
async fn a_new_home_has_the_providers_default_page() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let page = admin.open("/default-index").await;
    assert!(page.text.contains("{LOGIN_NAME}"), "the original to begin with");
    let response = admin.submit("/default-index", "/default-index", &[("body", " ")]).await;
    assert_eq!(response.status, 422);
    assert_eq!(response.wrong_fields(), ["body"]);
    let body =
        "<h1>{LOGIN_NAME}</h1><p>{CUSTOMER} at {PROVIDER}</p><style>p { color: red }</style>";
    admin.submit_and_follow("/default-index", "/default-index", &[("body", body)]).await;
    let response = admin.submit("/default-index", "/default-index", &[("body", " ")]).await;
    assert!(
        response.status == 422 && response.has("form[action='/default-index/reset']"),
        "the stored page can still be reset: {}",
        response.said()
    );
    app.set("provider.name", "Hosts & Co.").await;
    let more = json!({ "store_defaultindex": 1, "company": "Kraut & \"Rüben\"", "name": "", "firstname": "" });
    app.add("admin", with("meier", more)).await.unwrap();
    app.worker_run().await;
    let index = std::fs::read_to_string(app.home("meier").join("index.html")).unwrap();
    assert_eq!(
        index,
        "<h1>meier</h1><p>Kraut &amp; &quot;Rüben&quot; at Hosts &amp; Co.</p><style>p { color: red }</style>"
    );
    admin.submit_and_follow("/default-index", "/default-index/reset", &[]).await;
    app.add("admin", with("mueller", json!({ "store_defaultindex": 1 }))).await.unwrap();
    app.worker_run().await;
    let index = std::fs::read_to_string(app.home("mueller").join("index.html")).unwrap();
    assert!(index.contains("<h1>mueller</h1>") && index.contains("Hosts &amp; Co."), "{index}");
}
