//! Exact totals, without counting a million rows for each page.
//!
//! The owners' counters change in the transaction of each change, so they tell how many rows came
//! and went. They do not tell how many there are: they drift where somebody writes to the tables by
//! hand. So rows are counted, and where that takes long the counters only tell the difference since
//! the last count.

use super::filter::{self, LockRule};
use super::read::within;
use crate::entities::{admin, customer};
use crate::totals::Counted;
use crate::{DbError, Reader};
use domain::query::{Filter, Status};
use domain::scope::Scope;
use sea_orm::sea_query::{
    Asterisk, Expr, ExprTrait as _, Func, Query, SelectStatement, SimpleExpr, SubQueryStatement,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DbBackend, EntityTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
};
use std::time::Instant;

/// Counts the customers within the scope that each of the filters lets through, in one statement.
///
/// # Errors
/// The database's.
pub async fn counts(
    on: &Reader,
    scope: Scope,
    filters: &[&Filter],
    lock: LockRule,
) -> Result<Vec<u64>, DbError> {
    if filters.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = Query::select();
    for filter in filters {
        let query = within(customer::Entity::find(), scope);
        let query = filter::apply(filter::join(query, filter, []), filter, lock, on.engine());
        let count = query.select_only().column_as(customer::Column::Id.count(), "n").into_query();
        statement
            .expr(SimpleExpr::SubQuery(None, Box::new(SubQueryStatement::SelectStatement(count))));
    }
    let row = on.on().query_one(&statement).await?;
    let number =
        |index| row.as_ref().map_or(Ok(None), |row| row.try_get_by_index::<Option<i64>>(index));
    (0..filters.len()).map(|index| Ok(crate::values::count(number(index)?.unwrap_or(0)))).collect()
}

/// How many customers within the scope the filter lets through, in the snapshot that `on` reads.
///
/// # Errors
/// The database's.
pub async fn exact(
    on: &Reader,
    scope: Scope,
    filter: &Filter,
    lock: LockRule,
) -> Result<u64, DbError> {
    if let Some(scope) = filter.whole(scope) {
        return everybody(on, scope).await;
    }
    let any_state = Filter { status: None, ..filter.clone() };
    match (filter.status, any_state.whole(scope)) {
        // Most customers are active: the others are counted faster.
        (Some(Status::Active), Some(scope)) => {
            let suspended = Filter { status: Some(Status::Suspended), ..Filter::default() };
            Ok(everybody(on, scope).await?.saturating_sub(one(on, scope, &suspended, lock).await?))
        }
        _ => one(on, scope, filter, lock).await,
    }
}

async fn one(on: &Reader, scope: Scope, filter: &Filter, lock: LockRule) -> Result<u64, DbError> {
    Ok(counts(on, scope, &[filter], lock).await?.first().copied().unwrap_or(0))
}

async fn everybody(on: &Reader, scope: Scope) -> Result<u64, DbError> {
    let totals = on.totals();
    let rows = match totals.and_then(|totals| totals.get(scope)) {
        Some(known) => {
            known.rows + numbers(on, [from_counters(on, scope)]).await?[0] - known.counter
        }
        None => {
            let at = Instant::now();
            let [rows, counter] = numbers(on, [count(scope), from_counters(on, scope)]).await?;
            if let Some(totals) = totals {
                totals.keep(scope, Counted { at, rows, counter });
            }
            rows
        }
    };
    Ok(crate::values::count(rows))
}

async fn numbers<const N: usize>(
    on: &Reader,
    wanted: [SelectStatement; N],
) -> Result<[i64; N], DbError> {
    let mut statement = Query::select();
    for select in wanted {
        statement
            .expr(SimpleExpr::SubQuery(None, Box::new(SubQueryStatement::SelectStatement(select))));
    }
    let mut numbers = [0; N];
    if let Some(row) = on.on().query_one(&statement).await? {
        for (index, number) in numbers.iter_mut().enumerate() {
            *number = row.try_get_by_index::<Option<i64>>(index)?.unwrap_or(0);
        }
    }
    Ok(numbers)
}

/// `COUNT(*)`, which SQLite reads off an index without looking at its rows.
fn count(scope: Scope) -> SelectStatement {
    let count = Func::count(Expr::col(Asterisk));
    within(customer::Entity::find(), scope).select_only().expr_as(count, "n").into_query()
}

fn from_counters(on: &Reader, scope: Scope) -> SelectStatement {
    let whole = if on.engine() == DbBackend::MySql { "SIGNED" } else { "BIGINT" };
    let sum = Expr::col(admin::Column::CustomersUsed).sum().cast_as(whole);
    let owners = match scope {
        Scope::OwnedBy(owner) => admin::Entity::find().filter(admin::Column::Id.eq(owner.0)),
        // A customer owns nobody; nobody asks for their total.
        Scope::All | Scope::Only(_) => admin::Entity::find(),
    };
    owners.select_only().column_as(sum, "n").into_query()
}
