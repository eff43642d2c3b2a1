//! The frame of a page: who is signed in, in which language and theme, with which token and
//! messages.

use super::error::{self, WebError};
use super::extract;
use super::form_page::FormPage;
use super::nav::Role;
use super::page::{Chrome, Theme, Who};
use super::{csrf, respond};
use actix_session::SessionExt as _;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, web};
use auth::accounts::Account;
use auth::actor::Actor;
use edge::language;
use services::app::App;
use services::audit::sign_ins::{Refusal, record_refusal};
use services::security_log::{self, Event};
use services::{Command, ServiceError};

/// The frame for whoever is signed in.
#[must_use]
pub fn of(req: &HttpRequest, app: &App, account: &Account) -> Chrome {
    let mut chrome = bare(req, app);
    chrome.lang = account.language;
    chrome.theme = account.theme;
    chrome.outages = extract::outages(req);
    chrome.form_page = FormPage::field(req, app, account);
    chrome.who = Some(who(account, extract::api_is_open(req)));
    chrome
}

/// The frame for somebody who is not signed in, on a page with a form; the browser says which
/// language.
#[must_use]
pub fn bare(req: &HttpRequest, app: &App) -> Chrome {
    Chrome { csrf_token: csrf::token(req, app), ..stranger(req) }
}

/// The frame of a page without forms: looking at it begins no session, so that robots leave no rows
/// behind.
#[must_use]
pub fn stranger(req: &HttpRequest) -> Chrome {
    let session = req.get_session();
    Chrome {
        lang: language::accepted(req),
        theme: Theme::System,
        flash: respond::take_flash(&session),
        path: req.path().to_owned(),
        ..Chrome::default()
    }
}

fn who(account: &Account, api_is_open: bool) -> Who {
    let role = match &account.actor {
        Actor::Customer(_) => Role::Customer,
        Actor::Manager(manager) if manager.as_server_admin().is_some() => Role::ServerAdmin,
        Actor::Manager(manager) if manager.sees_all() => Role::Admin,
        Actor::Manager(_) => Role::Reseller,
    };
    Who {
        loginname: account.actor.login_name().to_owned(),
        name: account.name.clone(),
        role,
        acting_admin: account.acting.as_ref().map(|acting| acting.login_name.clone()),
        acting_lang: account.acting.as_ref().map(|acting| acting.language).unwrap_or_default(),
        has_api_keys: api_is_open && account.api_allowed && account.acting.is_none(),
    }
}

/// Whether the browser came with a session that is over: its cookie is there, and nothing stands
/// behind it.
fn had_session(req: &HttpRequest) -> bool {
    let sent = req
        .cookies()
        .is_ok_and(|cookies| cookies.iter().any(|cookie| cookie.name().ends_with("clientele")));
    sent && req.get_session().entries().is_empty()
}

/// Turns errors into pages in the frame of whoever asked: those of handlers, those of extractors,
/// and bare statuses of the framework such as a method that an address does not have.
///
/// # Errors
/// Those of the inner services, which answer errors of handlers as responses.
pub async fn errors_as_pages(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    // The request must not be held across the call: routing wants it alone.
    let response = next.call(req).await?.map_into_boxed_body();
    let status = response.status();
    let own = response.response().error().and_then(|error| error.as_error::<WebError>());
    if let Some(WebError::SignInFirst { back }) = own {
        let to = respond::sign_in_address(back.as_deref(), had_session(response.request()));
        return Ok(response.into_response(respond::see_other(&to)));
    }
    if own.is_none() && !is_bare_error(response.response()) {
        return Ok(response);
    }
    let req = response.request().clone();
    let Some(app) = req.app_data::<web::Data<App>>() else { return Ok(response) };
    // An address without a handler has asked for no account. Where reading it fails, the page is
    // that of a stranger.
    let account = extract::account(req.clone()).await.ok().flatten();
    if let Some(error) = response.response().error().and_then(|error| error.as_error::<WebError>())
    {
        note_refusal(&req, app, account.as_ref(), error).await;
    }
    let chrome = match &account {
        Some(account) => of(&req, app, account),
        None => stranger(&req),
    };
    let again = (req.method() == Method::GET)
        .then(|| req.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned());
    let mut page = match response.response().error().and_then(|error| error.as_error::<WebError>())
    {
        Some(error) => error.page(again, chrome),
        None => error::foreign(status, again, chrome),
    };
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    Ok(response.into_response(page))
}

/// Tells the log, and the audit trail where somebody is signed in, of requests that may be an
/// attack.
async fn note_refusal(req: &HttpRequest, app: &App, account: Option<&Account>, error: &WebError) {
    let (event, refusal) = match error {
        WebError::Forbidden => (Event::Forbidden, Refusal::Forbidden),
        WebError::Forged(_) => (Event::Forged, Refusal::Forged),
        _ => return,
    };
    let origin = extract::origin(req, app);
    security_log::tell(
        event,
        &origin.address,
        account.map_or("", |account| account.actor.login_name()),
    );
    let Some(account) = account else { return };
    let request = format!("{} {}", req.method(), req.match_pattern().unwrap_or_default());
    let noted = app
        .change(&origin, async |cmd: Command<'_>| {
            record_refusal(cmd, &account.actor, refusal, &request).await
        })
        .await;
    noted.unwrap_or_else(
        |error: ServiceError| tracing::warn!(%error, "a refused request could not be audited"),
    );
}

/// An error without a page: the framework gives it no text, or plain text that is meant for nobody.
fn is_bare_error(response: &HttpResponse) -> bool {
    let is_text = |value: &header::HeaderValue| value.as_bytes().starts_with(b"text/plain");
    let plain = response.headers().get(header::CONTENT_TYPE).is_none_or(is_text);
    let is_error = response.status().is_client_error() || response.status().is_server_error();
    is_error
        && plain
        && (response.error().is_some()
            || matches!(response.body().size(), BodySize::None | BodySize::Sized(0)))
}
