//! Whether a MySQL server can be administered.

use crate::csrf::Guarded;
use crate::error::WebError;
use crate::extract::AsServerAdmin;
use crate::flash::{Flash, Tone};
use crate::{faults, frame, respond};
use actix_session::Session;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::id::MysqlServerId;
use services::app::App;
use services::{ServiceError, mysql_servers};

/// `POST /mysql-servers/{id}/test`
pub(super) async fn probe(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
    session: Session,
    _form: Guarded,
) -> Result<HttpResponse, WebError> {
    let id = MysqlServerId(*id);
    let look = app.look().await?;
    let flash = match mysql_servers::probe(&app.env, look.view(), &by, id).await {
        Ok(version) => Flash::success("flash-mysql-servers-answers").with("version", version),
        Err(ServiceError::Refused(fault)) => {
            let reason = faults::text(frame::of(&req, &app, by.account()).lang, &fault);
            Flash::new(Tone::Danger, "flash-mysql-servers-silent").with("reason", reason)
        }
        Err(error) => return Err(error.into()),
    };
    Ok(respond::done(&session, &format!("/mysql-servers/{id}/edit"), flash))
}
