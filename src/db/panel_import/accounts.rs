//! Inserts imported admins and customers with their logins.

use crate::admins::written_columns as admin_columns;
use crate::bulk::{ids, insert_all};
use crate::customers::columns as customer_columns;
use crate::entities::{admin, customer, customer_mysql_server, customer_php_config, login};
use crate::logins::LoginKind;
use crate::{DbError, Tx};
use domain::admin::AdminProfile;
use domain::customer::{Profile, SignInHistory};
use domain::id::{AdminId, CustomerId};
use domain::login_name::LoginName;
use domain::natural_order;
use domain::secret::Secret;
use jiff::Timestamp;
use sea_orm::{ActiveValue, Set};
use std::collections::HashMap;

/// An admin from another panel.
#[derive(Clone, Debug)]
pub struct ImportedAdmin {
    /// Id in the other panel, which is kept.
    pub id: AdminId,
    pub login_name: LoginName,
    /// All fields that can be edited.
    pub profile: AdminProfile,
    pub suspended: bool,
    pub password_hash: Secret,
    pub sign_in: SignInHistory,
}

/// A customer from another panel.
#[derive(Clone, Debug)]
pub struct ImportedCustomer {
    /// Id in the other panel, which is kept.
    pub id: CustomerId,
    pub login_name: LoginName,
    pub owner: AdminId,
    /// All fields that can be edited.
    pub profile: Profile,
    /// UNIX user and group id.
    pub guid: i64,
    /// Path of the home directory.
    pub document_root: String,
    pub suspended: bool,
    pub password_hash: Secret,
    pub sign_in: SignInHistory,
}

/// Inserts admins and returns the ids of their logins. The counters of their assigned quota start
/// at zero.
///
/// # Errors
/// [`DbError::UniqueViolation`] if an id, login name or email address is taken.
pub async fn insert_admins(
    tx: &Tx,
    admins: &[ImportedAdmin],
    at: Timestamp,
) -> Result<HashMap<AdminId, i64>, DbError> {
    let rows = admins.iter().map(|admin| {
        login_row(LoginKind::Admin, &admin.login_name, &admin.password_hash, &admin.sign_in)
    });
    let logins = insert_logins(
        tx,
        rows.collect(),
        admins.iter().map(|admin| admin.login_name.key()).collect(),
    )
    .await?;
    let mut rows = Vec::with_capacity(admins.len());
    let mut by_id = HashMap::with_capacity(admins.len());
    for new in admins {
        let login = login_of(&logins, &new.login_name)?;
        let mut row = admin_columns(&new.profile, at);
        row.id = Set(new.id.0);
        row.login_id = Set(login);
        row.login_name = Set(new.login_name.as_str().to_owned());
        row.login_sort = Set(natural_order::sort_key(new.login_name.as_str()));
        row.created_at = Set(at.as_second());
        row.suspended = Set(new.suspended);
        row.version = Set(1);
        rows.push(row);
        by_id.insert(new.id, login);
    }
    insert_all::<admin::Entity, _>(tx, rows).await?;
    Ok(by_id)
}

/// Inserts customers with their PHP configurations and MySQL servers, and returns the ids of their
/// logins. Does not change the counters of their owners.
///
/// # Errors
/// [`DbError::UniqueViolation`] if an id, login name or UNIX id is taken.
pub async fn insert_customers(
    tx: &Tx,
    customers: &[ImportedCustomer],
    at: Timestamp,
) -> Result<HashMap<CustomerId, i64>, DbError> {
    let rows = customers.iter().map(|new| {
        login_row(LoginKind::Customer, &new.login_name, &new.password_hash, &new.sign_in)
    });
    let logins = insert_logins(
        tx,
        rows.collect(),
        customers.iter().map(|new| new.login_name.key()).collect(),
    )
    .await?;
    let mut rows = Vec::with_capacity(customers.len());
    let mut by_id = HashMap::with_capacity(customers.len());
    for new in customers {
        let login = login_of(&logins, &new.login_name)?;
        let mut row = customer_columns(&new.login_name, &new.profile, at);
        row.id = Set(new.id.0);
        row.login_id = Set(login);
        row.owner_id = Set(new.owner.0);
        row.login_name = Set(new.login_name.as_str().to_owned());
        row.login_sort = Set(natural_order::sort_key(new.login_name.as_str()));
        row.guid = Set(new.guid);
        row.document_root = Set(new.document_root.clone());
        row.created_at = Set(at.as_second());
        row.suspended = Set(new.suspended);
        row.version = Set(1);
        rows.push(row);
        by_id.insert(new.id, login);
    }
    insert_all::<customer::Entity, _>(tx, rows).await?;
    let php = customers.iter().flat_map(|new| {
        let chosen = new.profile.services.php_configs.iter();
        chosen.map(|config| customer_php_config::ActiveModel {
            customer_id: Set(new.id.0),
            php_config_id: Set(config.0),
        })
    });
    insert_all::<customer_php_config::Entity, _>(tx, php.collect()).await?;
    let mysql = customers.iter().flat_map(|new| {
        let chosen = new.profile.mysql_servers.iter();
        chosen.map(|server| customer_mysql_server::ActiveModel {
            customer_id: Set(new.id.0),
            mysql_server_id: Set(server.0),
        })
    });
    insert_all::<customer_mysql_server::Entity, _>(tx, mysql.collect()).await?;
    Ok(by_id)
}

async fn insert_logins(
    tx: &Tx,
    rows: Vec<login::ActiveModel>,
    names: Vec<String>,
) -> Result<HashMap<String, i64>, DbError> {
    insert_all::<login::Entity, _>(tx, rows).await?;
    ids(tx, login::Column::Id, login::Column::NameKey, &names).await
}

fn login_of(logins: &HashMap<String, i64>, name: &LoginName) -> Result<i64, DbError> {
    logins.get(&name.key()).copied().ok_or(DbError::Other(sea_orm::DbErr::RecordNotInserted))
}

fn login_row(
    kind: LoginKind,
    name: &LoginName,
    hash: &Secret,
    history: &SignInHistory,
) -> login::ActiveModel {
    login::ActiveModel {
        id: ActiveValue::NotSet,
        name_key: Set(name.key()),
        kind: Set(kind.code().to_owned()),
        password_hash: Set(hash.expose().to_owned()),
        failed_count: Set(i64::from(history.failures)),
        last_failed_at: Set(history.last_failure.map(Timestamp::as_second)),
        last_sign_in_at: Set(history.last_success.map(Timestamp::as_second)),
        // The other panel does not store the time of the last password change. No session can be
        // older, because the account is new here.
        password_changed_at: Set(None),
        password_version: Set(0),
    }
}
