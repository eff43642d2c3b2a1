//! The list of keys, and what the pages below it share.

use crate::error::WebError;
use crate::extract::SignedIn;
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::api_key::ApiKey;
use jiff::Timestamp;
use services::api_keys::{self, Keyring};
use services::app::{App, Look};

/// The area: labels of fields are looked up in it.
pub(super) const AREA: &str = "api-keys";

/// Where one's own are.
pub(super) const OWN: &str = "/account/api-keys";

/// One's own keys. An admin who acts as a customer sees what he sees; his keys stay the customer's.
pub(super) async fn own(look: &Look, by: &SignedIn) -> Result<Keyring, WebError> {
    if by.0.acting.is_some() {
        return Err(WebError::Forbidden);
    }
    Ok(Keyring::own(look.view(), &by.0.actor).await?)
}

/// Names a page below the list of one's own.
pub(super) fn below_list(c: Chrome, title: String) -> Chrome {
    let (account, list) = (c.t("nav-account"), c.t("nav-api-keys"));
    c.page(Section::Account, title).crumb(account, "/account").crumb(list, OWN)
}

#[derive(Template)]
#[template(path = "api_keys/list.html")]
pub(super) struct ListPage {
    pub c: Chrome,
    pub rows: Vec<Row>,
    /// Where the list is; what is done to a key is below it.
    pub base: String,
    /// Whether these are one's own: others may only be revoked.
    pub own: bool,
}

pub(super) struct Row {
    key: ApiKey,
    has_expired: bool,
    /// Until when; empty for ever.
    until: String,
    /// From where; empty for everywhere.
    from: String,
}

pub(super) fn rows(c: &Chrome, keys: Vec<ApiKey>, now: Timestamp) -> Vec<Row> {
    let row = |key: ApiKey| Row {
        has_expired: key.has_expired(now),
        // A day as a day; anything else to the minute.
        until: key
            .terms
            .expires_at
            .map(|end| if key.terms.end_text().len() == 10 { c.date(end) } else { c.datetime(end) })
            .unwrap_or_default(),
        from: key.terms.allowed_from.to_string(),
        key,
    };
    keys.into_iter().map(row).collect()
}

/// `GET /account/api-keys`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    by: SignedIn,
) -> Result<HttpResponse, WebError> {
    let look = app.look().await?;
    let keys = api_keys::listing(look.view(), &own(&look, &by).await?).await?;
    let c = frame::of(&req, &app, &by.0);
    let (title, lead, above) = (c.t("nav-api-keys"), c.t("api-keys-lead"), c.t("nav-account"));
    let c = c.page(Section::Account, title).lead(lead).crumb(above, "/account");
    Ok(respond::ok(&ListPage {
        rows: rows(&c, keys, look.view().at),
        c,
        base: OWN.to_owned(),
        own: true,
    }))
}
