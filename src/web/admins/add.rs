//! Adds an admin.

use super::form::{self, Choices};
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{AsServerAdmin, origin};
use crate::flash::Flash;
use crate::form::FormState;
use crate::nav::Section;
use crate::page::Chrome;
use crate::submission::{self, Submission};
use crate::{frame, input, respond, validation_errors};
use actix_session::Session;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::admin::AssignableQuota;
use domain::grants::Grants;
use services::admins::{self, AddAdmin};
use services::app::App;
use services::sign_in::reauthenticate;
use services::{Command, ServiceError};

#[derive(Template)]
#[template(path = "admins/new.html")]
struct NewPage {
    c: Chrome,
    f: FormState,
    o: Choices,
}

fn chrome(req: &HttpRequest, app: &App, by: &AsServerAdmin) -> Chrome {
    let c = frame::of(req, app, by.account());
    let title = c.t("admins-add");
    c.below(Section::Admins, title)
}

/// `GET /admins/new`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let mut f = FormState::new("admins");
    f.set("def_language", snapshot.settings.default_language().code())
        .set("theme", snapshot.settings.default_theme().code());
    f.set_checked("gui_access", true).set("submission", submission::token(&app));
    f.fill(&Grants::ALL);
    form::fill_quota(&mut f, &AssignableQuota::NONE);
    let c = chrome(&req, &app, &by);
    let o = Choices::read(&app, &snapshot, &c).await?;
    Ok(respond::ok(&NewPage { c, f, o }))
}

/// `POST /admins`
pub(super) async fn create(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
    session: Session,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let error = match submission::once(&app, by.manager().login(), &form, async || {
        add(&app, &req, &by, &form).await
    })
    .await?
    {
        Submission::Duplicate(response) => return Ok(response),
        Submission::Created(name) => {
            let flash = Flash::success("flash-admin-added").with("loginname", &name);
            return Ok(respond::redirect_with_flash(&session, &format!("/admins/{name}"), flash));
        }
        Submission::Failed(error) => error,
    };
    let ServiceError::Invalid(wrong) = error else { return Err(error.into()) };
    let c = chrome(&req, &app, &by);
    let mut f = FormState::posted("admins", form.0);
    validation_errors::add_to_form(c.lang, &wrong, &mut f, input::has_field::<AddAdmin>);
    let o = Choices::read(&app, &app.open_view().await?, &c).await?;
    Ok(respond::invalid(&NewPage { c, f, o }))
}

async fn add(
    app: &App,
    req: &HttpRequest,
    by: &AsServerAdmin,
    form: &VerifiedForm,
) -> Result<String, ServiceError> {
    let snapshot = app.open_view().await?;
    let origin = origin(req, app);
    let mut new = admins::prepare(
        &app.env,
        &snapshot.settings,
        input::receive(form, Some(by.account().language)),
    )
    .await?;
    new.proof = reauthenticate(app, &origin, by.manager().login(), new.current_password()).await?;
    app.change(&origin, async |cmd: Command<'_>| {
        let admin = admins::add(cmd, by, &new).await?;
        submission::record_result(
            cmd,
            by.manager().login(),
            form,
            &format!("/admins/{}", admin.login_name),
        )
        .await?;
        Ok(admin.login_name.to_string())
    })
    .await
}
