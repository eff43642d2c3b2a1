//! The program on the command line.

use crate::support::database::{self, Engine};
use crate::support::program::{Installation, said};
use crate::support::wait::until_true;
use rustix::process::Signal;
use std::time::Duration;

#[tokio::test]
async fn the_first_start_prints_a_password_once() {
    let installation = Installation::new();
    let mut program = installation.serve().await;
    let password = program.first_password().expect("the first start prints a password");
    assert_eq!(program.output().matches(&password).count(), 1);
    assert_eq!(program.browser().sign_in("admin", &password).await.status, 303);
    program.kill();
    let program = installation.serve().await;
    assert_eq!(program.first_password(), None, "the second start prints none");
    assert_eq!(program.browser().sign_in("admin", &password).await.status, 303);
}

#[tokio::test]
async fn serve_stops_cleanly_on_signals() {
    for signal in [Signal::TERM, Signal::INT] {
        let installation = Installation::new();
        let mut program = installation.serve().await;
        let client = program.browser();
        client.open("/login").await;
        program.signal(signal);
        let status = program.end(Duration::from_secs(25)).await;
        assert!(status.success(), "{signal:?}: {status:?} {}", program.output());
        assert!(client.try_get("/login").await.is_none(), "the server has stopped");
    }
}

#[test]
fn all_invalid_settings_are_reported_at_once() {
    let installation = Installation::new()
        .with("CLIENTELE_LISTEN", "nowhere")
        .with("CLIENTELE_DATABASE_URL", "oracle://x")
        .with("CLIENTELE_PUBLIC_URL", "not a url")
        .with("CLIENTELE_SMTP_URL", "gopher://x")
        .with("CLIENTELE_SECRET_KEY", "short")
        .with("CLIENTELE_MAIL_FROM", "nobody");
    let output = installation.run(&["migrate"]);
    assert_eq!(output.status.code(), Some(2));
    let report = said(&output).to_lowercase();
    for key in ["listen", "database_url", "public_url", "smtp_url", "secret_key", "mail_from"] {
        assert!(report.contains(key), "{key} is not reported: {report}");
    }
    assert!(!report.contains("short\n"), "a secret is not repeated");
}

#[test]
fn unknown_settings_in_the_file_are_reported() {
    let installation = Installation::new();
    std::fs::write(installation.path().join("clientele.toml"), "lisen = \"127.0.0.1:0\"\n")
        .unwrap();
    let output = installation.run(&["migrate"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("lisen"));
}

#[test]
fn migrate_brings_the_schema_up_to_date_and_exits() {
    let installation = Installation::new();
    assert!(installation.run(&["migrate"]).status.success());
    let again = installation.run(&["migrate"]);
    assert!(again.status.success() && said(&again).contains("up to date"), "{}", said(&again));
}

#[tokio::test]
async fn an_admin_is_created_with_a_password_from_standard_input_or_a_generated_one() {
    let installation = Installation::new();
    assert!(installation.run(&["migrate"]).status.success());
    let arguments = [
        "admin",
        "create",
        "--loginname",
        "boss",
        "--email",
        "boss@example.com",
        "--password-stdin",
    ];
    let created = installation.run_with_input(&arguments, "Typed-horse-77\n");
    assert!(created.status.success(), "{}", said(&created));
    assert!(!said(&created).contains("Typed-horse-77"));
    let created = installation.run(&[
        "admin",
        "create",
        "--loginname",
        "seller",
        "--email",
        "seller@example.com",
        "--reseller",
    ]);
    assert!(created.status.success(), "{}", said(&created));
    let printed = said(&created);
    let again = installation.run_with_input(&arguments, "Typed-horse-77\n");
    assert_eq!(again.status.code(), Some(2), "the name exists");
    let weak = [
        "admin",
        "create",
        "--loginname",
        "weak",
        "--email",
        "weak@example.com",
        "--password-stdin",
    ];
    assert_eq!(
        installation.run_with_input(&weak, "short\n").status.code(),
        Some(2),
        "the policy applies here, too"
    );
    for (name, sentence) in [
        ("new", "new_loginname: This login name is reserved. Choose a different one."),
        (
            "daemon",
            "new_loginname: This login name belongs to a system account of the server. Choose a \
             different one.",
        ),
    ] {
        let email = format!("{name}@example.com");
        let create = ["admin", "create", "--loginname", name, "--email", &email];
        let output = installation.run(&create);
        assert_eq!(output.status.code(), Some(2), "{name}: {}", said(&output));
        assert!(said(&output).contains(sentence), "{name}: {}", said(&output));
    }
    let program = installation.serve().await;
    assert_eq!(program.first_password(), None, "an admin exists already");
    assert_eq!(program.browser().sign_in("boss", "Typed-horse-77").await.status, 303);
    let password = printed
        .split_whitespace()
        .find(|word| word.len() >= 14 && word.chars().all(|c| c.is_ascii_alphanumeric()))
        .expect("a password is printed");
    let seller = program.browser();
    assert_eq!(seller.sign_in("seller", password).await.status, 303);
    assert_eq!(seller.get("/admins").await.status, 403);
}

/// The password is stored before it is printed. Without the advice, nobody could sign in.
#[test]
fn a_password_that_cannot_be_printed_can_be_set_again() {
    let installation = Installation::new();
    assert!(installation.run(&["migrate"]).status.success());
    let create =
        ["admin", "create", "--loginname", "boss", "--email", "boss@example.com", "--reseller"];
    let passwd = ["admin", "passwd", "boss"];
    for lost in [
        installation.run_on_full_disk(&create),
        installation.run_on_full_disk(&passwd),
        installation.run_unread(&passwd),
    ] {
        assert_eq!(lost.status.code(), Some(1), "{}", said(&lost));
        assert!(
            said(&lost).contains("could not be printed")
                && said(&lost).contains("clientele admin passwd boss:"),
            "{}",
            said(&lost)
        );
    }
    assert!(installation.run(&passwd).status.success());
}

#[tokio::test]
async fn the_first_start_continues_if_the_password_cannot_be_printed() {
    let installation = Installation::new();
    let program = installation.serve_on_full_disk();
    let is_listening = async || program.output().contains("listening");
    until_true("the program to listen", Duration::from_secs(20), is_listening).await;
    let output = program.output();
    assert!(output.contains("clientele admin passwd admin"), "{output}");
    assert!(installation.run(&["admin", "passwd", "admin"]).status.success());
}

#[test]
fn unknown_commands_are_refused() {
    let installation = Installation::new();
    let output = installation.run(&["frobnicate"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(installation.run(&["--help"]).status.success());
    assert!(installation.run(&["--version"]).status.success());
}

#[tokio::test]
async fn doctor_reports_problems_of_a_broken_installation_only() {
    let installation = Installation::new();
    assert!(installation.run(&["demo", "--customers", "30"]).status.success());
    let healthy = installation.run(&["doctor"]);
    assert!(healthy.status.success(), "{}", said(&healthy));
    assert_eq!(
        said(&healthy).contains(
            "sslmode=prefer: TLS if the server offers it; the certificate is not verified"
        ),
        database::engine() == Engine::Postgres,
        "{}",
        said(&healthy)
    );
    let database = installation.raw().await;
    sea_orm::ConnectionTrait::execute_unprepared(
        &database,
        "UPDATE admins SET customers_used = customers_used + 1",
    )
    .await
    .unwrap();
    let broken = installation.run(&["doctor"]);
    assert_eq!(broken.status.code(), Some(1), "{}", said(&broken));
    assert!(said(&broken).contains("customers"), "{}", said(&broken));
}

#[test]
fn demo_fills_an_empty_database_only() {
    let installation = Installation::new();
    let first = installation.run(&["demo", "--customers", "30"]);
    assert!(first.status.success(), "{}", said(&first));
    let second = installation.run(&["demo", "--customers", "30"]);
    assert_eq!(second.status.code(), Some(2), "{}", said(&second));
}
