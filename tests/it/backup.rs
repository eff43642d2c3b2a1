//! `clientele backup` and `clientele restore`.

use crate::support::database::{self, Engine};
use crate::support::program::Installation;
use crate::support::wait::until_true;
use crate::support::{TestApp, mariadb, postgres};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, FromQueryResult as _, JsonValue, Statement};
use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn backup(installation: &Installation, file: &Path) {
    let output = installation.run(&["backup", file.to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
}

/// Makes an age key beside the file, and a backup that is encrypted for it; gives the file of the key.
fn encrypted(installation: &Installation, file: &Path) -> PathBuf {
    use age::secrecy::ExposeSecret as _;
    let key = age::x25519::Identity::generate();
    let identity = file.with_extension("key");
    std::fs::write(&identity, key.to_string().expose_secret()).unwrap();
    std::fs::set_permissions(&identity, std::fs::Permissions::from_mode(0o600)).unwrap();
    let output = installation.run(&["backup", file.to_str().unwrap(), "--recipient", &key.to_public().to_string()]);
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
    let rows = database.query_all_raw(Statement::from_string(database.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index::<Option<String>>(0).unwrap().unwrap_or_default()).collect()
}

/// Every row of every table that is kept.
async fn everything(installation: &Installation) -> BTreeMap<String, Vec<String>> {
    let database = installation.raw().await;
    let tables = match database::engine() {
        Engine::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'customers_search%'"
        }
        Engine::Postgres => {
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        }
        Engine::Mariadb => "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
    };
    let left = ["imports", "outages", "password_resets", "seaql_migrations", "sessions", "submissions", "throttles"];
    let mut all = BTreeMap::new();
    for table in texts(&database, tables).await.into_iter().filter(|table| !left.contains(&table.as_str())) {
        let statement = Statement::from_string(database.get_database_backend(), format!("SELECT * FROM \"{table}\""));
        let mut rows: Vec<String> =
            JsonValue::find_by_statement(statement).all(&database).await.unwrap().iter().map(JsonValue::to_string).collect();
        rows.sort_unstable();
        all.insert(table, rows);
    }
    all
}

#[tokio::test]
async fn everything_comes_back() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "60"]).status.success());
    let file = from.path().join("backup.gz.age");
    let identity = encrypted(&from, &file);
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "it holds secrets");
    let to = Installation::bare();
    let output = to.run(&["restore", file.to_str().unwrap(), "--identity", identity.to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(everything(&from).await, everything(&to).await);
    let key = |installation: &Installation| std::fs::read_to_string(installation.data().join("secret.key")).unwrap();
    assert_eq!(key(&from), key(&to), "what is sealed opens");
    let doctor = to.run(&["doctor"]);
    assert!(!said(&doctor).contains("counter"), "{}", said(&doctor));
    // Numbers go on where they were.
    let email = ["customers", "add", "--email", "new@example.com", "--name", "New", "--firstname", "One", "--json"];
    let added = to.run(&email);
    assert!(added.status.success(), "{}", said(&added));
}

#[tokio::test]
async fn it_moves_from_engine_to_engine_and_back() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "60"]).status.success());
    let urls = [postgres::url(&postgres::make(false).await), mariadb::url(&mariadb::make(false).await)];
    let mut file = from.path().join("backup.gz");
    backup(&from, &file);
    // Each is kept as long as its file is needed.
    let mut stations = Vec::new();
    for url in urls {
        let (station, output) = restore_into(Installation::bare().with("CLIENTELE_DATABASE_URL", &url), &file);
        assert!(output.status.success(), "{}", said(&output));
        let doctor = said(&station.run(&["doctor"]));
        assert!(!doctor.contains("counter") && !doctor.contains("schema"), "{doctor}");
        let email = format!("more{}@example.com", stations.len());
        let added = station.run(&["customers", "add", "--email", &email, "--name", "More", "--firstname", "One"]);
        assert!(added.status.success(), "numbers go on where they were: {}", said(&added));
        file = station.path().join("backup.gz");
        backup(&station, &file);
        stations.push(station);
    }
    let (to, output) = restore(&file);
    assert!(output.status.success(), "{}", said(&output));
    let (before, after) = (everything(&from).await, everything(&to).await);
    for table in ["logins", "customers", "domains", "ftp_users", "plans", "admins"] {
        let lost: Vec<_> = before[table].iter().filter(|row| !after[table].contains(row)).collect();
        // The admin who added two customers on the way has handed out more.
        assert!(lost.len() <= usize::from(table == "admins"), "{table}: {lost:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_is_taken_while_others_write_is_of_one_moment() {
    let from = Installation::new();
    let program = from.serve().await;
    let password = program.first_password().unwrap();
    let client = program.browser();
    assert_eq!(client.sign_in("admin", &password).await.status, 303);
    let adding = tokio::spawn(async move {
        for number in 0..40 {
            let page = client.open("/customers/new").await;
            let form = page.form("/customers").with("email", &format!("n{number}@example.com")).with("company", "Ltd");
            assert_eq!(client.post(&form).await.status, 303);
        }
    });
    let database = from.raw().await;
    let there = async || texts(&database, "SELECT CAST(COUNT(*) AS CHAR(9)) FROM customers").await[0].trim().parse::<u32>().unwrap();
    for enough in [3, 12, 25] {
        until_true("some customers", Duration::from_mins(1), async || there().await >= enough).await;
        let file = from.path().join(format!("after-{enough}.gz"));
        backup(&from, &file);
        let (to, output) = restore(&file);
        assert!(output.status.success(), "{}", said(&output));
        // A customer's rows lie in many tables; a counter and an FTP user stand for them.
        let doctor = said(&to.run(&["doctor"]));
        assert!(!doctor.contains("counter") && !doctor.contains("FTP"), "{doctor}");
        assert!(
            texts(&to.raw().await, "SELECT CAST(COUNT(*) AS CHAR(9)) FROM customers").await[0].trim().parse::<u32>().unwrap() >= enough
        );
    }
    adding.await.unwrap();
}

#[tokio::test]
async fn only_a_whole_backup_is_taken_and_only_into_an_empty_database() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "10"]).status.success());
    let file = from.path().join("backup.gz");
    backup(&from, &file);

    let output = from.run(&["restore", file.to_str().unwrap()]);
    assert!(!output.status.success() && said(&output).contains("empty"), "{}", said(&output));

    let bytes = std::fs::read(&file).unwrap();
    let bad = from.path().join("bad.gz");
    for cut in [0, 20, bytes.len() / 2, bytes.len() - 9] {
        std::fs::write(&bad, &bytes[..cut]).unwrap();
        let (to, output) = restore(&bad);
        assert!(!output.status.success(), "the first {cut} bytes: {}", said(&output));
        if database::engine() == Engine::Sqlite {
            assert!(!to.data().join("clientele.db").exists(), "nothing was made of the first {cut} bytes");
        }
    }
    let mut lines = unpacked(&bytes);
    lines = lines.replacen("\"demo.loaded\"", "\"demo.changed\"", 1);
    std::fs::write(&bad, packed(&lines)).unwrap();
    let (_, output) = restore(&bad);
    assert!(!output.status.success() && said(&output).contains("damaged"), "{}", said(&output));

    let newer = unpacked(&bytes).replacen("\"steps\":[", "\"steps\":[\"m19990101_000001_unknown\",", 1);
    std::fs::write(&bad, packed(&newer)).unwrap();
    let (_, output) = restore(&bad);
    assert!(!output.status.success(), "{}", said(&output));

    let to = Installation::new();
    std::fs::create_dir_all(to.data()).unwrap();
    std::fs::write(to.data().join("secret.key"), "another key that is long enough to be one\n").unwrap();
    let file = from.path().join("backup.gz.age");
    let identity = encrypted(&from, &file);
    let output = to.run(&["restore", file.to_str().unwrap(), "--identity", identity.to_str().unwrap()]);
    assert!(!output.status.success() && said(&output).contains("another secret key"), "{}", said(&output));
    assert!(texts(&to.raw().await, "SELECT login_name FROM customers").await.is_empty(), "nothing was restored");
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
async fn the_key_can_stay_behind_and_a_pipe_will_do() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "5"]).status.success());
    let output = from.run(&["backup", "-"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let key = std::fs::read_to_string(from.data().join("secret.key")).unwrap();
    assert!(!unpacked(&output.stdout).contains(key.trim()));
    let file = from.path().join("backup.gz");
    std::fs::write(&file, &output.stdout).unwrap();
    let (to, output) = restore(&file);
    assert!(output.status.success() && said(&output).contains("secret key was not in the backup"), "{}", said(&output));
    assert_eq!(everything(&from).await, everything(&to).await);
}

/// Lines with an end that fits them, as a backup of an older version has them.
fn with_end(text: &str) -> String {
    use sha2::Digest as _;
    let lines: Vec<&str> = text.lines().take_while(|line| !line.starts_with("{\"lines\"")).collect();
    let body: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let digest = hex::encode(sha2::Sha256::digest(&body));
    format!("{body}{{\"lines\":{},\"sha256\":\"{digest}\"}}\n", lines.len())
}

#[tokio::test]
async fn the_secret_key_is_in_encrypted_backups_only_and_older_ones_still_open() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "5"]).status.success());
    let key = std::fs::read_to_string(from.data().join("secret.key")).unwrap();
    let file = from.path().join("backup.gz");
    let output = from.run(&["backup", file.to_str().unwrap()]);
    assert!(output.status.success() && said(&output).contains("the secret key is not in it"), "{}", said(&output));
    let text = unpacked(&std::fs::read(&file).unwrap());
    assert!(text.contains("\"secret_key\":null") && !text.contains(key.trim()));

    let older = with_end(&text.replacen("\"secret_key\":null", &format!("\"secret_key\":\"{}\"", key.trim()), 1));
    std::fs::write(&file, packed(&older)).unwrap();
    let (to, output) = restore(&file);
    assert!(output.status.success() && !said(&output).contains("not in the backup"), "{}", said(&output));
    assert_eq!(std::fs::read_to_string(to.data().join("secret.key")).unwrap(), key);
}

#[tokio::test]
async fn an_encrypted_backup_opens_with_its_key_or_passphrase_and_nothing_else() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "5"]).status.success());
    let key = std::fs::read_to_string(from.data().join("secret.key")).unwrap();
    let (file, other) = (from.path().join("a.age"), from.path().join("b.age"));
    let (identity, wrong) = (encrypted(&from, &file), encrypted(&from, &other));
    let bytes = std::fs::read(&file).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
    assert!(!String::from_utf8_lossy(&bytes).contains(key.trim()));
    let attempt = |arguments: &[&str]| {
        let to = Installation::bare();
        let output = to.run(&[&["restore", file.to_str().unwrap()], arguments].concat());
        (to, output)
    };
    for (arguments, why) in [(vec![], "--identity FILE"), (vec!["--identity", wrong.to_str().unwrap()], "encrypted for somebody else")] {
        let (to, output) = attempt(&arguments);
        assert!(!output.status.success() && said(&output).contains(why), "{}", said(&output));
        assert!(!to.data().join("clientele.db").exists() && !to.data().join("secret.key").exists());
    }
    let (to, output) = attempt(&["--identity", identity.to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(std::fs::read_to_string(to.data().join("secret.key")).unwrap(), key);
    // Cut off or changed: found out before anything is written.
    for damaged in [bytes[..bytes.len() - 40].to_vec(), [&bytes[..bytes.len() - 40], &[0; 40]].concat()] {
        std::fs::write(&file, damaged).unwrap();
        let (to, output) = attempt(&["--identity", identity.to_str().unwrap()]);
        assert!(!output.status.success() && !to.data().join("clientele.db").exists(), "{}", said(&output));
    }

    let phrase = from.path().join("phrase");
    std::fs::write(&phrase, "correct horse battery\n").unwrap();
    std::fs::set_permissions(&phrase, std::fs::Permissions::from_mode(0o600)).unwrap();
    let output = from.run(&["backup", other.to_str().unwrap(), "--passphrase-file", phrase.to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
    for (passphrase, opens) in [("correct horse battery", true), ("another horse battery", false)] {
        let to = Installation::bare().with("CLIENTELE_BACKUP_PASSPHRASE", passphrase);
        let output = to.run(&["restore", other.to_str().unwrap()]);
        assert_eq!(output.status.success(), opens, "{}", said(&output));
        assert!(opens || said(&output).contains("not the passphrase"), "{}", said(&output));
    }
    let both = ["backup", "-", "--passphrase-file", phrase.to_str().unwrap(), "--recipient", "age1x"];
    assert!(said(&from.run(&both)).contains("not with both"));
    std::fs::write(&phrase, "short\n").unwrap();
    let output = from.run(&["backup", "-", "--passphrase-file", phrase.to_str().unwrap()]);
    assert!(!output.status.success() && said(&output).contains("at least 12 characters"));
}

/// The `age` program of the machine.
fn age(program: &str, arguments: &[&Path], input: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut command = std::process::Command::new(program);
    let mut child =
        command.args(arguments).stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn().expect("age is installed");
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input).unwrap());
        child.wait_with_output().unwrap()
    });
    assert!(output.status.success());
    output.stdout
}

#[tokio::test]
async fn the_age_program_opens_our_backups_and_we_open_its() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "5"]).status.success());
    let key = from.path().join("age.key");
    age("age-keygen", &[Path::new("-o"), &key], b"");
    let text = std::fs::read_to_string(&key).unwrap();
    let recipient = text.lines().find_map(|line| line.strip_prefix("# public key: ")).unwrap().to_owned();
    let from = from.with("CLIENTELE_BACKUP_RECIPIENT", &recipient);
    let output = from.run(&["backup", "-"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let plain = age("age", &[Path::new("-d"), Path::new("-i"), &key], &output.stdout);
    assert!(unpacked(&plain).starts_with("{\"clientele_backup\":1,"));
    // Encrypted by the program, as bytes and as text.
    for armor in [&[][..], &[Path::new("-a")]] {
        let file = from.path().join("theirs.age");
        std::fs::write(&file, age("age", &[armor, &[Path::new("-r"), Path::new(&recipient)]].concat(), &plain)).unwrap();
        let to = Installation::bare().with("CLIENTELE_BACKUP_IDENTITY", key.to_str().unwrap());
        let output = to.run(&["restore", file.to_str().unwrap()]);
        assert!(output.status.success(), "{}", said(&output));
        assert_eq!(everything(&from).await, everything(&to).await);
    }
}

/// A gzip file of a few megabytes at most that unpacks to the text and then `times` times 16 MiB of `pattern`.
fn bomb(text: &str, pattern: &[u8], times: usize) -> Vec<u8> {
    use flate2::{Compress, Compression, FlushCompress};
    let deflate = |plain: &[u8]| {
        let mut packed = Vec::with_capacity(plain.len() / 100 + 4096);
        Compress::new(Compression::best(), false).compress_vec(plain, &mut packed, FlushCompress::Full).unwrap();
        packed
    };
    let block = deflate(&pattern.repeat((16 << 20) / pattern.len()));
    let head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    let end = [3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    [&head[..], &deflate(text.as_bytes()), &block.repeat(times), &end].concat()
}

/// Three gigabytes, as one line, as many, and as one value of many: refused with little memory.
#[tokio::test]
async fn a_bomb_is_refused_before_it_takes_memory() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "1"]).status.success());
    let file = from.path().join("backup.gz");
    backup(&from, &file);
    let lines = unpacked(&std::fs::read(&file).unwrap());
    let head = format!("{}\n", lines.lines().next().unwrap());
    let nested = format!("{head}[{}", "[".repeat(100));
    for (begin, pattern, why) in [
        (head.as_str(), &b"x"[..], "line 2 is longer than 8 MiB"),
        ("", b" ", "line 1 is longer than 8 MiB"),
        (&head, b"[1,2,3,null]\n", "more than 250 times its size"),
        (&nested, b"1,", "line 2 is longer than 8 MiB"),
    ] {
        let bytes = bomb(begin, pattern, 192);
        assert!(bytes.len() < 12 << 20, "{}", bytes.len());
        std::fs::write(&file, bytes).unwrap();
        let to = Installation::bare();
        let (peak, told) = to.peak(&["restore", file.to_str().unwrap()]);
        assert!(told.contains(why), "{told}");
        assert!(peak < 100 << 10, "{peak} KiB for {why}");
        assert!(!to.data().join("clientele.db").exists());
    }
    // A short line of many lists would be a hundred times as large in memory.
    let values = format!("{head}[{}]\n", vec!["[]"; 1_000_000].join(","));
    std::fs::write(&file, packed(&values)).unwrap();
    let (peak, told) = Installation::bare().peak(&["restore", file.to_str().unwrap()]);
    assert!(told.contains("line 2 cannot be read") && peak < 100 << 10, "{peak} KiB: {told}");
}

/// What a backup tells of a customer is told nowhere else either: no password in clear.
#[tokio::test]
async fn no_password_is_in_it_in_clear() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let page = admin.open("/customers/new").await;
    let form =
        page.form("/customers").with("email", "a@example.com").with("company", "Ltd").with("new_customer_password", "Visible-horse-9");
    assert_eq!(admin.post(&form).await.status, 303);
    let mut told = String::new();
    clientele::db::backup::unload(&app.app.db, |line| {
        told.push_str(&serde_json::to_string(&line)?);
        Ok(())
    })
    .await
    .unwrap();
    assert!(told.contains("a@example.com") && !told.contains("Visible-horse-9"));
}
