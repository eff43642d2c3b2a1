//! Quoting of SQL, read by a real server in each SQL mode.

use super::Remote;
use clientele::domain::mysql::DatabaseName;
use db::mysql_admin::{SqlAccount, SqlName, SqlString};
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement,
};

const HOSTILE: [&str; 9] = [
    "o'neil",
    "''",
    "'; DROP USER tester; -- x",
    "a\"b",
    "a`b",
    "x' OR '1'='1",
    "%",
    "größe ✓",
    "*/ /* # --",
];

/// Opens a single connection with this SQL mode. A pool would open others without the mode.
async fn connect_in_mode(remote: &Remote, mode: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(remote.url.as_str());
    options.max_connections(1).min_connections(1);
    let connection = Database::connect(options).await.unwrap();
    connection.execute_unprepared(&format!("SET SESSION sql_mode = '{mode}'")).await.unwrap();
    connection
}

/// Returns the text in the first column of the only row.
async fn text(on: &DatabaseConnection, sql: &str) -> String {
    let row = on
        .query_one_raw(Statement::from_string(DbBackend::MySql, sql))
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    row.unwrap().try_get_by_index(0).unwrap()
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn quoted_texts_and_names_are_literal_in_every_sql_mode() {
    let remote = Remote::start().await;
    for mode in ["", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES", "ANSI"] {
        let on = connect_in_mode(&remote, mode).await;
        for hostile in HOSTILE {
            assert_eq!(
                text(&on, &format!("SELECT {}", SqlString::new(hostile).unwrap())).await,
                hostile,
                "{mode}"
            );
            let account = SqlAccount::new(hostile, "192.0.2.%").unwrap();
            on.execute_unprepared(&format!("CREATE USER {account}"))
                .await
                .unwrap_or_else(|error| panic!("{account}: {error}"));
            let quoted = SqlString::new(hostile).unwrap();
            let found = format!(
                "SELECT CONVERT(User USING utf8mb4) FROM mysql.user WHERE Host = '192.0.2.%' AND User = {quoted}"
            );
            assert_eq!(text(&on, &found).await, hostile);
            on.execute_unprepared(&format!("DROP USER {account}")).await.unwrap();
        }
        for name in ["a'b", "a\"b", "a b;--", "größe_%"] {
            let database = DatabaseName::parse(name).unwrap();
            let quoted = SqlName::database(&database);
            on.execute_unprepared(&format!("CREATE DATABASE {quoted}"))
                .await
                .unwrap_or_else(|error| panic!("{quoted}: {error}"));
            on.execute_unprepared(&format!("DROP DATABASE {quoted}")).await.unwrap();
        }
    }
    assert_eq!(
        text(
            &remote.root,
            "SELECT CONVERT(User USING utf8mb4) FROM mysql.user WHERE User = 'tester'"
        )
        .await,
        "tester"
    );
}
