//! The database schema of Clientele: one file per migration.
//!
//! - A released migration is never edited, and its `down` works.
//! - Times are seconds since 1970 in `BIGINT` columns named `*_at`. Sizes are bytes. A limit that
//!   is NULL means unlimited.
//! - Constraints enforce everything that must be unique.
//! - `columns::create` creates all tables, so that text compares alike on every engine.
//! - A migration adds tables, views, triggers, indexes, and columns that are NULL or have a
//!   default. It may also correct rows. It renames and drops nothing in use, because nodes are
//!   upgraded one by one, and the previous version runs on the new schema meanwhile.

pub use sea_orm_migration::prelude::*;

use sea_orm_migration::sea_orm::EntityTrait as _;
use sea_orm_migration::seaql_migrations;
use std::collections::HashSet;

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
mod m20261128_000021_webhooks;
mod m20261128_000022_mysql_accounts;
mod m20261128_000023_ftp_views;
mod m20261128_000024_page_templates;
mod m20261129_000027_sign_ins;
mod m20261129_000031_webhook_names;
mod m20261129_000033_whole_names;
mod m20261129_000037_import_runs;
mod m20261129_000039_suspensions;
mod m20261129_000040_admin_grants;
mod m20261129_000041_audit_former_owners;
mod m20261129_000042_kept_forms;
mod m20261129_000051_password_versions;

/// The ordered list of migrations.
pub struct Migrator;

impl Migrator {
    /// Returns the pending migrations. Writes nothing.
    pub async fn pending(db: impl IntoSchemaManagerConnection<'_>) -> Result<Vec<String>, DbErr> {
        let manager = SchemaManager::new(db);
        let applied = if manager.has_table("seaql_migrations").await? {
            applied(manager.get_connection()).await?
        } else {
            Vec::new()
        };
        let applied: HashSet<String> =
            applied.into_iter().map(|migration| migration.version).collect();
        Ok(Self::known().filter(|name| !applied.contains(name)).collect())
    }

    fn known() -> impl Iterator<Item = String> {
        Self::migrations().into_iter().map(|migration| migration.name().to_owned())
    }
}

async fn applied<C: ConnectionTrait>(db: &C) -> Result<Vec<seaql_migrations::Model>, DbErr> {
    seaql_migrations::Entity::find().all(db).await
}

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
            Box::new(m20261128_000021_webhooks::Migration),
            Box::new(m20261128_000022_mysql_accounts::Migration),
            Box::new(m20261128_000023_ftp_views::Migration),
            Box::new(m20261128_000024_page_templates::Migration),
            Box::new(m20261129_000027_sign_ins::Migration),
            Box::new(m20261129_000031_webhook_names::Migration),
            Box::new(m20261129_000033_whole_names::Migration),
            Box::new(m20261129_000037_import_runs::Migration),
            Box::new(m20261129_000039_suspensions::Migration),
            Box::new(m20261129_000040_admin_grants::Migration),
            Box::new(m20261129_000041_audit_former_owners::Migration),
            Box::new(m20261129_000042_kept_forms::Migration),
            Box::new(m20261129_000051_password_versions::Migration),
        ]
    }

    /// Omits applied migrations that this version does not know: a newer version, which runs beside
    /// it, has applied them.
    async fn get_migration_models<C>(db: &C) -> Result<Vec<seaql_migrations::Model>, DbErr>
    where
        C: ConnectionTrait,
    {
        Self::install(db).await?;
        let known: HashSet<String> = Self::known().collect();
        let models = applied(db).await?.into_iter();
        Ok(models.filter(|model| known.contains(&model.version)).collect())
    }
}
