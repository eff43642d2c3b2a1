//! Telling others what happened: over HTTP, and by running what the provider put into the hooks
//! directory.

mod address;
pub(super) mod hook;
mod post;
mod sign;
pub(super) mod webhook;
