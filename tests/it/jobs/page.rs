//! `/jobs`: filters, retries, links to the page, and the queue depths for metrics.

use crate::support::TestApp;
use crate::support::make::with;
use clientele::domain::job::JobState;
use clientele::services::jobs;
use serde_json::json;

/// Starts the program with three failed and three queued jobs.
async fn app_with_failed_jobs() -> TestApp {
    let app = TestApp::spawn().await;
    app.reseller("owner", &[]).await;
    for (owner, name) in [("owner", "meier"), ("owner", "mueller"), ("admin", "schulz")] {
        app.add(owner, with(name, json!({ "sendpassword": 1 }))).await.unwrap();
    }
    app.sql("UPDATE jobs SET state = 'failed', attempts = 14, finished_at = run_at WHERE kind = 'send_welcome'").await;
    app
}

#[tokio::test]
async fn jobs_are_filtered_by_kind_and_state() {
    let app = app_with_failed_jobs().await;
    let client = app.signed_in("admin").await;
    let count =
        async |query: &str| client.open(&format!("/jobs{query}")).await.all("tbody tr").len();
    assert_eq!(count("").await, 6);
    assert_eq!(count("?kind=send_welcome").await, 3);
    assert_eq!(count("?kind=create_home&state=failed").await, 0);
    assert_eq!(count("?kind=no_such").await, 0);
    let page = client.open("/jobs?kind=create_home&state=waiting").await;
    assert_eq!(page.all("tbody tr").len(), 3);
    assert!(page.all("#kind option").contains(&"Send welcome email".to_owned()));
    let tabs = page.all(".scopes a");
    assert!(tabs.contains(&"Queued 3".to_owned()), "{tabs:?}");
}

#[tokio::test]
async fn all_failed_jobs_of_a_kind_are_retried_within_the_scope() {
    let app = app_with_failed_jobs().await;
    let client = app.signed_in("owner").await;
    assert!(
        !client.open("/jobs").await.has("form[action='/jobs/run-failed']"),
        "jobs are retried by kind only"
    );
    assert!(
        !client.open("/jobs?kind=create_home").await.has("form[action='/jobs/run-failed']"),
        "no job of this kind has failed"
    );
    let page = client
        .submit_and_follow("/jobs?kind=send_welcome&state=failed", "/jobs/run-failed", &[])
        .await;
    assert!(page.flash().contains("2 jobs will run now."), "{}", page.flash());
    assert_eq!(
        app.count("jobs", "kind = 'send_welcome' AND state = 'waiting' AND attempts = 0").await,
        2
    );
    assert_eq!(
        app.count("jobs", "subject = 'schulz' AND state = 'failed'").await,
        1,
        "that job belongs to another customer"
    );
    app.worker_run().await;
    assert_eq!(app.mails().len(), 2);
    assert_eq!(app.count("audit_entries", "action = 'job.all_run_now'").await, 1);
}

#[tokio::test]
async fn queue_depths_count_open_jobs_and_their_age() {
    let app = app_with_failed_jobs().await;
    let enqueued_at = app.now();
    app.advance_clock(jiff::SignedDuration::from_hours(1));
    app.customer("neu").await;
    let depths =
        async || jobs::queue_depths(app.app.open_view().await.unwrap().view()).await.unwrap();
    let of = async |kind: &str, state: JobState| {
        let found =
            depths().await.into_iter().find(|depth| depth.kind == kind && depth.state == state);
        found.map(|depth| (depth.count, depth.oldest))
    };
    assert_eq!(of("send_welcome", JobState::Failed).await, Some((3, enqueued_at)));
    assert_eq!(of("create_home", JobState::Waiting).await, Some((4, enqueued_at)));
    app.worker_run().await;
    assert_eq!(of("create_home", JobState::Waiting).await, None);
    assert_eq!(of("create_home", JobState::Done).await, None);
}

#[tokio::test]
async fn the_page_of_a_customer_links_every_manager_to_the_jobs() {
    let app = app_with_failed_jobs().await;
    for name in ["admin", "owner"] {
        let client = app.signed_in(name).await;
        let page = client.open("/customers/meier").await;
        assert!(page.has("main a[href='/jobs']"), "{name}");
        let rows = client.open("/jobs").await.all("tbody tr");
        assert!(rows.iter().any(|row| row.contains("meier")), "{name}: {rows:?}");
    }
}

#[tokio::test]
async fn running_and_completed_jobs_are_not_changed() {
    let app = app_with_failed_jobs().await;
    let client = app.signed_in("admin").await;
    let job = app.number("SELECT MIN(id) FROM jobs WHERE kind = 'send_welcome'").await;
    for (state, text) in [
        ("running", "The job is running. Wait until it has finished."),
        ("done", "The job is already done."),
    ] {
        // The page was opened before the state changed.
        let forms = [
            client.form("/jobs?kind=send_welcome", &format!("/jobs/{job}/run")).await,
            client.form("/jobs?kind=send_welcome", &format!("/jobs/{job}/discard")).await,
        ];
        app.sql(&format!("UPDATE jobs SET state = '{state}' WHERE id = {job}")).await;
        for form in &forms {
            let page = client.post(form).await;
            assert_eq!(page.status, 409, "{state}: {}", page.said());
            assert!(page.text.contains(text), "{state}: {}", page.text);
        }
        app.sql(&format!("UPDATE jobs SET state = 'failed' WHERE id = {job}")).await;
    }
}
