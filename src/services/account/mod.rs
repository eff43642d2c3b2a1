//! What everybody may change of himself.

mod password;

pub use password::set_own_password;
