//! Who has a job, and for how long.

use super::*;

#[tokio::test]
async fn a_job_that_runs_twice_has_one_effect() {
    let stage = Stage::new().await;
    stage.add("meier").await;
    let (worker, inbox) = stage.worker();
    for kind in ["create_home", "send_welcome"] {
        let row = stage.job(kind).await.unwrap();
        let context = worker.context(&CancellationToken::new(), &CancellationToken::new());
        crate::run::run(&context, &row).await.unwrap();
        crate::run::run(&context, &row).await.unwrap();
    }
    let ids: Vec<_> = inbox.mails().iter().map(|mail| mail.mail.id.clone()).collect();
    assert!(ids.len() == 2 && ids[0] == ids[1], "mail programs show it once: {ids:?}");
    assert_eq!(std::fs::read_dir(stage.place.path().join("homes/meier")).unwrap().count(), 1);
}

#[tokio::test]
async fn a_job_belongs_to_one_worker_until_its_lease_ends() {
    let stage = Stage::new().await;
    stage.add("meier").await;
    let (worker, inbox) = stage.worker();
    let (first, lost_lease) = queue::claim(&worker.app, worker.kinds).await.unwrap().unwrap();
    let (second, _) = queue::claim(&worker.app, worker.kinds).await.unwrap().unwrap();
    assert_ne!(first.id, second.id);
    assert!(
        queue::claim(&worker.app, worker.kinds).await.unwrap().is_none(),
        "nobody gets it twice"
    );
    // That worker died.
    stage.clock.advance(SignedDuration::from_secs(61));
    assert_eq!(worker.run_until_empty().await.unwrap(), 2);
    assert_eq!(stage.job(&first.kind).await.unwrap().attempts, 2);
    assert_eq!(inbox.mails().len(), 1);
    // It was not dead after all: what it notes now is not heard.
    let late = stage
        .app
        .db
        .write(async |tx: &Tx| db::jobs::retry(tx, first.id, &lost_lease, "x", first.run_at).await)
        .await
        .unwrap();
    assert!(!late && stage.state(&first.kind).await == Some(JobState::Done));
}

#[tokio::test]
async fn a_job_that_kills_its_worker_every_time_is_given_up() {
    let stage = Stage::new().await;
    stage.add("meier").await;
    let (worker, _) = stage.worker();
    for _ in 0..14 {
        while queue::claim(&worker.app, worker.kinds).await.unwrap().is_some() {}
        stage.clock.advance(SignedDuration::from_secs(61));
    }
    worker.run_until_empty().await.unwrap();
    let job = stage.job("create_home").await.unwrap();
    assert_eq!((job.state, job.attempts), (JobState::Failed, 15));
    assert!(job.last_error.unwrap().contains("begun 14 times"));
}

#[tokio::test]
async fn a_running_worker_hears_the_bell_and_stops_when_told() {
    let stage = Stage::new().await;
    let (worker, inbox) = stage.worker();
    let stopping = CancellationToken::new();
    let script = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let rung = Instant::now();
        for n in 0..8 {
            stage.add(&format!("meier{}", char::from(b'a' + n))).await;
        }
        let counts =
            async || db::jobs::counts(&stage.app.db.reader(), Scope::All, None).await.unwrap();
        // Home and mail of each, and what is measured once a day.
        while counts().await != [(JobState::Done, 17)] {
            assert!(rung.elapsed() < Duration::from_secs(20), "{:?}", counts().await);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        stopping.cancel();
    };
    tokio::join!(worker.run(stopping.clone()), script);
    assert_eq!(inbox.mails().len(), 8);
}

#[tokio::test]
async fn a_failing_database_ends_nothing() {
    let stage = Stage::new().await;
    stage.app.clone().db.close().await;
    let (worker, _) = stage.worker();
    let stopping = CancellationToken::new();
    let script = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        stopping.cancel();
    };
    tokio::join!(worker.run(stopping.clone()), script);
}

#[tokio::test]
async fn old_jobs_are_forgotten_done_ones_first() {
    let stage = Stage::new().await;
    std::fs::create_dir(stage.place.path().join("homes")).unwrap();
    stage.add("meier").await;
    std::os::unix::fs::symlink("/etc", stage.place.path().join("homes/meier")).unwrap();
    let (worker, _) = stage.worker();
    worker.run_until_empty().await.unwrap();
    worker.tidy().await.unwrap();
    assert!(stage.job("send_welcome").await.is_some());
    stage.clock.advance(SignedDuration::from_hours(15 * 24));
    worker.tidy().await.unwrap();
    assert!(stage.job("send_welcome").await.is_none() && stage.job("create_home").await.is_some());
    stage.clock.advance(SignedDuration::from_hours(16 * 24));
    worker.tidy().await.unwrap();
    assert!(stage.job("create_home").await.is_none());
}

#[tokio::test]
async fn a_worker_that_cannot_prolong_its_lease_leaves_the_job_before_another_may_begin_it() {
    let stage = Stage::new().await;
    let pid = stage.place.path().join("pid");
    stage.hook(
        "10-hangs",
        &format!("echo $$ > {}.new; mv {0}.new {0}; sleep 1000 & wait", pid.display()),
    );
    stage.add("meier").await;
    let (worker, _) = stage.worker();
    let find: Vec<_> =
        worker.kinds.iter().copied().filter(|kind| kind.name == "find_hooks").collect();
    let run: Vec<_> = worker.kinds.iter().copied().filter(|kind| kind.name == "run_hook").collect();
    let context = worker.context(&CancellationToken::new(), &CancellationToken::new());
    let work = async {
        let (row, lease) = queue::claim(&worker.app, &find).await.unwrap().unwrap();
        attempt::perform(&context, row, &lease).await;
        let (row, lease) = queue::claim(&worker.app, &run).await.unwrap().unwrap();
        attempt::perform(&context, row, &lease).await;
    };
    let cut_off = async {
        while !pid.exists() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        stage.app.clone().db.close().await;
        // From here on time runs as fast as nothing happens.
        tokio::time::pause();
    };
    LocalSet::new().run_until(Box::pin(async { tokio::join!(work, cut_off) })).await;
    let group: i32 = std::fs::read_to_string(&pid).unwrap().trim().parse().unwrap();
    tokio::time::resume();
    let begun = std::time::Instant::now();
    while rustix::process::test_kill_process_group(rustix::process::Pid::from_raw(group).unwrap())
        .is_ok()
    {
        assert!(begun.elapsed() < Duration::from_secs(10), "what it had begun still runs");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
