//! Buttons without a form of their own: unlock, suspend, resume. Pressing one twice does no more than once.

use super::{address, reference};
use crate::app::App;
use crate::domain::customer::Customer;
use crate::services::customers;
use crate::web::csrf::Guarded;
use crate::web::error::WebError;
use crate::web::extract::{self, AsManager};
use crate::web::flash::Flash;
use crate::web::respond;
use actix_session::SessionExt as _;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// Forgets his failed sign-ins.
pub async fn unlock(app: Data<App>, req: HttpRequest, by: AsManager, _: Guarded, name: Path<String>) -> Result<HttpResponse, WebError> {
    let which = reference(&name);
    let customer = app.change(&extract::origin(&req, &app), async |cmd| customers::unlock(cmd, &by, &which).await).await?;
    Ok(done(&req, &customer, "customers-flash-unlocked"))
}

/// Suspends him.
pub async fn suspend(app: Data<App>, req: HttpRequest, by: AsManager, _: Guarded, name: Path<String>) -> Result<HttpResponse, WebError> {
    let which = reference(&name);
    let customer = app.change(&extract::origin(&req, &app), async |cmd| customers::suspend(cmd, &by, &which).await).await?;
    Ok(done(&req, &customer, "customers-flash-suspended"))
}

/// Resumes him.
pub async fn resume(app: Data<App>, req: HttpRequest, by: AsManager, _: Guarded, name: Path<String>) -> Result<HttpResponse, WebError> {
    let which = reference(&name);
    let customer = app.change(&extract::origin(&req, &app), async |cmd| customers::resume(cmd, &by, &which).await).await?;
    Ok(done(&req, &customer, "customers-flash-resumed"))
}

fn done(req: &HttpRequest, customer: &Customer, key: &str) -> HttpResponse {
    respond::done(&req.get_session(), &address(&customer.login_name), Flash::success(key).with("name", &customer.login_name))
}
