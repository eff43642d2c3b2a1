//! Parts that all HTTP entry points share: the client's address and language, routes, and streamed
//! bodies.

pub mod address;
pub mod language;
pub mod routing;
pub mod stream;
