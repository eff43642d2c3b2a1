//! Measured disk usage of customers: one row per day, and the sums in the customer's row.

use super::entities::{customer, database, disk_usage};
use super::values::{to_column, to_timestamp, to_u64};
use super::{DbError, Reader, Tx};
use domain::customer::DiskUsageParts;
use domain::id::{CustomerId, MysqlServerId};
use domain::usage::{Measurement, UsageSample};
use jiff::Timestamp;
use sea_orm::sea_query::{CaseStatement, Expr, OnConflict, SimpleExpr};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
};
use std::collections::HashMap;

/// Returns the next customers after `after`, ordered by id, with their login names.
pub async fn next_customers(
    on: &Reader,
    after: CustomerId,
    limit: u64,
) -> Result<Vec<(CustomerId, String)>, DbError> {
    let query = customer::Entity::find()
        .select_only()
        .columns([customer::Column::Id, customer::Column::LoginName])
        .filter(customer::Column::Id.gt(after.0))
        .order_by_asc(customer::Column::Id)
        .limit(limit);
    let rows: Vec<(i64, String)> = query.into_tuple().all(&on.on()).await?;
    Ok(rows.into_iter().map(|(id, name)| (CustomerId(id), name)).collect())
}

/// Returns the customer, the server and the name of each database of these customers.
pub async fn databases(
    on: &Reader,
    customers: &[CustomerId],
) -> Result<Vec<(CustomerId, MysqlServerId, String)>, DbError> {
    let query = database::Entity::find()
        .select_only()
        .columns([
            database::Column::CustomerId,
            database::Column::MysqlServerId,
            database::Column::Name,
        ])
        .filter(database::Column::CustomerId.is_in(customers.iter().map(|id| id.0)));
    let rows: Vec<(i64, i64, String)> = query.into_tuple().all(&on.on()).await?;
    Ok(rows
        .into_iter()
        .map(|(id, server, name)| (CustomerId(id), MysqlServerId(server), name))
        .collect())
}

/// Stores the measurements of the day that began at `day`. They replace earlier ones of the same
/// day. A part of the disk usage that was not measured keeps its last value. Deletes samples of
/// these customers from before `keep_since`. Skips customers who were deleted meanwhile. Returns
/// the number of customers whose measurements were stored.
pub async fn store(
    tx: &Tx,
    measurements: &[Measurement],
    day: Timestamp,
    keep_since: Timestamp,
) -> Result<usize, DbError> {
    let ids: Vec<i64> = measurements.iter().map(|measurement| measurement.customer.0).collect();
    let query = customer::Entity::find().select_only().columns([
        customer::Column::Id,
        customer::Column::WebUsed,
        customer::Column::MailUsed,
        customer::Column::MysqlUsed,
    ]);
    let rows: Vec<(i64, i64, i64, i64)> = query
        .filter(customer::Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(&tx.on())
        .await?;
    let by_id: HashMap<i64, &Measurement> =
        measurements.iter().map(|measurement| (measurement.customer.0, measurement)).collect();
    let space = |(id, web, mail, mysql): (i64, i64, i64, i64)| {
        let measurement = by_id.get(&id).copied();
        let web = measurement.and_then(|measurement| measurement.web).unwrap_or(to_u64(web));
        let mysql = measurement.and_then(|measurement| measurement.mysql).unwrap_or(to_u64(mysql));
        (id, DiskUsageParts { web, mail: to_u64(mail), mysql })
    };
    let usages: Vec<(i64, DiskUsageParts)> = rows.into_iter().map(space).collect();
    if usages.is_empty() {
        return Ok(0);
    }
    set_sums(tx, &usages).await?;
    match insert(tx, &usages, day).await {
        // A customer was deleted between the two statements. The retry of the transaction skips
        // them.
        Err(DbError::ForeignKeyViolation(message)) => return Err(DbError::Conflict(message)),
        outcome => outcome?,
    }
    disk_usage::Entity::delete_many()
        .filter(disk_usage::Column::CustomerId.is_in(ids))
        .filter(disk_usage::Column::MeasuredAt.lt(keep_since.as_second()))
        .exec(&tx.on())
        .await?;
    Ok(usages.len())
}

async fn insert(tx: &Tx, usages: &[(i64, DiskUsageParts)], day: Timestamp) -> Result<(), DbError> {
    let rows = usages.iter().map(|(id, space)| disk_usage::ActiveModel {
        customer_id: Set(*id),
        measured_at: Set(day.as_second()),
        web: Set(to_column(space.web)),
        mail: Set(to_column(space.mail)),
        mysql: Set(to_column(space.mysql)),
    });
    let replace =
        OnConflict::columns([disk_usage::Column::CustomerId, disk_usage::Column::MeasuredAt])
            .update_columns([
                disk_usage::Column::Web,
                disk_usage::Column::Mail,
                disk_usage::Column::Mysql,
            ])
            .to_owned();
    disk_usage::Entity::insert_many(rows)
        .on_conflict(replace)
        .exec_without_returning(&tx.on())
        .await?;
    Ok(())
}

/// Updates the sums of these customers with one statement.
async fn set_sums(tx: &Tx, usages: &[(i64, DiskUsageParts)]) -> Result<(), DbError> {
    use customer::Column as C;
    let case = |value: &dyn Fn(&DiskUsageParts) -> u64, otherwise: C| -> SimpleExpr {
        let case = usages.iter().fold(CaseStatement::new(), |case, (id, space)| {
            case.case(Expr::col(C::Id).eq(*id), Expr::value(to_column(value(space))))
        });
        case.finally(Expr::col(otherwise)).into()
    };
    customer::Entity::update_many()
        .col_expr(C::WebUsed, case(&|space| space.web, C::WebUsed))
        .col_expr(C::MysqlUsed, case(&|space| space.mysql, C::MysqlUsed))
        .col_expr(C::DiskspaceUsed, case(&DiskUsageParts::total, C::DiskspaceUsed))
        .filter(C::Id.is_in(usages.iter().map(|(id, _)| *id)))
        .exec(&tx.on())
        .await?;
    Ok(())
}

/// Returns the samples of a customer since `since`, oldest first.
pub async fn history(
    on: &Reader,
    customer: CustomerId,
    since: Timestamp,
) -> Result<Vec<UsageSample>, DbError> {
    let query = disk_usage::Entity::find()
        .filter(disk_usage::Column::CustomerId.eq(customer.0))
        .filter(disk_usage::Column::MeasuredAt.gte(since.as_second()))
        .order_by_asc(disk_usage::Column::MeasuredAt);
    let measured = |row: disk_usage::Model| UsageSample {
        at: to_timestamp(row.measured_at),
        space: DiskUsageParts {
            web: to_u64(row.web),
            mail: to_u64(row.mail),
            mysql: to_u64(row.mysql),
        },
    };
    Ok(query.all(&on.on()).await?.into_iter().map(measured).collect())
}
