//! Recurring jobs.

use super::*;
use domain::id::LoginId;
use services::schedules::{Recurring, claim_period, enqueue_due};

const HOURLY: [Recurring; 1] = [Recurring {
    period: SignedDuration::from_hours(1),
    job: || jobs::Job::SendPasswordChanged { login: LoginId(-1) },
}];

impl Setup {
    async fn enqueued(&self) -> usize {
        let (rows, _) =
            db::jobs::list(&self.app.db.reader(), Scope::All, &JobFilter::default(), 100, 0)
                .await
                .unwrap();
        rows.iter().filter(|row| row.kind == "send_password_changed").count()
    }
}

#[tokio::test]
async fn recurring_jobs_are_enqueued_once_a_period_by_all_workers() {
    let setup = Setup::new().await;
    let url = &setup.database.url;
    let mut nodes = vec![setup.app.clone()];
    for _ in 0..3 {
        nodes.push(App { db: db::Db::connect(url).await.unwrap(), ..setup.app.clone() });
    }
    let (worker, _) = setup.worker();
    for period in 1..=3 {
        for outcome in
            futures_util::future::join_all(nodes.iter().map(|node| enqueue_due(node, &HOURLY)))
                .await
        {
            outcome.unwrap();
        }
        assert_eq!(setup.enqueued().await, period);
        worker.run_until_empty().await.unwrap();
        setup.clock.advance(SignedDuration::from_mins(59));
        enqueue_due(&nodes[1], &HOURLY).await.unwrap();
        assert_eq!(setup.enqueued().await, period, "the period is not over");
        setup.clock.advance(SignedDuration::from_mins(1));
    }
}

#[tokio::test]
async fn unfinished_recurring_jobs_are_not_enqueued_again() {
    let setup = Setup::new().await;
    enqueue_due(&setup.app, &HOURLY).await.unwrap();
    setup.clock.advance(SignedDuration::from_hours(5));
    enqueue_due(&setup.app, &HOURLY).await.unwrap();
    assert_eq!(setup.enqueued().await, 1);
}

#[tokio::test]
async fn a_period_is_claimed_only_once() {
    let setup = Setup::new().await;
    let hour = SignedDuration::from_hours(1);
    assert!(claim_period(&setup.app, "tidy", hour).await.unwrap());
    assert!(!claim_period(&setup.app, "tidy", hour).await.unwrap());
    setup.clock.advance(hour);
    assert!(claim_period(&setup.app, "tidy", hour).await.unwrap());
}

#[tokio::test]
async fn subjects_have_their_own_schedules() {
    let setup = Setup::new().await;
    let hour = SignedDuration::from_hours(1);
    let due = async |subject: &str| {
        let now = setup.clock.now();
        setup
            .app
            .db
            .write(async |tx: &Tx| {
                db::schedules::claim_run(tx, "measure", subject, now, hour).await
            })
            .await
            .unwrap()
    };
    assert_eq!([due("a").await, due("a").await, due("b").await], [true, false, true]);
    setup.clock.advance(SignedDuration::from_mins(60));
    assert_eq!([due("a").await, due("a").await], [true, false]);
}
