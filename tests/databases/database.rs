//! A fresh database for each test.
//!
//! `CLIENTELE_TEST_DATABASE` selects the engine: `sqlite` (the default) is a file in the test's
//! directory, `postgres` and `mariadb` are private servers.

use super::{mariadb, postgres, server};
use config::DatabaseUrl;
use db::Db;
use migrations::{Migrator, MigratorTrait as _};
use sea_orm::sqlx::Executor as _;
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, Statement,
    TransactionTrait as _,
};
use std::path::Path;
use std::sync::{Mutex, OnceLock};

/// Database engine of the test run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
    Mariadb,
}

/// Returns the engine that `CLIENTELE_TEST_DATABASE` selects.
pub fn engine() -> Engine {
    match std::env::var("CLIENTELE_TEST_DATABASE").as_deref() {
        Err(_) | Ok("" | "sqlite") => Engine::Sqlite,
        Ok("postgres") => Engine::Postgres,
        Ok("mariadb") => Engine::Mariadb,
        Ok(other) => panic!("CLIENTELE_TEST_DATABASE={other}: the tests do not know this database"),
    }
}

/// A database that lasts as long as its test.
#[derive(Debug)]
pub struct TestDatabase {
    pub url: String,
    /// Name of the database; `None` for SQLite.
    name: Option<String>,
    /// Whether another test can reuse the database after it was emptied: only this process writes
    /// to it, and the test does not change the schema.
    is_reusable: bool,
}

/// Databases of finished tests: those to remove, and those to reuse. A test does not wait for the
/// removal of its database; the next test that needs a database removes it.
static FINISHED: Mutex<(Vec<String>, Vec<String>)> = Mutex::new((Vec::new(), Vec::new()));

impl TestDatabase {
    /// Excludes the database from reuse.
    pub fn only_once(mut self) -> Self {
        self.is_reusable = false;
        self
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let mut finished = FINISHED.lock().unwrap();
        // A failed test may have left the database in any state.
        if self.is_reusable && !std::thread::panicking() {
            finished.1.extend(self.name.take())
        } else {
            finished.0.extend(self.name.take())
        }
    }
}

/// Returns a database with the schema and the rows that migrations insert. A SQLite file is in
/// `dir`.
pub fn create_test_database(dir: &Path) -> TestDatabase {
    make(dir, true)
}

/// Returns a database without the schema. A SQLite file is in `dir`.
pub fn empty(dir: &Path) -> TestDatabase {
    make(dir, false)
}

/// Returns a database. Migrating takes most of the time of a short test, so it is done once for
/// each run, and each test gets a copy.
fn make(dir: &Path, migrated: bool) -> TestDatabase {
    match engine() {
        Engine::Sqlite => {
            let file = dir.join("clientele.db");
            if migrated {
                std::fs::write(&file, sqlite_template()).unwrap();
            }
            TestDatabase {
                url: DatabaseUrl::sqlite(&file).expose().to_owned(),
                name: None,
                is_reusable: false,
            }
        }
        Engine::Postgres => {
            let (to_remove, to_reuse) = take_finished(migrated);
            let name = server::wait(async {
                for name in to_remove {
                    postgres::remove(&name).await;
                }
                if let Some(name) = to_reuse {
                    if postgres::renew(&name).await {
                        return name;
                    }
                    postgres::remove(&name).await;
                }
                postgres::make(migrated).await
            });
            TestDatabase { url: postgres::url(&name), name: Some(name), is_reusable: migrated }
        }
        Engine::Mariadb => {
            let (to_remove, to_reuse) = take_finished(migrated);
            let name = server::wait(async {
                for name in to_remove {
                    mariadb::remove(&name).await;
                }
                match to_reuse {
                    Some(name) => {
                        mariadb::renew(&name).await;
                        name
                    }
                    None => mariadb::make(migrated).await,
                }
            });
            TestDatabase { url: mariadb::url(&name), name: Some(name), is_reusable: migrated }
        }
    }
}

/// Takes the databases to remove, and one to reuse.
fn take_finished(migrated: bool) -> (Vec<String>, Option<String>) {
    let (to_remove, to_reuse) = &mut *FINISHED.lock().unwrap();
    (std::mem::take(to_remove), if migrated { to_reuse.pop() } else { None })
}

fn sqlite_template() -> &'static [u8] {
    static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        server::wait(async {
            let dir = tempfile::tempdir().unwrap();
            let file = dir.path().join("template.db");
            let db = Db::connect(DatabaseUrl::sqlite(&file).expose()).await.unwrap();
            db.migrate().await.unwrap();
            // Closing the last connection checkpoints the write-ahead log into the file.
            db.close().await;
            std::fs::read(&file).unwrap()
        })
    })
}

/// Returns the files or columns of a database that contain this text unencrypted.
pub fn find_text(fresh: &TestDatabase, text: &str) -> Vec<String> {
    match engine() {
        Engine::Sqlite => {
            let file = fresh.url.trim_start_matches("sqlite://");
            let files = [file.to_owned(), format!("{file}-wal"), format!("{file}-journal")];
            let held = |file: &String| {
                std::fs::read(file).is_ok_and(|bytes| {
                    bytes.windows(text.len()).any(|part| part == text.as_bytes())
                })
            };
            files.into_iter().filter(held).collect()
        }
        Engine::Postgres | Engine::Mariadb => server::wait(columns(&fresh.url, text)),
    }
}

async fn columns(url: &str, text: &str) -> Vec<String> {
    let database = raw(url).await;
    let rows = async |sql: &str| {
        let rows = database
            .query_all_raw(Statement::from_string(database.get_database_backend(), sql))
            .await;
        rows.unwrap_or_else(|error| panic!("{sql}: {error}"))
    };
    // Hex needs no quoting, whatever characters the text has.
    let text = hex::encode(text);
    let schema = if engine() == Engine::Postgres { "current_schema()" } else { "DATABASE()" };
    let all = format!(
        "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = {schema}"
    );
    let mut places = Vec::new();
    for row in rows(&all).await {
        let [table, column, kind] =
            [0, 1, 2].map(|index| row.try_get_by_index::<String>(index).unwrap());
        let wanted = match (engine(), kind.as_str()) {
            (Engine::Postgres, "bytea") => format!("decode('{text}', 'hex') IN \"{column}\""),
            (Engine::Postgres, _) => {
                format!("convert_from(decode('{text}', 'hex'), 'UTF8') IN \"{column}\"::text")
            }
            _ => format!("x'{text}' IN \"{column}\""),
        };
        if !rows(&format!("SELECT 1 FROM \"{table}\" WHERE POSITION({wanted}) > 0 LIMIT 1"))
            .await
            .is_empty()
        {
            places.push(format!("{table}.{column}"));
        }
    }
    database.close().await.unwrap();
    places
}

/// Reverts all migrations and runs them again. This empties the database.
pub async fn migrate_down_and_up(url: &str) {
    let database = raw(url).await;
    // One connection runs both: on SQLite, another connection may see a dropped index for a moment.
    let transaction = database.begin().await.unwrap();
    Migrator::down(&transaction, None).await.unwrap();
    Migrator::up(&transaction, None).await.unwrap();
    transaction.commit().await.unwrap();
    database.close().await.unwrap();
}

/// Opens connections for a test's own SQL. On every engine, `"name"` quotes a name, `||`
/// concatenates, and recursive queries are practically unlimited.
pub async fn raw(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).map_sqlx_mysql_pool_opts(|pool| {
        pool.after_connect(|connection, _| {
            Box::pin(async move {
                let modes = "SET sql_mode = 'STRICT_ALL_TABLES,ANSI_QUOTES,PIPES_AS_CONCAT', max_recursive_iterations = 1000000";
                connection.execute(modes).await?;
                Ok(())
            })
        })
    });
    Database::connect(options).await.unwrap()
}
