//! Job kinds: payload, priority and queue.

use domain::id::{CustomerId, DeliveryId, EventId, ImportRunId, LoginId, MysqlServerId};
use domain::job::{KindRules, Priority, Queue};
use serde::{Deserialize, Serialize};

/// Home directories: creation, removal and quotas.
pub static HOMES: Queue = Queue { name: "homes", concurrency: 2, total: None };
/// Emails. A slow mail server delays no other queue.
pub static MAIL: Queue = Queue { name: "mail", concurrency: 3, total: None };

/// Measurement of every home directory and all databases. It takes long and is not urgent.
pub static MEASURING: Queue = Queue { name: "measuring", concurrency: 1, total: Some(1) };
/// Accounts and databases on MySQL servers.
pub static MYSQL: Queue = Queue { name: "mysql", concurrency: 3, total: None };

/// Imports of customers from files. A large file uses a CPU core for minutes.
pub static IMPORTS: Queue = Queue { name: "imports", concurrency: 1, total: None };

/// Deliveries of events. Each attempt is short, but there may be many endpoints.
pub static DELIVERIES: Queue = Queue { name: "outward", concurrency: 3, total: None };

/// Declares the job kinds. Each line declares the variants of [`Job`] and [`JobKind`], the stored
/// name, the queue, the priority, and the entry in [`KINDS`].
macro_rules! jobs {
    ($($(#[$doc:meta])+ $Job:ident = $name:literal, $queue:ident, $priority:ident $({ $($(#[$field_doc:meta])* $field:ident: $Type:ty,)+ })?;)+) => {
        /// A job with its payload. The payload contains no secret: secrets are sealed beside it.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "job")]
        pub enum Job {
            $($(#[$doc])+ #[serde(rename = $name)] $Job $({ $($(#[$field_doc])* $field: $Type,)+ })?,)+
        }

        /// A kind of job.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum JobKind {
            $($(#[$doc])+ $Job,)+
        }

        /// Rules of every kind. A worker claims no other kinds: a newer version of the program may
        /// have enqueued them.
        pub static KINDS: &[&KindRules] = &[$(&KindRules { name: $name, queue: &$queue, priority: Priority::$priority }),+];

        impl Job {
            #[must_use]
            pub const fn kind(&self) -> JobKind {
                match self { $(Self::$Job $({ $($field: _,)+ })? => JobKind::$Job,)+ }
            }
        }
    };
}

jobs! {
    /// Creates a customer's home directory.
    CreateHome = "create_home", HOMES, Urgent {
        customer: CustomerId,
        /// Name of the directory in the homes directory.
        login_name: String,
        /// UNIX id of the owner of the files.
        guid: i64,
        /// Whether to create the default index page.
        default_index: bool,
    };
    /// Removes the home directory of a deleted customer.
    RemoveHome = "remove_home", HOMES, Normal {
        customer: CustomerId,
        /// Name of the directory in the homes directory.
        login_name: String,
    };
    /// Sends a new customer their password, which is sealed beside the job.
    SendWelcome = "send_welcome", MAIL, Normal {
        customer: CustomerId,
    };
    /// Sends a customer the new password that a manager set. It is sealed beside the job.
    SendNewPassword = "send_new_password", MAIL, Urgent {
        customer: CustomerId,
    };
    /// Sends an account a password reset link. Its token is sealed beside the job.
    SendPasswordReset = "send_password_reset", MAIL, Urgent {
        login: LoginId,
    };
    /// Notifies an account that its password was changed.
    SendPasswordChanged = "send_password_changed", MAIL, Normal {
        login: LoginId,
    };
    /// Notifies an account that its email address was changed.
    SendEmailChanged = "send_email_changed", MAIL, Normal {
        login: LoginId,
        /// Recipient: the old or the new address.
        to: String,
        /// Whether `to` is the new address.
        is_new: bool,
        /// Whether the password was changed, too.
        with_password: bool,
    };
    /// Sends the login names of all accounts with an email address to that address.
    SendLoginNames = "send_login_names", MAIL, Urgent {
        /// Recipient.
        to: String,
        /// Account whose name and language the email uses.
        login: LoginId,
    };
    /// Brings a customer's account on a MySQL server to its target state. Removes the account if it
    /// should not exist, or if the customer was deleted.
    SyncMysqlAccount = "sync_mysql_account", MYSQL, Normal {
        customer: CustomerId,
        /// Name of the MySQL account.
        login_name: String,
        server: MysqlServerId,
    };
    /// Enqueues a job like `sync_mysql_account` for each customer who may use a MySQL server.
    SyncMysqlServer = "sync_mysql_server", MYSQL, Bulk {
        server: MysqlServerId,
    };
    /// Drops the databases of a deleted customer.
    DropMysqlDatabases = "drop_mysql_databases", MYSQL, Normal {
        customer: CustomerId,
        login_name: String,
        server: MysqlServerId,
        /// Names of the databases.
        databases: Vec<String>,
    };
    /// Delivers an event to a webhook.
    DeliverWebhook = "deliver_webhook", DELIVERIES, Normal {
        delivery: DeliveryId,
        /// Order key: deliveries with the same key run one after the other.
        order: Option<String>,
    };
    /// Finds the executables that receive an event, and creates their deliveries.
    FindHooks = "find_hooks", DELIVERIES, Normal {
        event: EventId,
        customer: CustomerId,
    };
    /// Delivers an event to an executable of the hooks directory.
    RunHook = "run_hook", DELIVERIES, Normal {
        delivery: DeliveryId,
        /// Order key: deliveries with the same key run one after the other.
        order: Option<String>,
    };
    /// Measures the disk usage of every customer's home directory and databases.
    MeasureUsage = "measure_usage", MEASURING, Bulk;
    /// Checks an uploaded file of customers.
    CheckImport = "check_import", IMPORTS, Urgent {
        run: ImportRunId,
    };
    /// Adds the customers of an uploaded file.
    AddImport = "add_import", IMPORTS, Normal {
        run: ImportRunId,
    };
    /// Enforces the disk space limit of a customer with a project quota of the file system.
    SetHomeQuota = "set_home_quota", HOMES, Normal {
        customer: CustomerId,
    };
}

impl JobKind {
    #[must_use]
    pub fn rules(self) -> &'static KindRules {
        KINDS[self as usize]
    }

    /// Returns the name as stored.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.rules().name
    }
}

/// Returns the names of the kinds in a queue.
#[must_use]
pub fn kind_names_of_queue(queue: &Queue) -> Vec<&'static str> {
    KINDS.iter().filter(|kind| kind.queue.name == queue.name).map(|kind| kind.name).collect()
}
