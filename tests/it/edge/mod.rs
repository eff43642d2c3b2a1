//! The HTTP edge: limits of requests, response formats, and clients' addresses.

mod bodies;
mod compressed;
mod forwarded;
mod head;
mod methods;
mod origin;
mod slow;
mod visitors;
