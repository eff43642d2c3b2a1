//! What every HTTP entry point needs before it knows who asks: the client's address and language,
//! and routes that answer in the same way.

pub mod address;
pub mod language;
pub mod routing;
