//! An outage is shown to the accounts that it affects, as long as it lasts.

use crate::support::TestApp;
use crate::support::mail::{SmtpServer, mailer};
use crate::support::make::with;
use jiff::SignedDuration;
use serde_json::json;
use std::net::TcpListener;

const BANNER: &str = "[data-outage]";

#[tokio::test]
async fn a_mail_server_outage_is_shown_until_it_ends() {
    let app = TestApp::spawn().await;
    for owner in ["owner", "other"] {
        app.reseller(owner, &[]).await;
    }
    app.make_admin("viewer").await;
    app.sql("UPDATE admins SET change_serversettings = FALSE WHERE login_name = 'viewer'").await;
    app.customer_of("other", "someone").await;
    app.add("owner", with("meier", json!({ "sendpassword": 1 }))).await.unwrap();
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let worker = app.worker_with(mailer(&format!("smtp://{address}")));
    assert!(!app.signed_in("admin").await.open("/customers").await.has(BANNER));

    let outage_start = app.now();
    worker.run_until_empty().await.unwrap();
    app.advance_clock(SignedDuration::from_hours(3));
    worker.run_until_empty().await.unwrap();
    for path in ["/", "/customers", "/jobs", "/customers/meier/edit"] {
        let page = app.signed_in("admin").await.open(path).await;
        let banner = page.first(BANNER).unwrap_or_else(|| panic!("no banner at {path}"));
        for part in
            ["Email delivery has been failing since", "One job is queued", "connection refused"]
        {
            assert!(banner.contains(part), "{part}: {banner}");
        }
    }
    let dashboard = app.signed_in("admin").await.open("/").await;
    assert!(
        !dashboard.text.contains("One job has been queued"),
        "the dashboard does not repeat the banner"
    );
    assert!(
        app.signed_in("viewer")
            .await
            .open("/customers")
            .await
            .first(BANNER)
            .unwrap()
            .contains("connection refused")
    );
    let owner = app.signed_in("owner").await.open("/").await.first(BANNER).unwrap();
    assert!(
        owner.contains("One email to your customers is delayed") && !owner.contains("refused"),
        "{owner}"
    );
    assert!(
        !app.signed_in("other").await.open("/customers").await.has(BANNER),
        "none of their mails is queued"
    );
    assert!(!app.signed_in("meier").await.open("/").await.has(BANNER));
    assert_eq!(
        app.number("SELECT since FROM outages").await,
        outage_start.as_second(),
        "it shows the start of the outage, not the last attempt"
    );

    // The server is reachable again. After the next mail is delivered, mails that waited for hours
    // are sent at once.
    let server = SmtpServer::start_on(TcpListener::bind(address).unwrap());
    app.add("other", with("neu", json!({ "sendpassword": 1 }))).await.unwrap();
    worker.run_until_empty().await.unwrap();
    assert_eq!(server.mails().len(), 2);
    assert!(!app.signed_in("admin").await.open("/customers").await.has(BANNER));
    assert!(!app.signed_in("owner").await.open("/").await.has(BANNER));
}

#[tokio::test]
async fn unavailable_home_directories_are_reported() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let homes = app.app.env.homes_dir.clone();
    std::fs::remove_dir(&homes).unwrap();
    std::fs::write(&homes, "").unwrap();
    app.worker_run().await;
    let banner = app.signed_in("admin").await.open("/customers").await.first(BANNER).unwrap();
    assert!(
        banner.contains("Home directories have been unavailable")
            && banner.contains("ot a directory"),
        "{banner}"
    );

    std::fs::remove_file(&homes).unwrap();
    app.advance_clock(SignedDuration::from_mins(1));
    app.worker_run().await;
    assert!(homes.join("meier").is_dir());
    assert!(!app.signed_in("admin").await.open("/customers").await.has(BANNER));
}

#[tokio::test]
async fn the_refusal_of_one_mail_is_no_outage() {
    let app = TestApp::spawn().await;
    let refusing =
        crate::support::mail::RefusingServer::start("451 4.7.1 greylisted, come back later");
    app.add("admin", with("meier", json!({ "sendpassword": 1 }))).await.unwrap();
    app.worker_with(mailer(&refusing.url())).run_until_empty().await.unwrap();
    assert_eq!(
        app.count(
            "jobs",
            "kind = 'send_welcome' AND last_error LIKE '%greylisted%' AND state = 'waiting'"
        )
        .await,
        1
    );
    assert_eq!(app.count("outages", "1 = 1").await, 0);
}

#[tokio::test]
async fn outages_without_waiting_jobs_are_removed() {
    let app = TestApp::spawn().await;
    app.add("admin", with("meier", json!({ "sendpassword": 1 }))).await.unwrap();
    let worker =
        app.worker_with(mailer(&format!("smtp://{}", crate::support::mail::unused_address())));
    worker.run_until_empty().await.unwrap();
    app.sql("DELETE FROM jobs").await;
    worker.remove_old_rows().await.unwrap();
    assert_eq!(app.count("outages", "1 = 1").await, 1);
    app.advance_clock(SignedDuration::from_hours(25));
    worker.remove_old_rows().await.unwrap();
    assert_eq!(app.count("outages", "1 = 1").await, 0);
}

#[tokio::test]
async fn a_table_that_cannot_be_cleaned_up_does_not_stop_the_cleanup_of_others() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    app.worker_run().await;
    assert_ne!(app.count("jobs", "state = 'done'").await, 0);
    app.sql("ALTER TABLE throttles RENAME TO throttles_away").await;
    app.advance_clock(SignedDuration::from_hours(15 * 24));
    let error = app.worker().remove_old_rows().await.unwrap_err();
    assert!(error.to_string().contains("throttles"), "{error}");
    assert_eq!(app.count("jobs", "state = 'done'").await, 0);
    // The database is emptied for another test.
    app.sql("ALTER TABLE throttles_away RENAME TO throttles").await;
}
