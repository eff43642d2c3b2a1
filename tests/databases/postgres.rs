//! A private PostgreSQL server for the whole run, with a database for each test.

use super::server::{self, Server, User};
use db::Db;
use sea_orm::{ConnectionTrait as _, Database, DbBackend, Statement};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// Returns the path of a program of the server: in the newest version of Debian's package, or in
/// the usual directories.
fn program(name: &str) -> String {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<(u32, String)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path())))
        .map(|(version, path)| (version, format!("{}/bin", path.display())))
        .collect();
    folders.sort_unstable_by(|one, other| other.cmp(one));
    let folders: Vec<&str> =
        folders.iter().map(|(_, folder)| folder.as_str()).chain(["/usr/local/bin"]).collect();
    server::program(&folders, name)
}

/// Returns the URL of the database with this name.
pub fn url(name: &str) -> String {
    format!("postgres://tester@127.0.0.1:{}/{name}", running().port)
}

/// Creates a database and returns its name. A migrated database is a copy of the first one, which
/// ran the migrations.
pub async fn make(migrated: bool) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    static TEMPLATE: OnceLock<()> = OnceLock::new();
    if migrated {
        TEMPLATE.get_or_init(|| server::wait(template()));
    }
    let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    run(&[&format!(
        "CREATE DATABASE {name} TEMPLATE {}",
        if migrated { "migrated" } else { "template0" }
    )])
    .await;
    name
}

async fn template() {
    run(&["CREATE DATABASE migrated TEMPLATE template0"]).await;
    let db = Db::connect(&url("migrated")).await.unwrap();
    db.migrate().await.unwrap();
    db.close().await;
}

/// Resets a database to the state of a new one, in a fraction of the time that a new database
/// takes. Returns false if a reset is not worthwhile: the database has grown, or a test has
/// gathered statistics, which change query plans.
pub async fn renew(name: &str) -> bool {
    static FRESH: OnceLock<(Size, String)> = OnceLock::new();
    let (size, refill) =
        FRESH.get_or_init(|| server::wait(async { (size("migrated").await, refill().await) }));
    run(&[&format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    )])
    .await;
    let current = self::size(name).await;
    if current.bytes > size.bytes + MAX_GROWTH || current.tuples != size.tuples {
        return false;
    }
    let database = Database::connect(url(name)).await.unwrap();
    database.execute_unprepared(refill).await.unwrap();
    database.close().await.unwrap();
    true
}

/// Largest growth of a database that is reset, in bytes. Deleted rows stay in the files and slow
/// down queries.
const MAX_GROWTH: i64 = 3 << 20;

/// Size of a database, and the row counts in its statistics.
struct Size {
    bytes: i64,
    tuples: String,
}

async fn size(name: &str) -> Size {
    let database = Database::connect(url(name)).await.unwrap();
    let sql = "SELECT pg_database_size(current_database()), \
               (SELECT string_agg(relname || reltuples, ' ' ORDER BY relname) FROM pg_class \
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace)";
    let row = database.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await;
    let row = row.unwrap().unwrap();
    let size =
        Size { bytes: row.try_get_by_index(0).unwrap(), tuples: row.try_get_by_index(1).unwrap() };
    database.close().await.unwrap();
    size
}

/// Returns the SQL that empties every table, refills those that the migrations filled, and resets
/// the sequences.
async fn refill() -> String {
    // As a replica, PostgreSQL does not check foreign keys, so the order of tables does not matter.
    let mut refill = "BEGIN; SET LOCAL session_replication_role = replica; ".to_owned();
    let database = Database::connect(url("migrated")).await.unwrap();
    let texts = async |sql: &str| -> Vec<String> {
        let rows =
            database.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    };
    for table in
        texts("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'").await
    {
        refill.push_str(&format!("DELETE FROM {table}; "));
        let rows =
            format!("SELECT quote_literal(json_agg(t)::text) FROM {table} t HAVING COUNT(*) > 0");
        for rows in texts(&rows).await {
            refill.push_str(&format!(
                "INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_recordset(NULL::{table}, {rows}); "
            ));
        }
    }
    let sequences = "SELECT format('SELECT setval(%L, %s, %L)', format('%I.%I', schemaname, sequencename), \
                     COALESCE(last_value, 1), last_value IS NOT NULL) FROM pg_sequences WHERE schemaname = 'public'";
    for sequence in texts(sequences).await {
        refill.push_str(&sequence);
        refill.push_str("; ");
    }
    database.close().await.unwrap();
    refill.push_str("COMMIT");
    refill
}

/// Removes a database, even if clients are connected.
pub async fn remove(name: &str) {
    run(&[&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")]).await;
}

async fn run(statements: &[&str]) {
    let admin = Database::connect(url("postgres")).await.unwrap();
    for statement in statements {
        admin
            .execute_unprepared(statement)
            .await
            .unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    admin.close().await.unwrap();
}

fn running() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(start)
}

fn start() -> Server {
    let user = User::first_of(&["postgres", "nobody"]);
    let dir = user.directory("clientele-postgres-");
    let data = dir.join("data");
    install(user, &dir, &data);
    let port = server::free_port();
    let settings = [
        ("port", port.to_string()),
        ("listen_addresses", "127.0.0.1".to_owned()),
        ("unix_socket_directories", dir.display().to_string()),
        ("max_connections", "400".to_owned()),
        ("shared_buffers", "96MB".to_owned()),
        // The data need not survive a power failure.
        ("fsync", "off".to_owned()),
        ("synchronous_commit", "off".to_owned()),
        ("full_page_writes", "off".to_owned()),
        ("wal_level", "minimal".to_owned()),
        ("max_wal_senders", "0".to_owned()),
        ("autovacuum", "off".to_owned()),
    ];
    let mut arguments = vec!["-D".to_owned(), data.display().to_string()];
    arguments.extend(
        settings.iter().flat_map(|(name, value)| ["-c".to_owned(), format!("{name}={value}")]),
    );
    let url = format!("postgres://tester@127.0.0.1:{port}/postgres");
    let is_ready = || server::wait(async { Database::connect(&url).await.is_ok() });
    server::start(user, &dir, port, &program("postgres"), &arguments, is_ready)
}

/// Initializes a server with a German collation as its default, because the program must not depend
/// on the default.
fn install(user: User, dir: &Path, data: &Path) {
    let mut command = user.command(&program("initdb"), dir);
    command.args([
        "--username=tester",
        "--auth=trust",
        "--no-sync",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
    ]);
    command.args(["--locale-provider=icu", "--icu-locale=de-DE"]).arg("-D").arg(data);
    server::assert_success(&command.output().expect("Debian: postgresql"));
}
