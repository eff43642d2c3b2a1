//! Preserves submitted forms when a session ends. A form that arrives without a session is kept.
//! After sign-in, its page is shown with the submitted values. The user submits the form again.
//! Passwords and other secrets are not kept, nor are forms with files.
//!
//! Each form carries sealed metadata with its account and page ([`FormPage`]). It identifies the
//! owner after the session has ended. Forms without it are not kept, so visitors cannot fill the
//! database.

mod refill;
mod tag;

use super::csrf::{self, MAX_BODY};
use super::error::{WebError, is_for_visitors};
use super::flash::{Flash, Tone};
use super::form::{is_secret, is_token};
use super::form_page::{FIELD, FormPage, TOKEN};
use super::page::Chrome;
use super::query::Query;
use super::{extract, respond};
use actix_web::body::{BodySize, BoxBody, MessageBody, to_bytes};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, web};
use askama::Template;
use domain::account::Language;
use domain::id::LoginId;
use serde::{Deserialize, Serialize};
use services::app::App;
use services::{Command, Outcome, ServiceError, kept_forms};

/// Maximum size in bytes of a page that is refilled.
const MAX_PAGE_BYTES: u64 = 8 << 20;

/// A kept form: the address that it posts to, and its fields.
#[derive(Serialize, Deserialize)]
struct KeptForm {
    action: String,
    fields: Vec<(String, String)>,
}

/// Middleware that keeps forms without a session and refills kept ones. Passes on the errors of
/// inner services.
pub async fn keep_and_refill(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let app = req.app_data::<web::Data<App>>().cloned();
    if let Some(app) = &app
        && is_form_without_session(&req).await
    {
        let body = req
            .extract::<web::Bytes>()
            .await
            .ok()
            .filter(|body| body.len() <= MAX_BODY)
            .unwrap_or_default();
        // Nobody is signed in, so the handler refuses the request. The form is kept, unless the
        // address has no handler.
        let response = next.call(req).await?.map_into_boxed_body();
        if has_no_handler(&response) {
            return Ok(response);
        }
        let to = keep(app, response.request(), &body).await;
        return Ok(response.into_response(respond::see_other(&to)));
    }
    let kept = match &app {
        Some(app) if req.method() == Method::GET => find_kept(app, req.request()).await,
        _ => None,
    };
    let response = next.call(req).await?.map_into_boxed_body();
    match kept {
        Some((kept, lang)) if can_be_refilled(&response) => {
            refill_response(response, &kept, lang).await
        }
        _ => Ok(response),
    }
}

/// Returns whether the address does not exist or does not support the method.
fn has_no_handler(response: &ServiceResponse<BoxBody>) -> bool {
    let error = response.response().error().and_then(|error| error.as_error::<WebError>());
    matches!(error, Some(WebError::NotFound | WebError::MethodNotAllowed { .. }))
}

/// Returns whether an address contains the token of a kept form.
#[must_use]
pub fn has_kept_form(address: &str) -> bool {
    address.split_once('?').is_some_and(|(_, query)| {
        url::form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == TOKEN)
    })
}

/// Returns whether the request is a form for a page that needs a session, and no account is signed
/// in. Forms from other sites do not count.
async fn is_form_without_session(req: &ServiceRequest) -> bool {
    let kind = req
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let is_form =
        req.method() == Method::POST && kind.starts_with("application/x-www-form-urlencoded");
    if !is_form
        || is_for_visitors(req.path())
        || req.path() == "/logout"
        || req.match_pattern().is_none()
        || csrf::is_foreign(req.request())
    {
        return false;
    }
    // If the account cannot be read, the page shows the error.
    matches!(extract::account(req.request().clone()).await, Ok(None))
}

/// Keeps a form if its metadata is valid. Returns the sign-in address that leads back to its page.
async fn keep(app: &App, req: &HttpRequest, body: &[u8]) -> String {
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(body).into_owned().collect();
    let sealed = pairs.iter().find(|(name, _)| name == FIELD).map_or("", |(_, value)| value);
    let Some(page) = FormPage::open(&app.env.sealer, sealed) else {
        return respond::sign_in_address(referrer(req).as_deref(), true);
    };
    let action = req.path().to_owned();
    let fields =
        pairs.into_iter().filter(|(name, _)| !is_token(name) && !is_secret(name)).collect();
    match store(app, req, page.login, &KeptForm { action, fields }).await {
        Ok(Some(token)) => respond::sign_in_address(Some(&page.address_with(TOKEN, &token)), true),
        Ok(None) => respond::sign_in_address(Some(&page.address), true),
        Err(error) => {
            tracing::warn!(%error, "a submitted form could not be kept until sign-in");
            respond::sign_in_address(Some(&page.address), true)
        }
    }
}

async fn store(
    app: &App,
    req: &HttpRequest,
    login: LoginId,
    kept: &KeptForm,
) -> Outcome<Option<String>> {
    let text = serde_json::to_string(kept).map_err(anyhow::Error::from)?;
    if kept.fields.is_empty() || text.len() > kept_forms::MAX_SIZE {
        return Ok(None);
    }
    let origin = extract::origin(req, app);
    let token = app
        .change(&origin, async |cmd: Command<'_>| kept_forms::store(cmd, login, &text).await)
        .await?;
    Ok::<_, ServiceError>(Some(token))
}

/// Returns path and query of the form's page from the `Referer` header. Some forms have no
/// metadata, such as those with a single button.
fn referrer(req: &HttpRequest) -> Option<String> {
    let url = url::Url::parse(req.headers().get(header::REFERER)?.to_str().ok()?).ok()?;
    let host = req.headers().get(header::HOST)?.to_str().ok()?;
    let authority = url
        .host_str()
        .map(|name| url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}")))?;
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    (authority.eq_ignore_ascii_case(host)).then(|| format!("{}{query}", url.path()))
}

/// Returns the kept form that the address names, and the language of its owner, if the owner is
/// signed in.
async fn find_kept(app: &App, req: &HttpRequest) -> Option<(KeptForm, Language)> {
    let query = Query::of(req);
    let token = Some(query.text(TOKEN)).filter(|token| !token.is_empty())?;
    let account = extract::account(req.clone())
        .await
        .ok()?
        .filter(|account| account.impersonator.is_none())?;
    let snapshot = app.open_view().await.ok()?;
    let text = kept_forms::find(snapshot.view(), &app.env.sealer, account.actor.login(), token)
        .await
        .ok()??;
    Some((serde_json::from_str(&text).ok()?, account.language))
}

/// Returns whether a response is a page of limited size. Other responses, such as downloads, remain
/// unchanged.
fn can_be_refilled(response: &ServiceResponse<BoxBody>) -> bool {
    let kind = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let size = response.response().body().size();
    let fits = matches!(size, BodySize::Sized(size) if size <= MAX_PAGE_BYTES);
    response.status() == StatusCode::OK && kind.starts_with("text/html") && fits
}

/// Returns the page with the form refilled below a notice, or the unchanged page if it does not
/// have that form.
async fn refill_response(
    response: ServiceResponse<BoxBody>,
    kept: &KeptForm,
    lang: Language,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let (req, response) = response.into_parts();
    let (head, body) = response.into_parts();
    let body = to_bytes(body).await?;
    let page = std::str::from_utf8(&body)
        .ok()
        .and_then(|page| refill::refill(page, &kept.action, &kept.fields, &render_notice(lang)));
    let body = page.map_or_else(|| BoxBody::new(body), BoxBody::new);
    Ok(ServiceResponse::new(req, head.set_body(body)))
}

#[derive(Template)]
#[template(path = "partials/kept.html")]
struct Notice {
    c: Chrome,
}

fn render_notice(lang: Language) -> String {
    let flash = vec![Flash::new(Tone::Info, "flash-form-kept")];
    let notice = Notice { c: Chrome { lang, flash, ..Chrome::default() } };
    notice.render().unwrap_or_else(|error| {
        tracing::error!(%error, "a notice could not be rendered");
        String::new()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::HttpResponse;
    use actix_web::test::TestRequest;

    const FORM: &str =
        r#"<form method="post" action="/x"><input type="text" name="a" value=""></form>"#;

    async fn refill(kind: &str, page: String) -> (bool, String) {
        let kept = KeptForm {
            action: "/x".to_owned(),
            fields: vec![("a".to_owned(), "typed".to_owned())],
        };
        let response = TestRequest::default()
            .to_srv_response(HttpResponse::Ok().content_type(kind).body(page));
        let can = can_be_refilled(&response);
        let response = if can {
            refill_response(response, &kept, Language::default()).await.unwrap()
        } else {
            response
        };
        let body = to_bytes(response.into_body()).await.unwrap();
        (can, String::from_utf8(body.to_vec()).unwrap())
    }

    #[actix_web::test]
    async fn refilled_pages_have_a_notice() {
        let (_, page) = refill("text/html; charset=utf-8", format!("<h1>x</h1>{FORM}")).await;
        assert!(page.contains("value=\"typed\"") && page.contains("role=\"status\""), "{page}");
        let other = "<form method=\"post\" action=\"/y\"></form>".to_owned();
        assert_eq!(
            refill("text/html; charset=utf-8", other.clone()).await,
            (true, other),
            "another form"
        );
    }

    #[actix_web::test]
    async fn other_responses_and_large_pages_stay_unchanged() {
        assert_eq!(
            refill("text/csv; charset=utf-8", FORM.to_owned()).await,
            (false, FORM.to_owned())
        );
        let large = format!("{FORM}{}", " ".repeat(usize::try_from(MAX_PAGE_BYTES).unwrap()));
        let (can, page) = refill("text/html; charset=utf-8", large.clone()).await;
        assert!(!can && page == large);
    }
}
