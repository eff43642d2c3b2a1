//! Two nodes and two workers behind nginx on one PostgreSQL, as providers run them. Nodes are
//! killed and replaced under load.

mod load;
mod site;

use crate::support::Client;
use crate::support::mail::Mail;
use crate::support::program::said;
use crate::support::server::free_port;
use crate::support::wait::{until, until_true};
use db::Db;
use load::{Load, TASKS};
use sea_orm::ConnectionTrait as _;
use site::{Member, Site};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

async fn first_password(node: &Member) -> String {
    until("the first password", Duration::from_secs(20), async || node.process.first_password())
        .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs nginx-light and postgresql"]
async fn no_confirmed_change_is_lost_when_a_process_dies() {
    let site = Site::new().await;
    let mut nodes = [site.node(0).await, site.node(1).await];
    let password = first_password(&nodes[0]).await;
    let mut workers = [site.worker(), site.worker()];
    let _nginx = site.nginx().await;
    let client = site.browser();
    assert_eq!(client.sign_in("admin", &password).await.status, 303);

    let load = Load::start(&client);
    load.wait_for_responses(40).await;
    for (index, node) in nodes.iter_mut().enumerate() {
        let before = load.failed().len();
        node.process.kill();
        load.wait_for_responses(60).await;
        let lost = load.failed()[before..].to_vec();
        assert!(
            lost.len() <= TASKS as usize,
            "more requests failed than the {TASKS} in flight: {lost:?}"
        );
        *node = site.node(index).await;
        site.wait_until_used(index).await;
    }
    // A worker is killed while it runs a job. The test does not wait for the end of the lease.
    until_true("a running job", Duration::from_mins(1), async || {
        site.number("SELECT COUNT(*) FROM jobs WHERE state = 'running'").await > 0
    })
    .await;
    workers[0].process.kill();
    let leases = site.texts("SELECT lease FROM jobs WHERE state = 'running'").await;
    workers[0] = site.worker();
    let added = load.end().await;
    // The other workers finish their jobs soon; the remaining ones belong to the killed worker.
    until_true("all jobs but those of the killed worker", Duration::from_mins(1), async || {
        site.raw.execute_unprepared("UPDATE jobs SET run_at = 0 WHERE state = 'waiting'").await.unwrap();
        let is_blocked = "EXISTS (SELECT 1 FROM jobs r WHERE r.state = 'running' AND r.customer_id = j.customer_id)";
        let open = site.number(&format!("SELECT COUNT(*) FROM jobs j WHERE state = 'waiting' AND NOT {is_blocked}")).await;
        open == 0 && site.texts("SELECT lease FROM jobs WHERE state = 'running'").await.is_subset(&leases)
    })
    .await;
    let interrupted = site.texts("SELECT CAST(id AS TEXT) FROM jobs WHERE state = 'running'").await;
    site.raw
        .execute_unprepared("UPDATE jobs SET lease_ends_at = 0 WHERE state = 'running'")
        .await
        .unwrap();
    until_true("all jobs to be done", Duration::from_mins(2), async || {
        site.raw
            .execute_unprepared("UPDATE jobs SET run_at = 0 WHERE state = 'waiting'")
            .await
            .unwrap();
        site.number("SELECT COUNT(*) FROM jobs WHERE state <> 'done'").await == 0
    })
    .await;
    assert_complete(&site, &added).await;
    assert_no_job_ran_twice(&site, &workers, &interrupted).await;
    assert_sessions_and_locks_are_shared(&site, &password).await;
}

/// Asserts that every confirmed customer exists with all their records.
async fn assert_complete(site: &Site, added: &BTreeSet<String>) {
    let emails = site.texts("SELECT email FROM customers").await;
    assert!(
        added.len() > 10 && added.is_subset(&emails),
        "confirmed, but missing: {:?}",
        added.difference(&emails)
    );
    let names = site.texts("SELECT login_name FROM customers").await;
    assert_eq!(site.texts("SELECT username FROM ftp_users").await, names);
    for name in &names {
        assert!(site.data().join("homes").join(name).is_dir(), "{name} has no home");
    }
    assert_eq!(
        site.number("SELECT customers_used FROM admins").await,
        i64::try_from(names.len()).unwrap()
    );
    // The killed worker may have left a part of a mail.
    let recipients: BTreeSet<String> = std::fs::read_dir(site.data().join("outbox"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "eml"))
        .map(|path| Mail::parse(&std::fs::read_to_string(path).unwrap()).to)
        .collect();
    assert_eq!(recipients, emails);
}

/// Asserts that no job ran twice, except those of the killed worker.
async fn assert_no_job_ran_twice(site: &Site, workers: &[Member], interrupted: &BTreeSet<String>) {
    let mut done: BTreeMap<String, u32> = BTreeMap::new();
    for worker in workers {
        for line in worker
            .process
            .output()
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        {
            if line["fields"]["message"] == "done" {
                *done.entry(line["fields"]["job"].to_string()).or_default() += 1;
            }
        }
    }
    let twice: Vec<_> =
        done.iter().filter(|(job, times)| **times > 1 && !interrupted.contains(*job)).collect();
    assert!(twice.is_empty(), "{twice:?}");
    let repeated = site.texts("SELECT CAST(id AS TEXT) FROM jobs WHERE attempts > 1").await;
    assert!(
        repeated.len() <= interrupted.len() + 4,
        "only jobs of the killed worker ran again: {repeated:?} {interrupted:?}"
    );
}

/// Asserts that the nodes share sessions and locks.
async fn assert_sessions_and_locks_are_shared(site: &Site, password: &str) {
    let at = |index: usize| Client::at(&format!("http://127.0.0.1:{}", site.ports[index]));
    let first = at(0);
    assert_eq!(first.sign_in("admin", password).await.status, 303);
    let second = at(1);
    second.set_cookie(&first.cookie().unwrap());
    second.open("/customers").await;
    // As many failures as allowed, half of them on each node.
    for index in (0..10).map(|n| n % 2) {
        assert_eq!(at(index).sign_in("admin", "wrong").await.status, 422);
    }
    assert_ne!(at(1).sign_in("admin", password).await.status, 303, "failures at both nodes count");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs nginx-light and postgresql"]
async fn nodes_are_replaced_one_after_the_other_on_a_newer_schema() {
    let site = Site::new().await;
    let mut nodes = [site.node(0).await, site.node(1).await];
    let password = first_password(&nodes[0]).await;
    let mut worker = site.worker();
    let nginx = site.nginx().await;
    let client = site.browser();
    assert_eq!(client.sign_in("admin", &password).await.status, 303);
    let load = Load::start(&client);
    load.wait_for_responses(30).await;
    // Do what the first node of the next version would do: add a column that this version does not
    // know, and record its migration.
    for statement in [
        "ALTER TABLE customers ADD COLUMN of_the_next_version BIGINT NOT NULL DEFAULT 0",
        "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000001_of_the_next_version', 0)",
    ] {
        site.raw.execute_unprepared(statement).await.unwrap();
    }
    load.wait_for_responses(30).await;
    for (index, node) in nodes.iter_mut().enumerate() {
        node.reload().await;
        site.wait_until_used(index).await;
    }
    worker.reload().await;
    assert_eq!(
        load.failed(),
        Vec::<String>::new(),
        "no request failed: {} {:?}",
        nginx.output(),
        nodes.map(|node| node.process.output())
    );
    let added = load.end().await;
    until_true("all jobs to be done", Duration::from_mins(1), async || {
        site.number("SELECT COUNT(*) FROM jobs WHERE state <> 'done'").await == 0
    })
    .await;
    assert_complete(&site, &added).await;
    let db = Db::connect(&site.url).await.unwrap();
    assert_eq!(
        db.pending_migrations().await.unwrap(),
        0,
        "a migration that this version does not know is not pending"
    );
}

/// The other tests run nginx without TLS. This test covers the lines that they remove.
#[test]
#[ignore = "needs nginx-light"]
fn nginx_accepts_the_whole_example() {
    let dir = tempfile::tempdir().unwrap();
    let key = rcgen::KeyPair::generate().unwrap();
    let params = rcgen::CertificateParams::new(vec!["panel.example.com".to_owned()]).unwrap();
    let certificate = params.self_signed(&key).unwrap();
    std::fs::write(dir.path().join("fullchain.pem"), certificate.pem()).unwrap();
    std::fs::write(dir.path().join("privkey.pem"), key.serialize_pem()).unwrap();
    let keys = dir.path().display().to_string();
    let example =
        site::replace(&site::nginx_example(), "/etc/letsencrypt/live/panel.example.com", &keys);
    // The test may not bind privileged ports, and the machine may have no IPv6.
    let port = |port: u16| format!("listen 127.0.0.1:{port} ssl http2;");
    let example = site::replace(&example, "listen 443 ssl http2;", &port(free_port()));
    let example = site::replace(&example, "listen [::]:443 ssl http2;", &port(free_port()));
    let output = site::nginx(dir.path(), &example).arg("-t").output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
}
