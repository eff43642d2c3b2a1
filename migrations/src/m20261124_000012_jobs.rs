//! `jobs`: background jobs, which run after a commit. `sealed` holds encrypted secrets until the
//! job is done.

use crate::columns::{create, create_index, drop};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, integer, string_len, string_len_null, text,
    text_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("jobs")
            .col(big_pk_auto("id"))
            .col(string_len("kind", 40))
            .col(big_integer_null("customer_id"))
            .col(string_len("subject", 255))
            .col(text("payload"))
            .col(text_null("sealed"))
            .col(string_len("state", 10))
            .col(integer("attempts").default(0))
            .col(big_integer("run_at"))
            .col(string_len_null("lease", 64))
            .col(big_integer_null("lease_ends_at"))
            .col(text_null("last_error"))
            .col(big_integer("created_at"))
            .col(big_integer_null("finished_at"));
        create(manager, table).await?;
        create_index(manager, "jobs", &["state", "run_at", "id"], false).await?;
        create_index(manager, "jobs", &["customer_id", "state"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "jobs").await
    }
}
