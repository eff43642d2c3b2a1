//! A response body that is sent in parts while it is produced.

use actix_web::body::{BodySize, MessageBody};
use actix_web::web::Bytes;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc;

/// A part of the body. An error aborts the response, so that clients do not mistake a partial list
/// for a complete one.
pub type Part = Result<Bytes, std::io::Error>;

/// A response body whose parts arrive through a channel.
#[derive(Debug)]
pub struct StreamedBody(pub mpsc::Receiver<Part>);

impl MessageBody for StreamedBody {
    type Error = std::io::Error;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Part>> {
        self.0.poll_recv(cx)
    }
}
