//! What login names must not be, beyond their form.

use crate::domain::fault::Fault;
use crate::domain::login_name::LoginName;

/// The name, unless the operating system has an account of it: files would belong to two, and whoever reads a name in a
/// log could not tell which of them is meant.
///
/// # Errors
/// `loginname-system-account`.
pub fn unless_of_system(name: LoginName) -> Result<LoginName, Fault> {
    if uzers::get_user_by_name(name.as_str()).is_some() || uzers::get_user_by_name(&name.key()).is_some() {
        return Err(Fault::new("loginname-system-account"));
    }
    Ok(name)
}
