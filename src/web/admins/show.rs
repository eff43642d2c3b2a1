//! The page of one admin.

use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{AsServerAdmin, origin};
use crate::flash::Flash;
use crate::markdown::Markdown;
use crate::nav::Section;
use crate::page::Chrome;
use crate::table::Usage;
use crate::{frame, respond};
use actix_session::Session;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::admin::{Admin, AdminRef};
use domain::grants::Grant;
use domain::quota::Quota;
use services::api_keys::{self, AccountKeys, Summary};
use services::app::App;
use services::{Command, admins, mysql_servers, php_configs};

#[derive(Template)]
#[template(path = "admins/show.html")]
struct ShowPage {
    c: Chrome,
    admin: Admin,
    state: &'static str,
    is_self: bool,
    quota: Vec<(String, Usage)>,
    /// Names of the PHP configurations that the admin can assign; `None` for all.
    php_configs: Option<Vec<String>>,
    mysql_servers: Option<Vec<String>>,
    notes: Markdown,
    keys: Summary,
}

/// `GET /admins/{loginname}`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    name: Path<String>,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let admin = admins::get(snapshot.view(), &by, &AdminRef::Login(name.into_inner())).await?;
    let account_keys = AccountKeys::of_admin(&by, &admin);
    let c = frame::of(&req, &app, by.account());
    let c = c.below(Section::Admins, admin.display_name());
    let page = ShowPage {
        quota: quota(&c, &admin),
        php_configs: granted_names(
            &admin.profile.grants.php_configs,
            &php_configs::names(snapshot.view()).await?,
        ),
        mysql_servers: granted_names(
            &admin.profile.grants.mysql_servers,
            &mysql_servers::names(snapshot.view()).await?,
        ),
        state: super::list::state(&admin),
        notes: Markdown::new(&admin.profile.notes),
        is_self: admin.id == by.manager().id(),
        keys: api_keys::summary(snapshot.view(), &account_keys).await?,
        admin,
        c,
    };
    Ok(respond::ok(&page))
}

/// Returns the names of the items that a grant lists; `None` if it includes all.
fn granted_names<I: Copy + PartialEq>(
    grant: &Grant<I>,
    all: &[(I, String)],
) -> Option<Vec<String>> {
    match grant {
        Grant::All => None,
        Grant::Only(ids) => Some(
            all.iter().filter(|(id, _)| ids.contains(id)).map(|(_, name)| name.clone()).collect(),
        ),
    }
}

/// Returns limit and assigned amount of each resource, with its label.
#[must_use]
pub fn quota(c: &Chrome, admin: &Admin) -> Vec<(String, Usage)> {
    let count = |key: &str, used: u64, quota: Quota| (c.t(key), Usage::count(used, quota.limit()));
    let limits = &admin.profile.quota;
    let mut lines = vec![
        count("field-admins-customers", admin.assigned.customers, limits.customers),
        count("field-admins-domains", admin.assigned.domains, limits.domains),
    ];
    for (resource, quota) in limits.limits.iter() {
        let usage = Usage::of(resource, admin.assigned.amounts[resource], quota.limit());
        lines.push((c.t(&resource.text_key()), usage));
    }
    lines
}

/// `POST /admins/{loginname}/unlock`
pub(super) async fn unlock(
    app: Data<App>,
    req: HttpRequest,
    name: Path<String>,
    by: AsServerAdmin,
    session: Session,
    _form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let which = AdminRef::Login(name.into_inner());
    let admin = app
        .change(&origin(&req, &app), async |cmd: Command<'_>| {
            admins::unlock(cmd, &by, &which).await
        })
        .await?;
    let flash = Flash::success("flash-admin-unlocked").with("loginname", &admin.login_name);
    Ok(respond::redirect_with_flash(&session, &format!("/admins/{}", admin.login_name), flash))
}
