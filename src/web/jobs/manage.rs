//! Makes jobs due now, and discards jobs.

use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{self, AsManager};
use crate::flash::Flash;
use crate::respond;
use actix_session::SessionExt as _;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::id::JobId;
use domain::job::JobState;
use services::app::App;
use services::{Command, jobs};

/// Makes a job due now.
pub(super) async fn run_now(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    id: Path<String>,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let id = parse_id(&id)?;
    let job = app
        .change(&extract::origin(&req, &app), async |cmd: Command<'_>| {
            jobs::run_now(cmd, &by, id).await
        })
        .await?;
    Ok(respond::redirect_with_flash(
        &req.get_session(),
        &list_address(&form),
        Flash::success("flash-job-runs").with("subject", job.subject),
    ))
}

/// Makes all given-up jobs of a kind due now.
pub(super) async fn run_failed(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let kind = form.text("kind");
    let count = app
        .change(&extract::origin(&req, &app), async |cmd: Command<'_>| {
            jobs::run_now_all(cmd, &by, kind).await
        })
        .await?;
    Ok(respond::redirect_with_flash(
        &req.get_session(),
        &list_address(&form),
        Flash::success("flash-jobs-run").count("count", count),
    ))
}

pub(super) async fn discard(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    id: Path<String>,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let id = parse_id(&id)?;
    let job = app
        .change(&extract::origin(&req, &app), async |cmd: Command<'_>| {
            jobs::discard(cmd, &by, id).await
        })
        .await?;
    Ok(respond::redirect_with_flash(
        &req.get_session(),
        &list_address(&form),
        Flash::success("flash-job-discarded").with("subject", job.subject),
    ))
}

fn parse_id(id: &str) -> Result<JobId, WebError> {
    id.parse().map(JobId).map_err(|_| WebError::NotFound)
}

/// Returns the address of the list with the filters of the page that submitted the form.
fn list_address(form: &VerifiedForm) -> String {
    let state = JobState::parse(form.text("state")).map_or("", JobState::code);
    let kept = [("state", state), ("kind", form.text("kind"))]
        .into_iter()
        .filter(|(_, value)| !value.is_empty());
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish();
    if query.is_empty() { "/jobs".to_owned() } else { format!("/jobs?{query}") }
}
