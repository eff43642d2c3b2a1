//! Protection against cross-site request forgery: a form's fields can only be had through
//! [`Guarded`], whose extractor has checked the token (or
//! [`GuardedUpload`](super::upload::GuardedUpload), for forms that carry a file).
//!
//! The token of a session lies in the session. A visitor without one has it in a signed cookie
//! ([`cookie`]), so that opening the sign-in form writes nothing. Pages show it masked.

pub mod cookie;
mod origin;
pub(super) mod secret;

pub(super) use origin::is_foreign;

use super::error::{Forgery, WebError};
use super::form_page::{self, FormPage};
use super::{error, session};
use actix_session::SessionExt as _;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use secret::{KEY, establish};
use services::app::App;
use std::future::Future;
use std::pin::Pin;

/// The hidden field.
pub const FIELD: &str = "csrf_token";
/// The largest form: the longest notes, several times over.
pub const MAX_BODY: usize = 512 * 1024;

/// Returns the token for the forms of a page: that of the session, or of the visitor's cookie.
#[must_use]
pub fn token(req: &HttpRequest, app: &App) -> String {
    let session = req.get_session();
    let secret = match session.get::<String>(KEY) {
        Ok(Some(secret)) => secret,
        _ if session::is_begun(&session) => establish(&session, app),
        _ => cookie::secret(req, app),
    };
    secret::mask(app.env.chance.as_ref(), &secret)
}

/// The pairs of a form whose token was right, in the order in which they were sent; the token
/// itself is left out.
#[derive(Clone, Debug)]
pub struct Guarded(pub Vec<(String, String)>);

impl Guarded {
    /// Returns the form if it comes from one of this browser's pages.
    ///
    /// # Errors
    /// [`WebError::Forged`].
    pub(super) fn checked(
        req: &HttpRequest,
        mut pairs: Vec<(String, String)>,
    ) -> Result<Self, WebError> {
        if is_foreign(req) {
            return Err(WebError::forged(req, Forgery::Foreign));
        }
        let sent = pairs.iter().find(|(name, _)| name == FIELD).map_or("", |(_, value)| value);
        let known = secrets(req);
        if !known.iter().any(|known| secret::is_of(known, sent)) {
            return Err(WebError::forged(
                req,
                if known.is_empty() { Forgery::NoCookie } else { Forgery::Stale },
            ));
        }
        pairs.retain(|(name, _)| name != FIELD && name != form_page::FIELD);
        Ok(Self(without_opposites(pairs)))
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

/// Leaves out what stands before a switch that is on and before ticked boxes: the value that would
/// count without them.
fn without_opposites(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    pairs.dedup_by(|next, before| {
        let is_opposite =
            next.0 == before.0 && !next.1.is_empty() && matches!(before.1.as_str(), "0" | "");
        if is_opposite {
            // The one that goes is the later one of the two.
            std::mem::swap(next, before);
        }
        is_opposite
    });
    pairs
}

/// The secrets that a token of this browser's pages may be made of. The cookie counts only where
/// nobody is signed in.
fn secrets(req: &HttpRequest) -> Vec<String> {
    let session = req.get_session();
    let of_session = session.get::<String>(KEY).ok().flatten();
    let of_cookie = if session::is_begun(&session) { None } else { cookie::sent(req) };
    of_session.into_iter().chain(of_cookie).filter(|secret| !secret.is_empty()).collect()
}

impl FromRequest for Guarded {
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
            let sent = sent.await.map_err(|error| error::unreadable(&req, &error))?;
            if !is_form {
                return Err(WebError::forged(&req, Forgery::Malformed));
            }
            let pairs: Vec<(String, String)> =
                url::form_urlencoded::parse(&sent).into_owned().collect();
            FormPage::note(&req, &pairs);
            Self::checked(&req, pairs)
        })
    }
}
