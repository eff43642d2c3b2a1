//! What was read a moment ago, for those who only look: settings, names to choose from, counters.
//!
//! A change by this process is seen at once, whatever it changed: everything is forgotten with it.
//! One by another process is seen a second later. Whoever changes something reads in his
//! transaction, and that never looks here.

use super::totals::Totals;
use domain::scope::Scope;
use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a look may be behind a change by another process.
const FRESH: Duration = Duration::from_secs(1);
/// At so many entries those that are too old are thrown out. Resellers have entries of their own.
const MANY: usize = 200;

/// What is kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    what: &'static str,
    scope: Scope,
    limit: u64,
}

impl Key {
    /// All of something.
    #[must_use]
    pub const fn whole(what: &'static str) -> Self {
        Self::part(what, Scope::All, u64::MAX)
    }

    /// What somebody sees of it, and of that at most so much.
    #[must_use]
    pub const fn part(what: &'static str, scope: Scope, limit: u64) -> Self {
        Self { what, scope, limit }
    }
}

pub(super) struct Entry {
    pub read: Instant,
    /// How many changes there had been when the reading began.
    pub changes: u64,
    pub value: Arc<dyn Any + Send + Sync>,
}

/// What a process read last.
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
    /// The counts of customers, which changes do not make wrong.
    pub const fn totals(&self) -> &Totals {
        &self.totals
    }

    /// How many changes there were so far.
    pub fn changes(&self) -> u64 {
        self.changes.load(Ordering::SeqCst)
    }

    /// Something was changed: whatever is known may be wrong.
    pub fn forget(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    /// What is known, if nothing changed since.
    pub fn get<T: Send + Sync + 'static>(&self, key: &Key, changes: u64) -> Option<Arc<T>> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = entries
            .get(key)
            .filter(|entry| entry.changes == changes && entry.read.elapsed() < FRESH)?;
        entry.value.clone().downcast().ok()
    }

    /// Keeps what was read.
    pub fn keep(&self, key: Key, entry: Entry) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= MANY {
            entries.retain(|_, entry| entry.read.elapsed() < FRESH);
        }
        if entries.len() < MANY {
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

    async fn asked(on: &Reader, times: &AtomicU64) -> u64 {
        *on.recent(KEY, async |_| Ok(times.fetch_add(1, Ordering::SeqCst))).await.unwrap()
    }

    #[tokio::test]
    async fn what_was_read_is_kept_until_something_changes() {
        let folder = tempfile::tempdir().unwrap();
        let (db, _fresh) = database(folder.path()).await;
        let times = AtomicU64::new(0);
        let first = asked(&db.reader(), &times).await;
        assert_eq!(first, asked(&db.reader(), &times).await, "the second look asks nobody");
        db.write(async |_| Ok::<_, DbError>(())).await.unwrap();
        assert_eq!(asked(&db.reader(), &times).await, 1);
    }

    #[tokio::test]
    async fn what_changed_while_it_was_read_is_not_kept() {
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
    async fn a_transaction_reads_for_itself() {
        let folder = tempfile::tempdir().unwrap();
        let (db, _fresh) = database(folder.path()).await;
        let times = AtomicU64::new(0);
        asked(&db.reader(), &times).await;
        let inside = db
            .write(async |tx| Ok::<_, DbError>((asked(tx, &times).await, asked(tx, &times).await)))
            .await
            .unwrap();
        assert_eq!(inside, (1, 2));
    }
}
