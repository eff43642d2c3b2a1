//! What a filter finds, where it finds few: asked for once, whatever the page then wants to know of
//! them.

use super::filter::{self, LockRule};
use super::read::within;
use crate::entities::{customer, login};
use crate::values::time;
use crate::{DbError, Reader};
use domain::id::CustomerId;
use domain::query::{Column, Filter, Status};
use domain::scope::Scope;
use sea_orm::{EntityTrait as _, QuerySelect as _};

/// A customer whom a filter found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Who.
    pub id: CustomerId,
    /// Whether he is suspended.
    pub suspended: bool,
    /// Whether he is locked.
    pub locked: bool,
}

impl Found {
    /// Whether he is in this state.
    #[must_use]
    pub const fn is(self, status: Status) -> bool {
        match status {
            Status::Active => !self.suspended,
            Status::Suspended => self.suspended,
            Status::Locked => self.locked,
        }
    }
}

/// Whom a filter lets through in any state, in no order; nothing where they are more than `most`.
///
/// # Errors
/// The database's.
pub async fn few(
    on: &Reader,
    scope: Scope,
    filter: &Filter,
    lock: LockRule,
    most: u64,
) -> Result<Option<Vec<Found>>, DbError> {
    let filter = Filter { status: None, ..filter.clone() };
    let query = within(customer::Entity::find(), scope);
    let query =
        filter::apply(filter::join(query, &filter, [Column::Failures]), &filter, lock, on.engine())
            .select_only()
            .columns([customer::Column::Id, customer::Column::Suspended])
            .columns([login::Column::FailedCount, login::Column::LastFailedAt])
            .limit(most + 1);
    let rows: Vec<(i64, bool, i64, Option<i64>)> = query.into_tuple().all(&on.on()).await?;
    let found = |(id, suspended, failures, last): (i64, bool, i64, Option<i64>)| Found {
        id: CustomerId(id),
        suspended,
        locked: lock.locks(u32::try_from(failures).unwrap_or(u32::MAX), last.map(time)),
    };
    let is_few = u64::try_from(rows.len()).is_ok_and(|n| n <= most);
    Ok(is_few.then(|| rows.into_iter().map(found).collect()))
}
