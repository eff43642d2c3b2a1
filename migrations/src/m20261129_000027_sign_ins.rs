//! `sign_in_sources`: the networks and devices of each account's sign-ins, with their failed
//! attempts. Guesses from one network therefore lock the account for that network only. The
//! previous version can run beside this one: it counts all failures of an account together.

use crate::columns::{count, create, drop, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, string_len};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("sign_in_sources")
            .col(big_integer("login_id"))
            // A digest, so that the table does not reveal the networks and devices of people.
            .col(string_len("source", 64))
            .col(count("failures"))
            .col(count("locks"))
            .col(big_integer_null("last_failed_at"))
            .col(big_integer_null("last_success_at"))
            .primary_key(Index::create().col("login_id").col("source"))
            .foreign_key(&mut reference(
                "sign_in_sources",
                "login_id",
                "logins",
                ForeignKeyAction::Cascade,
            ));
        create(manager, table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "sign_in_sources").await
    }
}
