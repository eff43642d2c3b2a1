//! To the old and the new address of an account whose address was changed, in case its owner did
//! not want that.

use i18n::Texts as _;
use jiff::Timestamp;

/// A notice that the mail address was changed. Neither address is told the other one.
#[derive(Clone, Debug)]
pub struct EmailChanged {
    /// The login name.
    pub login_name: String,
    /// When.
    pub at: Timestamp,
    /// Whether this goes to the new address.
    pub is_new: bool,
    /// Whether the password was changed as well.
    pub with_password: bool,
}

impl EmailChanged {
    fn intro(&self, head: &super::Head) -> String {
        let at = head.moment(self.at);
        let args = [
            ("login", self.login_name.as_str()),
            ("provider", head.provider.as_str()),
            ("at", at.as_str()),
        ];
        head.lang.t_with(
            if self.is_new { "mail-email-changed-new" } else { "mail-email-changed-old" },
            args,
        )
    }
}

super::letter::letter!(
    EmailChanged,
    "mail/email_changed/subject.txt",
    "mail/email_changed/body.txt",
    "mail/email_changed/body.html"
);
