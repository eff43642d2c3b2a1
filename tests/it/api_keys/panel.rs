//! `/account/api-keys`, and the keys of other accounts.

use super::app_with_accounts;
use crate::support::make::PASSWORD;
use crate::support::{Client, Page};
use clientele::services::sign_in::api_key::Admission;
use serde_json::json;

const PATH: &str = "/account/api-keys";

async fn create_key(client: &Client, typed: &[(&str, &str)]) -> Page {
    client
        .submit("/account/api-keys/new", PATH, &[&[("current_password", PASSWORD)], typed].concat())
        .await
}

#[tokio::test]
async fn every_role_creates_a_key_and_sees_its_secret_once() {
    let app = app_with_accounts().await;
    for login_name in ["admin", "owner", "meier"] {
        let client = app.signed_in(login_name).await;
        assert!(
            client.open("/").await.has(&format!("#account-menu a[href='{PATH}']")),
            "{login_name}"
        );
        let created = create_key(&client, &[("label", "Shop")]).await;
        assert_eq!(created.status, 200, "{}", created.said());
        assert_eq!(created.header("cache-control"), "no-store");
        let (key, secret) =
            (created.first("#new-key").unwrap(), created.first("#new-secret").unwrap());
        let shown = app.authenticate(&key, &secret, "127.0.0.1").await;
        assert!(matches!(shown, Admission::Granted(_)), "{login_name}");
        let example = created.first("#new-example").unwrap();
        assert!(
            example.starts_with(&format!("curl -u '{key}:{secret}' "))
                && example.ends_with(&app.url("/api")),
            "{example}"
        );
        let list = client.open(PATH).await;
        assert!(
            list.text.contains(&key[..8])
                && list.text.contains("Shop")
                && !list.text.contains(&key),
            "{login_name}"
        );
        for path in ["/", "/account", PATH] {
            assert!(!client.open(path).await.text.contains(&secret), "{path}");
        }
    }
}

#[tokio::test]
async fn a_session_alone_creates_no_key_and_guessing_locks() {
    let app = app_with_accounts().await;
    let client = app.signed_in("meier").await;
    for (password, code) in [("", "required"), ("Wrong-horse-1", "wrong")] {
        let page = create_key(
            &client,
            &[("label", "kept"), ("allowed_from", "nowhere"), ("current_password", password)],
        )
        .await;
        assert_eq!(page.status, 422, "{code}");
        assert_eq!(page.wrong_fields(), ["allowed_from", "current_password"]);
        assert_eq!(page.value("label").as_deref(), Some("kept"));
    }
    for _ in 0..10 {
        create_key(&client, &[("current_password", "Wrong-horse-1")]).await;
    }
    assert_eq!(create_key(&client, &[]).await.status, 422, "the correct password is refused, too");
    assert_eq!(
        app.browser().sign_in("meier", PASSWORD).await.status,
        422,
        "as on the sign-in page"
    );
    assert!(app.keys_of("meier").await.is_empty());
}

#[tokio::test]
async fn a_double_click_creates_one_key() {
    let app = app_with_accounts().await;
    let client = app.signed_in("meier").await;
    let form = client.form("/account/api-keys/new", PATH).await.with("current_password", PASSWORD);
    let mut clicks = tokio::task::JoinSet::new();
    // Simultaneous password checks are limited: each click reserves an attempt until its password
    // is checked.
    for _ in 0..3 {
        let (client, form) = (client.clone(), form.clone());
        clicks.spawn(async move { client.post(&form).await.status });
    }
    let mut statuses = clicks.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 303, 303]);
    assert_eq!(app.keys_of("meier").await.len(), 1);
    let repeated = client.post(&form).await;
    assert!(
        client.follow(&repeated).await.flash().contains("twice"),
        "the message says that the secret was shown"
    );
}

#[tokio::test]
async fn settings_are_changed_and_kept() {
    let app = app_with_accounts().await;
    let client = app.signed_in("meier").await;
    create_key(
        &client,
        &[
            ("label", "Shop"),
            ("allowed_from", "192.0.2.77/24"),
            ("valid_until", "2030-05-01"),
            ("read_only", "1"),
        ],
    )
    .await;
    let id = app.keys_of("meier").await[0];
    let (place, edit) = (format!("{PATH}/{id}"), format!("{PATH}/{id}/edit"));
    let page = client.open(&edit).await;
    for (name, value) in [
        ("label", "Shop"),
        ("allowed_from", "192.0.2.0/24"),
        ("valid_until", "2030-05-01"),
        ("read_only", "1"),
    ] {
        assert_eq!(page.value(name).as_deref(), Some(value), "{name}");
    }
    assert_eq!(
        client.submit(&edit, &place, &[("valid_until", "2001-01-01")]).await.wrong_fields(),
        ["valid_until"]
    );
    let list = client
        .submit_and_follow(
            &edit,
            &place,
            &[("label", "Till"), ("allowed_from", ""), ("read_only", "\u{0}off")],
        )
        .await;
    assert!(
        list.text.contains("Till")
            && list.text.contains("all addresses")
            && !list.text.contains("Read-only")
    );
    app.sql("UPDATE api_keys SET expires_at = 1700000000").await;
    assert!(client.open(PATH).await.text.contains("Expired"));
    assert_eq!(
        client.open(&edit).await.attr("#valid_until", "type").as_deref(),
        Some("text"),
        "a time of day does not fit a field for dates"
    );
    client.submit_and_follow(&edit, &place, &[("label", "Old")]).await;
    assert_eq!(app.number("SELECT expires_at FROM api_keys").await, 1_700_000_000);
}

#[tokio::test]
async fn a_revoked_key_is_refused() {
    let app = app_with_accounts().await;
    let client = app.signed_in("meier").await;
    let new = app.add_key("meier", json!({ "label": "Shop" })).await.unwrap();
    let action = format!("{PATH}/{}/revoke", new.key.id);
    let page = client.submit_and_follow(&action, &action, &[]).await;
    assert!(page.flash().contains(new.key.short()));
    assert!(!app.authenticates(&new).await);
}

#[tokio::test]
async fn without_api_access_the_page_is_forbidden() {
    let app = app_with_accounts().await;
    app.add_key("meier", json!({})).await.unwrap();
    for sql in [
        "UPDATE customers SET api_allowed = FALSE",
        "INSERT INTO settings (name, value, updated_at) VALUES ('api.enabled', '0', 0)",
    ] {
        app.sql(sql).await;
        let client = app.signed_in("meier").await;
        assert!(!client.open("/").await.has(&format!("a[href='{PATH}']")), "{sql}");
        let id = app.keys_of("meier").await[0];
        for path in [
            PATH.to_owned(),
            format!("{PATH}/new"),
            format!("{PATH}/{id}/edit"),
            format!("{PATH}/{id}/revoke"),
        ] {
            assert_eq!(client.get(&path).await.status, 403, "{sql}: {path}");
        }
        app.sql("UPDATE customers SET api_allowed = TRUE").await;
    }
}

#[tokio::test]
async fn d29_acting_as_a_customer_neither_shows_nor_creates_their_keys() {
    let app = app_with_accounts().await;
    let new = app.add_key("meier", json!({})).await.unwrap();
    let client = app.signed_in("owner").await;
    let response = client.submit("/customers/meier", "/customers/meier/impersonate", &[]).await;
    let page = client.follow(&response).await;
    assert!(!page.has(&format!("a[href='{PATH}']")));
    let id = new.key.id;
    for path in [
        PATH.to_owned(),
        format!("{PATH}/new"),
        format!("{PATH}/{id}/edit"),
        format!("{PATH}/{id}/revoke"),
    ] {
        assert_eq!(client.get(&path).await.status, 403, "{path}");
    }
    let token = client.open("/account").await.attr("input[name=csrf_token]", "value").unwrap();
    for (path, more) in [
        (PATH.to_owned(), "&current_password=Correct-horse-7"),
        (format!("{PATH}/{id}"), ""),
        (format!("{PATH}/{id}/revoke"), ""),
    ] {
        assert_eq!(
            client.post_raw(&path, format!("csrf_token={token}{more}")).await.status,
            403,
            "{path}"
        );
    }
    assert_eq!(app.keys_of("meier").await, [id]);
}

#[tokio::test]
async fn managers_of_an_account_see_and_revoke_its_keys() {
    let app = app_with_accounts().await;
    let (of_customer, of_reseller) = (
        app.add_key("meier", json!({})).await.unwrap(),
        app.add_key("owner", json!({})).await.unwrap(),
    );
    for (by, place, name, new) in [
        ("owner", "/customers/meier", "meier Ltd", &of_customer),
        ("admin", "/admins/owner", "The owner", &of_reseller),
    ] {
        let client = app.signed_in(by).await;
        assert!(
            client.open(place).await.has(&format!("a[href='{place}/api-keys']")),
            "a card links to the page"
        );
        let list = client.open(&format!("{place}/api-keys")).await;
        assert_eq!(list.first("h1").unwrap(), format!("API keys of {name}"));
        assert!(
            list.text.contains(new.key.short())
                && !list.has("a[href$='/edit']")
                && !list.has("a[href$='/new']")
        );
        let action = format!("{place}/api-keys/{}/revoke", new.key.id);
        client.submit_and_follow(&action, &action, &[]).await;
        assert!(!app.authenticates(new).await, "{by}");
        assert_eq!(client.get(&action).await.status, 404, "it is gone");
    }
}

#[tokio::test]
async fn d39_the_password_form_says_that_keys_are_revoked_and_they_are() {
    let app = app_with_accounts().await;
    let new = app.add_key("meier", json!({})).await.unwrap();
    let client = app.signed_in("meier").await;
    assert!(client.open("/account").await.text.contains("revokes all your API keys"));
    let next = "Another-horse-8";
    let typed =
        [("old_password", PASSWORD), ("new_password", next), ("new_password_confirm", next)];
    let page = client.submit_and_follow("/account", "/account/password", &typed).await;
    assert!(page.flash().contains("API keys"));
    assert!(!app.authenticates(&new).await);
}

#[tokio::test]
async fn the_audit_log_describes_changes_of_keys() {
    let app = app_with_accounts().await;
    let client = app.signed_in("meier").await;
    let created = create_key(&client, &[("label", "Shop")]).await;
    let (key, secret) = (created.first("#new-key").unwrap(), created.first("#new-secret").unwrap());
    let page = app.signed_in("owner").await.open("/audit").await;
    assert!(
        page.text.contains("API key created") && page.text.contains(&key[..8]),
        "{}",
        page.said()
    );
    assert!(!page.text.contains(&key) && !page.text.contains(&secret));
}
