//! Keys of the API: one's own at `/account/api-keys`; those of a customer or admin, to look at and revoke, beside his page.

mod edit;
mod list;
mod make;
mod of_others;
mod revoke;

use crate::error::WebError;
use crate::extract::SignedIn;
use crate::nav::Section;
use crate::page::Chrome;
use actix_web::web::ServiceConfig;
use edge::routing::{get, post};
use services::api_keys::Keyring;
use services::app::Look;

/// The routes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/account/api-keys", get().to(list::page))
        .route("/account/api-keys", post().to(make::create))
        .route("/account/api-keys/new", get().to(make::page))
        .route("/account/api-keys/{id:[0-9]{1,18}}", post().to(edit::save))
        .route("/account/api-keys/{id:[0-9]{1,18}}/edit", get().to(edit::page))
        .route("/account/api-keys/{id:[0-9]{1,18}}/revoke", get().to(revoke::page))
        .route("/account/api-keys/{id:[0-9]{1,18}}/revoke", post().to(revoke::revoke))
        .route("/customers/{loginname}/api-keys", get().to(of_others::customer))
        .route("/customers/{loginname}/api-keys/{id:[0-9]{1,18}}/revoke", get().to(of_others::confirm_of_customer))
        .route("/customers/{loginname}/api-keys/{id:[0-9]{1,18}}/revoke", post().to(of_others::revoke_of_customer))
        .route("/admins/{loginname}/api-keys", get().to(of_others::admin))
        .route("/admins/{loginname}/api-keys/{id:[0-9]{1,18}}/revoke", get().to(of_others::confirm_of_admin))
        .route("/admins/{loginname}/api-keys/{id:[0-9]{1,18}}/revoke", post().to(of_others::revoke_of_admin));
}

/// The area: labels of fields are looked up in it.
const AREA: &str = "api-keys";

/// Where one's own are.
const OWN: &str = "/account/api-keys";

/// One's own keys. An admin who acts as a customer sees what he sees; his keys stay the customer's.
async fn own(look: &Look, by: &SignedIn) -> Result<Keyring, WebError> {
    if by.0.acting.is_some() {
        return Err(WebError::Forbidden);
    }
    Ok(Keyring::own(look.view(), &by.0.actor).await?)
}

/// Names a page below the list of one's own.
fn below_list(c: Chrome, title: String) -> Chrome {
    let (account, list) = (c.t("nav-account"), c.t("nav-api-keys"));
    c.page(Section::Account, title).crumb(account, "/account").crumb(list, OWN)
}
