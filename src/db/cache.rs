//! All values that this process caches, with their age limits.
//!
//! | value | key | kept for |
//! |---|---|---|
//! | result of [`Reader::recent`](crate::Reader::recent): settings, choices of forms, counts by status | [`Key`] | a second, or until this process changes something |
//! | number of customers in a large scope | scope | a minute; counters keep it current |
//! | number of suspended or locked customers, if there are many | scope, status | ten seconds |
//!
//! A change by another process shows after this time. Code that changes something reads in its
//! transaction, which never uses a cache.

use super::DbError;
use domain::query::Status;
use domain::scope::Scope;
use moka::future::Cache;
use moka::policy::EvictionPolicy;
use sea_orm::DbErr;
use std::any::Any;
use std::fmt;
use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Time for which results of [`Reader::recent`](crate::Reader::recent) are kept.
const RECENT: Duration = Duration::from_secs(1);
/// Time for which the number of customers in a large scope is kept, adjusted by the counters.
const TOTALS: Duration = Duration::from_mins(1);
/// Time for which large numbers of suspended and locked customers are kept.
const STATUS_COUNTS: Duration = Duration::from_secs(10);
/// Maximum number of values of each kind. Resellers have values of their own.
const MAX_ENTRIES: u64 = 1_000;
/// Scopes with at most this many customers are counted each time.
const MAX_UNCACHED: i64 = 20_000;

/// Returns the smallest number of customers with this status that is kept. It is lower for locked
/// customers, since each of them is looked up separately.
const fn min_kept(status: Status) -> u64 {
    match status {
        Status::Locked => 200,
        Status::Active | Status::Suspended => 10_000,
    }
}

/// Key of a result of [`Reader::recent`](crate::Reader::recent).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    name: &'static str,
    scope: Scope,
    limit: u64,
}

impl Key {
    /// Returns the key of a value that no scope restricts.
    #[must_use]
    pub const fn unscoped(name: &'static str) -> Self {
        Self::scoped(name, Scope::All, u64::MAX)
    }

    /// Returns the key of a value within a scope, with at most `limit` rows.
    #[must_use]
    pub const fn scoped(name: &'static str, scope: Scope, limit: u64) -> Self {
        Self { name, scope, limit }
    }
}

type Value = Arc<dyn Any + Send + Sync>;

/// A number of customers, and the value of their owners' counters as read by the same statement.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    pub rows: i64,
    pub counter: i64,
}

/// The cached values of this process.
pub(super) struct Caches {
    /// Number of changes by this process.
    changes: AtomicU64,
    /// Results with the number of changes when the read began. A change during a read makes its
    /// result unreachable.
    recent: Cache<(Key, u64), Value>,
    totals: Cache<Scope, Counted>,
    status_counts: Cache<(Scope, Status), u64>,
}

fn cache<K, V>(kept_for: Duration) -> Cache<K, V>
where
    K: Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    // With the default policy, a full cache would not accept new keys, such as those after a
    // change.
    Cache::builder()
        .max_capacity(MAX_ENTRIES)
        .eviction_policy(EvictionPolicy::lru())
        .time_to_live(kept_for)
        .build()
}

impl Default for Caches {
    fn default() -> Self {
        Self {
            changes: AtomicU64::default(),
            recent: cache(RECENT),
            totals: cache(TOTALS),
            status_counts: cache(STATUS_COUNTS),
        }
    }
}

impl fmt::Debug for Caches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caches").field("changes", &self.changes).finish_non_exhaustive()
    }
}

impl Caches {
    /// Discards all results of [`Reader::recent`](crate::Reader::recent) after a change.
    pub fn discard_recent(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    /// Returns the cached result for this key, or that of `read`. Concurrent callers wait for one
    /// read.
    pub async fn cached<T, R>(&self, key: Key, read: R) -> Result<Arc<T>, DbError>
    where
        T: Send + Sync + 'static,
        R: Future<Output = Result<T, DbError>>,
    {
        let key = (key, self.changes.load(Ordering::SeqCst));
        let read = async {
            let value: Value = Arc::new(read.await?);
            Ok::<_, DbError>(value)
        };
        // On the heap, because this future would make those of all callers large.
        let value =
            Box::pin(self.recent.try_get_with(key, read)).await.map_err(Arc::unwrap_or_clone)?;
        let other_type =
            |_| DbError::Other(DbErr::Custom("a key of the cache has two types".to_owned()));
        value.downcast().map_err(other_type)
    }

    pub async fn total(&self, scope: Scope) -> Option<Counted> {
        self.totals.get(&scope).await
    }

    /// Keeps the number of customers within a scope, if it is large.
    pub async fn keep_total(&self, scope: Scope, counted: Counted) {
        if counted.rows > MAX_UNCACHED {
            self.totals.insert(scope, counted).await;
        }
    }

    pub async fn status_count(&self, scope: Scope, status: Status) -> Option<u64> {
        self.status_counts.get(&(scope, status)).await
    }

    /// Keeps the number of customers with this status, if it is large.
    pub async fn keep_status_count(&self, scope: Scope, status: Status, n: u64) {
        if n >= min_kept(status) {
            self.status_counts.insert((scope, status), n).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Db, DbError, Reader};
    use test_databases::database::{TestDatabase, create_test_database};

    const KEY: Key = Key::unscoped("test");

    async fn database(dir: &std::path::Path) -> (Db, TestDatabase) {
        let database = create_test_database(dir);
        (Db::connect(&database.url).await.unwrap(), database)
    }

    async fn cached_read(on: &Reader, times: &AtomicU64) -> u64 {
        *on.recent(KEY, async |_| Ok(times.fetch_add(1, Ordering::SeqCst))).await.unwrap()
    }

    #[tokio::test]
    async fn values_are_cached_until_a_change() {
        let folder = tempfile::tempdir().unwrap();
        let (db, _database) = database(folder.path()).await;
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
        let (db, _database) = database(folder.path()).await;
        let reader = db.reader();
        let read = async |_: &Reader| {
            db.write(async |_| Ok::<_, DbError>(())).await?;
            Ok(7_u64)
        };
        assert_eq!(*reader.recent(KEY, read).await.unwrap(), 7);
        assert_eq!(*reader.recent(KEY, async |_| Ok(8_u64)).await.unwrap(), 8);
    }

    #[tokio::test]
    async fn concurrent_callers_wait_for_one_read() {
        let folder = tempfile::tempdir().unwrap();
        let (db, _database) = database(folder.path()).await;
        let (times, reader) = (AtomicU64::new(0), db.reader());
        let read = async || {
            let slow = async |_: &Reader| {
                tokio::task::yield_now().await;
                Ok(times.fetch_add(1, Ordering::SeqCst))
            };
            *reader.recent(KEY, slow).await.unwrap()
        };
        assert_eq!(futures_util::future::join_all([read(), read(), read()]).await, [0; 3]);
    }

    #[tokio::test]
    async fn transactions_do_not_use_the_cache() {
        let folder = tempfile::tempdir().unwrap();
        let (db, _database) = database(folder.path()).await;
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
