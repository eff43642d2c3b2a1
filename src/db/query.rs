//! Conditions and ordering in SQL, for all lists. Values are bound and columns come from enums, so
//! input never becomes SQL.
//!
//! Text compares byte by byte on every engine (`migrations::columns::create`), so comparisons that
//! ignore case need lowercase text. Columns that are searched by plain words are stored in
//! lowercase. Others are converted by `LOWER`, which changes only the letters A to Z on SQLite and
//! PostgreSQL, and all letters on MySQL.

use super::values::{like_pattern, like_substring, storable};
use super::{DbError, Reader};
use domain::column::ColumnType;
use domain::id::LoginId;
use domain::query::{Direction, Predicate};
use sea_orm::sea_query::{Expr, ExprTrait as _, Func, NullOrdering, Order, SimpleExpr};
use sea_orm::{DbBackend, EntityTrait, QueryOrder, QuerySelect as _, Select};

/// Returns login ids and login names of the rows that a query finds, at most `limit`. `columns` are
/// the columns of the login id and of the login name.
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

/// Returns the condition that a test holds for a column of that kind. A negated condition is true
/// or false, never NULL. A missing time counts as 0 and a missing text as empty, as in responses of
/// the API.
pub(super) fn where_condition(
    column: &SimpleExpr,
    kind: ColumnType,
    test: &Predicate,
    engine: DbBackend,
) -> SimpleExpr {
    let column = || match kind {
        ColumnType::Time => SimpleExpr::from(Func::coalesce([column.clone(), Expr::val(0)])),
        ColumnType::Text => SimpleExpr::from(Func::coalesce([column.clone(), Expr::val("")])),
        _ => column.clone(),
    };
    let lower = || SimpleExpr::from(Func::lower(column()));
    // A bound is converted as `LOWER` converts the column.
    let bound = |value: &str| {
        let folds_all = engine == DbBackend::MySql;
        let lower = if folds_all { value.to_lowercase() } else { value.to_ascii_lowercase() };
        Expr::val(storable(&lower))
    };
    let is_limit = matches!(kind, ColumnType::Limit(_));
    match test {
        Predicate::Any(tests) => {
            let any = tests
                .iter()
                .map(|test| where_condition(&column(), kind, test, engine))
                .reduce(SimpleExpr::or);
            any.unwrap_or_else(|| Expr::val(1).eq(0))
        }
        Predicate::Not(test) => SimpleExpr::from(Func::coalesce([
            where_condition(&column(), kind, test, engine),
            Expr::val(false),
        ]))
        .not(),
        Predicate::Always => Expr::val(1).eq(1),
        Predicate::Contains(part) => contains(&column(), part),
        Predicate::Matches(pattern) => like_any_case(&column(), pattern, like_pattern),
        Predicate::TextIs(value) => is_one_of(&column(), [value.as_str()]),
        Predicate::TextIsNot(value) => {
            let same = Predicate::Not(Box::new(Predicate::TextIs(value.clone())));
            where_condition(&column(), kind, &same, engine)
        }
        Predicate::TextIn(values) => is_one_of(&column(), values.iter().map(String::as_str)),
        Predicate::TextBelow(value) => lower().lt(bound(value)),
        Predicate::TextAbove(value) => lower().gt(bound(value)),
        Predicate::Unlimited => column().is_null(),
        Predicate::Limited => column().is_not_null(),
        Predicate::DigitsContain(digits, unit) => {
            like_substring(as_text(column(), *unit, engine), digits)
        }
        Predicate::DigitsMatch(pattern, unit) => {
            like_pattern(as_text(column(), *unit, engine), pattern)
        }
        _ if matches!(kind, ColumnType::Flag) => flag_holds(&column(), test),
        Predicate::NumberIs(n) => column().eq(*n),
        Predicate::NumberIsNot(n) if is_limit => column().ne(*n).or(column().is_null()),
        Predicate::NumberIsNot(n) => column().ne(*n),
        Predicate::NumberIn(values) => column().is_in(values.iter().copied()),
        Predicate::UnitsIn(values, unit) => {
            units(column(), *unit, engine).is_in(values.iter().copied())
        }
        Predicate::Within(from, to) => column().between(*from, *to),
        Predicate::Below(n) => column().lt(*n),
        Predicate::Above(n) if is_limit => column().gt(*n).or(column().is_null()),
        Predicate::Above(n) => column().gt(*n),
    }
}

/// The forms of texts that are compared with a column regardless of case.
struct CaseForms {
    /// Forms for `LOWER` of the column.
    lower: Vec<String>,
    /// Forms for the column itself.
    exact: Vec<String>,
}

impl CaseForms {
    /// Returns the texts in lowercase. `LOWER` leaves capitals beyond A to Z unchanged on SQLite
    /// and PostgreSQL, and converts a few of them differently from Rust on MySQL. A text with such
    /// capitals is therefore compared with only A to Z in lowercase, too, and in its exact
    /// spelling.
    fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut forms = Self { lower: Vec::new(), exact: Vec::new() };
        for text in texts {
            let text = storable(text);
            let (all, latin) = (text.to_lowercase(), text.to_ascii_lowercase());
            if all != latin {
                forms.lower.push(latin);
                forms.exact.push(text);
            }
            forms.lower.push(all);
        }
        forms
    }
}

/// Returns the condition that a column is one of these texts, ignoring case. The lists are flat: a
/// comparison for each of many texts would exceed the engine's limit on the depth of an expression.
pub(super) fn is_one_of<'a>(
    column: &SimpleExpr,
    texts: impl IntoIterator<Item = &'a str>,
) -> SimpleExpr {
    let forms = CaseForms::new(texts);
    let found = SimpleExpr::from(Func::lower(column.clone())).is_in(forms.lower);
    if forms.exact.is_empty() { found } else { found.or(column.clone().is_in(forms.exact)) }
}

/// Returns the condition that a column contains this text, ignoring case.
pub(super) fn contains(column: &SimpleExpr, part: &str) -> SimpleExpr {
    like_any_case(column, part, like_substring)
}

/// Returns the condition that `like` holds for a column and a text, ignoring case.
fn like_any_case(
    column: &SimpleExpr,
    text: &str,
    like: fn(SimpleExpr, &str) -> SimpleExpr,
) -> SimpleExpr {
    let forms = CaseForms::new([text]);
    let lower = forms.lower.iter().map(|form| like(Func::lower(column.clone()).into(), form));
    let exact = forms.exact.iter().map(|form| like(column.clone(), form));
    lower.chain(exact).reduce(SimpleExpr::or).unwrap_or_else(|| Expr::val(1).eq(0))
}

/// Returns the condition that a test holds for a switch, whose values count as 0 and 1.
fn flag_holds(column: &SimpleExpr, test: &Predicate) -> SimpleExpr {
    let fits = |flag: i64| match test {
        Predicate::NumberIs(n) => flag == *n,
        Predicate::NumberIsNot(n) => flag != *n,
        Predicate::NumberIn(values) => values.contains(&flag),
        Predicate::Below(n) => flag < *n,
        Predicate::Above(n) => flag > *n,
        _ => false,
    };
    match (fits(0), fits(1)) {
        (true, true) => Expr::val(1).eq(1),
        (false, false) => Expr::val(1).eq(0),
        (_, on) => column.clone().eq(on),
    }
}

/// Returns a number as text, in whole units. The type of the cast has another name on MySQL.
fn as_text(column: SimpleExpr, unit: u64, engine: DbBackend) -> SimpleExpr {
    units(column, unit, engine).cast_as(if engine == DbBackend::MySql { "CHAR" } else { "TEXT" })
}

/// Returns a number in whole units. Integer division has its own operator on MySQL.
fn units(column: SimpleExpr, unit: u64, engine: DbBackend) -> SimpleExpr {
    let unit = i64::try_from(unit).unwrap_or(1);
    match (engine, unit) {
        (_, 1) => column,
        (DbBackend::MySql, unit) => Expr::cust_with_exprs("? DIV ?", [column, Expr::val(unit)]),
        (_, unit) => column.div(unit),
    }
}

/// Orders by a column. On every engine, unlimited counts as more than any limit.
pub(super) fn order_by_column<Q: QueryOrder>(
    query: Q,
    column: &SimpleExpr,
    kind: ColumnType,
    direction: Direction,
) -> Q {
    let query = if let ColumnType::Limit(_) = kind {
        query.order_by(column.clone().is_null(), sql_order(direction))
    } else {
        query
    };
    query.order_by(column.clone(), sql_order(direction))
}

/// Orders by a column whose NULL is less than any value. PostgreSQL alone sorts NULL as the
/// greatest value. For a column without NULL, use [`order_by_column`]: with `NULLS FIRST`,
/// PostgreSQL would not use the index.
pub(super) fn order_by_with_null_lowest<Q: QueryOrder>(
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

pub(super) const fn sql_order(direction: Direction) -> Order {
    match direction {
        Direction::Ascending => Order::Asc,
        Direction::Descending => Order::Desc,
    }
}
