//! Slow jobs delay only jobs of their own queue.

use crate::support::TestApp;
use crate::support::mail::mailer;
use crate::support::make::with;
use crate::support::wait::until_true;
use serde_json::json;
use std::net::TcpListener;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Number of customers, which is larger than the concurrency of each queue.
const CUSTOMERS: i64 = 25;

#[tokio::test]
async fn a_mail_server_that_never_responds_does_not_delay_homes() {
    let app = TestApp::spawn().await;
    // The kernel accepts connections, and nothing responds.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    for n in 0..CUSTOMERS {
        app.add("admin", with(&format!("kunde{n}"), json!({ "sendpassword": 1 }))).await.unwrap();
    }
    // Every job of a mail became due before every job of a home directory, and has the same
    // priority.
    app.sql("UPDATE jobs SET run_at = run_at - 100, priority = 0 WHERE kind = 'send_welcome'")
        .await;
    let worker = app.worker_with(mailer(&format!("smtp://{}", silent.local_addr().unwrap())));
    let mails_running =
        async || app.count("jobs", "kind = 'send_welcome' AND state = 'running'").await;
    let homes_exist = until_true("the homes", Duration::from_secs(9), async || {
        app.count("jobs", "kind = 'create_home' AND state = 'done'").await == CUSTOMERS
            && mails_running().await == 3
    });
    tokio::select! {
        () = worker.run(CancellationToken::new()) => panic!("the worker was not cancelled"),
        () = homes_exist => {}
    }
    assert_eq!(mails_running().await, 3, "as many as the queue's concurrency");
    assert_eq!(app.count("jobs", "kind = 'send_welcome' AND state = 'done'").await, 0);
}
