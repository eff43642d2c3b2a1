//! Accounts, actors and the secrets that prove an identity. Signing in is a service, because it
//! counts attempts and writes the audit log.
//!
//! * [`accounts`]: reads accounts and creates their actors;
//! * [`actor`]: the types of actors;
//! * [`password`]: hashes and verifies passwords on blocking threads, a limited number at a time;
//! * [`seal`]: the secret key of an installation, and the encryption of values in the database.

pub mod accounts;
pub mod actor;
pub mod password;
pub mod seal;
