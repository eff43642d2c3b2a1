//! Jobs: what must happen after a commit. Their rows are written in the transaction of the change.

mod abandon;
pub mod kinds;
mod listing;
mod manage;

pub use abandon::{Abandoned, give_up};
pub use db::jobs::{Depth, Filter, JobRow, JobState};
pub use listing::{counts, depths, kinds_of, late, listing, open_of, stuck};
pub use manage::{discard, run_now, run_now_all};

use super::{Command, Outcome};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::jobs::{Kind, NewJob};
use domain::customer::Customer;
use domain::id::{CustomerId, DeliveryId, EventId, ImportRunId, JobId, LoginId, MysqlServerId};
use domain::secret::Secret;
use serde::{Deserialize, Serialize};

/// A job and what it needs; never a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
pub enum Job {
    /// Make a customer's home directory.
    CreateHome {
        /// For whom.
        customer: CustomerId,
        /// Name of the directory under the homes root.
        login_name: String,
        /// Owner of the files.
        guid: i64,
        /// Whether to put the default index page there.
        default_index: bool,
    },
    /// Remove a deleted customer's home directory.
    RemoveHome {
        /// Whose it was.
        customer: CustomerId,
        /// Name of the directory under the homes root.
        login_name: String,
    },
    /// Send a new customer his password; it is sealed beside the job.
    SendWelcome {
        /// To whom.
        customer: CustomerId,
    },
    /// Send a customer the new password that a manager set; it is sealed beside the job.
    SendNewPassword {
        /// To whom.
        customer: CustomerId,
    },
    /// Send somebody a link for his lost password; its token is sealed beside the job.
    SendPasswordReset {
        /// To whom.
        login: LoginId,
    },
    /// Tell somebody that his password was changed.
    SendPasswordChanged {
        /// To whom.
        login: LoginId,
    },
    /// Send the login names of every account with a mail address to it.
    SendLoginNames {
        /// The address.
        to: String,
        /// The account whose owner is addressed.
        login: LoginId,
    },
    /// Tell somebody that the mail address of their account was changed.
    SendEmailChanged {
        /// Whose account.
        login: LoginId,
        /// The address that is told: the old one or the new one.
        to: String,
        /// Whether it is the new one.
        is_new: bool,
        /// Whether the password was changed as well.
        with_password: bool,
    },
    /// Make a customer's account on a MySQL server what it should be now; if there should be none, or he is gone, remove it.
    SyncMysqlAccount {
        /// Whose.
        customer: CustomerId,
        /// Name of the account.
        login_name: String,
        /// Where.
        server: MysqlServerId,
    },
    /// Look at the accounts of all customers who may use a MySQL server.
    SyncMysqlServer {
        /// Which.
        server: MysqlServerId,
    },
    /// Hold a customer to his disk space by the file system.
    SetHomeQuota {
        /// Whom.
        customer: CustomerId,
    },
    /// Look at a file of customers.
    CheckImport {
        /// Which.
        run: ImportRunId,
    },
    /// Add the customers of a file.
    AddImport {
        /// Which.
        run: ImportRunId,
    },
    /// Measure what every customer's home and databases take.
    MeasureUsage,
    /// Remove the databases of a deleted customer.
    DropMysqlDatabases {
        /// Whose they were.
        customer: CustomerId,
        /// His login name.
        login_name: String,
        /// Where.
        server: MysqlServerId,
        /// Their names.
        databases: Vec<String>,
    },
    /// Tell a webhook of an event.
    DeliverWebhook {
        /// What and whom.
        delivery: DeliveryId,
        /// Behind which deliveries it waits.
        order: Option<String>,
    },
    /// Find the executables that are to be told of an event.
    FindHooks {
        /// What happened.
        event: EventId,
        /// To whom.
        customer: CustomerId,
    },
    /// Tell an executable of an event.
    RunHook {
        /// What and which.
        delivery: DeliveryId,
        /// Behind which deliveries it waits.
        order: Option<String>,
    },
}

impl Job {
    /// What is known of its kind.
    #[must_use]
    pub const fn rules(&self) -> &'static Kind {
        match self {
            Self::CreateHome { .. } => &kinds::CREATE_HOME,
            Self::RemoveHome { .. } => &kinds::REMOVE_HOME,
            Self::SendWelcome { .. } => &kinds::SEND_WELCOME,
            Self::SendNewPassword { .. } => &kinds::SEND_NEW_PASSWORD,
            Self::SendPasswordReset { .. } => &kinds::SEND_PASSWORD_RESET,
            Self::SendPasswordChanged { .. } => &kinds::SEND_PASSWORD_CHANGED,
            Self::SendEmailChanged { .. } => &kinds::SEND_EMAIL_CHANGED,
            Self::SendLoginNames { .. } => &kinds::SEND_LOGIN_NAMES,
            Self::SyncMysqlAccount { .. } => &kinds::SYNC_MYSQL_ACCOUNT,
            Self::SyncMysqlServer { .. } => &kinds::SYNC_MYSQL_SERVER,
            Self::SetHomeQuota { .. } => &kinds::SET_HOME_QUOTA,
            Self::CheckImport { .. } => &kinds::CHECK_IMPORT,
            Self::AddImport { .. } => &kinds::ADD_IMPORT,
            Self::MeasureUsage => &kinds::MEASURE_USAGE,
            Self::DropMysqlDatabases { .. } => &kinds::DROP_MYSQL_DATABASES,
            Self::DeliverWebhook { .. } => &kinds::DELIVER_WEBHOOK,
            Self::FindHooks { .. } => &kinds::FIND_HOOKS,
            Self::RunHook { .. } => &kinds::RUN_HOOK,
        }
    }

    /// Its kind as stored.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        self.rules().name
    }

    /// Jobs of one such key run one after the other, in the order in which they were written.
    fn order(&self) -> Option<String> {
        match self {
            Self::FindHooks { customer, .. } => Some(format!("hooks/{customer}")),
            Self::DeliverWebhook { order, .. } | Self::RunHook { order, .. } => order.clone(),
            Self::CreateHome { customer, .. } | Self::RemoveHome { customer, .. } | Self::SetHomeQuota { customer } => {
                Some(format!("home/{customer}"))
            }
            _ => None,
        }
    }

    const fn customer(&self) -> Option<CustomerId> {
        match self {
            Self::CreateHome { customer, .. }
            | Self::RemoveHome { customer, .. }
            | Self::SendWelcome { customer }
            | Self::SendNewPassword { customer }
            | Self::SetHomeQuota { customer }
            | Self::SyncMysqlAccount { customer, .. }
            | Self::DropMysqlDatabases { customer, .. } => Some(*customer),
            // Whom the provider tells of his customers is his own affair: only those who see all see the last three.
            Self::SendPasswordReset { .. }
            | Self::SendPasswordChanged { .. }
            | Self::SendEmailChanged { .. }
            | Self::SendLoginNames { .. }
            | Self::SyncMysqlServer { .. }
            | Self::MeasureUsage
            | Self::CheckImport { .. }
            | Self::AddImport { .. }
            | Self::DeliverWebhook { .. }
            | Self::FindHooks { .. }
            | Self::RunHook { .. } => None,
        }
    }

    /// With what a secret of this job is bound to when it is sealed: it opens for no other kind.
    #[must_use]
    pub fn seal_context(&self) -> String {
        format!("job/{}", self.kind())
    }
}

/// Writes a job; `subject` is what people read of it. A secret is stored sealed, and erased once the job is done.
///
/// # Errors
/// The database's.
pub async fn enqueue(cmd: Command<'_>, job: &Job, subject: &str, secret: Option<&Secret>) -> Outcome<()> {
    write(cmd, job, subject, secret).await.map(drop)
}

/// The same; gives the job's id.
///
/// # Errors
/// The database's.
pub(super) async fn write(cmd: Command<'_>, job: &Job, subject: &str, secret: Option<&Secret>) -> Outcome<JobId> {
    Ok(db::jobs::enqueue(cmd.tx, new_job(cmd, job, subject, secret)?, cmd.at).await?)
}

/// Writes many jobs, each made by [`new_job`].
///
/// # Errors
/// The database's.
pub(super) async fn enqueue_all(cmd: Command<'_>, new: Vec<NewJob>) -> Outcome<()> {
    Ok(db::jobs::enqueue_all(cmd.tx, new, cmd.at).await?)
}

/// A job to be written, with its secret sealed.
///
/// # Errors
/// That sealing failed.
pub(super) fn new_job(cmd: Command<'_>, job: &Job, subject: &str, secret: Option<&Secret>) -> Outcome<NewJob> {
    let seal = |secret: &Secret| cmd.env.sealer.seal(&job.seal_context(), secret.expose().as_bytes());
    let sealed = secret.map(seal).transpose().map_err(anyhow::Error::from)?.map(|sealed| STANDARD.encode(sealed));
    Ok(NewJob {
        kind: job.rules(),
        order: job.order(),
        customer: job.customer(),
        subject: subject.to_owned(),
        payload: serde_json::to_string(job).map_err(anyhow::Error::from)?,
        sealed,
    })
}

/// Writes a job that reads for itself what should be, in place of one of the same words that nobody has begun: whatever that one was
/// to see, this one sees too.
///
/// # Errors
/// The database's.
pub async fn enqueue_anew(cmd: Command<'_>, job: &Job, subject: &str) -> Outcome<()> {
    let payload = serde_json::to_string(job).map_err(anyhow::Error::from)?;
    db::jobs::supersede(cmd.tx, job.kind(), job.customer(), &payload).await?;
    enqueue(cmd, job, subject, None).await
}

/// Withdraws mails that still wait with a password of a customer which no longer holds.
///
/// # Errors
/// The database's.
pub async fn withdraw_passwords(cmd: Command<'_>, customer: CustomerId) -> Outcome<()> {
    db::jobs::cancel(cmd.tx, customer, &["send_welcome", "send_new_password"]).await?;
    Ok(())
}

/// Removes what nobody has begun of a customer who goes.
///
/// # Errors
/// The database's.
pub async fn cancel_for(cmd: Command<'_>, customer: &Customer) -> Outcome<()> {
    db::jobs::cancel(cmd.tx, customer.id, &["create_home", "set_home_quota", "send_welcome", "send_new_password"]).await?;
    Ok(())
}
