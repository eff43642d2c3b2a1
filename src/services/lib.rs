//! The rules; every door calls these and nothing else. One folder a noun, one file a verb.
//!
//! A service takes a [`Command`] (an open transaction, the time, where the request came from) and
//! the proof of who acts. It never commits: the door opened the transaction with
//! [`Db::write`](db::Db::write). What must happen later is a job in the same transaction.

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
pub mod security_log;
pub mod sessions;
pub mod settings;
pub mod sign_in;
pub mod submissions;
pub mod throttle;
pub mod usage;
pub mod webhooks;

use auth::password::PasswordHasher;
use auth::seal::Sealer;
use db::{DbError, Reader, Transient, Tx};
use domain::chance::Chance;
use domain::clock::Clock;
use domain::customer::{Customer, SignInFacts};
use domain::fault::{Fault, FieldFaults};
use domain::id::AdminId;
use jiff::Timestamp;
use settings::ProviderSettings;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// What every service may need of the program around it.
#[derive(Clone)]
pub struct Env {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub chance: Arc<dyn Chance>,
    /// Hashes passwords, off the async threads.
    pub hasher: PasswordHasher,
    /// Seals secrets that wait in jobs.
    pub sealer: Sealer,
    /// Root of customers' home directories.
    pub homes_dir: PathBuf,
    /// Where executables lie that are told of events.
    pub hooks_dir: PathBuf,
    /// Address of the panel, for links.
    pub public_url: String,
    /// The shortest time in which a response is sent whose duration could tell what was found;
    /// [`MIN_RESPONSE_TIME`] but in tests.
    pub min_response_time: Duration,
}

/// The time that hides the work for an account that exists, or for a password that is checked.
pub const MIN_RESPONSE_TIME: Duration = Duration::from_millis(250);

/// Which door a request came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// The panel.
    Web,
    /// The JSON API.
    Api,
    /// The command line.
    Cli,
    /// The worker, or the program itself.
    Worker,
}

impl Door {
    /// As the audit trail has it.
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

/// Where a request came from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Through which door.
    pub door: Door,
    /// Address of the client; empty where there is none.
    pub address: String,
    /// The admin who acts as the customer who asks, if it is not he himself.
    pub acting: Option<(AdminId, String)>,
}

impl Origin {
    /// The origin of changes that the worker makes.
    #[must_use]
    pub const fn worker() -> Self {
        Self { door: Door::Worker, address: String::new(), acting: None }
    }
}

/// A change under way: everything a service works with.
#[derive(Clone, Copy)]
pub struct Command<'t> {
    /// The open transaction.
    pub tx: &'t Tx,
    /// When.
    pub at: Timestamp,
    /// The provider's settings, as of the request.
    pub settings: &'t ProviderSettings,
    /// The program around it.
    pub env: &'t Env,
    /// Where the request came from.
    pub origin: &'t Origin,
    /// Whether there is a hooks directory here, as seen before the transaction.
    pub has_hooks: bool,
}

impl<'t> Command<'t> {
    /// The same for reading only.
    #[must_use]
    pub fn view(&self) -> View<'t> {
        View { on: self.tx, at: self.at, settings: self.settings }
    }
}

/// A look at things: everything a reading service works with.
#[derive(Clone, Copy)]
pub struct View<'r> {
    /// Where to read.
    pub on: &'r Reader,
    /// When.
    pub at: Timestamp,
    /// The provider's settings, as of the request.
    pub settings: &'r ProviderSettings,
}

impl View<'_> {
    /// Tells of somebody whether he is locked out at this moment.
    pub fn tell_lock(&self, facts: &mut SignInFacts) {
        let rule = self.settings.lock_rule(self.at);
        facts.locked = rule.locks(facts.failures, facts.last_failure);
    }
}

/// What services are asked for by name or id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the noun that it says")]
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
            Self::MailTemplate => "mail template",
            Self::MysqlServer => "MySQL server",
            Self::PageTemplate => "page template",
            Self::PasswordReset => "password reset",
            Self::PhpConfig => "PHP configuration",
            Self::Plan => "plan",
            Self::Webhook => "webhook",
        })
    }
}

/// What a service answers when it does not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// There is no such thing, or not for you.
    #[error("no such {0}")]
    NotFound(Noun),
    /// You may not do that.
    #[error("not allowed")]
    Forbidden,
    /// What was typed is wrong; field by field.
    #[error("invalid input")]
    Invalid(FieldFaults),
    /// Nothing is left to hand out.
    #[error("exhausted: {}", .0.code)]
    Exhausted(Fault),
    /// It cannot be done as things stand.
    #[error("refused: {}", .0.code)]
    Refused(Fault),
    /// The customer was changed since the form was opened; this is how he is now.
    #[error("changed meanwhile")]
    Stale(Box<Customer>),
    /// Something else was changed since its form was opened.
    #[error("changed meanwhile")]
    StaleOther,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The program failed.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

impl ServiceError {
    /// One fault of one field.
    #[must_use]
    pub fn field(field: &str, fault: Fault) -> Self {
        Self::Invalid(FieldFaults::one(field, fault))
    }

    /// Whether the database let another transaction win; running again may succeed.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Db(error) if error.is_transient())
    }
}

impl From<FieldFaults> for ServiceError {
    fn from(faults: FieldFaults) -> Self {
        Self::Invalid(faults)
    }
}

impl Transient for ServiceError {
    fn is_transient(&self) -> bool {
        Self::is_transient(self)
    }
}

/// What a service gives.
pub type Outcome<T> = Result<T, ServiceError>;
