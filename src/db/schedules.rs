//! Schedules of recurring jobs and other periodic work. Only one process claims each run.

use super::entities::schedule;
use super::{DbError, Reader, Tx};
use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set,
};

/// Returns whether the work is due, and claims the run: no other caller gets it until `period` has
/// passed. Work that has never run is due. `subject` distinguishes schedules of the same kind and
/// may be empty.
pub async fn claim_run(
    tx: &Tx,
    kind: &str,
    subject: &str,
    now: Timestamp,
    period: SignedDuration,
) -> Result<bool, DbError> {
    let next = now.as_second().saturating_add(period.as_secs());
    let claimed = schedule::Entity::update_many()
        .col_expr(schedule::Column::LastRunAt, Expr::value(now.as_second()))
        .col_expr(schedule::Column::NextRunAt, Expr::value(next))
        .filter(schedule::Column::Kind.eq(kind))
        .filter(schedule::Column::Subject.eq(subject))
        .filter(schedule::Column::NextRunAt.lte(now.as_second()))
        .exec(&tx.on())
        .await?;
    if claimed.rows_affected == 1 {
        return Ok(true);
    }
    if find(tx, kind, subject).await?.is_some() {
        return Ok(false);
    }
    let first = schedule::ActiveModel {
        id: ActiveValue::NotSet,
        kind: Set(kind.to_owned()),
        subject: Set(subject.to_owned()),
        last_run_at: Set(now.as_second()),
        next_run_at: Set(next),
    };
    // Another process may insert the same row at this moment.
    let inserted = tx
        .attempt(async |tx| -> Result<(), DbError> { Ok(first.insert(&tx.on()).await.map(drop)?) })
        .await;
    match inserted {
        Err(DbError::UniqueViolation(_)) => Ok(false),
        outcome => outcome.map(|()| true),
    }
}

/// Returns whether [`claim_run`] could return true. This is cheap and needs no transaction.
pub async fn may_be_due(
    on: &Reader,
    kind: &str,
    subject: &str,
    now: Timestamp,
) -> Result<bool, DbError> {
    Ok(find(on, kind, subject).await?.is_none_or(|row| row.next_run_at <= now.as_second()))
}

async fn find(on: &Reader, kind: &str, subject: &str) -> Result<Option<schedule::Model>, DbError> {
    let query = schedule::Entity::find()
        .filter(schedule::Column::Kind.eq(kind))
        .filter(schedule::Column::Subject.eq(subject));
    Ok(query.one(&on.on()).await?)
}
