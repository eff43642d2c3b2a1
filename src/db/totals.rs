//! Cached counts of customers in large scopes. Between two counts, counters keep them current.

use domain::scope::Scope;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Scopes with at most this many rows are counted each time.
pub(crate) const SMALL: u64 = 20_000;
/// Time for which the count of a larger scope is reused, adjusted by the counters.
const MAX_AGE: Duration = Duration::from_mins(1);

/// The latest counts of large scopes.
#[derive(Debug, Default)]
pub(crate) struct Totals(Mutex<HashMap<Scope, Counted>>);

#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    pub at: Instant,
    pub rows: i64,
    /// Value of the counters in the same statement.
    pub counter: i64,
}

impl Totals {
    pub fn get(&self, scope: Scope) -> Option<Counted> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, counted| counted.at.elapsed() < MAX_AGE);
        known.get(&scope).copied()
    }

    pub fn keep(&self, scope: Scope, counted: Counted) {
        if u64::try_from(counted.rows).is_ok_and(|rows| rows > SMALL) {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(scope, counted);
        }
    }
}
