//! Emails, their recipients, and failed deliveries.

use super::*;

#[tokio::test]
async fn new_customers_get_home_and_email_and_no_plain_password_is_stored() {
    let setup = Setup::new().await;
    let customer = setup.add("meier").await;
    assert!(!setup.is_stored(CANARY), "the password is stored only sealed");
    let sealed = setup.job("send_welcome").await.unwrap().sealed.unwrap();
    assert!(setup.is_stored(&sealed[..40]));
    let (worker, inbox) = setup.worker();
    assert_eq!(worker.run_until_empty().await.unwrap(), 2);
    let page = std::fs::read_to_string(setup.dir.path().join("homes/meier/index.html")).unwrap();
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
    let job = setup.job("send_welcome").await.unwrap();
    assert!(mails[0].raw.contains(&format!("Message-ID: <job-{}-", job.id)), "{}", mails[0].raw);
    assert_eq!((job.state, job.sealed, job.last_error), (JobState::Done, None, None));
    assert_eq!(worker.run_until_empty().await.unwrap(), 0, "completed jobs do not run again");
    assert_eq!(
        customer.document_root,
        format!("{}/", setup.dir.path().join("homes/meier").display())
    );
}

#[tokio::test]
async fn emails_are_retried_while_the_mail_server_is_unreachable() {
    let setup = Setup::new().await;
    setup.add("meier").await;
    let failing = Worker::new(setup.app.clone(), refusing_smtp());
    assert_eq!(failing.run_until_empty().await.unwrap(), 2);
    let job = setup.job("send_welcome").await.unwrap();
    assert_eq!((job.state, job.attempts), (JobState::Waiting, 1));
    assert_eq!(
        job.last_error.as_deref(),
        Some("The mail server does not respond (connection refused)")
    );
    assert!(job.run_at > setup.clock.now() && job.sealed.is_some());
    assert_eq!(failing.run_until_empty().await.unwrap(), 0, "the retry is not due yet");
    setup.clock.advance(SignedDuration::from_secs(15));
    assert_eq!(failing.run_until_empty().await.unwrap(), 1);
    assert_eq!(setup.job("send_welcome").await.unwrap().attempts, 2);

    let (working, inbox) = setup.worker();
    setup
        .app
        .change(&origin(), async |cmd: Command<'_>| jobs::run_now(cmd, &setup.by, job.id).await)
        .await
        .unwrap();
    assert_eq!(working.run_until_empty().await.unwrap(), 1);
    assert!(inbox.mails()[0].mail.text.contains(CANARY));
    assert_eq!(setup.job("send_welcome").await.unwrap().last_error, None);
}

#[tokio::test]
async fn an_email_that_cannot_be_encoded_ends_no_outage() {
    let setup = Setup::new().await;
    setup.add("meier").await;
    Worker::new(setup.app.clone(), refusing_smtp()).run_until_empty().await.unwrap();
    setup.clock.advance(SignedDuration::from_secs(15));
    let sender = lettre::Address::new_dangerous("noreply", "no domain");
    let (mailer, inbox) = Mailer::memory(lettre::message::Mailbox::new(None, sender));
    assert_eq!(Worker::new(setup.app.clone(), mailer).run_until_empty().await.unwrap(), 1);
    assert_eq!(setup.state("send_welcome").await, Some(JobState::Failed));
    assert!(inbox.mails().is_empty());
    assert_eq!(db::outages::all(&setup.app.db.reader()).await.unwrap().len(), 1);

    // An email that is sent ends it.
    setup.add("huber").await;
    setup.worker().0.run_until_empty().await.unwrap();
    assert!(db::outages::all(&setup.app.db.reader()).await.unwrap().is_empty());
}

#[tokio::test]
async fn emails_are_given_up_after_two_days_and_can_be_retried() {
    let setup = Setup::new().await;
    setup.add("meier").await;
    let failing = Worker::new(setup.app.clone(), refusing_smtp());
    let begun = setup.clock.now();
    while setup.state("send_welcome").await == Some(JobState::Waiting) {
        failing.run_until_empty().await.unwrap();
        setup.clock.advance(SignedDuration::from_hours(1));
    }
    let job = setup.job("send_welcome").await.unwrap();
    let hours = (setup.clock.now() - begun).as_hours();
    assert!(
        job.state == JobState::Failed && job.attempts == 14 && (48..72).contains(&hours),
        "{hours}"
    );
    assert!(job.last_error.unwrap().contains("does not respond") && job.sealed.is_some());
    setup
        .app
        .change(&origin(), async |cmd: Command<'_>| jobs::run_now(cmd, &setup.by, job.id).await)
        .await
        .unwrap();
    let (working, inbox) = setup.worker();
    working.run_until_empty().await.unwrap();
    assert_eq!(inbox.mails().len(), 1);
}

#[tokio::test]
async fn a_replaced_secret_key_is_reported() {
    let mut setup = Setup::new().await;
    setup.add("meier").await;
    setup.app.env.sealer = Sealer::new(&SecretKey::new(&"other".repeat(8).into()).unwrap());
    setup.worker().0.run_until_empty().await.unwrap();
    let job = setup.job("send_welcome").await.unwrap();
    assert_eq!(job.state, JobState::Failed);
    assert!(job.last_error.unwrap().contains("secret key"));
}

#[tokio::test]
async fn password_emails_reach_customers_and_admins() {
    let setup = Setup::new().await;
    let customer = setup.add("meier").await;
    let (worker, inbox) = setup.worker();
    worker.run_until_empty().await.unwrap();
    let token = domain::secret::Secret::new("t0ken");
    setup
        .app
        .change(&origin(), async |cmd: Command<'_>| {
            // Requested twice: only the second link works, and only that one is sent.
            account::request_reset(cmd, "meier", "ann@kunde.example").await?;
            account::request_reset(cmd, "meier", "ann@kunde.example").await?;
            for (login, name) in [(setup.by.login(), "admin"), (customer.login, "meier")] {
                jobs::enqueue(cmd, &jobs::Job::SendPasswordChanged { login }, name, None).await?;
            }
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
    assert_eq!(mails.len(), 5);
    assert!(mails[1].mail.text.contains("http://panel.example/password/reset/"));
    // Password emails have a higher priority than notices that were queued earlier.
    assert!(mails[2].mail.text.contains("t0ken"));
    assert_eq!(
        (mails[3].mail.to.email.to_string(), mails[3].mail.language),
        ("boss@host.example".to_owned(), "en")
    );
    // By default, only customers can reset their password by email.
    assert!(!mails[3].mail.text.contains("/password/forgot"), "{}", mails[3].mail.text);
    assert!(mails[3].mail.text.contains("ask a server admin"), "{}", mails[3].mail.text);
    assert!(mails[4].mail.text.contains("http://panel.example/password/forgot"));
}

#[tokio::test]
async fn queued_emails_with_old_passwords_are_superseded() {
    let setup = Setup::new().await;
    let customer = setup.add("meier").await;
    let failing = Worker::new(setup.app.clone(), refusing_smtp());
    failing.run_until_empty().await.unwrap();
    assert_eq!(setup.state("send_welcome").await, Some(JobState::Waiting));
    let settings = setup.app.open_view().await.unwrap().settings;
    let typed = Some(domain::secret::Secret::new("Later.Password1"));
    let password = services::passwords::prepare(
        &setup.app.env,
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
    setup
        .app
        .change(&origin(), async |cmd: Command<'_>| {
            customers::update(cmd, &setup.by, &which, &edit).await
        })
        .await
        .unwrap();
    assert!(setup.job("send_welcome").await.is_none(), "an outdated password is not sent");
    let (worker, inbox) = setup.worker();
    worker.run_until_empty().await.unwrap();
    let mails = inbox.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].mail.text.contains("Later.Password1"));
}
