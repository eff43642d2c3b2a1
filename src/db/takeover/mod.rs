//! Rows that come from another panel: written many at a time and with the ids that they had there.
//! Whoever writes them has made sure of what the services make sure of one by one; what is there
//! already is looked up here first.

mod accounts;
mod counters;
mod rows;
mod there;

pub use accounts::{ImportedAdmin, ImportedCustomer, insert_admins, insert_customers};
pub use counters::{Usage, add_usage, default_ftp_users, numbers_go_on};
pub use rows::{
    ApiKey, Copied, Database, DiskUsage, Domain, FtpGroup, FtpUser, ImportedPlan, MailAddress,
    MailUser, Measured, MysqlServer, PhpConfig, Plan, TrafficUsage, insert, insert_measured,
    insert_plans, name_php_config,
};
pub use there::{
    AccountThere, There, admin_emails, admins, customers, guids, logins, php_config_is_pristine,
    rows, unused_first_admin,
};
