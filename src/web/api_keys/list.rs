//! The list of keys.

use super::own::{OWN, own};
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
use services::api_keys;
use services::app::App;

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
