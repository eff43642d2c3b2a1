//! Mails: the worker sends them, requests do not wait for them, and their secrets are erased after
//! sending.

use crate::support::TestApp;
use crate::support::mail::{SmtpServer, mailer, unused_address};
use crate::support::make::{PASSWORD, with};
use jiff::SignedDuration;
use serde_json::json;
use std::net::TcpListener;

/// Returns parameters without login name and password, so that both are generated.
fn without_credentials() -> serde_json::Value {
    json!({ "email": "neu@example.com", "company": "Neu GmbH", "sendpassword": 1 })
}

/// Returns the words of a mail that could be a password.
fn candidates(text: &str) -> Vec<String> {
    let is_candidate = |word: &&str| {
        word.len() == 14
            && word.chars().all(|c| c.is_ascii_alphanumeric())
            && word.chars().any(|c| c.is_ascii_digit())
    };
    text.split_whitespace().filter(is_candidate).map(ToOwned::to_owned).collect()
}

#[tokio::test]
async fn the_welcome_mail_contains_a_valid_password() {
    let app = TestApp::spawn().await;
    let server = SmtpServer::start();
    app.add("admin", without_credentials()).await.unwrap();
    app.worker_with(server.mailer()).run_until_empty().await.unwrap();
    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!((mail.to.as_str(), mail.from.as_str()), ("neu@example.com", "noreply@example.com"));
    assert!(mail.text.contains("web1") && mail.text.contains(&app.url("")), "{}", mail.text);
    let words = candidates(&mail.text);
    assert_eq!(words.len(), 1, "{}", mail.text);
    assert!(mail.html.contains(&words[0]), "both parts contain the same password");
    app.sign_in_as("web1", &words[0]).await;
}

#[tokio::test]
async fn the_password_of_a_queued_mail_is_sealed_and_erased_once_sent() {
    let app = TestApp::spawn().await;
    let canary = "Canary-Kx93-Zebra";
    app.add("admin", with("meier", json!({ "new_customer_password": canary, "sendpassword": 1 })))
        .await
        .unwrap();
    assert!(app.find_in_database(canary).is_empty(), "the queued password is not sealed");
    assert_eq!(app.count("jobs", "kind = 'send_welcome' AND sealed IS NOT NULL").await, 1);
    app.worker_run().await;
    assert!(app.last_mail().text.contains(canary));
    assert_eq!(app.count("jobs", "sealed IS NOT NULL").await, 0, "erased once sent");
    assert!(app.find_in_database(canary).is_empty());
}

#[tokio::test]
async fn mails_are_in_the_language_of_the_customer() {
    let app = TestApp::spawn().await;
    app.add("admin", with("englisch", json!({ "def_language": "en", "sendpassword": 1 })))
        .await
        .unwrap();
    app.worker_run().await;
    let english = app.last_mail();
    app.add("admin", with("deutsch", json!({ "def_language": "de", "sendpassword": 1 })))
        .await
        .unwrap();
    app.worker_run().await;
    let german = app.last_mail();
    assert_eq!(
        (english.subject.as_str(), german.subject.as_str()),
        ("Your hosting account at Clientele", "Ihr Hosting-Konto bei Clientele")
    );
    assert!(!german.raw.contains('⟦') && !english.raw.contains('⟦'));
}

#[tokio::test]
async fn customers_can_be_added_during_a_mail_outage_and_the_jobs_page_shows_it() {
    let app = TestApp::spawn().await;
    let address = unused_address();
    app.add("admin", without_credentials()).await.unwrap();
    let worker = app.worker_with(mailer(&format!("smtp://{address}")));
    worker.run_until_empty().await.unwrap();
    assert_eq!(app.count("jobs", "kind = 'send_welcome' AND state = 'waiting' AND last_error IS NOT NULL AND sealed IS NOT NULL").await, 1);
    let admin = app.signed_in("admin").await;
    let page = admin.open("/jobs").await;
    let reason = app.text("SELECT last_error FROM jobs WHERE kind = 'send_welcome'").await.unwrap();
    let text = page.html().root_element().text().collect::<String>();
    assert!(text.contains("web1"), "{text}");
    assert_eq!(reason, "The mail server does not respond (connection refused)");
    assert!(text.contains(&reason), "the error is not shown: {text}");
    let server = SmtpServer::start_on(TcpListener::bind(address).unwrap());
    worker.run_until_empty().await.unwrap();
    assert!(server.mails().is_empty(), "it waits before the next attempt");
    let id = app.number("SELECT id FROM jobs WHERE kind = 'send_welcome'").await;
    assert_eq!(admin.submit("/jobs", &format!("/jobs/{id}/run"), &[]).await.status, 303);
    worker.run_until_empty().await.unwrap();
    assert_eq!(server.mails().len(), 1);
    assert_eq!(
        app.count("jobs", "kind = 'send_welcome' AND state = 'done' AND sealed IS NULL").await,
        1
    );
}

#[tokio::test]
async fn retry_delays_grow_and_given_up_jobs_are_shown() {
    let app = TestApp::spawn().await;
    app.add("admin", without_credentials()).await.unwrap();
    let worker = app.worker_with(mailer(&format!("smtp://{}", unused_address())));
    let mut delays = Vec::new();
    for _ in 0..60 {
        worker.run_until_empty().await.unwrap();
        if app.count("jobs", "kind = 'send_welcome' AND state = 'failed'").await == 1 {
            break;
        }
        let next = app.number("SELECT run_at FROM jobs WHERE kind = 'send_welcome'").await;
        let delay = next - app.now().as_second();
        delays.push(delay);
        app.advance_clock(SignedDuration::from_secs(delay));
    }
    // Each delay is longer than its step by up to a fifth, at random.
    let steps: Vec<i64> = [&[10, 30, 120, 600, 3600][..], &[6 * 3600; 8]].concat();
    assert_eq!(delays.len(), steps.len(), "{delays:?}");
    assert!(
        delays.iter().zip(&steps).all(|(delay, step)| (*step..=*step * 6 / 5).contains(delay)),
        "{delays:?}"
    );
    assert_eq!(
        app.count("jobs", "kind = 'send_welcome' AND state = 'failed' AND last_error IS NOT NULL")
            .await,
        1,
        "given up: {delays:?}"
    );
    assert!(app.signed_in("admin").await.open("/jobs?state=failed").await.text.contains("web1"));
}

#[tokio::test]
async fn a_reseller_sees_jobs_of_their_own_customers_only() {
    let app = TestApp::spawn().await;
    app.reseller("one", &[]).await;
    app.reseller("two", &[]).await;
    app.customer_of("one", "ofone").await;
    app.customer_of("two", "oftwo").await;
    let page = app.signed_in("one").await.open("/jobs").await;
    assert!(page.text.contains("ofone") && !page.text.contains("oftwo"));
}

#[tokio::test]
async fn a_new_password_set_by_an_admin_is_sent_by_email() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let admin = app.signed_in("admin").await;
    let typed = [("new_customer_password", "Another-horse-8"), ("sendpassword", "1")];
    let response = admin.submit("/customers/meier/edit", "/customers/meier", &typed).await;
    assert_eq!(response.status, 303, "{}", response.said());
    app.worker_run().await;
    let mail = app.last_mail();
    assert!(mail.text.contains("Another-horse-8") && !mail.text.contains(PASSWORD));
    assert_eq!(app.count("jobs", "sealed IS NOT NULL").await, 0);
}

#[tokio::test]
async fn hostile_names_are_text_in_mails() {
    let app = TestApp::spawn().await;
    let parameters =
        json!({ "name": "\"&'{{7*7}} Bcc: x@example.com", "company": "", "sendpassword": 1 });
    app.add("admin", with("meier", parameters)).await.unwrap();
    app.worker_run().await;
    let mail = app.last_mail();
    assert_eq!(mail.to, "meier@customer.example");
    assert!(!mail.raw.to_lowercase().contains("\nbcc:"), "{}", mail.raw);
    assert!(mail.text.contains("{{7*7}}"));
}

#[tokio::test]
async fn a_customized_template_can_be_reset_after_a_validation_error() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let page = "/mail-templates/welcome/en";
    let reset = format!("form[action='{page}/reset']");
    let response = admin.submit(page, page, &[("body", " ")]).await;
    assert!(response.status == 422 && !response.has(&reset), "{}", response.said());
    admin.submit_and_follow(page, page, &[]).await;
    let response = admin.submit(page, page, &[("body", " ")]).await;
    assert!(response.status == 422 && response.has(&reset), "{}", response.said());
}

#[tokio::test]
async fn a_customized_reset_mail_has_a_singular_form() {
    let app = TestApp::spawn().await;
    app.set("password.reset_hours", "1").await;
    let admin = app.signed_in("admin").await;
    for (language, name, expected) in [
        ("en", "english", "It is valid for one hour and works only once."),
        ("de", "deutsch", "Der Link gilt eine Stunde und funktioniert nur einmal."),
    ] {
        // The page offers a default text, which the test saves unchanged.
        let page = format!("/mail-templates/password_reset/{language}");
        admin.submit_and_follow(&page, &page, &[]).await;
        app.add("admin", with(name, json!({ "def_language": language }))).await.unwrap();
        let email = format!("{name}@customer.example");
        app.browser()
            .submit(
                "/password/forgot",
                "/password/forgot",
                &[("loginname", name), ("email", &email)],
            )
            .await;
        app.worker_run().await;
        let text = app.last_mail().text;
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(expected), "{text}");
    }
}
