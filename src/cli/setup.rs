//! From settings to an [`App`].

use crate::app::App;
use crate::auth::password::{HashCost, PasswordHasher};
use crate::auth::seal::{Sealer, SecretKey};
use crate::cli::terminal::say;
use crate::db::Db;
use crate::domain::chance::OsChance;
use crate::domain::clock::SystemClock;
use crate::services::{Door, Env, Origin};
use crate::settings::Settings;
use anyhow::Context as _;
use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The program, and the key that its cookies are signed with.
pub(super) struct Setup {
    pub app: App,
    pub key: SecretKey,
}

/// Makes directories and key where they are missing, opens the database and brings its schema up to date.
pub(super) async fn setup(settings: &Settings, public_url: String) -> anyhow::Result<Setup> {
    settings.make_dirs()?;
    let key = SecretKey::load(&settings.secret_key)?;
    let db = connect(settings).await?;
    db.migrate().await.context("the schema cannot be brought up to date")?;
    Ok(Setup { app: app(settings, db, &key, public_url), key })
}

/// The program on a database that is open.
pub(super) fn app(settings: &Settings, db: Db, key: &SecretKey, public_url: String) -> App {
    let env = Env {
        clock: Arc::new(SystemClock),
        chance: Arc::new(OsChance),
        hasher: PasswordHasher::new(HashCost::Production),
        sealer: Sealer::new(key),
        homes_dir: absolute(&settings.homes_dir),
        hooks_dir: absolute(&settings.hooks_dir),
        public_url,
    };
    App::new(db, env, settings.trusted_proxies.clone())
}

/// Opens the database.
pub(super) async fn connect(settings: &Settings) -> anyhow::Result<Db> {
    make_closed(settings)?;
    Db::connect(settings.database_url.expose()).await.with_context(|| format!("the database {} cannot be opened", settings.database_url))
}

/// A new SQLite file is closed to all but its owner, wherever it lies; SQLite gives the files beside it the same mode.
fn make_closed(settings: &Settings) -> anyhow::Result<()> {
    let Some(path) = settings.database_url.file() else { return Ok(()) };
    // Its name would have to be decoded first, as the driver does.
    if path.to_string_lossy().contains('%') {
        return Ok(());
    }
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            Err(error).with_context(|| format!("the database file {} cannot be made", path.display()))
        }
        _ => Ok(()),
    }
}

/// `clientele migrate`.
pub(super) async fn migrate(settings: &Settings) -> anyhow::Result<()> {
    settings.make_dirs()?;
    let db = connect(settings).await?;
    let pending = db.pending_migrations().await?;
    db.migrate().await.context("the schema cannot be brought up to date")?;
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

/// Home directories are written down in full, so that they mean the same wherever a process was started.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Where requests of the command line come from.
pub(super) fn origin() -> Origin {
    Origin { door: Door::Cli, address: String::new(), acting: None }
}
