//! The database of an installation before the program runs on it: opening, migration, backup and
//! restore.

use super::app::{App, OwnedView};
use super::{Env, Outcome};
use anyhow::Context as _;
use config::{DatabaseUrl, TrustedProxies};
use db::{Db, mysql_tls, postgres_tls};
use domain::backup::Line;
use jiff::Timestamp;

/// An open database.
pub struct Database(Db);

/// Describes how connections to a database server are encrypted; `None` for SQLite.
#[must_use]
pub fn tls(url: &DatabaseUrl) -> Option<String> {
    mysql_tls::describe(url.expose()).or_else(|| postgres_tls::describe(url.expose()))
}

impl Database {
    /// Opens a database. Creates a SQLite file that does not exist.
    pub async fn open(url: &DatabaseUrl) -> anyhow::Result<Self> {
        let opened = Db::connect(url.expose()).await;
        Ok(Self(opened.with_context(|| format!("the database {url} cannot be opened"))?))
    }

    /// Returns whether no migration has been applied yet. Writes nothing.
    pub async fn is_new(&self) -> Outcome<bool> {
        Ok(self.0.is_new().await?)
    }

    /// Returns the number of migrations that have not been applied. Writes nothing.
    pub async fn pending_migrations(&self) -> Outcome<usize> {
        Ok(self.0.pending_migrations().await?)
    }

    /// Applies all pending migrations and returns their number.
    pub async fn migrate(&self) -> anyhow::Result<usize> {
        self.0.migrate().await.context("the schema cannot be brought up to date")
    }

    /// Returns the data for a [`View`](crate::View) of the database, without an [`App`].
    pub async fn snapshot(&self, at: Timestamp) -> Outcome<OwnedView> {
        OwnedView::open(self.0.reader(), at).await
    }

    /// Passes every line of a backup to `write`. All lines are from one consistent snapshot.
    pub async fn back_up(
        &self,
        write: impl FnMut(Line) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        db::backup::export(&self.0, write).await
    }

    /// Restores a backup into an empty database and returns the number of rows and the result of
    /// `before_commit`.
    ///
    /// It migrates the schema to the backup's number of `migrations`, loads every line that `next`
    /// returns, calls `before_commit`, commits, and applies the remaining migrations.
    ///
    /// # Errors
    /// A backup of a newer version, a database that is in use, lines that do not fit the schema,
    /// and errors of `next` and `before_commit`.
    pub async fn restore<T>(
        &self,
        migrations: usize,
        mut next: impl FnMut() -> anyhow::Result<Option<Line>>,
        before_commit: impl FnOnce() -> anyhow::Result<T>,
    ) -> anyhow::Result<(u64, T)> {
        self.0.migrate_first(migrations).await?;
        let mut restore = db::backup::begin_restore(&self.0).await?;
        let mut rows = 0;
        while let Some(line) = next()? {
            rows += u64::from(matches!(line, Line::Row(_)));
            restore.restore_line(line).await?;
        }
        let result = before_commit()?;
        restore.finish().await?;
        self.0.migrate().await?;
        Ok((rows, result))
    }

    /// Returns the [`App`] that uses this database.
    #[must_use]
    pub fn into_app(self, env: Env, trusted_proxies: TrustedProxies) -> App {
        App::new(self.0, env, trusted_proxies)
    }

    pub async fn close(self) {
        self.0.close().await;
    }
}

/// Returns the names of all migrations, in order. A backup lists the ones that its schema has.
#[must_use]
pub fn migrations() -> Vec<String> {
    db::backup::migration_names()
}
