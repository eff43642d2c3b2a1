//! Lets managers act as a customer, and return to their own account.

use super::csrf::VerifiedForm;
use super::error::WebError;
use super::extract::{AsManager, SignedIn, origin};
use super::flash::Flash;
use super::{respond, session};
use actix_session::Session;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::customer::CustomerRef;
use edge::routing::Routes;
use services::app::App;
use services::customers;

pub fn routes(routes: &mut Routes) {
    routes.post("/customers/{loginname}/impersonate", begin).post("/impersonate/stop", stop);
}

async fn begin(
    app: Data<App>,
    req: HttpRequest,
    name: Path<String>,
    by: AsManager,
    session: Session,
    _form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let which = CustomerRef::Login(name.into_inner());
    let customer = app
        .change(&origin(&req, &app), async |cmd| customers::impersonate(cmd, &by, &which).await)
        .await?;
    session::begin_acting(&session, &app, by.login(), customer.login)?;
    Ok(respond::redirect_with_flash(
        &session,
        "/",
        Flash::success("flash-acting").with("loginname", customer.login_name).for_acting_admin(),
    ))
}

async fn stop(
    app: Data<App>,
    by: SignedIn,
    session: Session,
    _form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let Some(acting) = session::acting_admin(&session) else { return Err(WebError::NotFound) };
    session::end_acting(&session, &app, acting.login)?;
    Ok(respond::see_other(&format!("/customers/{}", by.0.actor.login_name())))
}
