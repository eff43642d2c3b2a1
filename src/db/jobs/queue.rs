//! Enqueues jobs.

use super::NewJob;
use crate::bulk::insert_all;
use crate::entities::job;
use crate::{DbError, Tx};
use domain::id::JobId;
use domain::job::JobState;
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, ActiveValue, Set};

/// Enqueues a job, due at `at`, and returns its id.
pub async fn enqueue(tx: &Tx, new: NewJob, at: Timestamp) -> Result<JobId, DbError> {
    Ok(JobId(row(new, at).insert(&tx.on()).await?.id))
}

/// Enqueues many jobs, due at `at`, in few statements.
pub async fn enqueue_all(tx: &Tx, new: Vec<NewJob>, at: Timestamp) -> Result<(), DbError> {
    insert_all::<job::Entity, _>(tx, new.into_iter().map(|new| row(new, at)).collect()).await
}

fn row(new: NewJob, at: Timestamp) -> job::ActiveModel {
    job::ActiveModel {
        id: ActiveValue::NotSet,
        kind: Set(new.kind.name.to_owned()),
        customer_id: Set(new.customer.map(|id| id.0)),
        subject: Set(new.subject),
        payload: Set(new.payload),
        sealed: Set(new.sealed),
        state: Set(JobState::Waiting.code().to_owned()),
        attempts: Set(0),
        run_at: Set(at.as_second()),
        lease: Set(None),
        lease_ends_at: Set(None),
        last_error: Set(None),
        created_at: Set(at.as_second()),
        finished_at: Set(None),
        priority: Set(new.kind.priority.column()),
        order_key: Set(new.order),
        slot: Set(None),
    }
}
