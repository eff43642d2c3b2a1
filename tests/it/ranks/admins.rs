//! Admins and resellers among themselves: only server admins reach accounts of other managers, and
//! one server admin always remains.

use crate::support::form::OFF;
use crate::support::make::PASSWORD;
use crate::support::{Client, TestApp};

/// Adds a reseller, and an admin who sees all customers but cannot change settings.
async fn add_managers(app: &TestApp) {
    app.reseller("reseller", &[]).await;
    app.make_admin("viewer").await;
    app.sql("UPDATE admins SET change_serversettings = FALSE WHERE login_name = 'viewer'").await;
}

#[tokio::test]
async fn only_server_admins_reach_accounts_of_other_managers() {
    let app = TestApp::spawn().await;
    add_managers(&app).await;
    app.reseller("other", &[]).await;
    app.make_admin("watcher").await;
    app.sql("UPDATE admins SET change_serversettings = FALSE WHERE login_name = 'watcher'").await;
    app.customer("theirs").await;
    let before = app.texts("SELECT password_hash FROM logins ORDER BY id").await;
    for by in ["reseller", "viewer"] {
        let client = app.signed_in(by).await;
        let token = client.open("/account").await.attr("input[name=csrf_token]", "value").unwrap();
        for name in ["admin", "viewer", "watcher", "reseller", "other"] {
            for path in ["", "/edit", "/delete", "/api-keys"] {
                assert_eq!(
                    client.get(&format!("/admins/{name}{path}")).await.status,
                    403,
                    "{by} {name}{path}"
                );
            }
            for (path, fields) in [
                ("", "admin_password=Another-horse-8&email=mine@example.com"),
                ("/delete", "confirm=x"),
                ("/unlock", ""),
                ("/api-keys/1/revoke", ""),
            ] {
                let response = client
                    .post_raw(
                        &format!("/admins/{name}{path}"),
                        format!("csrf_token={token}&{fields}"),
                    )
                    .await;
                assert_eq!(response.status, 403, "{by} {name}{path}");
            }
            // Admins can act as customers only, and no customer has this name.
            let response = client
                .post_raw(&format!("/customers/{name}/impersonate"), format!("csrf_token={token}"))
                .await;
            assert_eq!(response.status, 404, "{by} {name}");
        }
        let moved = client
            .post_raw("/customers/theirs/move", format!("csrf_token={token}&adminid=2"))
            .await;
        assert_eq!(moved.status, 403, "{by}");
        let api = app.api(by).await;
        for command in ["Admins.update", "Admins.delete", "Admins.unlock", "Admins.get"] {
            assert_eq!(
                api.refusal(command, serde_json::json!({ "loginname": "admin" })).await,
                "403 not-allowed",
                "{by} {command}"
            );
        }
    }
    assert_eq!(app.texts("SELECT password_hash FROM logins ORDER BY id").await, before);
}

#[tokio::test]
async fn nobody_creates_api_keys_for_another_account() {
    let app = TestApp::spawn().await;
    app.make_admin("second").await;
    let admin = app.signed_in("admin").await;
    let page = admin.open("/admins/second/api-keys").await;
    assert!(
        !page.has_form("/admins/second/api-keys"),
        "keys of others can be listed and revoked, not created"
    );
    let token = page.attr("input[name=csrf_token]", "value").unwrap();
    let response =
        admin.post_raw("/admins/second/api-keys", format!("csrf_token={token}&label=mine")).await;
    assert_eq!(response.status, 405);
}

/// Returns the number of server admins who can sign in.
async fn count_able_server_admins(app: &TestApp) -> i64 {
    app.count("admins", "change_serversettings AND gui_access AND NOT suspended").await
}

/// Lets two admins act against each other at the same moment. Returns how many succeeded. The other
/// one may have lost their session, too.
async fn act_at_once(app: &TestApp, first: &Client, second: &Client, action: &str) -> usize {
    let form = async |client: &Client, name: &str| {
        if action == "delete" {
            let path = format!("/admins/{name}/delete");
            return client.form(&path, &path).await.with("confirm", name);
        }
        let form = client.form(&format!("/admins/{name}/edit"), &format!("/admins/{name}")).await;
        let form = if form.value("current_password").is_some() {
            form.with("current_password", PASSWORD)
        } else {
            form
        };
        if action == "deactivated" { form.with(action, "1") } else { form.with(action, OFF) }
    };
    let (one, other) = (form(first, "second").await, form(second, "first").await);
    let (one, other) = tokio::join!(first.post(&one), second.post(&other));
    assert_eq!(count_able_server_admins(app).await, 1, "{action}: {} {}", one.said(), other.said());
    [one, other]
        .iter()
        .filter(|response| response.status == 303 && response.location().starts_with("/admins"))
        .count()
}

#[tokio::test]
async fn one_server_admin_remains_when_two_act_against_each_other_at_once() {
    for action in ["change_serversettings", "gui_access", "deactivated", "delete"] {
        let app = TestApp::spawn().await;
        app.make_admin("first").await;
        app.make_admin("second").await;
        // The first admin of an installation cannot be deleted, so they are excluded.
        app.sql("UPDATE admins SET suspended = TRUE WHERE login_name = 'admin'").await;
        let (first, second) = (app.signed_in("first").await, app.signed_in("second").await);
        assert_eq!(act_at_once(&app, &first, &second, action).await, 1, "{action}");
    }
}

#[tokio::test]
async fn granting_permissions_requires_the_password_of_the_acting_admin() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    let admin = app.signed_in("admin").await;
    let form = admin.form("/admins/reseller/edit", "/admins/reseller").await;
    for right in ["change_serversettings", "customers_see_all", "caneditphpsettings"] {
        for password in ["", "Wrong-password-1"] {
            let page =
                admin.post(&form.clone().with(right, "1").with("current_password", password)).await;
            assert_eq!(
                (page.status, page.wrong_fields()),
                (422, vec!["current_password".to_owned()]),
                "{right} {password}"
            );
        }
    }
    assert_eq!(
        app.count("admins", "change_serversettings OR customers_see_all OR caneditphpsettings")
            .await,
        1
    );
    assert_eq!(
        admin.post(&form.clone().with("name", "Only the name")).await.status,
        303,
        "changes without new permissions need no password"
    );
    let form = admin.form("/admins/reseller/edit", "/admins/reseller").await;
    assert_eq!(
        admin
            .post(&form.with("customers_see_all", "1").with("current_password", PASSWORD))
            .await
            .status,
        303
    );
}
