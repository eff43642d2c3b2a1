//! Edits a plan.

use super::form;
use crate::crud::{self, Record as _};
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{AsManager, origin};
use crate::flash::Flash;
use crate::form::{Choice, FormState};
use crate::page::Chrome;
use crate::{input, original, respond, validation_errors};
use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::id::PlanId;
use domain::plan::Plan;
use domain::request::Received;
use domain::text;
use domain::validation::{ErrorCode, ValidationError};
use services::app::App;
use services::plans::UpdatePlan;
use services::{Command, ServiceError, plans};

#[derive(Template)]
#[template(path = "plans/form.html")]
struct EditPage {
    c: Chrome,
    f: FormState,
    php: Vec<Choice>,
    action: String,
    cancel: String,
}

async fn edit_page(
    app: &App,
    req: &HttpRequest,
    by: &AsManager,
    f: FormState,
    plan: &Plan,
) -> Result<EditPage, WebError> {
    let php = form::php_choices(app.open_view().await?.view(), plan.owner, Some(plan)).await?;
    let c = crud::chrome(app, req, by, plan, "edit");
    let address = plan.address();
    Ok(EditPage { c, f, php, cancel: address.clone(), action: address })
}

/// `GET /plans/{id}/edit`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsManager,
) -> Result<HttpResponse, WebError> {
    let plan = plans::get(app.open_view().await?.view(), &by, PlanId(*id)).await?;
    Ok(respond::ok(&edit_page(&app, &req, &by, form::of(&plan), &plan).await?))
}

/// `POST /plans/{id}`
pub(super) async fn save(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsManager,
    session: Session,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let plan = plans::get(app.open_view().await?.view(), &by, PlanId(*id)).await?;
    let error = match update(&app, &req, &by, &plan, &form).await {
        Ok(after) => {
            let flash = Flash::success("flash-plans-saved").with("name", &after.name);
            return Ok(respond::redirect_with_flash(&session, &after.address(), flash));
        }
        Err(error) => error,
    };
    let mut page =
        edit_page(&app, &req, &by, FormState::posted("plans", form.0.clone()), &plan).await?;
    match error {
        ServiceError::Invalid(wrong) => {
            validation_errors::add_to_form(
                page.c.lang,
                &wrong,
                &mut page.f,
                input::has_field::<UpdatePlan>,
            );
            Ok(respond::invalid(&page))
        }
        ServiceError::StaleOther => {
            page.f = original::conflict_form(&page.c, "plans", &form, &form::of(&plan));
            Ok(respond::html(StatusCode::CONFLICT, &page))
        }
        error => Err(error.into()),
    }
}

async fn update(
    app: &App,
    req: &HttpRequest,
    by: &AsManager,
    plan: &Plan,
    form: &VerifiedForm,
) -> Result<Plan, ServiceError> {
    let Received { request, mut errors } =
        input::receive::<UpdatePlan>(form, Some(by.account().language));
    errors.merge(input::empty_limit_errors::<UpdatePlan>(form));
    // The API keeps the name if the parameter is empty. In the form, an empty field is an error.
    if form.value("name").is_some_and(text::is_blank) {
        errors.push("name", ValidationError::new(ErrorCode::Required));
    }
    errors.into_result(())?;
    app.change(&origin(req, app), async |cmd: Command<'_>| {
        plans::update(cmd, by, plan.id, &request).await
    })
    .await
}
