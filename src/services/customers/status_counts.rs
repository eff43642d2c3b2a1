//! Counts customers by status, for the customer list and the dashboard.

use crate::{Outcome, View};
use db::{Key, Reader};
use domain::query::{Filter, Status};
use domain::scope::Scope;

/// Numbers of customers who match a filter, by status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusCounts {
    /// Customers of any status.
    pub all: u64,
    pub suspended: u64,
    /// Customers locked after failed sign-ins, suspended or not.
    pub locked: u64,
}

impl StatusCounts {
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

impl StatusCounts {
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

/// Counts the matches of a filter by status, in one statement. The status of the filter itself is
/// ignored.
pub(super) async fn count_filter(
    view: View<'_>,
    scope: Scope,
    filter: &Filter,
) -> Outcome<StatusCounts> {
    let [all, suspended, locked] =
        db::customers::count_by_status(view.on, scope, filter, view.settings.lock_rule(view.at))
            .await?;
    Ok(StatusCounts { all, suspended, locked })
}

/// Counts all customers within a scope by status. The numbers are cached, since many requests need
/// them.
pub(super) async fn count_scope(view: View<'_>, scope: Scope) -> Outcome<StatusCounts> {
    let lock = view.settings.lock_rule(view.at);
    let read = async |on: &Reader| db::customers::count_by_status_within(on, scope, lock).await;
    let key = Key::scoped("state counts", scope, u64::MAX);
    let [all, suspended, locked] = *view.on.recent(key, read).await?;
    Ok(StatusCounts { all, suspended, locked })
}
