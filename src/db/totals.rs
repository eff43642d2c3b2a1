//! Counts of customers in large scopes, kept up by the counters between two real counts.

use domain::scope::Scope;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Up to so many rows are counted each time.
pub(crate) const SMALL: u64 = 20_000;
/// How long a count of more rows is kept up by the counters.
const KEPT: Duration = Duration::from_mins(1);

/// The counts of large scopes that a process made last.
#[derive(Debug, Default)]
pub(crate) struct Totals(Mutex<HashMap<Scope, Counted>>);

#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    pub at: Instant,
    pub rows: i64,
    /// What the counters said in the same statement.
    pub counter: i64,
}

impl Totals {
    pub fn get(&self, scope: Scope) -> Option<Counted> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, counted| counted.at.elapsed() < KEPT);
        known.get(&scope).copied()
    }

    pub fn keep(&self, scope: Scope, counted: Counted) {
        if u64::try_from(counted.rows).is_ok_and(|rows| rows > SMALL) {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(scope, counted);
        }
    }
}
