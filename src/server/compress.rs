//! Compression of responses. A response of known length is compressed as a whole and sent in one
//! piece with its length. In several pieces, the second one would wait for the client's delayed
//! acknowledgement. Streams are compressed part by part.

use actix_web::HttpMessage;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ResponseHead, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    self, AcceptEncoding, ContentEncoding, Encoding, Header as _, HeaderValue,
};
use actix_web::middleware::Next;
use actix_web::web::{self, Bytes};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{self, Write as _};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Minimum size of a response to compress, in bytes. A shorter one fits into one packet anyway.
const MIN_SIZE: usize = 1024;
/// Maximum size, in bytes, of a response that is compressed on the thread of its request. Longer
/// ones are compressed on a blocking thread.
const MAX_IN_PLACE: usize = 128 << 10;
/// Brotli's quality. A list page of 80 KB becomes 7.3 KB; quality 4 makes 6.9 KB and takes a third
/// longer.
const BROTLI_QUALITY: u32 = 3;
/// gzip's level. The same page becomes 10 KB in two thirds of Brotli's time; level 3 makes 7.4 KB
/// and takes twice as long.
const GZIP_LEVEL: u32 = 1;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    Brotli,
    Gzip,
}

impl Coding {
    /// Returns the coding that the client prefers, or Brotli if it prefers none. Returns `None` if
    /// it accepts neither.
    fn accepted(req: &impl HttpMessage) -> Option<Self> {
        let known = [Encoding::brotli(), Encoding::gzip()];
        let chosen = AcceptEncoding::parse(req).ok()?.negotiate(known.iter())?;
        match chosen {
            Encoding::Known(ContentEncoding::Brotli) => Some(Self::Brotli),
            Encoding::Known(ContentEncoding::Gzip) => Some(Self::Gzip),
            _ => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    fn encode(self, body: &[u8]) -> io::Result<Vec<u8>> {
        let out = Vec::with_capacity(body.len() / 4);
        match self {
            Self::Brotli => {
                // A window that is larger than the body only costs memory, which has to be cleared.
                let window = body.len().next_power_of_two().ilog2().clamp(10, 22);
                let mut writer = brotli::CompressorWriter::new(out, 4096, BROTLI_QUALITY, window);
                writer.write_all(body)?;
                Ok(writer.into_inner())
            }
            Self::Gzip => {
                let mut writer = GzEncoder::new(out, Compression::new(GZIP_LEVEL));
                writer.write_all(body)?;
                writer.finish()
            }
        }
    }
}

/// Compresses the response if the client accepts it, and type and length of the response make it
/// worthwhile. Returns the errors of the inner services.
pub async fn compress(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let accepted = Coding::accepted(&req);
    let mut response = next.call(req).await?.map_into_boxed_body();
    if !is_compressible(response.response().head()) {
        return Ok(response);
    }
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-encoding"));
    let Some(coding) = accepted else { return Ok(response) };
    let mut original = None;
    let response = response.map_body(|_, body| original = Some(body));
    let (coding, body) = encode_body(coding, original.unwrap_or_else(|| BoxBody::new(()))).await;
    Ok(response.map_body(|head, ()| {
        if let Some(coding) = coding {
            head.headers_mut()
                .insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
        }
        body
    }))
}

/// Compresses a body. Returns its new coding, or `None` if it is unchanged, and the body.
async fn encode_body(coding: Coding, body: BoxBody) -> (Option<Coding>, BoxBody) {
    let body = match body.try_into_bytes() {
        Ok(body) => body,
        // gzip emits its output sooner than Brotli.
        Err(body) if matches!(body.size(), BodySize::Stream) => {
            return (Some(Coding::Gzip), Gzipped::new(body).boxed());
        }
        Err(body) => return (None, body),
    };
    if body.len() < MIN_SIZE {
        return (None, BoxBody::new(body));
    }
    let plain = body.clone();
    let encoded = if body.len() <= MAX_IN_PLACE {
        coding.encode(&body)
    } else {
        web::block(move || coding.encode(&body))
            .await
            .unwrap_or_else(|error| Err(io::Error::other(error)))
    };
    match encoded {
        Ok(encoded) => (Some(coding), BoxBody::new(encoded)),
        Err(error) => {
            tracing::error!(%error, "a response could not be compressed");
            (None, BoxBody::new(plain))
        }
    }
}

fn is_compressible(head: &ResponseHead) -> bool {
    let excluded = [
        StatusCode::SWITCHING_PROTOCOLS,
        StatusCode::NO_CONTENT,
        StatusCode::PARTIAL_CONTENT,
        StatusCode::NOT_MODIFIED,
    ];
    if excluded.contains(&head.status) || head.headers().contains_key(header::CONTENT_ENCODING) {
        return false;
    }
    let content_type = head
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|content_type| content_type.to_str().ok())
        .unwrap_or_default();
    ["text/", "application/json", "application/openmetrics-text", "image/svg+xml"]
        .iter()
        .any(|known| content_type.starts_with(known))
}

/// A stream that is compressed part by part.
struct Gzipped {
    body: BoxBody,
    encoder: Option<GzEncoder<Vec<u8>>>,
}

impl Gzipped {
    fn new(body: BoxBody) -> Self {
        Self { body, encoder: Some(GzEncoder::new(Vec::new(), Compression::new(GZIP_LEVEL))) }
    }
}

impl MessageBody for Gzipped {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        loop {
            let Some(encoder) = &mut self.encoder else { return Poll::Ready(None) };
            let part = encoder.get_mut();
            if !part.is_empty() {
                return Poll::Ready(Some(Ok(std::mem::take(part).into())));
            }
            match ready!(Pin::new(&mut self.body).poll_next(cx)) {
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(part)) => {
                    if let Some(encoder) = &mut self.encoder {
                        encoder.write_all(&part)?;
                    }
                }
                None => {
                    let last =
                        self.encoder.take().map(GzEncoder::finish).transpose()?.unwrap_or_default();
                    return Poll::Ready((!last.is_empty()).then(|| Ok(last.into())));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;
    use std::io::Read as _;

    fn accepted(text: &'static str) -> Option<Coding> {
        let req = TestRequest::default().insert_header((header::ACCEPT_ENCODING, text));
        Coding::accepted(&req.to_http_request())
    }

    #[test]
    fn the_clients_preference_decides() {
        for text in ["gzip, deflate, br, zstd", "br", "gzip;q=0.5, br;q=0.9", "gzip;q=0, br"] {
            assert_eq!(accepted(text), Some(Coding::Brotli), "{text}");
        }
        for text in ["gzip", "gzip, deflate", "gzip;q=1.0, br;q=0.9", "GZip , br;q=0"] {
            assert_eq!(accepted(text), Some(Coding::Gzip), "{text}");
        }
        for text in ["", "identity", "deflate", "zstd", "gzip;q=0", "br;q=0.0", "br;q=x"] {
            assert_eq!(accepted(text), None, "{text}");
        }
    }

    #[test]
    fn both_codings_decompress_to_the_original() {
        let text = "Customers · Kunden\n".repeat(500);
        let mut plain = String::new();
        let encoded = Coding::Gzip.encode(text.as_bytes()).unwrap();
        flate2::read::GzDecoder::new(encoded.as_slice()).read_to_string(&mut plain).unwrap();
        assert_eq!(plain, text);
        plain.clear();
        let encoded = Coding::Brotli.encode(text.as_bytes()).unwrap();
        brotli::Decompressor::new(encoded.as_slice(), 4096).read_to_string(&mut plain).unwrap();
        assert_eq!(plain, text);
    }
}
