//! To somebody who lost his password: a link to choose a new one.

use domain::secret::Secret;
use i18n::Texts as _;

/// A link for a lost password.
#[derive(Clone, Debug)]
pub struct PasswordReset {
    /// The login name.
    pub login_name: String,
    /// The link; who has it can set the password.
    pub link: Secret,
    /// For how many hours it works.
    pub hours: u32,
}

impl PasswordReset {
    fn validity(&self, head: &super::Head) -> String {
        head.lang.t_with("mail-password-reset-validity", [("hours", self.hours)])
    }

    fn intro(&self, head: &super::Head) -> String {
        head.lang.t_with(
            "mail-password-reset-intro",
            [("login", self.login_name.as_str()), ("provider", head.provider.as_str())],
        )
    }
}

super::letter::letter!(
    PasswordReset,
    "mail/password_reset/subject.txt",
    "mail/password_reset/body.txt",
    "mail/password_reset/body.html"
);
