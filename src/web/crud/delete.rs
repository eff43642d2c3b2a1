//! Deletes a record after a confirmation.

use super::{HandlerResult, Impact, Record};
use crate::csrf::VerifiedForm;
use crate::extract::origin;
use crate::form::FormState;
use crate::page::Chrome;
use crate::{respond, validation_errors};
use actix_session::Session;
use actix_web::HttpRequest;
use actix_web::web::{Data, Path};
use askama::Template;
use domain::login_name;
use services::app::{App, OwnedView};
use services::{Command, ServiceError};

#[derive(Template)]
#[template(path = "crud/delete.html")]
struct DeletePage {
    c: Chrome,
    f: FormState,
    impact: Impact,
    /// Word that confirms the deletion, if one is required.
    word: Option<String>,
    /// Address that the form posts to.
    action: String,
    /// Address of the "Cancel" and "Back" links.
    back: String,
}

impl DeletePage {
    /// Returns the translated reason why the record cannot be deleted.
    fn obstacle(&self) -> Option<String> {
        self.impact.obstacle.as_ref().map(|error| validation_errors::text(self.c.lang, error))
    }
}

/// `GET …/delete`
pub async fn page<R: Record>(
    app: Data<App>,
    req: HttpRequest,
    key: Path<R::Key>,
    by: R::By,
) -> HandlerResult {
    let snapshot = app.open_view().await?;
    let record = R::get(snapshot.view(), &by, key.into_inner()).await?;
    let f = FormState::new(R::AREA);
    Ok(respond::ok(&delete_page(&app, &req, &snapshot, &by, &record, f).await?))
}

/// `POST …/delete`
pub async fn delete<R: Record>(
    app: Data<App>,
    req: HttpRequest,
    key: Path<R::Key>,
    by: R::By,
    session: Session,
    form: VerifiedForm,
) -> HandlerResult {
    let snapshot = app.open_view().await?;
    let record = R::get(snapshot.view(), &by, key.into_inner()).await?;
    let unconfirmed = record.confirmation().filter(|word| !is_typed(word, &form));
    let refused = if unconfirmed.is_none() {
        let delete = async |cmd: Command<'_>| record.delete(cmd, &by).await;
        match app.change(&origin(&req, &app), delete).await {
            Ok(deleted) => {
                return Ok(respond::redirect_with_flash(
                    &session,
                    super::list_address::<R>(),
                    deleted.deleted_flash(),
                ));
            }
            Err(ServiceError::Refused(error)) => Some(error),
            Err(error) => return Err(error.into()),
        }
    } else {
        None
    };
    let f = FormState::posted(R::AREA, form.0);
    let mut page = delete_page(&app, &req, &snapshot, &by, &record, f).await?;
    if let Some(word) = unconfirmed {
        let key = format!("{}-delete-confirm-differs", R::AREA);
        page.f.add_error("confirm", page.c.t_with(&key, &[("word", word)]));
    } else {
        page.impact.obstacle = refused;
    }
    Ok(respond::invalid(&page))
}

/// Returns whether the user confirmed by typing this login name. Case does not matter, as at
/// sign-in.
pub fn is_typed(word: &str, form: &VerifiedForm) -> bool {
    login_name::key(form.text("confirm")) == login_name::key(word)
}

async fn delete_page<R: Record>(
    app: &App,
    req: &HttpRequest,
    snapshot: &OwnedView,
    by: &R::By,
    record: &R,
    f: FormState,
) -> Result<DeletePage, ServiceError> {
    let c = super::chrome(app, req, by, record, "delete");
    let impact = record.impact(snapshot.view(), by, &c).await?;
    let back = if R::HAS_PAGE { record.address() } else { super::list_address::<R>().to_owned() };
    let word = record.confirmation().map(str::to_owned);
    let action = format!("{}/delete", record.address());
    Ok(DeletePage { c, f, impact, word, action, back })
}
