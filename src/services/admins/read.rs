//! Reads admins.

use crate::app::App;
use crate::{Noun, Outcome, ServiceError, View};
use auth::actor::ServerAdmin;
use domain::admin::{Admin, AdminRef};
use domain::query::{AdminColumn, ListQuery, Page};
use domain::scope::Scope;

/// Returns an admin with their current lock state.
///
/// # Errors
/// [`ServiceError::NotFound`] if the admin does not exist.
pub async fn get(view: View<'_>, _: &ServerAdmin, admin_ref: &AdminRef) -> Outcome<Admin> {
    find(view, admin_ref).await
}

pub(super) async fn find(view: View<'_>, admin_ref: &AdminRef) -> Outcome<Admin> {
    let found = match admin_ref {
        AdminRef::Id(id) => db::admins::find(view.on, *id).await?,
        AdminRef::Login(name) => db::admins::find_by_login_name(view.on, name).await?,
    };
    let mut admin = found.ok_or(ServiceError::NotFound(Noun::Admin))?;
    view.set_locked(&mut admin.sign_in);
    Ok(admin)
}

/// Returns one page of the matching admins, and their total number.
pub async fn listing(
    view: View<'_>,
    _: &ServerAdmin,
    query: &ListQuery<AdminColumn>,
) -> Outcome<Page<Admin>> {
    let (mut items, total) = db::admins::list(view.on, query).await?;
    for admin in &mut items {
        view.set_locked(&mut admin.sign_in);
    }
    Ok(Page { items, total })
}

/// Returns the number of hosting plans that are deleted together with the admin.
pub async fn count_plans(view: View<'_>, _: &ServerAdmin, admin: &Admin) -> Outcome<u64> {
    Ok(db::plans::count(view.on, Scope::OwnedBy(admin.id)).await?)
}

/// Returns whether any admin exists.
pub async fn any_exists(app: &App) -> Outcome<bool> {
    Ok(db::admins::any_exists(&app.db.reader()).await?)
}
