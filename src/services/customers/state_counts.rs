//! How many customers there are in each state, for the tabs above the list.

use super::listing::whole;
use crate::db::customers::{Counted, LockRule};
use crate::db::{self, DbError, Key, Reader};
use crate::domain::actor::{Manager, Scope};
use crate::domain::query::{Filter, Status};
use crate::services::{Outcome, View};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many customers a filter lets through in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateCounts {
    /// In any state.
    pub all: u64,
    /// Suspended.
    pub suspended: u64,
    /// Locked after failed sign-ins, suspended or not.
    pub locked: u64,
}

impl StateCounts {
    /// How many are in this state, or in any.
    #[must_use]
    pub const fn of(self, status: Option<Status>) -> u64 {
        match status {
            None => self.all,
            Some(Status::Active) => self.all.saturating_sub(self.suspended),
            Some(Status::Suspended) => self.suspended,
            Some(Status::Locked) => self.locked,
        }
    }
}

/// A number that takes longer to count than the rest of the page takes may be so old.
const KEPT: Duration = Duration::from_secs(10);

/// From how many on that is so: whoever is locked has to be looked up one by one.
const fn many(status: Status) -> u64 {
    match status {
        Status::Locked => 200,
        Status::Active | Status::Suspended => 10_000,
    }
}

/// Numbers that take long to count, each with when it was counted.
#[derive(Debug, Default)]
pub struct LargeCounts(Mutex<HashMap<(Scope, Status), (Instant, u64)>>);

impl LargeCounts {
    fn get(&self, scope: Scope, status: Status) -> Option<u64> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, (at, _)| at.elapsed() < KEPT);
        known.get(&(scope, status)).map(|(_, n)| *n)
    }

    fn keep(&self, scope: Scope, status: Status, n: u64) {
        if n >= many(status) {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert((scope, status), (Instant::now(), n));
        }
    }
}

/// Counts the manager's customers by state, in one statement; the filter's own state is not looked at.
///
/// # Errors
/// The database's.
pub(super) async fn state_counts(view: View<'_>, by: &Manager, filter: &Filter, known: &LargeCounts) -> Outcome<StateCounts> {
    let lock = view.settings.lock_rule(view.at);
    if let Some(scope) = whole(by.scope(), &Filter { status: None, ..filter.clone() }) {
        let read = async |on: &Reader| of_scope(on, scope, lock, known).await;
        return Ok(*view.on.recent(Key::part("state counts", scope, 0), read).await?);
    }
    let [all, suspended, locked] = db::customers::count_states(view.on, by.scope(), filter, lock).await?;
    Ok(StateCounts { all, suspended, locked })
}

/// Without a filter, counters and indexes know the numbers, and everybody looks at them.
async fn of_scope(on: &Reader, scope: Scope, lock: LockRule, known: &LargeCounts) -> Result<StateCounts, DbError> {
    let filters = [Status::Suspended, Status::Locked].map(|status| (status, Filter { status: Some(status), ..Filter::default() }));
    let mut numbers: HashMap<Status, u64> =
        filters.iter().filter_map(|(status, _)| known.get(scope, *status).map(|n| (*status, n))).collect();
    let unknown: Vec<_> = filters.iter().filter(|(status, _)| !numbers.contains_key(status)).collect();
    let mut wanted = vec![Counted::All(scope)];
    wanted.extend(unknown.iter().map(|(_, filter)| Counted::Some(scope, filter)));
    let found = db::customers::counts(on, &wanted, lock).await?;
    for ((status, _), n) in unknown.into_iter().zip(found.iter().skip(1)) {
        known.keep(scope, *status, *n);
        numbers.insert(*status, *n);
    }
    let number = |status| numbers.get(&status).copied().unwrap_or(0);
    Ok(StateCounts { all: found.first().copied().unwrap_or(0), suspended: number(Status::Suspended), locked: number(Status::Locked) })
}
