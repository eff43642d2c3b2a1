//! Rows of the customer list. Reads only the columns that the list shows, in one statement, or in
//! two on PostgreSQL.

use super::filter::{self, LockRule};
use super::list::{MAX_SKIPPED_ROWS, from_nearer_end, ordered};
use crate::entities::{admin, customer, login, plan};
use crate::values::{to_timestamp, to_u64};
use crate::{DbError, Reader};
use domain::customer::{CustomerSummary, SignInHistory};
use domain::email::Email;
use domain::id::CustomerId;
use domain::login_name::LoginName;
use domain::query::{Column, CustomerQuery, Direction, Filter};
use domain::quota::Quota;
use domain::scope::Scope;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, DbBackend, EntityTrait as _, FromQueryResult, JoinType, QueryFilter as _,
    QuerySelect, QueryTrait as _, RelationDef, Select,
};

#[derive(FromQueryResult)]
struct Row {
    login_name: String,
    name: String,
    firstname: String,
    company: String,
    email: String,
    diskspace: Option<i64>,
    diskspace_used: i64,
    traffic: Option<i64>,
    traffic_used: i64,
    suspended: bool,
    created_at: i64,
    owner_name: String,
    plan_name: Option<String>,
    failed_count: i64,
    last_failed_at: Option<i64>,
    last_sign_in_at: Option<i64>,
}

/// Returns one page of list rows within the scope, in the requested order. The ids of the page come
/// from an index alone, read from its nearer end. `total` is the exact number of rows in the
/// snapshot that `on` reads, if known.
pub async fn list_rows(
    on: &Reader,
    scope: Scope,
    listing: &CustomerQuery,
    total: Option<u64>,
    lock: LockRule,
) -> Result<Vec<CustomerSummary>, DbError> {
    on.snapshot(listing.offset > MAX_SKIPPED_ROWS, async |on| {
        let (part, is_reversed) = from_nearer_end(on, scope, listing, total, lock).await?;
        if part.limit == 0 {
            return Ok(Vec::new());
        }
        let page = ordered(on, scope, &part.filter, &part.order, lock)
            .limit(part.limit)
            .offset(part.offset);
        let mut rows = match on.engine() {
            // PostgreSQL makes the generic plan of a prepared statement without its values. For an
            // unknown LIMIT, it assumes a tenth of all rows. Such a join is so expensive that
            // PostgreSQL would reject the generic plan and plan each execution anew. The ids are
            // therefore read first, and their rows by a second statement.
            DbBackend::Postgres => {
                let ids: Vec<i64> = page.into_tuple().all(&on.on()).await?;
                rows_of_ids(on, &ids, &part.order).await?
            }
            _ => rows_of_page(on, page, &part.order).await?,
        };
        if is_reversed {
            rows.reverse();
        }
        Ok(rows)
    })
    .await
}

/// Returns list rows of the given customers that lie within the scope. Order, limit and offset are
/// those of `listing`; its filter is ignored.
pub async fn list_rows_by_ids(
    on: &Reader,
    scope: Scope,
    ids: &[CustomerId],
    listing: &CustomerQuery,
    lock: LockRule,
) -> Result<Vec<CustomerSummary>, DbError> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let page = ordered(on, scope, &Filter::default(), &listing.order, lock)
        .filter(customer::Column::Id.is_in(padded(&ids)));
    rows_of_page(on, page.limit(listing.limit).offset(listing.offset), &listing.order).await
}

/// Repeats the last id until there are 1, 2, 4, 8, … ids. The few possible lengths lead to few
/// different statements, which the connection keeps prepared.
fn padded(ids: &[i64]) -> impl Iterator<Item = i64> {
    let length = if ids.is_empty() { 0 } else { ids.len().next_power_of_two() };
    ids.iter().chain(ids.last().into_iter().cycle()).copied().take(length)
}

async fn rows_of_page(
    on: &Reader,
    page: Select<customer::Entity>,
    order: &[(Column, Direction)],
) -> Result<Vec<CustomerSummary>, DbError> {
    let mut query = columns();
    // SQLite does not know that the page is short. It never reorders a CROSS JOIN, so it reads the
    // page first.
    let on_page =
        Expr::col(("page", customer::Column::Id)).equals((customer::Entity, customer::Column::Id));
    let page = page.into_query();
    QuerySelect::query(&mut query)
        .from_clear()
        .from_subquery(page, "page")
        .cross_join(customer::Entity)
        .and_where(on_page);
    read(on, query, order).await
}

async fn rows_of_ids(
    on: &Reader,
    ids: &[i64],
    order: &[(Column, Direction)],
) -> Result<Vec<CustomerSummary>, DbError> {
    read(on, columns().filter(customer::Column::Id.is_in(padded(ids))), order).await
}

fn columns() -> Select<customer::Entity> {
    use customer::Column as C;
    customer::Entity::find()
        .select_only()
        .columns([
            C::LoginName,
            C::Name,
            C::Firstname,
            C::Company,
            C::Email,
            C::Suspended,
            C::CreatedAt,
        ])
        .columns([C::Diskspace, C::DiskspaceUsed, C::Traffic, C::TrafficUsed])
        .column_as(admin::Column::LoginName, "owner_name")
        .column_as(plan::Column::Name, "plan_name")
        .column_as(login::Column::FailedCount, "failed_count")
        .column_as(login::Column::LastFailedAt, "last_failed_at")
        .column_as(login::Column::LastSignInAt, "last_sign_in_at")
}

async fn read(
    on: &Reader,
    query: Select<customer::Entity>,
    order: &[(Column, Direction)],
) -> Result<Vec<CustomerSummary>, DbError> {
    use customer::Column as C;
    let owner = customer::Entity::belongs_to(admin::Entity).from(C::OwnerId).to(admin::Column::Id);
    let login = customer::Entity::belongs_to(login::Entity).from(C::LoginId).to(login::Column::Id);
    let plan = customer::Entity::belongs_to(plan::Entity).from(C::PlanId).to(plan::Column::Id);
    let query = query
        .join(JoinType::InnerJoin, RelationDef::from(owner))
        .join(JoinType::InnerJoin, RelationDef::from(login))
        .join(JoinType::LeftJoin, RelationDef::from(plan));
    let rows = filter::order(query, order, on.engine()).into_model::<Row>().all(&on.on()).await?;
    Ok(rows.into_iter().map(into_summary).collect())
}

fn into_summary(row: Row) -> CustomerSummary {
    CustomerSummary {
        login_name: LoginName::stored(row.login_name),
        name: row.name,
        firstname: row.firstname,
        company: row.company,
        email: Email::stored(row.email),
        owner_name: row.owner_name,
        plan_name: row.plan_name.unwrap_or_default(),
        disk: (to_u64(row.diskspace_used), Quota::from_column(row.diskspace)),
        traffic: (to_u64(row.traffic_used), Quota::from_column(row.traffic)),
        suspended: row.suspended,
        created_at: to_timestamp(row.created_at),
        sign_in: SignInHistory {
            failures: u32::try_from(row.failed_count).unwrap_or(0),
            locked: false,
            last_success: row.last_sign_in_at.map(to_timestamp),
            last_failure: row.last_failed_at.map(to_timestamp),
        },
    }
}
