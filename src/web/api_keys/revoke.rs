//! Revokes an API key of the signed-in account after a confirmation.

use super::list::{OWN_ADDRESS, below_list, own_keys};
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{SignedIn, origin};
use crate::flash::Flash;
use crate::page::Chrome;
use crate::{frame, respond};
use actix_session::Session;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::api_key::ApiKey;
use domain::id::ApiKeyId;
use services::api_keys::{self, AccountKeys};
use services::app::App;
use services::{Command, ServiceError};

/// The confirmation page.
#[derive(Template)]
#[template(path = "api_keys/revoke.html")]
pub(super) struct RevokePage {
    pub c: Chrome,
    pub key: ApiKey,
    /// Address of the list.
    pub base: String,
}

/// `GET /account/api-keys/{id}/revoke`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: SignedIn,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let key =
        api_keys::find(snapshot.view(), &own_keys(&snapshot, &by).await?, ApiKeyId(*id)).await?;
    let c = frame::of(&req, &app, &by.0);
    let title = c.t_with("api-keys-revoke-title", &[("key", key.short())]);
    Ok(respond::ok(&RevokePage { c: below_list(c, title), key, base: OWN_ADDRESS.to_owned() }))
}

/// `POST /account/api-keys/{id}/revoke`
pub(super) async fn revoke(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: SignedIn,
    session: Session,
    _form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    own_keys(&app.open_view().await?, &by).await?;
    let revoke = async |cmd: Command<'_>| {
        let account_keys = AccountKeys::own(cmd.view(), &by.0.actor).await?;
        api_keys::revoke(cmd, &account_keys, ApiKeyId(*id)).await
    };
    let revoked: Result<ApiKey, ServiceError> = app.change(&origin(&req, &app), revoke).await;
    Ok(redirect_to_list(&session, OWN_ADDRESS, &revoked?))
}

/// Redirects to the list with a flash message.
pub(super) fn redirect_to_list(session: &Session, base: &str, revoked: &ApiKey) -> HttpResponse {
    respond::redirect_with_flash(
        session,
        base,
        Flash::success("flash-api-key-revoked").with("key", revoked.short()),
    )
}
