//! Homes, and customers who go.

use super::*;

#[tokio::test]
async fn a_refused_job_is_given_up_at_once() {
    let stage = Stage::new().await;
    std::fs::create_dir(stage.place.path().join("homes")).unwrap();
    stage.add("meier").await;
    std::os::unix::fs::symlink("/etc", stage.place.path().join("homes/meier")).unwrap();
    stage.worker().0.run_until_empty().await.unwrap();
    let job = stage.job("create_home").await.unwrap();
    assert_eq!((job.state, job.attempts), (JobState::Failed, 1));
    assert!(job.last_error.unwrap().contains("is no directory"));
    assert!(!std::path::Path::new("/etc/index.html").exists());
}

#[tokio::test]
async fn deleting_cancels_what_waits_and_removes_files() {
    let stage = Stage::new().await;
    let (worker, inbox) = stage.worker();
    stage.add("meier").await;
    stage.delete("meier", Files::Remove).await;
    assert_eq!(
        (stage.job("create_home").await.is_none(), stage.job("send_welcome").await.is_none()),
        (true, true)
    );
    worker.run_until_empty().await.unwrap();
    assert!(inbox.mails().is_empty() && !stage.place.path().join("homes/meier").exists());

    stage.add("meier").await;
    worker.run_until_empty().await.unwrap();
    std::fs::write(stage.place.path().join("homes/meier/work"), "theirs").unwrap();
    stage.delete("meier", Files::Keep).await;
    worker.run_until_empty().await.unwrap();
    assert!(stage.place.path().join("homes/meier/work").exists());
    std::fs::remove_dir_all(stage.place.path().join("homes/meier")).unwrap();

    stage.add("meier").await;
    worker.run_until_empty().await.unwrap();
    stage.delete("meier", Files::Remove).await;
    worker.run_until_empty().await.unwrap();
    assert_eq!(std::fs::read_dir(stage.place.path().join("homes")).unwrap().count(), 0);
    assert_eq!(stage.state("remove_home").await, Some(JobState::Done));
}

#[tokio::test]
async fn a_removal_never_takes_the_home_of_a_new_customer_of_that_name() {
    let stage = Stage::new().await;
    let (worker, _) = stage.worker();
    stage.add("meier").await;
    stage.delete("meier", Files::Remove).await;
    stage.add("meier").await;
    // The old removal and the new home are both due.
    worker.run_until_empty().await.unwrap();
    assert!(stage.place.path().join("homes/meier/index.html").exists());
}

#[tokio::test]
async fn a_customer_deleted_while_their_home_is_made_leaves_none() {
    let stage = Stage::new().await;
    stage.add("meier").await;
    let (worker, inbox) = stage.worker();
    let mut claimed = Vec::new();
    while let Some(job) = queue::claim(&worker.app, worker.kinds).await.unwrap() {
        claimed.push(job);
    }
    stage.delete("meier", Files::Keep).await;
    let context = worker.context(&CancellationToken::new(), &CancellationToken::new());
    let all = async {
        for (row, lease) in claimed {
            attempt::perform(&context, row, &lease).await;
        }
    };
    LocalSet::new().run_until(all).await;
    assert!(!stage.place.path().join("homes/meier").exists() && inbox.mails().is_empty());
    assert_eq!(stage.state("send_welcome").await, Some(JobState::Done));
    assert_eq!(stage.job("send_welcome").await.unwrap().sealed, None);
}
