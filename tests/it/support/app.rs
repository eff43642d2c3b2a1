//! The program on a free port, with a clock that the test controls.

use actix_web::cookie::Key;
use actix_web::dev::ServerHandle;
use clientele::auth::password::{HashCost, PasswordHasher};
use clientele::auth::seal::{Sealer, SecretKey};
use clientele::config::TrustedProxies;
use clientele::domain::clock::ManualClock;
use clientele::domain::random::OsRandom;
use clientele::mail::{Inbox, Mailer};
use clientele::server::{self, Limits, Options};
use clientele::services::app::App;
use clientele::services::{EntryPoint, Env, Origin};
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
use test_databases::database::{self, TestDatabase};

/// The program for one test, with its own database, homes, clock and server.
pub struct TestApp {
    pub app: App,
    pub clock: Arc<ManualClock>,
    pub address: SocketAddr,
    pub mailer: Mailer,
    /// Mails that were sent.
    pub inbox: Inbox,
    raw: DatabaseConnection,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
    dir: TempDir,
    pub fresh: TestDatabase,
}

/// Deviations from the usual options.
#[derive(Default)]
struct SpecialOptions {
    proxies: TrustedProxies,
    https: bool,
    limits: Limits,
}

impl TestApp {
    /// Starts the program without any account.
    pub async fn empty() -> Self {
        Self::with(SpecialOptions::default()).await
    }

    /// Starts the program with the admin `admin`, behind trusted proxies from these networks.
    pub async fn behind_proxy(networks: &str) -> Self {
        Self::with_admin(SpecialOptions {
            proxies: networks.parse().unwrap(),
            ..SpecialOptions::default()
        })
        .await
    }

    async fn with(special: SpecialOptions) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let homes_dir = dir.path().join("homes");
        std::fs::create_dir(&homes_dir).unwrap();
        let fresh = database::create_test_database(dir.path());
        let db = Db::connect(&fresh.url).await.unwrap();
        let raw = database::raw(&fresh.url).await;
        let clock = Arc::new(ManualClock::default());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let key = SecretKey::new(&"a secret key for tests and nothing else".into()).unwrap();
        let env = Env {
            clock: clock.clone(),
            random: Arc::new(OsRandom),
            hasher: PasswordHasher::new(HashCost::CheapForTests),
            sealer: Sealer::new(&key),
            homes_dir,
            hooks_dir: dir.path().join("hooks"),
            public_url: format!("http://{address}"),
            // `password_reset` has a test of the minimum.
            min_response_time: Duration::ZERO,
        };
        let app = App::new(db, env, special.proxies.clone());
        let (mailer, inbox) = Mailer::memory("Clientele <noreply@example.com>".parse().unwrap());
        let (server, thread) = serve(app.clone(), listener, &special);
        Self { app, clock, address, mailer, inbox, raw, server, thread: Some(thread), dir, fresh }
    }

    /// Starts the program with `admin`, who is a server admin.
    pub async fn spawn() -> Self {
        let app = Self::empty().await;
        app.make_admin("admin").await;
        app
    }

    /// Starts the program with `admin`, behind trusted proxies that write this header.
    pub async fn behind(networks: &str, header: &str) -> Self {
        let proxies =
            networks.parse::<TrustedProxies>().unwrap().with_header(header.parse().unwrap());
        Self::with_admin(SpecialOptions { proxies, ..SpecialOptions::default() }).await
    }

    /// Starts the program with `admin`, which people reach over https through a proxy.
    pub async fn over_https() -> Self {
        Self::with_admin(SpecialOptions { https: true, ..SpecialOptions::default() }).await
    }

    /// Starts the program with `admin` and limits that a test can reach.
    pub async fn limited(limits: Limits) -> Self {
        Self::with_admin(SpecialOptions { limits, ..SpecialOptions::default() }).await
    }

    async fn with_admin(special: SpecialOptions) -> Self {
        let app = Self::with(special).await;
        app.make_admin("admin").await;
        app
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Returns the origin of commands that a test runs without the panel.
    pub fn origin() -> Origin {
        Origin { entry_point: EntryPoint::Web, address: "127.0.0.1".to_owned(), acting: None }
    }

    /// Returns the current time of the program's clock.
    pub fn now(&self) -> Timestamp {
        clientele::domain::clock::Clock::now(self.clock.as_ref())
    }

    /// Moves the clock forward.
    pub fn advance_clock(&self, time: SignedDuration) {
        self.clock.advance(time);
    }

    pub fn dir(&self) -> PathBuf {
        self.dir.path().to_owned()
    }

    pub fn home(&self, login_name: &str) -> PathBuf {
        self.app.env.homes_dir.join(login_name)
    }

    /// Returns connections to the database for a test's own SQL.
    pub const fn raw(&self) -> &DatabaseConnection {
        &self.raw
    }

    /// Runs SQL that changes data, if no service makes that change.
    pub async fn sql(&self, sql: &str) -> u64 {
        let rows = self
            .raw
            .execute_unprepared(sql)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
            .rows_affected();
        // An empty change discards the program's caches, which do not notice changes by SQL.
        self.app.db.write(async |_| Ok::<(), db::DbError>(())).await.unwrap();
        rows
    }

    /// Returns the number in the only column of the only row.
    pub async fn number(&self, sql: &str) -> i64 {
        let row = self.row(sql).await.unwrap_or_else(|| panic!("{sql}: no row"));
        // Engines differ in the width of some numbers.
        let wide = row.try_get_by_index::<Option<i64>>(0);
        let number = wide.or_else(|_| {
            row.try_get_by_index::<Option<i32>>(0).map(|narrow| narrow.map(i64::from))
        });
        number.unwrap_or_else(|error| panic!("{sql}: {error}")).unwrap_or(0)
    }

    /// Returns the number of rows that fulfil the condition.
    pub async fn count(&self, table: &str, condition: &str) -> i64 {
        self.number(&format!("SELECT COUNT(*) FROM {table} WHERE {condition}")).await
    }

    /// Returns the text in the only column of the first row, or `None` without a row or for NULL.
    pub async fn text(&self, sql: &str) -> Option<String> {
        let row = self.row(sql).await?;
        row.try_get_by_index::<Option<String>>(0).unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// Returns the texts in the first column of all rows.
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
        // The request to stop is sent immediately. The thread ends when the server has stopped.
        drop(self.server.stop(false));
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
            && !std::thread::panicking()
        {
            panic!("the server panicked");
        }
    }
}

/// Runs the server on its own thread and runtime, as in the program. The test's runtime is the
/// client's.
fn serve(
    app: App,
    listener: TcpListener,
    special: &SpecialOptions,
) -> (ServerHandle, JoinHandle<()>) {
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
