//! Counts customers by status, for the tabs above the list.

use crate::{Outcome, View};
use db::customers::LockRule;
use db::{DbError, Key, Reader};
use domain::query::{Filter, Status};
use domain::scope::Scope;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Numbers of customers who match a filter, by status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateCounts {
    /// Customers of any status.
    pub all: u64,
    pub suspended: u64,
    /// Customers locked after failed sign-ins, suspended or not.
    pub locked: u64,
}

impl StateCounts {
    /// Returns the number of customers with this status; `None` stands for any status.
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

impl StateCounts {
    /// Returns the counts with another number for this status.
    #[must_use]
    pub(super) const fn with(mut self, status: Option<Status>, n: u64) -> Self {
        match status {
            None => self.all = n,
            Some(Status::Active) => self.all = self.suspended.saturating_add(n),
            Some(Status::Suspended) => self.suspended = n,
            Some(Status::Locked) => self.locked = n,
        }
        self
    }
}

/// Maximum age of a count that takes longer than reading the rest of the page.
const MAX_AGE: Duration = Duration::from_secs(10);

/// Returns the smallest count that is kept. It is lower for locked customers, since each of them is
/// looked up separately.
const fn min_kept(status: Status) -> u64 {
    match status {
        Status::Locked => 200,
        Status::Active | Status::Suspended => 10_000,
    }
}

/// Large counts, each with the time when it was counted.
#[derive(Debug, Default)]
pub struct LargeCounts(Mutex<HashMap<(Scope, Status), (Instant, u64)>>);

impl LargeCounts {
    fn get(&self, scope: Scope, status: Status) -> Option<u64> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, (at, _)| at.elapsed() < MAX_AGE);
        known.get(&(scope, status)).map(|(_, n)| *n)
    }

    fn keep(&self, scope: Scope, status: Status, n: u64) {
        if n >= min_kept(status) {
            self.0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert((scope, status), (Instant::now(), n));
        }
    }
}

/// Counts the matches of a filter by status, in one statement. The status of the filter itself is
/// ignored.
pub(super) async fn of_filter(
    view: View<'_>,
    scope: Scope,
    filter: &Filter,
) -> Outcome<StateCounts> {
    let [all, suspended, locked] =
        db::customers::count_states(view.on, scope, filter, view.settings.lock_rule(view.at))
            .await?;
    Ok(StateCounts { all, suspended, locked })
}

/// Counts all customers within a scope by status. Uses counters, indexes and cached counts, since
/// most pages show these numbers.
pub(super) async fn of_scope(
    view: View<'_>,
    scope: Scope,
    known: &LargeCounts,
) -> Outcome<StateCounts> {
    let lock = view.settings.lock_rule(view.at);
    let read = async |on: &Reader| count(on, scope, lock, known).await;
    Ok(*view.on.recent(Key::part("state counts", scope, u64::MAX), read).await?)
}

async fn count(
    on: &Reader,
    scope: Scope,
    lock: LockRule,
    known: &LargeCounts,
) -> Result<StateCounts, DbError> {
    let states = [Status::Suspended, Status::Locked];
    let filters = states.map(|status| Filter { status: Some(status), ..Filter::default() });
    let kept = states.map(|status| known.get(scope, status));
    let unknown: Vec<&Filter> =
        filters.iter().zip(kept).filter(|(_, n)| n.is_none()).map(|(filter, _)| filter).collect();
    let all = db::customers::exact(on, scope, &Filter::default(), lock).await?;
    let mut found = db::customers::counts(on, scope, &unknown, lock).await?.into_iter();
    let mut next = || found.next().unwrap_or(0);
    let [suspended, locked] = [0, 1].map(|index| {
        kept[index].unwrap_or_else(|| {
            let n = next();
            known.keep(scope, states[index], n);
            n
        })
    });
    Ok(StateCounts { all, suspended, locked })
}
