//! Adds a plan.

use super::form;
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{AsManager, origin};
use crate::flash::Flash;
use crate::form::{Choice, FormState};
use crate::nav::Section;
use crate::page::Chrome;
use crate::submission::{self, Submission};
use crate::{frame, input, respond, validation_errors};
use actix_session::Session;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::plan::Plan;
use domain::resources::Services;
use services::app::App;
use services::plans::{self, AddPlan};
use services::{Command, ServiceError};

#[derive(Template)]
#[template(path = "plans/form.html")]
struct NewPage {
    c: Chrome,
    f: FormState,
    php: Vec<Choice>,
    action: &'static str,
    cancel: &'static str,
}

async fn new_page(
    app: &App,
    req: &HttpRequest,
    by: &AsManager,
    f: FormState,
) -> Result<NewPage, WebError> {
    let php = form::php_choices(app.open_view().await?.view(), by.id(), None).await?;
    let c = frame::of(req, app, by.account());
    let title = c.t("plans-add");
    Ok(NewPage { c: c.below(Section::Plans, title), f, php, action: "/plans", cancel: "/plans" })
}

/// `GET /plans/new`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
) -> Result<HttpResponse, WebError> {
    let mut f = FormState::new("plans");
    // Services that nearly every customer has are on by default. Services that cost resources are
    // off.
    super::values::fill(
        &mut f,
        &Services { imap: true, pop3: true, php: true, log_view: true, ..Services::NONE },
    );
    f.set("submission", submission::token(&app));
    Ok(respond::ok(&new_page(&app, &req, &by, f).await?))
}

/// `POST /plans`
pub(super) async fn create(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    session: Session,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let error =
        match submission::once(&app, by.login(), &form, async || add(&app, &req, &by, &form).await)
            .await?
        {
            Submission::Duplicate(response) => return Ok(response),
            Submission::Created(plan) => {
                let flash = Flash::success("flash-plans-added").with("name", &plan.name);
                return Ok(respond::redirect_with_flash(
                    &session,
                    &format!("/plans/{}", plan.id),
                    flash,
                ));
            }
            Submission::Failed(error) => error,
        };
    let ServiceError::Invalid(wrong) = error else { return Err(error.into()) };
    let mut page = new_page(&app, &req, &by, FormState::posted("plans", form.0)).await?;
    validation_errors::add_to_form(page.c.lang, &wrong, &mut page.f, input::has_field::<AddPlan>);
    Ok(respond::invalid(&page))
}

async fn add(
    app: &App,
    req: &HttpRequest,
    by: &AsManager,
    form: &VerifiedForm,
) -> Result<Plan, ServiceError> {
    let request = input::receive(form, Some(by.account().language)).finish()?;
    app.change(&origin(req, app), async |cmd: Command<'_>| {
        let plan = plans::add(cmd, by, &request).await?;
        submission::record_result(cmd, by.login(), form, &format!("/plans/{}", plan.id)).await?;
        Ok(plan)
    })
    .await
}
