//! Two nodes and two workers behind nginx, on one PostgreSQL: what a provider runs. Nodes are killed and replaced under load.

use crate::support::postgres;
use crate::support::process::{self, Process, Successor};
use crate::support::server::free_port;
use crate::support::wait::{until, until_true};
use crate::support::{Client, Page};
use clientele::db::Db;
use reqwest::RequestBuilder;
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

const TASKS: u32 = 6;

/// A node or a worker, or whoever took its place.
struct Member {
    process: Process,
    successor: Option<Successor>,
}

impl Member {
    /// A new process takes its place, as with `systemctl reload`.
    async fn reload(&mut self) {
        self.successor = Some(self.process.reload().await);
        let status = self.process.end(Duration::from_mins(1)).await;
        assert!(status.success(), "{}", self.process.said());
    }
}

/// What the nodes share.
struct Site {
    dir: tempfile::TempDir,
    url: String,
    ports: [u16; 2],
    public: u16,
    raw: DatabaseConnection,
}

impl Site {
    async fn new() -> Self {
        let url = postgres::url(&postgres::make(true).await);
        let raw = Database::connect(&url).await.unwrap();
        let site = Self { dir: tempfile::tempdir().unwrap(), url, ports: [free_port(), free_port()], public: free_port(), raw };
        std::fs::create_dir(site.dir.path().join("nginx")).unwrap();
        site
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn program(&self, arguments: &[&str], port: u16) -> Member {
        let mut command = process::program(arguments);
        command.current_dir(self.dir.path()).env("CLIENTELE_DATABASE_URL", &self.url).env("CLIENTELE_DATA_DIR", self.data());
        command.env("CLIENTELE_LISTEN", format!("127.0.0.1:{port}")).env("CLIENTELE_TRUSTED_PROXIES", "127.0.0.1");
        command.env("CLIENTELE_PUBLIC_URL", format!("http://127.0.0.1:{}", self.public)).env("CLIENTELE_LOG_FORMAT", "json");
        Member { process: Process::start(&mut command), successor: None }
    }

    /// A node that answers.
    async fn node(&self, index: usize) -> Member {
        let node = self.program(&["serve", "--no-worker"], self.ports[index]);
        let client = Client::at(&format!("http://127.0.0.1:{}", self.ports[index]));
        let ready = async || client.try_get("/readyz").await.is_some_and(|page| page.status == 200);
        until_true("a node", Duration::from_secs(30), ready).await;
        node
    }

    /// Waits until nginx sends requests to a node again: a node that did not answer is passed over for some seconds.
    async fn is_asked(&self, index: usize) {
        let client = Client::at(&format!("http://127.0.0.1:{}", self.ports[index]));
        let asked = async || {
            let told = client.try_get("/metrics").await.map_or_else(String::new, |page| page.text);
            told.contains("route=\"/customers\",status=\"200\"")
        };
        until_true("a node that is asked again", Duration::from_mins(1), asked).await;
    }

    fn worker(&self) -> Member {
        self.program(&["worker"], 0)
    }

    /// nginx with the example's configuration, without TLS, on ports that are free.
    async fn nginx(&self) -> Process {
        let dir = self.dir.path().join("nginx");
        let example = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/nginx/clientele.conf")).unwrap();
        let lines = example.lines().filter(|line| !["ssl_", "listen [", "http2 "].iter().any(|start| line.trim_start().starts_with(start)));
        let site = lines.collect::<Vec<_>>().join("\n");
        for known in ["127.0.0.1:8081", "127.0.0.1:8082", "listen 443 ssl;"] {
            assert!(site.contains(known), "the example is not what this test knows: {known}");
        }
        let site = site
            .replace("127.0.0.1:8081", &format!("127.0.0.1:{}", self.ports[0]))
            .replace("127.0.0.1:8082", &format!("127.0.0.1:{}", self.ports[1]))
            .replace("listen 443 ssl;", &format!("listen 127.0.0.1:{};", self.public));
        let user = if rustix::process::geteuid().is_root() { "user root;" } else { "" };
        let paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|name| format!("{name}_temp_path {}/{name};", dir.display()));
        let paths = paths.join("\n");
        let config = format!(
            "daemon off;\n{user}\nworker_processes 1;\npid {0}/pid;\nerror_log stderr warn;\nevents {{ worker_connections 256; }}\n\
             http {{ access_log off;\n{paths}\n{site}\n}}\n",
            dir.display()
        );
        let file = dir.join("nginx.conf");
        std::fs::write(&file, config).unwrap();
        let program = ["/usr/sbin/nginx", "/usr/local/sbin/nginx"].into_iter().find(|path| Path::new(path).exists()).unwrap_or("nginx");
        let nginx = Process::start(Command::new(program).arg("-p").arg(&dir).arg("-c").arg(&file).stdin(Stdio::null()));
        let client = self.browser();
        let answers = async || client.try_get("/healthz").await.is_some_and(|page| page.status == 200);
        until_true(&format!("nginx: {}", nginx.said()), Duration::from_secs(20), answers).await;
        nginx
    }

    fn browser(&self) -> Client {
        Client::at(&format!("http://127.0.0.1:{}", self.public))
    }

    async fn number(&self, sql: &str) -> i64 {
        let row = self.raw.query_one_raw(Statement::from_string(self.raw.get_database_backend(), sql)).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    async fn texts(&self, sql: &str) -> BTreeSet<String> {
        let rows = self.raw.query_all_raw(Statement::from_string(self.raw.get_database_backend(), sql)).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    }
}

/// People who look at the list and add customers until they are told to stop.
struct Load {
    stop: CancellationToken,
    tasks: JoinSet<()>,
    failed: Arc<Mutex<Vec<String>>>,
    answered: Arc<AtomicU32>,
    added: Arc<Mutex<BTreeSet<String>>>,
}

impl Load {
    fn start(client: &Client) -> Self {
        let mut load = Self {
            stop: CancellationToken::new(),
            tasks: JoinSet::new(),
            failed: Arc::default(),
            answered: Arc::default(),
            added: Arc::default(),
        };
        for task in 0..TASKS {
            let (client, stop, failed, answered, added) =
                (client.clone(), load.stop.clone(), load.failed.clone(), load.answered.clone(), load.added.clone());
            load.tasks.spawn(async move {
                for round in 0.. {
                    if stop.is_cancelled() {
                        break;
                    }
                    let outcome = if round % 4 == 0 {
                        add(&client, &format!("t{task}r{round}@example.com"), &added).await
                    } else {
                        fetch(client.request("GET", "/customers"), 200).await.map(drop)
                    };
                    match outcome {
                        Ok(()) => drop(answered.fetch_add(1, Ordering::SeqCst)),
                        Err(why) => failed.lock().unwrap().push(why),
                    }
                }
            });
        }
        load
    }

    /// Waits for so many more answers.
    async fn goes_on(&self, more: u32) {
        let enough = self.answered.load(Ordering::SeqCst) + more;
        until_true("answers", Duration::from_mins(1), async || self.answered.load(Ordering::SeqCst) >= enough).await;
    }

    /// What failed so far.
    fn failed(&self) -> Vec<String> {
        self.failed.lock().unwrap().clone()
    }

    async fn end(mut self) -> BTreeSet<String> {
        self.stop.cancel();
        while let Some(outcome) = self.tasks.join_next().await {
            outcome.unwrap();
        }
        std::mem::take(&mut *self.added.lock().unwrap())
    }
}

/// An answer of ours with this status, or what came instead.
async fn fetch(request: RequestBuilder, status: u16) -> Result<Page, String> {
    let response = request.send().await.map_err(|error| format!("{error:?}"))?;
    let (found, path) = (response.status().as_u16(), response.url().path().to_owned());
    if found != status {
        return Err(format!("{found} at {path}: {}", response.text().await.unwrap_or_default()));
    }
    Page::try_read(response).await.ok_or_else(|| format!("{path} broke off"))
}

async fn add(client: &Client, email: &str, added: &Mutex<BTreeSet<String>>) -> Result<(), String> {
    let page = fetch(client.request("GET", "/customers/new"), 200).await?;
    let form = page.form("/customers").with("email", email).with("company", "Ltd").with("sendpassword", "1");
    let request = client.request("POST", &form.action).header("content-type", "application/x-www-form-urlencoded").body(form.body());
    fetch(request, 303).await?;
    added.lock().unwrap().insert(email.to_owned());
    Ok(())
}

async fn first_password(node: &Member) -> String {
    until("the first password", Duration::from_secs(20), async || node.process.first_password()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whichever_process_dies_nothing_is_lost() {
    let site = Site::new().await;
    let mut nodes = [site.node(0).await, site.node(1).await];
    let password = first_password(&nodes[0]).await;
    let mut workers = [site.worker(), site.worker()];
    let _nginx = site.nginx().await;
    let client = site.browser();
    assert_eq!(client.sign_in("admin", &password).await.status, 303);

    let load = Load::start(&client);
    load.goes_on(40).await;
    for (index, node) in nodes.iter_mut().enumerate() {
        let before = load.failed().len();
        node.process.kill();
        load.goes_on(60).await;
        let lost = load.failed()[before..].to_vec();
        assert!(lost.len() <= TASKS as usize, "more failed than {TASKS} that were in flight: {lost:?}");
        *node = site.node(index).await;
        site.is_asked(index).await;
    }
    // A worker dies while it has a job; its lease runs out, which the test does not wait for.
    until_true("a job that is under way", Duration::from_mins(1), async || {
        site.number("SELECT COUNT(*) FROM jobs WHERE state = 'running'").await > 0
    })
    .await;
    workers[0].process.kill();
    let leases = site.texts("SELECT lease FROM jobs WHERE state = 'running'").await;
    workers[0] = site.worker();
    let added = load.end().await;
    // What the living have is soon done; what is left then is what the dead one had.
    until_true("all jobs but those of the dead worker", Duration::from_mins(1), async || {
        site.raw.execute_unprepared("UPDATE jobs SET run_at = 0 WHERE state = 'waiting'").await.unwrap();
        let behind = "EXISTS (SELECT 1 FROM jobs r WHERE r.state = 'running' AND r.customer_id = j.customer_id)";
        let open = site.number(&format!("SELECT COUNT(*) FROM jobs j WHERE state = 'waiting' AND NOT {behind}")).await;
        open == 0 && site.texts("SELECT lease FROM jobs WHERE state = 'running'").await.is_subset(&leases)
    })
    .await;
    let deserted = site.texts("SELECT CAST(id AS TEXT) FROM jobs WHERE state = 'running'").await;
    site.raw.execute_unprepared("UPDATE jobs SET lease_ends_at = 0 WHERE state = 'running'").await.unwrap();
    until_true("all jobs to be done", Duration::from_mins(2), async || {
        site.raw.execute_unprepared("UPDATE jobs SET run_at = 0 WHERE state = 'waiting'").await.unwrap();
        site.number("SELECT COUNT(*) FROM jobs WHERE state <> 'done'").await == 0
    })
    .await;
    whole(&site, &added).await;
    once(&site, &workers, &deserted).await;
    sessions_and_locks_are_shared(&site, &password).await;
}

/// Every customer that was promised is there, with all that belongs to him.
async fn whole(site: &Site, added: &BTreeSet<String>) {
    let emails = site.texts("SELECT email FROM customers").await;
    assert!(added.len() > 10 && added.is_subset(&emails), "promised and not there: {:?}", added.difference(&emails));
    let names = site.texts("SELECT login_name FROM customers").await;
    assert_eq!(site.texts("SELECT username FROM ftp_users").await, names);
    for name in &names {
        assert!(site.data().join("homes").join(name).is_dir(), "{name} has no home");
    }
    assert_eq!(site.number("SELECT customers_used FROM admins").await, i64::try_from(names.len()).unwrap());
    let mails = std::fs::read_dir(site.data().join("outbox")).unwrap().count();
    assert!(mails >= names.len(), "{mails} mails to {} customers", names.len());
}

/// No job was run twice, but for those whose worker was killed.
async fn once(site: &Site, workers: &[Member], deserted: &BTreeSet<String>) {
    let mut done: BTreeMap<String, u32> = BTreeMap::new();
    for worker in workers {
        for line in worker.process.said().lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()) {
            if line["fields"]["message"] == "done" {
                *done.entry(line["fields"]["job"].to_string()).or_default() += 1;
            }
        }
    }
    let twice: Vec<_> = done.iter().filter(|(job, times)| **times > 1 && !deserted.contains(*job)).collect();
    assert!(twice.is_empty(), "{twice:?}");
    let again = site.texts("SELECT CAST(id AS TEXT) FROM jobs WHERE attempts > 1").await;
    assert!(again.len() <= deserted.len() + 4, "only what the killed worker had was begun anew: {again:?} {deserted:?}");
}

/// What one node learns, the other knows.
async fn sessions_and_locks_are_shared(site: &Site, password: &str) {
    let at = |index: usize| Client::at(&format!("http://127.0.0.1:{}", site.ports[index]));
    assert_eq!(at(0).sign_in("admin", password).await.status, 303);
    for index in [0, 1, 0] {
        assert_ne!(at(index).sign_in("admin", "wrong").await.status, 303);
    }
    assert_ne!(at(1).sign_in("admin", password).await.status, 303, "locked at one node is locked at the other");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_are_replaced_one_after_the_other_while_the_schema_grows() {
    let site = Site::new().await;
    let mut nodes = [site.node(0).await, site.node(1).await];
    let password = first_password(&nodes[0]).await;
    let mut worker = site.worker();
    let nginx = site.nginx().await;
    let client = site.browser();
    assert_eq!(client.sign_in("admin", &password).await.status, 303);
    let load = Load::start(&client);
    load.goes_on(30).await;
    // What the next version's first node does: a column that this version does not know, and the note of the step.
    for statement in [
        "ALTER TABLE customers ADD COLUMN of_the_next_version BIGINT NOT NULL DEFAULT 0",
        "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000001_of_the_next_version', 0)",
    ] {
        site.raw.execute_unprepared(statement).await.unwrap();
    }
    load.goes_on(30).await;
    for (index, node) in nodes.iter_mut().enumerate() {
        node.reload().await;
        site.is_asked(index).await;
    }
    worker.reload().await;
    assert_eq!(load.failed(), Vec::<String>::new(), "nobody noticed: {} {:?}", nginx.said(), nodes.map(|node| node.process.said()));
    let added = load.end().await;
    until_true("all jobs to be done", Duration::from_mins(1), async || {
        site.number("SELECT COUNT(*) FROM jobs WHERE state <> 'done'").await == 0
    })
    .await;
    whole(&site, &added).await;
    let db = Db::connect(&site.url).await.unwrap();
    assert_eq!(db.pending_migrations().await.unwrap(), 0, "a step that this version does not know is none that it lacks");
}
