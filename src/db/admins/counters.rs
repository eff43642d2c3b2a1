//! Counters of the quota that an admin has assigned. A reservation is one conditional UPDATE, so
//! limits hold under concurrency.

use crate::entities::admin;
use crate::values::to_column;
use crate::{DbError, Tx};
use domain::id::AdminId;
use domain::resources::{Amounts, Resource};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _};

/// A change of the quota that an admin has assigned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reservation {
    /// Number of additional customers.
    pub customers: u64,
    /// Number of additional domains.
    pub domains: u64,
    /// Finite amounts to reserve.
    pub reserved: Amounts,
    /// Finite amounts to release.
    pub released: Amounts,
    /// Resources that become unlimited by this change. The admin's own limit of each must be
    /// unlimited.
    pub unlimited: UnlimitedSet,
}

/// A set of resources without limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnlimitedSet(u16);

impl UnlimitedSet {
    pub const fn insert(&mut self, resource: Resource) {
        self.0 |= 1 << resource as u16;
    }

    #[must_use]
    pub const fn contains(self, resource: Resource) -> bool {
        self.0 & (1 << resource as u16) != 0
    }
}

impl Reservation {
    /// Returns whether more of the resource is reserved than released.
    fn grows(&self, resource: Resource) -> bool {
        self.reserved[resource] > self.released[resource]
    }
}

/// Reserves quota if every limit allows it, all of it or nothing. Returns whether it was reserved.
/// The limit of a resource is checked only if more of it is reserved than released, so a limit that
/// is already exceeded does not block other changes.
pub async fn reserve(tx: &Tx, admin: AdminId, reservation: &Reservation) -> Result<bool, DbError> {
    let mut fits = Condition::all().add(admin::Column::Id.eq(admin.0));
    if reservation.customers > 0 {
        fits = fits.add(within(
            admin::Column::Customers,
            admin::Column::CustomersUsed,
            to_column(reservation.customers),
        ));
    }
    if reservation.domains > 0 {
        fits = fits.add(within(
            admin::Column::Domains,
            admin::Column::DomainsUsed,
            to_column(reservation.domains),
        ));
    }
    for resource in Resource::ALL {
        let (limit, used) = (admin::Column::limit(resource), admin::Column::usage(resource));
        if reservation.unlimited.contains(resource) {
            fits = fits.add(limit.is_null());
        } else if reservation.grows(resource) {
            fits = fits.add(within(
                limit,
                used,
                to_column(reservation.reserved[resource])
                    - to_column(reservation.released[resource]),
            ));
        }
    }
    Ok(update_counters(tx, fits, reservation, 1).await? == 1)
}

/// Reserves quota without checking limits, for imported customers whose quota another panel has
/// assigned.
pub async fn reserve_unchecked(
    tx: &Tx,
    admin: AdminId,
    reservation: &Reservation,
) -> Result<(), DbError> {
    update_counters(tx, Condition::all().add(admin::Column::Id.eq(admin.0)), reservation, 1)
        .await?;
    Ok(())
}

/// Releases quota: the reverse of [`reserve`], without conditions.
pub async fn release(tx: &Tx, admin: AdminId, reservation: &Reservation) -> Result<(), DbError> {
    update_counters(tx, Condition::all().add(admin::Column::Id.eq(admin.0)), reservation, -1)
        .await?;
    Ok(())
}

async fn update_counters(
    tx: &Tx,
    fits: Condition,
    reservation: &Reservation,
    sign: i64,
) -> Result<u64, DbError> {
    let mut update = admin::Entity::update_many()
        .col_expr(
            admin::Column::CustomersUsed,
            plus(admin::Column::CustomersUsed, sign * to_column(reservation.customers)),
        )
        .col_expr(
            admin::Column::DomainsUsed,
            plus(admin::Column::DomainsUsed, sign * to_column(reservation.domains)),
        );
    for resource in Resource::ALL {
        let difference =
            to_column(reservation.reserved[resource]) - to_column(reservation.released[resource]);
        if difference != 0 {
            let used = admin::Column::usage(resource);
            update = update.col_expr(used, plus(used, sign * difference));
        }
    }
    Ok(update.filter(fits).exec(&tx.on()).await?.rows_affected)
}

fn plus(column: admin::Column, n: i64) -> SimpleExpr {
    Expr::col(column).add(n)
}

/// Returns the condition `limit IS NULL OR used <= limit - more`. In this form, no sum can
/// overflow.
fn within(limit: admin::Column, used: admin::Column, more: i64) -> Condition {
    Condition::any().add(limit.is_null()).add(Expr::col(used).lte(Expr::col(limit).sub(more)))
}
