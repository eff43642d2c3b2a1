//! The processes of a provider, and their shared resources.

use crate::support::Client;
use crate::support::postgres;
use crate::support::process::{self, Process, Successor};
use crate::support::server::free_port;
use crate::support::wait::until_true;
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// A node or a worker, or the process that replaced it.
pub struct Member {
    pub process: Process,
    successor: Option<Successor>,
}

impl Member {
    /// Replaces the process with a new one, as `systemctl reload` does.
    pub async fn reload(&mut self) {
        self.successor = Some(self.process.reload().await);
        let status = self.process.end(Duration::from_mins(1)).await;
        assert!(status.success(), "{}", self.process.output());
    }
}

/// Returns the shipped example of a configuration for nginx.
pub fn nginx_example() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/nginx/clientele.conf");
    std::fs::read_to_string(file).unwrap()
}

/// Replaces a text that the example must contain.
pub fn replace(example: &str, text: &str, with: &str) -> String {
    assert!(example.contains(text), "the example has changed: {text}");
    example.replace(text, with)
}

/// Removes the lines for TLS and IPv6.
fn without_tls(example: &str) -> String {
    let lines = example.lines().filter(|line| {
        !["ssl_", "listen ["].iter().any(|start| line.trim_start().starts_with(start))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns a command that runs nginx with this site, and with its files in `dir`.
pub fn nginx(dir: &Path, site: &str) -> Command {
    let user = if rustix::process::geteuid().is_root() { "user root;" } else { "" };
    let paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {}/{name};", dir.display()));
    let paths = paths.join("\n");
    let config = format!(
        "daemon off;\n{user}\nworker_processes 1;\npid {0}/pid;\nerror_log stderr warn;\nevents {{ worker_connections 256; }}\n\
         http {{ access_log off;\n{paths}\n{site}\n}}\n",
        dir.display()
    );
    let file = dir.join("nginx.conf");
    std::fs::write(&file, config).unwrap();
    let program = ["/usr/sbin/nginx", "/usr/local/sbin/nginx"]
        .into_iter()
        .find(|path| Path::new(path).exists())
        .unwrap_or("nginx");
    let mut command = Command::new(program);
    command.arg("-p").arg(dir).arg("-c").arg(&file).stdin(Stdio::null());
    command
}

/// Resources that nodes and workers share.
pub struct Site {
    dir: tempfile::TempDir,
    pub url: String,
    pub ports: [u16; 2],
    public_port: u16,
    pub raw: DatabaseConnection,
}

impl Site {
    pub async fn new() -> Self {
        let url = postgres::url(&postgres::make(true).await);
        let raw = Database::connect(&url).await.unwrap();
        let site = Self {
            dir: tempfile::tempdir().unwrap(),
            url,
            ports: [free_port(), free_port()],
            public_port: free_port(),
            raw,
        };
        std::fs::create_dir(site.dir.path().join("nginx")).unwrap();
        site
    }

    pub fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    pub fn start_program(&self, arguments: &[&str], port: u16) -> Member {
        let mut command = process::program(arguments);
        command
            .current_dir(self.dir.path())
            .env("CLIENTELE_DATABASE_URL", &self.url)
            .env("CLIENTELE_DATA_DIR", self.data());
        command
            .env("CLIENTELE_LISTEN", format!("127.0.0.1:{port}"))
            .env("CLIENTELE_TRUSTED_PROXIES", "127.0.0.1");
        command
            .env("CLIENTELE_PUBLIC_URL", format!("http://127.0.0.1:{}", self.public_port))
            .env("CLIENTELE_LOG_FORMAT", "json");
        Member { process: Process::start(&mut command), successor: None }
    }

    /// Starts a node and waits until it is ready.
    pub async fn node(&self, index: usize) -> Member {
        let node = self.start_program(&["serve", "--no-worker"], self.ports[index]);
        let client = Client::at(&format!("http://127.0.0.1:{}", self.ports[index]));
        let is_ready =
            async || client.try_get("/readyz").await.is_some_and(|page| page.status == 200);
        until_true("a node", Duration::from_secs(30), is_ready).await;
        node
    }

    /// Waits until nginx sends requests to a node again. nginx skips a failed node for some
    /// seconds.
    pub async fn wait_until_used(&self, index: usize) {
        let client = Client::at(&format!("http://127.0.0.1:{}", self.ports[index]));
        let is_used = async || {
            let metrics =
                client.try_get("/metrics").await.map_or_else(String::new, |page| page.text);
            metrics.contains("route=\"/customers\",status=\"200\"")
        };
        until_true("a request to the node", Duration::from_mins(1), is_used).await;
    }

    pub fn worker(&self) -> Member {
        self.start_program(&["worker"], 0)
    }

    /// Starts nginx with the example's configuration, without TLS and on free ports.
    pub async fn nginx(&self) -> Process {
        let dir = self.dir.path().join("nginx");
        let site = without_tls(&nginx_example());
        let site = replace(&site, "127.0.0.1:8081", &format!("127.0.0.1:{}", self.ports[0]));
        let site = replace(&site, "127.0.0.1:8082", &format!("127.0.0.1:{}", self.ports[1]));
        let listen = format!("listen 127.0.0.1:{};", self.public_port);
        let site = replace(&site, "listen 443 ssl http2;", &listen);
        let nginx = Process::start(&mut nginx(&dir, &site));
        let client = self.browser();
        let is_ready =
            async || client.try_get("/healthz").await.is_some_and(|page| page.status == 200);
        until_true(&format!("nginx: {}", nginx.output()), Duration::from_secs(20), is_ready).await;
        nginx
    }

    pub fn browser(&self) -> Client {
        Client::at(&format!("http://127.0.0.1:{}", self.public_port))
    }

    pub async fn number(&self, sql: &str) -> i64 {
        let row = self
            .raw
            .query_one_raw(Statement::from_string(self.raw.get_database_backend(), sql))
            .await
            .unwrap()
            .unwrap();
        row.try_get_by_index(0).unwrap()
    }

    pub async fn texts(&self, sql: &str) -> BTreeSet<String> {
        let rows = self
            .raw
            .query_all_raw(Statement::from_string(self.raw.get_database_backend(), sql))
            .await
            .unwrap();
        rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    }
}
