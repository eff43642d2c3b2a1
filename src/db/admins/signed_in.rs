//! Reads the account data of a signed-in admin.

use crate::entities::admin;
use crate::values::{language, theme};
use crate::{DbError, Reader};
use domain::account::{Language, Theme};
use domain::email::Email;
use domain::id::{AdminId, LoginId};
use sea_orm::{ColumnTrait as _, DerivePartialModel, EntityTrait as _, QueryFilter as _};

/// Account data of a signed-in admin that `auth` reads at every request.
#[derive(Clone, Debug)]
pub struct SignedInAdmin {
    pub id: AdminId,
    pub login_name: String,
    /// Language of the panel and of emails.
    pub language: Language,
    pub theme: Theme,
    pub suspended: bool,
    /// Whether the admin may sign in to the panel.
    pub gui_access: bool,
    /// Whether the admin may use the API.
    pub api_allowed: bool,
    /// `customers_see_all`: whether the admin sees all customers.
    pub sees_all: bool,
    /// `change_serversettings`: whether the admin may change the server settings.
    pub changes_settings: bool,
    pub email: Email,
    pub name: String,
}

/// The columns that [`SignedInAdmin`] is built from.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "admin::Entity")]
struct SignedInRow {
    id: i64,
    login_name: String,
    language: String,
    theme: String,
    suspended: bool,
    gui_access: bool,
    api_allowed: bool,
    customers_see_all: bool,
    change_serversettings: bool,
    email: String,
    name: String,
}

/// Returns the account data of the admin with this login.
pub async fn find_signed_in(on: &Reader, login: LoginId) -> Result<Option<SignedInAdmin>, DbError> {
    let query = admin::Entity::find().filter(admin::Column::LoginId.eq(login.0));
    let row = query.into_partial_model::<SignedInRow>().one(&on.on()).await?;
    Ok(row.map(|row| SignedInAdmin {
        id: AdminId(row.id),
        language: language(&row.language),
        theme: theme(&row.theme),
        suspended: row.suspended,
        gui_access: row.gui_access,
        api_allowed: row.api_allowed,
        sees_all: row.customers_see_all,
        changes_settings: row.change_serversettings,
        email: Email::stored(row.email),
        name: row.name,
        login_name: row.login_name,
    }))
}
