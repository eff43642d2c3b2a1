//! Deliveries that fail, are refused, discarded or sent again: endpoints that are unreachable,
//! respond with errors, or redirect.

use crate::support::TestApp;
use crate::support::endpoint::Endpoint;
use crate::support::mail::unused_address;
use clientele::domain::customer::FileRemoval;
use jiff::SignedDuration;
use std::net::TcpListener;

/// Returns state and error of the first delivery.
async fn first_delivery(app: &TestApp) -> (String, String) {
    let job = "FROM jobs WHERE kind = 'deliver_webhook' ORDER BY id LIMIT 1";
    let state = app.text(&format!("SELECT state {job}")).await.unwrap();
    (state, app.text(&format!("SELECT last_error {job}")).await.unwrap_or_default())
}

#[tokio::test]
async fn deliveries_wait_for_an_unreachable_endpoint_and_keep_their_order() {
    let app = TestApp::spawn().await;
    let address = unused_address();
    app.webhook(&format!("http://{address}/")).await;
    app.customer("meier").await;
    app.suspend("admin", "meier", true).await.unwrap();
    app.delete("admin", "meier", FileRemoval::Keep).await.unwrap();
    app.customer("other").await;
    app.worker_run().await;
    let tried = async |times: u32| {
        app.count("jobs", &format!("kind = 'deliver_webhook' AND attempts = {times}")).await
    };
    assert_eq!(
        (tried(0).await, tried(1).await),
        (2, 2),
        "the first of each customer; the others wait behind it"
    );
    assert_eq!(
        first_delivery(&app).await,
        ("waiting".to_owned(), "The endpoint does not respond (connection refused)".to_owned())
    );
    let page = app.signed_in("admin").await.open("/webhooks/deliveries?state=waiting").await;
    assert!(
        page.all("tbody tr").len() == 4 && page.text.contains("connection refused"),
        "{}",
        page.said()
    );

    app.advance_clock(SignedDuration::from_secs(15));
    app.worker_run().await;
    assert_eq!((tried(0).await, tried(2).await), (2, 2));
    let endpoint = Endpoint::start_on(TcpListener::bind(address).unwrap());
    app.advance_clock(SignedDuration::from_secs(60));
    app.worker_run().await;
    let events = endpoint.events();
    let of_meier: Vec<&str> = events
        .iter()
        .filter(|(_, subject)| subject == "meier")
        .map(|(event, _)| event.as_str())
        .collect();
    assert_eq!(of_meier, ["customer.added", "customer.suspended", "customer.deleted"]);
    assert_eq!(
        (
            events.len(),
            app.count("deliveries", "delivered_at IS NOT NULL AND last_status = 204").await
        ),
        (4, 4)
    );
}

#[tokio::test]
async fn a_discarded_delivery_no_longer_blocks_the_next() {
    let app = TestApp::spawn().await;
    let endpoint = Endpoint::start();
    endpoint.respond_with("500 Internal Server Error");
    app.webhook(&endpoint.url()).await;
    app.customer("meier").await;
    app.suspend("admin", "meier", true).await.unwrap();
    app.worker_run().await;
    endpoint.respond_with("200 OK");
    let client = app.signed_in("admin").await;
    let job = app.number("SELECT MIN(id) FROM jobs WHERE kind = 'deliver_webhook'").await;
    client
        .submit_and_follow("/jobs?kind=deliver_webhook", &format!("/jobs/{job}/discard"), &[])
        .await;
    app.worker_run().await;
    let events: Vec<String> = endpoint.events().into_iter().map(|(event, _)| event).collect();
    assert_eq!(
        events,
        ["customer.added", "customer.suspended"],
        "the first delivery once, without success"
    );
    assert!(
        client.open("/webhooks/deliveries").await.all("tr[data-delivery]")[1].contains("Discarded")
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let app = TestApp::spawn().await;
    let (endpoint, elsewhere) = (Endpoint::start(), Endpoint::start());
    endpoint.respond_with(&format!("307 Temporary Redirect\r\nLocation: {}", elsewhere.url()));
    app.webhook(&endpoint.url()).await;
    app.customer("meier").await;
    app.worker_run().await;
    let error = "The endpoint responded with 307: redirects are not followed";
    assert_eq!(first_delivery(&app).await, ("waiting".to_owned(), error.to_owned()));
    assert_eq!((endpoint.received().len(), elsewhere.received().len()), (1, 0));
}

#[tokio::test]
async fn addresses_that_are_not_public_are_refused_unless_the_settings_allow_them() {
    let app = TestApp::spawn().await;
    let endpoint = Endpoint::start();
    let port = endpoint.address.port();
    for url in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
    ] {
        app.webhook(&url).await;
    }
    app.set("webhooks.allow_private", "0").await;
    app.customer("meier").await;
    app.worker_run().await;
    assert_eq!(
        app.count("jobs", "kind = 'deliver_webhook' AND state = 'failed' AND last_error LIKE '%not on the public internet%'").await,
        3
    );
    assert_eq!(endpoint.received().len(), 0);

    // The provider allows private addresses in the settings, and sends a delivery again.
    let client = app.signed_in("admin").await;
    client.submit_and_follow("/settings", "/settings", &[("webhooks.allow_private", "1")]).await;
    let id = app.number("SELECT MIN(id) FROM deliveries").await;
    client
        .submit_and_follow("/webhooks/deliveries", &format!("/webhooks/deliveries/{id}/again"), &[])
        .await;
    app.worker_run().await;
    assert_eq!(endpoint.received().len(), 1);
}

#[tokio::test]
async fn error_responses_are_retried_unless_they_are_final() {
    let app = TestApp::spawn().await;
    let endpoint = Endpoint::start();
    app.webhook(&endpoint.url()).await;
    endpoint.respond_with("503 Service Unavailable");
    app.customer("meier").await;
    app.worker_run().await;
    assert_eq!(
        first_delivery(&app).await,
        ("waiting".to_owned(), "The endpoint responded with 503".to_owned())
    );
    assert_eq!(app.count("deliveries", "last_status = 503").await, 1);
    endpoint.respond_with("410 Gone");
    app.advance_clock(SignedDuration::from_secs(15));
    app.worker_run().await;
    let error = "The endpoint responded with 410: it no longer exists";
    assert_eq!(first_delivery(&app).await, ("failed".to_owned(), error.to_owned()));
    let ids: Vec<String> = endpoint.received().iter().map(|one| one.id().to_owned()).collect();
    assert_eq!(ids[0], ids[1], "the same event has the same id");
}

#[tokio::test]
async fn endpoints_without_tls_are_reported() {
    let app = TestApp::spawn().await;
    let endpoint = Endpoint::start();
    app.webhook(&format!("https://{}/", endpoint.address)).await;
    app.customer("meier").await;
    app.worker_run().await;
    let (state, error) = first_delivery(&app).await;
    assert!(state == "waiting" && error.contains("TLS"), "{error}");
}

#[tokio::test]
async fn deleting_a_webhook_discards_its_deliveries() {
    let app = TestApp::spawn().await;
    let (id, _) = app.webhook(&format!("http://{}/", unused_address())).await;
    app.customer("meier").await;
    app.worker_run().await;
    let client = app.signed_in("admin").await;
    let page = client
        .submit_and_follow(
            &format!("/webhooks/{id}/delete"),
            &format!("/webhooks/{id}/delete"),
            &[],
        )
        .await;
    assert!(page.flash().contains("was deleted"));
    assert_eq!(
        (
            app.count("deliveries", "1 = 1").await,
            app.count("jobs", "kind = 'deliver_webhook'").await
        ),
        (0, 0)
    );
    app.customer("neu").await;
    assert_eq!(app.count("events", "subject = 'neu'").await, 0);
}

#[tokio::test]
async fn a_delivery_that_is_being_sent_is_not_sent_again() {
    let app = TestApp::spawn().await;
    let endpoint = Endpoint::start();
    app.webhook(&endpoint.url()).await;
    app.customer("meier").await;
    app.worker_run().await;
    let client = app.signed_in("admin").await;
    let id = app.number("SELECT MIN(id) FROM deliveries").await;
    let form =
        client.form("/webhooks/deliveries", &format!("/webhooks/deliveries/{id}/again")).await;
    app.sql("UPDATE jobs SET state = 'running' WHERE kind = 'deliver_webhook'").await;
    let page = client.post(&form).await;
    assert_eq!(page.status, 409, "{}", page.said());
    assert!(page.text.contains("The job is running. Wait until it has finished."));
    assert_eq!(endpoint.received().len(), 1);
}
