//! A Froxlor database for tests, with rows that SQL generates.

use super::schema::TABLES;
use crate::support::mariadb;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, Version};
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement,
};

/// 11:30 UTC on 1 March 2026, half an hour before the time of a test's clock.
pub const TODAY: i64 = 1_772_364_600;
/// The same time on the day before, which belongs to the month before.
pub const YESTERDAY: i64 = TODAY - 86_400;

/// Password of the customers whose hashes MariaDB cannot compute.
const ARGON2_PASSWORD: &str = "Old-secret-argon";
/// Number of hash types. Customer n has type n modulo this number.
pub const HASH_TYPES: u64 = 8;

/// The database of a Froxlor panel.
pub struct Panel {
    pub url: String,
    pub db: DatabaseConnection,
}

/// Returns the password of the customer with this number.
pub fn password(n: u64) -> String {
    if n % HASH_TYPES < 6 { format!("Old-secret-{n}") } else { ARGON2_PASSWORD.to_owned() }
}

/// Returns whether Froxlor has suspended the customer.
pub const fn is_suspended(n: u64) -> bool {
    n.is_multiple_of(50)
}

/// Returns whether the customer may not use Froxlor's panel.
pub const fn lacks_panel_access(n: u64) -> bool {
    n.is_multiple_of(97)
}

/// Returns a hash of [`ARGON2_PASSWORD`].
fn argon2_hash(algorithm: Algorithm) -> String {
    let params =
        Params::new(Params::MIN_M_COST, Params::MIN_T_COST, Params::MIN_P_COST, None).unwrap();
    Argon2::new(algorithm, Version::V0x13, params)
        .hash_password(ARGON2_PASSWORD.as_bytes())
        .unwrap()
        .to_string()
}

/// Returns the SQL of a hash of `password`. `n` decides the type of hash. Both arguments are SQL.
fn hash_sql(n: &str, password: &str) -> String {
    format!(
        "CASE {n} % {HASH_TYPES} WHEN 0 THEN ENCRYPT({password}, '$2y$04$abcdefghijklmnopqrstuu') \
         WHEN 1 THEN ENCRYPT({password}, '$2a$04$abcdefghijklmnopqrstuu') WHEN 2 THEN ENCRYPT({password}, '$5$rounds=1000$saltsalt$') \
         WHEN 3 THEN ENCRYPT({password}, '$6$rounds=1000$saltsalt$') WHEN 4 THEN ENCRYPT({password}, '$1$saltsalt$') \
         WHEN 5 THEN MD5({password}) WHEN 6 THEN '{}' ELSE '{}' END",
        argon2_hash(Algorithm::Argon2id),
        argon2_hash(Algorithm::Argon2i)
    )
}

impl Panel {
    /// Creates the tables with settings, PHP configurations and the admin `admin` only.
    pub async fn empty() -> Self {
        let url = mariadb::database().await;
        let mut options = ConnectOptions::new(&url);
        options.max_connections(1).sqlx_logging(false);
        let panel = Self { db: Database::connect(options).await.unwrap(), url };
        // Froxlor's own mode: MySQL adjusts invalid values instead of refusing them.
        panel.sql("SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION'").await;
        for table in TABLES {
            panel.sql(table).await;
        }
        for (group, name, value) in SETTINGS {
            panel.sql(&format!("INSERT INTO panel_settings (settinggroup, varname, value) VALUES ('{group}', '{name}', '{value}')")).await;
        }
        panel.sql("INSERT INTO panel_phpconfigs VALUES (1, 'System default', '/usr/bin/php-cgi', ''), (3, 'PHP 8.4', '/opt/php84/cgi', 'a=b')").await;
        panel.add_admins(1, 1, "admin", true).await;
        panel
    }

    /// Creates a regular panel: resellers from id 2 and customers from id 1, with all their
    /// records.
    pub async fn filled(resellers: u64, customers: u64) -> Self {
        let panel = Self::empty().await;
        panel.add_admins(2, resellers + 1, "seller", false).await;
        for sql in customer_records(resellers, customers) {
            panel.sql(&sql).await;
        }
        panel.update_counters_of_admins().await;
        panel
    }

    pub async fn sql(&self, sql: &str) {
        self.db.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// Returns the number that a query returns, or 0 for NULL.
    pub async fn number(&self, sql: &str) -> i64 {
        let row = self
            .db
            .query_one_raw(Statement::from_string(
                DbBackend::MySql,
                format!("SELECT CAST(({sql}) AS SIGNED) AS n"),
            ))
            .await;
        row.unwrap().unwrap().try_get::<Option<i64>>("", "n").unwrap().unwrap_or(0)
    }

    async fn add_admins(&self, from: u64, to: u64, name: &str, server_admin: bool) {
        let name =
            if server_admin { format!("'{name}'") } else { format!("CONCAT('{name}', seq)") };
        let hash = hash_sql("(seq + 1)", "CONCAT('Old-secret-', seq + 1)");
        self.sql(&format!(
            "INSERT INTO panel_admins (adminid, loginname, password, name, email, def_language, customers, customers_see_all, domains, \
             caneditphpsettings, change_serversettings, diskspace, mysqls, emails, email_accounts, email_forwarders, email_quota, ftps, \
             subdomains, traffic) \
             SELECT seq, {name}, {hash}, CONCAT('Desk ', seq), CONCAT('desk', seq, '@provider.example'), IF(seq % 2 = 0, 'de', 'en'), -1, {s}, \
             -1, {s}, {s}, -1024, -1, -1, -1, -1, -1, -1, -1, -1048576 FROM seq_{from}_to_{to}",
            s = u8::from(server_admin)
        ))
        .await;
    }

    /// Sets the counters of admins to the sums that Froxlor calculates.
    pub async fn update_counters_of_admins(&self) {
        let sum = |column: &str| format!("SUM(GREATEST({column}, 0)) AS {column}");
        let columns = [
            "diskspace",
            "subdomains",
            "emails",
            "email_accounts",
            "email_forwarders",
            "email_quota",
            "ftps",
            "mysqls",
        ];
        let sums: Vec<String> = columns.iter().map(|column| sum(column)).collect();
        let sets: Vec<String> =
            columns.iter().map(|column| format!("a.{column}_used = c.{column}")).collect();
        self.sql(&format!(
            "UPDATE panel_admins a JOIN (SELECT adminid, COUNT(*) AS n, {} FROM panel_customers GROUP BY adminid) c USING (adminid) \
             SET a.customers_used = c.n, {}",
            sums.join(", "),
            sets.join(", ")
        ))
        .await;
        self.sql(
            "UPDATE panel_admins a JOIN (SELECT c.adminid, COUNT(*) AS n FROM panel_domains d JOIN panel_customers c USING (customerid) \
             WHERE d.parentdomainid = 0 AND d.id <> c.standardsubdomain GROUP BY c.adminid) d USING (adminid) SET a.domains_used = d.n",
        )
        .await;
    }
}

const SETTINGS: [(&str, &str, &str); 16] = [
    ("panel", "version", "2.3.4"),
    ("panel", "db_version", "202512280"),
    ("customer", "accountprefix", "kd"),
    ("system", "lastguid", "30000"),
    ("system", "lastaccountnumber", "40000"),
    ("system", "hostname", "panel.provider.example"),
    ("system", "stdsubdomain", ""),
    ("system", "mail_quota_enabled", "1"),
    ("system", "mail_quota", "100"),
    ("panel", "standardlanguage", "Deutsch"),
    ("panel", "password_min_length", "0"),
    ("login", "maxloginattempts", "5"),
    ("login", "deactivatetime", "600"),
    ("api", "enabled", "0"),
    ("session", "sessiontimeout", "1800"),
    ("phpfpm", "enabled", "1"),
];

/// Returns the SQL of customers 1 to `customers` with correct counters, of their records, and of
/// plans and other rows of the panel.
fn customer_records(resellers: u64, customers: u64) -> Vec<String> {
    let hash = hash_sql("seq", "CONCAT('Old-secret-', seq)");
    let from_all = format!("FROM seq_1_to_{customers}");
    let ftp = "'$5$saltsaltsalt$pYPyjNJhjxKk.2hyM1S3Mw98aWnX1B59vlzwYtD17jC'";
    let suspended = "seq % 50 = 0";
    vec![
        format!(
            "INSERT INTO panel_customers (customerid, loginname, password, adminid, name, firstname, gender, company, street, zipcode, city, \
             phone, email, customernumber, def_language, diskspace, diskspace_used, traffic, traffic_used, subdomains, subdomains_used, \
             emails, emails_used, email_accounts, email_accounts_used, email_forwarders, email_forwarders_used, email_quota, \
             email_quota_used, ftps, ftps_used, mysqls, mysqls_used, documentroot, standardsubdomain, guid, deactivated, phpenabled, \
             lastlogin_succ, pop3, imap, perlenabled, theme, custom_notes, custom_notes_show, allowed_phpconfigs, api_allowed, \
             shell_allowed, logviewenabled, allowed_mysqlserver, gui_access) \
             SELECT seq, CONCAT('kd', seq), {hash}, IF(seq % 40 = 0, 1, 2 + seq % {resellers}), CONCAT('Name ', seq), 'Ann', seq % 3, \
             IF(seq % 3 = 0, 'Firma & Söhne', ''), 'Straße 1', '12345', 'Köln', '+49 221 1', CONCAT('ann', seq, '@kunde.example'), \
             CONCAT('KD ', seq), IF(seq % 2 = 0, 'de', 'English'), IF(seq % 7 = 0, -1024, (1000 + seq) * 1024), 1250 + seq, \
             IF(seq % 11 = 0, -1048576, 10485760), 3007, IF(seq % 13 = 0, -1, 10), seq % 2 = 0, 20, 1, 5, 1, 5, seq % 4 = 0, 500, 50, 3, \
             seq % 5 = 0, 4, seq % 2, CONCAT('/var/customers/webs/kd', seq, '/'), IF(seq % 3 = 0, 40000 + seq, 0), 10000 + seq, {suspended}, 1, \
             IF(seq % 2 = 0, {YESTERDAY}, 0), 1, seq % 6 <> 0, 0, IF(seq % 2 = 0, 'Froxlor_dark', 'Froxlor'), \
             CONCAT('Note *', seq, '*'), 1, IF(seq % 2 = 0, '[1,3]', '[\"3\"]'), 1, seq % 2, 1, IF(seq % 2 = 0, '[0]', '{{\"1\":2,\"2\":1}}'), \
             seq % 97 <> 0 {from_all}"
        ),
        format!(
            "INSERT INTO panel_domains (id, domain, adminid, customerid, documentroot, isemaildomain, phpenabled, openbasedir, deactivated, \
             add_date) SELECT seq, CONCAT('kunde', seq, '.example'), 1, seq, CONCAT('/var/customers/webs/kd', seq, '/'), 1, 1, 1, {suspended}, \
             {YESTERDAY} {from_all}"
        ),
        format!(
            "INSERT INTO panel_domains (id, domain, customerid, documentroot, parentdomainid, openbasedir, deactivated) \
             SELECT 20000 + seq, CONCAT('shop.kunde', seq, '.example'), seq, 'https://elsewhere.example/', seq, 1, {suspended} {from_all} \
             WHERE seq % 2 = 0"
        ),
        format!(
            "INSERT INTO panel_domains (id, domain, customerid, documentroot, openbasedir, deactivated) SELECT 40000 + seq, \
             CONCAT('kd', seq, '.panel.provider.example'), seq, CONCAT('/var/customers/webs/kd', seq, '/'), 1, {suspended} {from_all} WHERE seq % 3 = 0"
        ),
        format!(
            "INSERT INTO ftp_users (id, username, uid, gid, password, homedir, login_enabled, customerid, description) \
             SELECT seq, CONCAT('kd', seq), 10000 + seq, 10000 + seq, {ftp}, CONCAT('/var/customers/webs/kd', seq, '/'), \
             IF({suspended}, 'N', 'Y'), seq, 'Default' {from_all}"
        ),
        format!(
            "INSERT INTO ftp_users (id, username, uid, gid, password, homedir, login_enabled, customerid) \
             SELECT 20000 + seq, CONCAT('kd', seq, 'ftp1'), 10000 + seq, 10000 + seq, {ftp}, CONCAT('/var/customers/webs/kd', seq, '/sub/'), \
             'N', seq {from_all} WHERE seq % 5 = 0"
        ),
        format!(
            "INSERT INTO ftp_groups (id, groupname, gid, members, customerid) SELECT seq, CONCAT('kd', seq), 10000 + seq, \
             CONCAT('kd', seq, ',www-data'), seq {from_all}"
        ),
        format!(
            "INSERT INTO mail_users (id, email, username, password, password_enc, postfix, domainid, customerid, quota, pop3, imap) \
             SELECT seq, CONCAT('info@kunde', seq, '.example'), CONCAT('info@kunde', seq, '.example'), 'Clear-text-mail', {ftp}, \
             IF({suspended}, 'N', 'Y'), seq, seq, 50, NOT {suspended}, NOT {suspended} AND seq % 6 <> 0 {from_all}"
        ),
        format!(
            "INSERT INTO mail_virtual (id, email, email_full, destination, domainid, customerid, popaccountid, iscatchall) \
             SELECT seq, IF(seq % 9 = 0, CONCAT('@kunde', seq, '.example'), CONCAT('info@kunde', seq, '.example')), \
             CONCAT('info@kunde', seq, '.example'), \
             CONCAT('info@kunde', seq, '.example', IF(seq % 4 = 0, ' other@elsewhere.example', '')), seq, seq, seq, seq % 9 = 0 {from_all}"
        ),
        format!(
            "INSERT INTO panel_databases (id, customerid, databasename, description, dbserver) \
             SELECT seq, seq, CONCAT('kd', seq, 'sql1'), 'Shop', seq % 3 {from_all} WHERE seq % 2 = 1"
        ),
        format!(
            "INSERT INTO api_keys (id, adminid, customerid, apikey, secret, allowed_from, valid_until) SELECT seq, 1, seq, \
             SHA2(CONCAT('key', seq), 256), SHA2(CONCAT('secret', seq), 512), IF(seq % 20 = 0, '192.0.2.1,2001:db8::/32', ''), \
             IF({suspended}, 0, IF(seq % 30 = 0, {TODAY} + 86400, -1)) {from_all} WHERE seq % 10 = 0"
        ),
        format!(
            "INSERT INTO panel_diskspace (customerid, year, month, day, stamp, webspace, mail, mysql) \
             SELECT seq, 2026, 2, 28, {YESTERDAY}, 5, 6, 7 {from_all}"
        ),
        format!(
            "INSERT INTO panel_diskspace (customerid, year, month, day, stamp, webspace, mail, mysql) \
             SELECT seq, 2026, 3, 1, {TODAY}, 1000 + seq, 200, 50 {from_all}"
        ),
        format!(
            "INSERT INTO panel_traffic (customerid, year, month, day, stamp, http, ftp_up, ftp_down, mail) \
             SELECT seq, 2026, 2, 28, {YESTERDAY}, 9, 9, 9, 9 {from_all}"
        ),
        format!(
            "INSERT INTO panel_traffic (customerid, year, month, day, stamp, http, ftp_up, ftp_down, mail) \
             SELECT seq, 2026, 3, 1, {TODAY}, 3000, 1, 2, 4 {from_all}"
        ),
        "INSERT INTO panel_plans (id, adminid, name, description, value, ts) SELECT adminid, adminid, CONCAT('Plan ', adminid), 'Good', \
         '{\"diskspace\":\"500\",\"traffic\":-1,\"subdomains\":3,\"emails\":\"-1\",\"email_quota\":10,\"email_imap\":1,\"email_pop3\":\"0\",\
         \"ftps\":2,\"mysqls\":1,\"phpenabled\":\"1\",\"allowed_phpconfigs\":[\"1\",\"9\"],\"logviewenabled\":true}', 1772280000 \
         FROM panel_admins"
            .to_owned(),
        "INSERT INTO panel_htpasswds (customerid, path, username) VALUES (1, '/x', 'x')".to_owned(),
        "INSERT INTO panel_settings (settinggroup, varname, value) VALUES ('system', 'mysql_root_password', 'Hidden-in-a-setting')".to_owned(),
    ]
}
