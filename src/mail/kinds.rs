//! The mails: one struct and one folder of templates each.

use super::Head;
use super::letter::letter;
use domain::mail_text::MailText;
use domain::secret::Secret;
use i18n::Texts as _;
use jiff::Timestamp;

/// The first mail a customer gets.
#[derive(Clone, Debug)]
pub struct Welcome {
    /// His login name.
    pub login_name: String,
    /// His password.
    pub password: Secret,
    /// Where to sign in.
    pub sign_in_url: String,
    /// The address under which his web space answers from the first day, where he has one.
    pub standard_subdomain: Option<String>,
}

letter!(Welcome, "mail/welcome/subject.txt", "mail/welcome/body.txt", "mail/welcome/body.html");

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

letter!(
    NewPassword,
    "mail/new_password/subject.txt",
    "mail/new_password/body.txt",
    "mail/new_password/body.html"
);

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
    fn validity(&self, head: &Head) -> String {
        head.lang.t_with("mail-password-reset-validity", [("hours", self.hours)])
    }

    fn intro(&self, head: &Head) -> String {
        head.lang.t_with(
            "mail-password-reset-intro",
            [("login", self.login_name.as_str()), ("provider", head.provider.as_str())],
        )
    }
}

letter!(
    PasswordReset,
    "mail/password_reset/subject.txt",
    "mail/password_reset/body.txt",
    "mail/password_reset/body.html"
);

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
    fn intro(&self, head: &Head) -> String {
        let at = head.moment(self.at);
        let args = [
            ("login", self.login_name.as_str()),
            ("provider", head.provider.as_str()),
            ("at", at.as_str()),
        ];
        head.lang.t_with("mail-password-changed-intro", args)
    }
}

letter!(
    PasswordChanged,
    "mail/password_changed/subject.txt",
    "mail/password_changed/body.txt",
    "mail/password_changed/body.html"
);

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
    fn intro(&self, head: &Head) -> String {
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

letter!(
    EmailChanged,
    "mail/email_changed/subject.txt",
    "mail/email_changed/body.txt",
    "mail/email_changed/body.html"
);

/// Login names with the address.
#[derive(Clone, Debug)]
pub struct LoginNames {
    /// The names.
    pub names: Vec<String>,
    /// Whether there are more than these.
    pub has_more: bool,
    /// Where to sign in.
    pub sign_in_url: String,
    /// Where a lost password can be set anew.
    pub forgot_url: String,
}

letter!(
    LoginNames,
    "mail/login_names/subject.txt",
    "mail/login_names/body.txt",
    "mail/login_names/body.html"
);

/// What a provider wrote, with the names filled in: it stands between the greeting and the closing.
#[derive(Clone, Debug)]
pub struct OwnWords {
    /// Subject and body.
    pub text: MailText,
}

/// A line of a paragraph; a line that is an address becomes a link.
pub(crate) struct Line<'a> {
    pub text: &'a str,
    pub is_link: bool,
}

impl OwnWords {
    /// The paragraphs, line by line.
    pub(crate) fn paragraphs(&self) -> Vec<Vec<Line<'_>>> {
        let paragraphs =
            self.text.body.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
        paragraphs.map(|paragraph| paragraph.lines().map(line).collect()).collect()
    }
}

fn line(text: &str) -> Line<'_> {
    let text = text.trim();
    let web = text.starts_with("https://") || text.starts_with("http://");
    Line { text, is_link: web && !text.contains(char::is_whitespace) }
}

letter!(OwnWords, "mail/own/subject.txt", "mail/own/body.txt", "mail/own/body.html");
