//! Home directories, and deleted customers.

use super::*;

#[tokio::test]
async fn a_refused_job_is_given_up_at_once() {
    let setup = Setup::new().await;
    std::fs::create_dir(setup.dir.path().join("homes")).unwrap();
    setup.add("meier").await;
    std::os::unix::fs::symlink("/etc", setup.dir.path().join("homes/meier")).unwrap();
    setup.worker().0.run_until_empty().await.unwrap();
    let job = setup.job("create_home").await.unwrap();
    assert_eq!((job.state, job.attempts), (JobState::Failed, 1));
    assert!(job.last_error.unwrap().contains("is not a directory"));
    assert!(!std::path::Path::new("/etc/index.html").exists());
}

#[tokio::test]
async fn deletion_cancels_queued_jobs_and_removes_files() {
    let setup = Setup::new().await;
    let (worker, inbox) = setup.worker();
    setup.add("meier").await;
    setup.delete("meier", FileRemoval::Remove).await;
    assert_eq!(
        (setup.job("create_home").await.is_none(), setup.job("send_welcome").await.is_none()),
        (true, true)
    );
    worker.run_until_empty().await.unwrap();
    assert!(inbox.mails().is_empty() && !setup.dir.path().join("homes/meier").exists());

    setup.add("meier").await;
    worker.run_until_empty().await.unwrap();
    std::fs::write(setup.dir.path().join("homes/meier/work"), "theirs").unwrap();
    setup.delete("meier", FileRemoval::Keep).await;
    worker.run_until_empty().await.unwrap();
    assert!(setup.dir.path().join("homes/meier/work").exists());
    std::fs::remove_dir_all(setup.dir.path().join("homes/meier")).unwrap();

    setup.add("meier").await;
    worker.run_until_empty().await.unwrap();
    setup.delete("meier", FileRemoval::Remove).await;
    worker.run_until_empty().await.unwrap();
    assert_eq!(std::fs::read_dir(setup.dir.path().join("homes")).unwrap().count(), 0);
    assert_eq!(setup.state("remove_home").await, Some(JobState::Done));
}

#[tokio::test]
async fn removal_keeps_the_home_of_a_new_customer_with_the_same_name() {
    let setup = Setup::new().await;
    let (worker, _) = setup.worker();
    setup.add("meier").await;
    setup.delete("meier", FileRemoval::Remove).await;
    setup.add("meier").await;
    // The removal of the old home directory and the creation of the new one are both due.
    worker.run_until_empty().await.unwrap();
    assert!(setup.dir.path().join("homes/meier/index.html").exists());
}

#[tokio::test]
async fn homes_of_customers_deleted_in_the_meantime_are_removed() {
    let setup = Setup::new().await;
    setup.add("meier").await;
    let (worker, inbox) = setup.worker();
    let mut claimed = Vec::new();
    while let Some(job) = queue::claim(&worker.app, KINDS).await.unwrap() {
        claimed.push(job);
    }
    setup.delete("meier", FileRemoval::Keep).await;
    let context = worker.context(&CancellationToken::new(), &CancellationToken::new());
    let all = async {
        for (row, lease) in claimed {
            attempt::perform(&context, row, &lease).await;
        }
    };
    LocalSet::new().run_until(all).await;
    assert!(!setup.dir.path().join("homes/meier").exists() && inbox.mails().is_empty());
    assert_eq!(setup.state("send_welcome").await, Some(JobState::Done));
    assert_eq!(setup.job("send_welcome").await.unwrap().sealed, None);
}
