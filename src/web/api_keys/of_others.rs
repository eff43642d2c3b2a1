//! API keys of a customer, for their managers, and of an admin, for server admins.

use super::list::{self, ListPage};
use super::revoke::{self, RevokePage};
use crate::csrf::VerifiedForm;
use crate::customers::customer_page::heading;
use crate::error::WebError;
use crate::extract::{AsManager, AsServerAdmin, origin};
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond};
use actix_session::Session;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::admin::AdminRef;
use domain::customer::CustomerRef;
use domain::id::ApiKeyId;
use services::api_keys::{self, AccountKeys};
use services::app::{App, OwnedView};
use services::{Command, Outcome, View, admins, customers};

/// The API keys of an account, and the account's name for headings.
struct NamedKeys {
    account_keys: AccountKeys,
    heading: String,
}

async fn keys_of_customer(view: View<'_>, by: &AsManager, name: &str) -> Outcome<NamedKeys> {
    let customer = customers::get(view, by.scope(), &CustomerRef::Login(name.to_owned())).await?;
    Ok(NamedKeys {
        account_keys: AccountKeys::of_customer(by, &customer),
        heading: heading(&customer),
    })
}

async fn keys_of_admin(view: View<'_>, by: &AsServerAdmin, name: &str) -> Outcome<NamedKeys> {
    let admin = admins::get(view, by, &AdminRef::Login(name.to_owned())).await?;
    let account_keys = AccountKeys::of_admin(by, &admin);
    Ok(NamedKeys { account_keys, heading: admin.display_name().to_owned() })
}

/// Sets title and breadcrumbs of a page below the page of the keys' owner.
fn below(c: Chrome, section: Section, keys: &NamedKeys, title: String) -> Chrome {
    let href = format!("{}/{}", section.item().href, keys.account_keys.login_name());
    c.below(section, title).crumb(&keys.heading, href)
}

async fn listed(
    snapshot: &OwnedView,
    c: Chrome,
    keys: &NamedKeys,
    section: Section,
) -> Result<HttpResponse, WebError> {
    let listed = api_keys::listing(snapshot.view(), &keys.account_keys).await?;
    let lead = c.t("api-keys-of-others-lead");
    let title = c.t_with("api-keys-of", &[("name", keys.heading.as_str())]);
    let c = below(c, section, keys, title).lead(lead);
    Ok(respond::ok(&ListPage {
        rows: list::rows(&c, listed, snapshot.view().at),
        c,
        base: base(section, keys.account_keys.login_name()),
        own: false,
    }))
}

async fn confirmed(
    snapshot: &OwnedView,
    c: Chrome,
    keys: &NamedKeys,
    id: i64,
    section: Section,
) -> Result<HttpResponse, WebError> {
    let key = api_keys::find(snapshot.view(), &keys.account_keys, ApiKeyId(id)).await?;
    let base = base(section, keys.account_keys.login_name());
    let (title, list) =
        (c.t_with("api-keys-revoke-title", &[("key", key.short())]), c.t("nav-api-keys"));
    let c = below(c, section, keys, title).crumb(list, base.as_str());
    Ok(respond::ok(&RevokePage { c, key, base }))
}

fn base(section: Section, name: &str) -> String {
    format!("{}/{name}/api-keys", section.item().href)
}

/// `GET /customers/{loginname}/api-keys`
pub(super) async fn customer(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    name: Path<String>,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let keys = keys_of_customer(snapshot.view(), &by, &name).await?;
    listed(&snapshot, frame::of(&req, &app, by.account()), &keys, Section::Customers).await
}

/// `GET /customers/{loginname}/api-keys/{id}/revoke`
pub(super) async fn confirm_of_customer(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    path: Path<(String, i64)>,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let keys = keys_of_customer(snapshot.view(), &by, &path.0).await?;
    confirmed(&snapshot, frame::of(&req, &app, by.account()), &keys, path.1, Section::Customers)
        .await
}

/// `POST /customers/{loginname}/api-keys/{id}/revoke`
pub(super) async fn revoke_of_customer(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    path: Path<(String, i64)>,
    session: Session,
    _form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let revoke = async |cmd: Command<'_>| {
        let account_keys = keys_of_customer(cmd.view(), &by, &path.0).await?.account_keys;
        Ok((api_keys::revoke(cmd, &account_keys, ApiKeyId(path.1)).await?, account_keys))
    };
    let outcome: Outcome<_> = app.change(&origin(&req, &app), revoke).await;
    let (gone, account_keys) = outcome?;
    Ok(revoke::done(&session, &base(Section::Customers, account_keys.login_name()), &gone))
}

/// `GET /admins/{loginname}/api-keys`
pub(super) async fn admin(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
    name: Path<String>,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let keys = keys_of_admin(snapshot.view(), &by, &name).await?;
    listed(&snapshot, frame::of(&req, &app, by.account()), &keys, Section::Admins).await
}

/// `GET /admins/{loginname}/api-keys/{id}/revoke`
pub(super) async fn confirm_of_admin(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
    path: Path<(String, i64)>,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let keys = keys_of_admin(snapshot.view(), &by, &path.0).await?;
    confirmed(&snapshot, frame::of(&req, &app, by.account()), &keys, path.1, Section::Admins).await
}

/// `POST /admins/{loginname}/api-keys/{id}/revoke`
pub(super) async fn revoke_of_admin(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
    path: Path<(String, i64)>,
    session: Session,
    _form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let revoke = async |cmd: Command<'_>| {
        let account_keys = keys_of_admin(cmd.view(), &by, &path.0).await?.account_keys;
        Ok((api_keys::revoke(cmd, &account_keys, ApiKeyId(path.1)).await?, account_keys))
    };
    let outcome: Outcome<_> = app.change(&origin(&req, &app), revoke).await;
    let (gone, account_keys) = outcome?;
    Ok(revoke::done(&session, &base(Section::Admins, account_keys.login_name()), &gone))
}
