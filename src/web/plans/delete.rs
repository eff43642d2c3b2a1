//! Deleting a plan.

use crate::csrf::Guarded;
use crate::error::WebError;
use crate::extract::{AsManager, origin};
use crate::flash::Flash;
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond};
use actix_session::Session;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::id::PlanId;
use domain::plan::Plan;
use services::app::App;
use services::{Command, plans};

#[derive(Template)]
#[template(path = "plans/delete.html")]
struct DeletePage {
    c: Chrome,
    plan: Plan,
    back: String,
}

/// `GET /plans/{id}/delete`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsManager,
) -> Result<HttpResponse, WebError> {
    let plan = plans::get(app.look().await?.view(), &by, PlanId(*id)).await?;
    let c = frame::of(&req, &app, by.account());
    let (title, above) =
        (c.t_with("plans-delete-title", &[("name", plan.name.as_str())]), c.t("nav-plans"));
    let back = format!("/plans/{}", plan.id);
    let c = c.page(Section::Plans, title).crumb(above, "/plans").crumb(&plan.name, &back);
    Ok(respond::ok(&DeletePage { c, plan, back }))
}

/// `POST /plans/{id}/delete`
pub(super) async fn delete(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsManager,
    session: Session,
    _form: Guarded,
) -> Result<HttpResponse, WebError> {
    let id = PlanId(*id);
    let gone = app
        .change(&origin(&req, &app), async |cmd: Command<'_>| plans::delete(cmd, &by, id).await)
        .await?;
    Ok(respond::done(
        &session,
        "/plans",
        Flash::success("flash-plan-deleted").with("name", gone.name),
    ))
}
