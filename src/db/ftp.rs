//! FTP users and groups.

use super::entities::{ftp_group, ftp_user};
use super::{DbError, Tx};
use domain::customer::Customer;
use domain::id::CustomerId;
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set,
};

/// The FTP user and group that every customer has.
#[derive(Clone, Debug)]
pub struct DefaultFtp<'a> {
    pub customer: CustomerId,
    /// Name of the user and of the group: the customer's login name.
    pub name: &'a str,
    /// crypt(3) hash of the password.
    pub password_hash: &'a str,
    /// UNIX user and group id.
    pub guid: i64,
    pub home_dir: &'a str,
}

/// Shell of FTP users without shell access.
pub const NO_SHELL: &str = "/bin/false";

/// Inserts the default FTP user and group.
///
/// # Errors
/// [`DbError::UniqueViolation`] if the name is taken.
pub async fn insert_default(tx: &Tx, ftp: &DefaultFtp<'_>, at: Timestamp) -> Result<(), DbError> {
    default_user(ftp, at).insert(&tx.on()).await?;
    default_group(ftp).insert(&tx.on()).await?;
    Ok(())
}

pub(super) fn default_user(ftp: &DefaultFtp<'_>, at: Timestamp) -> ftp_user::ActiveModel {
    ftp_user::ActiveModel {
        id: ActiveValue::NotSet,
        customer_id: Set(ftp.customer.0),
        username: Set(ftp.name.to_owned()),
        password_hash: Set(ftp.password_hash.to_owned()),
        uid: Set(ftp.guid),
        gid: Set(ftp.guid),
        home_dir: Set(ftp.home_dir.to_owned()),
        shell: Set(NO_SHELL.to_owned()),
        login_enabled: Set(true),
        is_default: Set(true),
        description: Set("Default".to_owned()),
        created_at: Set(at.as_second()),
    }
}

pub(super) fn default_group(ftp: &DefaultFtp<'_>) -> ftp_group::ActiveModel {
    ftp_group::ActiveModel {
        id: ActiveValue::NotSet,
        customer_id: Set(ftp.customer.0),
        name: Set(ftp.name.to_owned()),
        gid: Set(ftp.guid),
        members: Set(ftp.name.to_owned()),
    }
}

pub async fn set_default_password(
    tx: &Tx,
    customer: CustomerId,
    password_hash: &str,
) -> Result<(), DbError> {
    ftp_user::Entity::update_many()
        .col_expr(ftp_user::Column::PasswordHash, Expr::value(password_hash))
        .filter(ftp_user::Column::CustomerId.eq(customer.0))
        .filter(ftp_user::Column::IsDefault.eq(true))
        .exec(&tx.on())
        .await?;
    Ok(())
}

/// Removes shell access from a customer's FTP users.
pub async fn remove_shells(tx: &Tx, customer: &Customer) -> Result<(), DbError> {
    ftp_user::Entity::update_many()
        .col_expr(ftp_user::Column::Shell, Expr::value(NO_SHELL))
        .filter(ftp_user::Column::CustomerId.eq(customer.id.0))
        .exec(&tx.on())
        .await?;
    Ok(())
}
