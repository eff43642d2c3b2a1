//! Who somebody is, and the secrets that prove it.
//!
//! * [`actor`]: from an account to the proof of who acts;
//! * [`sign_in`]: from a name and a password to an account;
//! * [`api_key`]: from a key and its secret to an account;
//! * [`password`]: hashing and checking passwords, away from the async threads and a few at a time;
//! * [`seal`]: the secret key of an installation, and sealing what must wait in the database unread.

pub mod actor;
pub mod api_key;
pub mod device;
pub mod password;
pub mod seal;
pub mod sign_in;
pub mod tries;
