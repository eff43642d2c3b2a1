//! Mails, their recipients, and failed deliveries.

use super::*;

#[tokio::test]
async fn an_added_customer_has_home_and_mail_and_nothing_keeps_the_password() {
    let stage = Stage::new().await;
    let customer = stage.add("meier").await;
    assert!(!stage.stored(CANARY), "it waits only sealed");
    let sealed = stage.job("send_welcome").await.unwrap().sealed.unwrap();
    assert!(stage.stored(&sealed[..40]));
    let (worker, inbox) = stage.worker();
    assert_eq!(worker.run_until_empty().await.unwrap(), 2);
    let page = std::fs::read_to_string(stage.place.path().join("homes/meier/index.html")).unwrap();
    assert!(
        page.contains("<h1>meier</h1>")
            && page.contains("Hier entsteht")
            && page.contains("Clientele")
    );
    let mails = inbox.mails();
    let mail = &mails[0].mail;
    assert_eq!(
        (mails.len(), mail.to.to_string().as_str(), mail.language),
        (1, "Ann Lee <ann@kunde.example>", "de")
    );
    for part in [&mail.text, &mail.html] {
        for text in [CANARY, "meier", "http://panel.example/login", "meier.localhost"] {
            assert!(part.contains(text), "{text} in {part}");
        }
    }
    assert!(mail.reply_to.as_ref().is_some_and(|to| to.to_string().contains("boss@host.example")));
    let job = stage.job("send_welcome").await.unwrap();
    assert!(mails[0].raw.contains(&format!("Message-ID: <job-{}-", job.id)), "{}", mails[0].raw);
    assert_eq!((job.state, job.sealed, job.last_error), (JobState::Done, None, None));
    assert_eq!(worker.run_until_empty().await.unwrap(), 0, "done is done");
    assert_eq!(
        customer.document_root,
        format!("{}/", stage.place.path().join("homes/meier").display())
    );
}

#[tokio::test]
async fn a_dead_mail_server_makes_the_mail_wait_with_its_reason_until_it_is_tried_now() {
    let stage = Stage::new().await;
    stage.add("meier").await;
    let dead = Worker::new(stage.app.clone(), refusing_smtp());
    assert_eq!(dead.run_until_empty().await.unwrap(), 2);
    let job = stage.job("send_welcome").await.unwrap();
    assert_eq!((job.state, job.attempts), (JobState::Waiting, 1));
    assert_eq!(
        job.last_error.as_deref(),
        Some("The mail server does not answer (connection refused)")
    );
    assert!(job.run_at > stage.clock.now() && job.sealed.is_some());
    assert_eq!(dead.run_until_empty().await.unwrap(), 0, "its pause is not over");
    stage.clock.advance(SignedDuration::from_secs(15));
    assert_eq!(dead.run_until_empty().await.unwrap(), 1);
    assert_eq!(stage.job("send_welcome").await.unwrap().attempts, 2);

    let (alive, inbox) = stage.worker();
    stage
        .app
        .change(&origin(), async |cmd: Command<'_>| jobs::run_now(cmd, &stage.by, job.id).await)
        .await
        .unwrap();
    assert_eq!(alive.run_until_empty().await.unwrap(), 1);
    assert!(inbox.mails()[0].mail.text.contains(CANARY));
    assert_eq!(stage.job("send_welcome").await.unwrap().last_error, None);
}

#[tokio::test]
async fn after_two_days_it_is_given_up_and_can_still_be_tried() {
    let stage = Stage::new().await;
    stage.add("meier").await;
    let dead = Worker::new(stage.app.clone(), refusing_smtp());
    let begun = stage.clock.now();
    while stage.state("send_welcome").await == Some(JobState::Waiting) {
        dead.run_until_empty().await.unwrap();
        stage.clock.advance(SignedDuration::from_hours(1));
    }
    let job = stage.job("send_welcome").await.unwrap();
    let hours = (stage.clock.now() - begun).as_hours();
    assert!(
        job.state == JobState::Failed && job.attempts == 14 && (48..72).contains(&hours),
        "{hours}"
    );
    assert!(job.last_error.unwrap().contains("does not answer") && job.sealed.is_some());
    stage
        .app
        .change(&origin(), async |cmd: Command<'_>| jobs::run_now(cmd, &stage.by, job.id).await)
        .await
        .unwrap();
    let (alive, inbox) = stage.worker();
    alive.run_until_empty().await.unwrap();
    assert_eq!(inbox.mails().len(), 1);
}

#[tokio::test]
async fn a_lost_key_is_told() {
    let mut stage = Stage::new().await;
    stage.add("meier").await;
    stage.app.env.sealer = Sealer::new(&SecretKey::new(&"other".repeat(8).into()).unwrap());
    stage.worker().0.run_until_empty().await.unwrap();
    let job = stage.job("send_welcome").await.unwrap();
    assert_eq!(job.state, JobState::Failed);
    assert!(job.last_error.unwrap().contains("secret key"));
}

#[tokio::test]
async fn password_mails_reach_customers_and_admins() {
    let stage = Stage::new().await;
    let customer = stage.add("meier").await;
    let (worker, inbox) = stage.worker();
    worker.run_until_empty().await.unwrap();
    let token = domain::secret::Secret::new("t0ken");
    stage
        .app
        .change(&origin(), async |cmd: Command<'_>| {
            // Asked for twice: only the second link works, and only that one is sent.
            account::request_reset(cmd, "meier", "ann@kunde.example").await?;
            account::request_reset(cmd, "meier", "ann@kunde.example").await?;
            jobs::enqueue(
                cmd,
                &jobs::Job::SendPasswordChanged { login: stage.by.login() },
                "admin",
                None,
            )
            .await?;
            jobs::enqueue(
                cmd,
                &jobs::Job::SendNewPassword { customer: customer.id },
                "meier",
                Some(&token),
            )
            .await?;
            Ok::<_, ServiceError>(())
        })
        .await
        .unwrap();
    worker.run_until_empty().await.unwrap();
    let mails = inbox.mails();
    assert_eq!(mails.len(), 4);
    assert!(mails[1].mail.text.contains("http://panel.example/password/reset/"));
    // What somebody waits for goes before what was written earlier.
    assert!(mails[2].mail.text.contains("t0ken"));
    assert_eq!(
        (mails[3].mail.to.email.to_string(), mails[3].mail.language),
        ("boss@host.example".to_owned(), "en")
    );
    assert!(mails[3].mail.text.contains("http://panel.example/password/forgot"));
}

#[tokio::test]
async fn a_mail_that_waits_with_an_old_password_gives_way_to_the_new_one() {
    let stage = Stage::new().await;
    let customer = stage.add("meier").await;
    let dead = Worker::new(stage.app.clone(), refusing_smtp());
    dead.run_until_empty().await.unwrap();
    assert_eq!(stage.state("send_welcome").await, Some(JobState::Waiting));
    let settings = stage.app.look().await.unwrap().settings;
    let typed = Some(domain::secret::Secret::new("Later.Password1"));
    let password = services::passwords::prepare(
        &stage.app.env,
        &settings,
        "new_customer_password",
        typed,
        None,
    )
    .await
    .unwrap();
    let request = customers::UpdateCustomer {
        sendpassword: true.into(),
        ..customers::UpdateCustomer::default()
    };
    let edit = customers::Edit { request, password: Some(password), ..customers::Edit::default() };
    let which = CustomerRef::Id(customer.id);
    stage
        .app
        .change(&origin(), async |cmd: Command<'_>| {
            customers::update(cmd, &stage.by, &which, &edit).await
        })
        .await
        .unwrap();
    assert!(
        stage.job("send_welcome").await.is_none(),
        "nobody is sent a password that no longer holds"
    );
    let (worker, inbox) = stage.worker();
    worker.run_until_empty().await.unwrap();
    let mails = inbox.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].mail.text.contains("Later.Password1"));
}
