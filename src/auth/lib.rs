//! Who somebody is, and the secrets that prove it. Signing in, which counts tries and writes the
//! audit trail, is a service.
//!
//! * [`accounts`]: from an account to the proof of who acts;
//! * [`actor`]: these proofs;
//! * [`password`]: hashing and checking passwords, away from the async threads and a few at a time;
//! * [`seal`]: the secret key of an installation, and sealing what must wait in the database
//!   unread.

pub mod accounts;
pub mod actor;
pub mod password;
pub mod seal;
