//! Errors of reading a request's body, as the panel answers them.

use super::error::{Forgery, WebError};
use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use std::io::ErrorKind;

/// The answer to an extractor's error.
pub(super) fn error(req: &HttpRequest, error: &actix_web::Error) -> WebError {
    match error.as_error::<PayloadError>() {
        Some(error) => payload(req, error),
        None => WebError::forged(req, Forgery::Malformed),
    }
}

/// The answer to a body that could not be read to its end.
pub(super) fn payload(req: &HttpRequest, error: &PayloadError) -> WebError {
    match error {
        PayloadError::Overflow => WebError::TooLarge,
        PayloadError::Io(error) if error.kind() == ErrorKind::TimedOut => WebError::TooSlow,
        // Most often nobody is there any more to read the answer.
        _ => WebError::forged(req, Forgery::Malformed),
    }
}
