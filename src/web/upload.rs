//! Forms that carry a file: the twin of [`Guarded`] for `multipart/form-data`. The same locks, and
//! a limit of its own.

use super::csrf::Guarded;
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

/// The largest form with everything in it: a file as large as an import takes, and what stands
/// around it.
const MAX_BODY: usize = MAX_BYTES + (64 << 10);
/// Of a larger one so much is read and thrown away, so that the browser has sent it and reads the
/// answer.
const MAX_READ: usize = MAX_BODY + (16 << 20);
/// A form larger than this waits until few others are as large: they lie in memory.
const LARGE: usize = 2 << 20;
/// So many large forms are read at once.
static LARGE_FORMS: Semaphore = Semaphore::const_new(4);

/// A form whose token was right, and the file that it carried, if any.
pub struct GuardedUpload {
    /// The other fields.
    pub form: Guarded,
    /// The file in the field `file`.
    pub file: Vec<u8>,
    /// The place that a large form takes, until it has been dealt with.
    #[expect(dead_code, reason = "it is given back when the form is dropped")]
    place: Option<SemaphorePermit<'static>>,
}

impl FromRequest for GuardedUpload {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = req
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        if !kind.starts_with("multipart/form-data") {
            let form = Guarded::from_request(req, payload);
            return Box::pin(async move {
                Ok(Self { form: form.await?, file: Vec::new(), place: None })
            });
        }
        // Nothing of a stranger's file is read.
        let manager = AsManager::from_request(req, &mut Payload::None);
        let parts = Multipart::from_request(req, payload);
        let req = req.clone();
        Box::pin(async move {
            manager.await?;
            let parts = parts.await.map_err(|_| WebError::forged(&req, Forgery::Malformed))?;
            let (pairs, file, place) = read(&req, parts).await?;
            Ok(Self { form: Guarded::checked(&req, pairs)?, file, place })
        })
    }
}

/// Fields, file and place.
type Read = (Vec<(String, String)>, Vec<u8>, Option<SemaphorePermit<'static>>);

/// Reads the whole form, whatever its order; the token is looked at afterwards.
async fn read(req: &HttpRequest, mut parts: Multipart) -> Result<Read, WebError> {
    let (mut pairs, mut file, mut size, mut place) = (Vec::new(), Vec::new(), 0, None);
    while let Some(mut part) = parts.try_next().await.map_err(|error| broken(req, &error))? {
        let name = part.name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = part.try_next().await.map_err(|error| broken(req, &error))? {
            size += chunk.len();
            if size > LARGE && place.is_none() {
                place = LARGE_FORMS.acquire().await.ok();
            }
            if size <= MAX_BODY {
                bytes.extend_from_slice(&chunk);
            } else if size > MAX_READ {
                return Err(WebError::TooLarge);
            }
        }
        // Each part is a little more than its contents.
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
    if size > MAX_BODY { Err(WebError::TooLarge) } else { Ok((pairs, file, place)) }
}

/// The form could not be read to its end.
fn broken(req: &HttpRequest, error: &MultipartError) -> WebError {
    tracing::debug!(%error, "a form could not be read");
    match error {
        MultipartError::Payload(error) => error::cut_off(req, error),
        _ => WebError::forged(req, Forgery::Malformed),
    }
}
