//! Responses with pages and redirects.

use super::flash::Flash;
use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;

/// Renders a page. Caches must not store it, because it depends on the account.
///
/// A page with a client error status is rendered twice: its error summary is above the fields but
/// follows the order in which they are rendered.
#[must_use]
pub fn html(status: StatusCode, page: &impl Template) -> HttpResponse {
    let rendered = page
        .render()
        .and_then(|first| if status.is_client_error() { page.render() } else { Ok(first) });
    match rendered {
        Ok(body) => HttpResponse::build(status)
            .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(body),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// Returns a page with status 200.
#[must_use]
pub fn ok(page: &impl Template) -> HttpResponse {
    html(StatusCode::OK, page)
}

/// Returns a form with validation errors, with status 422.
#[must_use]
pub fn invalid(page: &impl Template) -> HttpResponse {
    html(StatusCode::UNPROCESSABLE_ENTITY, page)
}

/// Redirects to another page with status 303.
#[must_use]
pub fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
}

/// Redirects to another page, which shows the flash message.
#[must_use]
pub fn redirect_with_flash(session: &Session, to: &str, flash: Flash) -> HttpResponse {
    add_flash(session, flash);
    see_other(to)
}

/// Returns the address of the sign-in page. Sign-in leads to `next`; `ended` adds a note that the
/// session has ended.
#[must_use]
pub fn sign_in_address(next: Option<&str>, ended: bool) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if ended {
        query.append_pair("ended", "1");
    }
    if let Some(next) = next.filter(|next| *next != "/") {
        query.append_pair("next", next);
    }
    let query = query.finish();
    if query.is_empty() { "/login".to_owned() } else { format!("/login?{query}") }
}

const FLASH: &str = "flash";

/// Adds a flash message for the next page.
pub fn add_flash(session: &Session, flash: Flash) {
    let mut messages: Vec<Flash> = session.get(FLASH).ok().flatten().unwrap_or_default();
    messages.push(flash);
    if let Err(error) = session.insert(FLASH, messages) {
        tracing::error!(%error, "a flash message could not be stored");
    }
}

/// Removes and returns the flash messages of earlier requests.
#[must_use]
pub fn take_flash(session: &Session) -> Vec<Flash> {
    let messages = session.get(FLASH).ok().flatten();
    if messages.is_some() {
        session.remove(FLASH);
    }
    messages.unwrap_or_default()
}
