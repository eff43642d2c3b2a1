//! Protection against cross-site request forgery (CSRF). Handlers get the fields of a form only
//! through [`VerifiedForm`] or, for file uploads,
//! [`VerifiedUpload`](super::upload::VerifiedUpload). Their extractors verify the token.
//!
//! The token of a session is stored in the session. A visitor without one has it in a signed cookie
//! ([`cookie`]), so that opening the sign-in form writes nothing to the database. Pages contain it
//! masked.

pub mod cookie;
mod origin;
pub(super) mod secret;

pub(super) use origin::is_foreign;

use super::error::{Forgery, WebError};
use super::form::is_token;
use super::form_page::FormPage;
use super::{error, session};
use actix_session::SessionExt as _;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use secret::{FIELD, KEY, ensure_token};
use services::app::App;
use std::future::Future;
use std::pin::Pin;

/// Maximum size of a form in bytes; several times the longest notes.
pub const MAX_BODY: usize = 512 * 1024;

/// Returns the masked token for the forms of a page. It is that of the session or of the visitor's
/// cookie; if there is none, it is created.
#[must_use]
pub fn token(req: &HttpRequest, app: &App) -> String {
    let session = req.get_session();
    let secret = match session.get::<String>(KEY) {
        Ok(Some(secret)) => secret,
        _ if session::has_signed_in(&session) => ensure_token(&session, app),
        _ => cookie::ensure_secret(req, app),
    };
    secret::mask(app.env.random.as_ref(), &secret)
}

/// The fields of a form with a valid token, in the order of submission and without the token.
#[derive(Clone, Debug)]
pub struct VerifiedForm(pub Vec<(String, String)>);

impl VerifiedForm {
    /// Returns the form if its origin and token are valid.
    ///
    /// # Errors
    /// [`WebError::Forged`].
    pub(super) fn verify(
        req: &HttpRequest,
        mut pairs: Vec<(String, String)>,
    ) -> Result<Self, WebError> {
        if is_foreign(req) {
            return Err(WebError::forged(req, Forgery::OtherOrigin));
        }
        let sent = pairs.iter().find(|(name, _)| name == FIELD).map_or("", |(_, value)| value);
        let known = secrets(req);
        if !known.iter().any(|known| secret::matches(known, sent)) {
            return Err(WebError::forged(
                req,
                if known.is_empty() { Forgery::NoCookie } else { Forgery::Stale },
            ));
        }
        pairs.retain(|(name, _)| !is_token(name));
        Ok(Self(without_hidden_defaults(pairs)))
    }

    /// Returns the last value of a field.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the last value of a field; empty if the form does not have it.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.value(name).unwrap_or("")
    }

    /// Returns whether a checkbox was checked.
    #[must_use]
    pub fn is_checked(&self, name: &str) -> bool {
        matches!(self.text(name), "1" | "on" | "true" | "yes")
    }
}

/// Removes the hidden defaults of checked boxes. A page has a hidden field with the value `0`
/// before a switch, and with an empty value before a group, so that an unchecked box is submitted,
/// too.
fn without_hidden_defaults(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    pairs.dedup_by(|next, before| {
        let is_hidden_default =
            next.0 == before.0 && !next.1.is_empty() && matches!(before.1.as_str(), "0" | "");
        if is_hidden_default {
            // `dedup_by` removes `next`, but the value to remove is `before`.
            std::mem::swap(next, before);
        }
        is_hidden_default
    });
    pairs
}

/// Returns the valid secrets for this request. The cookie counts only if nobody is signed in.
fn secrets(req: &HttpRequest) -> Vec<String> {
    let session = req.get_session();
    let of_session = session.get::<String>(KEY).ok().flatten();
    let of_cookie = if session::has_signed_in(&session) { None } else { cookie::valid_secret(req) };
    of_session.into_iter().chain(of_cookie).filter(|secret| !secret.is_empty()).collect()
}

impl FromRequest for VerifiedForm {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let sent = web::Bytes::from_request(req, payload);
        let is_form = req
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .is_none_or(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        let req = req.clone();
        Box::pin(async move {
            let sent = sent.await.map_err(|error| error::body_error(&req, &error))?;
            if !is_form {
                return Err(WebError::forged(&req, Forgery::Malformed));
            }
            let pairs: Vec<(String, String)> =
                url::form_urlencoded::parse(&sent).into_owned().collect();
            FormPage::store_submitted(&req, &pairs);
            Self::verify(&req, pairs)
        })
    }
}
