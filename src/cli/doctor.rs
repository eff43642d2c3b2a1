//! `clientele doctor`: checks an installation, and prints a line for each error and warning.

use super::setup;
use crate::terminal::print_line;
use auth::seal::{Sealer, SecretKey};
use config::KeySource;
use config::Settings;
use domain::clock::{Clock as _, SystemClock};
use files::executable;
use files::homes::Homes;
use mail::Mailer;
use services::{View, database, forwarding, health, mysql_servers};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;
use std::process::ExitCode;

/// Maximum number of home directories that are checked.
const MAX_HOMES: u64 = 1_000;

/// The migration that creates the index does not run again, so the text names the statements.
const NO_SEARCH_INDEX: &str = "searches of customers are slow, because their index is missing; run CREATE EXTENSION IF NOT EXISTS pg_trgm; \
     CREATE INDEX ix_customers_search_text ON customers USING gin (search_text gin_trgm_ops)";

pub(super) async fn run(settings: Settings) -> anyhow::Result<ExitCode> {
    print_line!("Settings: {}", settings.origin());
    if let Some(tls) = database::tls(&settings.database_url) {
        print_line!("Database: {}, {tls}", settings.database_url);
    }
    if let Some(url) = &settings.smtp_url {
        print_line!("Mail server: {}", url.description());
    }
    if !rustix::process::geteuid().is_root() {
        print_line!(
            "Note: home directories belong to the user who runs this program. Only root can make customers their owners."
        );
    }
    let errors = examine(&settings).await;
    for error in &errors {
        print_line!("{error}");
    }
    let warnings = warnings(&settings).await;
    for warning in &warnings {
        print_line!("Warning: {warning}");
    }
    if errors.is_empty() {
        if warnings.is_empty() {
            print_line!("Everything is in order.");
        }
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}

/// Returns the warnings: issues of the proxy, and a missing index. They do not affect the exit
/// code.
async fn warnings(settings: &Settings) -> Vec<String> {
    if settings.database_url.is_missing_file() {
        return Vec::new();
    }
    let read = async {
        let db = setup::connect(settings).await?;
        let snapshot = db.snapshot(SystemClock.now()).await?;
        let issues = forwarding::recent_issues(snapshot.view()).await?;
        let mut warnings: Vec<String> = issues.iter().map(ToString::to_string).collect();
        if health::lacks_search_index(snapshot.view()).await? {
            warnings.push(NO_SEARCH_INDEX.to_owned());
        }
        drop(snapshot);
        db.close().await;
        anyhow::Ok(warnings)
    };
    // A database failure is already reported as an error.
    read.await.unwrap_or_default()
}

/// Returns all errors. An error can prevent later checks.
pub(super) async fn examine(settings: &Settings) -> Vec<String> {
    let mut errors = Vec::new();
    check_files(settings, &mut errors);
    if rustix::process::geteuid().is_root() {
        errors.extend(setup::unsafe_directories(settings));
    }
    let homes = check_homes(settings, &mut errors);
    errors.extend(executable::problems(&settings.hooks_dir));
    if let Err(error) = examine_database(settings, homes.as_ref(), &mut errors).await {
        errors.push(format!("the database {} cannot be used: {error:#}", settings.database_url));
    }
    let probe = async { Mailer::from_settings(settings)?.probe().await };
    if let Err(error) = probe.await {
        errors.push(format!("mail delivery fails: {error}"));
    }
    errors
}

fn check_files(settings: &Settings, errors: &mut Vec<String>) {
    check_private(&settings.data_dir, "the data directory", 0o700, errors);
    if settings.smtp_url.is_none() && settings.outbox_dir().exists() {
        check_private(&settings.outbox_dir(), "the outbox", 0o700, errors);
    }
    let database = settings.database_url.file().filter(|path| path.exists());
    if let Some(path) = database {
        check_private(path, "the database", 0o600, errors);
    }
    match &settings.secret_key {
        KeySource::Given(_) => {}
        KeySource::File(path) | KeySource::Generated(path) => {
            if check_private(path, "the secret key", 0o600, errors)
                && let Err(error) = SecretKey::load(&settings.secret_key)
            {
                errors.push(error.to_string());
            }
        }
    }
}

/// Returns whether the metadata of the file can be read. Adds an error if it cannot, or if others
/// can access the file.
fn check_private(path: &Path, label: &str, mode: u32, errors: &mut Vec<String>) -> bool {
    match std::fs::metadata(path) {
        Ok(metadata) => {
            let actual = metadata.permissions().mode() & 0o777;
            // Root may share a file with one group, such as the secret key with the panel's group.
            let others = if metadata.uid() == 0 && metadata.gid() != 0 { 0o007 } else { 0o077 };
            if actual & others != 0 {
                errors.push(format!(
                    "{label} {} can be accessed by others (mode {actual:04o}); chmod {mode:04o} prevents this",
                    path.display()
                ));
            }
            true
        }
        Err(error) => {
            errors.push(format!("{label} {} cannot be read: {error}", path.display()));
            false
        }
    }
}

/// Returns the homes directory, or adds an error if homes cannot be created in it.
fn check_homes(settings: &Settings, errors: &mut Vec<String>) -> Option<Homes> {
    if let Err(error) = std::fs::metadata(&settings.homes_dir) {
        errors.push(format!(
            "the homes directory {} cannot be read: {error}",
            settings.homes_dir.display()
        ));
        return None;
    }
    match Homes::open(&settings.homes_dir).and_then(|homes| homes.probe().map(|()| homes)) {
        Ok(homes) => Some(homes),
        Err(error) => {
            errors.push(error.to_string());
            None
        }
    }
}

async fn examine_database(
    settings: &Settings,
    homes: Option<&Homes>,
    errors: &mut Vec<String>,
) -> anyhow::Result<()> {
    if settings.database_url.is_missing_file() {
        anyhow::bail!("it does not exist yet; clientele serve or clientele migrate creates it");
    }
    let db = setup::connect(settings).await?;
    match db.pending_migrations().await? {
        0 => {}
        n => anyhow::bail!("pending migrations: {n}; run clientele migrate"),
    }
    let snapshot = db.snapshot(SystemClock.now()).await?;
    let view = snapshot.view();
    errors.extend(health::check(view).await?.iter().map(ToString::to_string));
    if let Some(homes) = homes {
        let missing: Vec<String> = health::recent_homes(view, MAX_HOMES)
            .await?
            .into_iter()
            .filter(|name| !homes.has(name))
            .collect();
        if let Some(first) = missing.first() {
            let count = super::terminal::with_noun(
                missing.len() as u64,
                "home directory is missing",
                "home directories are missing",
            );
            errors.push(format!("{count}, such as that of {first}"));
        }
    }
    errors.extend(unusable_servers(settings, view).await?);
    drop(snapshot);
    db.close().await;
    Ok(())
}

/// Returns an error for each MySQL server whose administration URL fails.
async fn unusable_servers(settings: &Settings, view: View<'_>) -> anyhow::Result<Vec<String>> {
    let key = match &settings.secret_key {
        // Loading a missing generated key would create it. `check_files` has reported the error.
        KeySource::File(path) | KeySource::Generated(path) if !path.exists() => {
            return Ok(Vec::new());
        }
        source => SecretKey::load(source)?,
    };
    let sealer = Sealer::new(&key);
    let unusable = mysql_servers::find_unreachable(view, &sealer).await?;
    Ok(unusable
        .into_iter()
        .map(|(name, error)| format!("the MySQL server {name} cannot be administered: {error}"))
        .collect())
}
