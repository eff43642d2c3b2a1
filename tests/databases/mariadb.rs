//! A private MariaDB server for the whole run, with a database for each test.

use super::server::{self, Server, User};
use db::Db;
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// Password of the server's user. Tests assert that it is never shown.
pub const PASSWORD: &str = "Nobody-may-see-this";

const FOLDERS: [&str; 4] = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];

/// Returns the URL of a new, empty database.
pub async fn database() -> String {
    url(&make(false).await)
}

/// Returns the URL of the database with this name.
pub fn url(name: &str) -> String {
    address(running().port, name)
}

fn address(port: u16, database: &str) -> String {
    format!("mysql://tester:{PASSWORD}@127.0.0.1:{port}/{database}")
}

/// Creates a database and returns its name. The schema, if requested, is copied from the first
/// migrated database.
pub async fn make(migrated: bool) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let schema = if migrated { schema().create.as_str() } else { "" };
    // Character set and collation are the server's defaults. They differ from those of the panel,
    // because the panel must not depend on the defaults.
    run(&format!("CREATE DATABASE {name}; USE {name}; {schema}")).await;
    name
}

/// Resets a database to the state of a new one. This takes a tenth of the time that a new database
/// takes.
pub async fn renew(name: &str) {
    run(&format!("USE {name}; {}", schema().empty)).await;
    let server = Database::connect(url(name)).await.unwrap();
    let numbered = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND auto_increment > 1";
    for table in texts(&server, numbered, 0).await {
        server
            .execute_unprepared(&format!("ALTER TABLE `{table}` AUTO_INCREMENT = 1"))
            .await
            .unwrap();
    }
    server.execute_unprepared(&schema().fill).await.unwrap();
    server.close().await.unwrap();
}

/// Batches of statements for all tables.
struct Schema {
    /// Creates the tables and inserts the rows of `fill`.
    create: String,
    /// Inserts the rows that migrations inserted.
    fill: String,
    empty: String,
}

fn schema() -> &'static Schema {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    SCHEMA.get_or_init(|| server::wait(read_schema()))
}

async fn read_schema() -> Schema {
    run("CREATE DATABASE migrated").await;
    let db = Db::connect(&url("migrated")).await.unwrap();
    db.migrate().await.unwrap();
    db.close().await;
    let database = Database::connect(url("migrated")).await.unwrap();
    let unchecked = || vec!["SET foreign_key_checks = 0".to_owned()];
    let (mut create, mut fill, mut empty) = (unchecked(), Vec::new(), unchecked());
    for table in texts(&database, "SHOW FULL TABLES WHERE Table_type = 'BASE TABLE'", 0).await {
        create.extend(texts(&database, &format!("SHOW CREATE TABLE `{table}`"), 1).await);
        empty.push(format!("DELETE FROM `{table}`"));
        if !texts(&database, &format!("SELECT 'one' FROM `{table}` LIMIT 1"), 0).await.is_empty() {
            fill.push(format!("INSERT INTO `{table}` SELECT * FROM migrated.`{table}`"));
        }
    }
    for view in texts(&database, "SHOW FULL TABLES WHERE Table_type = 'VIEW'", 0).await {
        create.extend(texts(&database, &format!("SHOW CREATE VIEW `{view}`"), 1).await);
    }
    database.close().await.unwrap();
    create.extend(fill.iter().cloned());
    Schema { create: create.join(";\n"), fill: fill.join(";\n"), empty: empty.join(";\n") }
}

async fn texts(database: &DatabaseConnection, sql: &str, column: usize) -> Vec<String> {
    let rows = database
        .query_all_raw(Statement::from_string(sea_orm::DbBackend::MySql, sql))
        .await
        .unwrap();
    rows.iter().map(|row| row.try_get_by_index(column).unwrap()).collect()
}

/// Removes a database.
pub async fn remove(name: &str) {
    run(&format!("DROP DATABASE IF EXISTS {name}")).await;
}

async fn run(statements: &str) {
    let admin = Database::connect(url("mysql")).await.unwrap();
    admin
        .execute_unprepared(statements)
        .await
        .unwrap_or_else(|error| panic!("{statements}: {error}"));
    admin.close().await.unwrap();
}

fn running() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(start)
}

/// Starts another server, which offers TLS with this certificate and key, and lasts as long as the
/// test run. Returns its port.
pub fn start_with_tls(certificate: &str, key: &str) -> u16 {
    let user = User::first_of(&["mysql", "nobody"]);
    let dir = user.directory("clientele-mariadb-");
    let mut arguments = Vec::new();
    for (name, text) in [("cert", certificate), ("key", key)] {
        let path = dir.join(format!("{name}.pem"));
        std::fs::write(&path, text).unwrap();
        arguments.push(format!("--ssl-{name}={}", path.display()));
    }
    let server = start_in(user, &dir, arguments);
    let port = server.port;
    // The server ends with this process.
    std::mem::forget(server);
    port
}

fn start() -> Server {
    let user = User::first_of(&["mysql", "nobody"]);
    let dir = user.directory("clientele-mariadb-");
    start_in(user, &dir, Vec::new())
}

fn start_in(user: User, dir: &Path, more_arguments: Vec<String>) -> Server {
    let data = dir.join("data");
    install(user, dir, &data);
    let sql = dir.join("init.sql");
    let tester = format!(
        "CREATE USER tester@'%' IDENTIFIED BY '{PASSWORD}';\nGRANT ALL ON *.* TO tester@'%' WITH GRANT OPTION;\n"
    );
    std::fs::write(&sql, tester).unwrap();
    let port = server::free_port();
    let mut arguments = vec![
        "--no-defaults".to_owned(),
        format!("--datadir={}", data.display()),
        format!("--socket={}", dir.join("socket").display()),
        format!("--init-file={}", sql.display()),
        format!("--pid-file={}", dir.join("pid").display()),
        // A starting server deletes files from the shared temporary directory, including those that
        // another server has just created.
        format!("--tmpdir={}", dir.display()),
        format!("--port={port}"),
    ];
    let fixed = [
        "--bind-address=127.0.0.1",
        "--skip-networking=0",
        "--skip-name-resolve",
        "--skip-log-bin",
        "--performance-schema=0",
        "--max-connections=400",
        "--innodb-buffer-pool-size=96M",
        "--innodb-log-file-size=32M",
        // The data need not survive a power failure.
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-doublewrite=0",
    ];
    arguments.extend(fixed.map(ToOwned::to_owned));
    arguments.extend(more_arguments);
    let url = address(port, "mysql");
    let is_ready = || server::wait(async { Database::connect(&url).await.is_ok() });
    server::start(user, dir, port, &server::program(&FOLDERS, "mariadbd"), &arguments, is_ready)
}

fn install(user: User, dir: &Path, data: &Path) {
    let mut command = user.command(&server::program(&FOLDERS, "mariadb-install-db"), dir);
    command.args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"]);
    command.arg(format!("--datadir={}", data.display())).arg(format!("--tmpdir={}", dir.display()));
    server::assert_success(&command.output().expect("Debian: mariadb-server"));
}
