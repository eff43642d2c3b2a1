//! `ftp_accounts` and `ftp_account_groups`: the views for FTP servers, which contain only accounts
//! that can sign in at the moment.
//!
//! An FTP server that cannot read SQLite while others write to it gets a copy of the views in a
//! file. Triggers increment a counter at each change of an account, which shows whether the copy is
//! outdated. As they are triggers, no write can miss the counter.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

const VIEWS: [&str; 2] = [
    "CREATE VIEW ftp_accounts AS SELECT u.username AS username, u.password_hash AS password_hash, u.uid AS uid, u.gid AS gid, \
     u.home_dir AS home_dir, u.shell AS shell FROM ftp_users u INNER JOIN customers c ON c.id = u.customer_id \
     WHERE u.login_enabled = TRUE AND c.suspended = FALSE",
    "CREATE VIEW ftp_account_groups AS SELECT g.name AS name, g.gid AS gid, g.members AS members \
     FROM ftp_groups g INNER JOIN customers c ON c.id = g.customer_id WHERE c.suspended = FALSE",
];

/// The triggers that increment the counter: name, and event that fires it.
const TRIGGERS: [(&str, &str); 7] = [
    ("ftp_version_user_insert", "INSERT ON ftp_users"),
    ("ftp_version_user_update", "UPDATE ON ftp_users"),
    ("ftp_version_user_delete", "DELETE ON ftp_users"),
    ("ftp_version_group_insert", "INSERT ON ftp_groups"),
    ("ftp_version_group_update", "UPDATE ON ftp_groups"),
    ("ftp_version_group_delete", "DELETE ON ftp_groups"),
    (
        "ftp_version_suspended",
        "UPDATE OF suspended ON customers WHEN old.suspended <> new.suspended",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::columns::create_index(manager, "ftp_groups", &["gid"], false).await?;
        for view in VIEWS {
            manager.get_connection().execute_unprepared(view).await?;
        }
        if manager.get_database_backend() == DbBackend::Sqlite {
            let mut counter = Query::insert();
            counter
                .into_table("counters")
                .columns(["name", "value"])
                .values_panic(["ftp_accounts".into(), 0_i64.into()]);
            manager.execute(counter).await?;
            for (name, event) in TRIGGERS {
                let sql = format!(
                    "CREATE TRIGGER {name} AFTER {event} BEGIN UPDATE counters SET value = value + 1 WHERE name = 'ftp_accounts'; END"
                );
                manager.get_connection().execute_unprepared(&sql).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Sqlite {
            for (name, _) in TRIGGERS {
                manager
                    .get_connection()
                    .execute_unprepared(&format!("DROP TRIGGER {name}"))
                    .await?;
            }
            let counter = Query::delete()
                .from_table("counters")
                .and_where(Expr::col("name").eq("ftp_accounts"))
                .to_owned();
            manager.execute(counter).await?;
        }
        for view in ["ftp_account_groups", "ftp_accounts"] {
            manager.get_connection().execute_unprepared(&format!("DROP VIEW {view}")).await?;
        }
        manager
            .drop_index(Index::drop().name("ix_ftp_groups_gid").table("ftp_groups").to_owned())
            .await
    }
}
