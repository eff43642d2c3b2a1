//! Nothing that was typed is lost when a session ends: a form that comes too late is kept, and after signing in its page is
//! shown again with what was typed. The form is never sent by the program; passwords and files are not kept.
//!
//! The forms carry their page and whose it is, sealed ([`FormPage`]): so it is known after the session, too, and nobody else can
//! make the program keep anything.

mod page;
mod refill;

pub use page::{FIELD, FormPage};

use super::csrf::{self, MAX_BODY};
use super::flash::{Flash, Tone};
use super::form::is_secret;
use super::query::Query;
use super::{extract, respond, sign_in};
use crate::app::App;
use crate::domain::id::LoginId;
use crate::services::{Command, Outcome, ServiceError, kept_forms};
use actix_session::SessionExt as _;
use actix_web::body::{BoxBody, MessageBody, to_bytes_limited};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, web};
use serde::{Deserialize, Serialize};

/// The parameter of an address by which a kept form is found.
const TOKEN: &str = "kept";
/// No page is larger.
const LARGEST_PAGE: usize = 8 << 20;

/// A form that was kept: where it posts to, and its fields.
#[derive(Serialize, Deserialize)]
struct Kept {
    action: String,
    fields: Vec<(String, String)>,
}

/// Keeps forms that were sent without a session, and fills kept ones in again.
///
/// # Errors
/// Those of the inner services.
pub async fn forms(mut req: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let app = req.app_data::<web::Data<App>>().cloned();
    if let Some(app) = &app
        && is_late(&req).await
    {
        let to = keep(app, &mut req).await;
        return Ok(req.into_response(respond::see_other(&to)));
    }
    let kept = match &app {
        Some(app) if req.method() == Method::GET => kept(app, req.request()).await,
        _ => None,
    };
    if kept.is_some() {
        respond::keep(&req.get_session(), Flash::new(Tone::Info, "flash-form-kept"));
    }
    let response = next.call(req).await?.map_into_boxed_body();
    match kept {
        Some(kept) if response.status() == StatusCode::OK => refilled(response, &kept).await,
        _ => Ok(response),
    }
}

/// Whether an address leads to a form that was kept.
#[must_use]
pub fn is_waiting(address: &str) -> bool {
    address.split_once('?').is_some_and(|(_, query)| url::form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == TOKEN))
}

/// Whether this is a form of somebody whose session is over, for a page that needs one. What comes from another site is none.
async fn is_late(req: &ServiceRequest) -> bool {
    let kind = req.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_form = req.method() == Method::POST && kind.starts_with("application/x-www-form-urlencoded");
    if !is_form || sign_in::is_public(req.path()) || req.match_pattern().is_none() || csrf::is_foreign(req.request()) {
        return false;
    }
    // Where it cannot be found out who is signed in, the page itself says so.
    matches!(extract::account(req.request().clone()).await, Ok(None))
}

/// Keeps the form, if it says whose it is; gives the address to sign in at.
async fn keep(app: &App, req: &mut ServiceRequest) -> String {
    let body = req.extract::<web::Bytes>().await.ok().filter(|body| body.len() <= MAX_BODY).unwrap_or_default();
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().collect();
    let sealed = pairs.iter().find(|(name, _)| name == FIELD).map_or("", |(_, value)| value);
    let Some(page) = FormPage::open(&app.env.sealer, sealed) else {
        return sign_in::address(referrer(req.request()).as_deref(), true);
    };
    let action = req.path().to_owned();
    let fields = pairs.into_iter().filter(|(name, _)| !is_ours(name) && !is_secret(name)).collect();
    match store(app, req.request(), page.login, &Kept { action, fields }).await {
        Ok(Some(token)) => sign_in::address(Some(&page.with(TOKEN, &token)), true),
        Ok(None) => sign_in::address(Some(&page.address), true),
        Err(error) => {
            tracing::warn!(%error, "a form could not be kept");
            sign_in::address(Some(&page.address), true)
        }
    }
}

fn is_ours(name: &str) -> bool {
    name == FIELD || name == csrf::FIELD
}

async fn store(app: &App, req: &HttpRequest, login: LoginId, kept: &Kept) -> Outcome<Option<String>> {
    let text = serde_json::to_string(kept).map_err(anyhow::Error::from)?;
    if kept.fields.is_empty() || text.len() > kept_forms::LARGEST {
        return Ok(None);
    }
    let origin = extract::origin(req, app);
    let token = app.change(&origin, async |cmd: Command<'_>| kept_forms::keep(cmd, login, &text).await).await?;
    Ok::<_, ServiceError>(Some(token))
}

/// The page that the browser says the form was on, for forms of a single button.
fn referrer(req: &HttpRequest) -> Option<String> {
    let url = url::Url::parse(req.headers().get(header::REFERER)?.to_str().ok()?).ok()?;
    let host = req.headers().get(header::HOST)?.to_str().ok()?;
    let authority = url.host_str().map(|name| url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}")))?;
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    (authority.eq_ignore_ascii_case(host)).then(|| format!("{}{query}", url.path()))
}

/// The form that the address asks for, if it is that of whoever is signed in.
async fn kept(app: &App, req: &HttpRequest) -> Option<Kept> {
    let query = Query::of(req);
    let token = Some(query.text(TOKEN)).filter(|token| !token.is_empty())?;
    let account = extract::account(req.clone()).await.ok()?.filter(|account| account.acting.is_none())?;
    let look = app.look().await.ok()?;
    let text = kept_forms::find(look.view(), &app.env.sealer, account.actor.login(), token).await.ok()??;
    serde_json::from_str(&text).ok()
}

async fn refilled(response: ServiceResponse<BoxBody>, kept: &Kept) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let (req, response) = response.into_parts();
    let (head, body) = response.into_parts();
    let body = to_bytes_limited(body, LARGEST_PAGE).await.unwrap_or_else(|_| Ok(web::Bytes::new()))?;
    let page = refill::refill(&String::from_utf8_lossy(&body), &kept.action, &kept.fields);
    Ok(ServiceResponse::new(req, head.set_body(BoxBody::new(page))))
}
