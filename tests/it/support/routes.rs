//! The registered routes of the program, and values for their parameters.

use super::TestApp;
use super::make::with;
use clientele::edge::routing::Endpoint;
use clientele::server;
use serde_json::json;

/// A method and a path with parameters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    pub path: String,
    pub method: String,
    /// The path with the patterns that its parameters must match.
    pub pattern: String,
}

impl Route {
    fn new(endpoint: &Endpoint) -> Self {
        Self {
            path: without_patterns(&endpoint.path),
            method: endpoint.method.to_string(),
            pattern: endpoint.path.clone(),
        }
    }
}

/// Returns every route.
/// `permissions::every_route_has_the_reviewed_status_for_every_role` asserts the complete list.
pub fn all() -> Vec<Route> {
    sorted(&server::endpoints().concat())
}

/// Returns every route that handles `GET`.
pub fn pages() -> Vec<Route> {
    all().into_iter().filter(|route| route.method == "GET").collect()
}

/// Returns every route that takes a form: it handles `POST` and reads the session.
pub fn forms() -> Vec<Route> {
    let [panel, _] = server::endpoints();
    sorted(&panel).into_iter().filter(|route| route.method == "POST").collect()
}

fn sorted(endpoints: &[Endpoint]) -> Vec<Route> {
    let mut routes: Vec<Route> = endpoints.iter().map(Route::new).collect();
    routes.sort();
    assert!(routes.windows(2).all(|pair| pair[0] != pair[1]), "a route twice: {routes:?}");
    assert_ne!(routes, []);
    routes
}

/// Removes the patterns: `{id:\d+}` becomes `{id}`.
fn without_patterns(path: &str) -> String {
    let (mut plain, mut depth, mut in_pattern) = (String::new(), 0, false);
    for c in path.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ':' if depth == 1 => in_pattern = true,
            _ => {}
        }
        in_pattern &= depth > 0;
        if !in_pattern {
            plain.push(c);
        }
    }
    plain
}

/// Records that the parameters of routes refer to.
pub struct Fixture {
    plan: i64,
    job: i64,
    php_config: i64,
    mysql_server: i64,
    /// Keys at `/account`, `/customers` and `/admins`.
    api_keys: [i64; 3],
    webhook: i64,
    delivery: i64,
    /// An import of the server admin.
    import_run: i64,
}

impl Fixture {
    /// Creates the resellers `owner` and `other` with a customer each, `theirs` and `someone`.
    /// Creates the reseller `spare`, to whom the routes at `/admins` refer, and the admin `viewer`,
    /// who sees all customers but cannot change settings.
    pub async fn make(app: &TestApp) -> Self {
        app.reseller("owner", &[]).await;
        app.reseller("other", &[]).await;
        app.reseller("spare", &[]).await;
        app.make_admin("viewer").await;
        app.sql("UPDATE admins SET change_serversettings = FALSE WHERE login_name = 'viewer'")
            .await;
        let notes = json!({ "custom_notes": "pays late", "email_imap": 1, "emails": 5 });
        app.add("owner", with("theirs", notes)).await.unwrap();
        app.customer_of("other", "someone").await;
        let mut fixture = Self {
            plan: 0,
            job: 0,
            php_config: 0,
            mysql_server: 0,
            api_keys: [0; 3],
            webhook: 0,
            delivery: 0,
            import_run: 0,
        };
        app.sql(
            "INSERT INTO import_runs (login_id, seal_key, state, stage, rows_total, rows_done, address, created_at, expires_at) \
             SELECT id, 'k', 'adding', 'hashing', 1200, 300, '', 0, 99999999999 FROM logins WHERE name_key = 'admin'",
        )
        .await;
        fixture.import_run = app.number("SELECT MAX(id) FROM import_runs").await;
        fixture.renew(app).await;
        fixture
    }

    /// Creates new records in place of those that a request may have removed or changed: a plan of
    /// `owner`, a failed job for `theirs`, API keys, and records of the provider. Resumes and
    /// unlocks the customers.
    pub async fn renew(&mut self, app: &TestApp) {
        self.plan = app.plan("owner", "Gold", &[("emails", "5")]).await;
        app.sql(
            "INSERT INTO jobs (kind, customer_id, subject, payload, state, attempts, run_at, created_at, last_error) \
             SELECT kind, customer_id, subject, payload, 'failed', 9, run_at, created_at, 'refused' FROM jobs \
             WHERE id = (SELECT MIN(id) FROM jobs WHERE subject = 'theirs')",
        )
        .await;
        self.job = app.number("SELECT MAX(id) FROM jobs").await;
        self.mysql_server = app.number("SELECT MAX(id) + 1 FROM mysql_servers").await;
        let id = self.mysql_server;
        app.sql(&format!("INSERT INTO mysql_servers (id, name, host, port, created_at) VALUES ({id}, 'db{id}', 'db{id}', 3306, 0)")).await;
        let php = "INSERT INTO php_configs (description, \"binary\", php_ini, created_at) VALUES ('PHP', '/usr/bin/php-cgi', '', 0)";
        app.sql(php).await;
        self.php_config = app.number("SELECT MAX(id) FROM php_configs").await;
        self.renew_webhook(app).await;
        let [theirs, spare] =
            [Self::api_key(app, "theirs").await, Self::api_key(app, "spare").await];
        self.api_keys = [theirs, theirs, spare];
        app.sql("UPDATE customers SET suspended = FALSE").await;
        app.sql("UPDATE logins SET failed_count = 0").await;
    }

    /// Creates a webhook with a failed delivery.
    async fn renew_webhook(&mut self, app: &TestApp) {
        let label =
            format!("Web server {}", app.number("SELECT COALESCE(MAX(id), 0) FROM webhooks").await);
        app.sql(&format!("INSERT INTO webhooks (label, url, secret, events, enabled, created_at, updated_at) VALUES ('{label}', 'https://hooks.invalid/a-long-path/for/events?of=customers', '', 'customer.added', FALSE, 0, 0)")).await;
        self.webhook = app.number("SELECT MAX(id) FROM webhooks").await;
        let id = self.webhook;
        app.sql(&format!("INSERT INTO events (message_id, name, subject, payload, created_at) VALUES ('evt_{id:024}', 'customer.added', 'theirs', '{{}}', 0)")).await;
        let event = app.number("SELECT MAX(id) FROM events").await;
        let job = "INSERT INTO jobs (kind, subject, payload, state, attempts, run_at, created_at, last_error) \
                   VALUES ('deliver_webhook', 'theirs', '{}', 'failed', 14, 0, 0, 'The endpoint responded with 503')";
        app.sql(job).await;
        let job = app.number("SELECT MAX(id) FROM jobs").await;
        app.sql(&format!("INSERT INTO deliveries (event_id, webhook_id, receiver, job_id, last_status, created_at) VALUES ({event}, {id}, 'webhook/{id}', {job}, 503, 0)")).await;
        self.delivery = app.number("SELECT MAX(id) FROM deliveries").await;
    }

    /// Makes the key at `/account` a key of this account.
    pub async fn own_key_of(&mut self, app: &TestApp, login_name: &str) {
        self.api_keys[0] = Self::api_key(app, login_name).await;
    }

    /// Adds a key that was used, has expired, and has every restriction. Returns its id.
    async fn api_key(app: &TestApp, login_name: &str) -> i64 {
        let next = app.number("SELECT COALESCE(MAX(id), 0) + 1 FROM api_keys").await;
        let restrictions =
            "'Shop', '192.0.2.0/24, 2001:db8:1234:5678:9abc:def0:1234:5678', TRUE, 0, 86399, 9";
        let sql = format!(
            "INSERT INTO api_keys \
             (login_id, api_key, secret_digest, label, allowed_from, read_only, created_at, expires_at, last_used_at) \
             SELECT id, '{next:064x}', 'digest-of-key-{next}', {restrictions} FROM logins WHERE name_key = '{login_name}'"
        );
        assert_eq!(app.sql(&sql).await, 1);
        app.number("SELECT MAX(id) FROM api_keys").await
    }

    /// Returns a path with a value in place of each parameter.
    pub fn path(&self, pattern: &str) -> String {
        let noun = pattern.split('/').nth(1).unwrap_or_default();
        let id = match noun {
            "account" => self.api_keys[0],
            "customers" if pattern.starts_with("/customers/import") => self.import_run,
            "customers" => self.api_keys[1],
            "admins" => self.api_keys[2],
            "plans" => self.plan,
            "jobs" => self.job,
            "php-configs" => self.php_config,
            "mysql-servers" => self.mysql_server,
            "webhooks" if pattern.starts_with("/webhooks/deliveries") => self.delivery,
            "webhooks" => self.webhook,
            _ => 0,
        };
        let name = if noun == "admins" { "spare" } else { "theirs" };
        let path = pattern
            .replace("{loginname}", name)
            .replace("{id}", &id.to_string())
            .replace("{token}", "no-such-token")
            .replace("{file}", "no-such-file.css")
            .replace("{kind}", "welcome")
            .replace("{language}", "en")
            .replace("{command}", "Customers.get");
        assert!(!path.contains('{'), "no value for a parameter of {pattern}");
        path
    }
}
