//! The business rules. Every entry point calls these functions; there is one folder for each noun
//! and one function for each verb.
//!
//! A service takes a [`Command`] (an open transaction, the time, the origin of the request) and an
//! actor, whose type is the permission. A service never commits: the entry point opens the
//! transaction with [`App::change`](app::App::change). Work that must happen later is written as a
//! job in the same transaction.
//!
//! Every service returns [`ServiceError::Db`] if the database fails. The functions document only
//! their other errors.

pub mod account;
pub mod admins;
pub mod api_keys;
pub mod app;
pub mod audit;
pub mod credentials;
pub mod customers;
pub mod database;
pub mod default_index;
pub mod demo;
mod digest;
pub mod events;
pub mod forwarding;
pub mod froxlor;
pub mod ftp_file;
pub mod health;
pub mod housekeeping;
pub mod jobs;
pub mod kept_forms;
pub mod machine;
pub mod mail_templates;
pub mod mysql_accounts;
pub mod mysql_servers;
pub mod outages;
pub mod passwords;
pub mod php_configs;
pub mod plans;
pub mod schedules;
mod sealed;
pub mod security_log;
pub mod sessions;
pub mod settings;
pub mod sign_in;
pub mod submissions;
pub mod throttle;
pub mod usage;
pub mod webhooks;

pub use digest::digest;

use auth::password::PasswordHasher;
use auth::seal::Sealer;
use db::{DbError, Reader, Transient, Tx};
use domain::clock::Clock;
use domain::customer::{Customer, SignInHistory};
use domain::id::AdminId;
use domain::random::RandomSource;
use domain::validation::{FieldErrors, ValidationError};
use jiff::Timestamp;
use settings::ProviderSettings;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Dependencies and settings that services share.
#[derive(Clone)]
pub struct Env {
    pub clock: Arc<dyn Clock>,
    /// Source of randomness.
    pub random: Arc<dyn RandomSource>,
    /// Hashes passwords on blocking threads.
    pub hasher: PasswordHasher,
    /// Seals secrets that are stored, such as those of jobs.
    pub sealer: Sealer,
    /// Root of the customers' home directories.
    pub homes_dir: PathBuf,
    /// Directory of the executables that run for events.
    pub hooks_dir: PathBuf,
    /// Address of the panel, for links in emails.
    pub public_url: String,
    /// Minimum duration of responses whose timing could reveal whether an account exists. It is
    /// [`MIN_RESPONSE_TIME`] except in tests.
    pub min_response_time: Duration,
}

/// Minimum duration of responses whose timing could reveal whether an account exists. The work for
/// an existing account takes less time, and so does verifying a password.
pub const MIN_RESPONSE_TIME: Duration = Duration::from_millis(250);

/// The entry point of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryPoint {
    /// The HTML panel.
    Web,
    /// The JSON API.
    Api,
    /// The command line.
    Cli,
    /// The worker, or the program itself.
    Worker,
}

impl EntryPoint {
    /// Returns the code that the audit log stores.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Api => "api",
            Self::Cli => "cli",
            Self::Worker => "worker",
        }
    }
}

/// The source of a request, which the audit log stores.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The entry point.
    pub entry_point: EntryPoint,
    /// Address of the client; empty if there is none.
    pub address: String,
    /// The admin who acts as the customer, with the admin's login name; `None` if the account acts
    /// for itself.
    pub acting: Option<(AdminId, String)>,
}

impl Origin {
    /// Returns the origin of changes that the worker makes.
    #[must_use]
    pub const fn worker() -> Self {
        Self { entry_point: EntryPoint::Worker, address: String::new(), acting: None }
    }
}

/// The context of a change: the open transaction, and everything that a service works with.
#[derive(Clone, Copy)]
pub struct Command<'t> {
    pub tx: &'t Tx,
    /// Time of the request.
    pub at: Timestamp,
    /// The provider's settings, read in the same transaction.
    pub settings: &'t ProviderSettings,
    pub env: &'t Env,
    pub origin: &'t Origin,
    /// Whether a hooks directory exists on this machine, as checked before the transaction.
    pub has_hooks: bool,
}

impl<'t> Command<'t> {
    /// Returns a view that reads in this transaction.
    #[must_use]
    pub fn view(&self) -> View<'t> {
        View { on: self.tx, at: self.at, settings: self.settings }
    }
}

/// The context of a read: everything that a reading service works with.
#[derive(Clone, Copy)]
pub struct View<'r> {
    /// The connection or transaction to read from.
    pub on: &'r Reader,
    /// Time of the request.
    pub at: Timestamp,
    pub settings: &'r ProviderSettings,
}

impl View<'_> {
    /// Sets whether the account is locked at the time of the request.
    pub fn set_locked(&self, history: &mut SignInHistory) {
        let rule = self.settings.lock_rule(self.at);
        history.locked = rule.locks(history.failures, history.last_failure);
    }
}

/// A kind of object that services find by name or id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Noun {
    Admin,
    ApiKey,
    Customer,
    Delivery,
    Import,
    Job,
    MailTemplate,
    MysqlServer,
    PageTemplate,
    PasswordReset,
    PhpConfig,
    Plan,
    Webhook,
}

impl fmt::Display for Noun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Admin => "admin",
            Self::ApiKey => "API key",
            Self::Customer => "customer",
            Self::Delivery => "delivery",
            Self::Import => "import",
            Self::Job => "job",
            Self::MailTemplate => "email template",
            Self::MysqlServer => "MySQL server",
            Self::PageTemplate => "page template",
            Self::PasswordReset => "password reset",
            Self::PhpConfig => "PHP configuration",
            Self::Plan => "plan",
            Self::Webhook => "webhook",
        })
    }
}

/// The reason why a service refused a request or failed.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The object does not exist, or is out of the requester's scope.
    #[error("no such {0}")]
    NotFound(Noun),
    /// The requester's role or rights do not allow the change.
    #[error("not allowed")]
    Forbidden,
    /// Validation errors, by field.
    #[error("invalid input")]
    Invalid(FieldErrors),
    /// The owner's remaining quota is too small.
    #[error("exhausted: {}", .0.code)]
    Exhausted(ValidationError),
    /// The current status of the object does not allow the change.
    #[error("refused: {}", .0.code)]
    Refused(ValidationError),
    /// The customer was changed since the form was opened; holds the current customer.
    #[error("changed in the meantime")]
    Stale(Box<Customer>),
    /// Another object was changed since its form was opened.
    #[error("changed in the meantime")]
    StaleOther,
    #[error(transparent)]
    Db(#[from] DbError),
    /// An internal error, such as a secret that cannot be opened.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

impl ServiceError {
    /// Returns one validation error of one field.
    #[must_use]
    pub fn field(field: &str, error: ValidationError) -> Self {
        Self::Invalid(FieldErrors::one(field, error))
    }

    /// Returns whether the transaction conflicted with another one, so that running it again may
    /// succeed.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Db(error) if error.is_transient())
    }
}

impl From<FieldErrors> for ServiceError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl Transient for ServiceError {
    fn is_transient(&self) -> bool {
        Self::is_transient(self)
    }
}

pub type Outcome<T> = Result<T, ServiceError>;
