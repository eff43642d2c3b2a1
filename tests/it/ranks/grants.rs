//! Grants: resellers assign only PHP configurations, MySQL servers, shells and Perl that were
//! granted to them.

use crate::support::TestApp;
use crate::support::form::OFF;
use crate::support::make::{errors, named, received, refused, with};
use clientele::domain::admin::AdminRef;
use clientele::domain::grants::{Grant, Grants};
use clientele::domain::id::MysqlServerId;
use clientele::services::{Command, Outcome, ServiceError, admins, customers, plans};
use serde_json::{Value, json};

/// Adds a PHP configuration, a MySQL server, and a reseller who may assign only these and neither
/// shell nor Perl.
async fn add_limited_reseller(app: &TestApp) {
    app.sql("INSERT INTO php_configs (description, \"binary\", php_ini, created_at) VALUES ('PHP two', '/usr/bin/php2', '', 0)").await;
    app.sql("INSERT INTO mysql_servers (id, name, host, port, created_at) VALUES (1, 'Second', 'db2', 3306, 0)").await;
    app.reseller("reseller", &[]).await;
    update_admin(app, "reseller", json!({ "allowed_phpconfigs": [2], "allowed_mysqlserver": [1], "shell_allowed": 0, "perlenabled": 0 }))
        .await
        .unwrap();
}

/// Runs `Admins.update` as the server admin.
async fn update_admin(
    app: &TestApp,
    login_name: &str,
    parameters: Value,
) -> Outcome<clientele::domain::admin::Admin> {
    let by = app.server_admin("admin").await;
    let snapshot = app.app.open_view().await.unwrap();
    let edit =
        admins::prepare_edit(&app.app.env, &snapshot.settings, received(parameters), login_name)
            .await?;
    let admin = AdminRef::Login(login_name.to_owned());
    app.app
        .change(&TestApp::origin(), async |cmd: Command<'_>| {
            admins::update(cmd, &by, &admin, &edit).await
        })
        .await
}

/// Parameters, values that the limited reseller may not assign, and the errors.
const NOT_GRANTED: [(&str, i64, &str); 4] = [
    ("allowed_phpconfigs", 1, "not-granted"),
    ("allowed_mysqlserver", 0, "not-granted"),
    ("shell_allowed", 1, "not-granted-switch"),
    ("perlenabled", 1, "not-granted-switch"),
];

#[tokio::test]
async fn only_granted_items_can_be_assigned() {
    let app = TestApp::spawn().await;
    add_limited_reseller(&app).await;
    let within = json!({ "mysqls": 2, "phpenabled": 1, "allowed_phpconfigs": [2] });
    let meier = app.add("reseller", with("meier", within)).await.unwrap();
    assert_eq!(
        meier.profile.mysql_servers.iter().map(|id| id.0).collect::<Vec<_>>(),
        [1],
        "the first granted server is the default"
    );
    for (field, value, code) in NOT_GRANTED {
        let expected = [format!("{field}: {code}")];
        assert_eq!(
            refused(
                app.add("reseller", with("schulze", json!({ "mysqls": 1, field: value }))).await
            ),
            expected
        );
        // The owner's grants count for every caller, like limits.
        for by in ["reseller", "admin"] {
            assert_eq!(
                refused(app.update(by, "meier", json!({ field: value })).await),
                expected,
                "{by}"
            );
        }
    }
    let api = app.api("reseller").await;
    let call = json!({ "loginname": "meier", "perlenabled": 1 });
    assert_eq!(api.refusal("Customers.update", call).await, "406 not-granted-switch");
}

#[tokio::test]
async fn customers_keep_items_that_are_no_longer_granted() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    let all = json!({ "shell_allowed": 1, "perlenabled": 1, "mysqls": 1, "phpenabled": 1, "allowed_phpconfigs": [1] });
    app.add("reseller", with("meier", all)).await.unwrap();
    // An import could leave such data.
    app.sql("UPDATE admins SET all_php_configs = FALSE, all_mysql_servers = FALSE, shell_allowed = FALSE, perl_enabled = FALSE WHERE login_name = 'reseller'")
        .await;
    let after = app.update("reseller", "meier", json!({ "city": "Bonn" })).await.unwrap();
    assert!(after.profile.shell_allowed && after.profile.services.perl);
    app.update("reseller", "meier", json!({ "shell_allowed": 0 })).await.unwrap();
    assert_eq!(
        refused(app.update("reseller", "meier", json!({ "shell_allowed": 1 })).await),
        ["shell_allowed: not-granted-switch"]
    );
}

#[tokio::test]
async fn plans_and_forms_offer_granted_items_only() {
    let app = TestApp::spawn().await;
    add_limited_reseller(&app).await;
    let reseller = app.manager("reseller").await;
    let add = async |parameters: Value| {
        let patch = received(parameters).finish()?;
        app.app
            .change(&TestApp::origin(), async |cmd: Command<'_>| {
                plans::add(cmd, &reseller, &patch).await
            })
            .await
    };
    let outcome: Outcome<_> =
        add(json!({ "name": "Gold", "allowed_phpconfigs": [1, 2], "perlenabled": 1 })).await;
    assert_eq!(
        refused(outcome),
        ["allowed_phpconfigs: not-granted", "perlenabled: not-granted-switch"]
    );
    add(json!({ "name": "Silver", "allowed_phpconfigs": [2] })).await.unwrap();

    let client = app.signed_in("reseller").await;
    let page = client.open("/customers/new").await;
    assert!(page.has("#allowed_phpconfigs-2") && !page.has("#allowed_phpconfigs-1"));
    assert!(page.has("#allowed_mysqlserver-1") && !page.has("#allowed_mysqlserver-0"));
    assert!(!page.has("#perlenabled") && !page.has("#shell_allowed"));
    let page = client.open("/plans/new").await;
    assert!(page.has("#allowed_phpconfigs-2") && !page.has("#allowed_phpconfigs-1"));
}

#[tokio::test]
async fn customers_cannot_move_to_an_admin_without_their_grants() {
    let app = TestApp::spawn().await;
    add_limited_reseller(&app).await;
    let target = app.manager("reseller").await.id();
    let all = json!({ "shell_allowed": 1, "perlenabled": 1, "mysqls": 1, "phpenabled": 1, "allowed_phpconfigs": [1] });
    app.add("admin", with("meier", all)).await.unwrap();
    let outcome = app.move_to("admin", "meier", target).await;
    let expected = NOT_GRANTED.map(|(field, _, code)| format!("{field}: {code}"));
    let mut found = refused(outcome);
    found.sort();
    let mut sorted = expected.to_vec();
    sorted.sort();
    assert_eq!(found, sorted);
    let admin = app.signed_in("admin").await;
    let response = admin
        .submit(
            "/customers/meier/move",
            "/customers/meier/move",
            &[("adminid", &target.to_string())],
        )
        .await;
    assert_eq!(response.status, 422);
    assert!(
        response.alert().contains(
            "PHP configurations: reseller does not have permission to assign: System PHP."
        ),
        "{}",
        response.alert()
    );
    app.assert_counters().await;
}

#[tokio::test]
async fn grants_in_use_cannot_be_withdrawn() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    let all = json!({ "shell_allowed": 1, "perlenabled": 1, "mysqls": 1, "phpenabled": 1, "allowed_phpconfigs": [1] });
    app.add("reseller", with("meier", all)).await.unwrap();
    let nothing = json!({ "allowed_phpconfigs": [], "allowed_mysqlserver": [], "shell_allowed": 0, "perlenabled": 0 });
    let found = refused(update_admin(&app, "reseller", nothing.clone()).await);
    assert_eq!(
        found,
        ["allowed_mysqlserver", "allowed_phpconfigs", "perlenabled", "shell_allowed"]
            .map(|field| format!("{field}: grant-in-use"))
    );
    app.delete("reseller", "meier", clientele::domain::customer::FileRemoval::Keep).await.unwrap();
    let after = update_admin(&app, "reseller", nothing).await.unwrap();
    let none = Grants {
        php_configs: Grant::Only(Vec::new()),
        mysql_servers: Grant::Only(Vec::new()),
        shell: false,
        perl: false,
    };
    assert_eq!(after.profile.grants, none);
    assert_eq!(
        refused(update_admin(&app, "reseller", json!({ "allowed_phpconfigs": [77] })).await),
        ["allowed_phpconfigs: id-unknown"]
    );
}

#[tokio::test]
async fn simultaneous_assigning_and_withdrawing_of_a_grant_is_serialized() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    for round in 0..10 {
        update_admin(&app, "reseller", json!({ "perlenabled": 1 })).await.unwrap();
        let name = format!("kunde{round}x");
        let (withdrawn, added) = tokio::join!(
            update_admin(&app, "reseller", json!({ "perlenabled": 0 })),
            app.add("reseller", with(&name, json!({ "perlenabled": 1 }))),
        );
        match (withdrawn, added) {
            (Ok(_), Err(error)) => {
                assert_eq!(errors(&error), ["perlenabled: not-granted-switch"]);
            }
            (Err(error), Ok(_)) => {
                assert_eq!(errors(&error), ["perlenabled: grant-in-use"]);
                app.update("reseller", &name, json!({ "perlenabled": 0 })).await.unwrap();
            }
            outcomes => panic!("{outcomes:?}"),
        }
    }
}

#[tokio::test]
async fn grants_are_in_the_admin_form_and_the_api() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    let admin = app.signed_in("admin").await;
    let form = admin.form("/admins/reseller/edit", "/admins/reseller").await;
    assert_eq!(
        (form.value("allowed_phpconfigs"), form.value("shell_allowed")),
        (Some("-1"), Some("1")),
        "everything is granted by default"
    );
    let typed = [("allowed_phpconfigs", "1"), ("allowed_mysqlserver", OFF), ("shell_allowed", OFF)];
    admin.submit_and_follow("/admins/reseller/edit", "/admins/reseller", &typed).await;
    let api = app.api("admin").await;
    let row = api.data("Admins.get", json!({ "loginname": "reseller" })).await;
    let columns = [
        &row["allowed_phpconfigs"],
        &row["allowed_mysqlserver"],
        &row["shell_allowed"],
        &row["perlenabled"],
    ];
    assert_eq!(columns, [&json!("[1]"), &json!(""), &json!(0), &json!(1)]);
    let row = api
        .data(
            "Admins.update",
            json!({ "loginname": "reseller", "allowed_phpconfigs": "[-1]", "shell_allowed": 1 }),
        )
        .await;
    assert_eq!((&row["allowed_phpconfigs"], &row["shell_allowed"]), (&json!("[-1]"), &json!(1)));
}

#[tokio::test]
async fn a_form_without_databases_ticks_no_server() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let form = admin
        .form("/customers/new", "/customers")
        .await
        .with("email", "a@customer.example")
        .with("company", "A");
    assert_eq!(form.value("allowed_mysqlserver"), Some(""));
    assert_eq!(admin.post(&form.clone().with("new_loginname", "ohne")).await.status, 303);
    assert!(app.get("admin", "ohne").await.unwrap().profile.mysql_servers.is_empty());
    let form = admin.form("/customers/ohne/edit", "/customers/ohne").await;
    assert_eq!(form.value("allowed_mysqlserver"), Some(""), "the form shows the stored value");
    assert_eq!(admin.post(&form.with("mysqls", "2")).await.status, 303);
    assert_eq!(
        app.get("admin", "ohne").await.unwrap().profile.mysql_servers,
        [MysqlServerId(0)],
        "the first databases are on the default server"
    );
    let form = admin
        .form("/customers/new", "/customers")
        .await
        .with("email", "b@customer.example")
        .with("company", "B");
    assert_eq!(
        admin.post(&form.with("new_loginname", "mit").with("mysqls", "3")).await.status,
        303
    );
    let customer = named("mit");
    let snapshot = app.app.open_view().await.unwrap();
    let scope = app.actor("admin").await.scope();
    let found: Result<_, ServiceError> = customers::get(snapshot.view(), scope, &customer).await;
    assert_eq!(found.unwrap().profile.mysql_servers, [MysqlServerId(0)]);
}
