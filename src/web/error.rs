//! What the panel says when it does not do what it was asked; the statuses are decided here and
//! nowhere else.

use super::page::Chrome;
use super::respond;
use actix_web::error::PayloadError;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use askama::Template;
use domain::fault::{Code, Fault};
use services::ServiceError;
use std::fmt;
use std::io::ErrorKind;

/// Why a form was not taken for one of the panel's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgery {
    /// The browser says that another site sent it.
    Foreign,
    /// It came without any cookie that its token could belong to.
    NoCookie,
    /// Its token is missing, wrong or too old.
    Stale,
    /// It is no form.
    Malformed,
}

/// Why a request was not answered with its page.
#[derive(Debug)]
pub enum WebError {
    /// Nobody is signed in; `back` is where he wanted to go.
    SignInFirst {
        /// The address to come back to.
        back: Option<String>,
    },
    /// His role may not.
    Forbidden,
    /// There is no such page, or not for him.
    NotFound,
    /// The page has other methods.
    MethodNotAllowed {
        /// Those, for the header `Allow`.
        methods: String,
    },
    /// The form is not one of the panel's own.
    Forged(Forgery),
    /// The body was too large.
    TooLarge,
    /// The body arrived too slowly.
    TooSlow,
    /// The request was compressed.
    UnsupportedCoding,
    /// Too many tries.
    TooMany,
    /// It cannot be done as things stand.
    Refused(Fault),
    /// Somebody of a higher rank would have to do it.
    NotPermitted(Fault),
    /// The program or its database failed.
    Internal(anyhow::Error),
}

impl fmt::Display for WebError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SignInFirst { .. } => f.write_str("not signed in"),
            Self::Forbidden => f.write_str("forbidden"),
            Self::NotFound => f.write_str("not found"),
            Self::MethodNotAllowed { .. } => f.write_str("method not allowed"),
            Self::Forged(why) => write!(f, "form refused: {why:?}"),
            Self::TooLarge => f.write_str("too large"),
            Self::TooSlow => f.write_str("too slow"),
            Self::UnsupportedCoding => f.write_str("compressed request"),
            Self::TooMany => f.write_str("too many tries"),
            Self::Refused(fault) | Self::NotPermitted(fault) => f.write_str(fault.code.as_str()),
            Self::Internal(error) => error.fmt(f),
        }
    }
}

impl WebError {
    /// The error of a form that was not taken. Every such error is raised here.
    pub(super) fn forged(req: &HttpRequest, why: Forgery) -> Self {
        if why != Forgery::Foreign {
            tracing::info!(
                ?why,
                route = req.match_pattern().unwrap_or_default(),
                "a form was refused"
            );
        }
        Self::Forged(why)
    }
}

impl From<ServiceError> for WebError {
    /// Faults of a form are answered by its own page; those that get here have no form to stand in.
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::NotFound(_) => Self::NotFound,
            ServiceError::Forbidden => Self::Forbidden,
            ServiceError::Exhausted(fault) | ServiceError::Refused(fault) => Self::Refused(fault),
            ServiceError::Stale(_) | ServiceError::StaleOther => {
                Self::Refused(Fault::new(Code::ChangedMeanwhile))
            }
            ServiceError::Invalid(faults) => {
                let first = faults.iter().next().and_then(|(_, faults)| faults.first().cloned());
                Self::Refused(first.unwrap_or_else(|| Fault::new(Code::FormatInvalid)))
            }
            ServiceError::Db(error) => Self::Internal(error.into()),
            ServiceError::Internal(error) => Self::Internal(error),
        }
    }
}

impl From<actix_session::SessionInsertError> for WebError {
    fn from(error: actix_session::SessionInsertError) -> Self {
        Self::Internal(anyhow::anyhow!("a session could not be written: {error}"))
    }
}

/// The page of an error, in the frame that the request had.
#[derive(Template)]
#[template(path = "pages/error.html")]
struct ErrorPage {
    c: Chrome,
    status: u16,
    text: String,
    /// The address to try again, where looking again may help.
    again: Option<String>,
}

impl ErrorPage {
    /// Whether a search for customers may lead to what was looked for.
    fn offers_search(&self) -> bool {
        self.status == 404 && self.c.is_admin()
    }
}

/// The same for somebody who is not signed in.
#[derive(Template)]
#[template(path = "pages/error_public.html")]
struct PublicErrorPage {
    c: Chrome,
    status: u16,
    text: String,
    again: Option<String>,
}

/// Whether the form at this path is for people who are not signed in.
fn is_for_visitors(path: &str) -> bool {
    path == "/login" || path.starts_with("/password/")
}

/// Returns the page of a status in this frame. `again` is the address to try again.
fn page(
    status: StatusCode,
    key: &str,
    text: String,
    again: Option<String>,
    c: Chrome,
) -> HttpResponse {
    let title = c.t(key);
    let c = Chrome { title, crumbs: Vec::new(), lead: String::new(), ..c };
    if c.who.is_some() {
        respond::html(status, &ErrorPage { c, status: status.as_u16(), text, again })
    } else {
        respond::html(status, &PublicErrorPage { c, status: status.as_u16(), text, again })
    }
}

/// Whether the same request may succeed later.
fn may_pass(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}

/// Returns the page of an error that is not the panel's own, such as a method that an address does
/// not have.
#[must_use]
pub fn foreign(status: StatusCode, again: Option<String>, c: Chrome) -> HttpResponse {
    let key = match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => "error-forbidden",
        StatusCode::NOT_FOUND | StatusCode::GONE => "error-not-found",
        StatusCode::METHOD_NOT_ALLOWED => "error-method",
        StatusCode::REQUEST_TIMEOUT => "error-timeout",
        StatusCode::PAYLOAD_TOO_LARGE | StatusCode::URI_TOO_LONG => "error-too-large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "error-media-type",
        StatusCode::TOO_MANY_REQUESTS => "error-too-many",
        StatusCode::SERVICE_UNAVAILABLE => "error-unavailable",
        status if status.is_server_error() => "error-internal",
        _ => "error-bad-request",
    };
    let text = c.t(&format!("{key}-text"));
    page(status, key, text, again.filter(|_| may_pass(status)), c)
}

impl WebError {
    const fn text_key(&self) -> &'static str {
        match self {
            Self::SignInFirst { .. } => "error-sign-in",
            Self::Forbidden | Self::NotPermitted(_) => "error-forbidden",
            Self::NotFound => "error-not-found",
            Self::MethodNotAllowed { .. } => "error-method",
            Self::Forged(_) => "error-forged",
            Self::TooLarge => "error-too-large",
            Self::TooSlow => "error-timeout",
            Self::UnsupportedCoding => "error-unsupported-coding",
            Self::TooMany => "error-too-many",
            Self::Refused(_) => "error-refused",
            Self::Internal(_) => "error-internal",
        }
    }

    /// The error as a page in this frame. `again` is the address to try again, where that makes
    /// sense.
    #[must_use]
    pub fn page(&self, again: Option<String>, c: Chrome) -> HttpResponse {
        let key = self.text_key();
        let text = match self {
            Self::Refused(fault) | Self::NotPermitted(fault) => super::faults::text(c.lang, fault),
            Self::Forged(Forgery::Foreign) => c.t("error-forged-foreign-text"),
            Self::Forged(_) if is_for_visitors(&c.path) => c.t("error-forged-visitor-text"),
            _ => c.t(&format!("{key}-text")),
        };
        let again = match self {
            Self::Forged(_) => is_for_visitors(&c.path).then(|| c.path.clone()),
            _ => again.filter(|_| may_pass(self.status_code())),
        };
        page(self.status_code(), key, text, again, c)
    }
}

impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::SignInFirst { .. } => StatusCode::SEE_OTHER,
            Self::Forbidden | Self::NotPermitted(_) | Self::Forged(_) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::UnsupportedCoding => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Refused(_) => StatusCode::CONFLICT,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Errors become pages in [`super::frame`], which knows who asked; this is what is left where
    /// even that failed.
    fn error_response(&self) -> HttpResponse {
        if let Self::SignInFirst { back } = self {
            return respond::see_other(&respond::sign_in_address(back.as_deref(), false));
        }
        if let Self::Internal(error) = self {
            tracing::error!(error = format!("{error:#}"), "a request failed");
        }
        let mut answer = HttpResponse::build(self.status_code());
        if let Self::MethodNotAllowed { methods } = self {
            answer.insert_header((header::ALLOW, methods.as_str()));
        }
        answer.finish()
    }
}

/// The answer to an extractor's error.
pub(super) fn unreadable(req: &HttpRequest, error: &actix_web::Error) -> WebError {
    match error.as_error::<PayloadError>() {
        Some(error) => cut_off(req, error),
        None => WebError::forged(req, Forgery::Malformed),
    }
}

/// The answer to a body that could not be read to its end.
pub(super) fn cut_off(req: &HttpRequest, error: &PayloadError) -> WebError {
    match error {
        PayloadError::Overflow => WebError::TooLarge,
        PayloadError::Io(error) if error.kind() == ErrorKind::TimedOut => WebError::TooSlow,
        // Most often nobody is there any more to read the answer.
        _ => WebError::forged(req, Forgery::Malformed),
    }
}
