//! API keys of a customer, for their managers, and of an admin, for server admins.

use super::list::{self, ListPage};
use super::revoke::{self, RevokePage};
use crate::csrf::VerifiedForm;
use crate::customers::customer_page::heading;
use crate::error::WebError;
use crate::extract::{AsManager, AsServerAdmin, RoleExtractor, origin};
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond};
use actix_session::Session;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::admin::{Admin, AdminRef};
use domain::customer::{Customer, CustomerRef};
use domain::id::ApiKeyId;
use services::api_keys::{self, AccountKeys};
use services::app::App;
use services::{Command, Outcome, View, admins, customers};

/// A type of account with API keys that its managers see and revoke.
pub(super) trait KeyOwner: 'static {
    /// The role that manages accounts of this type.
    type By: RoleExtractor;
    /// The area of the panel with the page of the account.
    const SECTION: Section;

    /// Finds the keys of the account with this login name.
    async fn keys(view: View<'_>, by: &Self::By, name: &str) -> Outcome<NamedKeys>;
}

/// The API keys of an account, and the account's name for headings.
pub(super) struct NamedKeys {
    account_keys: AccountKeys,
    heading: String,
}

impl KeyOwner for Customer {
    type By = AsManager;
    const SECTION: Section = Section::Customers;

    async fn keys(view: View<'_>, by: &AsManager, name: &str) -> Outcome<NamedKeys> {
        let which = CustomerRef::Login(name.to_owned());
        let customer = customers::get(view, by.scope(), &which).await?;
        let account_keys = AccountKeys::of_customer(by, &customer);
        Ok(NamedKeys { account_keys, heading: heading(&customer) })
    }
}

impl KeyOwner for Admin {
    type By = AsServerAdmin;
    const SECTION: Section = Section::Admins;

    async fn keys(view: View<'_>, by: &AsServerAdmin, name: &str) -> Outcome<NamedKeys> {
        let admin = admins::get(view, by, &AdminRef::Login(name.to_owned())).await?;
        let account_keys = AccountKeys::of_admin(by, &admin);
        Ok(NamedKeys { account_keys, heading: admin.display_name().to_owned() })
    }
}

/// Returns the address of the list.
fn base<O: KeyOwner>(keys: &AccountKeys) -> String {
    format!("{}/{}/api-keys", O::SECTION.item().href, keys.login_name())
}

/// Sets title and breadcrumbs of a page below the page of the keys' owner.
fn below<O: KeyOwner>(c: Chrome, keys: &NamedKeys, title: String) -> Chrome {
    let href = format!("{}/{}", O::SECTION.item().href, keys.account_keys.login_name());
    c.below(O::SECTION, title).crumb(&keys.heading, href)
}

/// `GET …/{loginname}/api-keys`
pub(super) async fn page<O: KeyOwner>(
    app: Data<App>,
    req: HttpRequest,
    by: O::By,
    name: Path<String>,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let view = snapshot.view();
    let keys = O::keys(view, &by, &name).await?;
    let listed = api_keys::listing(view, &keys.account_keys).await?;
    let c = frame::of(&req, &app, by.account());
    let lead = c.t("api-keys-of-others-lead");
    let title = c.t_with("api-keys-of", &[("name", keys.heading.as_str())]);
    let c = below::<O>(c, &keys, title).lead(lead);
    Ok(respond::ok(&ListPage {
        rows: list::rows(&c, listed, view.at),
        c,
        base: base::<O>(&keys.account_keys),
        is_own: false,
    }))
}

/// `GET …/{loginname}/api-keys/{id}/revoke`
pub(super) async fn confirm<O: KeyOwner>(
    app: Data<App>,
    req: HttpRequest,
    by: O::By,
    path: Path<(String, i64)>,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let view = snapshot.view();
    let keys = O::keys(view, &by, &path.0).await?;
    let key = api_keys::find(view, &keys.account_keys, ApiKeyId(path.1)).await?;
    let c = frame::of(&req, &app, by.account());
    let base = base::<O>(&keys.account_keys);
    let (title, list) =
        (c.t_with("api-keys-revoke-title", &[("key", key.short())]), c.t("nav-api-keys"));
    let c = below::<O>(c, &keys, title).crumb(list, base.as_str());
    Ok(respond::ok(&RevokePage { c, key, base }))
}

/// `POST …/{loginname}/api-keys/{id}/revoke`
pub(super) async fn revoke<O: KeyOwner>(
    app: Data<App>,
    req: HttpRequest,
    by: O::By,
    path: Path<(String, i64)>,
    session: Session,
    _form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let revoke = async |cmd: Command<'_>| {
        let account_keys = O::keys(cmd.view(), &by, &path.0).await?.account_keys;
        Ok((api_keys::revoke(cmd, &account_keys, ApiKeyId(path.1)).await?, account_keys))
    };
    let outcome: Outcome<_> = app.change(&origin(&req, &app), revoke).await;
    let (revoked, account_keys) = outcome?;
    Ok(revoke::redirect_to_list(&session, &base::<O>(&account_keys), &revoked))
}
