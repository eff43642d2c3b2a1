//! The services of API keys: limits, owners, and changes that revoke or disable keys.

use super::app_with_accounts;
use crate::support::TestApp;
use crate::support::make::{PASSWORD, named, refused};
use clientele::auth::actor::Manager;
use clientele::domain::admin::AdminRef;
use clientele::domain::customer::FileRemoval;
use clientele::domain::id::ApiKeyId;
use clientele::services::api_keys::{self, AccountKeys, MAX_KEYS, SaveKey};
use clientele::services::customers::SelfChange;
use clientele::services::passwords::{self, HashedPassword};
use clientele::services::sign_in::api_key::Admission;
use clientele::services::{
    Command, EntryPoint, Origin, ServiceError, account, admins, customers, digest,
};
use jiff::SignedDuration;
use serde_json::{Value, json};

async fn hashed_password(app: &TestApp) -> HashedPassword {
    let settings = app.app.open_view().await.unwrap().settings;
    passwords::prepare(&app.app.env, &settings, "password", Some("Another-horse-8".into()), None)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_key_is_valid_only_with_its_secret() {
    let app = app_with_accounts().await;
    for owner in ["admin", "owner", "meier"] {
        let new = app.add_key(owner, json!({})).await.unwrap();
        assert!(app.authenticates(&new).await, "{owner}");
        assert!(matches!(
            app.authenticate(&new.key.key, "", "127.0.0.1").await,
            Admission::Refused
        ));
        assert!(matches!(
            app.authenticate(&new.key.key.to_uppercase(), new.secret.expose(), "127.0.0.1").await,
            Admission::Refused
        ));
        assert_eq!(
            app.find_in_database(new.secret.expose()),
            Vec::<String>::new(),
            "the secret is not stored"
        );
        let used = app
            .number(&format!("SELECT last_used_at FROM api_keys WHERE id = {}", new.key.id))
            .await;
        assert_eq!(used, app.now().as_second());
    }
}

#[tokio::test]
async fn settings_limit_a_key() {
    let app = app_with_accounts().await;
    let new = app
        .add_key("meier", json!({ "allowed_from": "192.0.2.0/24", "valid_until": "2026-11-30" }))
        .await
        .unwrap();
    let from = async |address| {
        matches!(
            app.authenticate(&new.key.key, new.secret.expose(), address).await,
            Admission::Granted(_)
        )
    };
    assert!(from("192.0.2.9").await);
    assert!(!from("192.0.3.9").await && !from("").await);
    let end = new.key.settings.expires_at.unwrap();
    app.advance_clock(end.duration_since(app.now()) - SignedDuration::from_secs(1));
    assert!(from("192.0.2.9").await);
    app.advance_clock(SignedDuration::from_secs(1));
    assert!(!from("192.0.2.9").await);
}

#[tokio::test]
async fn changed_settings_apply_at_once_and_the_secret_remains() {
    let app = app_with_accounts().await;
    let new = app
        .add_key("meier", json!({ "allowed_from": "192.0.2.1", "label": "Shop" }))
        .await
        .unwrap();
    assert!(!app.authenticates(&new).await);
    let by = app.actor("meier").await;
    let settings = SaveKey::settings(
        crate::support::make::received(json!({ "allowed_from": "" })),
        &new.key.settings,
        app.now(),
    )
    .unwrap();
    let after = app
        .app
        .change(&TestApp::origin(), async |cmd: Command<'_>| {
            api_keys::update(cmd, &by, new.key.id, &settings).await
        })
        .await;
    assert_eq!(after.unwrap().settings.label, "Shop");
    assert!(app.authenticates(&new).await);
    let audited = app.text("SELECT \"before\" || \"after\" FROM audit_entries WHERE action = 'customer.api_key_updated'").await.unwrap();
    assert!(
        audited.contains("192.0.2.1")
            && audited.contains(new.key.short())
            && !audited.contains(&new.key.key),
        "{audited}"
    );
}

#[tokio::test]
async fn the_number_of_keys_is_limited() {
    let app = app_with_accounts().await;
    for _ in 0..MAX_KEYS {
        app.add_key("meier", json!({})).await.unwrap();
    }
    let Err(ServiceError::Refused(error)) = app.add_key("meier", json!({})).await else {
        panic!("one too many")
    };
    assert_eq!(error.code.as_str(), "api-keys-too-many");
    let own = app.add_key("owner", json!({})).await.unwrap();
    assert_eq!(app.keys_of("owner").await, [own.key.id], "each account has its own limit");
    assert_eq!(app.keys_of("meier").await.len() as u64, MAX_KEYS);
}

#[tokio::test]
async fn without_api_access_keys_cannot_be_added_or_used() {
    let app = app_with_accounts().await;
    let new = app.add_key("meier", json!({})).await.unwrap();
    for (forbid, allow) in [
        ("UPDATE customers SET api_allowed = FALSE", "UPDATE customers SET api_allowed = TRUE"),
        (
            "INSERT INTO settings (name, value, updated_at) VALUES ('api.enabled', '0', 0)",
            "DELETE FROM settings",
        ),
    ] {
        app.sql(forbid).await;
        assert!(
            matches!(app.add_key("meier", json!({})).await, Err(ServiceError::Forbidden)),
            "{forbid}"
        );
        let snapshot = app.app.open_view().await.unwrap();
        assert!(
            matches!(
                AccountKeys::own(snapshot.view(), &app.actor("meier").await).await,
                Err(ServiceError::Forbidden)
            ),
            "{forbid}"
        );
        app.sql(allow).await;
    }
    app.sql("UPDATE customers SET api_allowed = FALSE").await;
    assert!(!app.authenticates(&new).await);
    app.sql("UPDATE customers SET api_allowed = TRUE").await;
    assert!(app.authenticates(&new).await);
}

#[tokio::test]
async fn only_the_owner_changes_a_key_and_strangers_cannot_revoke_it() {
    let app = app_with_accounts().await;
    app.reseller("other", &[]).await;
    let new = app.add_key("meier", json!({})).await.unwrap();
    for stranger in ["other", "owner", "admin"] {
        let by = app.actor(stranger).await;
        let settings = &new.key.settings;
        let changed = app
            .app
            .change(&TestApp::origin(), async |cmd: Command<'_>| {
                api_keys::update(cmd, &by, new.key.id, settings).await
            })
            .await;
        assert!(matches!(changed, Err(ServiceError::NotFound(_))), "{stranger}");
    }
    let revoke = async |name: &str, id: ApiKeyId| {
        let (by, origin) = (app.manager(name).await, TestApp::origin());
        let outcome = app.app.change(&origin, async |cmd: Command<'_>| {
            let account_keys = AccountKeys::of_customer(
                &by,
                &customers::get(cmd.view(), by.scope(), &named("meier")).await?,
            );
            api_keys::revoke(cmd, &account_keys, id).await
        });
        outcome.await
    };
    let others = app.add_key("other", json!({})).await.unwrap();
    assert!(
        matches!(revoke("other", new.key.id).await, Err(ServiceError::NotFound(_))),
        "outside their scope"
    );
    assert!(
        matches!(revoke("owner", others.key.id).await, Err(ServiceError::NotFound(_))),
        "not a key of this customer"
    );
    assert!(app.authenticates(&new).await);
    revoke("owner", new.key.id).await.unwrap();
    assert!(!app.authenticates(&new).await && app.authenticates(&others).await);
    let by = app
        .text("SELECT actor_name FROM audit_entries WHERE action = 'customer.api_key_revoked'")
        .await;
    assert_eq!(by.as_deref(), Some("owner"));
}

#[tokio::test]
async fn a_server_admin_can_revoke_keys_of_other_admins() {
    let app = app_with_accounts().await;
    let new = app.add_key("owner", json!({})).await.unwrap();
    let (by, origin) = (app.server_admin("admin").await, TestApp::origin());
    let revoked = app.app.change(&origin, async |cmd: Command<'_>| {
        let owner = AdminRef::Login("owner".to_owned());
        let owner = services::admins::get(cmd.view(), &by, &owner).await?;
        let account_keys = AccountKeys::of_admin(&by, &owner);
        assert_eq!(api_keys::summary(cmd.view(), &account_keys).await?.count, 1);
        api_keys::revoke(cmd, &account_keys, new.key.id).await
    });
    assert_eq!(revoked.await.unwrap().id, new.key.id);
    assert!(!app.authenticates(&new).await);
}

#[tokio::test]
async fn keys_cannot_be_changed_while_acting_as_the_customer() {
    let app = app_with_accounts().await;
    let new = app.add_key("meier", json!({})).await.unwrap();
    let (by, owner) = (app.actor("meier").await, app.manager("owner").await);
    let origin = Origin { acting: Some((owner.id(), "owner".to_owned())), ..TestApp::origin() };
    let settings = &new.key.settings;
    let added = app
        .app
        .change(&origin, async |cmd: Command<'_>| api_keys::add(cmd, &by, settings).await)
        .await;
    assert!(matches!(added, Err(ServiceError::Forbidden)));
    let changed = app
        .app
        .change(&origin, async |cmd: Command<'_>| {
            api_keys::update(cmd, &by, new.key.id, settings).await
        })
        .await;
    assert!(matches!(changed, Err(ServiceError::Forbidden)));
    let revoked = app.app.change(&origin, async |cmd: Command<'_>| {
        let account_keys = AccountKeys::own(cmd.view(), &by).await?;
        api_keys::revoke(cmd, &account_keys, new.key.id).await
    });
    assert!(matches!(revoked.await, Err(ServiceError::Forbidden)));
    assert!(app.authenticates(&new).await);
}

/// Returns the audited numbers of sessions and keys that a new password ended.
async fn audited_changes(app: &TestApp, action: &str) -> Value {
    let after = app
        .text(&format!(
            "SELECT after FROM audit_entries WHERE action = '{action}' ORDER BY id DESC"
        ))
        .await;
    after.map_or(Value::Null, |text| serde_json::from_str(&text).unwrap())
}

/// Returns the origin of the command line, which requires no current password.
fn command_line_origin() -> Origin {
    Origin { entry_point: EntryPoint::Cli, ..TestApp::origin() }
}

#[tokio::test]
async fn d39_a_new_own_password_revokes_all_keys_but_the_calling_one() {
    let app = app_with_accounts().await;
    for owner in ["meier", "owner"] {
        let keys = [
            app.add_key(owner, json!({})).await.unwrap(),
            app.add_key(owner, json!({})).await.unwrap(),
        ];
        let others = app.add_key("admin", json!({})).await.unwrap();
        let by = app.actor(owner).await;
        for keep in [Some(keys[1].key.id), None] {
            let change = SelfChange {
                password: Some(hashed_password(&app).await),
                kept_api_key: keep,
                ..SelfChange::default()
            };
            app.app
                .change(&command_line_origin(), async |cmd: Command<'_>| {
                    account::update_self(cmd, &by, &change).await
                })
                .await
                .unwrap();
            assert!(!app.authenticates(&keys[0]).await, "{owner}");
            assert_eq!(app.authenticates(&keys[1]).await, keep.is_some(), "{owner}");
        }
        assert!(app.authenticates(&others).await, "{owner}: keys of other accounts");
        let kind = if owner == "meier" { "customer" } else { "admin" };
        assert_eq!(
            audited_changes(&app, &format!("{kind}.password_changed")).await,
            json!({ "ended_api_keys": 1 })
        );
    }
}

#[tokio::test]
async fn d39_a_password_set_by_a_manager_revokes_all_keys() {
    let app = app_with_accounts().await;
    let new = app.add_key("meier", json!({})).await.unwrap();
    let session = app.signed_in("meier").await;
    app.update("owner", "meier", json!({ "new_customer_password": "Another-horse-8" }))
        .await
        .unwrap();
    assert!(!app.authenticates(&new).await);
    assert_eq!(session.get("/account").await.status, 303);
    assert_eq!(
        audited_changes(&app, "customer.password_set").await,
        json!({ "ended_api_keys": 1, "ended_sessions": 1 })
    );
}

#[tokio::test]
async fn d39_a_password_set_for_an_admin_revokes_all_keys() {
    let app = app_with_accounts().await;
    let new = app.add_key("owner", json!({})).await.unwrap();
    let by = app.server_admin("admin").await;
    let edit = admins::AdminEdit {
        password: Some(hashed_password(&app).await),
        ..admins::AdminEdit::default()
    };
    let reference = AdminRef::Login("owner".to_owned());
    app.app
        .change(&command_line_origin(), async |cmd: Command<'_>| {
            admins::update(cmd, &by, &reference, &edit).await
        })
        .await
        .unwrap();
    assert!(!app.authenticates(&new).await);
    assert_eq!(audited_changes(&app, "admin.password_set").await, json!({ "ended_api_keys": 1 }));
}

#[tokio::test]
async fn d39_a_password_set_by_a_link_revokes_all_keys() {
    let app = app_with_accounts().await;
    let new = app.add_key("meier", json!({})).await.unwrap();
    let digest = digest("a-token");
    let login = app.actor("meier").await.login();
    let (now, later) = (app.now(), app.now() + SignedDuration::from_hours(1));
    let written = app
        .app
        .db
        .write(async |tx| db::password_resets::replace(tx, login, &digest, now, later).await);
    written.await.unwrap();
    let password = hashed_password(&app).await;
    app.app
        .change(&TestApp::origin(), async |cmd: Command<'_>| {
            account::reset(cmd, &"a-token".into(), &password).await
        })
        .await
        .unwrap();
    assert!(!app.authenticates(&new).await);
    assert_eq!(
        audited_changes(&app, "customer.password_reset").await,
        json!({ "ended_api_keys": 1 })
    );
}

#[tokio::test]
async fn d30_suspending_disables_keys_moving_keeps_them_deleting_removes_them() {
    let app = app_with_accounts().await;
    let other = app.reseller("other", &[]).await;
    let new = app.add_key("meier", json!({})).await.unwrap();
    app.suspend("owner", "meier", true).await.unwrap();
    assert!(!app.authenticates(&new).await);
    app.suspend("owner", "meier", false).await.unwrap();
    assert!(app.authenticates(&new).await, "the key is valid again");
    app.move_to("admin", "meier", other.id).await.unwrap();
    assert!(app.authenticates(&new).await);
    let snapshot = app.app.open_view().await.unwrap();
    let (before, after) = (app.manager("owner").await, app.manager("other").await);
    let seen_by =
        async |by: &Manager| customers::get(snapshot.view(), by.scope(), &named("meier")).await;
    assert!(matches!(seen_by(&before).await, Err(ServiceError::NotFound(_))));
    assert_eq!(seen_by(&after).await.unwrap().owner, other.id);
    app.delete("other", "meier", FileRemoval::Keep).await.unwrap();
    assert!(!app.authenticates(&new).await);
    assert_eq!(app.count("api_keys", "1=1").await, 0);
}

#[tokio::test]
async fn keys_of_a_suspended_admin_are_refused_with_the_reason() {
    let app = app_with_accounts().await;
    let new = app.add_key("owner", json!({})).await.unwrap();
    app.sql("UPDATE admins SET suspended = TRUE WHERE login_name = 'owner'").await;
    assert!(matches!(
        app.authenticate(&new.key.key, new.secret.expose(), "127.0.0.1").await,
        Admission::Suspended
    ));
    app.sql("UPDATE admins SET suspended = FALSE WHERE login_name = 'owner'").await;
    assert!(app.authenticates(&new).await);
}

#[tokio::test]
async fn settings_are_checked() {
    let app = app_with_accounts().await;
    let wrong = json!({ "valid_until": "yesterday", "allowed_from": "x", "scope": "all" });
    assert_eq!(
        refused(app.add_key("meier", wrong).await),
        ["allowed_from: network-invalid", "scope: parameter-unknown", "valid_until: date-invalid"]
    );
    app.sign_in_as("meier", PASSWORD).await.open("/account").await;
}
