//! What is done again and again.

use super::*;
use domain::id::LoginId;
use services::schedules::{Recurring, enqueue_due, take_turn};

const HOURLY: [Recurring; 1] = [Recurring {
    every: SignedDuration::from_hours(1),
    job: || jobs::Job::SendPasswordChanged { login: LoginId(-1) },
}];

impl Stage {
    async fn written(&self) -> usize {
        let (rows, _) =
            db::jobs::list(&self.app.db.reader(), Scope::All, &JobFilter::default(), 100, 0)
                .await
                .unwrap();
        rows.iter().filter(|row| row.kind == "send_password_changed").count()
    }
}

#[tokio::test]
async fn what_recurs_is_written_once_a_period_by_all_workers_together() {
    let stage = Stage::new().await;
    let url = &stage.fresh.url;
    let mut nodes = vec![stage.app.clone()];
    for _ in 0..3 {
        nodes.push(App { db: db::Db::connect(url).await.unwrap(), ..stage.app.clone() });
    }
    let (worker, _) = stage.worker();
    for period in 1..=3 {
        for outcome in
            futures_util::future::join_all(nodes.iter().map(|node| enqueue_due(node, &HOURLY)))
                .await
        {
            outcome.unwrap();
        }
        assert_eq!(stage.written().await, period);
        worker.run_until_empty().await.unwrap();
        stage.clock.advance(SignedDuration::from_mins(59));
        enqueue_due(&nodes[1], &HOURLY).await.unwrap();
        assert_eq!(stage.written().await, period, "the period is not over");
        stage.clock.advance(SignedDuration::from_mins(1));
    }
}

#[tokio::test]
async fn what_is_not_done_yet_is_not_written_twice() {
    let stage = Stage::new().await;
    enqueue_due(&stage.app, &HOURLY).await.unwrap();
    stage.clock.advance(SignedDuration::from_hours(5));
    enqueue_due(&stage.app, &HOURLY).await.unwrap();
    assert_eq!(stage.written().await, 1);
}

#[tokio::test]
async fn of_several_workers_one_tidies_up() {
    let stage = Stage::new().await;
    let hour = SignedDuration::from_hours(1);
    assert!(take_turn(&stage.app, "tidy", hour).await.unwrap());
    assert!(!take_turn(&stage.app, "tidy", hour).await.unwrap());
    stage.clock.advance(hour);
    assert!(take_turn(&stage.app, "tidy", hour).await.unwrap());
}

#[tokio::test]
async fn of_several_subjects_each_has_its_own_time() {
    let stage = Stage::new().await;
    let hour = SignedDuration::from_hours(1);
    let due = async |subject: &str| {
        let now = stage.clock.now();
        stage
            .app
            .db
            .write(async |tx: &Tx| db::schedules::due(tx, "measure", subject, now, hour).await)
            .await
            .unwrap()
    };
    assert_eq!([due("a").await, due("a").await, due("b").await], [true, false, true]);
    stage.clock.advance(SignedDuration::from_mins(60));
    assert_eq!([due("a").await, due("a").await], [true, false]);
    assert_eq!(
        db::schedules::last_run(&stage.app.db.reader(), "measure", "a").await.unwrap(),
        Some(stage.clock.now())
    );
}
