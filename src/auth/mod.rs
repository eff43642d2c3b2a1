//! Who somebody is, and the secrets that prove it.
//!
//! * [`password`]: hashing and checking passwords, away from the async threads and a few at a time;
//! * [`seal`]: the secret key of an installation, and sealing what must wait in the database unread.

pub mod password;
pub mod seal;
