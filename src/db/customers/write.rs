//! Writes customers.

use super::{id, links, name_sort, search_text};
use crate::entities::{customer, login};
use crate::{DbError, Tx};
use domain::account::{Language, Theme};
use domain::customer::{Customer, Profile, Suspension};
use domain::id::{AdminId, CustomerId, LoginId};
use domain::login_name::LoginName;
use domain::natural_order;
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, EntityTrait as _, ExprTrait as _,
    QueryFilter as _, Set,
};

/// A customer to insert.
#[derive(Clone, Debug)]
pub struct NewCustomerRow<'a> {
    pub login: LoginId,
    pub login_name: &'a LoginName,
    pub owner: AdminId,
    /// All fields that can be edited.
    pub profile: &'a Profile,
    /// UNIX user and group id.
    pub guid: i64,
    /// Path of the home directory.
    pub document_root: &'a str,
}

/// Inserts a customer and returns the new id.
///
/// # Errors
/// [`DbError::UniqueViolation`] if another customer has the UNIX id.
pub async fn insert(
    tx: &Tx,
    new: &NewCustomerRow<'_>,
    at: Timestamp,
) -> Result<CustomerId, DbError> {
    let mut row = columns(new.login_name, new.profile, at);
    row.login_id = Set(new.login.0);
    row.owner_id = Set(new.owner.0);
    row.login_name = Set(new.login_name.as_str().to_owned());
    row.login_sort = Set(natural_order::sort_key(new.login_name.as_str()));
    row.guid = Set(new.guid);
    row.document_root = Set(new.document_root.to_owned());
    row.created_at = Set(at.as_second());
    row.suspended = Set(false);
    row.version = Set(1);
    let id = row.insert(&tx.on()).await?.id;
    links::write(tx, id, None, new.profile).await?;
    Ok(CustomerId(id))
}

/// Updates profile and suspension, unless the customer has changed since `before` was read. Returns
/// whether the row was updated.
pub async fn update(
    tx: &Tx,
    before: &Customer,
    profile: &Profile,
    suspension: Option<&Suspension>,
    at: Timestamp,
) -> Result<bool, DbError> {
    let mut row = columns(&before.login_name, profile, at);
    set_suspension(&mut row, suspension);
    row.version = Set(before.version + 1);
    let changed = customer::Entity::update_many()
        .set(row)
        .filter(customer::Column::Id.eq(id(before)))
        .filter(customer::Column::Version.eq(before.version))
        .exec(&tx.on())
        .await?;
    if changed.rows_affected == 0 {
        return Ok(false);
    }
    links::write(tx, id(before), Some(&before.profile), profile).await?;
    Ok(true)
}

/// Sets the columns of a suspension. Without one, sets them to the values of a new customer.
fn set_suspension(row: &mut customer::ActiveModel, suspension: Option<&Suspension>) {
    let none = Suspension::default();
    row.suspended = Set(suspension.is_some());
    let Suspension { by, by_name, rank, at, reason, reason_shown } = suspension.unwrap_or(&none);
    row.suspended_by_id = Set(by.map(|admin| admin.0));
    row.suspended_by_name = Set(by_name.clone());
    row.suspended_by_rank = Set(rank.map(|rank| rank.code().to_owned()));
    row.suspended_at = Set(at.map(Timestamp::as_second));
    row.suspend_reason = Set(reason.clone());
    row.suspend_reason_shown = Set(*reason_shown);
}

/// Updates the time of the last change, after a change outside the customer's row, such as a new
/// password.
pub async fn touch(tx: &Tx, customer: &Customer, at: Timestamp) -> Result<(), DbError> {
    customer::Entity::update_many()
        .col_expr(customer::Column::UpdatedAt, Expr::value(at.as_second()))
        .filter(customer::Column::Id.eq(id(customer)))
        .exec(&tx.on())
        .await?;
    Ok(())
}

/// Moves a customer to another owner, unless the customer has changed since the read. Returns
/// whether the row was updated. Domains, API keys and other rows refer to the customer only, so
/// they need no update.
pub async fn change_owner(
    tx: &Tx,
    customer: &Customer,
    to: AdminId,
    at: Timestamp,
) -> Result<bool, DbError> {
    let changed = customer::Entity::update_many()
        .col_expr(customer::Column::OwnerId, Expr::value(to.0))
        .col_expr(customer::Column::UpdatedAt, Expr::value(at.as_second()))
        .col_expr(customer::Column::Version, Expr::col(customer::Column::Version).add(1))
        .filter(customer::Column::Id.eq(id(customer)))
        .filter(customer::Column::Version.eq(customer.version))
        .exec(&tx.on())
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Sets the theme and language that the customer selected for themselves.
pub async fn set_theme_and_language(
    tx: &Tx,
    customer: CustomerId,
    theme: Theme,
    language: Language,
    at: Timestamp,
) -> Result<(), DbError> {
    customer::Entity::update_many()
        .col_expr(customer::Column::Theme, Expr::value(theme.code()))
        .col_expr(customer::Column::Language, Expr::value(language.code()))
        .col_expr(customer::Column::UpdatedAt, Expr::value(at.as_second()))
        .col_expr(customer::Column::Version, Expr::col(customer::Column::Version).add(1))
        .filter(customer::Column::Id.eq(customer.0))
        .exec(&tx.on())
        .await?;
    Ok(())
}

/// Deletes a customer, unless the customer has changed since the read. Returns whether the row was
/// deleted. Rows that refer to the customer are deleted, too, such as domains, FTP users,
/// mailboxes, databases and usage. So are those that refer to the login, such as sessions, API keys
/// and password reset links.
pub async fn remove(tx: &Tx, customer: &Customer) -> Result<bool, DbError> {
    let removed = customer::Entity::delete_many()
        .filter(customer::Column::Id.eq(id(customer)))
        .filter(customer::Column::Version.eq(customer.version))
        .exec(&tx.on())
        .await?;
    if removed.rows_affected == 0 {
        return Ok(false);
    }
    login::Entity::delete_by_id(customer.login.0).exec(&tx.on()).await?;
    Ok(true)
}

/// Returns a row with the columns of the profile and the time of the change.
pub(crate) fn columns(
    login_name: &LoginName,
    profile: &Profile,
    at: Timestamp,
) -> customer::ActiveModel {
    let Profile {
        contact,
        services,
        language,
        theme,
        gui_access,
        api_allowed,
        shell_allowed,
        notes,
        notes_shown,
        mysql_servers: _,
        plan,
    } = profile;
    let mut row = customer::ActiveModel {
        plan_id: Set(plan.map(|plan| plan.0)),
        name_sort: Set(name_sort(contact)),
        search_text: Set(search_text(login_name.as_str(), profile)),
        language: Set(language.code().to_owned()),
        theme: Set(theme.code().to_owned()),
        gui_access: Set(*gui_access),
        api_allowed: Set(*api_allowed),
        shell_allowed: Set(*shell_allowed),
        notes: Set(notes.clone()),
        notes_shown: Set(*notes_shown),
        updated_at: Set(at.as_second()),
        id: ActiveValue::NotSet,
        ..Default::default()
    };
    row.set_contact(contact);
    row.set_services(services);
    row
}
