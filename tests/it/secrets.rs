//! Secrets: no page, log, audit entry or database contains a password, hash or token that it should
//! not, and other users cannot read files that contain secrets.

use crate::support::TestApp;
use crate::support::database::{self, Engine};
use crate::support::make::with;
use crate::support::program::Installation;
use crate::support::routes::{self, Fixture};
use serde_json::json;

/// Texts that no page may contain for any account.
const HASHES: [&str; 5] = ["$argon2", "$6$", "$5$", "$2y$", "$2b$"];

#[tokio::test]
async fn no_page_shows_a_hash_or_a_password() {
    let app = TestApp::spawn().await;
    let fixture = Fixture::make(&app).await;
    let canary = "Canary-Kx93-Zebra";
    app.update("admin", "theirs", json!({ "new_customer_password": canary, "sendpassword": 1 }))
        .await
        .unwrap();
    app.sql("UPDATE ftp_users SET password_hash = '$6$canaryftp' WHERE username = 'theirs'").await;
    let digests =
        app.texts("SELECT id FROM sessions UNION SELECT secret_digest FROM api_keys").await;
    for actor in ["admin", "viewer", "owner"] {
        let client = app.signed_in(actor).await;
        for route in routes::pages() {
            let page = client.get(&fixture.path(&route.path)).await;
            let forbidden = HASHES
                .iter()
                .copied()
                .chain([canary, "canaryftp"])
                .chain(digests.iter().map(String::as_str));
            for secret in forbidden {
                assert!(!page.text.contains(secret), "{actor} finds {secret} at {}", route.path);
            }
        }
    }
}

#[tokio::test]
async fn the_database_holds_no_password_and_no_key_of_a_session() {
    let app = TestApp::spawn().await;
    let canary = "Canary-Kx93-Zebra";
    app.add("admin", with("meier", json!({ "new_customer_password": canary, "sendpassword": 1 })))
        .await
        .unwrap();
    let client = app.sign_in_as("meier", canary).await;
    let next = "Nextcanary-Qp47-Yak";
    let typed = [
        ("old_password", canary),
        ("new_password", next),
        ("new_password_confirm", next),
        ("ftp_password", "1"),
    ];
    client.submit_and_follow("/account", "/account/password", &typed).await;
    let key = client.cookie().unwrap();
    let key = key.split_once('=').unwrap().1;
    let readable = key.replace("%3D", "=").replace("%2F", "/").replace("%2B", "+");
    let token = &readable[readable.len().saturating_sub(64)..];
    for secret in [canary, next, token] {
        assert_eq!(app.find_in_database(secret), Vec::<String>::new(), "{secret}");
    }
}

#[tokio::test]
async fn the_audit_log_holds_no_hash() {
    let app = TestApp::spawn().await;
    Fixture::make(&app).await;
    app.update(
        "admin",
        "theirs",
        json!({ "new_customer_password": "Canary-Kx93-Zebra", "city": "Bonn" }),
    )
    .await
    .unwrap();
    let all = app
        .texts("SELECT COALESCE(\"before\", '') || COALESCE(\"after\", '') FROM audit_entries")
        .await
        .join("\n");
    for secret in HASHES.iter().copied().chain(["Canary", "password_hash", "sealed"]) {
        assert!(!all.contains(secret), "{secret}: {all}");
    }
}

#[tokio::test]
async fn the_log_holds_no_secret_at_any_level() {
    let installation =
        Installation::new().with("CLIENTELE_LOG", "trace").with("CLIENTELE_LOG_FORMAT", "json");
    let program = installation.serve().await;
    let password = program.first_password().expect("the first start prints a password");
    let canary = "Canary-Kx93-Zebra";
    let client = program.browser();
    assert_eq!(client.sign_in("admin", &password).await.status, 303);
    program.browser().sign_in("Canary-name", "Canary-Wrong-Qq11").await;
    let typed = [
        ("email", "neu@example.com"),
        ("company", "Neu"),
        ("new_loginname", "neukunde"),
        ("new_customer_password", canary),
        ("sendpassword", "1"),
    ];
    let response = client.submit("/customers/new", "/customers", &typed).await;
    assert_eq!(response.status, 303, "{}", response.said());
    let customer = program.browser();
    assert_eq!(customer.sign_in("neukunde", canary).await.status, 303);
    program
        .browser()
        .submit(
            "/password/forgot",
            "/password/forgot",
            &[("loginname", "neukunde"), ("email", "neu@example.com")],
        )
        .await;
    program.browser().get("/password/reset/Canary-token-Rr22").await;
    let line = "signed-in from 127.0.0.1 account=neukunde";
    let said = program.wait_for_output(line).await;
    let logged: String = said.lines().filter(|line| line.starts_with('{')).collect();
    assert!(logged.contains(line), "nothing is logged: {said}");
    let cookie = customer.cookie().unwrap();
    let key = cookie.split_once('=').unwrap().1.to_owned();
    for secret in [
        canary,
        password.as_str(),
        "Canary-Wrong-Qq11",
        "Canary-token-Rr22",
        key.as_str(),
        "$argon2",
        "$6$",
    ] {
        assert!(!logged.contains(secret), "the log holds {secret}");
    }
}

#[tokio::test]
async fn files_that_hold_secrets_are_closed_to_others() {
    use std::os::unix::fs::PermissionsExt as _;
    let installation = Installation::new();
    let program = installation.serve().await;
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let data = installation.data();
    assert_eq!(mode(&data), 0o700);
    let database = (database::engine() == Engine::Sqlite).then_some("clientele.db");
    for file in database.into_iter().chain(["secret.key"]) {
        assert_eq!(mode(&data.join(file)), 0o600, "{file}");
    }
    for entry in std::fs::read_dir(&data).unwrap().flatten().filter(|entry| entry.path().is_file())
    {
        assert_eq!(mode(&entry.path()) & 0o077, 0, "{}", entry.path().display());
    }
    drop(program);
}
