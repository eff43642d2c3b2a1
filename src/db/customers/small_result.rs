//! Finds the customers that match a filter, if they are few. A page then needs no further queries
//! on their status.

use super::filter::{self, LockRule};
use super::read::within;
use crate::entities::{customer, login};
use crate::values::to_timestamp;
use crate::{DbError, Reader};
use domain::id::CustomerId;
use domain::query::{Column, Filter, Status};
use domain::scope::Scope;
use sea_orm::{EntityTrait as _, QuerySelect as _};

/// A customer that matches a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    pub id: CustomerId,
    pub suspended: bool,
    pub locked: bool,
}

impl Match {
    /// Returns whether the customer has this status.
    #[must_use]
    pub const fn has_status(self, status: Status) -> bool {
        match status {
            Status::Active => !self.suspended,
            Status::Suspended => self.suspended,
            Status::Locked => self.locked,
        }
    }
}

/// Returns the customers that match the filter, in no order, or `None` if there are more than
/// `max`. Ignores the filter's status.
pub async fn find_up_to(
    on: &Reader,
    scope: Scope,
    filter: &Filter,
    lock: LockRule,
    max: u64,
) -> Result<Option<Vec<Match>>, DbError> {
    let filter = Filter { status: None, ..filter.clone() };
    let query = within(customer::Entity::find(), scope);
    let query =
        filter::apply(filter::join(query, &filter, [Column::Failures]), &filter, lock, on.engine())
            .select_only()
            .columns([customer::Column::Id, customer::Column::Suspended])
            .columns([login::Column::FailedCount, login::Column::LastFailedAt])
            .limit(max + 1);
    let rows: Vec<(i64, bool, i64, Option<i64>)> = query.into_tuple().all(&on.on()).await?;
    let to_match = |(id, suspended, failures, last): (i64, bool, i64, Option<i64>)| Match {
        id: CustomerId(id),
        suspended,
        locked: lock.locks(u32::try_from(failures).unwrap_or(u32::MAX), last.map(to_timestamp)),
    };
    let is_few = u64::try_from(rows.len()).is_ok_and(|n| n <= max);
    Ok(is_few.then(|| rows.into_iter().map(to_match).collect()))
}
