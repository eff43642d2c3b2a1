//! The list of an account's own API keys, and helpers for the pages below it.

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
use services::api_keys::{self, AccountKeys};
use services::app::{App, OwnedView};

/// The area in which labels of fields are looked up.
pub(super) const AREA: &str = "api-keys";

/// The address of the list.
pub(super) const OWN_ADDRESS: &str = "/account/api-keys";

/// Returns the keys of the signed-in account. An admin who acts as a customer gets no access to
/// the customer's keys.
pub(super) async fn own_keys(snapshot: &OwnedView, by: &SignedIn) -> Result<AccountKeys, WebError> {
    if by.0.impersonator.is_some() {
        return Err(WebError::Forbidden);
    }
    Ok(AccountKeys::own(snapshot.view(), &by.0.actor).await?)
}

/// Sets title and breadcrumbs of a page below the list.
pub(super) fn below_list(c: Chrome, title: String) -> Chrome {
    let list = c.t("nav-api-keys");
    c.below(Section::Account, title).crumb(list, OWN_ADDRESS)
}

#[derive(Template)]
#[template(path = "api_keys/list.html")]
pub(super) struct ListPage {
    pub c: Chrome,
    pub rows: Vec<Row>,
    /// Address of the list. The addresses of actions on a key start with it.
    pub base: String,
    /// Whether the keys belong to the signed-in account. The keys of others can only be revoked.
    pub is_own: bool,
}

pub(super) struct Row {
    key: ApiKey,
    has_expired: bool,
    /// End date; empty for none.
    until: String,
    /// Allowed addresses; empty for any.
    from: String,
}

pub(super) fn rows(c: &Chrome, keys: Vec<ApiKey>, now: Timestamp) -> Vec<Row> {
    let row =
        |key: ApiKey| Row {
            has_expired: key.has_expired(now),
            // A date without a time of day is shown as a date, any other end to the minute.
            until: key
                .settings
                .expires_at
                .map(|end| {
                    if key.settings.expiry_text().len() == 10 {
                        c.date(end)
                    } else {
                        c.datetime(end)
                    }
                })
                .unwrap_or_default(),
            from: key.settings.allowed_from.to_string(),
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
    let snapshot = app.open_view().await?;
    let keys = api_keys::listing(snapshot.view(), &own_keys(&snapshot, &by).await?).await?;
    let c = frame::of(&req, &app, &by.0);
    let (title, lead) = (c.t("nav-api-keys"), c.t("api-keys-lead"));
    let c = c.below(Section::Account, title).lead(lead);
    Ok(respond::ok(&ListPage {
        rows: rows(&c, keys, snapshot.view().at),
        c,
        base: OWN_ADDRESS.to_owned(),
        is_own: true,
    }))
}
