//! Adds the usage that was counted during an import, sets default FTP users, and advances id
//! sequences beyond imported ids.

use crate::entities::{
    admin, api_key, customer, database, domain_name, ftp_group, ftp_user, mail_address, mail_user,
    php_config, plan,
};
use crate::values::to_column;
use crate::{DbError, Tx};
use domain::customer::DiskUsageParts;
use domain::id::CustomerId;
use domain::resources::Amounts;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DbBackend, EntityName as _, EntityTrait as _,
    ExprTrait as _, QueryFilter as _, QuerySelect as _,
};

/// Additional usage of a customer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage {
    pub added: Amounts,
    /// Disk usage as last measured; only for new customers.
    pub space: Option<DiskUsageParts>,
}

/// Adds to a customer's usage, and sets the measured disk usage if it is given.
pub async fn add_usage(tx: &Tx, id: CustomerId, usage: &Usage) -> Result<(), DbError> {
    use customer::Column as C;
    let mut update = customer::Entity::update_many();
    for (resource, n) in usage.added.iter().filter(|(_, n)| *n > 0) {
        let used = C::usage(resource);
        update = update.col_expr(used, Expr::col(used).add(to_column(n)));
    }
    if let Some(space) = usage.space {
        update = update
            .col_expr(C::WebUsed, Expr::value(to_column(space.web)))
            .col_expr(C::MailUsed, Expr::value(to_column(space.mail)))
            .col_expr(C::MysqlUsed, Expr::value(to_column(space.mysql)));
    }
    update.filter(C::Id.eq(id.0)).exec(&tx.on()).await?;
    Ok(())
}

/// Makes the oldest FTP user of each of these customers their default. None of the customers has a
/// default FTP user yet. Returns the customers who now have one, and those who have no FTP user at
/// all.
pub async fn set_default_ftp_users(
    tx: &Tx,
    customers: &[i64],
) -> Result<(Vec<i64>, Vec<i64>), DbError> {
    let (mut chosen, mut none) = (Vec::new(), Vec::new());
    for chunk in customers.chunks(1_000) {
        let query = ftp_user::Entity::find()
            .select_only()
            .column(ftp_user::Column::CustomerId)
            .column_as(ftp_user::Column::Id.min(), "first");
        let oldest: Vec<(i64, i64)> = query
            .filter(ftp_user::Column::CustomerId.is_in(chunk.iter().copied()))
            .group_by(ftp_user::Column::CustomerId)
            .into_tuple()
            .all(&tx.on())
            .await?;
        none.extend(chunk.iter().filter(|id| !oldest.iter().any(|(customer, _)| customer == *id)));
        if !oldest.is_empty() {
            ftp_user::Entity::update_many()
                .col_expr(ftp_user::Column::IsDefault, Expr::value(true))
                .filter(ftp_user::Column::Id.is_in(oldest.iter().map(|(_, id)| *id)))
                .exec(&tx.on())
                .await?;
        }
        chosen.extend(oldest.into_iter().map(|(customer, _)| customer));
    }
    Ok((chosen, none))
}

/// Advances the id sequences beyond the imported ids on PostgreSQL. SQLite and MySQL do so by
/// themselves.
pub async fn advance_sequences(tx: &Tx) -> Result<(), DbError> {
    if tx.engine() != DbBackend::Postgres {
        return Ok(());
    }
    for table in [
        admin::Entity.table_name(),
        customer::Entity.table_name(),
        php_config::Entity.table_name(),
        plan::Entity.table_name(),
        domain_name::Entity.table_name(),
        ftp_user::Entity.table_name(),
        ftp_group::Entity.table_name(),
        mail_user::Entity.table_name(),
        mail_address::Entity.table_name(),
        database::Entity.table_name(),
        api_key::Entity.table_name(),
    ] {
        let sql = format!(
            "SELECT setval(pg_get_serial_sequence('{table}', 'id'), GREATEST((SELECT MAX(id) FROM {table}), 1))"
        );
        tx.on().execute_unprepared(&sql).await?;
    }
    Ok(())
}
