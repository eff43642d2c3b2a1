//! Customers' accounts on MySQL servers, tested with a real MariaDB server.

mod life;
mod servers;
mod sql;

use crate::support::TestApp;
use crate::support::make::with;
use crate::support::mariadb;
use clientele::domain::customer::Customer;
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement,
};
use serde_json::{Value, json};
use std::time::Duration;
use url::Url;

/// The private server with a connection of its administrator.
struct Remote {
    url: Url,
    root: DatabaseConnection,
}

impl Remote {
    async fn start() -> Self {
        let mut url: Url = mariadb::database().await.parse().unwrap();
        url.set_path("");
        let root = Database::connect(url.as_str()).await.unwrap();
        Self { url, root }
    }

    /// Signs in with this user and password.
    async fn sign_in(&self, user: &str, password: &str) -> Result<DatabaseConnection, String> {
        let mut url = self.url.clone();
        url.set_username(user).unwrap();
        // `set_password` does not encode percent signs, which URLs would decode.
        url.set_password(Some(&password.replace('%', "%25"))).unwrap();
        let mut options = ConnectOptions::new(url.as_str());
        options.max_connections(1).acquire_timeout(Duration::from_secs(10)).sqlx_logging(false);
        Database::connect(options).await.map_err(|error| error.to_string())
    }

    /// Returns whether the user can sign in. Panics at any error except a refusal.
    async fn admits(&self, user: &str, password: &str) -> bool {
        match self.sign_in(user, password).await {
            Ok(connection) => connection.close().await.is_ok(),
            Err(error) => {
                assert!(error.contains("Access denied") || error.contains("locked"), "{error}");
                false
            }
        }
    }

    async fn run(&self, sql: &str) {
        self.root.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    async fn texts(&self, sql: &str) -> Vec<String> {
        let rows =
            self.root.query_all_raw(Statement::from_string(DbBackend::MySql, sql)).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect()
    }

    /// Returns the hosts of the accounts with this name.
    async fn hosts(&self, user: &str) -> Vec<String> {
        self.texts(&format!(
            "SELECT CONVERT(Host USING utf8mb4) FROM mysql.user WHERE User = '{user}' ORDER BY Host"
        ))
        .await
    }

    async fn has_database(&self, name: &str) -> bool {
        let sql = format!(
            "SELECT CONVERT(SCHEMA_NAME USING utf8mb4) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = '{name}'"
        );
        !self.texts(&sql).await.is_empty()
    }
}

/// Sets administration URL and access hosts of the panel's default server on its page. An empty URL
/// keeps the stored one.
async fn set_administration(app: &TestApp, url: &str, hosts: &str) {
    let admin = app.signed_in("admin").await;
    let typed = [("admin_url", url), ("access_hosts", hosts)];
    admin.submit_and_follow("/mysql-servers/0/edit", "/mysql-servers/0", &typed).await;
}

/// Starts a panel and a server that it administers.
async fn panel_with_server() -> (TestApp, Remote) {
    let (app, remote) = (TestApp::spawn().await, Remote::start().await);
    set_administration(&app, remote.url.as_str(), "127.0.0.1").await;
    app.worker_run().await;
    (app, remote)
}

/// Adds a customer with a limit for databases, and runs their jobs.
async fn add_customer(app: &TestApp, login_name: &str, more: Value) -> Customer {
    let mut parameters = json!({ "mysqls": 5, "allowed_mysqlserver": [0] });
    let (Value::Object(all), Value::Object(more)) = (&mut parameters, more) else {
        panic!("objects")
    };
    all.extend(more);
    let customer = app.add("admin", with(login_name, parameters)).await.unwrap();
    app.worker_run().await;
    customer
}

/// Creates a database for a customer by SQL, because the panel has no page for it.
async fn add_database(app: &TestApp, remote: &Remote, customer: &Customer, name: &str) {
    remote.run(&format!("CREATE DATABASE `{name}`")).await;
    let id = customer.id;
    app.sql(&format!("INSERT INTO \"databases\" (customer_id, mysql_server_id, name, description) VALUES ({id}, 0, '{name}', '')")).await;
}

/// Returns the number of unfinished jobs for MySQL servers.
async fn open_jobs(app: &TestApp) -> i64 {
    app.count("jobs", "kind LIKE '%mysql%' AND state <> 'done'").await
}
