//! Conditions and orders in SQL, for every list. Values are bound, columns come from enums: nothing
//! typed becomes SQL.
//!
//! Where engines differ: text compares byte by byte on all of them (`migrations::columns::create`),
//! and what must not depend on case is compared in lower case. Columns that are searched are stored
//! so. Others are made so by `LOWER`, which changes the letters A to Z alone on SQLite and
//! PostgreSQL, and all letters on MySQL.

use super::values::{contains, matches, storable};
use super::{DbError, Reader};
use domain::column::Kind;
use domain::id::LoginId;
use domain::query::{Direction, Test};
use sea_orm::sea_query::{Expr, ExprTrait as _, Func, NullOrdering, Order, SimpleExpr};
use sea_orm::{DbBackend, EntityTrait, QueryOrder, QuerySelect as _, Select};

/// Logins and login names of the rows that a query finds, at most `limit`; `columns` are those of
/// the two.
pub(super) async fn login_names<E: EntityTrait>(
    on: &Reader,
    query: Select<E>,
    columns: [E::Column; 2],
    limit: u64,
) -> Result<Vec<(LoginId, String)>, DbError> {
    let rows: Vec<(i64, String)> =
        query.select_only().columns(columns).limit(limit).into_tuple().all(&on.on()).await?;
    Ok(rows.into_iter().map(|(login, name)| (LoginId(login), name)).collect())
}

/// Whether a test holds for a column of that kind: true or false, never NULL where something is
/// negated. A moment that never was counts as 0 and a text that is not there as the empty text, as
/// clients of the API see them.
pub(super) fn holds(column: &SimpleExpr, kind: Kind, test: &Test, engine: DbBackend) -> SimpleExpr {
    let column = || match kind {
        Kind::Time => SimpleExpr::from(Func::coalesce([column.clone(), Expr::val(0)])),
        Kind::Text => SimpleExpr::from(Func::coalesce([column.clone(), Expr::val("")])),
        _ => column.clone(),
    };
    let small = |value: &str| Expr::val(storable(&value.to_lowercase()));
    let lower = || SimpleExpr::from(Func::lower(column()));
    let limit = matches!(kind, Kind::Limit(_));
    match test {
        Test::Any(tests) => {
            let any = tests
                .iter()
                .map(|test| holds(&column(), kind, test, engine))
                .reduce(SimpleExpr::or);
            any.unwrap_or_else(|| Expr::val(1).eq(0))
        }
        Test::Not(test) => SimpleExpr::from(Func::coalesce([
            holds(&column(), kind, test, engine),
            Expr::val(false),
        ]))
        .not(),
        Test::Always => Expr::val(1).eq(1),
        Test::Contains(part) => contains(lower(), part),
        Test::Matches(pattern) => matches(lower(), pattern),
        Test::TextIs(value) => lower().eq(small(value)),
        Test::TextIsNot(value) => lower().ne(small(value)),
        Test::TextIn(values) => {
            lower().is_in(values.iter().map(|value| storable(&value.to_lowercase())))
        }
        Test::TextBelow(value) => lower().lt(small(value)),
        Test::TextAbove(value) => lower().gt(small(value)),
        Test::Unlimited => column().is_null(),
        Test::NotUnlimited => column().is_not_null(),
        Test::DigitsContain(digits, unit) => contains(written(column(), *unit, engine), digits),
        Test::DigitsMatch(pattern, unit) => matches(written(column(), *unit, engine), pattern),
        _ if matches!(kind, Kind::Flag) => flag_holds(&column(), test),
        Test::NumberIs(n) => column().eq(*n),
        Test::NumberIsNot(n) if limit => column().ne(*n).or(column().is_null()),
        Test::NumberIsNot(n) => column().ne(*n),
        Test::NumberIn(values) => column().is_in(values.iter().copied()),
        Test::UnitsIn(values, unit) => units(column(), *unit, engine).is_in(values.iter().copied()),
        Test::Within(from, to) => column().between(*from, *to),
        Test::Below(n) => column().lt(*n),
        Test::Above(n) if limit => column().gt(*n).or(column().is_null()),
        Test::Above(n) => column().gt(*n),
    }
}

/// Switches are compared as 0 and 1.
fn flag_holds(column: &SimpleExpr, test: &Test) -> SimpleExpr {
    let fits = |flag: i64| match test {
        Test::NumberIs(n) => flag == *n,
        Test::NumberIsNot(n) => flag != *n,
        Test::NumberIn(values) => values.contains(&flag),
        Test::Below(n) => flag < *n,
        Test::Above(n) => flag > *n,
        _ => false,
    };
    match (fits(0), fits(1)) {
        (true, true) => Expr::val(1).eq(1),
        (false, false) => Expr::val(1).eq(0),
        (_, on) => column.clone().eq(on),
    }
}

/// A number as text, in whole units. The engines differ in what a cast to text is called.
fn written(column: SimpleExpr, unit: u64, engine: DbBackend) -> SimpleExpr {
    units(column, unit, engine).cast_as(if engine == DbBackend::MySql { "CHAR" } else { "TEXT" })
}

/// A number in whole units. The engines differ in what a whole division is called.
fn units(column: SimpleExpr, unit: u64, engine: DbBackend) -> SimpleExpr {
    let unit = i64::try_from(unit).unwrap_or(1);
    match (engine, unit) {
        (_, 1) => column,
        (DbBackend::MySql, unit) => Expr::cust_with_exprs("? DIV ?", [column, Expr::val(unit)]),
        (_, unit) => column.div(unit),
    }
}

/// Orders by a column; no limit is more than any limit, on every engine.
pub(super) fn ordered<Q: QueryOrder>(
    query: Q,
    column: &SimpleExpr,
    kind: Kind,
    direction: Direction,
) -> Q {
    let query = if let Kind::Limit(_) = kind {
        query.order_by(column.clone().is_null(), sql_order(direction))
    } else {
        query
    };
    query.order_by(column.clone(), sql_order(direction))
}

/// Orders by a column that is NULL where there is nothing, which comes before everything.
/// PostgreSQL alone would have it last, and must not be told where there is no NULL: it would leave
/// aside the index.
pub(super) fn ordered_with_nothing_first<Q: QueryOrder>(
    query: Q,
    column: &SimpleExpr,
    direction: Direction,
    engine: DbBackend,
) -> Q {
    match (engine, direction) {
        (DbBackend::Postgres, Direction::Ascending) => {
            query.order_by_with_nulls(column.clone(), Order::Asc, NullOrdering::First)
        }
        (DbBackend::Postgres, Direction::Descending) => {
            query.order_by_with_nulls(column.clone(), Order::Desc, NullOrdering::Last)
        }
        _ => query.order_by(column.clone(), sql_order(direction)),
    }
}

/// The direction in SQL.
pub(super) const fn sql_order(direction: Direction) -> Order {
    match direction {
        Direction::Ascending => Order::Asc,
        Direction::Descending => Order::Desc,
    }
}
