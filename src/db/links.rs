//! Reads the PHP configurations and MySQL servers that are linked to admins or to customers.

use super::values::MAX_VALUES;
use super::{DbError, Reader};
use domain::id::{MysqlServerId, PhpConfigId};
use sea_orm::sea_query::{Expr, SelectStatement, UnionType};
use sea_orm::{
    ColumnTrait, ConnectionTrait as _, EntityTrait, QueryFilter as _, QuerySelect as _,
    QueryTrait as _,
};
use std::collections::HashMap;

/// Linked ids by the id of their admin or customer.
#[derive(Default)]
pub(super) struct Links {
    php: HashMap<i64, Vec<PhpConfigId>>,
    mysql: HashMap<i64, Vec<MysqlServerId>>,
}

impl Links {
    /// Removes and returns the ids that are linked to one admin or customer.
    pub fn take(&mut self, id: i64) -> (Vec<PhpConfigId>, Vec<MysqlServerId>) {
        (self.php.remove(&id).unwrap_or_default(), self.mysql.remove(&id).unwrap_or_default())
    }
}

/// Reads the links of these admins or customers, in one statement for thousands of them. The
/// columns of each table are the id of the admin or customer, and the linked id.
pub(super) async fn read<P, M>(
    on: &Reader,
    ids: &[i64],
    php: [P; 2],
    mysql: [M; 2],
) -> Result<Links, DbError>
where
    P: ColumnTrait,
    P::EntityName: EntityTrait<Column = P>,
    M: ColumnTrait,
    M::EntityName: EntityTrait<Column = M>,
{
    let mut links = Links::default();
    // Each statement binds the ids twice, and a number for each table.
    for chunk in ids.chunks(MAX_VALUES / 2 - 1) {
        let mut query = select(php, chunk, 0);
        query.union(UnionType::All, select(mysql, chunk, 1));
        for row in on.on().query_all(&query).await? {
            let number = |index| row.try_get_by_index::<i64>(index);
            let (id, linked) = (number(0)?, number(1)?);
            match number(2)? {
                0 => links.php.entry(id).or_default().push(PhpConfigId(linked)),
                _ => links.mysql.entry(id).or_default().push(MysqlServerId(linked)),
            }
        }
    }
    links.php.values_mut().for_each(|ids| ids.sort_unstable());
    links.mysql.values_mut().for_each(|ids| ids.sort_unstable());
    Ok(links)
}

/// Selects the links of a table, with the number of the table as the third column.
fn select<C>([id, linked]: [C; 2], ids: &[i64], table: i64) -> SelectStatement
where
    C: ColumnTrait,
    C::EntityName: EntityTrait<Column = C>,
{
    C::EntityName::find()
        .filter(id.is_in(ids.iter().copied()))
        .select_only()
        .column(id)
        .column(linked)
        .expr(Expr::val(table))
        .into_query()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Db;
    use crate::entities::{admin_mysql_server, admin_php_config};

    /// `doctor` reads all admins at once.
    #[tokio::test]
    async fn more_ids_are_read_than_one_statement_binds() {
        use admin_mysql_server::Column as Mysql;
        use admin_php_config::Column as Php;
        let db = Db::connect("sqlite::memory:").await.unwrap();
        db.migrate().await.unwrap();
        let ids: Vec<i64> = (1..=40_000).collect();
        let (php, mysql) =
            ([Php::AdminId, Php::PhpConfigId], [Mysql::AdminId, Mysql::MysqlServerId]);
        let mut links = read(&db.reader(), &ids, php, mysql).await.unwrap();
        assert_eq!(links.take(40_000), (Vec::new(), Vec::new()));
    }
}
