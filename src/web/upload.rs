//! Forms with a file: the counterpart of [`VerifiedForm`] for `multipart/form-data`. It makes the
//! same checks and has a size limit of its own.

use super::csrf::VerifiedForm;
use super::error::{self, Forgery, WebError};
use super::extract::AsManager;
use actix_multipart::{Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use futures_util::TryStreamExt as _;
use services::customers::import::MAX_BYTES;
use std::future::Future;
use std::pin::Pin;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Maximum size of a form in bytes: the largest import file and the other fields.
const MAX_BODY: usize = MAX_BYTES + (64 << 10);
/// Maximum number of bytes that are read from a larger form. Most browsers show a response only
/// after they have sent the whole form, so the excess is read and discarded.
const MAX_READ: usize = MAX_BODY + (16 << 20);
/// Size in bytes above which a form is large.
const LARGE: usize = 2 << 20;
/// Limits the number of large forms that are in memory at the same time.
static LARGE_FORMS: Semaphore = Semaphore::const_new(4);

/// The fields and the file of a form with a valid token.
pub struct VerifiedUpload {
    /// All fields except the file.
    pub form: VerifiedForm,
    /// Content of the field `file`; empty if there is none.
    pub file: Vec<u8>,
    /// Permit for a large form.
    #[expect(dead_code, reason = "dropping the form releases the permit")]
    permit: Option<SemaphorePermit<'static>>,
}

impl FromRequest for VerifiedUpload {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = req
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        if !kind.starts_with("multipart/form-data") {
            let form = VerifiedForm::from_request(req, payload);
            return Box::pin(async move {
                Ok(Self { form: form.await?, file: Vec::new(), permit: None })
            });
        }
        // Only managers may upload; nothing is read for others.
        let manager = AsManager::from_request(req, &mut Payload::None);
        let parts = Multipart::from_request(req, payload);
        let req = req.clone();
        Box::pin(async move {
            manager.await?;
            let parts = parts.await.map_err(|_| WebError::forged(&req, Forgery::Malformed))?;
            let (pairs, file, permit) = read(&req, parts).await?;
            Ok(Self { form: VerifiedForm::verify(&req, pairs)?, file, permit })
        })
    }
}

/// Fields, file and permit.
type Read = (Vec<(String, String)>, Vec<u8>, Option<SemaphorePermit<'static>>);

/// Reads the whole form. The order of its parts is arbitrary, so the caller verifies the token
/// afterwards.
async fn read(req: &HttpRequest, mut parts: Multipart) -> Result<Read, WebError> {
    let (mut pairs, mut file, mut size, mut permit) = (Vec::new(), Vec::new(), 0, None);
    while let Some(mut part) = parts.try_next().await.map_err(|error| broken(req, &error))? {
        let name = part.name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = part.try_next().await.map_err(|error| broken(req, &error))? {
            size += chunk.len();
            if size > LARGE && permit.is_none() {
                permit = LARGE_FORMS.acquire().await.ok();
            }
            if size <= MAX_BODY {
                bytes.extend_from_slice(&chunk);
            } else if size > MAX_READ {
                return Err(WebError::TooLarge);
            }
        }
        // Approximate size of the part's headers.
        size += name.len() + 128;
        if name == "file" {
            file = bytes;
        } else {
            pairs.push((
                name,
                String::from_utf8(bytes).map_err(|_| WebError::forged(req, Forgery::Malformed))?,
            ));
        }
    }
    if size > MAX_BODY { Err(WebError::TooLarge) } else { Ok((pairs, file, permit)) }
}

/// Converts an error that occurred while the form was read.
fn broken(req: &HttpRequest, error: &MultipartError) -> WebError {
    tracing::debug!(%error, "a form could not be read");
    match error {
        MultipartError::Payload(error) => error::incomplete_body(req, error),
        _ => WebError::forged(req, Forgery::Malformed),
    }
}
