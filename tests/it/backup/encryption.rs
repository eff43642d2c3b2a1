//! Encrypted backups, with Clientele's own code and with the `age` program.

use super::{all_rows, back_up_encrypted, packed, restore, said, unpacked};
use crate::support::program::Installation;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

/// Adds a valid trailer to lines, as a backup of an older version has it.
fn with_trailer(text: &str) -> String {
    use sha2::Digest as _;
    let lines: Vec<&str> =
        text.lines().take_while(|line| !line.starts_with("{\"lines\"")).collect();
    let body: String = lines.iter().flat_map(|line| [line, "\n"]).collect();
    let digest = hex::encode(sha2::Sha256::digest(&body));
    format!("{body}{{\"lines\":{},\"sha256\":\"{digest}\"}}\n", lines.len())
}

#[tokio::test]
async fn unencrypted_backups_lack_the_secret_key_and_older_ones_with_it_can_be_restored() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "5"]).status.success());
    let key = std::fs::read_to_string(from.data().join("secret.key")).unwrap();
    let file = from.path().join("backup.gz");
    let output = from.run(&["backup", file.to_str().unwrap()]);
    assert!(
        output.status.success() && said(&output).contains("the secret key is not in it"),
        "{}",
        said(&output)
    );
    let text = unpacked(&std::fs::read(&file).unwrap());
    assert!(text.contains("\"secret_key\":null") && !text.contains(key.trim()));

    let older = with_trailer(&text.replacen(
        "\"secret_key\":null",
        &format!("\"secret_key\":\"{}\"", key.trim()),
        1,
    ));
    std::fs::write(&file, packed(&older)).unwrap();
    let (to, output) = restore(&file);
    assert!(
        output.status.success() && !said(&output).contains("not in the backup"),
        "{}",
        said(&output)
    );
    assert_eq!(std::fs::read_to_string(to.data().join("secret.key")).unwrap(), key);
}

/// Otherwise, a restore with another key would succeed, and sealed values could not be opened
/// later.
#[tokio::test]
async fn a_secret_key_in_a_setting_must_be_that_of_the_backup() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "5"]).status.success());
    let key = std::fs::read_to_string(from.data().join("secret.key")).unwrap();
    let file = from.path().join("backup.age");
    let identity = back_up_encrypted(&from, &file);
    let arguments = ["restore", file.to_str().unwrap(), "--identity", identity.to_str().unwrap()];
    let other = "k".repeat(64);
    let to = Installation::bare().with("CLIENTELE_SECRET_KEY", &other);
    let output = to.run(&arguments);
    assert!(
        !output.status.success() && said(&output).contains("secret_key differs"),
        "{}",
        said(&output)
    );
    assert!(!said(&output).contains(key.trim()) && !said(&output).contains(&other));
    // Nothing was committed, so the same database is still empty.
    let to = to.with("CLIENTELE_SECRET_KEY", key.trim());
    let output = to.run(&arguments);
    assert!(
        output.status.success() && !said(&output).contains("not in the backup"),
        "{}",
        said(&output)
    );
    assert!(!to.data().join("secret.key").exists());
    assert_eq!(all_rows(&from).await, all_rows(&to).await);
}

/// Otherwise, a backup without the key looks like one with the key until it is restored.
#[test]
fn an_encrypted_backup_without_the_secret_key_says_so() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "1"]).status.success());
    let key = std::fs::read_to_string(from.data().join("secret.key")).unwrap();
    let phrase = from.path().join("phrase");
    std::fs::write(&phrase, "correct horse battery\n").unwrap();
    std::fs::set_permissions(&phrase, std::fs::Permissions::from_mode(0o600)).unwrap();
    let backup = ["backup", "-", "--passphrase-file", phrase.to_str().unwrap()];
    let notes = |installation: &Installation, arguments: &[&str]| {
        let output = installation.run(arguments);
        let notes = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{notes}");
        notes
    };
    assert_eq!(notes(&from, &backup), "");
    assert_eq!(
        notes(&from, &[&backup[..], &["--without-key"]].concat()),
        "The secret key is not in the backup, because of --without-key: keep a copy of the key.\n"
    );
    let from = from.with("CLIENTELE_SECRET_KEY", key.trim());
    assert_eq!(
        notes(&from, &backup),
        "The secret key is not in the backup, because it is not stored in a file: keep a copy of the setting secret_key (CLIENTELE_SECRET_KEY).\n"
    );
}

#[tokio::test]
async fn an_encrypted_backup_can_be_restored_only_with_its_key_or_passphrase() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "5"]).status.success());
    let key = std::fs::read_to_string(from.data().join("secret.key")).unwrap();
    let (file, other) = (from.path().join("a.age"), from.path().join("b.age"));
    let (identity, wrong) = (back_up_encrypted(&from, &file), back_up_encrypted(&from, &other));
    let bytes = std::fs::read(&file).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
    assert!(!String::from_utf8_lossy(&bytes).contains(key.trim()));
    let attempt = |arguments: &[&str]| {
        let to = Installation::bare();
        let output = to.run(&[&["restore", file.to_str().unwrap()], arguments].concat());
        (to, output)
    };
    for (arguments, reason) in [
        (vec![], "--identity FILE"),
        (vec!["--identity", wrong.to_str().unwrap()], "encrypted for another recipient"),
    ] {
        let (to, output) = attempt(&arguments);
        assert_eq!(output.status.code(), Some(1));
        assert!(said(&output).contains(reason), "{}", said(&output));
        assert!(!to.data().join("clientele.db").exists() && !to.data().join("secret.key").exists());
    }
    let (to, output) = attempt(&["--identity", identity.to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(std::fs::read_to_string(to.data().join("secret.key")).unwrap(), key);
    // A truncated or changed file is detected before anything is written.
    for damaged in
        [bytes[..bytes.len() - 40].to_vec(), [&bytes[..bytes.len() - 40], &[0; 40]].concat()]
    {
        std::fs::write(&file, damaged).unwrap();
        let (to, output) = attempt(&["--identity", identity.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(!to.data().join("clientele.db").exists());
    }

    let phrase = from.path().join("phrase");
    std::fs::write(&phrase, "correct horse battery\n").unwrap();
    std::fs::set_permissions(&phrase, std::fs::Permissions::from_mode(0o600)).unwrap();
    let output = from.run(&[
        "backup",
        other.to_str().unwrap(),
        "--passphrase-file",
        phrase.to_str().unwrap(),
    ]);
    assert!(output.status.success(), "{}", said(&output));
    for (passphrase, opens) in [("correct horse battery", true), ("another horse battery", false)] {
        let to = Installation::bare().with("CLIENTELE_BACKUP_PASSPHRASE", passphrase);
        let output = to.run(&["restore", other.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(i32::from(!opens)), "{}", said(&output));
        assert!(opens || said(&output).contains("not the passphrase"), "{}", said(&output));
    }
    let both =
        ["backup", "-", "--passphrase-file", phrase.to_str().unwrap(), "--recipient", "age1x"];
    assert!(said(&from.run(&both)).contains("not with both"));
    std::fs::write(&phrase, "short\n").unwrap();
    let output = from.run(&["backup", "-", "--passphrase-file", phrase.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("at least 12 characters"), "{}", said(&output));
}

/// Runs a program of the `age` package. Returns its standard output.
fn run_age(program: &str, arguments: &[&Path], input: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let mut command = Command::new(program);
    // `age-keygen` repeats the public key on standard error; it is in the file, too.
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("Debian: age");
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input).unwrap());
        child.wait_with_output().unwrap()
    });
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[tokio::test]
#[ignore = "needs age"]
async fn encrypted_backups_are_compatible_with_the_age_program() {
    let from = Installation::new();
    assert!(from.run(&["demo", "--customers", "5"]).status.success());
    let key = from.path().join("age.key");
    run_age("age-keygen", &[Path::new("-o"), &key], b"");
    let text = std::fs::read_to_string(&key).unwrap();
    let recipient =
        text.lines().find_map(|line| line.strip_prefix("# public key: ")).unwrap().to_owned();
    let from = from.with("CLIENTELE_BACKUP_RECIPIENT", &recipient);
    let output = from.run(&["backup", "-"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let plain = run_age("age", &[Path::new("-d"), Path::new("-i"), &key], &output.stdout);
    assert!(unpacked(&plain).starts_with("{\"clientele_backup\":1,"));
    // Encrypted by the `age` program, in binary and in armored format.
    for armor in [&[][..], &[Path::new("-a")]] {
        let file = from.path().join("theirs.age");
        std::fs::write(
            &file,
            run_age("age", &[armor, &[Path::new("-r"), Path::new(&recipient)]].concat(), &plain),
        )
        .unwrap();
        let to = Installation::bare().with("CLIENTELE_BACKUP_IDENTITY", key.to_str().unwrap());
        let output = to.run(&["restore", file.to_str().unwrap()]);
        assert!(output.status.success(), "{}", said(&output));
        assert_eq!(all_rows(&from).await, all_rows(&to).await);
    }
}
