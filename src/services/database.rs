//! The database of an installation, before the program runs on it: opened, migrated, backed up and
//! restored.

use super::app::{App, Look};
use super::{Env, Outcome};
use anyhow::Context as _;
use config::{DatabaseUrl, TrustedProxies};
use db::{Db, mysql_tls};
use domain::backup::Line;
use jiff::Timestamp;

/// An open database.
pub struct Database(Db);

/// Describes how connections to a MySQL database are encrypted; `None` for other databases.
#[must_use]
pub fn tls(url: &DatabaseUrl) -> Option<String> {
    mysql_tls::described(url.expose())
}

impl Database {
    /// Opens a database. A SQLite file is created where it is missing.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn open(url: &DatabaseUrl) -> anyhow::Result<Self> {
        let opened = Db::connect(url.expose()).await;
        Ok(Self(opened.with_context(|| format!("the database {url} cannot be opened"))?))
    }

    /// Whether no migration was applied yet. Nothing is written.
    ///
    /// # Errors
    /// The database's.
    pub async fn is_new(&self) -> Outcome<bool> {
        Ok(self.0.is_new().await?)
    }

    /// Returns the number of migrations that are not applied. Nothing is written.
    ///
    /// # Errors
    /// The database's.
    pub async fn pending_migrations(&self) -> Outcome<usize> {
        Ok(self.0.pending_migrations().await?)
    }

    /// Brings the schema up to date; returns the number of migrations that were applied.
    ///
    /// # Errors
    /// When a migration fails.
    pub async fn migrate(&self) -> anyhow::Result<usize> {
        let pending = self.0.pending_migrations().await?;
        self.0.migrate().await.context("the schema cannot be brought up to date")?;
        Ok(pending)
    }

    /// Returns a view of the database as it is, without an [`App`].
    ///
    /// # Errors
    /// The database's.
    pub async fn look(&self, at: Timestamp) -> Outcome<Look> {
        Look::on(self.0.reader(), at).await
    }

    /// Passes every line of a backup to `write`, as of one moment.
    ///
    /// # Errors
    /// Those of `write`, and the database's.
    pub async fn back_up(
        &self,
        write: impl FnMut(Line) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        db::backup::unload(&self.0, write).await
    }

    /// Restores a backup into an empty database: brings the schema to the backup's `migrations`,
    /// loads every line that `next` returns, calls `before_commit`, and brings the schema up to
    /// date. Returns the number of rows, and what `before_commit` returned.
    ///
    /// # Errors
    /// Those of `next` and `before_commit`; a backup of a newer version, a database that is in use,
    /// lines that do not fit, and the database's.
    pub async fn restore<T>(
        &self,
        migrations: usize,
        mut next: impl FnMut() -> anyhow::Result<Option<Line>>,
        before_commit: impl FnOnce() -> anyhow::Result<T>,
    ) -> anyhow::Result<(u64, T)> {
        self.0.migrate_to(migrations).await?;
        let mut loading = db::backup::load(&self.0).await?;
        let mut rows = 0;
        while let Some(line) = next()? {
            rows += u64::from(matches!(line, Line::Row(_)));
            loading.take(line).await?;
        }
        let done = before_commit()?;
        loading.finish().await?;
        self.0.migrate().await?;
        Ok((rows, done))
    }

    /// Returns the program on this database.
    #[must_use]
    pub fn into_app(self, env: Env, trusted_proxies: TrustedProxies) -> App {
        App::new(self.0, env, trusted_proxies)
    }

    /// Closes the database.
    pub async fn close(self) {
        self.0.close().await;
    }
}

/// Returns the names of all migrations, in order; a backup holds those of its schema.
#[must_use]
pub fn migrations() -> Vec<String> {
    db::backup::steps()
}
