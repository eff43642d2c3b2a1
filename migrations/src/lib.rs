//! The database schema of Clientele, one file a step.
//!
//! Rules of the house: a released step is never edited; `down` works; times are seconds since 1970 in `BIGINT`
//! columns called `*_at`; sizes are bytes; a limit that is NULL is no limit; whatever must be unique is so by constraint.

pub use sea_orm_migration::prelude::*;

mod columns;
mod m20261124_000001_logins;
mod m20261124_000002_admins;
mod m20261124_000003_offers;
mod m20261124_000004_customers;
mod m20261124_000005_domains;
mod m20261124_000006_ftp;
mod m20261124_000007_mail;
mod m20261124_000008_databases;
mod m20261124_000009_usage;
mod m20261124_000010_sessions;
mod m20261124_000011_api_keys;
mod m20261124_000012_jobs;
mod m20261124_000013_audit;
mod m20261124_000014_settings;
mod m20261124_000015_search;
mod m20261125_000016_imports;
mod m20261128_000018_schedules;
mod m20261128_000019_jobs;
mod m20261128_000020_outages;
mod m20261128_000022_mysql_accounts;
mod m20261128_000023_ftp_views;

/// The ordered list of steps.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261124_000001_logins::Migration),
            Box::new(m20261124_000002_admins::Migration),
            Box::new(m20261124_000003_offers::Migration),
            Box::new(m20261124_000004_customers::Migration),
            Box::new(m20261124_000005_domains::Migration),
            Box::new(m20261124_000006_ftp::Migration),
            Box::new(m20261124_000007_mail::Migration),
            Box::new(m20261124_000008_databases::Migration),
            Box::new(m20261124_000009_usage::Migration),
            Box::new(m20261124_000010_sessions::Migration),
            Box::new(m20261124_000011_api_keys::Migration),
            Box::new(m20261124_000012_jobs::Migration),
            Box::new(m20261124_000013_audit::Migration),
            Box::new(m20261124_000014_settings::Migration),
            Box::new(m20261124_000015_search::Migration),
            Box::new(m20261125_000016_imports::Migration),
            Box::new(m20261128_000018_schedules::Migration),
            Box::new(m20261128_000019_jobs::Migration),
            Box::new(m20261128_000020_outages::Migration),
            Box::new(m20261128_000022_mysql_accounts::Migration),
            Box::new(m20261128_000023_ftp_views::Migration),
        ]
    }
}
