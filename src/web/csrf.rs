//! Against forged requests: a form's contents can only be had through [`Guarded`], whose extractor has checked the token
//! (or [`GuardedUpload`](super::upload::GuardedUpload), for forms that carry a file).

use super::error::WebError;
use super::kept::{self, FormPage};
use crate::app::App;
use crate::domain::chance;
use actix_session::{Session, SessionExt as _};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use std::future::Future;
use std::pin::Pin;
use subtle::ConstantTimeEq as _;

const KEY: &str = "csrf";
/// The hidden field.
pub const FIELD: &str = "csrf_token";
/// The largest form: the longest notes, several times over.
pub const MAX_BODY: usize = 512 * 1024;

/// The session's token; made when first asked for.
pub fn token(session: &Session, app: &App) -> String {
    if let Ok(Some(token)) = session.get::<String>(KEY) {
        return token;
    }
    let token = chance::token(app.env.chance.as_ref(), 24);
    if let Err(error) = session.insert(KEY, &token) {
        tracing::error!(%error, "the token of a session could not be kept");
    }
    token
}

/// The pairs of a form whose token was right, in the order in which they were sent; the token itself is left out.
#[derive(Clone, Debug)]
pub struct Guarded(pub Vec<(String, String)>);

impl Guarded {
    /// The form, if its token is that of the session.
    ///
    /// # Errors
    /// [`WebError::Forged`].
    pub(super) fn checked(session: &Session, mut pairs: Vec<(String, String)>) -> Result<Self, WebError> {
        let sent = pairs.iter().find(|(name, _)| name == FIELD).map_or("", |(_, value)| value);
        let known = session.get::<String>(KEY).ok().flatten().unwrap_or_default();
        if known.is_empty() || !bool::from(known.as_bytes().ct_eq(sent.as_bytes())) {
            return Err(WebError::Forged);
        }
        pairs.retain(|(name, _)| name != FIELD && name != kept::FIELD);
        Ok(Self(pairs))
    }

    /// The last value of a field.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The last value of a field, or nothing.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.value(name).unwrap_or("")
    }

    /// Whether a checkbox was ticked.
    #[must_use]
    pub fn ticked(&self, name: &str) -> bool {
        matches!(self.text(name), "1" | "on" | "true" | "yes")
    }
}

impl FromRequest for Guarded {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let foreign = is_foreign(req);
        let (req, session) = (req.clone(), req.get_session());
        let body = web::Bytes::from_request(&req, payload);
        let is_form = req
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .is_none_or(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        Box::pin(async move {
            let body = body.await.map_err(|_| WebError::TooLarge)?;
            if foreign || !is_form {
                return Err(WebError::Forged);
            }
            let pairs: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().collect();
            FormPage::note(&req, &pairs);
            Self::checked(&session, pairs)
        })
    }
}

/// A second lock: browsers say where a request comes from. One that says nothing is judged by its token alone.
pub(super) fn is_foreign(req: &HttpRequest) -> bool {
    let text = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some(site) => !matches!(site, "same-origin" | "none"),
        None => match (text("origin"), req.headers().get(header::HOST).and_then(|host| host.to_str().ok())) {
            (Some("null"), _) => true,
            (Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, from)| !from.eq_ignore_ascii_case(host)),
            _ => false,
        },
    }
}
