//! Password resets: an emailed link that works once.

use crate::support::make::{PASSWORD, with};
use crate::support::program::Installation;
use crate::support::{Client, Page, TestApp};
use clientele::services::MIN_RESPONSE_TIME;
use jiff::SignedDuration;
use serde_json::json;
use std::time::Instant;

/// The password that the tests set by a link.
const NEW: &str = "Another-horse-8";

/// Requests a link. Returns the response.
async fn request_reset(app: &TestApp, login_name: &str, email: &str) -> Page {
    app.browser()
        .submit(
            "/password/forgot",
            "/password/forgot",
            &[("loginname", login_name), ("email", email)],
        )
        .await
}

/// Runs the worker. Returns the path of the link in the last mail.
async fn link(app: &TestApp) -> String {
    app.worker_run().await;
    let mail = app.last_mail();
    let at = mail.text.find("/password/reset/").unwrap_or_else(|| panic!("no link: {}", mail.text));
    mail.text[at..].split_whitespace().next().unwrap().trim_end_matches('>').to_owned()
}

/// Sets a password with a link. Returns the response.
async fn set_password(client: &Client, link: &str, password: &str) -> Page {
    client
        .submit(link, link, &[("new_password", password), ("new_password_confirm", password)])
        .await
}

#[tokio::test]
async fn a_link_by_mail_sets_a_new_password_once() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let session = app.signed_in("meier").await;
    assert_eq!(request_reset(&app, "Meier", "MEIER@customer.example").await.status, 200);
    let link = link(&app).await;
    assert_eq!(app.last_mail().to, "meier@customer.example");
    let client = app.browser();
    let response = set_password(&client, &link, NEW).await;
    assert_eq!(response.status, 303, "{}", response.alert());
    app.sign_in_as("meier", NEW).await;
    assert_eq!(app.browser().sign_in("meier", PASSWORD).await.status, 422);
    assert_eq!(session.get("/").await.status, 303, "every session ended");
    let second_use = client.get(&link).await;
    assert_eq!(second_use.status, 404);
    assert_eq!(app.count("password_resets", "1=1").await, 0);
    app.worker_run().await;
    let subjects: Vec<String> = app.mails().into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects.len(), 2, "the customer is notified of the new password");
}

#[tokio::test]
async fn a_queued_mail_with_the_old_password_is_cancelled() {
    let app = TestApp::spawn().await;
    app.add("admin", with("meier", json!({ "sendpassword": 1 }))).await.unwrap();
    app.sql("UPDATE jobs SET run_at = run_at + 100000 WHERE kind = 'send_welcome'").await;
    request_reset(&app, "meier", "meier@customer.example").await;
    let link = link(&app).await;
    assert_eq!(
        app.count("jobs", "kind = 'send_welcome' AND sealed IS NOT NULL").await,
        1,
        "the welcome email is queued"
    );
    assert_eq!(set_password(&app.browser(), &link, NEW).await.status, 303);
    assert_eq!(app.count("jobs", "kind = 'send_welcome' AND sealed IS NOT NULL").await, 0);
    app.advance_clock(SignedDuration::from_hours(48));
    app.worker_run().await;
    let mails = app.inbox.mails();
    assert_eq!(mails.len(), 2, "the link, and the notice of the new password");
    assert!(mails.iter().all(|mail| !format!("{mail:?}").contains(PASSWORD)));
}

#[tokio::test]
async fn the_response_is_the_same_for_every_account() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    app.customer("suspended").await;
    app.suspend("admin", "suspended", true).await.unwrap();
    let known = request_reset(&app, "meier", "meier@customer.example").await;
    for (login_name, email) in [
        ("nobody", "nobody@example.com"),
        ("meier", "other@example.com"),
        ("suspended", "suspended@customer.example"),
        ("admin", "admin@provider.example"),
        ("meier", "not an address"),
    ] {
        let response = request_reset(&app, login_name, email).await;
        assert_eq!(response.status, known.status, "{login_name}");
        let token = |page: &Page| page.attr("input[name=csrf_token]", "value").unwrap_or_default();
        assert_eq!(
            response.text.replace(&token(&response), ""),
            known.text.replace(&token(&known), ""),
            "{login_name}"
        );
    }
    assert_eq!(app.count("jobs", "kind = 'send_password_reset'").await, 1);
}

#[tokio::test]
async fn d41_only_a_digest_is_stored() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    request_reset(&app, "meier", "meier@customer.example").await;
    let link = link(&app).await;
    let token = link.rsplit('/').next().unwrap().to_owned();
    assert_eq!(token.len(), 43, "256 bits: {token}");
    let stored = app.texts("SELECT token_digest FROM password_resets").await;
    assert_eq!(stored.len(), 1);
    assert_ne!(stored[0], token);
    assert!(app.find_in_database(&token).is_empty());
}

#[tokio::test]
async fn links_expire_and_a_new_link_replaces_the_previous_one() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    request_reset(&app, "meier", "meier@customer.example").await;
    let first = link(&app).await;
    request_reset(&app, "meier", "meier@customer.example").await;
    let second = link(&app).await;
    assert_ne!(first, second);
    assert_eq!(app.browser().get(&first).await.status, 404);
    app.browser().open(&second).await;
    app.advance_clock(SignedDuration::from_hours(25));
    assert_eq!(app.browser().get(&second).await.status, 404);
}

#[tokio::test]
async fn the_password_policy_applies_and_a_link_stays_valid_after_an_error() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    request_reset(&app, "meier", "meier@customer.example").await;
    let link = link(&app).await;
    let client = app.browser();
    let page = set_password(&client, &link, "short").await;
    assert_eq!(page.status, 422);
    assert_eq!(page.wrong_fields(), ["new_password"]);
    let page = client
        .submit(&link, &link, &[("new_password", NEW), ("new_password_confirm", "Different-1")])
        .await;
    assert_eq!(page.status, 422);
    assert_eq!(page.wrong_fields(), ["new_password_confirm"]);
    assert_eq!(set_password(&client, &link, NEW).await.status, 303);
}

#[tokio::test]
async fn an_admin_uses_a_link_only_where_the_provider_allows_it() {
    let app = TestApp::spawn().await;
    let note = "Admins cannot reset their password by email.";
    assert!(app.browser().open("/password/forgot").await.text.contains(note));
    let sent = request_reset(&app, "admin", "admin@provider.example").await;
    assert!(sent.text.contains(note) && sent.flash().contains("same customer account"));
    assert_eq!(app.count("jobs", "1=1").await, 0);
    app.set("password.reset_for_admins", "1").await;
    assert!(!app.browser().open("/password/forgot").await.text.contains(note));
    let sent = request_reset(&app, "admin", "admin@provider.example").await;
    assert!(!sent.text.contains(note) && sent.flash().contains("same account"));
    assert_eq!(app.count("jobs", "kind = 'send_password_reset'").await, 1);
}

#[tokio::test]
async fn repeated_requests_send_few_mails() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    for _ in 0..8 {
        request_reset(&app, "meier", "meier@customer.example").await;
    }
    assert_eq!(app.count("jobs", "kind = 'send_password_reset'").await, 5);
}

#[tokio::test]
async fn a_password_reset_unlocks_the_account() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    for _ in 0..10 {
        app.browser().sign_in("meier", "Wrong-password-1").await;
    }
    request_reset(&app, "meier", "meier@customer.example").await;
    let link = link(&app).await;
    set_password(&app.browser(), &link, NEW).await;
    app.sign_in_as("meier", NEW).await;
}

#[tokio::test]
async fn forged_links_are_not_found() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    request_reset(&app, "meier", "meier@customer.example").await;
    for token in ["x", "..", "%00", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "' OR 1=1 --"] {
        let path = format!("/password/reset/{}", token.replace(' ', "%20"));
        assert_eq!(app.browser().get(&path).await.status, 404, "{token}");
    }
}

/// Requests an email with the login names of an address. Returns the response.
async fn request_login_names(app: &TestApp, email: &str) -> Page {
    app.browser().submit("/password/loginname", "/password/loginname", &[("email", email)]).await
}

#[tokio::test]
async fn forgotten_login_names_are_sent_by_email_and_responses_reveal_none() {
    let app = TestApp::spawn().await;
    for name in ["meier", "meiershop"] {
        app.add(
            "admin",
            with(name, json!({ "email": "Meier@customer.example", "def_language": "de" })),
        )
        .await
        .unwrap();
    }
    let token = |page: &Page| page.attr("input[name=csrf_token]", "value").unwrap_or_default();
    let without_token = |page: &Page| (page.status, page.text.replace(&token(page), ""));
    let known = request_login_names(&app, "meier@CUSTOMER.example").await;
    assert_eq!(known.status, 200);
    for email in ["nobody@customer.example", "not an address", "admin@provider.example"] {
        assert_eq!(
            without_token(&request_login_names(&app, email).await),
            without_token(&known),
            "{email}"
        );
    }
    assert_eq!(request_login_names(&app, " ").await.status, 422);
    app.worker_run().await;
    let mails = app.mails();
    let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(
        to,
        ["Meier@customer.example", "admin@provider.example"],
        "one mail for both accounts of the customer"
    );
    let (german, english) = (&mails[0], &mails[1]);
    let lines = |text: &str| text.replace("\r\n", "\n");
    assert_eq!(german.subject, "Ihre Anmeldenamen bei Clientele");
    assert!(lines(&german.text).contains("\n    meier\n    meiershop\n"), "{:?}", german.text);
    assert!(
        lines(&english.text).contains("\n    admin\n") && english.html.contains("<li>admin</li>"),
        "{}",
        english.text
    );
}

#[tokio::test]
async fn repeated_requests_for_login_names_send_few_mails() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let mut last = 0;
    for _ in 0..21 {
        last = request_login_names(&app, "meier@customer.example").await.status;
    }
    assert_eq!(last, 429);
    assert_eq!(app.count("jobs", "kind = 'send_login_names'").await, 5);
}

#[tokio::test]
async fn a_mail_lists_no_more_than_100_login_names() {
    let app = TestApp::spawn().await;
    app.add_demo_customers(101).await;
    app.sql("UPDATE customers SET email = 'all@customer.example', email_key = 'all@customer.example', language = 'en'").await;
    for more in [true, false] {
        request_login_names(&app, "all@customer.example").await;
        app.worker_run().await;
        let mail = app.last_mail();
        assert_eq!(mail.html.matches("<li>").count(), 100);
        let note = "More accounts use this address. Ask your provider for their login names.";
        assert_eq!(
            (mail.text.contains(note), mail.html.contains(note)),
            (more, more),
            "{}",
            mail.text
        );
        app.sql("UPDATE customers SET email_key = 'other@customer.example' WHERE id = (SELECT id FROM (SELECT MAX(id) AS id FROM customers) AS last)").await;
    }
}

/// The program has a minimum response time; other tests set none.
#[tokio::test]
async fn responses_to_mail_requests_have_a_minimum_time() {
    let installation = Installation::new();
    let program = installation.serve().await;
    for (path, typed) in [
        ("/password/forgot", &[("loginname", "nobody"), ("email", "nobody@example.com")][..]),
        ("/password/loginname", &[("email", "nobody@example.com")]),
    ] {
        let client = program.browser();
        let form = client.form(path, path).await;
        let form = typed.iter().fold(form, |form, (name, value)| form.with(name, value));
        let start = Instant::now();
        assert_eq!(client.post(&form).await.status, 200);
        let elapsed = start.elapsed();
        assert!(elapsed >= MIN_RESPONSE_TIME, "{path}: {elapsed:?}");
    }
}

/// Unknown email addresses are counted, too, because a request is counted before accounts are read.
#[tokio::test]
async fn requests_for_login_names_are_counted_by_email_address() {
    let app = TestApp::spawn().await;
    request_login_names(&app, "nobody@customer.example").await;
    assert_eq!(
        app.count("throttles", "1 = 1").await,
        2,
        "one count for the client's address, and one for the email address"
    );
}
