//! Files that the program reads, runs and writes as root, and the files in `deploy/`.

use crate::support::program::{Installation, said};
use clientele::mail::Mailer;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::path::{Path, PathBuf};

/// Lets another user change a file: as its owner if root runs the tests, otherwise by its mode.
fn give_away(path: &Path) {
    if rustix::process::geteuid().is_root() {
        chown(path, Some(4242), None).unwrap();
    } else {
        fs::set_permissions(path, fs::Permissions::from_mode(0o666)).unwrap();
    }
}

fn write_file(path: PathBuf, text: &str) -> PathBuf {
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    path
}

#[test]
fn a_settings_file_of_another_user_is_refused_and_another_file_can_be_named() {
    let installation = Installation::new();
    let evil = installation.path().join("evil");
    let toml = write_file(
        installation.path().join("clientele.toml"),
        &format!("data_dir = '{}'\nlog = 'info'", evil.display()),
    );
    give_away(&toml);
    for verb in ["migrate", "doctor", "worker"] {
        let refused = installation.run(&[verb]);
        assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
        assert!(
            said(&refused).contains("clientele.toml: is not used: clientele.toml "),
            "{}",
            said(&refused)
        );
        assert!(said(&refused).contains("--config FILE names another file"), "{}", said(&refused));
    }
    assert!(
        !evil.exists() && !installation.data().exists(),
        "no file was created, neither with these nor with other settings"
    );

    let own = write_file(installation.path().join("own.toml"), "log = 'warn'");
    let named = installation.run(&["--config", own.to_str().unwrap(), "demo", "--customers", "1"]);
    assert!(named.status.success(), "{}", said(&named));
    let doctor = installation.run(&["doctor", "--config", own.to_str().unwrap()]);
    assert!(
        said(&doctor).contains(&format!("Settings: {} and the environment", own.display())),
        "{}",
        said(&doctor)
    );
    assert!(doctor.status.success(), "{}", said(&doctor));
    let none = installation.run(&["--config", "none.toml", "migrate"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(said(&none).contains("none.toml"), "{}", said(&none));
    assert!(!evil.exists());
}

#[tokio::test]
async fn the_path_of_the_settings_file_is_logged_at_the_start() {
    let installation = Installation::new();
    write_file(installation.path().join("clientele.toml"), "log_format = 'pretty'");
    let program = installation.serve().await;
    let expected = format!("{}/clientele.toml and the environment", installation.path().display());
    program.wait_for_output(&expected).await;
}

#[test]
fn a_secret_key_that_others_could_have_written_is_refused() {
    let installation = Installation::new();
    let key = "a secret key of its own that is long enough\n";
    let own = write_file(installation.path().join("own.key"), key);
    let migrate = |path: &Path| {
        let settings =
            Installation::new().with("CLIENTELE_SECRET_KEY_FILE", path.to_str().unwrap());
        settings.run(&["demo", "--customers", "1"])
    };
    assert!(migrate(&own).status.success());
    // Mounted secrets are often links. For a configured file, only the target counts.
    let link = installation.path().join("link.key");
    symlink(&own, &link).unwrap();
    assert!(migrate(&link).status.success());
    give_away(&own);
    let refused = migrate(&own);
    assert!(!refused.status.success() && said(&refused).contains("own.key"), "{}", said(&refused));

    fs::create_dir_all(installation.data()).unwrap();
    symlink(
        write_file(installation.path().join("other.key"), key),
        installation.data().join("secret.key"),
    )
    .unwrap();
    let refused = installation.run(&["demo", "--customers", "1"]);
    assert!(
        !refused.status.success() && said(&refused).contains("is a symbolic link"),
        "{}",
        said(&refused)
    );
}

#[tokio::test]
async fn emails_are_not_written_through_a_link() {
    let dir = tempfile::tempdir().unwrap();
    let elsewhere = dir.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let outbox = dir.path().join("outbox");
    symlink(&elsewhere, &outbox).unwrap();
    let mailer = Mailer::files("Clientele <noreply@example.com>".parse().unwrap(), outbox.clone());
    let error = mailer.probe().await.unwrap_err().to_string();
    assert!(error.contains("outbox is a symbolic link"), "{error}");
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    fs::remove_file(&outbox).unwrap();
    mailer.probe().await.unwrap();
    fs::set_permissions(&outbox, fs::Permissions::from_mode(0o770)).unwrap();
    assert!(mailer.probe().await.unwrap_err().to_string().contains("can be written by others"));
}

#[tokio::test]
async fn ftp_accounts_are_not_written_into_a_directory_of_another_user() {
    let dir = tempfile::tempdir().unwrap();
    let db = db::Db::connect("sqlite::memory:").await.unwrap();
    db.migrate().await.unwrap();
    let accounts = dir.path().join("accounts.db");
    db::ftp_file::write(&db.reader(), &accounts).await.unwrap();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o777)).unwrap();
    let error = db::ftp_file::write(&db.reader(), &accounts).await.unwrap_err().to_string();
    assert!(error.contains("can be written by others (mode 0777)"), "{error}");
}

#[tokio::test]
async fn leftover_files_of_interrupted_writes_are_removed() {
    let dir = tempfile::tempdir().unwrap();
    let db = db::Db::connect("sqlite::memory:").await.unwrap();
    db.migrate().await.unwrap();
    for leftover in ["accounts.db.part", "accounts.db.part-journal", "accounts.db.4242.part"] {
        fs::write(dir.path().join(leftover), "password hashes").unwrap();
    }
    let accounts = dir.path().join("accounts.db");
    let (reader, other) = (db.reader(), db.reader());
    let (first, second) = tokio::join!(
        db::ftp_file::write(&reader, &accounts),
        db::ftp_file::write(&other, &accounts)
    );
    first.unwrap();
    second.unwrap();
    let left: Vec<_> =
        fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["accounts.db"]);
}

#[test]
fn root_is_warned_of_directories_that_another_user_owns() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let installation = Installation::new();
    assert!(installation.run(&["migrate"]).status.success());
    chown(installation.data(), Some(4242), None).unwrap();
    let doctor = installation.run(&["doctor"]);
    let output = said(&doctor);
    assert!(
        output.contains("the data directory is not safe for root")
            && output.contains("another user (id 4242)"),
        "{output}"
    );
    assert_eq!(doctor.status.code(), Some(1));
    // Root must not follow another user's link to paths that it removes or gives away.
    let homes = installation.path().join("homes");
    symlink("/", installation.data().join("homes")).unwrap_err();
    fs::rename(installation.data().join("homes"), &homes).unwrap();
    symlink(&homes, installation.data().join("homes")).unwrap();
    let output = said(&installation.run(&["doctor"]));
    assert!(
        output.contains("homes\" cannot be used") && output.contains("another user (id 4242)"),
        "{output}"
    );
}

fn unit(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/systemd").join(name))
        .unwrap()
}

fn values<'a>(unit: &'a str, key: &str) -> Vec<&'a str> {
    unit.lines().filter_map(|line| line.strip_prefix(key)?.strip_prefix('=')).collect()
}

#[test]
fn the_shipped_units_keep_root_away_from_the_panels_files() {
    let worker = unit("clientele-worker.service");
    for (key, value) in [
        ("WorkingDirectory", "/"),
        ("ReadWritePaths", "/var/customers"),
        ("StateDirectory", "clientele-worker"),
        (
            "ExecStart",
            "/usr/bin/env CLIENTELE_DATA_DIR=/var/lib/clientele-worker /usr/local/bin/clientele worker",
        ),
    ] {
        assert_eq!(values(&worker, key), [value], "{key}");
    }
    let environment = unit("environment.example");
    assert!(
        environment.contains("CLIENTELE_HOOKS_DIR=/etc/clientele/hooks")
            && environment.contains("CLIENTELE_SECRET_KEY_FILE=/etc/")
    );
}

#[test]
fn the_shipped_units_grant_only_the_rights_that_they_need() {
    for (name, capabilities) in [
        ("clientele.service", ""),
        ("clientele-backup.service", ""),
        (
            "clientele-worker.service",
            "CAP_CHOWN CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH CAP_FOWNER CAP_FSETID CAP_KILL",
        ),
    ] {
        let unit = unit(name);
        assert_eq!(values(&unit, "CapabilityBoundingSet"), [capabilities], "{name}");
        assert_eq!(
            values(&unit, "User"),
            if capabilities.is_empty() { vec!["clientele"] } else { vec![] },
            "{name}"
        );
        for (key, value) in [
            ("NoNewPrivileges", "true"),
            ("ProtectSystem", "strict"),
            ("ProtectHome", "true"),
            ("PrivateTmp", "true"),
        ] {
            assert_eq!(values(&unit, key), [value], "{name}: {key}");
        }
        assert!(values(&unit, "SystemCallFilter").contains(&"@system-service"), "{name}");
    }
}

/// The worker can set quotas only if the operator installs the drop-in, which extends the unit.
#[test]
fn the_drop_in_for_project_quotas_grants_the_rights_that_setquota_needs() {
    let drop_in = unit("project-quota.conf");
    for (key, value) in [
        ("CapabilityBoundingSet", "CAP_SYS_ADMIN"),
        ("SystemCallFilter", "quotactl"),
        ("PrivateDevices", "false"),
        ("DevicePolicy", "closed"),
    ] {
        assert_eq!(values(&drop_in, key), [value], "{key}");
    }
    let worker = unit("clientele-worker.service");
    assert_eq!(values(&worker, "PrivateDevices"), ["true"]);
    assert_eq!(values(&worker, "SystemCallFilter"), ["@system-service"]);
}
