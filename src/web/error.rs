//! Errors of the panel, their HTTP statuses and pages. Handlers map an error themselves only to
//! show it in their own page.

use super::page::Chrome;
use super::respond;
use actix_web::error::PayloadError;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use askama::Template;
use domain::validation::{ErrorCode, ValidationError};
use services::ServiceError;
use std::fmt;
use std::io::ErrorKind;

/// The reason why a form was refused as a possible forgery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgery {
    /// The origin headers name another site.
    OtherOrigin,
    /// The request has no session and no cookie that the token could match.
    NoCookie,
    /// The token is missing, invalid or expired.
    Stale,
    /// The body is incomplete or not a valid form.
    Malformed,
}

/// The reason why a request failed.
#[derive(Debug)]
pub enum WebError {
    /// The request needs a session.
    SignInRequired {
        /// The address to return to after sign-in.
        back: Option<String>,
    },
    /// The account's role lacks the permission.
    Forbidden,
    /// The page does not exist or is out of the account's scope.
    NotFound,
    /// The address does not support the method.
    MethodNotAllowed {
        /// Value of the `Allow` header.
        methods: String,
    },
    Forged(Forgery),
    TooLarge,
    TooSlow,
    /// The body has an unsupported content encoding.
    UnsupportedCoding,
    /// A rate limit is exceeded.
    TooManyAttempts,
    /// The state of the data does not allow the change.
    Refused(ValidationError),
    /// The change needs a higher rank.
    NotPermitted(ValidationError),
    Internal(anyhow::Error),
}

impl fmt::Display for WebError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SignInRequired { .. } => f.write_str("not signed in"),
            Self::Forbidden => f.write_str("forbidden"),
            Self::NotFound => f.write_str("not found"),
            Self::MethodNotAllowed { .. } => f.write_str("method not allowed"),
            Self::Forged(why) => write!(f, "form refused: {why:?}"),
            Self::TooLarge => f.write_str("too large"),
            Self::TooSlow => f.write_str("too slow"),
            Self::UnsupportedCoding => f.write_str("compressed request"),
            Self::TooManyAttempts => f.write_str("too many attempts"),
            Self::Refused(error) | Self::NotPermitted(error) => f.write_str(error.code.as_str()),
            Self::Internal(error) => error.fmt(f),
        }
    }
}

impl WebError {
    /// Returns the error for a refused form and logs it, except [`Forgery::OtherOrigin`], which
    /// [`is_foreign`](super::csrf::is_foreign) has logged. Every such error is created here.
    pub(super) fn forged(req: &HttpRequest, why: Forgery) -> Self {
        if why != Forgery::OtherOrigin {
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
    /// Converts an error of a service. Handlers show validation errors in their forms; those that
    /// reach this conversion belong to a request without a form, so the first one becomes the
    /// message.
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::NotFound(_) => Self::NotFound,
            ServiceError::Forbidden => Self::Forbidden,
            ServiceError::Exhausted(error) | ServiceError::Refused(error) => Self::Refused(error),
            ServiceError::Stale(_) | ServiceError::StaleOther => {
                Self::Refused(ValidationError::new(ErrorCode::ChangedMeanwhile))
            }
            ServiceError::Invalid(errors) => {
                let first = errors.iter().next().and_then(|(_, errors)| errors.first().cloned());
                Self::Refused(
                    first.unwrap_or_else(|| ValidationError::new(ErrorCode::FormatInvalid)),
                )
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

/// The error page for signed-in accounts.
#[derive(Template)]
#[template(path = "pages/error.html")]
struct ErrorPage {
    c: Chrome,
    status: u16,
    text: String,
    /// The address to retry; `None` if a retry would not help.
    retry_address: Option<String>,
}

impl ErrorPage {
    /// Returns whether the page offers a search for customers.
    fn offers_search(&self) -> bool {
        self.status == 404 && self.c.is_manager()
    }
}

/// The error page for visitors who are not signed in.
#[derive(Template)]
#[template(path = "pages/error_public.html")]
struct PublicErrorPage {
    c: Chrome,
    status: u16,
    text: String,
    retry_address: Option<String>,
}

/// Returns whether the form at this path is for visitors who are not signed in.
pub(super) fn is_for_visitors(path: &str) -> bool {
    path == "/login" || path.starts_with("/password/")
}

/// Returns the error page for a status. `retry_address` is the address to retry.
fn page(
    status: StatusCode,
    key: &str,
    text: String,
    retry_address: Option<String>,
    c: Chrome,
) -> HttpResponse {
    let title = c.t(key);
    let c = Chrome { title, crumbs: Vec::new(), lead: String::new(), ..c };
    if c.account.is_some() {
        respond::html(status, &ErrorPage { c, status: status.as_u16(), text, retry_address })
    } else {
        respond::html(status, &PublicErrorPage { c, status: status.as_u16(), text, retry_address })
    }
}

/// Returns whether the same request may succeed later.
fn may_succeed_later(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}

/// Returns the page for an error of the framework, such as an unsupported method. `retry_address`
/// is the address to retry.
#[must_use]
pub fn framework_error_page(
    status: StatusCode,
    retry_address: Option<String>,
    c: Chrome,
) -> HttpResponse {
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
    page(status, key, text, retry_address.filter(|_| may_succeed_later(status)), c)
}

impl WebError {
    const fn text_key(&self) -> &'static str {
        match self {
            Self::SignInRequired { .. } => "error-sign-in",
            Self::Forbidden | Self::NotPermitted(_) => "error-forbidden",
            Self::NotFound => "error-not-found",
            Self::MethodNotAllowed { .. } => "error-method",
            Self::Forged(_) => "error-forged",
            Self::TooLarge => "error-too-large",
            Self::TooSlow => "error-timeout",
            Self::UnsupportedCoding => "error-unsupported-coding",
            Self::TooManyAttempts => "error-too-many",
            Self::Refused(_) => "error-refused",
            Self::Internal(_) => "error-internal",
        }
    }

    /// Returns the page for this error. `retry_address` is the address to retry, if a retry may
    /// help.
    #[must_use]
    pub fn page(&self, retry_address: Option<String>, c: Chrome) -> HttpResponse {
        let key = self.text_key();
        let text = match self {
            Self::Refused(error) | Self::NotPermitted(error) => {
                super::validation_errors::text(c.lang, error)
            }
            Self::Forged(Forgery::OtherOrigin) => c.t("error-forged-foreign-text"),
            Self::Forged(_) if is_for_visitors(&c.path) => c.t("error-forged-visitor-text"),
            _ => c.t(&format!("{key}-text")),
        };
        let retry_address = match self {
            Self::Forged(_) => is_for_visitors(&c.path).then(|| c.path.clone()),
            _ => retry_address.filter(|_| may_succeed_later(self.status_code())),
        };
        page(self.status_code(), key, text, retry_address, c)
    }
}

impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::SignInRequired { .. } => StatusCode::SEE_OTHER,
            Self::Forbidden | Self::NotPermitted(_) | Self::Forged(_) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::UnsupportedCoding => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooManyAttempts => StatusCode::TOO_MANY_REQUESTS,
            Self::Refused(_) => StatusCode::CONFLICT,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Returns a response without a page. [`super::frame`] replaces it with a page, because only
    /// that module knows the account. This response remains if the replacement fails.
    fn error_response(&self) -> HttpResponse {
        if let Self::SignInRequired { back } = self {
            return respond::see_other(&respond::sign_in_address(back.as_deref(), false));
        }
        if let Self::Internal(error) = self {
            tracing::error!(error = format!("{error:#}"), "a request failed");
        }
        let mut response = HttpResponse::build(self.status_code());
        if let Self::MethodNotAllowed { methods } = self {
            response.insert_header((header::ALLOW, methods.as_str()));
        }
        response.finish()
    }
}

/// Converts an error that occurred while the body was read.
pub(super) fn body_error(req: &HttpRequest, error: &actix_web::Error) -> WebError {
    match error.as_error::<PayloadError>() {
        Some(error) => incomplete_body(req, error),
        None => WebError::forged(req, Forgery::Malformed),
    }
}

/// Converts an error of an incomplete body.
pub(super) fn incomplete_body(req: &HttpRequest, error: &PayloadError) -> WebError {
    match error {
        PayloadError::Overflow => WebError::TooLarge,
        PayloadError::Io(error) if error.kind() == ErrorKind::TimedOut => WebError::TooSlow,
        // Usually the client has disconnected and gets no response.
        _ => WebError::forged(req, Forgery::Malformed),
    }
}
