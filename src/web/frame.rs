//! The frame of a page: account, language, theme, token and messages.

use super::error::{self, WebError};
use super::extract;
use super::form_page::FormPage;
use super::nav::Role;
use super::page::{Chrome, SignedInAccount};
use super::{csrf, respond};
use actix_session::SessionExt as _;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, web};
use auth::accounts::Account;
use auth::actor::Actor;
use domain::account::Language;
use edge::language;
use services::app::App;
use services::audit::sign_ins::{Refusal, record_refusal};
use services::security_log::{self, Event};
use services::{Command, ServiceError};

/// Returns the frame for a signed-in account.
#[must_use]
pub fn of(req: &HttpRequest, app: &App, account: &Account) -> Chrome {
    Chrome {
        theme: account.theme,
        csrf_token: csrf::token(req, app),
        form_page: FormPage::field(req, app, account),
        account: Some(signed_in_account(account, extract::is_api_enabled(req))),
        outages: extract::outages(req),
        ..in_language(req, account.language)
    }
}

/// Returns the frame of a page with a form for a visitor. The `Accept-Language` header decides the
/// language.
#[must_use]
pub fn for_visitor(req: &HttpRequest, app: &App) -> Chrome {
    Chrome { csrf_token: csrf::token(req, app), ..for_anonymous_page(req) }
}

/// Returns the frame of a page without forms for a visitor. It issues no CSRF token, so crawlers
/// get no cookie.
#[must_use]
pub fn for_anonymous_page(req: &HttpRequest) -> Chrome {
    in_language(req, language::accepted(req))
}

/// Returns a frame with this language, and with the flash messages and the path of the request.
fn in_language(req: &HttpRequest, lang: Language) -> Chrome {
    Chrome {
        lang,
        flash: respond::take_flash(&req.get_session()),
        path: req.path().to_owned(),
        ..Chrome::default()
    }
}

fn signed_in_account(account: &Account, is_api_enabled: bool) -> SignedInAccount {
    let role = match &account.actor {
        Actor::Customer(_) => Role::Customer,
        Actor::Manager(manager) if manager.as_server_admin().is_some() => Role::ServerAdmin,
        Actor::Manager(manager) if manager.sees_all() => Role::Admin,
        Actor::Manager(_) => Role::Reseller,
    };
    SignedInAccount {
        loginname: account.actor.login_name().to_owned(),
        name: account.name.clone(),
        role,
        acting_admin: account.impersonator.as_ref().map(|acting| acting.login_name.clone()),
        acting_lang: account
            .impersonator
            .as_ref()
            .map(|acting| acting.language)
            .unwrap_or_default(),
        can_manage_api_keys: is_api_enabled
            && account.api_allowed
            && account.impersonator.is_none(),
    }
}

/// Returns whether the browser sent the cookie of a session that has ended.
fn had_session(req: &HttpRequest) -> bool {
    let sent = req
        .cookies()
        .is_ok_and(|cookies| cookies.iter().any(|cookie| cookie.name().ends_with("clientele")));
    sent && req.get_session().entries().is_empty()
}

/// Middleware that converts errors to pages in the frame of the account. It handles errors of
/// handlers and extractors, and bare statuses of the framework, such as 405. An error that inner
/// services return instead of a response is passed on.
pub async fn errors_as_pages(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    // Routing needs the only reference to the request, so none may be held across the call.
    let response = next.call(req).await?.map_into_boxed_body();
    let status = response.status();
    let web_error = response.response().error().and_then(|error| error.as_error::<WebError>());
    if let Some(WebError::SignInRequired { back }) = web_error {
        let to = respond::sign_in_address(back.as_deref(), had_session(response.request()));
        return Ok(response.into_response(respond::see_other(&to)));
    }
    if web_error.is_none() && !is_bare_error(response.response()) {
        return Ok(response);
    }
    let req = response.request().clone();
    let Some(app) = req.app_data::<web::Data<App>>() else { return Ok(response) };
    // An address without a handler has not read the account yet. If reading it fails, the page has
    // the frame of a visitor.
    let account = extract::account(req.clone()).await.ok().flatten();
    if let Some(error) = response.response().error().and_then(|error| error.as_error::<WebError>())
    {
        log_refusal(&req, app, account.as_ref(), error).await;
    }
    let chrome = match &account {
        Some(account) => of(&req, app, account),
        None => for_anonymous_page(&req),
    };
    let retry_address = (req.method() == Method::GET)
        .then(|| req.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned());
    let mut page = match response.response().error().and_then(|error| error.as_error::<WebError>())
    {
        Some(error) => error.page(retry_address, chrome),
        None => error::framework_error_page(status, retry_address, chrome),
    };
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    Ok(response.into_response(page))
}

/// Records a request that may be an attack in the security log and, for a signed-in account, in the
/// audit log.
async fn log_refusal(req: &HttpRequest, app: &App, account: Option<&Account>, error: &WebError) {
    let (event, refusal) = match error {
        WebError::Forbidden => (Event::Forbidden, Refusal::Forbidden),
        WebError::Forged(_) => (Event::Forged, Refusal::Forged),
        _ => return,
    };
    let origin = extract::origin(req, app);
    security_log::log_event(
        event,
        &origin.address,
        account.map_or("", |account| account.actor.login_name()),
    );
    let Some(account) = account else { return };
    let request = format!("{} {}", req.method(), req.match_pattern().unwrap_or_default());
    let recorded = app
        .change(&origin, async |cmd: Command<'_>| {
            record_refusal(cmd, &account.actor, refusal, &request).await
        })
        .await;
    recorded.unwrap_or_else(
        |error: ServiceError| tracing::warn!(%error, "a refused request could not be audited"),
    );
}

/// Returns whether a response is an error without a page. The framework gives such errors no body
/// or a plain text for developers.
fn is_bare_error(response: &HttpResponse) -> bool {
    let is_text = |value: &header::HeaderValue| value.as_bytes().starts_with(b"text/plain");
    let plain = response.headers().get(header::CONTENT_TYPE).is_none_or(is_text);
    let is_error = response.status().is_client_error() || response.status().is_server_error();
    is_error
        && plain
        && (response.error().is_some()
            || matches!(response.body().size(), BodySize::None | BodySize::Sized(0)))
}
