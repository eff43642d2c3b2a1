//! To somebody whose password was changed: in case it was not him.

use i18n::Texts as _;
use jiff::Timestamp;

/// A notice that the password was changed.
#[derive(Clone, Debug)]
pub struct PasswordChanged {
    /// The login name.
    pub login_name: String,
    /// When.
    pub at: Timestamp,
    /// Where a lost password can be set anew.
    pub forgot_url: String,
}

impl PasswordChanged {
    fn intro(&self, head: &super::Head) -> String {
        let at = head.moment(self.at);
        let args = [
            ("login", self.login_name.as_str()),
            ("provider", head.provider.as_str()),
            ("at", at.as_str()),
        ];
        head.lang.t_with("mail-password-changed-intro", args)
    }
}

super::letter::letter!(
    PasswordChanged,
    "mail/password_changed/subject.txt",
    "mail/password_changed/body.txt",
    "mail/password_changed/body.html"
);
