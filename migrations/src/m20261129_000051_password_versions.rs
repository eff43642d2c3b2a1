//! The number of password changes of each account. A new hash of the same password does not change
//! it. Sessions and device cookies contain it, so they survive the upgrade of an old hash and end
//! when the password changes.

use crate::columns::{add, count};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "logins", count("password_version")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .alter_table(Table::alter().table("logins").drop_column("password_version").to_owned())
            .await
    }
}
