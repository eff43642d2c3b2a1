//! Dispatches a stored job to its function.

use super::context::JobContext;
use super::error::JobError;
use super::{
    create_home, customer_imports, deliveries, mails, measure_usage, remove_home, set_home_quota,
};
use anyhow::anyhow;
use domain::job::StoredJob;
use domain::secret::Secret;
use services::jobs::Job;
use services::mysql_accounts::sync;

/// Reads the payload of a stored job and runs the job.
pub(super) async fn run(context: &JobContext, row: &StoredJob) -> Result<(), JobError> {
    let job: Job = serde_json::from_str(&row.payload)
        .map_err(|error| JobError::GiveUp(anyhow!("The job cannot be read: {error}")))?;
    if job.kind().name() != row.kind {
        return Err(JobError::GiveUp(anyhow!(
            "The payload is of kind {}, but the row is of kind {}",
            job.kind().name(),
            row.kind
        )));
    }
    match &job {
        Job::CreateHome { customer, login_name, guid, default_index } => {
            create_home::run(context, *customer, login_name, *guid, *default_index).await
        }
        Job::RemoveHome { login_name, .. } => remove_home::run(context, row, login_name).await,
        Job::SendWelcome { customer } => {
            mails::kinds::send_welcome(context, row, *customer, open_secret(context, row, &job)?)
                .await
        }
        Job::SendNewPassword { customer } => {
            mails::kinds::send_new_password(
                context,
                row,
                *customer,
                open_secret(context, row, &job)?,
            )
            .await
        }
        Job::SendPasswordReset { login } => {
            mails::kinds::send_password_reset(
                context,
                row,
                *login,
                &open_secret(context, row, &job)?,
            )
            .await
        }
        Job::SendPasswordChanged { login } => {
            mails::kinds::send_password_changed(context, row, *login).await
        }
        Job::SendLoginNames { to, login } => {
            mails::kinds::send_login_names(context, row, to, *login).await
        }
        Job::SendEmailChanged { login, to, is_new, with_password } => {
            mails::kinds::send_email_changed(context, row, *login, to, (*is_new, *with_password))
                .await
        }
        Job::SyncMysqlAccount { customer, login_name, server } => {
            Ok(sync::apply(&context.app, *customer, login_name, *server).await?)
        }
        Job::SetHomeQuota { customer } => set_home_quota::run(context, *customer).await,
        Job::CheckImport { run } => customer_imports::check(context, *run).await,
        Job::AddImport { run } => customer_imports::add(context, row, *run).await,
        Job::MeasureUsage => measure_usage::run(context).await,
        Job::SyncMysqlServer { server } => {
            Ok(sync::enqueue_all(&context.app, *server, &context.stopping).await?)
        }
        Job::DropMysqlDatabases { server, databases, .. } => {
            Ok(sync::drop_databases(&context.app, *server, databases, &context.stopping).await?)
        }
        Job::DeliverWebhook { delivery, .. } => deliveries::webhook::run(context, *delivery).await,
        Job::FindHooks { event, .. } => deliveries::hook::enqueue_deliveries(context, *event).await,
        Job::RunHook { delivery, .. } => deliveries::hook::run(context, *delivery).await,
    }
}

/// Opens the secret that was sealed for a job.
fn open_secret(context: &JobContext, row: &StoredJob, job: &Job) -> Result<Secret, JobError> {
    let sealed = row
        .sealed
        .as_ref()
        .ok_or_else(|| JobError::GiveUp(anyhow!("The sealed secret of this job was erased")))?;
    job.open_secret(&context.app.env.sealer, sealed).ok_or_else(|| {
        JobError::GiveUp(anyhow!(
            "The sealed secret of this job cannot be opened: was the secret key replaced?"
        ))
    })
}
