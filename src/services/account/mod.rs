//! What everybody may change of himself.

mod login_names;
mod read;
mod request_reset;
mod reset;
mod update_self;

pub use login_names::{MOST as MOST_LOGIN_NAMES, names_of, request_login_names};
pub use read::{find, find_first_operator, find_for_panel, find_named, own, shown_suspend_reason};
pub use request_reset::request_reset;
pub use reset::{ResetTarget, reset, reset_target};
pub use update_self::update_self;
