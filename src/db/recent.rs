//! Cache of recent reads: settings, choices of forms, counters.
//!
//! A change by this process discards all entries at once. A change by another process shows after
//! one second. Code that changes something reads in its transaction, which never uses the cache.

use super::totals::Totals;
use domain::scope::Scope;
use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Maximum age of an entry, and so the delay until changes by another process show.
const MAX_AGE: Duration = Duration::from_secs(1);
/// Number of entries at which expired ones are removed. Resellers have entries of their own.
const MAX_ENTRIES: usize = 200;

/// Key of a cached value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    what: &'static str,
    scope: Scope,
    limit: u64,
}

impl Key {
    /// Returns the key of a value that covers everything.
    #[must_use]
    pub const fn whole(what: &'static str) -> Self {
        Self::part(what, Scope::All, u64::MAX)
    }

    /// Returns the key of a value within a scope, with at most `limit` rows.
    #[must_use]
    pub const fn part(what: &'static str, scope: Scope, limit: u64) -> Self {
        Self { what, scope, limit }
    }
}

pub(super) struct Entry {
    pub read: Instant,
    /// Number of changes when the read began.
    pub changes: u64,
    pub value: Arc<dyn Any + Send + Sync>,
}

/// Cached reads of this process.
#[derive(Default)]
pub(super) struct Recent {
    changes: AtomicU64,
    entries: Mutex<HashMap<Key, Entry>>,
    totals: Totals,
}

impl fmt::Debug for Recent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recent").field("changes", &self.changes).finish_non_exhaustive()
    }
}

impl Recent {
    /// Returns the counts of customers, which stay valid after changes.
    pub const fn totals(&self) -> &Totals {
        &self.totals
    }

    /// Returns the number of changes so far.
    pub fn changes(&self) -> u64 {
        self.changes.load(Ordering::SeqCst)
    }

    /// Discards all entries after a change.
    pub fn forget(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    /// Returns the value if it is fresh and nothing has changed since it was read.
    pub fn get<T: Send + Sync + 'static>(&self, key: &Key, changes: u64) -> Option<Arc<T>> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = entries
            .get(key)
            .filter(|entry| entry.changes == changes && entry.read.elapsed() < MAX_AGE)?;
        entry.value.clone().downcast().ok()
    }

    /// Stores a value, unless the cache is full of fresh ones.
    pub fn keep(&self, key: Key, entry: Entry) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= MAX_ENTRIES {
            entries.retain(|_, entry| entry.read.elapsed() < MAX_AGE);
        }
        if entries.len() < MAX_ENTRIES {
            entries.insert(key, entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Db, DbError, Reader};
    use test_databases::database::{Fresh, fresh};

    const KEY: Key = Key::whole("test");

    async fn database(dir: &std::path::Path) -> (Db, Fresh) {
        let fresh = fresh(dir);
        (Db::connect(&fresh.url).await.unwrap(), fresh)
    }

    async fn cached_read(on: &Reader, times: &AtomicU64) -> u64 {
        *on.recent(KEY, async |_| Ok(times.fetch_add(1, Ordering::SeqCst))).await.unwrap()
    }

    #[tokio::test]
    async fn values_are_cached_until_a_change() {
        let folder = tempfile::tempdir().unwrap();
        let (db, _fresh) = database(folder.path()).await;
        let times = AtomicU64::new(0);
        let first = cached_read(&db.reader(), &times).await;
        assert_eq!(
            first,
            cached_read(&db.reader(), &times).await,
            "the second read uses the cache"
        );
        db.write(async |_| Ok::<_, DbError>(())).await.unwrap();
        assert_eq!(cached_read(&db.reader(), &times).await, 1);
    }

    #[tokio::test]
    async fn values_that_change_during_the_read_are_not_cached() {
        let folder = tempfile::tempdir().unwrap();
        let (db, _fresh) = database(folder.path()).await;
        let reader = db.reader();
        let read = async |_: &Reader| {
            db.write(async |_| Ok::<_, DbError>(())).await?;
            Ok(7_u64)
        };
        assert_eq!(*reader.recent(KEY, read).await.unwrap(), 7);
        assert_eq!(*reader.recent(KEY, async |_| Ok(8_u64)).await.unwrap(), 8);
    }

    #[tokio::test]
    async fn transactions_do_not_use_the_cache() {
        let folder = tempfile::tempdir().unwrap();
        let (db, _fresh) = database(folder.path()).await;
        let times = AtomicU64::new(0);
        cached_read(&db.reader(), &times).await;
        let inside = db
            .write(async |tx| {
                Ok::<_, DbError>((cached_read(tx, &times).await, cached_read(tx, &times).await))
            })
            .await
            .unwrap();
        assert_eq!(inside, (1, 2));
    }
}
