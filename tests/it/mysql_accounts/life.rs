//! Accounts from creation to deletion.

use super::{add_customer, add_database, open_jobs, panel_with_server};
use crate::support::mail::mailed_password;
use crate::support::make::PASSWORD;
use clientele::domain::customer::FileRemoval;
use sea_orm::ConnectionTrait as _;
use serde_json::json;

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn the_password_in_the_welcome_email_is_valid_until_the_customer_is_suspended_or_deleted() {
    let (app, remote) = panel_with_server().await;
    let admin = app.signed_in("admin").await;
    let typed = [
        ("new_loginname", "lifesql"),
        ("email", "l@example.com"),
        ("company", "L"),
        ("mysqls", "3"),
        ("sendpassword", "1"),
    ];
    admin.submit_and_follow("/customers/new", "/customers", &typed).await;
    app.worker_run().await;
    let password = mailed_password(&app.last_mail().text);
    let connection = remote.sign_in("lifesql", &password).await.unwrap();
    assert!(!remote.admits("lifesql", "Wrong-password-1").await);
    assert!(
        connection.execute_unprepared("CREATE DATABASE not_theirs").await.is_err(),
        "an account without databases has no permissions"
    );

    admin.submit_and_follow("/customers/lifesql", "/customers/lifesql/suspend", &[]).await;
    app.worker_run().await;
    assert!(!remote.admits("lifesql", &password).await, "suspended");
    assert!(
        connection.execute_unprepared("SELECT 1").await.is_err(),
        "the open connection is ended"
    );

    admin.submit_and_follow("/customers/lifesql", "/customers/lifesql/resume", &[]).await;
    app.worker_run().await;
    assert!(remote.admits("lifesql", &password).await, "resumed");

    let confirmed = [("confirm", "lifesql")];
    admin
        .submit_and_follow("/customers/lifesql/delete", "/customers/lifesql/delete", &confirmed)
        .await;
    app.worker_run().await;
    assert!(
        !remote.admits("lifesql", &password).await && remote.hosts("lifesql").await.is_empty(),
        "deleted"
    );
    assert_eq!((open_jobs(&app).await, app.count("mysql_accounts", "1=1").await), (0, 0));
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn the_server_gets_every_new_password() {
    let (app, remote) = panel_with_server().await;
    add_customer(&app, "pwsql", json!({})).await;
    assert!(remote.admits("pwsql", PASSWORD).await);
    app.update("admin", "pwsql", json!({ "new_customer_password": "By-a-manager-1" }))
        .await
        .unwrap();
    app.worker_run().await;
    assert!(
        remote.admits("pwsql", "By-a-manager-1").await && !remote.admits("pwsql", PASSWORD).await
    );

    let session = app.sign_in_as("pwsql", "By-a-manager-1").await;
    let own = [
        ("old_password", "By-a-manager-1"),
        ("new_password", "By-the-customer-22"),
        ("new_password_confirm", "By-the-customer-22"),
    ];
    session.submit_and_follow("/account", "/account/password", &own).await;
    app.worker_run().await;
    assert!(
        remote.admits("pwsql", "By-the-customer-22").await
            && !remote.admits("pwsql", "By-a-manager-1").await
    );

    let lost = [("loginname", "pwsql"), ("email", "pwsql@customer.example")];
    app.browser().submit("/password/forgot", "/password/forgot", &lost).await;
    app.worker_run().await;
    let mail = app.last_mail().text;
    let link = mail.split_whitespace().find(|word| word.contains("/password/reset/")).unwrap();
    let path = &link[link.find("/password/reset/").unwrap()..];
    let new = [("new_password", "By-a-link-333"), ("new_password_confirm", "By-a-link-333")];
    app.browser().submit(path, path, &new).await;
    app.worker_run().await;
    assert!(
        remote.admits("pwsql", "By-a-link-333").await
            && !remote.admits("pwsql", "By-the-customer-22").await
    );
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn passwords_of_any_characters_work_on_the_server() {
    let (app, remote) = panel_with_server().await;
    for (n, password) in
        [r"o'Neil\'; DROP USER x;-- 1", r#"a"b`c\\d%Z7$$"#, "Größe ✓ Ärger 5 % mehr"]
            .into_iter()
            .enumerate()
    {
        let name = format!("hostile{n}");
        add_customer(&app, &name, json!({ "new_customer_password": password })).await;
        assert!(remote.admits(&name, password).await, "{password}");
        // The search supports neither quotes nor characters that some tables cannot store.
        let words = password
            .split(|c: char| !c.is_ascii_alphanumeric() && c != ' ')
            .filter(|word| word.len() > 5);
        for word in words {
            assert!(app.find_in_database(word).is_empty(), "{word}");
        }
    }
    let hash = "SELECT CONVERT(authentication_string USING utf8mb4) FROM mysql.user WHERE User = 'hostile0'";
    let hash = remote.texts(hash).await.remove(0);
    assert!(hash.starts_with('*') && hash.len() == 41, "{hash}");
    assert!(
        app.find_in_database(&hash).is_empty(),
        "a weak hash can be guessed, so it is stored sealed"
    );
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn only_the_owner_reaches_a_database_and_it_is_deleted_only_with_the_files() {
    let (app, remote) = panel_with_server().await;
    for (name, files) in [("keepsql", FileRemoval::Keep), ("losesql", FileRemoval::Remove)] {
        let owner = add_customer(&app, name, json!({})).await;
        let (own, alike) = (format!("{name}_1"), format!("{name}x1"));
        add_database(&app, &remote, &owner, &own).await;
        remote.run(&format!("CREATE DATABASE `{alike}`")).await;
        // A row that names one of the server's own databases must not give access to it.
        app.sql(&format!(
            "INSERT INTO \"databases\" (customer_id, mysql_server_id, name, description) VALUES ({}, 0, 'MySQL{name}', '')",
            owner.id
        ))
        .await;
        app.sql(&format!("UPDATE \"databases\" SET name = 'mysql' WHERE name = 'MySQL{name}'"))
            .await;
        app.suspend("admin", name, true).await.unwrap();
        app.suspend("admin", name, false).await.unwrap();
        app.worker_run().await;
        let connection = remote.sign_in(name, PASSWORD).await.unwrap();
        connection.execute_unprepared(&format!("CREATE TABLE `{own}`.t (a INT)")).await.unwrap();
        assert!(
            connection
                .execute_unprepared(&format!("CREATE TABLE `{alike}`.t (a INT)"))
                .await
                .is_err(),
            "_ is no wildcard"
        );
        assert!(
            connection.execute_unprepared("SELECT * FROM mysql.user").await.is_err(),
            "the server's own tables"
        );
        app.delete("admin", name, files).await.unwrap();
        app.worker_run().await;
        assert_eq!(open_jobs(&app).await, 0);
        assert!(remote.hosts(name).await.is_empty());
        assert_eq!(remote.has_database(&own).await, files == FileRemoval::Keep);
        assert!(remote.has_database(&alike).await && remote.has_database("mysql").await);
    }
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn changes_before_the_job_runs_are_merged_and_a_second_run_changes_nothing() {
    let (app, remote) = panel_with_server().await;
    let customer = add_customer(&app, "oncesql", json!({})).await;
    for suspended in [true, false, true, false] {
        app.suspend("admin", "oncesql", suspended).await.unwrap();
    }
    app.update("admin", "oncesql", json!({ "new_customer_password": "Another-pass-9" }))
        .await
        .unwrap();
    assert_eq!(open_jobs(&app).await, 1);
    app.worker_run().await;
    assert!(remote.admits("oncesql", "Another-pass-9").await);
    let before = (remote.hosts("oncesql").await, app.count("mysql_accounts", "1=1").await);
    app.sql(&format!(
        "UPDATE jobs SET state = 'waiting' WHERE kind = 'sync_mysql_account' AND customer_id = {}",
        customer.id
    ))
    .await;
    assert_eq!(app.worker_run().await, 2);
    assert_eq!((remote.hosts("oncesql").await, app.count("mysql_accounts", "1=1").await), before);
    assert!(remote.admits("oncesql", "Another-pass-9").await);
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn a_reused_name_is_another_account() {
    let (app, remote) = panel_with_server().await;
    add_customer(&app, "againsql", json!({})).await;
    app.delete("admin", "againsql", FileRemoval::Remove).await.unwrap();
    // The first customer's account still exists, and the second customer's job finds it.
    app.sql("UPDATE jobs SET state = 'failed', finished_at = 0 WHERE kind = 'sync_mysql_account' AND state = 'waiting'").await;
    app.worker_run().await;
    add_customer(&app, "againsql", json!({ "new_customer_password": "The-second-one-2" })).await;
    assert!(
        remote.admits("againsql", "The-second-one-2").await
            && !remote.admits("againsql", PASSWORD).await
    );
    // When the first customer's job finally runs, the second customer keeps their account.
    app.sql("UPDATE jobs SET state = 'waiting' WHERE state = 'failed'").await;
    app.worker_run().await;
    assert!(remote.admits("againsql", "The-second-one-2").await);
    assert_eq!((open_jobs(&app).await, app.count("mysql_accounts", "1=1").await), (0, 1));
}
