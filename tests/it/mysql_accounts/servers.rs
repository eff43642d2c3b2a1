//! MySQL servers: their settings, and their failures.

use super::{Remote, add_customer, open_jobs, panel_with_server, set_administration};
use crate::support::TestApp;
use crate::support::mail::unused_address;
use crate::support::make::{PASSWORD, with};
use crate::support::mariadb;
use jiff::SignedDuration;
use serde_json::json;

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn the_administration_url_is_stored_sealed_and_never_shown() {
    let (app, remote) = panel_with_server().await;
    assert!(app.find_in_database(mariadb::PASSWORD).is_empty());
    let admin = app.signed_in("admin").await;
    for path in ["/mysql-servers", "/mysql-servers/0/edit", "/audit", "/jobs"] {
        let page = admin.open(path).await;
        assert!(!page.text.contains(mariadb::PASSWORD) && !page.text.contains("tester"), "{path}");
    }
    let page = admin.submit_and_follow("/mysql-servers/0/edit", "/mysql-servers/0/test", &[]).await;
    assert!(page.flash().contains("MariaDB"), "{}", page.flash());
    // An invalid URL is not shown again, because it may contain a password. The stored one is kept.
    let wrong = [("admin_url", "mysql://tester:Canary-7531@host/mysql"), ("name", "")];
    let page = admin.submit("/mysql-servers/0/edit", "/mysql-servers/0", &wrong).await;
    assert_eq!(
        (page.status, page.wrong_fields()),
        (422, vec!["admin_url".to_owned(), "name".to_owned()])
    );
    assert!(!page.text.contains("Canary-7531"));
    add_customer(&app, "stillsql", json!({})).await;
    assert!(remote.admits("stillsql", PASSWORD).await);
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn accounts_are_created_once_a_url_is_set() {
    let (app, remote) = (TestApp::spawn().await, Remote::start().await);
    add_customer(&app, "earlysql", json!({})).await;
    add_customer(&app, "nonesql", json!({ "mysqls": 0 })).await;
    assert_eq!(app.count("jobs", "kind LIKE '%mysql%'").await, 0);
    set_administration(&app, remote.url.as_str(), "localhost, 127.0.0.1").await;
    app.worker_run().await;
    assert_eq!(remote.hosts("earlysql").await, ["127.0.0.1", "localhost"]);
    assert!(remote.admits("earlysql", PASSWORD).await, "a password that was set before the URL");
    assert!(
        remote.hosts("nonesql").await.is_empty(),
        "customers without databases have no account"
    );

    set_administration(&app, "", "127.0.0.1").await;
    app.worker_run().await;
    assert_eq!(remote.hosts("earlysql").await, ["127.0.0.1"], "a host was removed");

    let admin = app.signed_in("admin").await;
    admin
        .submit_and_follow(
            "/mysql-servers/0/edit",
            "/mysql-servers/0",
            &[("admin_url_remove", "1")],
        )
        .await;
    app.delete("admin", "earlysql", clientele::domain::customer::FileRemoval::Remove)
        .await
        .unwrap();
    app.worker_run().await;
    assert_eq!(
        remote.hosts("earlysql").await,
        ["127.0.0.1"],
        "the panel no longer administers the server"
    );
    assert_eq!(open_jobs(&app).await, 0);
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn d25_the_first_database_limit_adds_an_account_and_zero_removes_it() {
    let (app, remote) = panel_with_server().await;
    add_customer(&app, "turnsql", json!({ "mysqls": 0 })).await;
    assert!(remote.hosts("turnsql").await.is_empty());
    app.update("admin", "turnsql", json!({ "mysqls": 2 })).await.unwrap();
    app.worker_run().await;
    assert!(remote.admits("turnsql", PASSWORD).await);
    app.update("admin", "turnsql", json!({ "allowed_mysqlserver": [] })).await.unwrap();
    app.worker_run().await;
    assert!(remote.hosts("turnsql").await.is_empty());
    app.update("admin", "turnsql", json!({ "allowed_mysqlserver": [0] })).await.unwrap();
    app.worker_run().await;
    assert!(remote.admits("turnsql", PASSWORD).await);
    app.update("admin", "turnsql", json!({ "mysqls": 0 })).await.unwrap();
    app.worker_run().await;
    assert!(remote.hosts("turnsql").await.is_empty());
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn foreign_accounts_are_never_changed() {
    let (app, remote) = panel_with_server().await;
    remote.run("CREATE USER providers@'%' IDENTIFIED BY 'Their-own-secret-1'").await;
    remote.run("CREATE ROLE roleofprovider").await;
    for name in ["providers", "roleofprovider"] {
        add_customer(&app, name, json!({})).await;
        let error = app
            .text(&format!(
                "SELECT last_error FROM jobs WHERE subject = '{name}' AND state = 'failed'"
            ))
            .await
            .unwrap();
        assert!(error.contains("that Clientele did not create"), "{error}");
        app.suspend("admin", name, true).await.unwrap();
        app.worker_run().await;
        app.delete("admin", name, clientele::domain::customer::FileRemoval::Remove).await.unwrap();
        app.worker_run().await;
    }
    assert!(remote.admits("providers", "Their-own-secret-1").await);
    assert_eq!(remote.hosts("providers").await, ["%"]);
    assert_eq!(remote.hosts("roleofprovider").await, [""]);
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn an_unreachable_server_does_not_delay_others() {
    let (app, remote) = panel_with_server().await;
    let server = [("name", "Away"), ("host", "db2.example"), ("access_hosts", "127.0.0.1")];
    let url = format!("mysql://root:Away-secret-1@{}", unused_address());
    let admin = app.signed_in("admin").await;
    let typed: Vec<_> = server.into_iter().chain([("admin_url", url.as_str())]).collect();
    admin.submit_and_follow("/mysql-servers/new", "/mysql-servers", &typed).await;
    let page = admin.submit_and_follow("/mysql-servers/1/edit", "/mysql-servers/1/test", &[]).await;
    assert!(page.flash().contains("refused"), "{}", page.flash());
    app.add("admin", with("awaysql", json!({ "mysqls": 1, "allowed_mysqlserver": [0, 1] })))
        .await
        .unwrap();
    app.worker_run().await;
    assert!(remote.admits("awaysql", PASSWORD).await, "the other server has the account");
    assert!(app.home("awaysql").is_dir());
    let waiting = "kind = 'sync_mysql_account' AND state = 'waiting' AND attempts = 1";
    assert_eq!(app.count("jobs", waiting).await, 1);
    let error = app.text(&format!("SELECT last_error FROM jobs WHERE {waiting}")).await.unwrap();
    assert!(
        error.contains("MySQL server cannot be reached") && !error.contains("Away-secret-1"),
        "{error}"
    );
    // The server becomes reachable: its new URL leads to the private server.
    let typed = [("admin_url", remote.url.as_str())];
    remote.run("DROP USER awaysql@127.0.0.1").await;
    admin.submit_and_follow("/mysql-servers/1/edit", "/mysql-servers/1", &typed).await;
    app.advance_clock(SignedDuration::from_mins(1));
    app.worker_run().await;
    assert_eq!(open_jobs(&app).await, 0);
    assert!(remote.admits("awaysql", PASSWORD).await);
}
