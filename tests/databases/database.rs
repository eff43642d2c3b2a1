//! A fresh database for each test.
//!
//! `CLIENTELE_TEST_DATABASE` says on what: `sqlite` (the default) in a file of the test's own
//! directory, `postgres` or `mariadb` on a private server.

use super::{mariadb, postgres, server};
use config::DatabaseUrl;
use db::Db;
use sea_orm::sqlx::Executor as _;
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, Statement};
use std::path::Path;
use std::sync::{Mutex, OnceLock};

/// What the tests run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
    Mariadb,
}

/// As `CLIENTELE_TEST_DATABASE` says.
pub fn engine() -> Engine {
    match std::env::var("CLIENTELE_TEST_DATABASE").as_deref() {
        Err(_) | Ok("" | "sqlite") => Engine::Sqlite,
        Ok("postgres") => Engine::Postgres,
        Ok("mariadb") => Engine::Mariadb,
        Ok(other) => panic!("CLIENTELE_TEST_DATABASE={other}: the tests do not know this database"),
    }
}

/// A database, while its test lasts.
#[derive(Debug)]
pub struct Fresh {
    pub url: String,
    /// On a server, its name.
    name: Option<String>,
    /// Whether another test may have it when it is emptied: nobody but this process writes to it,
    /// and nobody changes the schema.
    again: bool,
}

/// Databases whose tests have ended: those that are to go, and those that can be had again. A test
/// does not wait until its own is gone; the next one removes them when it is made.
static OVER: Mutex<(Vec<String>, Vec<String>)> = Mutex::new((Vec::new(), Vec::new()));

impl Fresh {
    /// For this test alone.
    pub fn only_once(mut self) -> Self {
        self.again = false;
        self
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let mut over = OVER.lock().unwrap();
        // Where a test has failed, nobody knows what it left.
        if self.again && !std::thread::panicking() {
            over.1.extend(self.name.take())
        } else {
            over.0.extend(self.name.take())
        }
    }
}

/// A database with the schema and nothing in it; where it is a file, it lies in `dir`.
pub fn fresh(dir: &Path) -> Fresh {
    make(dir, true)
}

/// A database without the schema.
pub fn empty(dir: &Path) -> Fresh {
    make(dir, false)
}

/// Migrating takes most of the time that a short test needs, so it is done once a run, and each
/// test gets a copy.
fn make(dir: &Path, migrated: bool) -> Fresh {
    match engine() {
        Engine::Sqlite => {
            let file = dir.join("clientele.db");
            if migrated {
                std::fs::write(&file, sqlite_template()).unwrap();
            }
            Fresh { url: DatabaseUrl::sqlite(&file).expose().to_owned(), name: None, again: false }
        }
        Engine::Postgres => {
            let (over, again) = over(migrated);
            let name = server::wait(async {
                for name in over {
                    postgres::remove(&name).await;
                }
                if let Some(name) = again {
                    if postgres::renew(&name).await {
                        return name;
                    }
                    postgres::remove(&name).await;
                }
                postgres::make(migrated).await
            });
            Fresh { url: postgres::url(&name), name: Some(name), again: migrated }
        }
        Engine::Mariadb => {
            let (over, again) = over(migrated);
            let name = server::wait(async {
                for name in over {
                    mariadb::remove(&name).await;
                }
                match again {
                    Some(name) => {
                        mariadb::renew(&name).await;
                        name
                    }
                    None => mariadb::make(migrated).await,
                }
            });
            Fresh { url: mariadb::url(&name), name: Some(name), again: migrated }
        }
    }
}

/// Takes the databases that are to go, and one that can be had again.
fn over(migrated: bool) -> (Vec<String>, Option<String>) {
    let (over, again) = &mut *OVER.lock().unwrap();
    (std::mem::take(over), if migrated { again.pop() } else { None })
}

fn sqlite_template() -> &'static [u8] {
    static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        server::wait(async {
            let dir = tempfile::tempdir().unwrap();
            let file = dir.path().join("template.db");
            let db = Db::connect(DatabaseUrl::sqlite(&file).expose()).await.unwrap();
            db.migrate().await.unwrap();
            // The last connection that is closed writes the log back into the file.
            db.close().await;
            std::fs::read(&file).unwrap()
        })
    })
}

/// Files or columns of a database that hold this text, plainly.
pub fn places(fresh: &Fresh, text: &str) -> Vec<String> {
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
    // Whatever characters it has.
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

/// Connections for a test's own SQL. `"name"` quotes a name, `||` joins texts, and recursion may go
/// on, on each engine.
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
