//! Writes admins.

use super::grants;
use crate::entities::{admin, customer, login};
use crate::{DbError, Tx};
use domain::account::{Language, Theme};
use domain::admin::{Admin, AdminProfile};
use domain::grants::Grant;
use domain::id::{AdminId, LoginId};
use domain::login_name::LoginName;
use domain::natural_order;
use domain::quota::Quota;
use domain::resources::Resource;
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _,
    QueryFilter as _, Set,
};

/// An admin to insert.
#[derive(Clone, Debug)]
pub struct NewAdminRow<'a> {
    pub login: LoginId,
    pub login_name: &'a LoginName,
    /// All fields that can be edited.
    pub profile: &'a AdminProfile,
}

/// Inserts an admin and returns the new id.
///
/// # Errors
/// [`DbError::UniqueViolation`] if another admin has the email address.
pub async fn insert(tx: &Tx, new: &NewAdminRow<'_>, at: Timestamp) -> Result<AdminId, DbError> {
    let mut row = columns(new.profile, at);
    row.login_id = Set(new.login.0);
    row.login_name = Set(new.login_name.as_str().to_owned());
    row.login_sort = Set(natural_order::sort_key(new.login_name.as_str()));
    row.created_at = Set(at.as_second());
    row.suspended = Set(false);
    row.version = Set(1);
    let id = row.insert(&tx.on()).await?.id;
    grants::write(tx, id, None, &new.profile.grants).await?;
    Ok(AdminId(id))
}

/// Updates profile and suspension, unless the admin has changed since `before` was read or a new
/// limit is below the assigned quota. Returns whether the row was updated. Limits that stay the
/// same are not checked, because they may have been exceeded earlier.
///
/// # Errors
/// [`DbError::UniqueViolation`] if another admin has the email address.
pub async fn update(
    tx: &Tx,
    before: &Admin,
    profile: &AdminProfile,
    suspended: bool,
    at: Timestamp,
) -> Result<bool, DbError> {
    let mut row = columns(profile, at);
    row.suspended = Set(suspended);
    row.version = Set(before.version + 1);
    let mut fits = Condition::all()
        .add(admin::Column::Id.eq(before.id.0))
        .add(admin::Column::Version.eq(before.version));
    let (old, new) = (&before.profile.quota, &profile.quota);
    fits = add_limit_check(fits, admin::Column::CustomersUsed, old.customers, new.customers);
    fits = add_limit_check(fits, admin::Column::DomainsUsed, old.domains, new.domains);
    for (resource, quota) in new.limits.iter() {
        fits = add_limit_check(fits, admin::Column::usage(resource), old.limits[resource], quota);
    }
    if admin::Entity::update_many().set(row).filter(fits).exec(&tx.on()).await?.rows_affected == 0 {
        return Ok(false);
    }
    grants::write(tx, before.id.0, Some(&before.profile.grants), &profile.grants).await?;
    Ok(true)
}

fn add_limit_check(fits: Condition, used: admin::Column, old: Quota, new: Quota) -> Condition {
    match new.to_column() {
        Some(limit) if new != old => fits.add(used.lte(limit)),
        _ => fits,
    }
}

/// Returns whether a customer of the admin has the resource without limit.
pub async fn has_assigned_unlimited(
    tx: &Tx,
    admin: AdminId,
    resource: Resource,
) -> Result<bool, DbError> {
    use customer::Column as C;
    let limit = C::limit(resource);
    let query = customer::Entity::find().filter(C::OwnerId.eq(admin.0)).filter(limit.is_null());
    Ok(query.one(&tx.on()).await?.is_some())
}

/// Deletes an admin who has no customers. Returns whether the row was deleted. The admin's plans,
/// templates, sessions and API keys are deleted, too.
///
/// # Errors
/// [`DbError::ForeignKeyViolation`] if another transaction gave the admin a customer in the
/// meantime.
pub async fn remove(tx: &Tx, admin: &Admin) -> Result<bool, DbError> {
    let has_customers = Query::select()
        .expr(Expr::val(1))
        .from(customer::Entity)
        .and_where(customer::Column::OwnerId.eq(admin.id.0))
        .limit(1)
        .to_owned();
    let removed = admin::Entity::delete_many()
        .filter(admin::Column::Id.eq(admin.id.0))
        .filter(Expr::exists(has_customers).not())
        .exec(&tx.on())
        .await?;
    if removed.rows_affected == 0 {
        return Ok(false);
    }
    login::Entity::delete_by_id(admin.login.0).exec(&tx.on()).await?;
    Ok(true)
}

/// Sets the theme and language that the admin selected for themselves.
pub async fn set_theme_and_language(
    tx: &Tx,
    admin: AdminId,
    theme: Theme,
    language: Language,
    at: Timestamp,
) -> Result<(), DbError> {
    admin::Entity::update_many()
        .col_expr(admin::Column::Theme, Expr::value(theme.code()))
        .col_expr(admin::Column::Language, Expr::value(language.code()))
        .col_expr(admin::Column::UpdatedAt, Expr::value(at.as_second()))
        .col_expr(admin::Column::Version, Expr::col(admin::Column::Version).add(1))
        .filter(admin::Column::Id.eq(admin.0))
        .exec(&tx.on())
        .await?;
    Ok(())
}

/// Returns a row with the columns of the profile and the time of the change.
pub(crate) fn columns(profile: &AdminProfile, at: Timestamp) -> admin::ActiveModel {
    let mut row = admin::ActiveModel {
        name: Set(profile.name.clone()),
        email: Set(profile.email.as_str().to_owned()),
        email_key: Set(profile.email.key()),
        language: Set(profile.language.code().to_owned()),
        theme: Set(profile.theme.code().to_owned()),
        gui_access: Set(profile.gui_access),
        api_allowed: Set(profile.api_allowed),
        notes: Set(profile.notes.clone()),
        notes_shown: Set(profile.notes_shown),
        customers_see_all: Set(profile.customers_see_all),
        change_serversettings: Set(profile.change_serversettings),
        caneditphpsettings: Set(profile.caneditphpsettings),
        all_php_configs: Set(profile.grants.php_configs == Grant::All),
        all_mysql_servers: Set(profile.grants.mysql_servers == Grant::All),
        shell_allowed: Set(profile.grants.shell),
        perl_enabled: Set(profile.grants.perl),
        customers: Set(profile.quota.customers.to_column()),
        domains: Set(profile.quota.domains.to_column()),
        updated_at: Set(at.as_second()),
        ..Default::default()
    };
    row.set_limits(&profile.quota.limits);
    row
}
