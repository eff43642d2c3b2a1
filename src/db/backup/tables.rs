//! The tables of a backup, each after those that it refers to.

use super::rows::{self, LineSink};
use crate::entities::{
    admin, admin_mysql_server, admin_php_config, api_key, audit_entry, counter, customer,
    customer_mysql_server, customer_php_config, database, delivery, disk_usage, domain_name, event,
    ftp_group, ftp_user, job, login, mail_address, mail_template, mail_user, mysql_account,
    mysql_password, mysql_server, page_template, php_config, plan, plan_php_config, schedule,
    setting, traffic_usage, webhook,
};
use futures_util::future::LocalBoxFuture;
use sea_orm::{DatabaseTransaction, EntityTrait, PrimaryKeyTrait as _};
use serde_json::Value;
use std::marker::PhantomData;

/// The only column that refers to rows of its own table, with the table's name.
pub(super) const SELF_REFERENCE: (&str, &str) = ("domains", "parent_id");

/// A table that backups contain.
pub(super) trait Table {
    fn name(&self) -> String;
    /// Returns whether the database generates the ids of the rows.
    fn is_numbered(&self) -> bool;
    /// Exports all rows.
    fn export<'a>(
        &'a self,
        from: &'a DatabaseTransaction,
        sink: LineSink<'a>,
    ) -> LocalBoxFuture<'a, anyhow::Result<()>>;
    /// Inserts rows.
    fn insert<'a>(
        &'a self,
        to: &'a DatabaseTransaction,
        columns: &'a [String],
        rows: Vec<Vec<Value>>,
    ) -> LocalBoxFuture<'a, anyhow::Result<()>>;
    /// Deletes all rows.
    fn clear<'a>(&'a self, to: &'a DatabaseTransaction) -> LocalBoxFuture<'a, anyhow::Result<()>>;
}

struct EntityTable<E>(PhantomData<E>);

impl<E: EntityTrait> Table for EntityTable<E>
where
    E::ActiveModel: Send,
{
    fn name(&self) -> String {
        E::default().table_name().to_owned()
    }

    fn is_numbered(&self) -> bool {
        E::PrimaryKey::auto_increment()
    }

    fn export<'a>(
        &'a self,
        from: &'a DatabaseTransaction,
        sink: LineSink<'a>,
    ) -> LocalBoxFuture<'a, anyhow::Result<()>> {
        Box::pin(rows::export::<E>(from, sink))
    }

    fn insert<'a>(
        &'a self,
        to: &'a DatabaseTransaction,
        columns: &'a [String],
        rows: Vec<Vec<Value>>,
    ) -> LocalBoxFuture<'a, anyhow::Result<()>> {
        Box::pin(rows::insert::<E>(to, columns, rows))
    }

    fn clear<'a>(&'a self, to: &'a DatabaseTransaction) -> LocalBoxFuture<'a, anyhow::Result<()>> {
        Box::pin(async move {
            E::delete_many().exec(to).await?;
            Ok(())
        })
    }
}

/// Returns every table that backups contain. A test compares the list with the schema.
pub(super) fn all() -> Vec<Box<dyn Table>> {
    macro_rules! tables {
        ($($table:ident),*) => { vec![$(Box::new(EntityTable::<$table::Entity>(PhantomData))),*] };
    }
    tables![
        login,
        admin,
        php_config,
        mysql_server,
        admin_php_config,
        admin_mysql_server,
        plan,
        plan_php_config,
        customer,
        customer_php_config,
        customer_mysql_server,
        domain_name,
        ftp_user,
        ftp_group,
        mail_user,
        mail_address,
        database,
        mysql_account,
        mysql_password,
        disk_usage,
        traffic_usage,
        api_key,
        job,
        schedule,
        webhook,
        event,
        delivery,
        audit_entry,
        mail_template,
        page_template,
        setting,
        counter
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Db;
    use sea_orm::{ConnectionTrait as _, Statement};

    /// Tables whose rows are short-lived, or which describe the schema itself.
    const EXCLUDED: [&str; 11] = [
        "import_parts",
        "import_runs",
        "imports",
        "kept_forms",
        "outages",
        "password_resets",
        "seaql_migrations",
        "sessions",
        "sign_in_sources",
        "submissions",
        "throttles",
    ];

    #[tokio::test]
    async fn every_table_is_in_backups_or_excluded() {
        let db = Db::connect("sqlite::memory:").await.unwrap();
        db.migrate().await.unwrap();
        let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'customers_search%'";
        let rows = db
            .pool
            .query_all_raw(Statement::from_string(sea_orm::DbBackend::Sqlite, sql))
            .await
            .unwrap();
        let mut found: Vec<String> =
            rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        let mut known: Vec<String> =
            all().iter().map(|table| table.name()).chain(EXCLUDED.map(ToOwned::to_owned)).collect();
        found.sort();
        known.sort();
        assert_eq!(found, known);
    }

    #[tokio::test]
    async fn every_table_comes_after_those_that_it_refers_to() {
        let db = Db::connect("sqlite::memory:").await.unwrap();
        db.migrate().await.unwrap();
        let names: Vec<String> = all().iter().map(|table| table.name()).collect();
        let place = |name: &str| names.iter().position(|known| known == name);
        for table in &names {
            let sql = format!("SELECT \"table\", \"from\" FROM pragma_foreign_key_list('{table}')");
            let statement = Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
            for row in db.pool.query_all_raw(statement).await.unwrap() {
                let target: String = row.try_get_by_index(0).unwrap();
                let column: String = row.try_get_by_index(1).unwrap();
                if target == *table {
                    assert_eq!((table.as_str(), column.as_str()), SELF_REFERENCE);
                } else {
                    assert!(
                        place(&target).is_some_and(|at| Some(at) < place(table)),
                        "{table}.{column}"
                    );
                }
            }
        }
    }
}
