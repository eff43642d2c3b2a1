//! To a customer whose password was set by the provider.

use domain::secret::Secret;

/// The provider has set a new password.
#[derive(Clone, Debug)]
pub struct NewPassword {
    /// The login name.
    pub login_name: String,
    /// The new password.
    pub password: Secret,
    /// Where to sign in.
    pub sign_in_url: String,
}

super::letter::letter!(
    NewPassword,
    "mail/new_password/subject.txt",
    "mail/new_password/body.txt",
    "mail/new_password/body.html"
);
