//! `/webhooks`: adding, changing and testing webhooks, the secret that is shown once, and
//! deliveries.

use crate::support::TestApp;
use crate::support::endpoint::Endpoint;
use crate::support::form::OFF;

#[tokio::test]
async fn the_secret_is_shown_once_and_stored_sealed() {
    let app = TestApp::spawn().await;
    let endpoint = Endpoint::start();
    let (id, first) = app.webhook(&endpoint.url()).await;
    let client = app.signed_in("admin").await;
    let edit = format!("/webhooks/{id}/edit");
    let renewed = client.submit(&edit, &format!("/webhooks/{id}/secret"), &[]).await;
    let second = renewed.first("#new-secret").unwrap();
    assert!(
        first != second && renewed.header("cache-control").contains("no-store"),
        "{:?}",
        renewed.headers
    );
    app.customer("meier").await;
    app.worker_run().await;
    assert!(
        endpoint.received()[0].is_signed_with(&second)
            && !endpoint.received()[0].is_signed_with(&first)
    );
    for secret in [&first, &second] {
        let bare = secret.strip_prefix("whsec_").unwrap();
        assert_eq!(app.find_in_database(bare), Vec::<String>::new());
        for path in ["/webhooks", &edit, "/webhooks/deliveries", "/audit", "/jobs"] {
            assert!(!client.open(path).await.text.contains(bare), "{path}");
        }
    }
    assert_eq!(
        app.count("audit_entries", "action IN ('webhook.added', 'webhook.secret_renewed')").await,
        2
    );
}

#[tokio::test]
async fn a_webhook_is_tested_changed_and_deactivated() {
    let app = TestApp::spawn().await;
    let endpoint = Endpoint::start();
    let (id, secret) = app.webhook(&endpoint.url()).await;
    let client = app.signed_in("admin").await;
    let page = client.submit_and_follow("/webhooks", &format!("/webhooks/{id}/test"), &[]).await;
    assert!(page.flash().contains("A test event is being sent to Web server"), "{}", page.flash());
    app.worker_run().await;
    let event = &endpoint.received()[0];
    assert!(event.is_signed_with(&secret) && event.json()["type"] == "test");
    let page = client.open(&format!("/webhooks/deliveries?webhook={id}")).await;
    let row = page.first("tr[data-delivery]").unwrap();
    assert!(row.contains("Test") && row.contains("Delivered") && row.contains("204"), "{row}");
    assert!(
        client.open("/webhooks/deliveries?webhook=no").await.all("tr[data-delivery]").is_empty()
    );

    let typed = [("label", "DNS"), ("enabled", OFF)];
    client
        .submit_and_follow(&format!("/webhooks/{id}/edit"), &format!("/webhooks/{id}"), &typed)
        .await;
    let row = client.open("/webhooks").await.first("tr[data-webhook]").unwrap();
    assert!(row.contains("DNS") && row.contains("Inactive"), "{row}");
    assert_eq!(
        app.text("SELECT events FROM webhooks").await.unwrap().split(',').count(),
        6,
        "the other fields are unchanged"
    );
}

#[tokio::test]
async fn a_delivery_can_be_sent_again_with_the_same_id() {
    let app = TestApp::spawn().await;
    let endpoint = Endpoint::start();
    app.webhook(&endpoint.url()).await;
    app.customer("meier").await;
    app.worker_run().await;
    let id = app.number("SELECT id FROM deliveries").await;
    let client = app.signed_in("admin").await;
    let resend = format!("/webhooks/deliveries/{id}/again");
    client.submit_and_follow("/webhooks/deliveries?state=done", &resend, &[]).await;
    app.worker_run().await;
    // The job is gone: it was discarded, or its retention has ended.
    app.sql("DELETE FROM jobs WHERE kind = 'deliver_webhook'").await;
    assert!(
        client
            .open("/webhooks/deliveries")
            .await
            .first("tr[data-delivery]")
            .unwrap()
            .contains("Delivered")
    );
    client.submit_and_follow("/webhooks/deliveries", &resend, &[]).await;
    app.worker_run().await;
    let all = endpoint.received();
    assert_eq!(all.len(), 3);
    assert!(all.iter().all(|one| one.id() == all[0].id() && one.body == all[0].body));
}

#[tokio::test]
async fn errors_are_shown_beside_their_fields() {
    let app = TestApp::spawn().await;
    let client = app.signed_in("admin").await;
    let typed = [("label", " "), ("url", "ftp://example.com"), ("events", OFF)];
    let page = client.submit("/webhooks/new", "/webhooks", &typed).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.wrong_fields(), ["events", "label", "url"]);
    let page = client
        .submit(
            "/webhooks/new",
            "/webhooks",
            &[("label", "x"), ("url", "https://me:pw@example.com/")],
        )
        .await;
    assert!(page.field_error("url").unwrap().contains("must not contain a user name or password"));
    assert_eq!(app.count("webhooks", "1 = 1").await, 0);
}

#[tokio::test]
async fn two_webhooks_never_share_a_name() {
    let app = TestApp::spawn().await;
    let client = app.signed_in("admin").await;
    for (label, status) in [("DNS", 200), ("dns", 422), ("Mail", 200)] {
        let typed = [("label", label), ("url", "https://hooks.example.com/")];
        assert_eq!(
            client.submit("/webhooks/new", "/webhooks", &typed).await.status,
            status,
            "{label}"
        );
    }
    let id = app.number("SELECT id FROM webhooks WHERE label = 'Mail'").await;
    let page = client
        .submit(&format!("/webhooks/{id}/edit"), &format!("/webhooks/{id}"), &[("label", "DNS")])
        .await;
    assert_eq!(
        (page.status, page.field_error("label").as_deref()),
        (422, Some("Another webhook already has this name."))
    );
    client
        .submit_and_follow(
            &format!("/webhooks/{id}/edit"),
            &format!("/webhooks/{id}"),
            &[("label", "Mail")],
        )
        .await;
    assert_eq!(app.texts("SELECT label FROM webhooks ORDER BY label").await, ["DNS", "Mail"]);
}

#[tokio::test]
async fn forbidden_addresses_are_refused_on_saving_and_marked_if_saved_before() {
    let app = TestApp::spawn().await;
    let client = app.signed_in("admin").await;
    for url in [
        "http://127.0.0.1:9/",
        "http://2130706433/",
        "http://[::1]/",
        "http://localhost/",
        "http://[::ffff:0:10.0.0.1]/",
    ] {
        let page =
            client.submit("/webhooks/new", "/webhooks", &[("label", "x"), ("url", url)]).await;
        assert_eq!(page.status, 422, "{url}");
        assert!(
            page.field_error("url").unwrap().contains("is not a public internet address"),
            "{url}: {}",
            page.said()
        );
    }
    assert_eq!(app.count("webhooks", "1 = 1").await, 0);
    let (id, _) = app.webhook("http://127.0.0.1:9/").await;
    let row = async || client.open("/webhooks").await.first("tr[data-webhook]").unwrap();
    assert!(row().await.contains("Active"), "{}", row().await);
    app.set("webhooks.allow_private", "0").await;
    assert!(row().await.contains("Address not allowed"), "{}", row().await);
    // The webhook can still be deactivated, but not activated again.
    let (edit, save) = (format!("/webhooks/{id}/edit"), format!("/webhooks/{id}"));
    client.submit_and_follow(&edit, &save, &[("enabled", OFF)]).await;
    assert_eq!(client.submit(&edit, &save, &[("enabled", "1")]).await.status, 422);
}

#[tokio::test]
async fn an_empty_list_says_whether_a_filter_is_active() {
    let app = TestApp::spawn().await;
    let client = app.signed_in("admin").await;
    for (query, title) in
        [("", "Nothing here yet"), ("?webhook=no", "No results"), ("?state=failed", "No results")]
    {
        let page = client.open(&format!("/webhooks/deliveries{query}")).await;
        assert_eq!(page.first(".empty-state h2").as_deref(), Some(title), "{query}");
        let clears = page.has(".empty-state a[href='/webhooks/deliveries']");
        assert_eq!(clears, !query.is_empty(), "{query}");
    }
}
