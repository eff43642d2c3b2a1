//! Builds an [`App`] from the settings.

use crate::terminal::print_line;
use anyhow::Context as _;
use auth::password::{HashCost, PasswordHasher};
use auth::seal::{Sealer, SecretKey};
use config::Settings;
use domain::clock::SystemClock;
use domain::random::OsRandom;
use files::trusted;
use services::app::App;
use services::database::Database;
use services::{EntryPoint, Env, MIN_RESPONSE_TIME, Origin};
use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The app, and the secret key, from which the key of its cookies is derived.
pub struct Setup {
    pub app: App,
    pub key: SecretKey,
}

/// Creates missing directories and a missing generated key, opens the database, and brings its
/// schema up to date.
///
/// # Errors
/// If a directory, the key or the database cannot be used.
pub async fn setup(settings: &Settings, public_url: String) -> anyhow::Result<Setup> {
    if rustix::process::geteuid().is_root() {
        for error in unsafe_directories(settings) {
            tracing::warn!("{error}");
        }
    }
    settings.create_dirs()?;
    let key = SecretKey::load(&settings.secret_key)?;
    let db = connect(settings).await?;
    db.migrate().await?;
    Ok(Setup { app: app(settings, db, &key, public_url), key })
}

/// Returns the app for an open database.
pub(super) fn app(settings: &Settings, db: Database, key: &SecretKey, public_url: String) -> App {
    let env = Env {
        clock: Arc::new(SystemClock),
        random: Arc::new(OsRandom),
        hasher: PasswordHasher::new(HashCost::Production),
        sealer: Sealer::new(key),
        homes_dir: absolute(&settings.homes_dir),
        hooks_dir: absolute(&settings.hooks_dir),
        public_url,
        min_response_time: MIN_RESPONSE_TIME,
    };
    db.into_app(env, settings.trusted_proxies.clone())
}

pub(super) async fn connect(settings: &Settings) -> anyhow::Result<Database> {
    create_private_file(settings)?;
    Database::open(&settings.database_url).await
}

/// Returns an error for each directory that root would use although another user controls it.
pub(super) fn unsafe_directories(settings: &Settings) -> Vec<String> {
    let database = settings
        .database_url
        .file()
        .and_then(Path::parent)
        .filter(|folder| !folder.as_os_str().is_empty());
    let database = database.filter(|folder| *folder != settings.data_dir);
    let directories = [
        ("the data directory", Some(settings.data_dir.as_path())),
        ("the database's directory", database),
    ];
    let error_of = |(label, path): (&str, Option<&Path>)| {
        let error = trusted::open_directory(path?).err().filter(|error| !error.is_missing())?;
        Some(format!(
            "{label} is not safe for root: {error}; run this as the panel's user, or see \"Root and the panel's user\" in docs/operations.md"
        ))
    };
    directories.into_iter().filter_map(error_of).collect()
}

/// Creates a missing SQLite file that only its owner can access. SQLite gives the same mode to the
/// files beside it.
fn create_private_file(settings: &Settings) -> anyhow::Result<()> {
    let Some(path) = settings.database_url.file() else { return Ok(()) };
    // The driver decodes percent-encoded characters, so this is not the name of the file.
    if path.to_string_lossy().contains('%') {
        return Ok(());
    }
    // SQLite follows links: root would create the file at the target of another user's link.
    let link = path.symlink_metadata().ok().filter(|metadata| {
        metadata.is_symlink() && rustix::process::geteuid().is_root() && metadata.uid() != 0
    });
    if link.is_some() {
        anyhow::bail!(
            "the database file {} is a symbolic link that another user created",
            path.display()
        );
    }
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error)
            .with_context(|| format!("the database file {} cannot be created", path.display())),
        _ => Ok(()),
    }
}

/// Runs `clientele migrate`.
pub(super) async fn migrate(settings: &Settings) -> anyhow::Result<()> {
    settings.create_dirs()?;
    let db = connect(settings).await?;
    let pending = db.migrate().await?;
    print_line!(
        "{}",
        if pending == 0 {
            "The schema was up to date.".to_owned()
        } else {
            format!("The schema is up to date. Migrations applied: {pending}.")
        }
    );
    Ok(())
}

/// Returns the absolute path of a directory. It is stored, and must not depend on the working
/// directory of a process.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Returns the origin of commands at the command line.
pub(super) fn origin() -> Origin {
    Origin { entry_point: EntryPoint::Cli, address: String::new(), acting: None }
}
