//! Pages and redirects.

use super::flash::Flash;
use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;

/// A page. It shows what one person may see, so no cache keeps it.
///
/// A refused form is rendered twice: its summary of errors stands above the fields whose order it
/// follows.
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

/// A page that answers its request.
#[must_use]
pub fn ok(page: &impl Template) -> HttpResponse {
    html(StatusCode::OK, page)
}

/// A form that comes back with its faults.
#[must_use]
pub fn invalid(page: &impl Template) -> HttpResponse {
    html(StatusCode::UNPROCESSABLE_ENTITY, page)
}

/// On to another page.
#[must_use]
pub fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
}

/// On to another page, which shows the message once.
#[must_use]
pub fn done(session: &Session, to: &str, flash: Flash) -> HttpResponse {
    keep(session, flash);
    see_other(to)
}

/// Returns the address to sign in at, on the way to `next`; `ended` says that the session of a
/// signed-in account ended.
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

/// Leaves a message for the next page.
pub fn keep(session: &Session, flash: Flash) {
    let mut waiting: Vec<Flash> = session.get(FLASH).ok().flatten().unwrap_or_default();
    waiting.push(flash);
    if let Err(error) = session.insert(FLASH, waiting) {
        tracing::error!(%error, "a message could not be kept");
    }
}

/// Takes the messages that the page before left.
#[must_use]
pub fn take_flash(session: &Session) -> Vec<Flash> {
    let waiting = session.get(FLASH).ok().flatten();
    if waiting.is_some() {
        session.remove(FLASH);
    }
    waiting.unwrap_or_default()
}
