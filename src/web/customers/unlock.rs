//! The button without a form of its own: unlock. Pressing it twice does no more than once.

use super::named::{done, reference};
use crate::csrf::Guarded;
use crate::error::WebError;
use crate::extract::{self, AsManager};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use services::app::App;
use services::customers;

/// Forgets the customer's failed sign-ins.
pub async fn unlock(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    _: Guarded,
    name: Path<String>,
) -> Result<HttpResponse, WebError> {
    let which = reference(&name);
    let customer = app
        .change(&extract::origin(&req, &app), async |cmd| customers::unlock(cmd, &by, &which).await)
        .await?;
    Ok(done(&req, &customer, "customers-flash-unlocked"))
}
