//! Limits size and time of the request bodies of every route, and refuses compressed bodies.
//!
//! actix's extractors would decompress a body before they measure it, so the program is built
//! without decompression, and [`refuse_compressed`] responds with 415. [`limit_body`] limits size
//! and time of a body. Handlers have smaller limits of their own. Both functions return the errors
//! of the inner service.

use super::connections::ConnectionHandle;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse};
use futures_util::Stream;
use std::cell::RefCell;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep_until};
use web::error::WebError;
use web::frame;

/// Maximum size of a body on any route, in bytes.
const MAX_SIZE: u64 = 64 << 20;

/// The slowest accepted pace of a body.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Time that every body may take, whatever its size.
    pub grace: Duration,
    /// Number of received bytes that extend the time by a second.
    pub bytes_per_second: u64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { grace: Duration::from_secs(10), bytes_per_second: 4096 }
    }
}

/// Refuses compressed requests with status 415: as JSON at the paths of the API, as a page
/// elsewhere.
pub async fn refuse_compressed(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if is_plain(req.headers()) {
        return Ok(next.call(req).await?.map_into_boxed_body());
    }
    let (req, payload) = req.into_parts();
    let mut response = if api::is_api_path(req.path()) {
        api::entry::unsupported_coding(&req)
    } else {
        unsupported_coding_page(&req)
    };
    // RFC 9110, section 15.5.16: the response names the accepted encodings.
    response.headers_mut().insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    drop(payload);
    Ok(ServiceResponse::new(req, response))
}

fn is_plain(headers: &HeaderMap) -> bool {
    let known = |value: &HeaderValue| {
        let mut codings = value.as_bytes().split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
        codings.all(|coding| coding.is_empty() || coding.eq_ignore_ascii_case(b"identity"))
    };
    headers.get_all(header::CONTENT_ENCODING).all(known)
}

fn unsupported_coding_page(req: &HttpRequest) -> HttpResponse {
    WebError::UnsupportedCoding.page(None, frame::for_anonymous_page(req))
}

/// Limits size and time of the request's body. Sets the state of the connection: receiving,
/// responding or idle.
pub async fn limit_body(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    pace: Pace,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let connection = req.conn_data::<ConnectionHandle>().cloned();
    let body = match req.take_payload() {
        Payload::None => {
            connection.iter().for_each(ConnectionHandle::set_responding);
            None
        }
        payload => {
            connection.iter().for_each(ConnectionHandle::set_receiving);
            let body = Rc::new(RefCell::new(BoundedBody::new(payload, pace, connection.clone())));
            let stream: Pin<Box<dyn Stream<Item = _>>> = Box::pin(SharedBody(body.clone()));
            req.set_payload(Payload::from(stream));
            Some(body)
        }
    };
    let guard = BodyGuard { _body: body, connection };
    let response = next.call(req).await?;
    Ok(response
        .map_body(move |_, body| GuardedResponse { body: body.boxed(), _guard: guard }.boxed()))
}

/// A body that is being received.
struct BoundedBody {
    payload: Payload,
    received: u64,
    pace: Pace,
    start: Instant,
    timer: Pin<Box<Sleep>>,
    connection: Option<ConnectionHandle>,
}

impl BoundedBody {
    fn new(payload: Payload, pace: Pace, connection: Option<ConnectionHandle>) -> Self {
        let start = Instant::now();
        Self {
            payload,
            received: 0,
            pace,
            start,
            timer: Box::pin(sleep_until(start + pace.grace)),
            connection,
        }
    }

    fn deadline(&self) -> Instant {
        self.start
            + self.pace.grace
            + Duration::from_secs(self.received / self.pace.bytes_per_second.max(1))
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, PayloadError>>> {
        match Pin::new(&mut self.payload).poll_next(cx) {
            Poll::Ready(Some(Ok(chunk))) => {
                self.received += chunk.len() as u64;
                Poll::Ready(Some(if self.received > MAX_SIZE {
                    Err(PayloadError::Overflow)
                } else {
                    Ok(chunk)
                }))
            }
            Poll::Ready(None) => {
                self.connection.iter().for_each(ConnectionHandle::set_responding);
                Poll::Ready(None)
            }
            Poll::Ready(error) => Poll::Ready(error),
            Poll::Pending => {
                let deadline = self.deadline();
                if self.timer.deadline() != deadline {
                    self.timer.as_mut().reset(deadline);
                }
                match self.timer.as_mut().poll(cx) {
                    Poll::Ready(()) => {
                        Poll::Ready(Some(Err(PayloadError::Io(io::ErrorKind::TimedOut.into()))))
                    }
                    Poll::Pending => Poll::Pending,
                }
            }
        }
    }
}

/// The request's handle to the body. The response holds another one.
struct SharedBody(Rc<RefCell<BoundedBody>>);

impl Stream for SharedBody {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.borrow_mut().poll(cx)
    }
}

/// Keeps the request's body until the response has been sent, then marks the connection as idle. If
/// an unread chunked body were dropped earlier, actix would continue to read it without a limit.
/// With the body kept, actix closes the connection after the response.
struct BodyGuard {
    _body: Option<Rc<RefCell<BoundedBody>>>,
    connection: Option<ConnectionHandle>,
}

impl Drop for BodyGuard {
    fn drop(&mut self) {
        self.connection.iter().for_each(ConnectionHandle::set_idle);
    }
}

struct GuardedResponse {
    body: BoxBody,
    _guard: BodyGuard,
}

impl MessageBody for GuardedResponse {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.body).poll_next(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_uncompressed_bodies_are_plain() {
        let plain = |values: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(header::CONTENT_ENCODING, HeaderValue::from_static(value));
            }
            is_plain(&headers)
        };
        assert!(
            [&[][..], &["identity"], &["Identity", ""], &["identity, identity"]]
                .iter()
                .all(|values| plain(values))
        );
        let encoded =
            [&["br"][..], &["identity, gzip"], &["identity", "zstd"], &["x-unknown"], &["GZIP"]];
        assert!(!encoded.iter().any(|values| plain(values)));
    }
}
