//! FTP: customers sign in to a real ProFTPD, which reads the panel's accounts.

use crate::support::TestApp;
use crate::support::database::{self, Engine};
use crate::support::ftp::FtpServer;
use crate::support::mail::mailed_password;
use crate::support::make::PASSWORD;
use clientele::domain::customer::FileRemoval;
use sea_orm::{ConnectionTrait as _, Database, Statement};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use url::Url;

/// A panel whose homes FTP users can reach, and the file of accounts for the server.
struct FtpPanel {
    app: TestApp,
    accounts: PathBuf,
}

impl FtpPanel {
    async fn new() -> Self {
        let app = TestApp::spawn().await;
        let accounts = app.dir().join("ftp-accounts.db");
        // Customers need access to directories below it.
        std::fs::set_permissions(app.dir(), std::fs::Permissions::from_mode(0o711)).unwrap();
        Self { app, accounts }
    }

    /// Runs the jobs and updates the file of accounts, like a worker.
    async fn run_jobs(&self) {
        let worker = self.app.worker().with_ftp_accounts(Some(self.accounts.clone()));
        worker.run_until_empty().await.unwrap();
    }

    async fn start_server(&self) -> FtpServer {
        self.run_jobs().await;
        let dir = self.app.dir();
        if database::engine() == Engine::Sqlite {
            return FtpServer::start(&dir, "sqlite", &self.accounts.display().to_string()).await;
        }
        let (url, user) = self.create_database_user().await;
        let name = if database::engine() == Engine::Postgres { "postgresql" } else { "mariadb" };
        let connect = format!(
            "{}@127.0.0.1:{} {user} {READER_PASSWORD}",
            &url.path()[1..],
            url.port().unwrap()
        );
        FtpServer::start(&dir, name, &connect).await
    }

    /// Creates the database user that the configuration's README describes, who can read the two
    /// views only. Returns the database's URL and the user's name.
    async fn create_database_user(&self) -> (Url, String) {
        // A database that is used again still has the grants of an earlier user.
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let url: Url = self.app.fresh.url.parse().unwrap();
        let name = &url.path()[1..];
        let user = format!("ftp_{name}_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        if database::engine() == Engine::Postgres {
            self.app.sql(&format!("CREATE ROLE {user} LOGIN PASSWORD '{READER_PASSWORD}'")).await;
            self.app
                .sql(&format!("GRANT SELECT ON ftp_accounts, ftp_account_groups TO {user}"))
                .await;
        } else {
            self.app
                .sql(&format!(
                    "CREATE OR REPLACE USER {user}@'127.0.0.1' IDENTIFIED BY '{READER_PASSWORD}'"
                ))
                .await;
            for view in ["ftp_accounts", "ftp_account_groups"] {
                self.app.sql(&format!("GRANT SELECT ON {name}.{view} TO {user}@'127.0.0.1'")).await;
            }
        }
        (url, user)
    }
}

/// The password of the FTP server's database user.
const READER_PASSWORD: &str = "Only-the-views-1";

#[tokio::test]
async fn the_ftp_servers_user_sees_the_views_and_nothing_else() {
    if database::engine() == Engine::Sqlite {
        // SQLite has no users, so the server gets a file that contains the accounts only.
        let panel = FtpPanel::new().await;
        panel.app.customer("meier").await;
        panel.run_jobs().await;
        let copy = Database::connect(format!("sqlite://{}?mode=ro", panel.accounts.display()))
            .await
            .unwrap();
        let tables = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name";
        let rows = copy
            .query_all_raw(Statement::from_string(copy.get_database_backend(), tables))
            .await
            .unwrap();
        let names: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        assert_eq!(names, ["ftp_account_groups", "ftp_accounts"]);
        let mode = std::fs::metadata(&panel.accounts).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        return;
    }
    let panel = FtpPanel::new().await;
    panel.app.customer("meier").await;
    let (mut url, user) = panel.create_database_user().await;
    url.set_username(&user).unwrap();
    url.set_password(Some(READER_PASSWORD)).unwrap();
    let reader = Database::connect(url.as_str()).await.unwrap();
    let statement = |sql: &str| Statement::from_string(reader.get_database_backend(), sql);
    assert_eq!(
        reader.query_all_raw(statement("SELECT username FROM ftp_accounts")).await.unwrap().len(),
        1
    );
    for sql in [
        "SELECT 1 FROM customers",
        "SELECT 1 FROM ftp_users",
        "SELECT 1 FROM logins",
        "DELETE FROM ftp_accounts",
    ] {
        assert!(reader.query_all_raw(statement(sql)).await.is_err(), "{sql}");
    }
}

#[tokio::test]
#[ignore = "needs proftpd-core and proftpd-mod-sqlite, -mysql or -pgsql"]
async fn the_emailed_password_is_valid_for_ftp_until_the_customer_is_suspended_or_deleted() {
    let panel = FtpPanel::new().await;
    let (app, server) = (&panel.app, panel.start_server().await);
    let admin = app.signed_in("admin").await;
    let typed = [
        ("new_loginname", "meier"),
        ("email", "m@example.com"),
        ("company", "M"),
        ("sendpassword", "1"),
        ("store_defaultindex", "1"),
    ];
    admin.submit_and_follow("/customers/new", "/customers", &typed).await;
    panel.run_jobs().await;
    let password = mailed_password(&app.last_mail().text);
    let mut meier = server
        .sign_in("meier", &password)
        .unwrap_or_else(|error| panic!("{error}\n{}", server.log()));
    let list = meier.list().unwrap();
    assert!(list.contains("index.html"), "{list}");
    meier
        .put("hello.txt", b"from afar")
        .unwrap_or_else(|error| panic!("{error}\n{}", server.log()));
    meier.send_command("MKD pictures").unwrap();
    meier.put("pictures/a.bin", &vec![7; 100_000]).unwrap();
    assert_eq!(meier.get("hello.txt").unwrap(), b"from afar");

    let home = app.home("meier");
    let (file, folder) =
        (home.join("hello.txt").metadata().unwrap(), home.join("pictures").metadata().unwrap());
    assert_eq!((file.mode() & 0o7777, folder.mode() & 0o7777), (0o640, 0o750));
    assert_eq!(std::fs::read(home.join("hello.txt")).unwrap(), b"from afar");
    if rustix::process::geteuid().is_root() {
        let guid = u32::try_from(app.get("admin", "meier").await.unwrap().guid).unwrap();
        assert_eq!((file.uid(), file.gid(), folder.uid(), folder.gid()), (guid, guid, guid, guid));
        assert!(
            meier.send_command("CWD /etc").is_err(),
            "a customer sees their home and nothing else"
        );
        meier.send_command("CWD ..").unwrap();
        assert!(meier.send_command("PWD").unwrap().contains("\"/\""), "the home is the root");
    }

    admin.submit_and_follow("/customers/meier", "/customers/meier/suspend", &[]).await;
    panel.run_jobs().await;
    assert!(!server.admits("meier", &password), "suspended");
    admin.submit_and_follow("/customers/meier", "/customers/meier/resume", &[]).await;
    panel.run_jobs().await;
    assert!(server.admits("meier", &password), "resumed");
    assert!(
        !server.admits("meier", "Wrong-password-1")
            && !server.admits("nobody", &password)
            && !server.admits("root", "x")
    );
    app.delete("admin", "meier", FileRemoval::Keep).await.unwrap();
    panel.run_jobs().await;
    assert!(!server.admits("meier", &password), "deleted");
    assert!(home.join("hello.txt").exists(), "the files are kept");
}

#[tokio::test]
#[ignore = "needs proftpd-core and proftpd-mod-sqlite, -mysql or -pgsql"]
async fn a_new_password_for_ftp_replaces_the_old_one() {
    let panel = FtpPanel::new().await;
    let (app, server) = (&panel.app, panel.start_server().await);
    app.customer("meier").await;
    panel.run_jobs().await;
    assert!(server.admits("meier", PASSWORD));
    let meier = app.signed_in("meier").await;
    let new = [
        ("old_password", PASSWORD),
        ("new_password", "By-the-customer-22"),
        ("new_password_confirm", "By-the-customer-22"),
        ("ftp_password", "1"),
    ];
    meier.submit_and_follow("/account", "/account/password", &new).await;
    panel.run_jobs().await;
    assert!(!server.admits("meier", PASSWORD), "the old one");
    assert!(server.admits("meier", "By-the-customer-22"));
}

#[tokio::test]
#[ignore = "needs proftpd-core and proftpd-mod-sqlite, -mysql or -pgsql"]
async fn hostile_names_cannot_sign_in() {
    let panel = FtpPanel::new().await;
    let (app, server) = (&panel.app, panel.start_server().await);
    app.customer("meier").await;
    panel.run_jobs().await;
    for name in [
        "' OR '1'='1",
        "meier'--",
        "\\' OR 1=1 -- ",
        "meier' UNION SELECT 'x','$6$x',0,0,'/','/bin/sh' --",
        "%",
        "mei_r",
        "MEIER\0",
    ] {
        assert!(!server.admits(name, PASSWORD), "{name}");
    }
    assert!(server.admits("meier", PASSWORD));
}

#[tokio::test]
async fn the_views_contain_only_accounts_that_can_sign_in() {
    let panel = FtpPanel::new().await;
    let app = &panel.app;
    let meier = app.customer("meier").await;
    app.customer("mueller").await;
    let id = meier.id;
    app.sql(&format!(
        "INSERT INTO ftp_users (customer_id, username, password_hash, uid, gid, home_dir, shell, login_enabled, is_default, description, created_at) \
         VALUES ({id}, 'meierftp1', 'x', 10000, 10000, '/', '', FALSE, FALSE, '', 0)"
    ))
    .await;
    let shown = async || app.texts("SELECT username FROM ftp_accounts ORDER BY username").await;
    assert_eq!(shown().await, ["meier", "mueller"]);
    app.suspend("admin", "meier", true).await.unwrap();
    assert_eq!(shown().await, ["mueller"]);
    assert_eq!(app.texts("SELECT name FROM ftp_account_groups").await, ["mueller"]);
    app.sql("UPDATE ftp_users SET login_enabled = TRUE WHERE username = 'meierftp1'").await;
    app.suspend("admin", "meier", false).await.unwrap();
    assert_eq!(shown().await, ["meier", "meierftp1", "mueller"]);
    app.delete("admin", "meier", FileRemoval::Keep).await.unwrap();
    assert_eq!(shown().await, ["mueller"]);
}
