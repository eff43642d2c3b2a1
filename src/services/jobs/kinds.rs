//! Every kind of job: what it needs, its priority and its queue.

use domain::id::{CustomerId, DeliveryId, EventId, ImportRunId, LoginId, MysqlServerId};
use domain::job::{KindRules, Priority, Queue};
use serde::{Deserialize, Serialize};

/// Making and removing directories.
pub static HOMES: Queue = Queue { name: "homes", concurrency: 2, total: None };
/// Mails: however slow the mail server is, it holds up mails only.
pub static MAIL: Queue = Queue { name: "mail", concurrency: 3, total: None };

/// Looking at every home: long, and of no hurry.
pub static MEASURING: Queue = Queue { name: "measuring", concurrency: 1, total: Some(1) };
/// Accounts and databases on MySQL servers.
pub static MYSQL: Queue = Queue { name: "mysql", concurrency: 3, total: None };

/// Files of many customers: each takes a core for minutes.
pub static IMPORTS: Queue = Queue { name: "imports", concurrency: 1, total: None };

/// Telling others. Each attempt has little time, but there may be many receivers.
pub static OUTWARD: Queue = Queue { name: "outward", concurrency: 3, total: None };

/// Declares the jobs: the only list of them. A line makes the variants of [`Job`] and [`JobKind`],
/// the name under which rows are stored, the queue, the priority, and the place among [`KINDS`].
macro_rules! jobs {
    ($($(#[$doc:meta])+ $Job:ident = $name:literal, $queue:ident, $priority:ident $({ $($(#[$field_doc:meta])+ $field:ident: $Type:ty,)+ })?;)+) => {
        /// A job and what it needs; never a secret.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "job")]
        pub enum Job {
            $($(#[$doc])+ #[serde(rename = $name)] $Job $({ $($(#[$field_doc])+ $field: $Type,)+ })?,)+
        }

        /// A kind of job.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum JobKind {
            $($(#[$doc])+ $Job,)+
        }

        /// The rules of every kind. A worker takes no other: what it does not know, a newer program
        /// wrote.
        pub static KINDS: &[&KindRules] = &[$(&KindRules { name: $name, queue: &$queue, priority: Priority::$priority }),+];

        impl Job {
            /// Its kind.
            #[must_use]
            pub const fn kind(&self) -> JobKind {
                match self { $(Self::$Job $({ $($field: _,)+ })? => JobKind::$Job,)+ }
            }
        }
    };
}

jobs! {
    /// Make a customer's home directory.
    CreateHome = "create_home", HOMES, Urgent {
        /// For whom.
        customer: CustomerId,
        /// Name of the directory under the homes root.
        login_name: String,
        /// Owner of the files.
        guid: i64,
        /// Whether to put the default index page there.
        default_index: bool,
    };
    /// Remove a deleted customer's home directory.
    RemoveHome = "remove_home", HOMES, Normal {
        /// Whose it was.
        customer: CustomerId,
        /// Name of the directory under the homes root.
        login_name: String,
    };
    /// Send a new customer the password; it is sealed beside the job.
    SendWelcome = "send_welcome", MAIL, Normal {
        /// To whom.
        customer: CustomerId,
    };
    /// Send a customer the new password that a manager set; it is sealed beside the job.
    SendNewPassword = "send_new_password", MAIL, Urgent {
        /// To whom.
        customer: CustomerId,
    };
    /// Send an account a link to set a new password; its token is sealed beside the job.
    SendPasswordReset = "send_password_reset", MAIL, Urgent {
        /// To whom.
        login: LoginId,
    };
    /// Tell an account that its password was changed.
    SendPasswordChanged = "send_password_changed", MAIL, Normal {
        /// To whom.
        login: LoginId,
    };
    /// Tell somebody that the mail address of their account was changed.
    SendEmailChanged = "send_email_changed", MAIL, Normal {
        /// Whose account.
        login: LoginId,
        /// The address that is told: the old one or the new one.
        to: String,
        /// Whether it is the new one.
        is_new: bool,
        /// Whether the password was changed as well.
        with_password: bool,
    };
    /// Send the login names of every account with a mail address to it.
    SendLoginNames = "send_login_names", MAIL, Urgent {
        /// The address.
        to: String,
        /// The account whose owner is addressed.
        login: LoginId,
    };
    /// Make a customer's account on a MySQL server what it should be now; if there should be none,
    /// or the customer is gone, remove it.
    SyncMysqlAccount = "sync_mysql_account", MYSQL, Normal {
        /// Whose.
        customer: CustomerId,
        /// Name of the account.
        login_name: String,
        /// Where.
        server: MysqlServerId,
    };
    /// Look at the accounts of all customers who may use a MySQL server.
    SyncMysqlServer = "sync_mysql_server", MYSQL, Bulk {
        /// Which.
        server: MysqlServerId,
    };
    /// Remove the databases of a deleted customer.
    DropMysqlDatabases = "drop_mysql_databases", MYSQL, Normal {
        /// Whose they were.
        customer: CustomerId,
        /// Login name of the customer.
        login_name: String,
        /// Where.
        server: MysqlServerId,
        /// Their names.
        databases: Vec<String>,
    };
    /// Tell a webhook of an event.
    DeliverWebhook = "deliver_webhook", OUTWARD, Normal {
        /// What and whom.
        delivery: DeliveryId,
        /// Behind which deliveries it waits.
        order: Option<String>,
    };
    /// Find the executables that are to be told of an event.
    FindHooks = "find_hooks", OUTWARD, Normal {
        /// What happened.
        event: EventId,
        /// To whom.
        customer: CustomerId,
    };
    /// Tell an executable of an event.
    RunHook = "run_hook", OUTWARD, Normal {
        /// What and which.
        delivery: DeliveryId,
        /// Behind which deliveries it waits.
        order: Option<String>,
    };
    /// Measure what every customer's home and databases take.
    MeasureUsage = "measure_usage", MEASURING, Bulk;
    /// Look at a file of customers.
    CheckImport = "check_import", IMPORTS, Urgent {
        /// Which.
        run: ImportRunId,
    };
    /// Add the customers of a file.
    AddImport = "add_import", IMPORTS, Normal {
        /// Which.
        run: ImportRunId,
    };
    /// Enforce the disk space of a customer with a project quota.
    SetHomeQuota = "set_home_quota", HOMES, Normal {
        /// Whom.
        customer: CustomerId,
    };
}

impl JobKind {
    /// Its rules.
    #[must_use]
    pub fn rules(self) -> &'static KindRules {
        KINDS[self as usize]
    }

    /// As stored.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.rules().name
    }
}

/// Returns the names of the kinds in a queue.
#[must_use]
pub fn of_queue(queue: &Queue) -> Vec<&'static str> {
    KINDS.iter().filter(|kind| kind.queue.name == queue.name).map(|kind| kind.name).collect()
}
