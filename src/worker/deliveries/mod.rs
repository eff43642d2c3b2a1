//! Deliveries of events: HTTP requests to webhooks, and executables in the hooks directory.

mod address;
pub(super) mod hook;
mod post;
mod sign;
pub(super) mod webhook;
