//! The counters of what an admin has handed out: one conditional UPDATE, so that limits hold
//! whoever else is at it.

use crate::entities::admin;
use crate::values::column;
use crate::{DbError, Tx};
use domain::id::AdminId;
use domain::resources::{Amounts, Resource};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _};

/// What is taken out of an admin's allowance, and given back to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taking {
    /// Customers more.
    pub customers: u64,
    /// Domains more.
    pub domains: u64,
    /// Finite amounts taken.
    pub take: Amounts,
    /// Finite amounts given back.
    pub give_back: Amounts,
    /// Resources handed out without limit now, that were not before: the admin must have them
    /// without limit himself.
    pub unlimited: UnlimitedSet,
}

/// Which resources are handed out without limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnlimitedSet(u16);

impl UnlimitedSet {
    /// Adds a resource.
    pub const fn insert(&mut self, resource: Resource) {
        self.0 |= 1 << resource as u16;
    }

    /// Whether it is among them.
    #[must_use]
    pub const fn contains(self, resource: Resource) -> bool {
        self.0 & (1 << resource as u16) != 0
    }
}

impl Taking {
    /// Whether more of this is asked for than before.
    fn grows(&self, resource: Resource) -> bool {
        self.take[resource] > self.give_back[resource]
    }
}

/// Books a taking if every limit allows it: all of it or nothing. Gives whether it was booked. A
/// resource of which no more is asked than before is not held against a limit that was already
/// passed.
///
/// # Errors
/// The database's.
pub async fn reserve(tx: &Tx, admin: AdminId, taking: &Taking) -> Result<bool, DbError> {
    let mut fits = Condition::all().add(admin::Column::Id.eq(admin.0));
    if taking.customers > 0 {
        fits = fits.add(within(
            admin::Column::Customers,
            admin::Column::CustomersUsed,
            column(taking.customers),
        ));
    }
    if taking.domains > 0 {
        fits = fits.add(within(
            admin::Column::Domains,
            admin::Column::DomainsUsed,
            column(taking.domains),
        ));
    }
    for resource in Resource::ALL {
        let (limit, used) = columns(resource);
        if taking.unlimited.contains(resource) {
            fits = fits.add(limit.is_null());
        } else if taking.grows(resource) {
            fits = fits.add(within(
                limit,
                used,
                column(taking.take[resource]) - column(taking.give_back[resource]),
            ));
        }
    }
    Ok(book(tx, fits, taking, 1).await? == 1)
}

/// Books a taking whatever the limits say: what came from elsewhere was handed out long ago.
///
/// # Errors
/// The database's.
pub async fn book_beyond(tx: &Tx, admin: AdminId, taking: &Taking) -> Result<(), DbError> {
    book(tx, Condition::all().add(admin::Column::Id.eq(admin.0)), taking, 1).await?;
    Ok(())
}

/// Gives back what was taken: the reverse of [`reserve`], always possible.
///
/// # Errors
/// The database's.
pub async fn release(tx: &Tx, admin: AdminId, taking: &Taking) -> Result<(), DbError> {
    book(tx, Condition::all().add(admin::Column::Id.eq(admin.0)), taking, -1).await?;
    Ok(())
}

async fn book(tx: &Tx, fits: Condition, taking: &Taking, sign: i64) -> Result<u64, DbError> {
    let mut update = admin::Entity::update_many()
        .col_expr(
            admin::Column::CustomersUsed,
            plus(admin::Column::CustomersUsed, sign * column(taking.customers)),
        )
        .col_expr(
            admin::Column::DomainsUsed,
            plus(admin::Column::DomainsUsed, sign * column(taking.domains)),
        );
    for resource in Resource::ALL {
        let difference = column(taking.take[resource]) - column(taking.give_back[resource]);
        if difference != 0 {
            let (_, used) = columns(resource);
            update = update.col_expr(used, plus(used, sign * difference));
        }
    }
    Ok(update.filter(fits).exec(&tx.on()).await?.rows_affected)
}

fn plus(column: admin::Column, n: i64) -> SimpleExpr {
    Expr::col(column).add(n)
}

/// `limit IS NULL OR used <= limit - more`: written so that no sum can overflow.
fn within(limit: admin::Column, used: admin::Column, more: i64) -> Condition {
    Condition::any().add(limit.is_null()).add(Expr::col(used).lte(Expr::col(limit).sub(more)))
}

macro_rules! columns {
    (($resource:expr) $({ $Resource:ident $Used:ident $($rest:tt)* })+) => {
        match $resource {
            $(Resource::$Resource => (admin::Column::$Resource, admin::Column::$Used),)+
        }
    };
}

/// The limit and the counter of a resource.
pub(crate) const fn columns(resource: Resource) -> (admin::Column, admin::Column) {
    domain::each_resource!(columns!(resource))
}
