//! Passwords, email addresses and rights: changes need a password, and the account's owner is
//! notified.

use crate::support::form::OFF;
use crate::support::make::{PASSWORD, list, with};
use crate::support::{Page, TestApp};
use clientele::domain::validation::FieldErrors;
use clientele::services::credentials::{self, CredentialOwner};
use clientele::services::sign_in::confirm;
use clientele::services::{Command, ServiceError};
use serde_json::{Value, json};

const NEW_PASSWORD: &str = "Another-horse-8";
const CURRENT_PASSWORD: (&str, &str) = ("current_password", PASSWORD);

async fn edit(app: &TestApp, login_name: &str, typed: &[(&str, &str)]) -> Page {
    let path = format!("/admins/{login_name}");
    app.signed_in("admin").await.submit(&format!("{path}/edit"), &path, typed).await
}

/// Runs the worker, and returns the recipients of the emails that it sends, sorted.
async fn recipients(app: &TestApp) -> Vec<String> {
    let before = app.mails().len();
    app.worker_run().await;
    let mut to: Vec<String> = app.mails().into_iter().skip(before).map(|mail| mail.to).collect();
    to.sort();
    to
}

#[tokio::test]
async fn a_session_alone_changes_no_credentials_of_admins() {
    let app = TestApp::spawn().await;
    app.make_admin("second").await;
    app.reseller("seller", &[]).await;
    for login_name in ["admin", "second", "seller"] {
        for changed in [("admin_password", NEW_PASSWORD), ("email", "thief@evil.example")] {
            for (current, code) in [("", "confirm"), ("Wrong-password-1", "current")] {
                let page = edit(
                    &app,
                    login_name,
                    &[changed, ("name", "Renamed"), ("current_password", current)],
                )
                .await;
                assert_eq!(
                    (page.status, page.wrong_fields()),
                    (422, vec!["current_password".to_owned()]),
                    "{login_name} {changed:?}"
                );
                assert!(
                    page.field_error("current_password").unwrap().contains(code),
                    "{login_name} {changed:?} {current:?}"
                );
                let form = page.form(&format!("/admins/{login_name}"));
                assert_eq!(form.value("name"), Some("Renamed"), "typed values are kept");
                assert_eq!(
                    (form.value("admin_password"), form.value("current_password")),
                    (Some(""), Some("")),
                    "passwords are not"
                );
            }
        }
    }
    assert_eq!(app.count("admins", "email LIKE '%evil%' OR name = 'Renamed'").await, 0);
    assert_eq!(app.count("audit_entries", "action = 'admin.password_set'").await, 0);
    assert_eq!(recipients(&app).await, [""; 0]);
    app.signed_in("second").await;
}

#[tokio::test]
async fn the_current_password_allows_changes_and_both_addresses_are_notified() {
    let app = TestApp::spawn().await;
    app.reseller("seller", &[]).await;
    assert_eq!(
        edit(&app, "seller", &[("admin_password", NEW_PASSWORD), CURRENT_PASSWORD]).await.status,
        303
    );
    assert_eq!(recipients(&app).await, ["seller@provider.example"]);
    app.sign_in_as("seller", NEW_PASSWORD).await;
    assert_eq!(
        edit(
            &app,
            "seller",
            &[("email", "new@provider.example"), ("admin_password", PASSWORD), CURRENT_PASSWORD]
        )
        .await
        .status,
        303
    );
    assert_eq!(recipients(&app).await, ["new@provider.example", "seller@provider.example"]);
    for mail in app.mails() {
        assert!(
            mail.text.contains("seller")
                && !mail.raw.contains(PASSWORD)
                && !mail.raw.contains(NEW_PASSWORD),
            "{}",
            mail.raw
        );
    }
    assert_eq!(
        edit(&app, "seller", &[("name", "No credentials here")]).await.status,
        303,
        "other changes need no password"
    );
    assert_eq!(recipients(&app).await, [""; 0]);
}

#[tokio::test]
async fn changing_own_credentials_ends_other_sessions_and_notifies_both_addresses() {
    let app = TestApp::spawn().await;
    let (here, other) = (app.signed_in("admin").await, app.signed_in("admin").await);
    let typed =
        [("admin_password", NEW_PASSWORD), ("email", "me@provider.example"), CURRENT_PASSWORD];
    let response = here.submit("/admins/admin/edit", "/admins/admin", &typed).await;
    assert_eq!(response.status, 303, "{}", response.said());
    assert_eq!((here.get("/").await.status, other.get("/").await.status), (200, 303));
    assert_eq!(recipients(&app).await, ["admin@provider.example", "me@provider.example"]);
}

#[tokio::test]
async fn a_session_alone_adds_no_server_admin() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let new = [
        ("new_loginname", "thief"),
        ("email", "thief@evil.example"),
        ("name", "Thief"),
        ("admin_password", PASSWORD),
    ];
    for right in ["change_serversettings", "customers_see_all"] {
        let page =
            admin.submit("/admins/new", "/admins", &[&new[..], &[(right, "1")]].concat()).await;
        assert_eq!(
            (page.status, page.wrong_fields()),
            (422, vec!["current_password".to_owned()]),
            "{right}"
        );
    }
    assert_eq!(app.count("admins", "1=1").await, 1);
    let typed = [&new[..], &[("change_serversettings", "1"), CURRENT_PASSWORD]].concat();
    assert_eq!(admin.submit("/admins/new", "/admins", &typed).await.status, 303);
}

#[tokio::test]
async fn a_customer_is_notified_of_credential_changes_by_an_admin() {
    let app = TestApp::spawn().await;
    app.add("admin", with("meier", json!({ "def_language": "de" }))).await.unwrap();
    recipients(&app).await;
    app.update("admin", "meier", json!({ "new_customer_password": NEW_PASSWORD })).await.unwrap();
    assert_eq!(recipients(&app).await, ["meier@customer.example"]);
    app.update("admin", "meier", json!({ "email": "new@customer.example" })).await.unwrap();
    assert_eq!(recipients(&app).await, ["meier@customer.example", "new@customer.example"]);
    let german = app.last_mail();
    assert!(
        german.subject.contains("E-Mail-Adresse") && german.text.contains("meier"),
        "{}",
        german.raw
    );
    app.update("admin", "meier", json!({ "email": "NEW@customer.example", "city": "Köln" }))
        .await
        .unwrap();
    assert_eq!(recipients(&app).await, [""; 0], "the same address");
    app.update("admin", "meier", json!({ "new_customer_password": PASSWORD, "sendpassword": 1 }))
        .await
        .unwrap();
    assert_eq!(
        recipients(&app).await,
        ["NEW@customer.example"],
        "the email with the password is the only one"
    );
}

/// A key is not a session: `docs/compatibility.md` describes its changes that need no password.
#[tokio::test]
async fn a_key_changes_credentials_of_server_admins_only_with_the_current_password() {
    let app = TestApp::spawn().await;
    app.make_admin("second").await;
    app.reseller("seller", &[]).await;
    let api = app.api("admin").await;
    for login_name in ["admin", "second"] {
        for (name, value) in [("admin_password", NEW_PASSWORD), ("email", "thief@evil.example")] {
            let reply =
                api.call("Admins.update", json!({ "loginname": login_name, name: value })).await;
            assert_eq!(
                reply.fields(),
                ["current_password: current-password-required"],
                "{login_name} {name}"
            );
            let reply = api
                .call(
                    "Admins.update",
                    json!({ "loginname": login_name, name: value, "current_password": "Wrong-1-wrong" }),
                )
                .await;
            assert_eq!(
                reply.fields(),
                ["current_password: old-password-wrong"],
                "{login_name} {name}"
            );
        }
    }
    api.data(
        "Admins.update",
        json!({ "loginname": "second", "admin_password": NEW_PASSWORD, "current_password": PASSWORD }),
    )
    .await;
    app.sign_in_as("second", NEW_PASSWORD).await;
    api.data("Admins.update", json!({ "loginname": "seller", "admin_password": NEW_PASSWORD }))
        .await;
    app.sign_in_as("seller", NEW_PASSWORD).await;
    assert_eq!(recipients(&app).await, ["second@provider.example", "seller@provider.example"]);
}

/// A key alone can neither add a server admin nor promote a reseller whose password it has set.
#[tokio::test]
async fn a_key_alone_creates_no_server_admin() {
    let app = TestApp::spawn().await;
    app.reseller("seller", &[]).await;
    let api = app.api("admin").await;
    let new = json!({ "new_loginname": "thief", "email": "thief@evil.example", "name": "Thief", "admin_password": NEW_PASSWORD });
    let promoted = json!({ "loginname": "seller", "admin_password": NEW_PASSWORD });
    for (command, call) in [("Admins.add", new), ("Admins.update", promoted)] {
        let with = |more: Value| {
            let (Value::Object(mut call), Value::Object(more)) = (call.clone(), more) else {
                panic!("objects")
            };
            call.extend(more);
            Value::from(call)
        };
        let reply = api.call(command, with(json!({ "change_serversettings": 1 }))).await;
        assert_eq!(
            (reply.status, reply.fields()),
            (400, vec!["current_password: current-password-required".to_owned()]),
            "{command}"
        );
        let reply = api
            .call(
                command,
                with(json!({ "change_serversettings": 1, "current_password": "Wrong-1-wrong" })),
            )
            .await;
        assert_eq!(reply.fields(), ["current_password: old-password-wrong"], "{command}");
        assert_eq!(app.count("admins", "change_serversettings = TRUE").await, 1, "{command}");
        api.data(
            command,
            with(json!({ "change_serversettings": 1, "current_password": PASSWORD })),
        )
        .await;
        app.sql("UPDATE admins SET change_serversettings = FALSE WHERE login_name <> 'admin'")
            .await;
    }
    api.data(
        "Admins.update",
        json!({ "loginname": "seller", "admin_password": PASSWORD, "customers_see_all": 1 }),
    )
    .await;
    let reply = api
        .call("Admins.update", json!({ "loginname": "seller", "change_serversettings": 1 }))
        .await;
    assert_eq!(reply.fields(), ["current_password: current-password-required"]);
}

#[tokio::test]
async fn a_session_alone_grants_its_own_admin_no_permission() {
    let app = TestApp::spawn().await;
    app.sql("UPDATE admins SET customers_see_all = FALSE").await;
    let page = edit(&app, "admin", &[("customers_see_all", "1")]).await;
    assert_eq!((page.status, page.wrong_fields()), (422, vec!["current_password".to_owned()]));
    assert_eq!(
        edit(&app, "admin", &[("customers_see_all", "1"), CURRENT_PASSWORD]).await.status,
        303
    );
    assert_eq!(
        edit(&app, "admin", &[("customers_see_all", OFF)]).await.status,
        303,
        "giving up a right needs no password"
    );
}

/// The password is replaced between its proof and the change that needs the proof.
#[tokio::test]
async fn a_proof_is_invalid_after_the_password_was_replaced() {
    let app = TestApp::spawn().await;
    let (by, origin) = (app.actor("admin").await, TestApp::origin());
    let proof = confirm(&app.app, &origin, by.login(), &PASSWORD.into()).await.unwrap();
    let errors = async || {
        let required = app.app.change(&origin, async |cmd: Command<'_>| {
            let mut errors = FieldErrors::default();
            credentials::require_current_password(
                cmd,
                &by,
                CredentialOwner::Own,
                proof.as_ref(),
                &mut errors,
            )
            .await?;
            Ok::<_, ServiceError>(list(&errors))
        });
        required.await.unwrap()
    };
    assert_eq!(errors().await, [""; 0]);
    let now = app.now();
    let replaced = app
        .app
        .db
        .write(async |tx| db::logins::set_password(tx, by.login(), "another hash", now).await);
    replaced.await.unwrap_or_else(|error: db::DbError| panic!("{error}"));
    assert_eq!(errors().await, ["current_password: old-password-wrong"]);
}

#[tokio::test]
async fn a_customers_own_key_sets_the_password_and_a_wrong_current_one_is_refused() {
    let app = TestApp::spawn().await;
    app.add("admin", with("web", json!({ "api_allowed": true }))).await.unwrap();
    recipients(&app).await;
    let api = app.api("web").await;
    let wrong = json!({ "loginname": "web", "new_customer_password": NEW_PASSWORD, "current_password": "Wrong-1-wrong" });
    assert_eq!(
        api.call("Customers.update", wrong).await.fields(),
        ["current_password: old-password-wrong"]
    );
    api.data(
        "Customers.update",
        json!({ "loginname": "web", "new_customer_password": NEW_PASSWORD }),
    )
    .await;
    app.sign_in_as("web", NEW_PASSWORD).await;
    let right = json!({ "loginname": "web", "new_customer_password": PASSWORD, "current_password": NEW_PASSWORD });
    api.data("Customers.update", right).await;
    app.signed_in("web").await;
    assert_eq!(recipients(&app).await, ["web@customer.example", "web@customer.example"]);
}

#[tokio::test]
async fn a_password_reset_link_ends_with_the_address_it_was_sent_to() {
    let app = TestApp::spawn().await;
    app.set("password.reset_for_admins", "1").await;
    app.customer("meier").await;
    for (login_name, email) in
        [("meier", "meier@customer.example"), ("admin", "admin@provider.example")]
    {
        let typed = [("loginname", login_name), ("email", email)];
        app.browser().submit("/password/forgot", "/password/forgot", &typed).await;
        assert_eq!(app.count("password_resets", "1=1").await, 1, "{login_name}");
        if login_name == "meier" {
            app.update("admin", login_name, json!({ "email": "new@customer.example" }))
                .await
                .unwrap();
        } else {
            assert_eq!(
                edit(&app, login_name, &[("email", "new@provider.example"), CURRENT_PASSWORD])
                    .await
                    .status,
                303
            );
        }
        assert_eq!(app.count("password_resets", "1=1").await, 0, "{login_name}");
    }
}
