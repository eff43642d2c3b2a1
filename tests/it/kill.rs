//! `kill -9` at any moment: after a restart, every customer is complete or absent.

use crate::support::Client;
use crate::support::program::{Installation, Program};
use crate::support::wait::until_true;
use rustix::process::Signal;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, Statement};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

const ROUNDS: usize = 4;

/// Adds customers until the program is killed. Returns the email addresses of the confirmed ones.
async fn add_until_killed(client: Client, round: usize) -> Vec<String> {
    let mut added = Vec::new();
    for number in 0..200 {
        let Some(page) = client.try_get("/customers/new").await else { break };
        let email = format!("r{round}n{number}@example.com");
        let form = page
            .form("/customers")
            .with("email", &email)
            .with("company", "Ltd")
            .with("sendpassword", "1");
        match client.try_post(&form).await {
            Some(response) if response.status == 303 => added.push(email),
            Some(response) => panic!("{}", response.said()),
            None => break,
        }
    }
    added
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_customer_is_complete_or_absent() {
    let installation = Installation::new();
    let mut password = None;
    let mut confirmed = BTreeSet::new();
    for round in 0..ROUNDS {
        let mut program = installation.serve().await;
        let password = password
            .get_or_insert_with(|| {
                program.first_password().expect("the first start prints a password")
            })
            .clone();
        let client = program.browser();
        assert_eq!(client.sign_in("admin", &password).await.status, 303);
        let adding = tokio::spawn(add_until_killed(client, round));
        // Kill the program during a later add, at a moment that differs between rounds.
        let enough = (2 + round) as u64;
        let database = installation.raw().await;
        until_true("enough customers", Duration::from_secs(20), async || {
            count(&database, "customers").await >= enough * (round as u64 + 1)
        })
        .await;
        tokio::time::sleep(Duration::from_millis(7 * round as u64 + 3)).await;
        drop(database);
        program.kill();
        confirmed.extend(adding.await.unwrap());
    }
    let program = installation.serve().await;
    let database = installation.raw().await;
    // The leases of the dead worker would expire after a minute.
    execute(&database, "UPDATE jobs SET lease_ends_at = 0 WHERE lease_ends_at IS NOT NULL").await;
    until_true("all jobs to be done", Duration::from_secs(30), async || {
        execute(&database, "UPDATE jobs SET run_at = 0 WHERE state = 'waiting'").await;
        number(&database, "SELECT COUNT(*) FROM jobs WHERE state <> 'done'").await == 0
    })
    .await;
    assert_complete(&installation, &database, &confirmed).await;
    stop(program).await;
}

/// Asserts that every customer has all their records, and that no confirmed customer is missing.
async fn assert_complete(
    installation: &Installation,
    database: &DatabaseConnection,
    confirmed: &BTreeSet<String>,
) {
    let customers = pairs(database, "SELECT login_name, email FROM customers").await;
    let emails: BTreeSet<String> = customers.values().cloned().collect();
    let lost: Vec<_> = confirmed.difference(&emails).collect();
    assert!(lost.is_empty(), "confirmed, but missing: {lost:?}");
    let names: BTreeSet<String> = customers.keys().cloned().collect();
    for (records, sql) in [
        ("logins", "SELECT name_key, kind FROM logins WHERE kind = 'customer'"),
        ("FTP users", "SELECT username, home_dir FROM ftp_users WHERE is_default"),
        ("FTP groups", "SELECT name, members FROM ftp_groups"),
        (
            "standard subdomains",
            "SELECT REPLACE(name, '.localhost', ''), name FROM domains WHERE is_standard",
        ),
    ] {
        let found: BTreeSet<String> = pairs(database, sql).await.into_keys().collect();
        assert_eq!(found, names, "{records}");
    }
    let homes: BTreeSet<String> = entries(&installation.data().join("homes"));
    assert_eq!(homes, names, "homes");
    let mails: Vec<String> = entries(&installation.data().join("outbox"))
        .iter()
        .map(|name| std::fs::read_to_string(installation.data().join("outbox").join(name)).unwrap())
        .collect();
    for email in &emails {
        let is_to = |line: &str| {
            line.starts_with("To: ") && line.split([' ', '<', '>']).any(|word| word == email)
        };
        assert!(mails.iter().any(|mail| mail.lines().any(is_to)), "no mail to {email}");
    }
    assert_eq!(
        number(database, "SELECT customers_used FROM admins").await,
        emails.len() as u64,
        "the counter equals the sum"
    );
    assert_eq!(number(database, "SELECT COUNT(*) FROM jobs WHERE sealed IS NOT NULL").await, 0);
    assert!(emails.len() >= ROUNDS, "{emails:?}");
}

fn entries(dir: &std::path::Path) -> BTreeSet<String> {
    let names = std::fs::read_dir(dir)
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| !name.starts_with('.')).collect()
}

async fn stop(mut program: Program) {
    program.signal(Signal::TERM);
    assert!(program.end(Duration::from_secs(20)).await.success());
}

async fn execute(database: &DatabaseConnection, sql: &str) {
    database.execute_unprepared(sql).await.unwrap();
}

async fn count(database: &DatabaseConnection, table: &str) -> u64 {
    number(database, &format!("SELECT COUNT(*) FROM {table}")).await
}

async fn number(database: &DatabaseConnection, sql: &str) -> u64 {
    let row = database
        .query_one_raw(Statement::from_string(database.get_database_backend(), sql))
        .await
        .unwrap()
        .unwrap();
    u64::try_from(row.try_get_by_index::<i64>(0).unwrap()).unwrap()
}

async fn pairs(database: &DatabaseConnection, sql: &str) -> BTreeMap<String, String> {
    let rows = database
        .query_all_raw(Statement::from_string(database.get_database_backend(), sql))
        .await
        .unwrap();
    rows.iter()
        .map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap()))
        .collect()
}
