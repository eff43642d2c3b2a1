//! Rows that are copied without interpretation, in the form that the tables have.

pub use crate::entities::api_key::Model as ApiKey;
pub use crate::entities::database::Model as Database;
pub use crate::entities::disk_usage::Model as DiskUsage;
pub use crate::entities::domain_name::Model as Domain;
pub use crate::entities::ftp_group::Model as FtpGroup;
pub use crate::entities::ftp_user::Model as FtpUser;
pub use crate::entities::mail_address::Model as MailAddress;
pub use crate::entities::mail_user::Model as MailUser;
pub use crate::entities::mysql_server::Model as MysqlServer;
pub use crate::entities::php_config::Model as PhpConfig;
pub use crate::entities::plan::Model as Plan;
pub use crate::entities::traffic_usage::Model as TrafficUsage;

use crate::bulk::insert_all;
use crate::entities::{
    api_key, database, disk_usage, domain_name, ftp_group, ftp_user, mail_address, mail_user,
    mysql_server, php_config, plan, plan_php_config, traffic_usage,
};
use crate::values::to_u64;
use crate::{DbError, Tx};
use domain::id::{AdminId, PhpConfigId, PlanId};
use domain::resources::Services;
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait as _, EntityTrait, IntoActiveModel,
    QueryFilter as _, QuerySelect as _, Set, Value,
};

/// A row that is copied without changes. Existing rows are matched by its key, a text such as the
/// name.
pub trait CopiedRow: IntoActiveModel<Self::Active> + Send {
    type Entity: EntityTrait;
    type Active: ActiveModelTrait<Entity = Self::Entity> + ActiveModelBehavior + Send;
    /// Whether no two rows of a group can have the same key.
    const KEY_IS_UNIQUE: bool;
    /// Whether the key must not be shown.
    const KEY_IS_SECRET: bool = false;

    fn id_column() -> <Self::Entity as EntityTrait>::Column;
    fn key_column() -> <Self::Entity as EntityTrait>::Column;
    /// Returns the expression for the group within which keys are unique. By default, all rows are
    /// in one group.
    #[must_use]
    fn group_expr() -> SimpleExpr {
        Expr::value(0_i64)
    }
    /// Returns the key with its group, as text for people.
    #[must_use]
    fn full_key(key: &str, _group: i64) -> String {
        key.to_owned()
    }
}

macro_rules! copied {
    ($($entity:ident: $key:ident, unique: $unique:literal $(, secret: $secret:literal)?;)+) => {$(
        impl CopiedRow for $entity::Model {
            type Entity = $entity::Entity;
            type Active = $entity::ActiveModel;
            const KEY_IS_UNIQUE: bool = $unique;
            $(const KEY_IS_SECRET: bool = $secret;)?

            fn id_column() -> $entity::Column {
                $entity::Column::Id
            }
            fn key_column() -> $entity::Column {
                $entity::Column::$key
            }
        }
    )+};
}

copied! {
    php_config: Description, unique: false;
    domain_name: Name, unique: true;
    ftp_user: Username, unique: true;
    ftp_group: Name, unique: true;
    mail_user: Email, unique: true;
    mail_address: Email, unique: true;
    api_key: ApiKey, unique: true, secret: true;
    plan: Name, unique: false;
    mysql_server: Name, unique: false;
}

impl CopiedRow for database::Model {
    type Entity = database::Entity;
    type Active = database::ActiveModel;
    const KEY_IS_UNIQUE: bool = true;

    fn id_column() -> database::Column {
        database::Column::Id
    }
    fn key_column() -> database::Column {
        database::Column::Name
    }
    fn group_expr() -> SimpleExpr {
        Expr::col(database::Column::MysqlServerId)
    }
    fn full_key(key: &str, group: i64) -> String {
        format!("{key} on server {group}")
    }
}

/// Inserts rows.
///
/// # Errors
/// [`DbError::UniqueViolation`] if an id or key is taken.
pub async fn insert<T: CopiedRow>(tx: &Tx, rows: Vec<T>) -> Result<(), DbError> {
    insert_all::<T::Entity, T::Active>(
        tx,
        rows.into_iter().map(IntoActiveModel::into_active_model).collect(),
    )
    .await
}

/// A measurement of one customer at one time.
pub trait Measured: IntoActiveModel<Self::Active> + Send {
    type Entity: EntityTrait;
    type Active: ActiveModelTrait<Entity = Self::Entity> + ActiveModelBehavior + Send;
    /// Returns the columns of customer and time, in this order.
    fn key_columns() -> [<Self::Entity as EntityTrait>::Column; 2];
}

impl Measured for DiskUsage {
    type Entity = disk_usage::Entity;
    type Active = disk_usage::ActiveModel;
    fn key_columns() -> [disk_usage::Column; 2] {
        [disk_usage::Column::CustomerId, disk_usage::Column::MeasuredAt]
    }
}

impl Measured for TrafficUsage {
    type Entity = traffic_usage::Entity;
    type Active = traffic_usage::ActiveModel;
    fn key_columns() -> [traffic_usage::Column; 2] {
        [traffic_usage::Column::CustomerId, traffic_usage::Column::MeasuredAt]
    }
}

/// Inserts measurements, except where the customer already has one of the same time. Returns the
/// number of inserted rows.
pub async fn insert_measured<T: Measured>(tx: &Tx, rows: Vec<T>) -> Result<u64, DbError> {
    if rows.is_empty() {
        return Ok(0);
    }
    let rows: Vec<T::Active> = rows.into_iter().map(IntoActiveModel::into_active_model).collect();
    // Rows are counted before and after the statement, because MySQL's count of affected rows
    // includes rows that already existed.
    let [customer, _] = T::key_columns();
    let customers: Vec<Value> =
        rows.iter().filter_map(|row| row.get(customer).into_value()).collect();
    let count_rows = async || {
        let count = T::Entity::find()
            .select_only()
            .column_as(customer.count(), "n")
            .filter(customer.is_in(customers.clone()));
        let n: Option<i64> = count.into_tuple().one(&tx.on()).await?;
        Ok::<_, DbError>(to_u64(n.unwrap_or(0)))
    };
    let before = count_rows().await?;
    T::Entity::insert_many::<T::Active, _>(rows)
        .on_conflict_do_nothing_on(T::key_columns())
        .exec_without_returning(&tx.on())
        .await?;
    Ok(count_rows().await? - before)
}

/// A hosting plan from another panel.
#[derive(Clone, Debug)]
pub struct ImportedPlan {
    /// Id in the other panel, which is kept.
    pub id: PlanId,
    pub owner: AdminId,
    pub name: String,
    pub description: String,
    pub services: Services,
    pub changed_at: Timestamp,
}

/// Inserts plans with their PHP configurations.
///
/// # Errors
/// [`DbError::UniqueViolation`] if an id is taken.
pub async fn insert_plans(tx: &Tx, plans: &[ImportedPlan]) -> Result<(), DbError> {
    let row = |new: &ImportedPlan| {
        let mut row = plan::ActiveModel {
            id: Set(new.id.0),
            owner_id: Set(new.owner.0),
            name: Set(new.name.clone()),
            description: Set(new.description.clone()),
            created_at: Set(new.changed_at.as_second()),
            updated_at: Set(new.changed_at.as_second()),
            version: Set(1),
            ..Default::default()
        };
        row.set_services(&new.services);
        row
    };
    insert_all::<plan::Entity, _>(tx, plans.iter().map(row).collect()).await?;
    let links = plans.iter().flat_map(|plan| {
        let chosen = plan.services.php_configs.iter();
        chosen.map(|config| plan_php_config::ActiveModel {
            plan_id: Set(plan.id.0),
            php_config_id: Set(config.0),
        })
    });
    insert_all::<plan_php_config::Entity, _>(tx, links.collect()).await
}

/// Overwrites the PHP configuration that the schema starts with. The imported one has the same id.
pub async fn overwrite_php_config(tx: &Tx, new: &PhpConfig) -> Result<(), DbError> {
    use php_config::Column as C;
    php_config::Entity::update_many()
        .col_expr(C::Description, Expr::value(new.description.as_str()))
        .col_expr(C::Binary, Expr::value(new.binary.as_str()))
        .col_expr(C::PhpIni, Expr::value(new.php_ini.as_str()))
        .col_expr(C::CreatedAt, Expr::value(new.created_at))
        .filter(C::Id.eq(PhpConfigId(new.id).0))
        .exec(&tx.on())
        .await?;
    Ok(())
}
