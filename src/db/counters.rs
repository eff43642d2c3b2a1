//! Counters that assign each number once.

use super::entities::counter;
use super::{DbError, Reader, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counter {
    /// Numbers of generated login names.
    AccountNumber,
    /// UNIX user and group ids.
    Guid,
}

impl Counter {
    const fn name(self) -> &'static str {
        match self {
            Self::AccountNumber => "account_number",
            Self::Guid => "guid",
        }
    }
}

/// Returns the next number. The row stays locked until the transaction ends, so that no other
/// transaction gets the same number.
pub async fn next(tx: &Tx, counter: Counter) -> Result<i64, DbError> {
    next_many(tx, counter, 1).await
}

/// Reserves the next `count` numbers and returns the last of them.
pub async fn next_many(tx: &Tx, counter: Counter, count: i64) -> Result<i64, DbError> {
    counter::Entity::update_many()
        .col_expr(counter::Column::Value, Expr::col(counter::Column::Value).add(count))
        .filter(counter::Column::Name.eq(counter.name()))
        .exec(&tx.on())
        .await?;
    last(tx, counter).await
}

/// Returns the number that was assigned last.
pub async fn last(on: &Reader, counter: Counter) -> Result<i64, DbError> {
    let value: Option<i64> = counter::Entity::find_by_id(counter.name())
        .select_only()
        .column(counter::Column::Value)
        .into_tuple()
        .one(&on.on())
        .await?;
    value.ok_or_else(|| DbError::Other(sea_orm::DbErr::RecordNotFound(counter.name().to_owned())))
}

/// Advances a counter to `value`, unless it has already reached that number.
pub async fn advance(tx: &Tx, counter: Counter, value: i64) -> Result<(), DbError> {
    counter::Entity::update_many()
        .col_expr(counter::Column::Value, Expr::value(value))
        .filter(counter::Column::Name.eq(counter.name()))
        .filter(counter::Column::Value.lt(value))
        .exec(&tx.on())
        .await?;
    Ok(())
}
