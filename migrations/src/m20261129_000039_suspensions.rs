//! The admin, time and reason of each suspension. A suspended customer without a rank was suspended
//! before these columns existed.

use crate::columns::{add, flag};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer_null, string_len, string_len_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column per statement. There is no foreign key to admins, because the
        // suspension outlives the admin.
        for column in [
            big_integer_null("suspended_by_id"),
            string_len("suspended_by_name", 64).default("").to_owned(),
            string_len_null("suspended_by_rank", 20),
            big_integer_null("suspended_at"),
            string_len("suspend_reason", 500).default("").to_owned(),
            flag("suspend_reason_shown", false),
        ] {
            add(manager, "customers", column).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            "suspend_reason_shown",
            "suspend_reason",
            "suspended_at",
            "suspended_by_rank",
            "suspended_by_name",
            "suspended_by_id",
        ] {
            manager
                .alter_table(Table::alter().table("customers").drop_column(column).to_owned())
                .await?;
        }
        Ok(())
    }
}
