//! Sessions, password reset links, throttles, and tokens against double submission. Tokens are
//! stored as digests only.

use crate::columns::{count, create, create_index, drop, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, string_len, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut sessions = Table::create();
        sessions
            .table("sessions")
            .col(string_len("id", 64).primary_key())
            .col(big_integer_null("login_id"))
            .col(text("state"))
            .col(big_integer("created_at"))
            .col(big_integer("expires_at"))
            .foreign_key(&mut reference(
                "sessions",
                "login_id",
                "logins",
                ForeignKeyAction::Cascade,
            ));
        create(manager, sessions).await?;
        create_index(manager, "sessions", &["login_id"], false).await?;
        create_index(manager, "sessions", &["expires_at"], false).await?;
        let mut resets = Table::create();
        resets
            .table("password_resets")
            .col(string_len("token_digest", 64).primary_key())
            .col(big_integer("login_id"))
            .col(big_integer("created_at"))
            .col(big_integer("expires_at"))
            .foreign_key(&mut reference(
                "password_resets",
                "login_id",
                "logins",
                ForeignKeyAction::Cascade,
            ));
        create(manager, resets).await?;
        create_index(manager, "password_resets", &["login_id"], true).await?;
        let mut throttles = Table::create();
        throttles
            .table("throttles")
            .col(string_len("key_digest", 64).primary_key())
            .col(count("hits"))
            .col(big_integer("window_ends_at"));
        create(manager, throttles).await?;
        create_index(manager, "throttles", &["window_ends_at"], false).await?;
        let mut submissions = Table::create();
        submissions
            .table("submissions")
            .col(string_len("token_digest", 64).primary_key())
            .col(big_integer("login_id"))
            .col(string_len("result", 255))
            .col(big_integer("created_at"))
            .foreign_key(&mut reference(
                "submissions",
                "login_id",
                "logins",
                ForeignKeyAction::Cascade,
            ));
        create(manager, submissions).await?;
        create_index(manager, "submissions", &["login_id"], false).await?;
        create_index(manager, "submissions", &["created_at"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "submissions").await?;
        drop(manager, "throttles").await?;
        drop(manager, "password_resets").await?;
        drop(manager, "sessions").await
    }
}
