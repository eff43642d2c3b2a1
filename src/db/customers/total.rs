//! Numbers of customers, without counting all rows for each page.
//!
//! Every change of customers updates their owners' counters in the same transaction, so the
//! counters show how the number of rows changes. They do not show the number itself, because direct
//! changes to the tables bypass them. Rows are therefore counted. In large scopes, the count is
//! kept for a while, and the counters give the difference since then.

use super::filter::{self, LockRule};
use super::read::within;
use crate::cache::Counted;
use crate::entities::{admin, customer};
use crate::{DbError, Reader};
use domain::id::AdminId;
use domain::query::{Filter, Status};
use domain::scope::Scope;
use sea_orm::sea_query::{
    Asterisk, Expr, ExprTrait as _, Func, Query, SelectStatement, SimpleExpr, SubQueryStatement,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DbBackend, EntityTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
};

/// Returns the number of customers within the scope that match each of the filters, in one
/// statement.
async fn count_each(
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
    (0..filters.len()).map(|index| Ok(crate::values::to_u64(number(index)?.unwrap_or(0)))).collect()
}

/// Returns the number of customers within the scope that match the filter, in the snapshot that
/// `on` reads.
pub async fn count_exactly(
    on: &Reader,
    scope: Scope,
    filter: &Filter,
    lock: LockRule,
) -> Result<u64, DbError> {
    if let Some(scope) = filter.as_scope(scope) {
        return count_all(on, scope).await;
    }
    let any_status = Filter { status: None, ..filter.clone() };
    match (filter.status, any_status.as_scope(scope)) {
        // Most customers are active, so the suspended ones are counted and subtracted.
        (Some(Status::Active), Some(scope)) => {
            let suspended = Filter { status: Some(Status::Suspended), ..Filter::default() };
            Ok(count_all(on, scope)
                .await?
                .saturating_sub(count_one(on, scope, &suspended, lock).await?))
        }
        _ => count_one(on, scope, filter, lock).await,
    }
}

/// Returns the number of customers that the admin owns, counted from the rows.
pub async fn count_owned(on: &Reader, owner: AdminId) -> Result<u64, DbError> {
    let [rows] = select_numbers(on, [select_count(Scope::OwnedBy(owner))]).await?;
    Ok(crate::values::to_u64(rows))
}

/// Returns the numbers of all, suspended and locked customers within the scope. The numbers of
/// suspended and locked customers may be ten seconds old if they are large.
pub async fn count_by_status_within(
    on: &Reader,
    scope: Scope,
    lock: LockRule,
) -> Result<[u64; 3], DbError> {
    let statuses = [Status::Suspended, Status::Locked];
    let mut numbers = [None; 2];
    if let Some(caches) = on.caches() {
        for (number, status) in numbers.iter_mut().zip(statuses) {
            *number = caches.status_count(scope, status).await;
        }
    }
    let filters = statuses.map(|status| Filter { status: Some(status), ..Filter::default() });
    let unknown: Vec<&Filter> = filters
        .iter()
        .zip(numbers)
        .filter(|(_, number)| number.is_none())
        .map(|(filter, _)| filter)
        .collect();
    let all = count_all(on, scope).await?;
    let mut found = count_each(on, scope, &unknown, lock).await?.into_iter();
    for (number, status) in numbers.iter_mut().zip(statuses).filter(|(number, _)| number.is_none())
    {
        *number = found.next();
        if let (Some(caches), Some(n)) = (on.caches(), *number) {
            caches.keep_status_count(scope, status, n).await;
        }
    }
    let [suspended, locked] = numbers.map(Option::unwrap_or_default);
    Ok([all, suspended, locked])
}

async fn count_one(
    on: &Reader,
    scope: Scope,
    filter: &Filter,
    lock: LockRule,
) -> Result<u64, DbError> {
    Ok(count_each(on, scope, &[filter], lock).await?.first().copied().unwrap_or(0))
}

async fn count_all(on: &Reader, scope: Scope) -> Result<u64, DbError> {
    let caches = on.caches();
    let known = match caches {
        Some(caches) => caches.total(scope).await,
        None => None,
    };
    let rows = match known {
        Some(known) => {
            known.rows + select_numbers(on, [select_counters(on, scope)]).await?[0] - known.counter
        }
        None => {
            let [rows, counter] =
                select_numbers(on, [select_count(scope), select_counters(on, scope)]).await?;
            if let Some(caches) = caches {
                caches.keep_total(scope, Counted { rows, counter }).await;
            }
            rows
        }
    };
    Ok(crate::values::to_u64(rows))
}

async fn select_numbers<const N: usize>(
    on: &Reader,
    selects: [SelectStatement; N],
) -> Result<[i64; N], DbError> {
    let mut statement = Query::select();
    for select in selects {
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

/// Selects `COUNT(*)`, which SQLite answers from an index without reading the rows.
fn select_count(scope: Scope) -> SelectStatement {
    let count = Func::count(Expr::col(Asterisk));
    within(customer::Entity::find(), scope).select_only().expr_as(count, "n").into_query()
}

/// Selects the number of customers from the counters of their owners.
fn select_counters(on: &Reader, scope: Scope) -> SelectStatement {
    let integer = if on.engine() == DbBackend::MySql { "SIGNED" } else { "BIGINT" };
    let sum = Expr::col(admin::Column::CustomersUsed).sum().cast_as(integer);
    let owners = match scope {
        Scope::OwnedBy(owner) => admin::Entity::find().filter(admin::Column::Id.eq(owner.0)),
        // The number for a single customer is never used, because counts of small scopes are not
        // kept.
        Scope::All | Scope::Only(_) => admin::Entity::find(),
    };
    owners.select_only().column_as(sum, "n").into_query()
}
