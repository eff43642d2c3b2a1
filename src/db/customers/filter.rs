//! Translates filters and sort orders to SQL. Column names come from an enum and values are bound
//! parameters, so no user input becomes SQL.

use crate::entities::{admin, customer, login, plan};
use crate::query::{order_by_column, order_by_with_null_lowest, where_condition};
use crate::values::{like_substring, storable};
use domain::column::Columns as _;
use domain::contact::ContactColumn;
use domain::query::{Column, Direction, Filter, LimitOf, Status, UsageOf, total_order};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query, SelectStatement, SimpleExpr};
use sea_orm::{
    EntityTrait as _, IdenStatic as _, IntoSimpleExpr as _, JoinType, QueryFilter as _,
    QuerySelect as _, RelationDef, Select,
};

/// The condition under which an account counts as locked, derived from the settings.
#[derive(Clone, Copy, Debug)]
pub struct LockRule {
    /// Minimum number of failed sign-ins.
    pub failures: u32,
    /// The last failed sign-in must be later than this time (seconds since 1970).
    pub since: i64,
}

impl LockRule {
    /// Returns whether an account with these failed sign-ins is locked. The SQL of `locked_logins`
    /// states the same condition.
    #[must_use]
    pub fn locks(self, failures: u32, last_failure: Option<Timestamp>) -> bool {
        failures >= self.failures && last_failure.is_some_and(|at| at.as_second() > self.since)
    }
}

/// Adds the conditions of the filter to a query on customers.
pub(super) fn apply(
    mut query: Select<customer::Entity>,
    filter: &Filter,
    lock: LockRule,
    engine: sea_orm::DbBackend,
) -> Select<customer::Entity> {
    for word in &filter.words {
        query = query.filter(contains_word(word, engine));
    }
    // A unary `+` keeps SQLite from using an index on the column that has the status. With the
    // index, SQLite would compare each match of the search with all customers of that status.
    let is_search = engine == sea_orm::DbBackend::Sqlite && !filter.words.is_empty();
    let status_column = |column: customer::Column| {
        if is_search {
            Expr::cust(format!("+customers.{}", column.as_str()))
        } else {
            customer_column(column)
        }
    };
    query = match filter.status {
        None => query,
        Some(Status::Active) => query.filter(status_column(customer::Column::Suspended).eq(false)),
        Some(Status::Suspended) => {
            query.filter(status_column(customer::Column::Suspended).eq(true))
        }
        Some(Status::Locked) => {
            query.filter(status_column(customer::Column::LoginId).in_subquery(locked_logins(lock)))
        }
    };
    if let Some(owner) = filter.owner {
        query = query.filter(Expr::col((customer::Entity, customer::Column::OwnerId)).eq(owner.0));
    }
    if let Some(plan) = filter.plan {
        query = query.filter(Expr::col((customer::Entity, customer::Column::PlanId)).eq(plan.0));
    }
    if let Some(language) = filter.language {
        query = query
            .filter(Expr::col((customer::Entity, customer::Column::Language)).eq(language.code()));
    }
    for condition in &filter.conditions {
        let column = condition.column;
        query = query.filter(where_condition(
            &compare_column(column),
            column.kind(),
            &condition.test,
            engine,
        ));
    }
    query
}

/// Returns the condition that the word occurs in a customer's search text. On SQLite, the trigram
/// index finds words of at least three characters.
fn contains_word(word: &str, engine: sea_orm::DbBackend) -> SimpleExpr {
    if engine == sea_orm::DbBackend::Sqlite && word.chars().count() >= 3 {
        let phrase = format!("\"{}\"", storable(word).replace('"', "\"\""));
        let matches = "SELECT rowid FROM customers_search WHERE customers_search MATCH ?";
        return Expr::cust_with_values(format!("customers.id IN ({matches})"), [phrase]);
    }
    like_substring(customer::Column::SearchText.into_simple_expr(), word)
}

/// Selects the ids of locked logins.
pub(super) fn locked_logins(lock: LockRule) -> SelectStatement {
    Query::select()
        .column(login::Column::Id)
        .from(login::Entity)
        .and_where(Expr::col(login::Column::FailedCount).gte(i64::from(lock.failures)))
        .and_where(Expr::col(login::Column::LastFailedAt).gt(lock.since))
        .to_owned()
}

/// Adds the joins that the filter and these columns need.
pub(super) fn join(
    mut query: Select<customer::Entity>,
    filter: &Filter,
    columns: impl IntoIterator<Item = Column>,
) -> Select<customer::Entity> {
    let needed: Vec<Column> = filter.conditions.iter().map(|c| c.column).chain(columns).collect();
    if needed.contains(&Column::OwnerName) {
        let owner = customer::Entity::belongs_to(admin::Entity)
            .from(customer::Column::OwnerId)
            .to(admin::Column::Id);
        query = query.join(JoinType::InnerJoin, RelationDef::from(owner));
    }
    if needed
        .iter()
        .any(|column| matches!(column, Column::LastSignIn | Column::LastFailure | Column::Failures))
    {
        let login = customer::Entity::belongs_to(login::Entity)
            .from(customer::Column::LoginId)
            .to(login::Column::Id);
        query = query.join(JoinType::InnerJoin, RelationDef::from(login));
    }
    if needed.contains(&Column::Plan) {
        let plan = customer::Entity::belongs_to(plan::Entity)
            .from(customer::Column::PlanId)
            .to(plan::Column::Id);
        query = query.join(JoinType::LeftJoin, RelationDef::from(plan));
    }
    query
}

/// Adds the sort order. It ends with the id, so that no row appears on two pages.
pub(super) fn order(
    mut query: Select<customer::Entity>,
    order: &[(Column, Direction)],
    engine: sea_orm::DbBackend,
) -> Select<customer::Entity> {
    for (column, direction) in &total_order(order) {
        query = match column {
            Column::Plan | Column::LastSignIn | Column::LastFailure => {
                order_by_with_null_lowest(query, &sort_column(*column), *direction, engine)
            }
            _ => order_by_column(query, &sort_column(*column), column.kind(), *direction),
        };
    }
    query
}

fn sort_column(column: Column) -> SimpleExpr {
    match column {
        Column::LoginName => customer_column(customer::Column::LoginSort),
        Column::Contact(ContactColumn::Name) => customer_column(customer::Column::NameSort),
        Column::Contact(ContactColumn::Email) => customer_column(customer::Column::Email),
        Column::OwnerName => Expr::col((admin::Entity, admin::Column::LoginSort)),
        column => compare_column(column),
    }
}

fn customer_column(column: customer::Column) -> SimpleExpr {
    Expr::col((customer::Entity, column))
}

fn compare_column(column: Column) -> SimpleExpr {
    use customer::Column as C;
    customer_column(match column {
        Column::OwnerName => return Expr::col((admin::Entity, admin::Column::LoginName)),
        Column::Plan => return Expr::col((plan::Entity, plan::Column::Name)),
        Column::LastSignIn => return Expr::col((login::Entity, login::Column::LastSignInAt)),
        Column::LastFailure => return Expr::col((login::Entity, login::Column::LastFailedAt)),
        Column::Failures => return Expr::col((login::Entity, login::Column::FailedCount)),
        Column::Id => C::Id,
        Column::LoginName => C::LoginName,
        Column::Owner => C::OwnerId,
        Column::Notes => C::Notes,
        Column::Language => C::Language,
        Column::Theme => C::Theme,
        Column::Guid => C::Guid,
        Column::DocumentRoot => C::DocumentRoot,
        Column::Suspended => C::Suspended,
        Column::ApiAllowed => C::ApiAllowed,
        Column::GuiAccess => C::GuiAccess,
        Column::ShellAllowed => C::ShellAllowed,
        Column::NotesShown => C::NotesShown,
        Column::Contact(ContactColumn::Email) => C::EmailKey,
        Column::Contact(column) => column.into(),
        Column::Limit(LimitOf(resource)) => C::limit(resource),
        Column::Used(UsageOf(resource)) => C::usage(resource),
        Column::Switch(switch) => C::switch(switch),
        Column::Created => C::CreatedAt,
    })
}
