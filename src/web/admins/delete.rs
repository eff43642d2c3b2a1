//! Deleting an admin.

use crate::csrf::Guarded;
use crate::error::WebError;
use crate::extract::{AsServerAdmin, origin};
use crate::flash::Flash;
use crate::form::{FormState, GENERAL};
use crate::nav::Section;
use crate::page::Chrome;
use crate::{faults, frame, respond};
use actix_session::Session;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::admin::{Admin, AdminRef};
use domain::fault::{Code, Fault};
use domain::login_name;
use services::app::App;
use services::{Command, ServiceError, admins};

#[derive(Template)]
#[template(path = "admins/delete.html")]
struct DeletePage {
    c: Chrome,
    f: FormState,
    admin: Admin,
    plans: u64,
    /// Why he cannot be deleted.
    obstacle: Option<String>,
}

async fn delete_page(
    app: &App,
    req: &HttpRequest,
    by: &AsServerAdmin,
    admin: Admin,
    f: FormState,
) -> Result<DeletePage, WebError> {
    let plans = admins::plans_of(app.look().await?.view(), by, &admin).await?;
    let c = frame::of(req, app, by.account());
    let (title, above) =
        (c.t_with("admins-delete-title", &[("name", admin.display_name())]), c.t("nav-admins"));
    let c = c
        .page(Section::Admins, title)
        .crumb(above, "/admins")
        .crumb(admin.display_name(), format!("/admins/{}", admin.login_name));
    let obstacle = if admin.id == by.manager().id() {
        Some(Fault::new(Code::CannotDeleteSelf))
    } else if admin.assigned.customers > 0 {
        Some(Fault::new(Code::AdminHasCustomers).with("count", admin.assigned.customers))
    } else {
        None
    };
    let obstacle = obstacle.map(|fault| faults::text(c.lang, &fault));
    Ok(DeletePage { c, f, admin, plans, obstacle })
}

/// `GET /admins/{loginname}/delete`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    name: Path<String>,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let admin =
        admins::get(app.look().await?.view(), &by, &AdminRef::Login(name.into_inner())).await?;
    Ok(respond::ok(&delete_page(&app, &req, &by, admin, FormState::new("admins")).await?))
}

/// `POST /admins/{loginname}/delete`
pub(super) async fn delete(
    app: Data<App>,
    req: HttpRequest,
    name: Path<String>,
    by: AsServerAdmin,
    session: Session,
    form: Guarded,
) -> Result<HttpResponse, WebError> {
    let admin =
        admins::get(app.look().await?.view(), &by, &AdminRef::Login(name.into_inner())).await?;
    let mut f = FormState::posted("admins", form.0.clone());
    if login_name::key(form.text("confirm")) != admin.login_name.key() {
        let mut page = delete_page(&app, &req, &by, admin, f).await?;
        page.f.add_error(
            "confirm",
            page.c.t_with(
                "admins-delete-confirm-differs",
                &[("word", page.admin.login_name.as_str())],
            ),
        );
        return Ok(respond::invalid(&page));
    }
    let which = AdminRef::Id(admin.id);
    match app
        .change(&origin(&req, &app), async |cmd: Command<'_>| {
            admins::delete(cmd, &by, &which).await
        })
        .await
    {
        Ok(gone) => Ok(respond::done(
            &session,
            "/admins",
            Flash::success("flash-admin-deleted").with("loginname", gone.login_name),
        )),
        Err(ServiceError::Refused(fault)) => {
            f.add_error(GENERAL, faults::text(by.account().language, &fault));
            Ok(respond::invalid(&delete_page(&app, &req, &by, admin, f).await?))
        }
        Err(error) => Err(error.into()),
    }
}
