//! The emails: one struct and one folder of templates for each.

use super::MailContext;
use super::template::template;
use domain::account::Language;
use domain::mail_text::EmailTemplate;
use domain::secret::Secret;
use i18n::{Texts as _, format};
use jiff::Timestamp;

/// The first email to a new customer.
#[derive(Clone, Debug)]
pub struct Welcome {
    pub login_name: String,
    pub password: Secret,
    pub sign_in_url: String,
    /// The customer's standard subdomain, if they have one. Their website has this host name from
    /// the first day.
    pub standard_subdomain: Option<String>,
}

template!(Welcome, "mail/welcome/subject.txt", "mail/welcome/body.txt", "mail/welcome/body.html");

/// The email with a password that an admin set.
#[derive(Clone, Debug)]
pub struct NewPassword {
    pub login_name: String,
    pub password: Secret,
    pub sign_in_url: String,
}

template!(
    NewPassword,
    "mail/new_password/subject.txt",
    "mail/new_password/body.txt",
    "mail/new_password/body.html"
);

/// The email with a password reset link.
#[derive(Clone, Debug)]
pub struct PasswordReset {
    pub login_name: String,
    /// The link; anyone who has it can set the password.
    pub link: Secret,
    /// Remaining lifetime of the link, in hours.
    pub hours: u32,
}

impl PasswordReset {
    /// Returns the remaining lifetime of the link as a text, such as "24 hours".
    #[must_use]
    pub fn duration(&self, lang: Language) -> String {
        lang.t_with("mail-password-reset-duration", [("hours", self.hours)])
    }

    fn validity(&self, head: &MailContext) -> String {
        head.lang.t_with("mail-password-reset-validity", [("duration", self.duration(head.lang))])
    }

    fn intro(&self, head: &MailContext) -> String {
        head.lang.t_with(
            "mail-password-reset-intro",
            [("login", self.login_name.as_str()), ("provider", head.provider.as_str())],
        )
    }
}

template!(
    PasswordReset,
    "mail/password_reset/subject.txt",
    "mail/password_reset/body.txt",
    "mail/password_reset/body.html"
);

/// The notice that the password was changed.
#[derive(Clone, Debug)]
pub struct PasswordChanged {
    pub login_name: String,
    /// Time of the change.
    pub at: Timestamp,
    /// The page that requests a password reset link; `None` for an admin who cannot use one.
    pub forgot_url: Option<String>,
}

impl PasswordChanged {
    fn intro(&self, head: &MailContext) -> String {
        let at = format::datetime(head.lang, self.at);
        let args = [
            ("login", self.login_name.as_str()),
            ("provider", head.provider.as_str()),
            ("at", at.as_str()),
        ];
        head.lang.t_with("mail-password-changed-intro", args)
    }
}

template!(
    PasswordChanged,
    "mail/password_changed/subject.txt",
    "mail/password_changed/body.txt",
    "mail/password_changed/body.html"
);

/// The notice that the email address was changed. It goes to both addresses and does not contain
/// the other one.
#[derive(Clone, Debug)]
pub struct EmailChanged {
    pub login_name: String,
    /// Time of the change.
    pub at: Timestamp,
    /// Whether this email goes to the new address.
    pub is_new: bool,
    /// Whether the password was changed as well.
    pub with_password: bool,
}

impl EmailChanged {
    fn intro(&self, head: &MailContext) -> String {
        let at = format::datetime(head.lang, self.at);
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

template!(
    EmailChanged,
    "mail/email_changed/subject.txt",
    "mail/email_changed/body.txt",
    "mail/email_changed/body.html"
);

/// The email with the login names of the accounts that have an email address.
#[derive(Clone, Debug)]
pub struct LoginNames {
    pub names: Vec<String>,
    /// Whether more accounts than these have the address.
    pub has_more: bool,
    pub sign_in_url: String,
    /// The page that requests a password reset link.
    pub forgot_url: String,
}

template!(
    LoginNames,
    "mail/login_names/subject.txt",
    "mail/login_names/body.txt",
    "mail/login_names/body.html"
);

/// An email from an admin's own template, with the placeholders filled in. The text stands between
/// the greeting and the closing.
#[derive(Clone, Debug)]
pub struct CustomMail {
    pub text: EmailTemplate,
}

/// A line of a paragraph. A line that is a URL becomes a link.
pub(crate) struct Line<'a> {
    pub text: &'a str,
    pub is_link: bool,
}

impl CustomMail {
    /// Returns the paragraphs, each as a list of its lines.
    pub(crate) fn paragraphs(&self) -> Vec<Vec<Line<'_>>> {
        let paragraphs =
            self.text.body.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
        paragraphs.map(|paragraph| paragraph.lines().map(parse_line).collect()).collect()
    }
}

fn parse_line(text: &str) -> Line<'_> {
    let text = text.trim();
    let is_web_url = text.starts_with("https://") || text.starts_with("http://");
    Line { text, is_link: is_web_url && !text.contains(char::is_whitespace) }
}

template!(CustomMail, "mail/own/subject.txt", "mail/own/body.txt", "mail/own/body.html");
