//! Leases: a lease gives a job to one worker for a limited time.

use super::*;

#[tokio::test]
async fn a_second_run_of_a_job_repeats_the_message_id_and_keeps_the_home() {
    let setup = Setup::new().await;
    setup.add("meier").await;
    let (worker, inbox) = setup.worker();
    for kind in ["create_home", "send_welcome"] {
        let row = setup.job(kind).await.unwrap();
        let context = worker.context(&CancellationToken::new(), &CancellationToken::new());
        crate::run::run(&context, &row).await.unwrap();
        crate::run::run(&context, &row).await.unwrap();
    }
    let ids: Vec<_> = inbox.mails().iter().map(|mail| mail.mail.id.clone()).collect();
    assert!(ids.len() == 2 && ids[0] == ids[1], "both emails have the same id: {ids:?}");
    assert_eq!(std::fs::read_dir(setup.dir.path().join("homes/meier")).unwrap().count(), 1);
}

#[tokio::test]
async fn a_job_belongs_to_one_worker_until_its_lease_ends() {
    let setup = Setup::new().await;
    setup.add("meier").await;
    let (worker, inbox) = setup.worker();
    let (first, lost_lease) = queue::claim(&worker.app, KINDS).await.unwrap().unwrap();
    let (second, _) = queue::claim(&worker.app, KINDS).await.unwrap().unwrap();
    assert_ne!(first.id, second.id);
    assert!(
        queue::claim(&worker.app, KINDS).await.unwrap().is_none(),
        "a claimed job is not claimed again"
    );
    // The first worker died.
    setup.clock.advance(SignedDuration::from_secs(61));
    assert_eq!(worker.run_until_empty().await.unwrap(), 2);
    assert_eq!(setup.job(&first.kind).await.unwrap().attempts, 2);
    assert_eq!(inbox.mails().len(), 1);
    // The first worker was only slow: its result is ignored.
    let late = setup
        .app
        .db
        .write(async |tx: &Tx| db::jobs::retry(tx, first.id, &lost_lease, "x", first.run_at).await)
        .await
        .unwrap();
    assert!(!late && setup.state(&first.kind).await == Some(JobState::Done));
}

#[tokio::test]
async fn a_job_that_kills_its_worker_every_time_is_given_up() {
    let setup = Setup::new().await;
    setup.add("meier").await;
    let (worker, _) = setup.worker();
    for _ in 0..14 {
        while queue::claim(&worker.app, KINDS).await.unwrap().is_some() {}
        setup.clock.advance(SignedDuration::from_secs(61));
    }
    worker.run_until_empty().await.unwrap();
    let job = setup.job("create_home").await.unwrap();
    assert_eq!((job.state, job.attempts), (JobState::Failed, 15));
    assert!(job.last_error.unwrap().contains("started 14 times"));
}

#[tokio::test]
async fn workers_run_queued_jobs_until_they_are_stopped() {
    let setup = Setup::new().await;
    let (worker, inbox) = setup.worker();
    let stopping = CancellationToken::new();
    let script = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let begun = Instant::now();
        for n in 0..8 {
            setup.add(&format!("meier{}", char::from(b'a' + n))).await;
        }
        let counts = async || {
            db::jobs::count_by_state(&setup.app.db.reader(), Scope::All, None).await.unwrap()
        };
        // Home directory and email of each customer, and the daily measurement.
        while counts().await != [(JobState::Done, 17)] {
            assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", counts().await);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        stopping.cancel();
    };
    tokio::join!(worker.run(stopping.clone()), script);
    assert_eq!(inbox.mails().len(), 8);
}

#[tokio::test]
async fn workers_survive_a_failing_database() {
    let setup = Setup::new().await;
    setup.app.clone().db.close().await;
    let (worker, _) = setup.worker();
    let stopping = CancellationToken::new();
    let script = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        stopping.cancel();
    };
    tokio::join!(worker.run(stopping.clone()), script);
}

#[tokio::test]
async fn completed_jobs_are_removed_before_failed_ones() {
    let setup = Setup::new().await;
    std::fs::create_dir(setup.dir.path().join("homes")).unwrap();
    setup.add("meier").await;
    std::os::unix::fs::symlink("/etc", setup.dir.path().join("homes/meier")).unwrap();
    let (worker, _) = setup.worker();
    worker.run_until_empty().await.unwrap();
    worker.remove_old_rows().await.unwrap();
    assert!(setup.job("send_welcome").await.is_some());
    setup.clock.advance(SignedDuration::from_hours(15 * 24));
    worker.remove_old_rows().await.unwrap();
    assert!(setup.job("send_welcome").await.is_none() && setup.job("create_home").await.is_some());
    setup.clock.advance(SignedDuration::from_hours(16 * 24));
    worker.remove_old_rows().await.unwrap();
    assert!(setup.job("create_home").await.is_none());
}

#[tokio::test]
async fn jobs_without_lease_extension_are_dropped_before_the_lease_ends() {
    let setup = Setup::new().await;
    let pid = setup.dir.path().join("pid");
    setup.write_hook(
        "10-hangs",
        &format!("echo $$ > {}.new; mv {0}.new {0}; sleep 1000 & wait", pid.display()),
    );
    setup.add("meier").await;
    let (worker, _) = setup.worker();
    let find: Vec<_> = KINDS.iter().copied().filter(|kind| kind.name == "find_hooks").collect();
    let run: Vec<_> = KINDS.iter().copied().filter(|kind| kind.name == "run_hook").collect();
    let context = worker.context(&CancellationToken::new(), &CancellationToken::new());
    let work = async {
        let (row, lease) = queue::claim(&worker.app, &find).await.unwrap().unwrap();
        attempt::perform(&context, row, &lease).await;
        let (row, lease) = queue::claim(&worker.app, &run).await.unwrap().unwrap();
        attempt::perform(&context, row, &lease).await;
    };
    let disconnect = async {
        while !pid.exists() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        setup.app.clone().db.close().await;
        // From here on, the clock advances whenever all tasks are idle.
        tokio::time::pause();
    };
    LocalSet::new().run_until(Box::pin(async { tokio::join!(work, disconnect) })).await;
    let group: i32 = std::fs::read_to_string(&pid).unwrap().trim().parse().unwrap();
    tokio::time::resume();
    let begun = std::time::Instant::now();
    while rustix::process::test_kill_process_group(rustix::process::Pid::from_raw(group).unwrap())
        .is_ok()
    {
        assert!(begun.elapsed() < Duration::from_secs(10), "processes of the hook still run");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
