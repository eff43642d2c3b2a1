//! The program on a free port, with a clock that the test moves.

use actix_web::cookie::Key;
use actix_web::dev::ServerHandle;
use clientele::auth::password::{HashCost, PasswordHasher};
use clientele::auth::seal::{Sealer, SecretKey};
use clientele::config::TrustedProxies;
use clientele::domain::chance::OsChance;
use clientele::domain::clock::ManualClock;
use clientele::mail::{Inbox, Mailer};
use clientele::server::{self, Limits, Options};
use clientele::services::app::App;
use clientele::services::{Door, Env, Origin};
use clientele::web::metrics::Token;
use db::Db;
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, Statement};
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;
use tempfile::TempDir;
use test_databases::database::{self, Fresh};

/// A program of its own for one test: database, homes, clock, server.
pub struct TestApp {
    pub app: App,
    pub clock: Arc<ManualClock>,
    pub address: SocketAddr,
    pub mailer: Mailer,
    /// What was mailed.
    pub inbox: Inbox,
    raw: DatabaseConnection,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
    dir: TempDir,
    /// Its database.
    pub fresh: Fresh,
}

/// What is not as usual.
#[derive(Default)]
struct Special {
    proxies: TrustedProxies,
    https: bool,
    limits: Limits,
}

impl TestApp {
    /// The program, running, with nobody in it.
    pub async fn empty() -> Self {
        Self::with(Special::default()).await
    }

    /// The program with an admin `admin`, behind proxies from these networks.
    pub async fn behind_proxy(networks: &str) -> Self {
        Self::with_admin(Special { proxies: networks.parse().unwrap(), ..Special::default() }).await
    }

    async fn with(special: Special) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let homes_dir = dir.path().join("homes");
        std::fs::create_dir(&homes_dir).unwrap();
        let fresh = database::fresh(dir.path());
        let db = Db::connect(&fresh.url).await.unwrap();
        let raw = database::raw(&fresh.url).await;
        let clock = Arc::new(ManualClock::default());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let key = SecretKey::new(&"a secret key for tests and nothing else".into()).unwrap();
        let env = Env {
            clock: clock.clone(),
            chance: Arc::new(OsChance),
            hasher: PasswordHasher::new(HashCost::CheapForTests),
            sealer: Sealer::new(&key),
            homes_dir,
            hooks_dir: dir.path().join("hooks"),
            public_url: format!("http://{address}"),
            // `password_reset` has a test that waits for it.
            min_response_time: Duration::ZERO,
        };
        let app = App::new(db, env, special.proxies.clone());
        let (mailer, inbox) = Mailer::memory("Clientele <noreply@example.com>".parse().unwrap());
        let (server, thread) = serve(app.clone(), listener, &special);
        Self { app, clock, address, mailer, inbox, raw, server, thread: Some(thread), dir, fresh }
    }

    /// The program with an admin `admin`, who may everything.
    pub async fn spawn() -> Self {
        let app = Self::empty().await;
        app.make_admin("admin").await;
        app
    }

    /// The same, where the proxies write this header.
    pub async fn behind(networks: &str, header: &str) -> Self {
        let proxies = networks.parse::<TrustedProxies>().unwrap().writing(header.parse().unwrap());
        Self::with_admin(Special { proxies, ..Special::default() }).await
    }

    /// The same, where people reach it over https by way of a proxy.
    pub async fn over_https() -> Self {
        Self::with_admin(Special { https: true, ..Special::default() }).await
    }

    /// The same with limits for clients that a test can wait for.
    pub async fn limited(limits: Limits) -> Self {
        Self::with_admin(Special { limits, ..Special::default() }).await
    }

    async fn with_admin(special: Special) -> Self {
        let app = Self::with(special).await;
        app.make_admin("admin").await;
        app
    }

    /// The address of a page.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Where requests that a test makes without the panel come from.
    pub fn origin() -> Origin {
        Origin { door: Door::Web, address: "127.0.0.1".to_owned(), acting: None }
    }

    /// The present moment of the program.
    pub fn now(&self) -> Timestamp {
        clientele::domain::clock::Clock::now(self.clock.as_ref())
    }

    /// Lets time pass.
    pub fn pass(&self, time: SignedDuration) {
        self.clock.advance(time);
    }

    /// The directory that holds the test's files.
    pub fn dir(&self) -> PathBuf {
        self.dir.path().to_owned()
    }

    /// A customer's home directory.
    pub fn home(&self, login_name: &str) -> PathBuf {
        self.app.env.homes_dir.join(login_name)
    }

    /// The database itself.
    pub const fn raw(&self) -> &DatabaseConnection {
        &self.raw
    }

    /// Runs SQL that changes something, for what no service does.
    pub async fn sql(&self, sql: &str) -> u64 {
        let rows = self
            .raw
            .execute_unprepared(sql)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
            .rows_affected();
        // The program knows only of what it changes itself.
        self.app.db.write(async |_| Ok::<(), db::DbError>(())).await.unwrap();
        rows
    }

    /// The number in the only column of the only row.
    pub async fn number(&self, sql: &str) -> i64 {
        let row = self.row(sql).await.unwrap_or_else(|| panic!("{sql}: no row"));
        // Engines differ in the width of some numbers.
        let wide = row.try_get_by_index::<Option<i64>>(0);
        let number = wide.or_else(|_| {
            row.try_get_by_index::<Option<i32>>(0).map(|narrow| narrow.map(i64::from))
        });
        number.unwrap_or_else(|error| panic!("{sql}: {error}")).unwrap_or(0)
    }

    /// How many rows of a table fulfil the condition.
    pub async fn count(&self, table: &str, condition: &str) -> i64 {
        self.number(&format!("SELECT COUNT(*) FROM {table} WHERE {condition}")).await
    }

    /// The text in the only column of the first row; nothing where there is no row or NULL.
    pub async fn text(&self, sql: &str) -> Option<String> {
        let row = self.row(sql).await?;
        row.try_get_by_index::<Option<String>>(0).unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// The texts in the first column of all rows.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let statement = Statement::from_string(self.raw.get_database_backend(), sql);
        let rows = self
            .raw
            .query_all_raw(statement)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
        rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect()
    }

    async fn row(&self, sql: &str) -> Option<sea_orm::QueryResult> {
        let statement = Statement::from_string(self.raw.get_database_backend(), sql);
        self.raw.query_one_raw(statement).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // The order is sent at once; the answer is the end of the thread.
        drop(self.server.stop(false));
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
            && !std::thread::panicking()
        {
            panic!("the server panicked");
        }
    }
}

/// The server has a thread and a runtime of its own, as in the program; the test's runtime is that
/// of a client.
fn serve(app: App, listener: TcpListener, special: &Special) -> (ServerHandle, JoinHandle<()>) {
    let (started, server) = mpsc::channel();
    let (https, limits) = (special.https, special.limits);
    let thread = std::thread::spawn(move || {
        let serving = async move {
            let key = Key::from(&[7; 64]);
            let options = Options {
                cookie_key: key,
                https,
                workers: 1,
                metrics_token: Token::default(),
                limits,
            };
            let server = server::build(app, listener, options).unwrap();
            started.send(server.handle()).unwrap();
            server.await.unwrap();
        };
        actix_web::rt::System::new().block_on(serving);
    });
    (server.recv().unwrap(), thread)
}
