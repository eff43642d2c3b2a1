//! Writes rows that are imported from another panel, many at a time and with the ids that they have
//! there.
//!
//! Callers must have checked what services check for each row. The lookups of existing rows for
//! these checks are here, too. Functions fail with the errors of the database, unless their doc
//! comments say otherwise.

mod accounts;
mod counters;
mod existing;
mod rows;

pub use accounts::{ImportedAdmin, ImportedCustomer, insert_admins, insert_customers};
pub use counters::{Usage, add_usage, advance_sequences, set_default_ftp_users};
pub use existing::{
    ExistingAccount, ExistingRow, admin_emails, admins, customers, guids, is_initial_php_config,
    logins, rows, unused_first_admin,
};
pub use rows::{
    ApiKey, CopiedRow, Database, DiskUsage, Domain, FtpGroup, FtpUser, ImportedPlan, MailAddress,
    MailUser, Measured, MysqlServer, PhpConfig, Plan, TrafficUsage, insert, insert_measured,
    insert_plans, overwrite_php_config,
};
