//! Claims of jobs by several workers.

use crate::support::TestApp;
use clientele::domain::job::{JobState, KindRules, Priority, Queue, StoredJob};
use db::jobs::{self, ClaimFilter, NewJob};
use db::{DbError, Tx};
use futures_util::future::join_all;
use jiff::SignedDuration;

static PLAIN: Queue = Queue { name: "plain", concurrency: 9, total: None };
static HEAVY: Queue = Queue { name: "heavy", concurrency: 9, total: Some(2) };
static URGENT: KindRules = KindRules { name: "urgent", queue: &PLAIN, priority: Priority::Urgent };
static NORMAL: KindRules = KindRules { name: "normal", queue: &PLAIN, priority: Priority::Normal };
static BULK: KindRules = KindRules { name: "bulk", queue: &PLAIN, priority: Priority::Bulk };
static MEASURE: KindRules =
    KindRules { name: "measure", queue: &HEAVY, priority: Priority::Normal };
static ALL: [&KindRules; 4] = [&BULK, &NORMAL, &URGENT, &MEASURE];

const LEASE: SignedDuration = SignedDuration::from_secs(60);

async fn enqueue(app: &TestApp, kind: &'static KindRules, order: Option<&str>) {
    let at = app.now();
    let new = || NewJob {
        kind,
        order: order.map(ToOwned::to_owned),
        customer: None,
        subject: "x".to_owned(),
        payload: "{}".to_owned(),
        sealed: None,
    };
    app.app.db.write(async |tx: &Tx| jobs::enqueue(tx, new(), at).await).await.unwrap();
}

/// Claims a job of these kinds. Asserts its state.
async fn claim_of(app: &TestApp, kinds: &[&'static KindRules], lease: &str) -> Option<StoredJob> {
    let filter = ClaimFilter {
        kinds,
        now: app.now(),
        skip_locked: jobs::supports_skip_locked(&app.app.db.reader()).await.unwrap(),
    };
    let ends = app.now().checked_add(LEASE).unwrap();
    let claimed =
        app.app.db.write(async |tx: &Tx| jobs::claim(tx, filter, lease, ends).await).await.unwrap();
    if let Some(job) = &claimed {
        assert_eq!(job.state, JobState::Running);
    }
    claimed
}

/// Claims a job of any kind.
async fn claim(app: &TestApp, lease: &str) -> Option<StoredJob> {
    claim_of(app, &ALL, lease).await
}

/// Claims jobs with several workers at the same time. Returns the ids of the claimed jobs.
async fn claim_at_once(app: &TestApp, workers: usize) -> Vec<i64> {
    let leases: Vec<String> =
        (0..workers).map(|n| format!("lease-{n}-{}", app.now().as_second())).collect();
    let mut ids: Vec<i64> = join_all(leases.iter().map(|lease| claim(app, lease)))
        .await
        .into_iter()
        .flatten()
        .map(|job| job.id.0)
        .collect();
    ids.sort_unstable();
    ids
}

/// Completes a job, like a worker.
async fn complete(app: &TestApp, job: &StoredJob, lease: &str) {
    let now = app.now();
    let is_held = app
        .app
        .db
        .write(async |tx: &Tx| {
            let is_held = jobs::mark_done(tx, job.id, lease, now).await?;
            if let Some(order) = &job.order {
                jobs::release_followers(tx, order, job.id, now).await?;
            }
            Ok::<_, DbError>(is_held)
        })
        .await
        .unwrap();
    assert!(is_held, "the worker holds the lease");
}

#[tokio::test]
async fn urgent_jobs_run_first_then_the_oldest() {
    let app = TestApp::empty().await;
    for kind in [&BULK, &NORMAL, &NORMAL, &URGENT] {
        enqueue(&app, kind, None).await;
    }
    let mut order = Vec::new();
    while let Some(job) = claim(&app, "a").await {
        order.push((job.kind, job.id.0));
    }
    let order: Vec<(&str, i64)> = order.iter().map(|(kind, id)| (kind.as_str(), *id)).collect();
    assert_eq!(order, [("urgent", 4), ("normal", 2), ("normal", 3), ("bulk", 1)]);
}

#[tokio::test]
async fn a_worker_does_not_claim_jobs_of_unknown_kinds() {
    let app = TestApp::empty().await;
    enqueue(&app, &URGENT, None).await;
    enqueue(&app, &NORMAL, None).await;
    assert_eq!(claim_of(&app, &[&NORMAL, &BULK], "old").await.unwrap().kind, "normal");
    assert!(claim_of(&app, &[&NORMAL, &BULK], "old").await.is_none());
    app.advance_clock(SignedDuration::from_secs(61));
    assert_eq!(claim_of(&app, &[&URGENT], "new").await.unwrap().attempts, 1, "not claimed before");
    assert!(
        claim_of(&app, &[&URGENT, &BULK], "new").await.is_none(),
        "the job whose lease has expired is of an unknown kind, too"
    );
    // The program's own worker knows none of these kinds.
    assert_eq!(app.worker_run().await, 0);
}

#[tokio::test]
async fn each_job_is_claimed_by_one_worker() {
    let app = TestApp::empty().await;
    for _ in 0..12 {
        enqueue(&app, &NORMAL, None).await;
    }
    let mut all = Vec::new();
    for _ in 0..6 {
        all.extend(claim_at_once(&app, 4).await);
    }
    all.sort_unstable();
    let mut distinct = all.clone();
    distinct.dedup();
    assert_eq!((all.len(), distinct.len()), (12, 12));
}

#[tokio::test]
async fn the_total_concurrency_of_a_queue_is_limited() {
    let app = TestApp::empty().await;
    for _ in 0..5 {
        enqueue(&app, &MEASURE, None).await;
    }
    enqueue(&app, &BULK, None).await;
    let first = claim_at_once(&app, 6).await;
    let running = async || app.count("jobs", "kind = 'measure' AND state = 'running'").await;
    assert_eq!(
        (running().await, first.len()),
        (2, 3),
        "two jobs of the limited queue, and the job of the other queue"
    );
    assert!(claim(&app, "x").await.is_none());

    // After the workers died, the same two jobs are claimed again, and no third one.
    app.advance_clock(SignedDuration::from_secs(61));
    let reclaimed = claim_at_once(&app, 6).await;
    assert_eq!((running().await, reclaimed), (2, first));

    // When one ends, another one can begin.
    let id =
        app.number("SELECT MIN(id) FROM jobs WHERE kind = 'measure' AND state = 'running'").await;
    let lease = app.text(&format!("SELECT lease FROM jobs WHERE id = {id}")).await.unwrap();
    let now = app.now();
    let job = clientele::domain::id::JobId(id);
    assert!(
        app.app
            .db
            .write(async |tx: &Tx| jobs::retry(
                tx,
                job,
                &lease,
                "no",
                now.checked_add(LEASE).unwrap()
            )
            .await)
            .await
            .unwrap()
    );
    assert_eq!(claim_at_once(&app, 4).await.len(), 1);
    assert_eq!(running().await, 2);
}

#[tokio::test]
async fn capacity_that_an_older_version_did_not_release_is_free() {
    let app = TestApp::empty().await;
    for _ in 0..4 {
        enqueue(&app, &MEASURE, None).await;
    }
    assert_eq!(claim_at_once(&app, 2).await.len(), 2);
    app.sql("UPDATE jobs SET state = 'done', lease = NULL, lease_ends_at = NULL WHERE state = 'running'").await;
    assert_eq!(claim_at_once(&app, 3).await.len(), 2);
}

#[tokio::test]
async fn jobs_of_an_older_version_have_medium_priority() {
    let app = TestApp::empty().await;
    enqueue(&app, &BULK, None).await;
    app.sql(
        "INSERT INTO jobs (kind, subject, payload, state, attempts, run_at, created_at) VALUES ('normal', '', '{}', 'waiting', 0, 0, 0)",
    )
    .await;
    enqueue(&app, &URGENT, None).await;
    let mut kinds = Vec::new();
    while let Some(job) = claim(&app, "a").await {
        kinds.push(job.kind);
    }
    assert_eq!(kinds, ["urgent", "normal", "bulk"]);
}

#[tokio::test]
async fn jobs_with_one_order_key_run_one_after_the_other_and_delay_no_others() {
    let app = TestApp::empty().await;
    for order in ["a", "a", "a", "b"] {
        enqueue(&app, &NORMAL, Some(order)).await;
    }
    let head = claim(&app, "1").await.unwrap();
    let other = claim(&app, "2").await.unwrap();
    assert_eq!(other.order.as_deref(), Some("b"), "the second of a waits, b does not");
    assert!(claim(&app, "3").await.is_none());
    complete(&app, &other, "2").await;

    // If a job fails, the jobs behind it wait until its retry, so that no worker claims them
    // before.
    let retry_at = app.now().checked_add(LEASE).unwrap();
    let failed = async |tx: &Tx| {
        jobs::retry(tx, head.id, "1", "no", retry_at).await?;
        jobs::delay_followers(tx, "a", head.id, retry_at).await
    };
    app.app.db.write(failed).await.unwrap();
    assert_eq!(
        app.count("jobs", &format!("order_key = 'a' AND run_at = {}", retry_at.as_second())).await,
        3,
        "the jobs behind it, too"
    );
    assert!(claim(&app, "4").await.is_none());
    app.advance_clock(LEASE);
    let retried = claim(&app, "5").await.unwrap();
    assert_eq!(retried.id, head.id);
    complete(&app, &retried, "5").await;
    let second = claim(&app, "6").await.unwrap();
    assert!(second.order.as_deref() == Some("a") && claim(&app, "7").await.is_none());
}
