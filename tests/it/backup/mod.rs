//! `clientele backup` and `clientele restore`.

mod bombs;
mod encryption;

use crate::support::database::{self, Engine};
use crate::support::program::{Installation, said};
use crate::support::wait::until_true;
use crate::support::{TestApp, mariadb, postgres};
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, FromQueryResult as _, JsonValue, Statement,
};
use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

fn backup(installation: &Installation, file: &Path) {
    let output = installation.run(&["backup", file.to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
}

/// Creates an age key beside the file, and a backup that is encrypted for it. Returns the file of
/// the key.
fn back_up_encrypted(installation: &Installation, file: &Path) -> PathBuf {
    use age::secrecy::ExposeSecret as _;
    let key = age::x25519::Identity::generate();
    let identity = file.with_extension("key");
    std::fs::write(&identity, key.to_string().expose_secret()).unwrap();
    std::fs::set_permissions(&identity, std::fs::Permissions::from_mode(0o600)).unwrap();
    let output = installation.run(&[
        "backup",
        file.to_str().unwrap(),
        "--recipient",
        &key.to_public().to_string(),
    ]);
    assert!(output.status.success(), "{}", said(&output));
    identity
}

fn restore(file: &Path) -> (Installation, Output) {
    restore_into(Installation::bare(), file)
}

fn restore_into(installation: Installation, file: &Path) -> (Installation, Output) {
    let output = installation.run(&["restore", file.to_str().unwrap()]);
    (installation, output)
}

async fn texts(database: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = database
        .query_all_raw(Statement::from_string(database.get_database_backend(), sql))
        .await
        .unwrap();
    rows.iter()
        .map(|row| row.try_get_by_index::<Option<String>>(0).unwrap().unwrap_or_default())
        .collect()
}

/// Returns all rows of the tables that backups contain.
async fn all_rows(installation: &Installation) -> BTreeMap<String, Vec<String>> {
    let database = installation.raw().await;
    let tables = match database::engine() {
        Engine::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'customers_search%'"
        }
        Engine::Postgres => {
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        }
        Engine::Mariadb => {
            "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'"
        }
    };
    let excluded = [
        "import_parts",
        "import_runs",
        "imports",
        "outages",
        "password_resets",
        "seaql_migrations",
        "sessions",
        "submissions",
        "throttles",
    ];
    let mut all = BTreeMap::new();
    for table in texts(&database, tables)
        .await
        .into_iter()
        .filter(|table| !excluded.contains(&table.as_str()))
    {
        let statement = Statement::from_string(
            database.get_database_backend(),
            format!("SELECT * FROM \"{table}\""),
        );
        let mut rows: Vec<String> = JsonValue::find_by_statement(statement)
            .all(&database)
            .await
            .unwrap()
            .iter()
            .map(JsonValue::to_string)
            .collect();
        rows.sort_unstable();
        all.insert(table, rows);
    }
    all
}

#[tokio::test]
async fn a_restored_backup_contains_all_data() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "60"]).status.success());
    let file = from.path().join("backup.gz.age");
    let identity = back_up_encrypted(&from, &file);
    assert_eq!(
        std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600,
        "it holds secrets"
    );
    let to = Installation::bare();
    let output =
        to.run(&["restore", file.to_str().unwrap(), "--identity", identity.to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(all_rows(&from).await, all_rows(&to).await);
    let key = |installation: &Installation| {
        std::fs::read_to_string(installation.data().join("secret.key")).unwrap()
    };
    assert_eq!(key(&from), key(&to), "sealed values can be opened");
    let doctor = to.run(&["doctor"]);
    assert!(!said(&doctor).contains("counter"), "{}", said(&doctor));
    // Sequences continue after the restored rows.
    let arguments = [
        "customers",
        "add",
        "--email",
        "new@example.com",
        "--name",
        "New",
        "--firstname",
        "One",
        "--json",
    ];
    let added = to.run(&arguments);
    assert!(added.status.success(), "{}", said(&added));
}

#[tokio::test]
async fn a_subdomain_can_come_before_its_domain() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "500"]).status.success());
    // MySQL reads a table that it changes only through derived tables.
    let sql = "UPDATE domains SET parent_id = (SELECT id FROM (SELECT MAX(id) AS id FROM domains) AS newest) \
         WHERE id = (SELECT id FROM (SELECT MIN(id) AS id FROM domains) AS oldest)";
    assert_eq!(from.raw().await.execute_unprepared(sql).await.unwrap().rows_affected(), 1);
    let before = all_rows(&from).await;
    assert!(before["domains"].len() > 500, "one statement must not insert both rows");
    let file = from.path().join("backup.gz");
    backup(&from, &file);
    let (to, output) = restore(&file);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(before, all_rows(&to).await);
}

#[tokio::test]
#[ignore = "needs postgresql and mariadb-server"]
async fn a_backup_can_be_restored_on_every_engine() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "60"]).status.success());
    let urls =
        [postgres::url(&postgres::make(false).await), mariadb::url(&mariadb::make(false).await)];
    let mut file = from.path().join("backup.gz");
    backup(&from, &file);
    // Keep each installation as long as its file is needed.
    let mut installations = Vec::new();
    for url in urls {
        let (restored, output) =
            restore_into(Installation::bare().with("CLIENTELE_DATABASE_URL", &url), &file);
        assert!(output.status.success(), "{}", said(&output));
        let doctor = said(&restored.run(&["doctor"]));
        assert!(!doctor.contains("counter") && !doctor.contains("schema"), "{doctor}");
        let email = format!("more{}@example.com", installations.len());
        let added = restored.run(&[
            "customers",
            "add",
            "--email",
            &email,
            "--name",
            "More",
            "--firstname",
            "One",
        ]);
        assert!(
            added.status.success(),
            "sequences continue after the restored rows: {}",
            said(&added)
        );
        file = restored.path().join("backup.gz");
        backup(&restored, &file);
        installations.push(restored);
    }
    let (to, output) = restore(&file);
    assert!(output.status.success(), "{}", said(&output));
    let (before, after) = (all_rows(&from).await, all_rows(&to).await);
    for table in ["logins", "customers", "domains", "ftp_users", "plans", "admins"] {
        let lost: Vec<_> = before[table].iter().filter(|row| !after[table].contains(row)).collect();
        // The counters of the admin who added two customers in the meantime have increased.
        assert_eq!(lost.len(), usize::from(table == "admins"), "{table}: {lost:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_during_writes_is_consistent() {
    let from = Installation::new();
    let program = from.serve().await;
    let password = program.first_password().unwrap();
    let client = program.browser();
    assert_eq!(client.sign_in("admin", &password).await.status, 303);
    let adding = tokio::spawn(async move {
        for number in 0..40 {
            let page = client.open("/customers/new").await;
            let form = page
                .form("/customers")
                .with("email", &format!("n{number}@example.com"))
                .with("company", "Ltd");
            assert_eq!(client.post(&form).await.status, 303);
        }
    });
    let database = from.raw().await;
    let count = async || {
        texts(&database, "SELECT CAST(COUNT(*) AS CHAR(9)) FROM customers").await[0]
            .trim()
            .parse::<u32>()
            .unwrap()
    };
    for minimum in [3, 12, 25] {
        until_true("some customers", Duration::from_mins(1), async || count().await >= minimum)
            .await;
        let file = from.path().join(format!("after-{minimum}.gz"));
        backup(&from, &file);
        let (to, output) = restore(&file);
        assert!(output.status.success(), "{}", said(&output));
        // A customer's rows are in many tables; a counter and an FTP user represent them.
        let doctor = said(&to.run(&["doctor"]));
        assert!(!doctor.contains("counter") && !doctor.contains("FTP"), "{doctor}");
        assert!(
            texts(&to.raw().await, "SELECT CAST(COUNT(*) AS CHAR(9)) FROM customers").await[0]
                .trim()
                .parse::<u32>()
                .unwrap()
                >= minimum
        );
    }
    adding.await.unwrap();
    assert_eq!(count().await, 40);
}

#[tokio::test]
async fn only_complete_backups_are_restored_and_only_into_an_empty_database() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "10"]).status.success());
    let file = from.path().join("backup.gz");
    backup(&from, &file);

    let output = from.run(&["restore", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("empty"), "{}", said(&output));

    let bytes = std::fs::read(&file).unwrap();
    let bad = from.path().join("bad.gz");
    for length in [0, 20, bytes.len() / 2, bytes.len() - 9] {
        std::fs::write(&bad, &bytes[..length]).unwrap();
        let (to, output) = restore(&bad);
        assert_eq!(output.status.code(), Some(1), "the first {length} bytes: {}", said(&output));
        if database::engine() == Engine::Sqlite {
            assert!(
                !to.data().join("clientele.db").exists(),
                "nothing was created from the first {length} bytes"
            );
        }
    }
    let mut lines = unpacked(&bytes);
    lines = lines.replacen("\"demo.loaded\"", "\"demo.changed\"", 1);
    std::fs::write(&bad, packed(&lines)).unwrap();
    let (_, output) = restore(&bad);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("damaged"), "{}", said(&output));

    let newer =
        unpacked(&bytes).replacen("\"steps\":[", "\"steps\":[\"m19990101_000001_unknown\",", 1);
    std::fs::write(&bad, packed(&newer)).unwrap();
    let (_, output) = restore(&bad);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));

    let to = Installation::new();
    std::fs::create_dir_all(to.data()).unwrap();
    std::fs::write(to.data().join("secret.key"), "another key that is long enough to be one\n")
        .unwrap();
    let file = from.path().join("backup.gz.age");
    let identity = back_up_encrypted(&from, &file);
    let output =
        to.run(&["restore", file.to_str().unwrap(), "--identity", identity.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("a different secret key"), "{}", said(&output));
    assert!(
        texts(&to.raw().await, "SELECT login_name FROM customers").await.is_empty(),
        "nothing was restored"
    );
}

fn unpacked(bytes: &[u8]) -> String {
    use std::io::Read as _;
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

fn packed(text: &str) -> Vec<u8> {
    use std::io::Write as _;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    gzip.finish().unwrap()
}

#[tokio::test]
async fn a_backup_without_the_key_can_be_piped() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "5"]).status.success());
    let output = from.run(&["backup", "-"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let key = std::fs::read_to_string(from.data().join("secret.key")).unwrap();
    assert!(!unpacked(&output.stdout).contains(key.trim()));
    let file = from.path().join("backup.gz");
    std::fs::write(&file, &output.stdout).unwrap();
    let (to, output) = restore(&file);
    assert!(
        output.status.success() && said(&output).contains("secret key was not in the backup"),
        "{}",
        said(&output)
    );
    assert_eq!(all_rows(&from).await, all_rows(&to).await);
}

/// A backup contains no password in plain text, although it contains everything about a customer.
#[tokio::test]
async fn a_backup_contains_no_plain_password() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let page = admin.open("/customers/new").await;
    let form = page
        .form("/customers")
        .with("email", "a@example.com")
        .with("company", "Ltd")
        .with("new_customer_password", "Visible-horse-9");
    assert_eq!(admin.post(&form).await.status, 303);
    let mut lines = String::new();
    db::backup::export(&app.app.db, |line| {
        lines.push_str(&serde_json::to_string(&line)?);
        Ok(())
    })
    .await
    .unwrap();
    assert!(lines.contains("a@example.com") && !lines.contains("Visible-horse-9"));
}
