//! From settings to an [`App`].

use crate::terminal::say;
use anyhow::Context as _;
use auth::password::{HashCost, PasswordHasher};
use auth::seal::{Sealer, SecretKey};
use config::Settings;
use domain::chance::OsChance;
use domain::clock::SystemClock;
use files::trusted;
use services::app::App;
use services::database::Database;
use services::{Door, Env, MIN_RESPONSE_TIME, Origin};
use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The program, and the key that its cookies are signed with.
pub struct Setup {
    /// The program.
    pub app: App,
    /// The secret key.
    pub key: SecretKey,
}

/// Makes directories and key where they are missing, opens the database and brings its schema up to
/// date.
///
/// # Errors
/// When a directory, the key or the database cannot be used.
pub async fn setup(settings: &Settings, public_url: String) -> anyhow::Result<Setup> {
    if rustix::process::geteuid().is_root() {
        for fault in foreign(settings) {
            tracing::warn!("{fault}");
        }
    }
    settings.make_dirs()?;
    let key = SecretKey::load(&settings.secret_key)?;
    let db = connect(settings).await?;
    db.migrate().await?;
    Ok(Setup { app: app(settings, db, &key, public_url), key })
}

/// The program on a database that is open.
pub(super) fn app(settings: &Settings, db: Database, key: &SecretKey, public_url: String) -> App {
    let env = Env {
        clock: Arc::new(SystemClock),
        chance: Arc::new(OsChance),
        hasher: PasswordHasher::new(HashCost::Production),
        sealer: Sealer::new(key),
        homes_dir: absolute(&settings.homes_dir),
        hooks_dir: absolute(&settings.hooks_dir),
        public_url,
        min_response_time: MIN_RESPONSE_TIME,
    };
    db.into_app(env, settings.trusted_proxies.clone())
}

/// Opens the database.
pub(super) async fn connect(settings: &Settings) -> anyhow::Result<Database> {
    make_closed(settings)?;
    Database::open(&settings.database_url).await
}

/// The directories that root would use although another user decides what lies there.
pub(super) fn foreign(settings: &Settings) -> Vec<String> {
    let database = settings
        .database_url
        .file()
        .and_then(Path::parent)
        .filter(|folder| !folder.as_os_str().is_empty());
    let database = database.filter(|folder| *folder != settings.data_dir);
    let used = [
        ("the data directory", Some(settings.data_dir.as_path())),
        ("the database's directory", database),
    ];
    let fault = |(what, path): (&str, Option<&Path>)| {
        let error = trusted::directory(path?).err().filter(|error| !error.is_missing())?;
        Some(format!(
            "{what} is not safe for root: {error}; run this as the panel's user, or see \"Root and the panel's user\" in docs/operations.md"
        ))
    };
    used.into_iter().filter_map(fault).collect()
}

/// A new SQLite file is closed to all but its owner, wherever it lies; SQLite gives the files
/// beside it the same mode.
fn make_closed(settings: &Settings) -> anyhow::Result<()> {
    let Some(path) = settings.database_url.file() else { return Ok(()) };
    // Its name would have to be decoded first, as the driver does.
    if path.to_string_lossy().contains('%') {
        return Ok(());
    }
    // Root would write to wherever it leads.
    let link = path.symlink_metadata().ok().filter(|found| {
        found.is_symlink() && rustix::process::geteuid().is_root() && found.uid() != 0
    });
    if link.is_some() {
        anyhow::bail!(
            "the database file {} is a symbolic link that another user made",
            path.display()
        );
    }
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error)
            .with_context(|| format!("the database file {} cannot be made", path.display())),
        _ => Ok(()),
    }
}

/// `clientele migrate`.
pub(super) async fn migrate(settings: &Settings) -> anyhow::Result<()> {
    settings.make_dirs()?;
    let db = connect(settings).await?;
    let pending = db.migrate().await?;
    say!(
        "{}",
        if pending == 0 {
            "The schema was up to date.".to_owned()
        } else {
            format!("The schema is up to date. Migrations applied: {pending}.")
        }
    );
    Ok(())
}

/// Home directories are written down in full, so that they mean the same wherever a process was
/// started.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Where requests of the command line come from.
pub(super) fn origin() -> Origin {
    Origin { door: Door::Cli, address: String::new(), acting: None }
}
